// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "text/views.h"

// Text in any charset to UTF-8.
//
//   Utf8Text t = to_utf8("\xD1\xE9\xD6\xA4\xC2\xEB", "gb2312");
//   t.view.text == "验证码"; t.charset == "gb18030"
//   t.view.original(0, 3)      // -> bytes 0 and 1
//
// For whoever has a whole text in memory (a body part, a small file). Streams
// in UTF-16 are decoded by intake/, piece by piece.
//
// Pure, any thread; linear in the bytes.
namespace simwarden {

struct Utf8Text {
  enum class How : uint8_t {
    as_is,     // it was UTF-8, ASCII included
    marked,    // by a byte order mark, which is taken away
    declared,  // as was said
    detected,  // nothing fitting was said; ICU's detector is sure enough
    assumed,   // nor is it: windows-1252, as browsers do
  };
  View view;            // UTF-8; leads back to the bytes
  std::string charset;  // lower case, by the Encoding Standard: "utf-8",
                        // "gb18030", "windows-1252"; else ICU's name
  How how = How::as_is;
  uint32_t replaced = 0;  // bytes that mean nothing in it: each run is U+FFFD
  bool cut = false;       // only the first kCharsetBytesMax bytes are there
};

// What is longer is cut: no body part of a message is.
inline constexpr size_t kCharsetBytesMax = size_t{16} << 20;

// `declared`: a charset label ("GB2312", "iso-8859-1"), or "". It is read as
// the Encoding Standard says (gb2312 is gb18030, iso-8859-1 windows-1252). A
// label that nobody knows, or one that can hide ASCII (utf-7, hz, iso-2022-cn,
// iso-2022-kr), counts as none. What is UTF-8 beyond ASCII, but for a bad
// byte here and there, is UTF-8 whatever was declared (UTF-16 and UTF-32
// apart): nothing else looks like it by chance.
Utf8Text to_utf8(std::string_view bytes, std::string_view declared = {});

}  // namespace simwarden
