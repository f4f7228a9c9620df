// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/csv.h"
#include "intake/intake.h"

// Rows of tables byte by byte: slow, plain, and what csv.h is held to.
namespace simwarden {

class SlowRowCutter {
 public:
  SlowRowCutter(std::string_view rest, char delimiter, bool at_end,
                std::vector<std::string>* cells)
      : rest_(rest), delimiter_(delimiter), at_end_(at_end), cells_(cells) {}

  CsvRow cut() {
    if (cells_ != nullptr) cells_->clear();
    while (!row_) cell();
    return *row_;
  }

 private:
  void cell() {
    if (at_ < rest_.size() && rest_[at_] == '"') {
      quoted_cell();
    } else {
      plain_cell();
    }
  }

  // Where the next cell's text goes; null when it is not kept.
  std::string* new_cell() {
    ++count_;
    if (cells_ == nullptr || cells_->size() >= kCellsMax) return nullptr;
    return &cells_->emplace_back();
  }

  void plain_cell() {
    const size_t begin = at_;
    while (at_ < rest_.size() && !ends_cell(rest_[at_])) ++at_;
    if (std::string* out = new_cell()) {
      out->assign(rest_.substr(begin, at_ - begin));
    }
    step_over_end();
  }

  void quoted_cell() {
    const size_t opened = at_;
    std::string* out = new_cell();
    ++at_;
    while (true) {
      const size_t quote = rest_.find('"', at_);
      const size_t end = std::min(quote, rest_.size());
      if (out != nullptr) out->append(rest_.substr(at_, end - at_));
      if (quote == std::string_view::npos || quote > kRowBytesMax)
        return unclosed(opened);
      at_ = quote + 1;
      if (at_ >= rest_.size() || rest_[at_] != '"') break;
      if (out != nullptr) *out += '"';
      ++at_;
    }
    while (at_ < rest_.size() && rest_[at_] == ' ') ++at_;
    if (at_ < rest_.size() && !ends_cell(rest_[at_])) {
      return broken(CsvFault::after_quote, at_);
    }
    step_over_end();
  }

  bool ends_cell(char c) const {
    return c == delimiter_ || c == '\n' || c == '\r';
  }

  // At a delimiter, a line break or the end of what there is.
  void step_over_end() {
    if (at_ >= rest_.size()) {
      row_ = CsvRow{.whole = at_end_, .size = at_, .cells = count_};
      return;
    }
    const char c = rest_[at_++];
    if (c == delimiter_) return;
    if (c == '\r' && at_ == rest_.size() && !at_end_) {
      row_ = CsvRow{};  // a line feed may follow
      return;
    }
    if (c == '\r' && at_ < rest_.size() && rest_[at_] == '\n') ++at_;
    row_ = CsvRow{.whole = true, .size = at_, .cells = count_};
  }

  void unclosed(size_t opened) {
    if (!at_end_ && rest_.size() <= kRowBytesMax) {
      row_ = CsvRow{};
      return;
    }
    broken(CsvFault::unclosed, opened);
  }

  // The row is the line that it began on.
  void broken(CsvFault fault, size_t byte) {
    const size_t line_break = rest_.find_first_of("\r\n");
    if (line_break == std::string_view::npos) {
      row_ = CsvRow{at_end_, rest_.size(), count_, fault, byte};
      return;
    }
    size_t size = line_break + 1;
    if (rest_[line_break] == '\r') {
      if (size == rest_.size() && !at_end_) {
        row_ = CsvRow{};
        return;
      }
      if (size < rest_.size() && rest_[size] == '\n') ++size;
    }
    row_ = CsvRow{true, size, count_, fault, byte};
  }

  std::string_view rest_;
  char delimiter_;
  bool at_end_;
  std::vector<std::string>* cells_;
  size_t at_ = 0;
  size_t count_ = 0;
  std::optional<CsvRow> row_;
};

inline uint64_t slow_csv_lines(std::string_view text) {
  uint64_t lines = 0;
  for (size_t at = text.find_first_of("\r\n"); at != text.npos;
       at = text.find_first_of("\r\n", at + 1)) {
    const bool pair =
        text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (!pair) ++lines;
  }
  return lines;
}

}  // namespace simwarden
