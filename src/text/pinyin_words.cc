// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>
#include <string_view>

#include "text/pieces.h"
#include "text/tables.h"

// Chinese words that are written with Latin letters to pass a filter
// (data/pinyin.tsv): 办ka, 免sm, 接yzm. A row says what must stand about them.
namespace simwarden {
namespace {

constexpr size_t kLettersMax = 3;  // of a row

struct Row {
  std::u32string letters;
  std::u32string read;
  std::u32string before;  // empty: any Han character
  std::u32string not_behind;
};

std::u32string characters_of(std::string_view cell) {
  return cell == "-" ? std::u32string() : code_points_of(cell);
}

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = [] {
    std::vector<Row> made;
    for (const TableRow& row : rows_of(tables::pinyin, 4)) {
      made.push_back({code_points_of(row[0]), code_points_of(row[1]),
                      characters_of(row[2]), characters_of(row[3])});
    }
    return made;
  }();
  return kRows;
}

bool is_in(std::u32string_view some, char32_t c) {
  return some.find(c) != some.npos;
}
bool is_of_word(char32_t c) {
  return is_latin(c) || (c >= U'0' && c <= U'9');
}

const Row* row_of(std::u32string_view letters, char32_t before,
                  char32_t after) {
  for (const Row& row : rows()) {
    if (row.letters != letters) continue;
    if (!row.before.empty() && !is_in(row.before, before)) return nullptr;
    return is_in(row.not_behind, after) ? nullptr : &row;
  }
  return nullptr;
}

// The row of the letters at `i`; `end` is behind them. REQUIRES: i > 0.
const Row* row_at(const Pieces& pieces, size_t i, size_t& end) {
  if (!is_han(pieces[i - 1].c)) return nullptr;
  std::array<char32_t, kLettersMax> letters{};
  for (end = i; end < pieces.size() && is_of_word(pieces[end].c); ++end) {
    if (end - i == kLettersMax) return nullptr;
    letters[end - i] = pieces[end].c;
  }
  if (end == i) return nullptr;
  const char32_t after = end < pieces.size() ? pieces[end].c : U' ';
  return row_of({letters.data(), end - i}, pieces[i - 1].c, after);
}

// The letters share what is read as well as they can: each character leads
// back to one of them, the last one to all that are left.
void put_read(const Row& row, const Piece* letters, Pieces& to) {
  for (size_t k = 0; k < row.read.size(); ++k) {
    const bool last = k + 1 == row.read.size();
    const size_t end = last ? row.letters.size() - 1 : k;
    to.push_back({row.read[k], letters[k].begin, letters[end].end});
  }
}

}  // namespace

bool read_pinyin(Pieces& pieces) {
  Pieces read;
  bool changed = false;
  for (size_t i = 0; i < pieces.size();) {
    size_t end = i;
    const Row* const row = i == 0 ? nullptr : row_at(pieces, i, end);
    if (row == nullptr) {
      read.push_back(pieces[i++]);
      continue;
    }
    put_read(*row, &pieces[i], read);
    i = end;
    changed = true;
  }
  if (changed) pieces = std::move(read);
  return changed;
}

}  // namespace simwarden
