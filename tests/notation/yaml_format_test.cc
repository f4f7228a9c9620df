// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_format.h"

#include <algorithm>
#include <random>
#include <set>

#include <boost/test/unit_test.hpp>

#include "notation/goldens.h"
#include "notation/json_text.h"
#include "notation/yaml.h"

namespace simwarden {
namespace {

const std::vector<YamlKeyOrder> kOrders = {
    {"rules[]", {"id", "title", "family", "severity", "score", "flag"}}};

std::string formatted(const std::string& text) {
  Issues issues;
  const auto made = format_yaml(SourceText("t.yaml", text), kOrders, issues);
  BOOST_TEST_REQUIRE(made.text.has_value(), render(issues) + made.failed);
  return *made.text;
}

BOOST_AUTO_TEST_CASE(every_file_is_written_in_one_style) {
  for (const auto& input : golden::inputs("tests/notation/format", ".yaml")) {
    const std::string out = formatted(read_all(input));
    golden::compare(input, out);
    BOOST_TEST(formatted(out) == out, input.string());
  }
}

BOOST_AUTO_TEST_CASE(a_file_with_a_mistake_has_no_formatted_text) {
  Issues issues;
  const auto made =
      format_yaml(SourceText("t.yaml", "a: 1\na: 2\n"), {}, issues);
  BOOST_TEST(!made.text.has_value());
  BOOST_TEST(made.failed.empty());
  BOOST_TEST(render(issues).find("Y108") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(foreign_line_ends_and_byte_order_marks_go) {
  BOOST_TEST(formatted("\xEF\xBB\xBF"
                       "a: |\r\n  one\r\n  two\r\nb: 1") ==
             "a: |\n  one\n  two\nb: 1\n");
}

BOOST_AUTO_TEST_CASE(a_text_without_a_last_line_break_gets_none) {
  BOOST_TEST(formatted("a: |\n  one") == "a: |-\n  one\n");
  BOOST_TEST(formatted("a: |+2\n  one") == "a: |2-\n  one\n");
  BOOST_TEST(formatted("a: >") == "a: >\n");
  BOOST_TEST(formatted("a: >\n b\n ") == "a: >\n  b\n");
}

BOOST_AUTO_TEST_CASE(a_file_of_comments_alone_keeps_them) {
  BOOST_TEST(formatted("# one\n\n\n# two  \n") == "# one\n\n# two\n");
  BOOST_TEST(formatted("") == "");
}

// A step that an editor may take, at a random place. What it made may be no
// YAML any more. Comments are numbered, so that a lost one is seen.
class Mangler {
 public:
  explicit Mangler(unsigned seed) : random_(seed) {}

  std::string mangle(std::string text) {
    for (size_t steps = 1 + below(4); steps > 0; --steps) step(text);
    return text;
  }

 private:
  size_t below(size_t end) { return end == 0 ? 0 : random_() % end; }

  std::string comment() { return "# c" + std::to_string(++comments_) + "."; }

  std::string spaces(size_t max) { return std::string(below(max), ' '); }

  void step(std::string& text) {
    const size_t at = below(text.size() + 1);
    const size_t before =
        at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const size_t begin = before == std::string::npos ? 0 : before + 1;
    const size_t end = std::min(text.find('\n', at), text.size());
    switch (below(13)) {
      case 0: text.insert(end, " " + comment()); break;
      case 1: text.insert(begin, spaces(8) + comment() + "\n"); break;
      case 2: text.insert(begin, below(2) == 0 ? "\n" : "\n\n"); break;
      case 3: text.insert(begin, spaces(4)); break;
      case 4: swap(text, ", ", at, ",\n" + spaces(14)); break;
      case 5:
        swap(text, ", ", at, ", " + comment() + "\n    " + spaces(14));
        break;
      case 6: swap(text, ": ", at, ":\n  " + spaces(14)); break;
      case 7: swap(text, "[", at, "[\n  " + comment() + "\n   "); break;
      case 8: swap(text, "]", at, " " + comment() + "\n   ]"); break;
      case 9: swap(text, " ", at, "\n          "); break;
      case 10:
        text.insert(at, text.substr(below(text.size() + 1), below(80)));
        break;
      case 11: text.erase(begin, end - begin); break;
      default: text.insert(at, kPieces[below(std::size(kPieces))]);
    }
  }

  static void swap(std::string& text, std::string_view what, size_t from,
                   const std::string& by) {
    const size_t at = text.find(what, from);
    if (at != std::string::npos) text.replace(at, what.size(), by);
  }

  static constexpr std::string_view kPieces[] = {
      "'",     "\"",           "- ", "|",  "|+\n  ", ">-\n", "? ",   ": ",
      "~",     "null",         "[]", "{}", "#",      " ",    "\r\n", "---\n",
      "...\n", "|2\n     x\n", "\\", "é"};

  std::mt19937 random_;
  size_t comments_ = 0;
};

// Their numbers: where a line was broken inside one, its blanks may change.
std::multiset<std::string> comments_of(const std::string& text) {
  std::multiset<std::string> found;
  for (size_t at = text.find("# c"); at != std::string::npos;
       at = text.find("# c", at + 1)) {
    const size_t end = text.find_first_not_of("0123456789", at + 3);
    found.insert(text.substr(at, end - at));
  }
  return found;
}

// A few lines somewhere in the file: short texts make every step count.
std::string piece_of(const std::string& text, std::mt19937& random) {
  std::vector<size_t> lines{0};
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') lines.push_back(i + 1);
  }
  const size_t first = random() % lines.size();
  const size_t last = std::min(lines.size() - 1, first + 3 + random() % 25);
  return text.substr(lines[first], lines[last] - lines[first]);
}

void hold_to_promises(const std::string& text, size_t& formatted_count) {
  Issues issues;
  const SourceText file("mangled.yaml", text);
  const auto made = format_yaml(file, kOrders, issues);
  if (issues.has_errors()) return;
  ++formatted_count;
  BOOST_TEST_REQUIRE(made.text.has_value(), made.failed + "\n" + text);
  BOOST_TEST(comments_of(*made.text) == comments_of(text), text);
  BOOST_TEST(formatted(*made.text) == *made.text, text);
}

BOOST_AUTO_TEST_CASE(mangled_files_keep_their_values_and_comments) {
  std::vector<std::string> seeds;
  for (const char* const folder :
       {"tests/notation/format", "policies/sim-replacement", "policies/lists",
        "policies/contact-and-link", "policies/profiles", "corpus"}) {
    for (const auto& input : golden::inputs(folder, ".yaml")) {
      seeds.push_back(read_all(input));
    }
  }
  std::mt19937 random(20261126);
  size_t formatted_count = 0;
  for (unsigned i = 0; i < 6000; ++i) {
    const std::string piece = piece_of(seeds[i % seeds.size()], random);
    hold_to_promises(Mangler(i).mangle(piece), formatted_count);
  }
  BOOST_TEST(formatted_count > 2000u);
}

// The tree that a reader of policies sees, with the keys of rules sorted.
std::string tree_of(const std::string& text) {
  Issues issues;
  auto tree = parse_yaml(SourceText("t.yaml", text), issues);
  BOOST_TEST_REQUIRE(tree.has_value(), render(issues));
  for (YamlNode::Entry& entry : tree->entries) {
    if (entry.key.scalar != "rules") continue;
    for (YamlNode& rule : entry.value.items) {
      std::stable_sort(rule.entries.begin(), rule.entries.end(),
                       [](const auto& a, const auto& b) {
                         return a.key.scalar < b.key.scalar;
                       });
    }
  }
  return to_json(*tree);
}

BOOST_AUTO_TEST_CASE(shipped_files_mean_what_they_meant) {
  size_t files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator("policies")) {
    if (entry.path().extension() != ".yaml") continue;
    ++files;
    const std::string text = read_all(entry.path());
    const std::string out = formatted(text);
    BOOST_TEST(tree_of(out) == tree_of(text), entry.path().string());
    BOOST_TEST(formatted(out) == out, entry.path().string());
    BOOST_TEST(std::count(out.begin(), out.end(), '#') ==
                   std::count(text.begin(), text.end(), '#'),
               entry.path().string());
  }
  BOOST_TEST(files > 30u);
}

}  // namespace
}  // namespace simwarden
