// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <vector>

#include <unicode/uidna.h>
#include <unicode/utf8.h>

#include "diag/hex.h"
#include "link/url.h"
#include "text/look_around.h"

// Hosts of URLs (WHATWG URL, 3.5). A host is compared only after it has the
// one spelling that a resolver would use: "ＤＥＭＯ。com", "d%65mo.com" and
// "demo.com" are one host, "0x7f.1" and "127.0.0.1" one address, and
// "аirtel.in" with a Cyrillic letter is not "airtel.in".
namespace simwarden {
namespace {

// Longer names resolve nowhere (RFC 1035, 2.3.4, allows 253), but ICU would
// still spend time on them.
constexpr size_t kDomainBytesMax = 4096;

bool is_forbidden_in_host(char c) {
  return c == '\0' || is_one_of(c, "\t\n\r #/:<>?@[\\]^|");
}

bool is_forbidden_in_domain(char c) {
  return is_forbidden_in_host(c) || static_cast<unsigned char>(c) < 0x20 ||
         c == '%' || c == 0x7F;
}

std::vector<std::string_view> parts_of(std::string_view host) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t dot = std::min(host.find('.'), host.size());
    parts.push_back(host.substr(0, dot));
    if (dot == host.size()) return parts;
    host.remove_prefix(dot + 1);
  }
}

// One number of an IPv4 address: decimal, 0x hex or 0 octal; more than 32
// bits saturate.
std::optional<uint64_t> ipv4_number(std::string_view part) {
  if (part.empty()) return std::nullopt;
  uint64_t base = 10;
  if (part.size() >= 2 && part[0] == '0' && (part[1] | 0x20) == 'x') {
    base = 16;
    part.remove_prefix(2);
  } else if (part.size() >= 2 && part[0] == '0') {
    base = 8;
    part.remove_prefix(1);
  }
  constexpr uint64_t kTooLarge = uint64_t{1} << 40;
  uint64_t value = 0;
  for (const char c : part) {
    const int digit = hex_digit(c);
    if (digit < 0 || static_cast<uint64_t>(digit) >= base) return std::nullopt;
    value = std::min(value * base + static_cast<uint64_t>(digit), kTooLarge);
  }
  return value;
}

bool ends_in_number(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  if (host.empty()) return false;
  const size_t dot = host.rfind('.');
  const std::string_view last = dot == host.npos ? host : host.substr(dot + 1);
  if (last.empty()) return false;
  if (std::all_of(last.begin(), last.end(), is_digit)) return true;
  return ipv4_number(last).has_value();
}

std::optional<UrlHost> parse_ipv4(std::string_view host) {
  if (host.back() == '.') host.remove_suffix(1);
  const std::vector<std::string_view> parts = parts_of(host);
  if (parts.size() > 4) return std::nullopt;
  uint64_t address = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const auto number = ipv4_number(parts[i]);
    if (!number) return std::nullopt;
    const bool last = i + 1 == parts.size();
    const size_t left = 4 - i;  // bytes that the last number fills
    if (*number >= uint64_t{1} << (last ? 8 * left : 8)) return std::nullopt;
    address += last ? *number : *number << (8 * (left - 1));
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string((address >> shift) & 255);
    if (shift != 0) out += '.';
  }
  return UrlHost{std::move(out), HostKind::ipv4};
}

using Pieces8 = std::array<uint16_t, 8>;

// "1.2.3.4" at the end of an IPv6 address; decimal only.
bool read_ipv4_tail(std::string_view text, uint16_t* high, uint16_t* low) {
  const std::vector<std::string_view> parts = parts_of(text);
  if (parts.size() != 4) return false;
  uint32_t address = 0;
  for (const std::string_view part : parts) {
    if (part.empty() || part.size() > 3) return false;
    if (!std::all_of(part.begin(), part.end(), is_digit)) return false;
    if (part.size() > 1 && part[0] == '0') return false;
    uint32_t value = 0;
    for (const char c : part)
      value = value * 10 + static_cast<uint32_t>(c - '0');
    if (value > 255) return false;
    address = address * 256 + value;
  }
  *high = static_cast<uint16_t>(address >> 16);
  *low = static_cast<uint16_t>(address & 0xFFFF);
  return true;
}

// Moves what stands behind "::" to the end.
void expand(Pieces8& pieces, size_t count, size_t compress) {
  size_t swaps = count - compress;
  for (size_t to = 7; to != 0 && swaps > 0; --to, --swaps) {
    std::swap(pieces[to], pieces[compress + swaps - 1]);
  }
}

