// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace simwarden {

// Writes many short pieces one behind the other. A piece costs a copy, not a
// call, and memory once taken stays. One thread.
class TextPen {
 public:
  void clear() { size_ = 0; }
  // Valid until more is written.
  std::string_view text() const { return {text_.data(), size_}; }
  size_t size() const { return size_; }
  char back() const { return text_[size_ - 1]; }  // REQUIRES: not empty
  // Back to what it was. REQUIRES: size <= size().
  void cut(size_t size) { size_ = size; }

  TextPen& operator+=(std::string_view piece) {
    char* const at = room(piece.size());
    put(at, piece);
    wrote(piece.size());
    return *this;
  }
  TextPen& operator+=(char c) {
    *room(1) = c;
    wrote(1);
    return *this;
  }

  // For who writes several pieces at once: where the next ones go, as far as
  // `bytes` reach, and how many of these were written.
  char* room(size_t bytes) {
    if (text_.size() - size_ < bytes) text_.resize(2 * (size_ + bytes));
    return text_.data() + size_;
  }
  void wrote(size_t bytes) { size_ += bytes; }
  // Writes a piece at `to`. REQUIRES: there is room.
  // Most pieces are a word, for which a call of memcpy() takes longer than the
  // copying.
  static void put(char* to, std::string_view piece) {
    const size_t size = piece.size();
    const char* from = piece.data();
    if (size > 16) {
      std::memcpy(to, from, size);
    } else if (size >= 8) {  // two that overlap
      std::memcpy(to, from, 8);
      std::memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
      std::memcpy(to, from, 4);
      std::memcpy(to + size - 4, from + size - 4, 4);
    } else {
      for (size_t i = 0; i < size; ++i) to[i] = from[i];
    }
  }

 private:
  std::string text_;  // of which size_ bytes are written
  size_t size_ = 0;
};

}  // namespace simwarden
