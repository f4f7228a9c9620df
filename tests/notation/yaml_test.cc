// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <set>

#include <boost/test/unit_test.hpp>

#include "notation/goldens.h"
#include "notation/json_text.h"
#include "notation/yaml_codes.h"

namespace simwarden {
namespace {

constexpr char kGoldens[] = "tests/notation/goldens";

// A reader with one key of each kind, so that its complaints have goldens.
void read_sample(const SourceText& file, const YamlNode& root, Issues& issues) {
  YamlReader reader(file, issues);
  if (!reader.keys(root, {"name", "colour", "size", "parts"})) return;
  reader.text(root, "name");
  reader.choice(root, "colour", {"red", "green"}, "red");
  reader.optional_number(root, "size");
  reader.optional_texts(root, "parts");
}

std::string describe(const std::string& name, const std::string& text) {
  const SourceText file(name, text);
  Issues issues;
  const auto root = salvage_yaml(file, issues);
  if (root && name.find("reader") != std::string::npos) {
    read_sample(file, *root, issues);
  }
  std::string out = render(issues);
  if (root) out += to_json(*root) + "\n";
  return out;
}

YamlNode parsed(const std::string& text) {
  Issues issues;
  auto root = parse_yaml(SourceText("t.yaml", text), issues);
  BOOST_TEST_REQUIRE(issues.empty(), render(issues));
  BOOST_TEST_REQUIRE(root.has_value());
  return std::move(*root);
}

BOOST_AUTO_TEST_CASE(every_mistake_is_shown_with_its_place) {
  for (const auto& input : golden::inputs(kGoldens, ".yaml")) {
    const std::string name = input.filename().string();
    golden::compare(input, describe(name, read_all(input)));
  }
}

// Y100 and Y113 need a big file; the first has its own test.
BOOST_AUTO_TEST_CASE(every_code_has_a_golden) {
  std::set<std::string> shown = {"Y100", "Y113"};
  for (const auto& input : golden::inputs(kGoldens, ".out")) {
    const std::string text = read_all(input);
    for (size_t at = text.find("[Y"); at != std::string::npos;
         at = text.find("[Y", at + 1)) {
      shown.insert(text.substr(at + 1, 4));
    }
  }
  std::set<std::string> known;
  for (const YamlCode& row : kYamlCodes) known.emplace(row.code);
  BOOST_TEST(shown == known, boost::test_tools::per_element());
}

struct ScalarCase {
  const char* yaml;
  const char* value;
  std::vector<size_t> offsets;
};

BOOST_AUTO_TEST_CASE(every_byte_of_a_scalar_knows_its_place_in_the_file) {
  const std::vector<ScalarCase> cases = {
      {"a: bc", "bc", {3, 4, 5}},
      {"a: b\n  c", "b c", {3, 4, 7, 8}},
      {"a: b\n\n  c", "b\nc", {3, 4, 8, 9}},
      {"a: 'b''c'", "b'c", {4, 5, 7, 8}},
      {"a: 'b\\c\"'", "b\\c\"", {4, 5, 6, 7, 8}},
      {"a: \"b'c\"", "b'c", {4, 5, 6, 7}},
      {"a: ' b\n   c '", " b c ", {4, 5, 6, 10, 11, 12}},
      {"a: \"b\\tc\"", "b\tc", {4, 5, 7, 8}},
      {"a: \"\\u00e9x\"", "\xC3\xA9x", {4, 4, 10, 11}},
      {"a: \"b\\\n   c\"", "bc", {4, 10, 11}},
      {"a: \"\\_x\"", "\xC2\xA0x", {4, 4, 6, 7}},
      {"a: |\n  b\n  c\n", "b\nc\n", {7, 8, 11, 12, 13}},
      {"a: |-\n  b\n\n   c\n", "b\n\n c", {8, 9, 10, 13, 14, 15}},
      {"a: |\r\n  b\r\n  c\r\n", "b\nc\n", {8, 9, 13, 14, 16}},
      {"a: >\n  b\n  c\n", "b c\n", {7, 8, 11, 12, 13}},
      {"a: >-\n  b\n\n  c\n  d\n", "b\nc d", {8, 9, 13, 14, 17, 18}},
      {"a: |+\n  b\n\n", "b\n\n", {8, 9, 10, 11}},
      {"a: |2\n   b\n", " b\n", {8, 9, 10, 11}},
      {"\xEF\xBB\xBF"
       "a: bc",
       "bc",
       {6, 7, 8}},
  };
  for (const ScalarCase& row : cases) {
    BOOST_TEST_CONTEXT(row.yaml) {
      const YamlNode root = parsed(row.yaml);
      const YamlNode* a = root.find("a");
      BOOST_TEST_REQUIRE((a != nullptr));
      BOOST_TEST(a->scalar == row.value);
      BOOST_TEST(a->offsets.all() == row.offsets,
                 boost::test_tools::per_element());
    }
  }
}

// Literal bytes of a scalar are the bytes at their offsets; offsets rise.
void check_offsets(const YamlNode& node, const std::string& text) {
  if (node.type == YamlNode::Type::scalar) {
    BOOST_TEST_REQUIRE(node.offsets.size() == node.scalar.size() + 1);
    size_t literal = 0;
    for (size_t i = 0; i < node.scalar.size(); ++i) {
      if (i > 0) BOOST_TEST(node.offsets[i - 1] <= node.offsets[i]);
      BOOST_TEST_REQUIRE(node.offsets[i] <= text.size());
      literal += text[node.offsets[i]] == node.scalar[i];
    }
    // Only breaks and escapes may differ.
    BOOST_TEST(literal + 8 >= node.scalar.size(), node.scalar);
  }
  for (const YamlNode& item : node.items) check_offsets(item, text);
  for (const auto& entry : node.entries) {
    check_offsets(entry.key, text);
    check_offsets(entry.value, text);
  }
}

BOOST_AUTO_TEST_CASE(scalars_of_a_mixed_file_stand_where_they_are_said_to) {
  const std::string text =
      "# comment\nlist:\n- plain text here # comment\n- 'it''s'\n"
      "- {k: \"q\\\"uote\", 'x y': z}\n- |\n  request.a ==\n\n"
      "    'b' &&\n  c\n- >-\n  folded text\n  of two\n\n\n  paragraphs\n"
      "    kept\n    lines\n  end\nlast: \xE8\xA1\xA5\xE5\x8D\xA1 x\n";
  check_offsets(parsed(text), text);
  std::string windows;
  for (const char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  check_offsets(parsed(windows), windows);
  BOOST_TEST(to_json(parsed(text)) == to_json(parsed(windows)));
}

BOOST_AUTO_TEST_CASE(plain_scalars_become_json_by_the_core_schema) {
  const YamlNode root = parsed(
      "{a: 1, b: -2.50, c: true, d: null, e: '1', f: 0x1F, g: 1e3, h: .inf,"
      " i: 1.0.0, j: +7, k: False, l: 99999999999999999999, m: 2026-11-24,"
      " r: [], o: {}, p: ~, q: 0o17}");
  BOOST_TEST(to_json(root) ==
             "{\"a\":1,\"b\":-2.5,\"c\":true,\"d\":null,\"e\":\"1\",\"f\":31,"
             "\"g\":1000,\"h\":\".inf\",\"i\":\"1.0.0\",\"j\":7,\"k\":false,"
             "\"l\":99999999999999999999,\"m\":\"2026-11-24\",\"r\":[],"
             "\"o\":{},\"p\":null,\"q\":15}");
}

BOOST_AUTO_TEST_CASE(what_no_double_holds_is_a_text_and_not_zero) {
  const std::string digits(400, '9');
  const YamlNode root = parsed("{a: 1e400, b: -1e400, c: " + digits +
                               ", d: 0x" + digits + ", e: 1e-400}");
  BOOST_TEST(to_json(root) == "{\"a\":\"1e400\",\"b\":\"-1e400\",\"c\":\"" +
                                  digits + "\",\"d\":\"0x" + digits +
                                  "\",\"e\":0}");
}

BOOST_AUTO_TEST_CASE(a_byte_is_written_the_same_wherever_it_stands) {
  for (int byte = 0; byte < 0x80; ++byte) {
    const std::string one(1, char(byte));
    std::string alone;
    append_json_string(alone, one);
    const std::string written = alone.substr(1, alone.size() - 2);
    for (size_t at = 0; at < 20; ++at) {
      std::string out;
      append_json_string(out, std::string(at, 'a') + one + one + "bcdefghijk");
      BOOST_TEST(out == '"' + std::string(at, 'a') + written + written +
                            "bcdefghijk\"");
    }
  }
}

BOOST_AUTO_TEST_CASE(whole_numbers_are_written_as_the_shortest_form_is) {
  for (int32_t number = -300'000; number <= 300'000; number += 7) {
    std::array<char, 32> shortest{};
    const auto end = std::to_chars(
        shortest.data(), shortest.data() + shortest.size(), double(number));
    std::string out;
    append_json_number(out, number);
    BOOST_TEST_REQUIRE(out == std::string(shortest.data(), end.ptr));
  }
  std::string zero;
  append_json_number(zero, -0.0);
  BOOST_TEST(zero == "-0");
}

BOOST_AUTO_TEST_CASE(json_strings_are_one_line_of_valid_utf_8) {
  std::string out;
  append_json_string(out, std::string_view("a\"\\\n\x01\x7F\0z", 8));
  append_json_string(out, "\xFF\xE8\xA1\xA5\xC0\xAF\xED\xA0\x80\xE2\x80\xA8");
  BOOST_TEST(out ==
             "\"a\\\"\\\\\\n\\u0001\\u007f\\u0000z\""
             "\"\xEF\xBF\xBD\xE8\xA1\xA5\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
             "\xEF\xBF\xBD\xEF\xBF\xBD\\u2028\"");
}

BOOST_AUTO_TEST_CASE(json_numbers_read_back_as_the_same_double) {
  for (const double d : {0.0, 60.0, 61.5, 0.1, 1e300, 5e-324, -1.0 / 3}) {
    std::string out;
    append_json_number(out, d);
    BOOST_TEST(std::strtod(out.c_str(), nullptr) == d, out);
  }
  std::string out;
  append_json_number(out, 1.0 / 0.0);
  append_json_number(out, 61.5);
  BOOST_TEST(out == "null61.5");
}

// Readers take a whole number of more for none, or refuse the line that it
// stands in.
BOOST_AUTO_TEST_CASE(no_json_number_is_a_whole_one_beyond_64_bits) {
  const auto written = [](double number) {
    std::string out;
    append_json_number(out, number);
    BOOST_TEST(std::strtod(out.c_str(), nullptr) == number, out);
    return out;
  };
  BOOST_TEST(written(std::nextafter(0x1p63, 0)) == "9223372036854774784");
  BOOST_TEST(written(0x1p63) == "9.223372036854776e+18");
  BOOST_TEST(written(0x1p64) == "1.8446744073709552e+19");
  BOOST_TEST(written(-0x1p63) == "-9223372036854775808");
  BOOST_TEST(written(std::nextafter(-0x1p63, -1e300)) ==
             "-9.223372036854778e+18");
  BOOST_TEST(written(123456789012345678901.0) == "1.2345678901234568e+20");
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_an_issue_and_not_a_crash) {
  for (const char* bracket : {"[", "{a: ", "- ", "? "}) {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += bracket;
    Issues issues;
    BOOST_TEST(!parse_yaml(SourceText("deep.yaml", text), issues).has_value());
    BOOST_TEST(issues.has_errors());
  }
}

// Whatever is cut or broken: an answer, never an exception, and every issue
// has a place in the file.
BOOST_AUTO_TEST_CASE(broken_files_yield_issues) {
  const std::string text =
      "pack: x # c\nlist: [a, 'b''c', \"d\\n\"]\nmap: {k: v}\nblock: |\n"
      "  one\n   two\nfold: >-\n  three\n  four\n";
  const std::string signs("\t\r\n'\"[]{}:,&*!|>%@`#-?\0\xFF", 23);
  std::vector<std::string> breakers = {
      "：", "，", "“", "’", "\u3000", "\n\u3000\u3000", ": “", " ： "};
  for (const char c : signs) breakers.emplace_back(1, c);
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    for (const std::string& breaker : breakers) {
      std::string broken = text;
      broken.insert(cut, breaker);
      const SourceText file("broken.yaml", broken);
      Issues issues;
      const auto root = salvage_yaml(file, issues);
      BOOST_TEST((root.has_value() || issues.has_errors()));
      BOOST_TEST_CONTEXT(broken) {
        if (root) check_offsets(*root, broken);
      }
    }
  }
}

// What is tried grows with the file and not with its square.
BOOST_AUTO_TEST_CASE(a_file_that_is_wrong_in_every_line_is_soon_given_up) {
  std::string text;
  while (text.size() < 400'000) {
    text += "a" + std::to_string(text.size()) + "：1\n";
  }
  Issues issues;
  const SourceText file("wrong.yaml", text + "last: 1\n");
  const std::clock_t start = std::clock();
  BOOST_TEST(!salvage_yaml(file, issues).has_value());
  const double took =
      static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  BOOST_TEST(took < 20.0);
  BOOST_TEST(issues.has_errors());
}

BOOST_AUTO_TEST_CASE(a_key_given_twice_is_found_among_many) {
  for (int keys = 1; keys < 60; ++keys) {
    for (int twice = 0; twice < keys; twice += 7) {
      std::string text;
      for (int i = 0; i < keys; ++i) text += "k" + std::to_string(i) + ": 1\n";
      text += "k" + std::to_string(twice) + ": 2\nlast: 3\n";
      Issues issues;
      const auto root = salvage_yaml(SourceText("t.yaml", text), issues);
      BOOST_TEST_REQUIRE(issues.error_count() == 1u);
      BOOST_TEST(issues.sorted().front().label ==
                 "first in line " + std::to_string(twice + 1));
      BOOST_TEST(root->entries.size() == static_cast<size_t>(keys) + 1);
    }
  }
}

// Counting every column from the start of the line took minutes here; the
// bound, in seconds of the processor, leaves room for sanitizers.
BOOST_AUTO_TEST_CASE(a_file_of_one_long_line_takes_linear_time) {
  std::string text = "[";
  constexpr uint32_t kItems = 60000;
  for (uint32_t i = 0; i < kItems; ++i) text += "{é: b},";
  const SourceText file("line.yaml", text + "last]");
  Issues issues;
  const std::clock_t start = std::clock();
  const auto root = parse_yaml(file, issues);
  const double took =
      static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  BOOST_TEST_REQUIRE(root.has_value());
  BOOST_TEST(took < 8.0);
  BOOST_TEST(root->items.size() == kItems + 1);
  BOOST_TEST(root->items.back().place.column == 2 + kItems * 7);
  BOOST_TEST(root->items.back().place.width == 4u);
}

// Of the processor, at best.
double seconds_for_one_line(std::string_view value, int entries) {
  std::string text = "columns: {";
  for (int i = 0; i < entries; ++i) {
    text += "k" + std::to_string(i) + ": " + std::string(value) + ",";
  }
  const SourceText file("line.yaml", text + "}");
  double best = 1e9;
  for (int turn = 0; turn < 3; ++turn) {
    Issues issues;
    const std::clock_t start = std::clock();
    salvage_yaml(file, issues);
    best = std::min(best, static_cast<double>(std::clock() - start));
    BOOST_TEST(issues.error_count() == static_cast<size_t>(entries));
  }
  return best / CLOCKS_PER_SEC;
}

// Eight times the entries take about eight times as long, not sixty-four.
BOOST_AUTO_TEST_CASE(mistakes_on_one_long_line_are_told_in_linear_time) {
  for (const std::string_view value : {"&a b", "*a", "!a b"}) {
    const double few = seconds_for_one_line(value, 5'000);
    const double many = seconds_for_one_line(value, 40'000);
    BOOST_TEST(many < 24 * few, value << ": " << few << ", " << many);
  }
}

BOOST_AUTO_TEST_CASE(files_beyond_the_size_bound_are_refused) {
  Issues issues;
  const SourceText file("big.yaml", std::string(kYamlBytesMax + 1, ' '));
  BOOST_TEST(!parse_yaml(file, issues).has_value());
  BOOST_TEST(issues.sorted().front().code == "Y100");
}

}  // namespace
}  // namespace simwarden