std::optional<Pieces8> ipv6_pieces(std::string_view t) {
  Pieces8 pieces{};
  size_t count = 0;
  std::optional<size_t> compress;
  size_t i = 0;
  if (at(t, 0) == ':') {
    if (at(t, 1) != ':') return std::nullopt;
    i = 2;
    compress = 0;
  }
  while (i < t.size()) {
    if (count == 8) return std::nullopt;
    if (t[i] == ':') {
      if (compress) return std::nullopt;
      ++i;
      compress = count;
      continue;
    }
    uint32_t value = 0;
    const size_t begin = i;
    while (i < t.size() && i - begin < 4 && hex_digit(t[i]) >= 0) {
      value = value * 16 + static_cast<uint32_t>(hex_digit(t[i]));
      ++i;
    }
    if (at(t, i) == '.' && i > begin) {
      if (count > 6) return std::nullopt;
      if (!read_ipv4_tail(t.substr(begin), &pieces[count],
                          &pieces[count + 1])) {
        return std::nullopt;
      }
      count += 2;
      break;
    }
    if (i < t.size() && t[i] != ':') return std::nullopt;
    if (i < t.size() && i + 1 == t.size()) return std::nullopt;
    if (i < t.size()) ++i;
    pieces[count++] = static_cast<uint16_t>(value);
  }
  if (!compress && count != 8) return std::nullopt;
  if (compress) expand(pieces, count, *compress);
  return pieces;
}

// The longest run of two and more zeros, the first of equals.
std::pair<size_t, size_t> longest_zeros(const Pieces8& pieces) {
  std::pair<size_t, size_t> best{8, 1};
  for (size_t i = 0; i < 8;) {
    size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > best.second) best = {i, end - i};
    i = end + 1;
  }
  return best;
}

std::string ipv6_text(const Pieces8& pieces) {
  const auto [zeros, size] = longest_zeros(pieces);
  std::string out = "[";
  for (size_t i = 0; i < 8; ++i) {
    if (i == zeros) {
      out += i == 0 ? "::" : ":";
      i += size - 1;
      continue;
    }
    char hex[5];
    size_t n = 0;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const int digit = (pieces[i] >> shift) & 15;
      if (digit != 0 || n != 0 || shift == 0)
        hex[n++] = "0123456789abcdef"[digit];
    }
    out.append(hex, n);
    if (i != 7) out += ':';
  }
  return out + "]";
}

// One object for the process; ICU's UIDNA may be used by threads at once.
const UIDNA* uts46() {
  static const UIDNA* const kIdna = [] {
    UErrorCode error = U_ZERO_ERROR;
    return uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                               UIDNA_NONTRANSITIONAL_TO_ASCII |
                               UIDNA_NONTRANSITIONAL_TO_UNICODE,
                           &error);
  }();
  return kIdna;
}

// What the URL Standard does not check.
constexpr uint32_t kIgnored =
    UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
    UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
    UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

using Convert = decltype(&uidna_nameToASCII_UTF8);

std::optional<std::string> converted(Convert convert, std::string_view name) {
  if (uts46() == nullptr || name.size() > kDomainBytesMax) return std::nullopt;
  std::string out(name.size() * 4 + 64, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    UErrorCode error = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    const int32_t size =
        convert(uts46(), name.data(), static_cast<int32_t>(name.size()),
                out.data(), static_cast<int32_t>(out.size()), &info, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
      out.resize(static_cast<size_t>(size));
      continue;
    }
    if (U_FAILURE(error) || (info.errors & ~kIgnored) != 0) return std::nullopt;
    out.resize(static_cast<size_t>(size));
    return out;
  }
  return std::nullopt;
}

// "xn--demo-" says nothing that "demo" does not: invalid since Unicode 15.1
// (UTS 46, 4.1, step 4.1), and ICU 72 still lets it pass.
bool has_empty_punycode(std::string_view ascii) {
  for (const std::string_view label : parts_of(ascii)) {
    if (starts_at(label, 0, "xn--") && label.back() == '-') return true;
  }
  return false;
}

// How UTS 46 of Unicode 17 maps characters that ICU 72 (Unicode 15.0) knows
// but maps otherwise: invisible ones are dropped now, capitals have their
// small letters. Source: IdnaMappingTable.txt 17.0.0 held against ICU 72.
struct Mapping {
  char32_t first;
  char32_t last;
  char32_t to;  // of `first`, the others in step; 0: dropped
};

