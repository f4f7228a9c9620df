// SPDX-License-Identifier: Apache-2.0
#include "text/pictures.h"

#include <algorithm>

#include "text/look_around.h"
#include "text/pieces.h"
#include "text/tables.h"

namespace simwarden {
namespace {

struct PictureRow {
  char32_t picture = 0;
  std::string_view word;
  std::u32string before;  // empty: whatever stands there
  std::u32string behind;
};

const std::vector<PictureRow>& rows() {
  static const std::vector<PictureRow> kRows = [] {
    const auto any = [](std::string_view cell) {
      return cell == "-" ? std::u32string() : code_points_of(cell);
    };
    std::vector<PictureRow> made;
    for (const TableRow& row : rows_of(tables::pictures, 4)) {
      made.push_back({code_point_of(row[0]), row[1] == "-" ? "" : row[1],
                      any(row[2]), any(row[3])});
    }
    return made;
  }();
  return kRows;
}

constexpr char32_t kSelector = 0xFE0F;  // "as a picture"

// Where a picture of the table may begin, one place after the other: all but
// one have the same first byte.
class PicturePlaces {
 public:
  explicit PicturePlaces(std::string_view raw) : raw_(raw) {}

  // The first from `i` on, npos for none. REQUIRES: `i` never falls.
  size_t from(size_t i) {
    if (wide_ < i || i == 0) wide_ = raw_.find('\xF0', i);
    if (telephone_ < i || i == 0) telephone_ = raw_.find("\u260E", i);
    return std::min(wide_, telephone_);
  }

 private:
  std::string_view raw_;
  size_t wide_ = 0;
  size_t telephone_ = 0;
};

char32_t folded(char32_t c) {
  const bool capital = c >= U'A' && c <= U'Z';
  constexpr char32_t kHeavyPlus = 0x2795;
  return capital ? c | 0x20 : c == kHeavyPlus ? U'+' : simplified(c);
}

char32_t before_picture(std::string_view raw, size_t i) {
  CodePoint left = code_point_before(raw, i);
  if (left.c == kSelector) left = code_point_before(raw, i - left.size);
  return folded(left.c);
}

size_t behind_selector(std::string_view raw, size_t i) {
  const CodePoint p = code_point_at(raw, i);
  return p.c == kSelector ? i + p.size : i;
}

// What stands behind it; of another picture the first sign of its word.
char32_t behind_picture(std::string_view raw, size_t i) {
  const char32_t c = code_point_at(raw, i).c;
  for (const PictureRow& row : rows()) {
    if (row.picture == c && !row.word.empty()) {
      return code_point_at(row.word, 0).c;
    }
  }
  return folded(c);
}

bool is_among(char32_t c, const std::u32string& some) {
  return some.empty() || some.find(c) != some.npos;
}

const PictureRow* row_of(char32_t c, char32_t before, char32_t behind) {
  for (const PictureRow& row : rows()) {
    if (row.picture == c && is_among(before, row.before) &&
        is_among(behind, row.behind)) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<PicturedWord> pictured_words(std::string_view raw) {
  std::vector<PicturedWord> words;
  PicturePlaces places(raw);
  for (size_t i = places.from(0); i != raw.npos; i = places.from(i)) {
    const CodePoint p = code_point_at(raw, i);
    const size_t end = behind_selector(raw, i + p.size);
    const bool goes_on = !words.empty() && words.back().span.end == i;
    const bool read = goes_on && !words.back().word.empty();
    // Of one type: with a literal it would be a copy that is gone at once.
    const std::string_view last =
        read ? std::string_view(words.back().word) : std::string_view();
    const char32_t before =
        read ? code_point_before(last, last.size()).c : before_picture(raw, i);
    const PictureRow* row = row_of(p.c, before, behind_picture(raw, end));
    if (row != nullptr && goes_on) {
      words.back().span.end = static_cast<uint32_t>(end);
      words.back().word += row->word;
    } else if (row != nullptr) {
      words.push_back({{static_cast<uint32_t>(i), static_cast<uint32_t>(end)},
                       std::string(row->word)});
    }
    i = row != nullptr ? end : i + p.size;
  }
  return words;
}

std::optional<View> read_pictures(const View& plain, std::string_view raw) {
  const std::vector<PicturedWord> words = pictured_words(raw);
  if (words.empty()) return std::nullopt;
  View view;
  size_t done = 0;
  for (const PicturedWord& word : words) {
    const Span shown = plain.shown(word.span);
    if (shown.begin < done) continue;
    view.append(plain, done, shown.begin);
    view.append(word.word, word.span);
    done = shown.end;
  }
  view.append(plain, done, plain.text.size());
  return view;
}

}  // namespace simwarden
