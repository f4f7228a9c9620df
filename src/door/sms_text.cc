// SPDX-License-Identifier: Apache-2.0
#include "door/sms_text.h"

#include <algorithm>
#include <iterator>

#include "text/charset.h"

namespace simwarden {
namespace {

constexpr int kDefaultAlphabet = 0;
constexpr int kUcs2 = 8;
constexpr int kSchemesOfSmpp = 0x10;  // from here on they are GSM's groups

std::string decoded(std::string_view bytes, const Charset& charset) {
  std::string text;
  CharsetStream(charset).decode(bytes, true, text);
  return text;
}

// The list of SMPP; what is not in it, and not reserved, is binary.
std::string_view charset_of(int scheme) {
  switch (scheme) {
    case 1:
    case 3: return "iso-8859-1";
    case 5: return "iso-2022-jp";
    case 6: return "iso-8859-5";
    case 7: return "iso-8859-8";
    case kUcs2: return "utf-16be";
    case 13: return "euc-jp";
    case 14: return "euc-kr";
    default: return {};
  }
}

// The scheme of SMPP that a coding group of 3GPP TS 23.038 stands for; nullopt:
// compressed, reserved, or 8 bit data.
std::optional<int> scheme_of_group(int coding) {
  constexpr int kCompressed = 0x20;
  constexpr int kAlphabet = 0x0c;
  constexpr int kAlphabetUcs2 = 0x08;
  constexpr int kData = 0x04;
  const int group = coding >> 4;
  if (group < 0x8) {  // general, and those marked for deletion
    if ((coding & kCompressed) != 0) return std::nullopt;
    if ((coding & kAlphabet) == 0) return kDefaultAlphabet;
    if ((coding & kAlphabet) == kAlphabetUcs2) return kUcs2;
    return std::nullopt;
  }
  if (group == 0xc || group == 0xd) return kDefaultAlphabet;  // mail waiting
  if (group == 0xe) return kUcs2;
  if (group == 0xf && (coding & kData) == 0) return kDefaultAlphabet;
  return std::nullopt;
}

// Elements of a header and how long each is (3GPP TS 23.040, 9.2.3.24.1 ff.).
struct HeaderElement {
  uint8_t id;
  uint8_t size;
  bool tells_part;  // its last two bytes: how many parts, which this is
};
constexpr HeaderElement kHeaderElements[] = {
    {0x00, 3, true},  {0x08, 4, true},  {0x04, 2, false},
    {0x05, 4, false}, {0x24, 1, false}, {0x25, 1, false},
};

uint8_t byte_at(std::string_view bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

// Whether all of the header is known elements, and one of them tells a part.
bool is_part_header(std::string_view header) {
  bool tells_part = false;
  while (!header.empty()) {
    const auto* const element = std::find_if(
        std::begin(kHeaderElements), std::end(kHeaderElements),
        [&](const HeaderElement& e) { return e.id == byte_at(header, 0); });
    if (element == std::end(kHeaderElements) ||
        header.size() < size_t{2} + element->size ||
        byte_at(header, 1) != element->size) {
      return false;
    }
    if (element->tells_part) {
      const uint8_t parts = byte_at(header, element->size);
      const uint8_t part = byte_at(header, size_t{1} + element->size);
      if (part == 0 || part > parts) return false;
      tells_part = true;
    }
    header.remove_prefix(size_t{2} + element->size);
  }
  return tells_part;
}

// False when a header is said to be there and is not whole.
bool strip_header(std::string_view& bytes, std::optional<bool> has_header) {
  if (has_header == false) return true;
  const bool fits = !bytes.empty() && byte_at(bytes, 0) < bytes.size();
  if (!fits) return !has_header.has_value();
  const std::string_view header = bytes.substr(1, byte_at(bytes, 0));
  if (has_header || is_part_header(header)) {
    bytes.remove_prefix(1 + header.size());
  }
  return true;
}

std::string default_alphabet(std::string_view bytes, bool latin1) {
  const bool beyond = std::any_of(bytes.begin(), bytes.end(),
                                  [](char c) { return (c & 0x80) != 0; });
  if (!beyond && !latin1) return decoded(bytes, gsm_default_alphabet());
  if (count_utf8(bytes).bad == 0) return std::string(bytes);
  return decoded(bytes, *find_charset("iso-8859-1"));
}

}  // namespace

std::optional<std::string> sms_text(std::string_view bytes,
                                    const SmsCoding& coding) {
  if (coding.scheme < 0 || coding.scheme > 0xff) return std::nullopt;
  const auto scheme = coding.scheme < kSchemesOfSmpp
                          ? std::optional(coding.scheme)
                          : scheme_of_group(coding.scheme);
  if (!scheme || !strip_header(bytes, coding.has_header)) return std::nullopt;
  if (*scheme == kDefaultAlphabet) {
    return default_alphabet(bytes, coding.latin1);
  }
  const auto charset = find_charset(charset_of(*scheme));
  if (!charset) return std::nullopt;
  return decoded(bytes, *charset);
}

}  // namespace simwarden
