// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a person would read in a text that was written to be misread.
//
//   Views v = see("ｔ．ｍｅ／demo");      // v.plain.text == "t.me/demo"
//   v.plain.original(0, 4)               // -> the bytes of ｔ．ｍｅ
//
// raw       the text as it came
// plain     decoded entities, invisible characters removed, NFKC, case
//           folded, styled and enclosed letters, confusables inside words
//           that mix scripts, emoji with meaning; white space collapsed
// squeezed  plain without anything but letters, digits and @ . / : + # $ * - _
//
// Every view maps each of its bytes back to the original bytes.
//
// plain(plain(t)) is plain(t), unless t hides an entity in an entity
// ("&amp;lt;"): entities are decoded once. White space, line breaks too, is
// one space between words and none at the ends. Other scripts' decimal digits
// are 0 to 9. A letter keeps at most 8 combining marks. Not done here: number
// words, spelled dots and other spellings of a contact; see contact/.
//
// All functions are pure; time and memory are linear in the text.
namespace simwarden {

// A span of bytes in the original text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool operator==(const Span&) const = default;
};

struct View {
  std::string text;
  // begins[i]: where the original character that gave byte i begins; ends[i]:
  // where it ends. Monotone; both empty when the view is the original itself.
  std::vector<uint32_t> begins;
  std::vector<uint32_t> ends;

  // The original bytes of view bytes [begin, end); whole characters.
  Span original(size_t begin, size_t end) const;
};

// What was seen while folding; counts of code points of the original.
struct Disguise {
  uint32_t invisible = 0;          // zero-width, soft hyphen, fillers
  uint32_t invisible_in_word = 0;  // … with a letter or digit on both sides
  uint32_t bidi_controls = 0;
  uint32_t tags = 0;                // U+E0000 to U+E007F
  uint32_t combining_runs = 0;      // runs of 3 and more combining marks
  uint32_t styled = 0;              // full-width, mathematical, enclosed …
  uint32_t mixed_script_words = 0;  // Latin with Cyrillic or Greek in a word
  uint32_t emoji = 0;
  uint32_t invalid_bytes = 0;  // not UTF-8
};

struct Views {
  std::string_view raw;  // the caller's text: must outlive the Views
  View plain;
  View squeezed;
  Disguise disguise;
  bool cut = false;  // the views show only the first kTextBytesMax bytes
};

// More text than this is cut for the views (never inside a character), and
// `cut` tells; a message of 1 MiB is not read by people. `raw` is not cut.
inline constexpr size_t kTextBytesMax = size_t{1} << 20;

Views see(std::string_view text);

// The plain text of a short piece, but look-alike letters and traditional
// characters stay: what a resolver gets of a host name. Not bounded.
std::string fold_letters(std::string_view text);

// The ASCII letter that a folded Cyrillic or Greek letter is taken for, or
// '\0'.
char latin_double(char32_t letter);

}  // namespace simwarden
