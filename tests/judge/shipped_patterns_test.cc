// SPDX-License-Identifier: Apache-2.0
// The patterns of the shipped policies over the corpus: each alone, all at once
// and RE2 by itself find the same at the same place.
#include <fstream>
#include <map>

#include <boost/test/unit_test.hpp>
#include <re2/re2.h>

#include "facts/loaded.h"
#include "intake/intake.h"
#include "policy/ruleset.h"
#include "scan/scanner.h"
#include "text/views.h"

using namespace simwarden;

namespace {

std::shared_ptr<const Ruleset> shipped() {
  static const FactSchema schema;
  return load_packs(*disk_files(), "policies", schema);
}

std::vector<std::string> patterns_of(const Ruleset& ruleset,
                                     const PatternPlan& plan) {
  std::vector<const PatternSet*> sets;
  for (const Pack& pack : ruleset.packs) {
    for (const PatternSet& set : pack.patterns) sets.push_back(&set);
  }
  std::map<uint32_t, size_t> next;
  std::vector<std::string> patterns;
  for (const uint32_t set : plan.set_of) {
    patterns.push_back(sets[set]->any[next[set]++]);
  }
  return patterns;
}

std::string in_view(PatternView view, std::string_view text) {
  if (view == PatternView::raw) return std::string(text);
  const Views views = see(text);
  return view == PatternView::plain ? views.plain.text
                                    : squeeze(views.plain).text;
}

std::vector<std::string> corpus_texts(PatternView view) {
  std::vector<std::string> texts;
  std::ifstream file("corpus/messages.jsonl");
  std::string together;
  for (std::string line; std::getline(file, line);) {
    const Item item = parse_json(line, {});
    const auto field = find_field(Kind::message, "text");
    const std::string text(item.record.text(item.record.slot(*field)));
    texts.push_back(in_view(view, text));
    together += texts.back() + ' ';
    if (texts.size() % 40 == 0) {
      texts.push_back(std::move(together));  // long ones are read in windows
      together.clear();
    }
  }
  return texts;
}

std::string show(uint32_t begin, uint32_t end) {
  return std::to_string(begin) + "-" + std::to_string(end);
}

}  // namespace

BOOST_AUTO_TEST_CASE(shipped_patterns_find_what_re2_alone_finds) {
  const auto ruleset = shipped();
  size_t hit_count = 0;
  for (const PatternPlan& plan : ruleset->patterns) {
    const std::vector<std::string> patterns = patterns_of(*ruleset, plan);
    const std::vector<std::string> texts = corpus_texts(plan.view);
    BOOST_TEST_REQUIRE(texts.size() > 700u);
    const auto scratch = plan.scanner->make_scratch();
    std::vector<std::vector<Hit>> together(texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      plan.scanner->scan(texts[i], *scratch, together[i]);
    }
    std::vector<size_t> next(texts.size());
    for (uint32_t pattern = 0; pattern < patterns.size(); ++pattern) {
      const re2::RE2 expression(patterns[pattern]);
      const auto alone = build_scanner({patterns[pattern]});
      std::vector<Hit> hits;
      for (size_t i = 0; i < texts.size(); ++i) {
        const std::string& text = texts[i];
        re2::StringPiece found;
        std::string expected;
        if (expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found,
                             1)) {
          const auto begin = uint32_t(found.data() - text.data());
          expected = show(begin, begin + uint32_t(found.size()));
          ++hit_count;
        }
        alone->scan(text, *scratch, hits);
        const std::string by_itself =
            hits.empty() ? "" : show(hits[0].begin, hits[0].end);
        std::string among_all;
        if (next[i] < together[i].size() &&
            together[i][next[i]].pattern == pattern) {
          const Hit& hit = together[i][next[i]++];
          among_all = show(hit.begin, hit.end);
        }
        BOOST_TEST_REQUIRE(by_itself == expected, patterns[pattern] + text);
        BOOST_TEST_REQUIRE(among_all == expected, patterns[pattern] + text);
      }
    }
  }
  BOOST_TEST(hit_count > 3000u);  // patterns and corpus do meet
}
