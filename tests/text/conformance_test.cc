// SPDX-License-Identifier: Apache-2.0
// Unicode data: a few lines of ours in the forms of the public files
// (tests/text/conformance) in each run, of which every one passes, and those
// files when they are there. A test of these reads what its environment
// variable names, counts what passes and sorts what does not into classes; a
// failure of no class fails the test. Without its variable it is skipped, and
// Boost.Test counts it as that.
//
//   SIMWARDEN_CONF_CONFUSABLES      confusables.txt of UTS 39
//   SIMWARDEN_CONF_NORMALIZATION    NormalizationTest.txt of the UCD
//   SIMWARDEN_CONF_CONFUSABLE_BENCH confusable-bench.v1.json of the
//                                   namespace-guard project
//
// build/dev/test_text --run_test=conformance* --log_level=message
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "text/pieces.h"
#include "text/tables.h"
#include "text/views.h"

namespace simwarden {
namespace {

using Text = std::u32string;
using Classes = std::map<std::string, size_t>;

// What a test of public data asks before it runs.
struct Given {
  const char* variable;
  boost::test_tools::assertion_result operator()(
      boost::unit_test::test_unit_id) const {
    boost::test_tools::assertion_result given(std::getenv(variable) != nullptr);
    given.message() << variable << " is not given";
    return given;
  }
};

std::ifstream opened(const std::string& path) {
  std::ifstream file(path);
  BOOST_TEST_REQUIRE(file.good(), path);
  return file;
}

std::ifstream ours(const std::string& name) {
  return opened("tests/text/conformance/" + name);
}

std::ifstream public_file(const Given& given) {
  return opened(std::getenv(given.variable));
}

void report(const char* what, size_t passed, const Classes& failed) {
  BOOST_TEST_MESSAGE(what << ": passed " << passed);
  for (const auto& [reason, count] : failed) {
    BOOST_TEST_MESSAGE("  failed " << count << ": " << reason);
  }
}

std::string trimmed(std::string text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> columns_of(std::string line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string> columns;
  for (size_t end = line.find(';'); end != line.npos; end = line.find(';')) {
    columns.push_back(trimmed(line.substr(0, end)));
    line.erase(0, end + 1);
  }
  return columns;
}

Text points_of(const std::string& column) {
  Text text;
  for (size_t at = 0; at < column.size();) {
    const size_t end = std::min(column.find(' ', at), column.size());
    text.push_back(code_point_of(column.substr(at, end - at)));
    at = end + 1;
  }
  return text;
}

icu::UnicodeString utf16(const Text& text) {
  icu::UnicodeString string;
  for (const char32_t c : text) string.append(static_cast<UChar32>(c));
  return string;
}

std::string utf8(const Text& text) {
  std::string string;
  utf16(text).toUTF8String(string);
  return string;
}

bool is_newer(const Text& text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) {
    return u_charType(static_cast<UChar32>(c)) == U_UNASSIGNED;
  });
}

// NormalizationTest.txt --------------------------------------------------

Text folded(const Text& text) {
  Pieces pieces;
  uint32_t at = 0;
  for (const char32_t c : text) {
    pieces.push_back({c, at, at + 1});
    ++at;
  }
  Text result;
  for (const Piece& piece : fold(pieces)) result.push_back(piece.c);
  return result;
}

Text folded_by_icu(const Text& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc =
      icu::Normalizer2::getNFKCCasefoldInstance(error);
  const icu::UnicodeString done = nfkc->normalize(utf16(text), error);
  Text result;
  for (int32_t i = 0; i < done.length(); i = done.moveIndex32(i, 1)) {
    result.push_back(ascii_digit(static_cast<char32_t>(done.char32At(i))));
  }
  return result;
}

// How many lines pass.
size_t normalize_lines(std::istream& file) {
  size_t passed = 0;
  Classes failed;
  for (std::string line; std::getline(file, line);) {
    const auto columns = columns_of(line);
    if (columns.size() < 5) continue;
    const Text nfkc = points_of(columns[3]);
    bool same = folded(nfkc) == folded_by_icu(nfkc);
    bool newer = false;
    for (size_t i = 0; i < 5; ++i) {
      const Text column = points_of(columns[i]);
      same = same && folded(column) == folded(nfkc);
      newer = newer || is_newer(column);
    }
    if (same) {
      ++passed;
    } else if (newer) {
      ++failed["characters newer than ICU's Unicode"];
    } else {
      ++failed["other"];
      BOOST_TEST(false, line);
    }
  }
  report("lines of NormalizationTest.txt", passed, failed);
  return passed;
}

BOOST_AUTO_TEST_CASE(conformance_normalization) {
  std::ifstream file = ours("normalization.txt");
  BOOST_TEST(normalize_lines(file) == 22u);
}

constexpr Given kNormalization{"SIMWARDEN_CONF_NORMALIZATION"};
BOOST_AUTO_TEST_CASE(conformance_normalization_of_all,
                     *boost::unit_test::precondition(kNormalization)) {
  std::ifstream file = public_file(kNormalization);
  BOOST_TEST(normalize_lines(file) > 10'000u);
}

// confusables.txt --------------------------------------------------------

std::string script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getName(uscript_getScript(static_cast<UChar32>(c), &error));
}

// Why the source of a pair is not read as its target in a Latin word.
std::string reason_of(const Text& source, const Text& target) {
  const char32_t c = source.front();
  if (is_newer(source)) return "characters newer than ICU's Unicode";
  if (c < 0x80) return "ASCII for ASCII (1 for l): not ours to read";
  const std::string alone = see(utf8(source)).plain.text;
  if (alone.size() == 1) {
    return "NFKC or case folding says another ASCII letter or digit";
  }
  if (alone != utf8(source) && alone != utf8(target)) {
    return "folds to other characters than the pair says";
  }
  const std::string script = script_of(c);
  if (script == "Latin")
    return "a letter of the Latin script: nothing is mixed";
  if (u_isalpha(static_cast<UChar32>(c)) == 0) {
    return "no letter: digits, signs, marks";
  }
  if (!is_foreign(c)) return "of a script that is left out: " + script;
  return "a letter that is left out or read otherwise: " + script;
}

struct Pairs {
  size_t skeletons = 0;  // whose ICU skeletons are equal
  size_t read = 0;       // as their ASCII letter
};
Pairs read_pairs(std::istream& file) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker(
      uspoof_open(&error), &uspoof_close);
  const auto skeleton = [&](const Text& text) {
    icu::UnicodeString to;
    uspoof_getSkeletonUnicodeString(checker.get(), 0, utf16(text), to, &error);
    return to;
  };
  size_t passed = 0;
  size_t skeletons = 0;
  size_t elsewhere = 0;
  Classes failed;
  Classes differ;
  for (std::string line; std::getline(file, line);) {
    const auto columns = columns_of(line + ";");
    if (columns.size() < 2 || columns[1].empty()) continue;
    if (columns[0].starts_with("\xEF\xBB\xBF")) continue;
    const Text source = points_of(columns[0]);
    const Text target = points_of(columns[1]);
    if (skeleton(source) == skeleton(target)) {
      ++skeletons;
    } else {
      ++differ[is_newer(source) || is_newer(target)
                   ? "characters newer than ICU's Unicode"
                   : "newer pair of older characters"];
    }
    const bool letter = target.size() == 1 && target[0] < 0x80 &&
                        u_isalpha(static_cast<UChar32>(target[0])) != 0;
    if (!letter) {
      ++elsewhere;
      continue;
    }
    const std::string in_word = "tele" + utf8(source) + "gram";
    const std::string wanted = "tele" + utf8(target) + "gram";
    if (see(in_word).plain.text == see(wanted).plain.text) {
      ++passed;
    } else {
      ++failed[reason_of(source, target)];
    }
  }
  report("pairs whose ICU skeletons are equal", skeletons, differ);
  report("pairs with an ASCII letter, read so in a Latin word", passed, failed);
  BOOST_TEST_MESSAGE("pairs with another target: " << elsewhere);
  return {skeletons, passed};
}

