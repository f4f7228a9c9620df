// SPDX-License-Identifier: Apache-2.0
#include "spelling/turned.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "spelling/tables.h"
#include "text/look_around.h"
#include "text/tables.h"

namespace simwarden {
namespace {

// Letters of one name or number; longer runs are prose.
constexpr size_t kRunMax = 48;
constexpr size_t kTurnedMin = 3;

// The rows by the first byte of what is written.
class Rows {
 public:
  Rows() {
    for (TableRow& row : rows_of(tables::turned, 2)) {
      rows_[row_of(row[0][0])].push_back(std::move(row));
    }
  }
  const std::vector<TableRow>& of(char first) const {
    return rows_[row_of(first)];
  }

 private:
  static size_t row_of(char first) { return static_cast<uint8_t>(first); }
  std::array<std::vector<TableRow>, 256> rows_;
};

// The row of the character that begins at `i`, or that ends there.
const TableRow* row_at(std::string_view t, size_t i) {
  static const Rows kRows;
  for (const TableRow& row : kRows.of(at(t, i))) {
    if (starts_at(t, i, row[0])) return &row;
  }
  return nullptr;
}

const TableRow* row_before(std::string_view t, size_t i, size_t floor) {
  size_t begin = i - std::min(i, code_point_before(t, i).size);
  // A dot above stands behind a space.
  for (const size_t space : {size_t{0}, size_t{1}}) {
    if (begin < floor + space) return nullptr;
    const TableRow* row = row_at(t, begin - space);
    if (row != nullptr && begin - space + (*row)[0].size() == i) return row;
  }
  return nullptr;
}

}  // namespace

bool may_be_turned(std::string_view t, size_t i) {
  // U+01DD, U+0250 to U+029E, U+03DB: what every turned word has one of.
  const auto lead = static_cast<unsigned char>(t[i]);
  if (lead != 0xC7 && lead != 0xC9 && lead != 0xCA && lead != 0xCF) {
    return false;
  }
  return row_at(t, i) != nullptr;
}

bool read_turned(std::string_view t, size_t i, size_t floor, Respelling& out) {
  size_t begin = i;
  while (i - begin < kRunMax) {
    const TableRow* row = row_before(t, begin, floor);
    if (row == nullptr) break;
    begin -= (*row)[0].size();
  }
  out = {begin, begin, "", How::turned};
  size_t turned = 0;
  while (out.end - begin < 2 * kRunMax) {
    const TableRow* row = row_at(t, out.end);
    if (row == nullptr) break;
    turned += is_ascii((*row)[0][0]) ? 0 : 1;
    out.with += (*row)[1];
    out.end += (*row)[0].size();
  }
  std::reverse(out.with.begin(), out.with.end());
  const bool parted = !is_word(code_point_before(t, begin).c) &&
                      !is_word(code_point_at(t, out.end).c);
  return turned >= kTurnedMin && parted;
}

}  // namespace simwarden
