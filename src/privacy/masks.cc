// SPDX-License-Identifier: Apache-2.0
#include "privacy/masks.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

#include "diag/ascii.h"
#include "diag/characters.h"

// Single values, whose kind is known from the table of fields. A value that
// does not look like its kind (a name in a field for numbers) is hidden all
// the more.

namespace simwarden {
namespace {

constexpr size_t kLastVisible = 2;
// The issuer of an ICCID, the model of a device, the operator of an IMSI: they
// belong to nobody. Shorter than an IMEI, a number has none in front.
constexpr size_t kSimPrefix = 6;
constexpr size_t kSimMin = 15;
constexpr size_t kInitialsMax = 6;
constexpr size_t kExcerptMax = 160;

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (size_t at = 0; at < text.size();) {
    size_t next = at + 1;
    while (next < text.size() && is_continuation(text[next])) ++next;
    characters.push_back(text.substr(at, next - at));
    at = next;
  }
  return characters;
}

// Stars for all but the last two characters, and of a long value so many of the
// first. A value too short to hide more than it shows shows nothing.
std::string hide_all_but(std::string_view value, size_t first) {
  const std::vector<std::string_view> characters = characters_of(value);
  const bool too_short = characters.size() <= 2 * kLastVisible;
  const size_t last = too_short ? 0 : kLastVisible;
  std::string out;
  for (size_t i = 0; i < characters.size(); ++i) {
    const bool shown = i < first || i + last >= characters.size();
    out += shown ? characters[i] : "*";
  }
  return out;
}

std::string hide_all_but_last(std::string_view value) {
  return hide_all_but(value, 0);
}

std::string mask_sim(std::string_view value) {
  const bool prefixed = count_characters(value) >= kSimMin;
  return hide_all_but(value, prefixed ? kSimPrefix : 0);
}

// Digits of the country code that begins an international number (ITU E.164).
size_t country_code_digits(std::string_view digits) {
  constexpr std::string_view kTwo =
      " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 "
      "56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  if (digits.empty()) return 0;
  if (digits[0] == '1' || digits[0] == '7') return 1;
  const std::string two = " " + std::string(digits.substr(0, 2)) + " ";
  return kTwo.find(two) != std::string_view::npos ? 2 : 3;
}

std::string mask_phone(std::string_view value) {
  std::string digits;
  bool plain = true;
  for (const char c : value) {
    if (is_digit(c)) digits += c;
    plain = plain && (is_digit(c) || std::string_view("+-() .").find(c) !=
                                         std::string_view::npos);
  }
  constexpr size_t kShortMax = 5;  // hotlines and short codes belong to nobody
  if (plain && digits.size() == value.size() && digits.size() <= kShortMax) {
    return std::string(value);
  }
  if (!plain || value[0] != '+') return hide_all_but_last(value);
  const size_t country = country_code_digits(digits);
  if (digits.size() <= country + 2 * kLastVisible) {
    return std::string(count_characters(value), '*');
  }
  return "+" + digits.substr(0, country) + " " +
         std::string(digits.size() - country - kLastVisible, '*') +
         digits.substr(digits.size() - kLastVisible);
}

std::string mask_name(std::string_view value) {
  std::string out;
  size_t words = 0;
  bool begins = true;
  for (const std::string_view character : characters_of(value)) {
    const bool space = character == " " || character == "\t" ||
                       character == "-" || character == "·" ||
                       character == "\u3000";
    if (!space && begins && words++ < kInitialsMax) {
      if (!out.empty()) out += ' ';
      out += character;
      out += '.';
    }
    begins = space;
  }
  return out;
}

std::string mask_ip(std::string_view value) {
  const std::string text(value);
  std::array<uint8_t, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> shown{};
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    bytes[3] = 0;
    ::inet_ntop(AF_INET, bytes.data(), shown.data(), shown.size());
    return std::string(shown.data()) + "/24";
  }
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return "[ip]";
  constexpr std::array<uint8_t, 12> kMapped = {0, 0, 0, 0, 0,    0,
                                               0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
    bytes[15] = 0;  // ::ffff:192.0.2.1 is an IPv4 address
    ::inet_ntop(AF_INET, bytes.data() + 12, shown.data(), shown.size());
    return std::string(shown.data()) + "/24";
  }
  // Of 6to4 (2002::/16, RFC 3056) the four bytes behind are an IPv4 address.
  const bool of_ipv4 = bytes[0] == 0x20 && bytes[1] == 0x02;
  std::fill(bytes.begin() + (of_ipv4 ? 5 : 6), bytes.end(), uint8_t{0});
  ::inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size());
  return std::string(shown.data()) + (of_ipv4 ? "/40" : "/48");
}

std::string mask_email(std::string_view value) {
  const size_t at = value.rfind('@');
  if (at == std::string_view::npos || at == 0) return "[email]";
  const std::vector<std::string_view> local =
      characters_of(value.substr(0, at));
  const size_t first = local.size() >= kAddressShownMin ? 1 : 0;
  return (first > 0 ? std::string(local[0]) : std::string()) +
         std::string(local.size() - first, '*') + std::string(value.substr(at));
}

}  // namespace

std::string mask_value(std::string_view value, Mask mask) {
  if (value.empty()) return {};
  switch (mask) {
    case Mask::none: return std::string(value);
    case Mask::phone: return mask_phone(value);
    case Mask::document: return hide_all_but_last(value);
    case Mask::name: return mask_name(value);
    case Mask::address: return "[address]";
    case Mask::sim: return mask_sim(value);
    case Mask::ip: return mask_ip(value);
    case Mask::email: return mask_email(value);
    case Mask::code: return "[code]";
    case Mask::free_text: break;
  }
  return mask_excerpt(value, 0, value.size(), kExcerptMax);
}

}  // namespace simwarden
