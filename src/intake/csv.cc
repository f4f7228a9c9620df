// SPDX-License-Identifier: Apache-2.0
// A row is walked from mark to mark: ByteBlock says where the next delimiter,
// line break or quote stands, and what lies between is not looked at.
#include "intake/csv.h"

#include <algorithm>
#include <bit>

#include "intake/byte_block.h"
#include "intake/intake.h"

namespace simwarden {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr uint64_t kAll = ~uint64_t{0};

// The delimiters and line breaks of a text, and its quotes, from a place on
// that moves forward only.
class Marks {
 public:
  Marks(std::string_view text, char delimiter)
      : text_(text), delimiter_(delimiter) {
    if (!text.empty()) load(0);
  }

  // The first end of a cell from the place on; the text's size: none.
  size_t end() {
    while (ends_ == 0) {
      if (!load_next()) return text_.size();
    }
    return block_ + size_t(std::countr_zero(ends_));
  }
  // REQUIRES: end() was not the text's size. The place is behind it.
  void step_over_end() { ends_ &= ends_ - 1; }
  void step_over_block() { ends_ = 0; }

  // The ends of the block of end(), from the place on, when there is nothing
  // else in that block; 0: there is. Bit i is byte block() + i.
  uint64_t delimiters_alone() const { return alone_ ? ends_ : 0; }
  size_t block() const { return block_; }

  // The first quote from `at` on, which the place is moved to; kNone: none.
  // REQUIRES: `at` is not before the place.
  size_t quote(size_t at) {
    if (at >= text_.size()) return kNone;
    move_to(at);
    uint64_t quotes = quotes_ & (kAll << (at - block_));
    while (quotes == 0) {
      if (!load_next()) return kNone;
      quotes = quotes_;
    }
    return block_ + size_t(std::countr_zero(quotes));
  }

  void move_to(size_t at) {
    if (at - block_ >= kBlockBytes && at < text_.size()) load(at);
    ends_ = at < text_.size() ? ends_ & (kAll << (at - block_)) : 0;
  }

 private:
  bool load_next() {
    if (text_.size() - block_ <= kBlockBytes) return false;
    load(block_ + kBlockBytes);
    return true;
  }
  void load(size_t block) {
    block_ = block;
    const ByteBlock bytes = block_at(text_, block);
    quotes_ = bytes.equal('"');
    ends_ = bytes.equal_any(delimiter_, '\n', '\r');
    alone_ = (quotes_ | (ends_ ^ bytes.equal(delimiter_))) == 0;
  }

  std::string_view text_;
  char delimiter_;
  size_t block_ = 0;
  uint64_t quotes_ = 0;  // of the block
  uint64_t ends_ = 0;    // of the block, from the place on
  bool alone_ = false;   // the block has neither quotes nor line breaks
};

}  // namespace

class CsvRowCutter {
 public:
  CsvRowCutter(std::string_view rest, char delimiter, bool at_end,
               CsvCells* cells, CsvAhead* ahead)
      : rest_(rest),
        delimiter_(delimiter),
        at_end_(at_end),
        cells_(cells),
        ahead_(ahead),
        marks_(rest, delimiter) {
    if (ahead_ != nullptr && ahead_->cell_ < rest_.size()) {
      known_ = rest_.size() - ahead_->cell_;
      first_break_ = find_csv_line_break(rest_);
    }
    if (cells_ == nullptr) return;
    kept_ = cells_->cells_.data();
    room_ = cells_->cells_.size();
    cells_->doubled_.clear();
  }

  CsvRow cut() {
    const CsvRow row = walk();
    if (ahead_ != nullptr) remember(row);
    if (jumped_ && row.whole && row.fault == CsvFault::none &&
        (cells_ != nullptr || row.size <= kRowBytesMax)) {
      return CsvRowCutter(rest_, delimiter_, at_end_, cells_, nullptr).cut();
    }
    if (cells_ != nullptr) cells_->finish(std::min(count_, kCellsMax));
    return row;
  }

