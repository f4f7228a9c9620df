// SPDX-License-Identifier: Apache-2.0
#include "intake/csv.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <simdjson.h>

#include "files.h"
#include "intake/byte_block.h"
#include "intake/intake.h"
#include "intake/slow_csv.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(csv)

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, char delimiter = ',') {
  Rows rows;
  while (!text.empty()) {
    std::vector<std::string> cells;
    const CsvRow row = cut_csv_row(text, delimiter, true, &cells);
    BOOST_REQUIRE(row.whole);
    BOOST_REQUIRE(row.size > 0);
    if (row.fault == CsvFault::unclosed) cells = {"(unclosed)"};
    if (row.fault == CsvFault::after_quote) cells = {"(after quote)"};
    rows.push_back(cells);
    text.remove_prefix(row.size);
  }
  return rows;
}

// "a|b/c|d": cells parted by |, rows by /, so that a case is one line.
std::string shown(const Rows& rows) {
  std::string out;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) out += '/';
    for (size_t j = 0; j < rows[i].size(); ++j) {
      if (j > 0) out += '|';
      out += rows[i][j];
    }
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view rows;
};
const Case kCases[] = {
    {"a,b\nc,d\n", "a|b/c|d"},
    {"a,b\nc,d", "a|b/c|d"},
    {"a,b\r\nc,d\r\n", "a|b/c|d"},
    {"a,b\rc,d\r", "a|b/c|d"},
    {"a\n\nb\n", "a//b"},
    {"a,\n,b\n", "a|/|b"},
    {",,\n", "||"},
    {"a b , c\n", "a b | c"},
    {"\"a,b\",c\n", "a,b|c"},
    {"\"a\"\"b\",c\n", "a\"b|c"},
    {"\"\"\"a\"\"\",\"\"\n", "\"a\"|"},
    {"\"\"\"\"\n", "\""},
    {"\"\"\"\"\"\"\n", "\"\""},
    {"\"a\nb\",c\n", "a\nb|c"},
    {"\"a\r\nb\",c\r\n", "a\r\nb|c"},
    {"\"a\"\n\"b\"", "a/b"},
    {"\"a\" ,b\n", "a|b"},
    {"5\" disk,b\n", "5\" disk|b"},
    {"a, \"b\"\n", "a| \"b\""},
    {"\"a,b\nc,d\ne,f", "(unclosed)/c|d/e|f"},
    {"\"a\"x,b\nc,d\n", "(after quote)/c|d"},
    // A stray quote closes at the next row's quote: both rows come back.
    {"\"a,b\n\"c\",d\ne,f\n", "(after quote)/c|d/e|f"},
    {"\"a\"x", "(after quote)"},
    {"\"", "(unclosed)"},
    {"\"a\r\nb", "(unclosed)/b"},
    {"\xef\xbc\x8c,\xe4\xb8\xad\n", "\xef\xbc\x8c|\xe4\xb8\xad"},
};

BOOST_AUTO_TEST_CASE(tables_are_cut_into_rows_and_cells) {
  for (const Case& c : kCases) BOOST_TEST(shown(rows_of(c.text)) == c.rows);
  BOOST_TEST(shown(rows_of("a,b;c\td|e\n", ';')) == "a,b|c\td|e");
  BOOST_TEST(shown(rows_of("a,b;c\td\n", '\t')) == "a,b;c|d");
}

// However little is there, a row is either cut as it is cut in the end or
// not cut at all.
BOOST_AUTO_TEST_CASE(a_row_is_never_cut_before_its_end_is_certain) {
  for (const Case& c : kCases) {
    std::vector<std::string> all_cells;
    const CsvRow all = cut_csv_row(c.text, ',', true, &all_cells);
    for (size_t size = 0; size <= c.text.size(); ++size) {
      std::vector<std::string> cells;
      const CsvRow part =
          cut_csv_row(c.text.substr(0, size), ',', false, &cells);
      if (!part.whole) continue;
      BOOST_TEST(part.size == all.size, c.text << " at " << size);
      BOOST_TEST((part.fault == all.fault));
      BOOST_TEST(cells == all_cells);
    }
  }
}

BOOST_AUTO_TEST_CASE(lines_are_counted_as_rows_end) {
  BOOST_TEST(count_csv_lines("") == 0u);
  BOOST_TEST(count_csv_lines("a\nb\r\nc\rd") == 3u);
  BOOST_TEST(count_csv_lines("\r\r\n\n") == 3u);
}

struct Cut {
  CsvRow row;
  std::vector<std::string> cells;
};

