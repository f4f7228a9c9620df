// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// What a text has no sign of, it need not be searched for: one walk that spares
// most texts most of the passes of mask_text.cc.
namespace simwarden {

// Answers no only where the pass would find nothing. A digit is one of any
// script, circled or Chinese. Bytes that are not UTF-8 are no sign of anything.
class Signs {
 public:
  explicit Signs(std::string_view text);

  size_t digits() const { return digits_; }
  bool may_be_host() const { return (pairs_ & (kDot | kColon)) != 0; }
  bool may_be_address() const { return (seen_ & kAt) != 0; }  // or a handle
  bool may_be_priced() const { return (seen_ & kCurrency) != 0; }
  bool may_be_counted() const { return (pairs_ & (kDigit | kGap)) != 0; }
  bool may_be_profile() const {
    return (seen_ & kDollar) != 0 || (pairs_ & (kServer | kEscape)) != 0;
  }

 private:
  // What a character is, and behind which it is telling.
  struct Sign {
    uint16_t is = 0;
    uint16_t behind = 0;
  };
  static constexpr uint16_t kDigit = 1;    // "5yuan", "5元"
  static constexpr uint16_t kGap = 2;      // a blank behind a digit: "5 yuan"
  static constexpr uint16_t kDot = 4;      // "a.b"
  static constexpr uint16_t kColon = 8;    // "://"
  static constexpr uint16_t kServer = 16;  // the "a" of "lpa:"
  static constexpr uint16_t kAt = 32;      // any
  static constexpr uint16_t kDollar = 64;  // any
  static constexpr uint16_t kCurrency = 128;  // any
  static constexpr uint16_t kEscape = 256;    // "%2", "&#", "&d": of a dollar

  static constexpr Sign of_ascii(char c);
  static Sign of_foreign(char32_t c);

  size_t digits_ = 0;
  uint16_t seen_ = 0;
  uint16_t pairs_ = 0;  // what stood before a character that is telling then
};

// The code point at `at`, which moves behind it; kNoCodePoint for bytes that
// are not UTF-8. REQUIRES: at < text.size().
inline constexpr char32_t kNoCodePoint = 0x110000;
char32_t take_code_point(std::string_view text, size_t& at);

// Digits of all scripts, also circled, raised and in brackets, and Chinese ones
// as they are written in numbers and on cheques.
bool is_any_digit(char32_t c);

// What a reader does not see, and marks that stand on the character before.
bool is_invisible(char32_t c);

// Letters, digits and symbols: what is neither blank nor a mark of punctuation
// nor invisible. Of ASCII letters and digits only.
bool is_telling(char32_t c);

// False where no four lines in a row begin with signs that QR codes are drawn
// with.
bool may_hold_drawing(std::string_view text);

}  // namespace simwarden