constexpr std::array kSinceUnicode15 = {
    Mapping{0x4C0, 0x4C0, 0x4CF},      Mapping{0x10A0, 0x10C5, 0x2D00},
    Mapping{0x115F, 0x1160, 0},        Mapping{0x17B4, 0x17B5, 0},
    Mapping{0x180E, 0x180E, 0},        Mapping{0x1E9E, 0x1E9E, 0xDF},
    Mapping{0x2061, 0x2063, 0},        Mapping{0x206A, 0x206F, 0},
    Mapping{0x2132, 0x2132, 0x214E},   Mapping{0x2183, 0x2183, 0x2184},
    Mapping{0x3164, 0x3164, 0},        Mapping{0xFFA0, 0xFFA0, 0},
    Mapping{0x1D173, 0x1D17A, 0},      Mapping{0x2F868, 0x2F868, 0x36FC},
    Mapping{0x2F874, 0x2F874, 0x5F53}, Mapping{0x2F91F, 0x2F91F, 0x243AB},
    Mapping{0x2F95F, 0x2F95F, 0x7AEE}, Mapping{0x2F9BF, 0x2F9BF, 0x45D7}};

// NOLINTNEXTLINE(readability-function-size): U8_APPEND_UNSAFE has branches
std::string mapped_as_unicode_17(std::string_view domain) {
  std::string out;
  for (size_t i = 0; i < domain.size();) {
    const CodePoint p = code_point_at(domain, i);
    const auto row = std::find_if(
        kSinceUnicode15.begin(), kSinceUnicode15.end(),
        [&](const Mapping& m) { return p.c >= m.first && p.c <= m.last; });
    if (row == kSinceUnicode15.end()) {
      out.append(domain, i, p.size);
    } else if (row->to != 0) {
      uint8_t bytes[U8_MAX_LENGTH];
      int32_t size = 0;
      const auto c = static_cast<UChar32>(row->to + (p.c - row->first));
      U8_APPEND_UNSAFE(bytes, size, c);
      out.append(reinterpret_cast<const char*>(bytes),
                 static_cast<size_t>(size));
    }
    i += p.size;
  }
  return out;
}

// Small letters, hyphens and dots that end in a letter: nothing to change.
bool is_plain_domain(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return is_alnum(c) || c == '-' || c == '.';
  });
  return plain && !text.empty() && is_letter(text.back()) &&
         !ends_in_number(text);
}

std::optional<UrlHost> parse_opaque(std::string_view text) {
  UrlHost host{"", text.empty() ? HostKind::empty : HostKind::opaque};
  for (const char c : text) {
    if (is_forbidden_in_host(c)) return std::nullopt;
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x1F && byte < 0x7F) {
      host.text += c;
    } else {
      append_percent_encoded(host.text, c);
    }
  }
  return host;
}

}  // namespace

bool has_idn_label(std::string_view host) {
  return starts_at(host, 0, "xn--") || host.find(".xn--") != host.npos;
}

std::optional<std::string> domain_to_ascii(std::string_view domain,
                                           bool read_punycode) {
  const std::string small = small_letters(domain);
  const bool ascii = std::all_of(small.begin(), small.end(), is_ascii);
  if (ascii && !(read_punycode && has_idn_label(small))) return small;
  auto name = converted(uidna_nameToASCII_UTF8, mapped_as_unicode_17(domain));
  if (!name || has_empty_punycode(*name)) return std::nullopt;
  return name;
}

std::string domain_to_unicode(std::string_view ascii) {
  if (!has_idn_label(ascii)) return std::string(ascii);
  return converted(uidna_nameToUnicodeUTF8, ascii).value_or(std::string(ascii));
}

std::optional<UrlHost> parse_host(std::string_view text, bool special) {
  if (!text.empty() && text.front() == '[') {
    if (text.back() != ']') return std::nullopt;
    const auto pieces = ipv6_pieces(text.substr(1, text.size() - 2));
    if (!pieces) return std::nullopt;
    return UrlHost{ipv6_text(*pieces), HostKind::ipv6};
  }
  if (!special) return parse_opaque(text);
  if (is_plain_domain(text))
    return UrlHost{std::string(text), HostKind::domain};
  auto name = domain_to_ascii(percent_decoded(text));
  if (!name || name->empty()) return std::nullopt;
  if (std::any_of(name->begin(), name->end(), is_forbidden_in_domain)) {
    return std::nullopt;
  }
  if (ends_in_number(*name)) return parse_ipv4(*name);
  return UrlHost{*std::move(name), HostKind::domain};
}

}  // namespace simwarden
