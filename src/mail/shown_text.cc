// SPDX-License-Identifier: Apache-2.0
#include "mail/shown_text.h"

#include <algorithm>

#include "diag/characters.h"
#include "mail/mail.h"
#include "mail/words.h"

namespace simwarden {
namespace {

// Of words that stand as they are written: one blank between two.
size_t end_of_words(std::string_view text, size_t i) {
  for (; i < text.size(); ++i) {
    if (!is_blank_char(text[i])) continue;
    const bool one_blank =
        text[i] == ' ' && i + 1 < text.size() && !is_blank_char(text[i + 1]);
    if (!one_blank) break;
  }
  return i;
}

}  // namespace

void ShownText::write(std::string_view text, bool is_shown, bool keeps_blanks) {
  if (is_shown) {
    write_shown(text, keeps_blanks);
  } else {
    write_hidden(text);
  }
}

void ShownText::write_shown(std::string_view text, bool keeps_blanks) {
  hides_ = hides_ && without_blanks(text).empty();
  size_t i = 0;
  while (i < text.size()) {
    if (is_blank_char(text[i])) {
      if (keeps_blanks && text[i] == '\n') {
        add_break();
      } else {
        blank_ = true;
      }
      ++i;
      continue;
    }
    const size_t end = end_of_words(text, i);
    put(text.substr(i, end - i));
    i = end;
  }
}

void ShownText::put(std::string_view words) {
  if (!shown_.empty()) {
    constexpr uint8_t kBreaksMax = 2;
    shown_.append(std::min(breaks_, kBreaksMax), '\n');
    if (breaks_ == 0 && blank_) shown_ += ' ';
  }
  breaks_ = 0;
  blank_ = false;
  const auto begin = static_cast<uint32_t>(shown_.size());
  shown_.append(words);
  for (size_t i = marks_.size(); i-- > 0;) {
    if (marks_[i].begin == kNone) marks_[i].begin = begin;
    marks_[i].end = static_cast<uint32_t>(shown_.size());
  }
}

void ShownText::write_hidden(std::string_view text) {
  text = without_blanks(text);
  if (text.empty() || hidden_.size() >= kMailTextBytesMax) return;
  if (!hidden_.empty()) hidden_ += hides_ ? ' ' : '\n';
  hidden_.append(text);
  hides_ = true;
}

void ShownText::want_breaks(uint8_t count) {
  breaks_ = std::max(breaks_, count);
}

void ShownText::add_break() {
  if (breaks_ < UINT8_MAX) ++breaks_;
}

void ShownText::want_blank() {
  blank_ = true;
}

void ShownText::finish() {
  breaks_ = 0;
  blank_ = false;
}

std::pair<uint32_t, uint32_t> ShownText::since_mark() {
  const auto here = static_cast<uint32_t>(shown_.size());
  if (marks_.empty()) return {here, here};
  const Mark mark = marks_.back();
  marks_.pop_back();
  if (mark.begin == kNone) return {here, here};
  return {mark.begin, mark.end};
}

bool ShownText::is_full() const {
  return shown_.size() >= kMailTextBytesMax;
}

bool ShownText::ends_in_letter() const {
  return breaks_ == 0 && !blank_ && !shown_.empty() &&
         is_ascii_letter(shown_.back());
}

bool is_written_from_right(std::string_view text) {
  // UTF-8 of Hebrew, Arabic and what stands between them begins so.
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD6 && byte <= 0xDF;
  });
}

std::string turned(std::string_view text) {
  return is_written_from_right(text) ? std::string(text) : turned_around(text);
}

std::unordered_set<std::string_view> lines_of(std::string_view text) {
  std::unordered_set<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.insert(without_blanks(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  lines.erase("");
  return lines;
}

}  // namespace simwarden