 private:
  CsvRow walk() {
    while (true) {
      if (at_ > first_break_) jump();
      cell_ = at_;
      if (cell_ < rest_.size() && rest_[cell_] == '"') {
        const CsvFault fault = quoted_cell();
        if (fault == CsvFault::unclosed) return unclosed(cell_);
        if (fault == CsvFault::after_quote) return broken(fault, at_);
      } else {
        if (plain_cells()) continue;
        plain_cell();
      }
      if (at_ == rest_.size()) {
        return {.whole = at_end_, .size = at_, .cells = count_};
      }
      marks_.step_over_end();
      if (rest_[at_] != delimiter_) {
        return end_of_line(at_, CsvRow{.cells = count_});
      }
      ++at_;
    }
  }

  void keep(std::string_view text) {
    if (count_ >= room_) make_room();
    if (count_ < room_) kept_[count_] = text;
    ++count_;
  }

  void make_room() {
    if (cells_ == nullptr || room_ == kCellsMax) return;
    room_ = std::min(std::max(2 * kBlockBytes, room_ * 2), kCellsMax);
    cells_->cells_.resize(room_);
    kept_ = cells_->cells_.data();
  }

  // All cells that end in a block, where it has delimiters and nothing else:
  // most have. False: it has more.
  bool plain_cells() {
    marks_.end();
    uint64_t ends = marks_.delimiters_alone();
    if (ends == 0 || cell_ == known_) return false;
    if (count_ + kBlockBytes > room_) make_room();
    if (count_ + kBlockBytes > room_) return false;
    const char* begin = rest_.data() + at_;
    const char* block = rest_.data() + marks_.block();
    std::string_view* kept = kept_ + count_;
    for (; ends != 0; ends &= ends - 1) {
      const char* end = block + std::countr_zero(ends);
      *kept++ = {begin, size_t(end - begin)};
      begin = end + 1;
    }
    count_ = size_t(kept - kept_);
    at_ = size_t(begin - rest_.data());
    marks_.step_over_block();
    return true;
  }

  void plain_cell() {
    if (cell_ == known_ && ahead_->end_ != CsvAhead::kUnknown) {
      move_to(rest_.size() - ahead_->end_);
    } else {
      at_ = marks_.end();
    }
    keep(rest_.substr(cell_, at_ - cell_));
  }

  // From its quote to where the next cell, the next row or a fault begins.
  CsvFault quoted_cell() {
    const size_t begin = at_ + 1;
    size_t quote = cell_ == known_ ? known_quote() : marks_.quote(begin);
    bool doubled = false;
    while (quote < rest_.size() - 1 && quote <= kRowBytesMax &&
           rest_[quote + 1] == '"') {
      doubled = true;
      quote = marks_.quote(quote + 2);
    }
    quote_ = quote;
    keep(rest_.substr(begin, std::min(quote, rest_.size()) - begin));
    if (doubled && count_ <= room_) cells_->doubled_.push_back(count_ - 1);
    if (quote > kRowBytesMax) return CsvFault::unclosed;
    const bool known = cell_ == known_ && ahead_->end_ != CsvAhead::kUnknown;
    move_to(known ? rest_.size() - ahead_->end_
                  : std::min(rest_.find_first_not_of(' ', quote + 1),
                             rest_.size()));
    return at_ == rest_.size() || ends_cell(rest_[at_]) ? CsvFault::none
                                                        : CsvFault::after_quote;
  }

  void move_to(size_t at) {
    at_ = at;
    marks_.move_to(at);
  }

  // The row went on behind the end of its first line, within quotes. So did
  // the one before it that looked ahead: the same quote closed both, and from
  // there on they are one.
  void jump() {
    first_break_ = kNone;
    if (at_ >= known_) return;
    move_to(known_);
    jumped_ = true;
  }

  size_t known_quote() const {
    return ahead_->quote_ == CsvAhead::kUnknown ? kNone
                                                : rest_.size() - ahead_->quote_;
  }

  // Who was stopped far from the line that it began on.
  void remember(const CsvRow& row) {
    const bool stopped = row.fault != CsvFault::none || row.size > kRowBytesMax;
    if (!row.whole || !stopped || rest_.size() - cell_ >= ahead_->cell_) return;
    const bool quoted = rest_.substr(cell_).starts_with('"');
    ahead_->cell_ = rest_.size() - cell_;
    ahead_->quote_ = CsvAhead::kUnknown;
    ahead_->end_ = CsvAhead::kUnknown;
    if (quoted && quote_ != kNone) ahead_->quote_ = rest_.size() - quote_;
    if (row.fault != CsvFault::unclosed) ahead_->end_ = rest_.size() - at_;
  }