void check_same(const Cut& a, const Cut& b, std::string_view text) {
  BOOST_REQUIRE_MESSAGE(a.row.whole == b.row.whole, text);
  if (!a.row.whole) return;
  BOOST_REQUIRE_MESSAGE(a.row.size == b.row.size, text);
  BOOST_REQUIRE_MESSAGE(a.row.cells == b.row.cells, text);
  BOOST_REQUIRE_MESSAGE(a.row.fault == b.row.fault, text);
  BOOST_REQUIRE_MESSAGE(a.row.fault_byte == b.row.fault_byte, text);
  BOOST_REQUIRE_MESSAGE(a.cells == b.cells, text);
}

// The first row of `text`; its size.
size_t check_row(std::string_view text, char delimiter, bool at_end) {
  Cut slow;
  slow.row = SlowRowCutter(text, delimiter, at_end, &slow.cells).cut();
  Cut fast;
  fast.row = cut_csv_row(text, delimiter, at_end, &fast.cells);
  check_same(slow, fast, text);
  const CsvRow found = find_csv_row(text, delimiter, at_end);
  check_same(slow, {found, slow.cells}, text);
  return slow.row.whole ? slow.row.size : text.size();
}

// Rows of `text`, cut with what the ones before saw ahead, one of `asked` held
// against the slow reader.
void check_rows_ahead(std::string_view text, bool at_end, size_t asked = 1,
                      size_t rows = SIZE_MAX) {
  CsvAhead ahead;
  CsvAhead found_ahead;
  CsvCells cells;
  for (size_t i = 0; !text.empty() && i < rows; ++i) {
    const CsvRow row = cut_csv_row(text, ',', at_end, &cells, &ahead);
    const CsvRow found = find_csv_row(text, ',', at_end, &found_ahead);
    BOOST_REQUIRE_EQUAL(row.whole, found.whole);
    if (i % asked == 0) {
      Cut slow;
      slow.row = SlowRowCutter(text, ',', at_end, &slow.cells).cut();
      Cut fast{row, {cells.begin(), cells.end()}};
      if (slow.row.fault != CsvFault::none) {
        slow.row.cells = fast.row.cells;
        slow.cells = fast.cells;
      }
      check_same(slow, fast, text.substr(0, 400));
    }
    if (!row.whole) return;
    BOOST_REQUIRE_EQUAL(row.size, found.size);
    BOOST_REQUIRE((row.fault == found.fault));
    BOOST_REQUIRE_EQUAL(row.fault_byte, found.fault_byte);
    text.remove_prefix(row.size);
  }
}

std::string repeated(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

class Random {
 public:
  explicit Random(uint32_t seed) : seed_(seed) {}
  uint32_t operator()(uint32_t below) {
    seed_ = seed_ * 1664525 + 1013904223;
    return (seed_ >> 16) % below;
  }

 private:
  uint32_t seed_;
};

// Now and then a long stretch, so that marks stand on all places of a block.
std::string random_table(Random& random, std::string_view letters,
                         uint32_t size) {
  std::string text;
  while (text.size() < size) {
    const char letter = letters[random(uint32_t(letters.size()))];
    const bool stretch = (letter == 'x' || letter == ' ') && random(3) == 0;
    text.append(stretch ? random(80) : 1, letter);
  }
  return text;
}

BOOST_AUTO_TEST_CASE(rows_are_those_of_a_reader_that_looks_at_every_byte) {
  Random random(11);
  constexpr std::string_view kAlphabets[] = {
      ",\"x",        ",\"\n",   ",\"\r\n x",    ",;\t|\"\"\n x",
      "\"\"\"\"\n,", ",,,,x\n", "\"\"\",\r\nx", "xxxx,,,,\"\n\xc3\xa9"};
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random_table(
        random, kAlphabets[random(std::size(kAlphabets))], random(400));
    const char delimiter = std::string_view(",;\t|")[random(4)];
    std::string_view rest = text;
    while (!rest.empty()) {
      rest.remove_prefix(check_row(rest, delimiter, true));
    }
    BOOST_REQUIRE_EQUAL(count_csv_lines(text), slow_csv_lines(text));
  }
}