BOOST_AUTO_TEST_CASE(conformance_confusables) {
  std::ifstream file = ours("confusables.txt");
  const Pairs pairs = read_pairs(file);
  BOOST_TEST(pairs.skeletons == 16u);
  BOOST_TEST(pairs.read == 16u);
}

constexpr Given kConfusables{"SIMWARDEN_CONF_CONFUSABLES"};
BOOST_AUTO_TEST_CASE(conformance_confusables_of_all,
                     *boost::unit_test::precondition(kConfusables)) {
  std::ifstream file = public_file(kConfusables);
  const Pairs pairs = read_pairs(file);
  BOOST_TEST(pairs.skeletons > 1000u);
  BOOST_TEST(pairs.read > 100u);
}

// confusable-bench -------------------------------------------------------

std::string value_of(const std::string& line, const std::string& key) {
  const std::string head = "\"" + key + "\": \"";
  const size_t at = line.find(head);
  if (at == line.npos) return "";
  const size_t begin = at + head.size();
  return line.substr(begin, line.rfind('"') - begin);
}

bool is_disguised(const Disguise& d) {
  return d.invisible + d.bidi_controls + d.tags + d.styled +
             d.mixed_script_words + d.combining_runs !=
         0;
}

struct Names {
  size_t seen = 0;    // read as their target or told by a count
  size_t missed = 0;  // neither
};
Names read_names(std::istream& file) {
  Names names;
  std::string identifier;
  std::string label;
  std::string target;
  Classes read;
  Classes told;
  Classes missed;
  for (std::string line; std::getline(file, line);) {
    if (const auto v = value_of(line, "identifier"); !v.empty()) identifier = v;
    if (const auto v = value_of(line, "label"); !v.empty()) label = v;
    if (const auto v = value_of(line, "target"); !v.empty()) target = v;
    const std::string category = value_of(line, "category");
    if (category.empty()) continue;
    const Views views = see(identifier);
    const std::string name = label + " " + category;
    if (views.plain.text == see(target).plain.text) {
      ++read[name];
      ++names.seen;
    } else if (is_disguised(views.disguise)) {
      ++told[name];
      ++names.seen;
    } else {
      ++missed[name];
      ++names.missed;
    }
  }
  for (const auto& [name, count] : read) {
    BOOST_TEST_MESSAGE("read as its target  " << name << ": " << count);
  }
  for (const auto& [name, count] : told) {
    BOOST_TEST_MESSAGE("told by a count     " << name << ": " << count);
  }
  for (const auto& [name, count] : missed) {
    BOOST_TEST_MESSAGE("neither             " << name << ": " << count);
  }
  BOOST_TEST(read["benign benign-ascii"] == 0U);
  BOOST_TEST(told["benign benign-ascii"] == 0U);
  return names;
}

BOOST_AUTO_TEST_CASE(conformance_confusable_bench) {
  std::ifstream file = ours("confusable_bench.json");
  const Names names = read_names(file);
  BOOST_TEST(names.seen == 4u);
  BOOST_TEST(names.missed == 2u, "the honest ones");
}

constexpr Given kBench{"SIMWARDEN_CONF_CONFUSABLE_BENCH"};
BOOST_AUTO_TEST_CASE(conformance_confusable_bench_of_all,
                     *boost::unit_test::precondition(kBench)) {
  std::ifstream file = public_file(kBench);
  BOOST_TEST(read_names(file).seen > 100u);
}

}  // namespace
}  // namespace simwarden
