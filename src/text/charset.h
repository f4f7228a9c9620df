// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/views.h"

struct UConverter;  // ICU's

// Text in any charset to UTF-8.
//
//   Utf8Text t = to_utf8("\xD1\xE9\xD6\xA4\xC2\xEB", "gb2312");
//   t.view.text == "验证码"; t.charset == "gb18030"
//   t.view.original(0, 3)      // -> bytes 0 and 1
//
// to_utf8 is for whoever has a whole text in memory (a body part, a small
// file); a stream asks find_mark and detect_charset of its beginning and goes
// through a CharsetStream.
//
// Pure, any thread (a CharsetStream: one at a time); linear in the bytes.
namespace simwarden {

struct Charset {
  std::string name;       // lower case, by the Encoding Standard: "utf-8",
                          // "gb18030", "windows-1252"; else ICU's name
  std::string converter;  // what ICU calls it
  bool is_utf8() const { return name == "utf-8"; }
  // Its characters are units of more than a byte.
  bool is_wide() const {
    return name.starts_with("utf-16") || name.starts_with("utf-32");
  }
};

// The charset of a label ("GB2312", "iso-8859-1", " \"big5\" "), read as the
// Encoding Standard says (data/charsets.tsv): gb2312 is gb18030, iso-8859-1
// windows-1252. Else ICU's names and aliases. Nullopt for a label that nobody
// knows, and for one that can hide ASCII (utf-7, hz, iso-2022-cn, iso-2022-kr).
std::optional<Charset> find_charset(std::string_view label);
// Of a label that find_charset leaves since its texts can hide ASCII (EBCDIC
// too): a program that knows it shows what only this charset tells. Whoever
// reads a text in it reads it as it looks, too. Nullopt for every other label.
std::optional<Charset> find_hiding_charset(std::string_view label);
// The default alphabet of SMS (3GPP TS 23.038), a septet a byte. No label finds
// it: it means something else by ASCII's "@".
Charset gsm_default_alphabet();
// The Encoding Standard's labels, for suggestions.
std::vector<std::string> charset_labels();

// A byte order mark at the front of a text.
struct CharsetMark {
  std::string_view bytes;
  std::string_view charset;
};
const CharsetMark* find_mark(std::string_view bytes);
// A text that is UTF-8 by its protocol: behind its mark, if it has one.
std::string_view behind_utf8_mark(std::string_view text);

struct Utf8Count {
  size_t good = 0;  // characters beyond ASCII
  size_t bad = 0;   // sequences that are none
  // Text in another charset has hardly a valid sequence in it; one bad byte in
  // a text that was glued together does not make it another charset's.
  bool is_utf8() const {
    constexpr size_t kGoodToOneBad = 4;
    return good >= kGoodToOneBad * bad;
  }
};
Utf8Count count_utf8(std::string_view bytes);

struct CharsetGuess {
  Charset charset;
  int confidence = 0;  // of 100, ICU's
};
// The charset of a text that is not UTF-8, by its first kDetectBytesMax bytes;
// nullopt when there is little to go by, ICU is not sure enough or more of them
// mean nothing in it than a broken character here and there.
std::optional<CharsetGuess> detect_charset(std::string_view bytes);
// More bytes make ICU's detector slower and no surer.
inline constexpr size_t kDetectBytesMax = size_t{64} << 10;

// Decodes a stream, piece by piece, in little memory. What means nothing in
// the charset becomes the byte 0xFF, which is no UTF-8: whoever checks the
// text row by row finds the row that it stands in.
class CharsetStream {
 public:
  // REQUIRES: a function of this file gave it, and it is not UTF-8.
  explicit CharsetStream(const Charset& charset);
  ~CharsetStream();
  CharsetStream(const CharsetStream&) = delete;
  CharsetStream& operator=(const CharsetStream&) = delete;

  // Appends the UTF-8 of `bytes` to `text`. Half a character at the end waits
  // for the next piece; `at_end`: there is none, and the next piece begins
  // anew.
  void decode(std::string_view bytes, bool at_end, std::string& text);
  uint64_t broken() const { return broken_; }  // 0xFFs so far

 private:
  struct Closer {
    void operator()(UConverter* converter) const;
  };
  std::unique_ptr<UConverter, Closer> from_;
  std::unique_ptr<UConverter, Closer> to_;
  std::array<char16_t, 1024> pivot_{};
  char16_t* pivot_read_ = pivot_.data();
  char16_t* pivot_write_ = pivot_.data();
  uint64_t broken_ = 0;
};

struct Utf8Text {
  enum class How : uint8_t {
    as_is,     // it was UTF-8, ASCII included
    marked,    // by a byte order mark, which is taken away
    declared,  // as was said
    detected,  // nothing fitting was said; ICU's detector is sure enough
    assumed,   // nor is it: windows-1252, as browsers do
  };
  View view;            // UTF-8; leads back to the bytes
  std::string charset;  // Charset::name
  How how = How::as_is;
  uint32_t replaced = 0;  // bytes that mean nothing in it: each run is U+FFFD
  bool cut = false;       // only the first kCharsetBytesMax bytes are there
  // The charset that was declared, where the bytes are read in another and may
  // be meant in it all the same: some are UTF-8, others are not. Who pads a
  // text with either hides it from whoever counts, not from a program that
  // believes what was declared. Else "".
  std::string doubted;
};

// What is longer is cut: no body part of a message is.
inline constexpr size_t kCharsetBytesMax = size_t{16} << 20;

// `declared`: a label for find_charset, or "". One that it does not know
// counts as none. What is UTF-8 beyond ASCII, but for a bad byte here and
// there, is UTF-8 whatever was declared (UTF-16 and UTF-32 apart): nothing else
// looks like it by chance.
Utf8Text to_utf8(std::string_view bytes, std::string_view declared = {});
// In the charset that was declared, however little looks like it. REQUIRES:
// find_charset or find_hiding_charset knows it.
Utf8Text to_utf8_as(std::string_view bytes, std::string_view declared);

}  // namespace simwarden
