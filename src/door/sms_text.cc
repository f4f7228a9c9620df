// SPDX-License-Identifier: Apache-2.0
#include "door/sms_text.h"

#include <algorithm>

#include "text/charset.h"

namespace simwarden {
namespace {

std::string decoded(std::string_view bytes, const Charset& charset) {
  std::string text;
  CharsetStream(charset).decode(bytes, true, text);
  return text;
}

// The table of the standard; what is not in it, and not reserved, is binary.
std::string_view charset_of(int coding) {
  switch (coding) {
    case 1:
    case 3: return "iso-8859-1";
    case 5: return "iso-2022-jp";
    case 6: return "iso-8859-5";
    case 7: return "iso-8859-8";
    case 8: return "utf-16be";
    case 13: return "euc-jp";
    case 14: return "euc-kr";
    default: return {};
  }
}

std::string default_alphabet(std::string_view bytes, bool latin1) {
  const bool beyond = std::any_of(bytes.begin(), bytes.end(),
                                  [](char c) { return (c & 0x80) != 0; });
  if (!beyond && !latin1) return decoded(bytes, gsm_default_alphabet());
  if (count_utf8(bytes).bad == 0) return std::string(bytes);
  return decoded(bytes, *find_charset("iso-8859-1"));
}

}  // namespace

std::optional<std::string> sms_text(std::string_view bytes, int coding,
                                    bool latin1) {
  // GSM message classes: bit 2 tells 8-bit data from the default alphabet.
  if (coding >= 0xf0 && coding <= 0xff) {
    if ((coding & 4) != 0) return std::nullopt;
    coding = 0;
  }
  if (coding == 0) return default_alphabet(bytes, latin1);
  const auto charset = find_charset(charset_of(coding));
  if (!charset) return std::nullopt;
  return decoded(bytes, *charset);
}

}  // namespace simwarden
