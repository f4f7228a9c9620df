// SPDX-License-Identifier: Apache-2.0
#include "rollout/policy_diff.h"

#include <sstream>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "notation/goldens.h"
#include "policy/sample.h"

// A golden is two small folders in one file, old/… and new/…; a pack that is
// not said to be another on the one side is that of both/….
namespace simwarden {
namespace {

sample::MapFiles unpack(const std::string& text) {
  sample::MapFiles files;
  std::istringstream lines(text);
  std::string line, path, content;
  const auto flush = [&] {
    if (path.starts_with("both/")) {
      files.put("old" + path.substr(4), content);
      files.put("new" + path.substr(4), content);
    } else if (!path.empty()) {
      files.put(path, content);
    }
    content.clear();
  };
  while (std::getline(lines, line)) {
    if (line.starts_with("#@ file ")) {
      flush();
      path = line.substr(8);
    } else {
      content += line + "\n";
    }
  }
  flush();
  return files;
}

std::string words_text(const std::vector<WordPiece>& words) {
  std::string out;
  for (const WordPiece& piece : words) {
    if (piece.is == WordPiece::Is::same) out += piece.text;
    if (piece.is == WordPiece::Is::removed) out += "[-" + piece.text + "-]";
    if (piece.is == WordPiece::Is::added) out += "{+" + piece.text + "+}";
  }
  return out;
}

std::string names_text(const char* sign,
                       const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += std::string(" ") + sign + name;
  return out;
}

std::string text_of(const PolicyDiff& diff) {
  std::string out;
  for (const Section& section : diff.sections) {
    if (section.things.empty()) continue;
    out += std::string(section.name) + "\n";
    for (const ThingChange& thing : section.things) {
      out += "  " + std::string(name_of(thing.is)) + " " + thing.name + "\n";
      for (const KeyChange& key : thing.keys) {
        out += "    " + key.key + ": ";
        if (key.same_condition) out += "(the same condition) ";
        out += key.words.empty() ? "[-" + key.before + "-]{+" + key.after + "+}"
                                 : words_text(key.words);
        out += "\n";
        for (const KeptValue& kept : key.kept) {
          out += "      " + kept.profile + " keeps " + kept.value + "\n";
        }
      }
      for (const SetChange& set : thing.sets) {
        out += "    " + set.key + ": +" + std::to_string(set.added) + " -" +
               std::to_string(set.removed) + " ~" +
               std::to_string(set.altered) + names_text("+", set.added_names) +
               names_text("-", set.removed_names) +
               names_text("~", set.altered_names) +
               names_text("", set.altered_how) + "\n";
      }
    }
  }
  return out.empty() ? "nothing\n" : out;
}

BOOST_AUTO_TEST_CASE(what_differs_is_as_the_golden_says) {
  const FactSchema schema;
  for (const auto& input : golden::inputs("tests/rollout/goldens", ".yaml")) {
    const auto files = unpack(read_all(input));
    const auto before = load_packs(files, "old", schema);
    const auto after = load_packs(files, "new", schema);
    golden::compare(input, text_of(compare(schema, *before, *after)));
    BOOST_TEST(compare(schema, *before, *before).changes() == 0u);
    BOOST_TEST(compare(schema, *after, *after).changes() == 0u);
  }
}

// What one way adds the other way takes out.
BOOST_AUTO_TEST_CASE(a_difference_read_backwards_is_its_mirror) {
  const FactSchema schema;
  for (const auto& input : golden::inputs("tests/rollout/goldens", ".yaml")) {
    const auto files = unpack(read_all(input));
    const auto before = load_packs(files, "old", schema);
    const auto after = load_packs(files, "new", schema);
    const PolicyDiff there = compare(schema, *before, *after);
    const PolicyDiff back = compare(schema, *after, *before);
    for (size_t s = 0; s < there.sections.size(); ++s) {
      const auto& a = there.sections[s].things;
      const auto& b = back.sections[s].things;
      BOOST_TEST_REQUIRE(a.size() == b.size());
      for (size_t i = 0; i < a.size(); ++i) {
        BOOST_TEST(a[i].name == b[i].name);
        const bool mirrored =
            a[i].is == ThingChange::Is::changed
                ? b[i].is == ThingChange::Is::changed
                : b[i].is != a[i].is && b[i].is != ThingChange::Is::changed;
        BOOST_TEST(mirrored, a[i].name);
      }
    }
  }
}

}  // namespace
}  // namespace simwarden