  bool ends_cell(char c) const {
    return c == delimiter_ || c == '\n' || c == '\r';
  }

  // `row`, which ends with the line break at `at`.
  CsvRow end_of_line(size_t at, CsvRow row) const {
    row.size = at + 1;
    row.whole = true;
    if (rest_[at] != '\r') return row;
    if (row.size < rest_.size()) {
      row.size += rest_[row.size] == '\n';
      return row;
    }
    return at_end_ ? row : CsvRow{};  // a line feed may follow
  }

  CsvRow unclosed(size_t opened) const {
    if (!at_end_ && rest_.size() <= kRowBytesMax) return {};
    return broken(CsvFault::unclosed, opened);
  }

  // The row is the line that it began on.
  CsvRow broken(CsvFault fault, size_t byte) const {
    const CsvRow row{at_end_, rest_.size(), count_, fault, byte};
    const size_t line_break = find_csv_line_break(rest_);
    return line_break == rest_.size() ? row : end_of_line(line_break, row);
  }

  std::string_view rest_;
  char delimiter_;
  bool at_end_;
  CsvCells* cells_;
  CsvAhead* ahead_;
  Marks marks_;
  std::string_view* kept_ = nullptr;  // of cells_
  size_t room_ = 0;
  size_t at_ = 0;
  size_t count_ = 0;
  size_t cell_ = 0;             // where the cell began
  size_t quote_ = kNone;        // the last one seen of a quoted cell
  size_t known_ = kNone;        // the cell of ahead_, when it lies in `rest`
  size_t first_break_ = kNone;  // of the row, when known_ is
  bool jumped_ = false;
};

// The text of those that have quotes written twice.
void CsvCells::finish(size_t size) {
  size_ = size;
  if (doubled_.empty()) return;
  single_.clear();
  size_t bytes = 0;
  for (const size_t i : doubled_) bytes += cells_[i].size();
  single_.reserve(bytes);
  for (const size_t i : doubled_) {
    const size_t begin = single_.size();
    std::string_view left = cells_[i];
    for (size_t at = left.find('"'); at != kNone; at = left.find('"')) {
      single_ += left.substr(0, at + 1);
      left.remove_prefix(std::min(at + 2, left.size()));
    }
    single_ += left;
    cells_[i] = std::string_view(single_).substr(begin);
  }
}

CsvRow cut_csv_row(std::string_view rest, char delimiter, bool at_end,
                   CsvCells* cells, CsvAhead* ahead) {
  return CsvRowCutter(rest, delimiter, at_end, cells, ahead).cut();
}

CsvRow cut_csv_row(std::string_view rest, char delimiter, bool at_end,
                   std::vector<std::string>* cells, CsvAhead* ahead) {
  CsvCells views;
  const CsvRow row = cut_csv_row(rest, delimiter, at_end, &views, ahead);
  cells->assign(views.begin(), views.end());
  return row;
}

CsvRow find_csv_row(std::string_view rest, char delimiter, bool at_end,
                    CsvAhead* ahead) {
  return CsvRowCutter(rest, delimiter, at_end, nullptr, ahead).cut();
}

uint64_t count_csv_lines(std::string_view text) {
  uint64_t lines = 0;
  uint64_t returned = 0;  // 1: a CR stands before the block
  for (size_t at = 0; at < text.size(); at += kBlockBytes) {
    const ByteBlock block = block_at(text, at);
    const uint64_t returns = block.equal('\r');
    const uint64_t feeds = block.equal('\n') & ~(returns << 1 | returned);
    if ((returns | feeds) != 0) {
      lines += uint64_t(std::popcount(returns) + std::popcount(feeds));
    }
    returned = returns >> 63;
  }
  return lines;
}

size_t find_csv_line_break(std::string_view text) {
  return Marks(text, '\n').end();
}

}  // namespace simwarden
