// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace simwarden {

// As what a text is read that may not be what it declares.
struct CharsetLook {
  std::string_view charset;  // a label: what was declared, or what fits better
  std::string_view other;    // as which it reads nearly as well, or ""
};

// By the bytes of a text without a mark that is not UTF-8:
//
//   looks_like("\xD1\xE9\xD6\xA4\xC2\xEB…", "iso-8859-1").charset == "gb18030"
//
// "utf-16" says no order: RFC 2781 means the big end first, browsers the little
// one. Chinese that some programs declare as Latin-1 is pairs of bytes beyond
// ASCII, which Latin letters hardly are.
CharsetLook looks_like(std::string_view bytes, std::string_view declared);

}  // namespace simwarden
