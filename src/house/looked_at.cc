// SPDX-License-Identifier: Apache-2.0
#include "house/looked_at.h"

#include <cmath>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "diag/printable.h"
#include "privacy/masks.h"
#include "terminal/drawn_words.h"

namespace simwarden {
namespace {

// Of each kind; who wants all of a long text has `screen`.
constexpr size_t kShownMax = 8;
constexpr size_t kCharactersMax = 40;

// As message.likeness is told to rules.
double two_decimals(double share) {
  return std::floor(share * 100) / 100;
}

class Sighted {
 public:
  explicit Sighted(Judge& judge)
      : bench_(judge.bench()), language_(judge.language()) {}

  std::string drawn_whole() {
    return std::string(drawn_word("\nLooked at, and found:\n", language_)) +
           row("  contacts  {}\n", contacts()) +
           row("  links     {}\n", links()) + row("  words     {}\n", words()) +
           likeness();
  }

 private:
  std::string row(std::string_view label, const std::vector<std::string>& of) {
    std::string all;
    for (size_t i = 0; i < of.size() && i < kShownMax; ++i) {
      all += (i > 0 ? ", " : "") + printable_text(of[i]);
    }
    if (of.size() > kShownMax) {
      all += drawn(language_, " and {} more", of.size() - kShownMax);
    }
    if (all.empty()) all = drawn_word("none", language_);
    return drawn(language_, label, all);
  }

  // As it stands in the text; what stands beside it, as it is followed.
  std::string shown(Span at, std::string_view value) {
    return at.size() == 0
               ? mask_value(value, Mask::free_text)
               : bench_.excerpts().of(bench_.facts().body(), at.begin, at.end,
                                      kCharactersMax);
  }

  std::string told(std::string_view kind, std::string what, bool official) {
    std::string text = fmt::format("{} “{}”", kind, what);
    return official ? drawn(language_, "{} (official)", text) : text;
  }

  std::vector<std::string> contacts() {
    std::vector<std::string> all;
    for (const Contact& each : bench_.facts().followable().contacts) {
      all.push_back(
          told(each.kind, shown(each.span, each.value), each.official));
    }
    return all;
  }

  std::vector<std::string> links() {
    std::vector<std::string> all;
    for (const Link& each : bench_.facts().followable().links) {
      all.push_back(told(each.kind, shown(each.span, each.url), each.official));
    }
    return all;
  }

  // In the order of the text, then of the sets.
  std::vector<std::string> words() {
    PatternAnswers& patterns = bench_.patterns();
    std::set<std::pair<uint32_t, uint32_t>> found;  // begin, set
    for (const PatternView view :
         {PatternView::raw, PatternView::plain, PatternView::squeezed}) {
      for (const uint32_t set : patterns.may_hit(view)) {
        const auto match = patterns.match_of(set);
        if (match) found.insert({match->original.begin, set});
      }
    }
    std::vector<std::string> all;
    for (const auto& [begin, set] : found) {
      const Span at = patterns.match_of(set)->original;
      all.push_back(
          told(bench_.plan().sets()[set]->name, shown(at, ""), false));
    }
    return all;
  }

  // Without weights nobody has looked.
  std::string likeness() {
    if (bench_.facts().registry().scam_phrases == nullptr) return {};
    return drawn(language_, "  likeness  {} of 1 to known scams\n",
                 two_decimals(bench_.facts().likeness().share));
  }

  Bench& bench_;
  const std::string& language_;
};

}  // namespace

std::string draw_looked_at(Judge& judge) {
  return Sighted(judge).drawn_whole();
}

}  // namespace simwarden
