// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Lower case, letter by letter, exactly as RE2 sees it when it says which
// literals a pattern needs.
//
//   FoldedText text;
//   text.fold("СИМ K");  // with the Kelvin sign
//   text.folded();       // "сим k"
namespace simwarden {

// Zeros that stand before and behind a folded text: what is read of it sixteen
// places at a time needs no end of its own.
inline constexpr size_t kRoomBefore = 16;
inline constexpr size_t kRoomBehind = 48;

// Its memory is used again.
class FoldedText {
 public:
  // Replaces what it held. Bytes that are not UTF-8 stay as they are.
  // REQUIRES: `text` stays where it is while it is asked for.
  void fold(std::string_view text);

  std::string_view text() const { return text_; }
  // It has room before and behind.
  std::string_view folded() const {
    return {buffer_.data() + kRoomBefore, size_};
  }
  // Nothing had to be changed.
  bool same() const { return same_; }
  // Every letter kept its length, so that offsets are those of the text. When
  // one did not, what is folded is still good for looking words up.
  bool aligned() const { return aligned_; }

 private:
  struct Lowered;
  char* bytes() { return buffer_.data() + kRoomBefore; }
  void make_room(size_t size);
  Lowered lower_ascii();
  void lower_others();
  bool lower_at(size_t at);
  void lower_slowly(size_t at);

  std::string_view text_;
  std::string buffer_ = std::string(kRoomBefore + kRoomBehind, '\0');
  size_t size_ = 0;
  bool same_ = true;
  bool aligned_ = true;
};

}  // namespace simwarden