BOOST_AUTO_TEST_CASE(rows_cut_short_anywhere_are_those_of_the_slow_reader) {
  Random random(12);
  for (int round = 0; round < 200; ++round) {
    const std::string text = random_table(random, ",,\"\"\r\n x", random(200));
    for (size_t size = 0; size <= text.size(); ++size) {
      check_row(std::string_view(text).substr(0, size), ',', false);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_was_seen_ahead_changes_no_row) {
  Random random(14);
  constexpr std::string_view kAlphabets[] = {",,\"\"\n",      "\",\"\n",
                                             ",\"\"\"\r\n x", ",\"\n\nx",
                                             "\"\"\"\",\n",   "x\",\"y\n"};
  constexpr std::string_view kLines[] = {"x\",\"y\n",   "\",\"\n",   "\"\n",
                                         "a,\"b\n",     "c\",d\n",   "e\n",
                                         "\"\",\"\r\n", "\"  ,\"\n", "\"x\n"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    if (round % 2 == 0) {
      text = random_table(random, kAlphabets[random(std::size(kAlphabets))],
                          random(200));
    } else {
      const uint32_t lines = 2 + random(2);
      const uint32_t first = random(std::size(kLines));
      for (uint32_t i = random(30); i > 0; --i) {
        text += kLines[(first + random(lines)) % std::size(kLines)];
      }
    }
    check_rows_ahead(text, true);
    check_rows_ahead(text, false);
  }
}

// Each line of them runs into what the others ran into: looked at one by one
// they would take minutes.
BOOST_AUTO_TEST_CASE(hostile_tables_cost_what_their_size_is) {
  const std::string lines = repeated("x\",\"y\n", 300'000);
  for (const std::string& end :
       {std::string(), "\"" + std::string(1 << 20, 'z'),
        "\"" + std::string(1 << 20, ' ') + "z",
        std::string(1 << 20, 'z') + "\"z"}) {
    check_rows_ahead(lines + end, true, 150'000);
  }
  const std::string more = repeated("x\",\"y\n", kRowBytesMax / 6 + 20'000);
  check_rows_ahead(more, false, 10'000);
  check_rows_ahead(lines + "\"," + std::string(kRowBytesMax, 'z'), true,
                   150'000);
}

BOOST_AUTO_TEST_CASE(a_row_of_many_cells_keeps_the_first_of_them) {
  for (const size_t cells : {kCellsMax - 1, kCellsMax, kCellsMax + 1}) {
    std::string text;
    for (size_t i = 1; i < cells; ++i)
      text += i % 5 == 0 ? "\"a\"\"b\"," : "c,";
    check_row(text + "\"d\"\"\"\n", ',', true);
    check_row(text + "\"", ',', true);
  }
}

BOOST_AUTO_TEST_CASE(a_quote_closed_farther_away_than_a_row_is_long_is_not) {
  for (const size_t size : {kRowBytesMax - 1, kRowBytesMax, kRowBytesMax + 1}) {
    std::string text = "a,\"" + std::string(size - 3, 'x') + "\",b\nc\n";
    check_row(text, ',', true);
    check_row(text, ',', false);
    text[size - 2] = text[size - 3] = '"';
    check_row(text, ',', true);
  }
}

BOOST_AUTO_TEST_CASE(blocks_say_where_a_byte_is_on_any_machine) {
  Random random(13);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (size_t i = 0; i < kBlockBytes; ++i) text += "ab\xff"[random(4)];
    const ByteBlock here(text.data());
    const PortableByteBlock anywhere(text.data());
    for (const char a : std::string_view("ab\xff\0", 4)) {
      uint64_t bits = 0;
      for (size_t i = 0; i < kBlockBytes; ++i) {
        bits |= uint64_t(text[i] == a) << i;
      }
      BOOST_TEST(here.equal(a) == bits);
      BOOST_TEST(anywhere.equal(a) == bits);
      BOOST_TEST(here.equal_any(a, 'b', 'c') == (bits | here.equal('b')));
      BOOST_TEST(anywhere.equal_any(a, 'b', 'c') == (bits | here.equal('b')));
    }
  }
}

// Whatever the cells hold, written by the rules they read back the same.
BOOST_AUTO_TEST_CASE(written_rows_read_back) {
  uint32_t seed = 7;
  const auto next = [&seed](uint32_t below) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 16) % below;
  };
  constexpr std::string_view kLetters = "ab,\";\n\r \t|x";
  for (int round = 0; round < 2000; ++round) {
    Rows rows;
    std::string text;
    for (uint32_t r = 0; r < 1 + next(4); ++r) {
      auto& row = rows.emplace_back();
      for (uint32_t c = 0; c < 1 + next(4); ++c) {
        std::string& cell = row.emplace_back();
        for (uint32_t i = next(6); i > 0; --i) {
          cell += kLetters[next(uint32_t(kLetters.size()))];
        }
        if (c > 0) text += ',';
        text += '"';
        for (const char letter : cell)
          text += letter == '"' ? "\"\"" : std::string(1, letter);
        text += '"';
      }
      text += next(2) == 0 ? "\n" : "\r\n";
    }
    BOOST_REQUIRE_EQUAL(shown(rows_of(text)), shown(rows));
  }
}

// One object of the expected answers: nothing when it is not plain texts.
using Cells = std::vector<std::pair<std::string, std::string>>;
bool read_cells(simdjson::dom::element object, Cells& cells) {
  for (const auto [key, value] : simdjson::dom::object(object)) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return false;
    if (!text.empty()) cells.emplace_back(key, text);
  }
  return true;
}

// The row objects of csv-spectrum's answers and of W3C's standard mode.
bool read_answer(const std::string& json, std::vector<Cells>& rows) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(json).get(root) != simdjson::SUCCESS) return false;
  simdjson::dom::array list;
  if (root.get(list) == simdjson::SUCCESS) {
    for (const auto row : list) {
      if (!read_cells(row, rows.emplace_back())) return false;
    }
    return true;
  }
  simdjson::dom::array tables;
  if (root["tables"].get(tables) != simdjson::SUCCESS) return false;
  if (tables.size() != 1) return false;
  simdjson::dom::array found;
  if (tables.at(0)["row"].get(found) != simdjson::SUCCESS) return false;
  for (const auto row : found) {
    for (const auto object : row["describes"].get_array()) {
      if (!read_cells(object, rows.emplace_back())) return false;
    }
  }
  return !rows.empty();
}

enum class Compared { same, different, not_comparable };
Compared compare(const std::string& csv_text, const std::string& json) {
  std::vector<Cells> wanted;
  if (!read_answer(json, wanted)) return Compared::not_comparable;
  Rows rows = rows_of(csv_text);
  if (rows.empty()) return Compared::not_comparable;
  const std::vector<std::string> header = rows[0];
  for (const Cells& row : wanted) {
    for (const auto& [name, text] : row) {
      if (std::find(header.begin(), header.end(), name) == header.end()) {
        return Compared::not_comparable;
      }
    }
  }
  std::vector<Cells> got;
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() == 1 && rows[i][0].empty()) continue;
    Cells& cells = got.emplace_back();
    if (rows[i].size() != header.size()) return Compared::different;
    for (size_t c = 0; c < header.size(); ++c) {
      if (!rows[i][c].empty()) cells.emplace_back(header[c], rows[i][c]);
    }
  }
  for (auto* side : {&got, &wanted}) {
    for (Cells& cells : *side) std::sort(cells.begin(), cells.end());
  }
  return got == wanted ? Compared::same : Compared::different;
}

