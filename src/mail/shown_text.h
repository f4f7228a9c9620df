// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace simwarden {

// Writes text as browsers lay it out: blank space is one blank, blocks begin
// lines, nothing stands before the first word. What is not shown goes to a
// text of its own.
class ShownText {
 public:
  // Keeps both by reference.
  ShownText(std::string& shown, std::string& hidden)
      : shown_(shown), hidden_(hidden) {}

  void write(std::string_view text, bool is_shown, bool keeps_blanks);
  // At least so many line breaks before the next word.
  void want_breaks(uint8_t count);
  void add_break();  // one more
  void want_blank();
  void finish();

  // From here on; marks may lie inside each other. since_mark() takes the
  // last one: the bytes of words written since.
  void mark() { marks_.push_back({kNone, kNone}); }
  std::pair<uint32_t, uint32_t> since_mark();

  bool is_full() const;
  bool ends_in_letter() const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Mark {
    uint32_t begin;
    uint32_t end;
  };
  void write_shown(std::string_view text, bool keeps_blanks);
  void write_hidden(std::string_view text);
  void put(std::string_view words);

  std::string& shown_;
  std::string& hidden_;
  std::vector<Mark> marks_;
  uint8_t breaks_ = 0;
  bool blank_ = false;
  bool hides_ = false;  // the last text was hidden
};

// Whether a letter is of a script that is written from right to left.
bool is_written_from_right(std::string_view text);

// The characters from the last to the first. Those of scripts that are written
// so stay as they are.
std::string turned(std::string_view text);

// Its lines without blank space around, none of them empty. They point into
// `text`.
std::unordered_set<std::string_view> lines_of(std::string_view text);

}  // namespace simwarden