// Two answers do not fit their tables, whoever reads them: one names another
// telephone number, the other a carriage return that the table does not have.
bool is_wrong_answer(const std::string& stem) {
  return stem == "location_coordinates" || stem == "newlines_crlf";
}

// Answers that a metadata file beside the table changes (default values).
bool is_changed_by_metadata(const std::string& stem) {
  return stem == "test049" || stem == "test188" || stem == "test189" ||
         stem == "test190";
}

// Tables of ours in the form of csv-spectrum.
BOOST_AUTO_TEST_CASE(tables_agree_with_their_answers) {
  size_t tables = 0;
  for (const auto& file :
       std::filesystem::directory_iterator("tests/intake/tables")) {
    if (file.path().extension() != ".csv") continue;
    std::filesystem::path answer = file.path();
    answer.replace_extension(".json");
    const Compared result = compare(read_all(file.path()), read_all(answer));
    BOOST_TEST((result == Compared::same), file.path());
    ++tables;
  }
  BOOST_TEST(tables == 6u);
}

boost::test_tools::assertion_result suites_are_given(
    boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result given(std::getenv("SIMWARDEN_CONF_CSV") !=
                                            nullptr);
  given.message() << "SIMWARDEN_CONF_CSV is not given";
  return given;
}

// The folder that SIMWARDEN_CONF_CSV names: csv-spectrum and W3C's tables.
BOOST_AUTO_TEST_CASE(the_public_suites_agree_where_they_can_be_asked,
                     *boost::unit_test::precondition(suites_are_given)) {
  const char* folder = std::getenv("SIMWARDEN_CONF_CSV");
  const std::filesystem::path root(folder);
  size_t spectrum = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(root / "csv-spectrum/csvs")) {
    if (is_wrong_answer(file.path().stem().string())) continue;
    const auto answer =
        root / "csv-spectrum/json" / (file.path().stem().string() + ".json");
    const Compared result = compare(read_all(file.path()), read_all(answer));
    BOOST_TEST((result == Compared::same), file.path());
    ++spectrum;
  }
  BOOST_TEST(spectrum == 10u);
  size_t tables = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(root / "w3c-csvw/tests")) {
    const std::string stem = file.path().stem().string();
    if (file.path().extension() != ".csv" || is_changed_by_metadata(stem)) {
      continue;
    }
    const auto answer = root / "w3c-csvw/tests" / (stem + ".json");
    if (!std::filesystem::exists(answer)) continue;
    const Compared result = compare(read_all(file.path()), read_all(answer));
    BOOST_TEST((result != Compared::different), file.path());
    if (result == Compared::same) ++tables;
  }
  BOOST_TEST(tables >= 90u);
  BOOST_TEST_MESSAGE(spectrum << " of csv-spectrum, " << tables << " of W3C");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
