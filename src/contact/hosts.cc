// SPDX-License-Identifier: Apache-2.0
#include "contact/hosts.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include <unicode/uidna.h>

#include "contact/ascii.h"

// A host is compared only after it has the one spelling that a resolver
// would use: "ＤＥＭＯ。com", "d%65mo.com" and "demo.com" are one host, and
// "аirtel.in" with a Cyrillic letter is not "airtel.in".
namespace simwarden {
namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = hex_digit(at(text, i + 1));
    const int low = hex_digit(at(text, i + 2));
    if (text[i] == '%' && high >= 0 && low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// One number of an IPv4 address: decimal, 0x hex or octal (WHATWG URL, 3.5).
std::optional<uint64_t> ipv4_number(std::string_view part) {
  int base = 10;
  if (part.substr(0, 2) == "0x") {
    base = 16;
    part.remove_prefix(2);
  } else if (part.size() > 1 && part[0] == '0') {
    base = 8;
    part.remove_prefix(1);
  }
  if (part.empty() && base == 16) return 0;
  uint64_t value = 0;
  const auto got =
      std::from_chars(part.data(), part.data() + part.size(), value, base);
  const bool whole =
      got.ec == std::errc() && got.ptr == part.data() + part.size();
  return whole ? std::optional(value) : std::nullopt;
}

// The dotted form of an IPv4 address in any spelling; "" when it is none.
std::string dotted_ipv4(std::string_view host) {
  uint64_t address = 0;
  int parts = 0;
  while (true) {
    const size_t dot = std::min(host.find('.'), host.size());
    const auto number = ipv4_number(host.substr(0, dot));
    const bool last = dot == host.size();
    if (!number || host.empty() || parts == 4) return "";
    if (last) {
      if (*number >= uint64_t{1} << (8 * (4 - parts))) return "";
      address += *number;
      break;
    }
    if (*number > 255) return "";
    address += *number << (8 * (3 - parts));
    ++parts;
    host.remove_prefix(dot + 1);
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string((address >> shift) & 255);
    if (shift != 0) out += '.';
  }
  return out;
}

struct CloseIdna {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};

// UTS 46, not transitional, as browsers do. "" when ICU refuses the name.
std::string by_uts46(std::string_view host, bool to_ascii) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, CloseIdna> idna(uidna_openUTS46(
      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
      &error));
  if (U_FAILURE(error)) return "";
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  char out[4 * kHostMax];
  const auto size = static_cast<int32_t>(host.size());
  const auto capacity = static_cast<int32_t>(sizeof out);
  const int32_t got =
      to_ascii ? uidna_nameToASCII_UTF8(idna.get(), host.data(), size, out,
                                        capacity, &info, &error)
               : uidna_nameToUnicodeUTF8(idna.get(), host.data(), size, out,
                                         capacity, &info, &error);
  if (U_FAILURE(error) || got > capacity) return "";
  // Browsers resolve names with hyphens in the third place and underscores.
  const uint32_t ignored = UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_LEADING_HYPHEN |
                           UIDNA_ERROR_TRAILING_HYPHEN;
  if ((info.errors & ~ignored) != 0 && to_ascii) return "";
  return {out, static_cast<size_t>(got)};
}

bool is_host_char(char c) {
  return is_alnum(c) || is_one_of(c, "-._");
}

bool has_idn_label(std::string_view host) {
  return starts_at(host, 0, "xn--") || host.find(".xn--") != host.npos;
}

bool is_foreign(char32_t c) {
  return c >= 0x370 && c <= 0x52F;
}

// Latin and Cyrillic or Greek in one label.
bool mixes_scripts(std::string_view unicode) {
  bool latin = false;
  bool foreign = false;
  for (size_t i = 0; i < unicode.size();) {
    const CodePoint p = code_point_at(unicode, i);
    if (p.c == '.') latin = foreign = false;
    latin = latin || (p.c < 0x80 && is_letter(static_cast<char>(p.c)));
    foreign = foreign || is_foreign(p.c);
    if (latin && foreign) return true;
    i += p.size;
  }
  return false;
}

HostName ip(std::string host) {
  HostName name;
  name.unicode = host;
  name.host = std::move(host);
  name.is_ip = true;
  return name;
}

}  // namespace

HostName read_host(std::string_view written) {
  if (written.size() > 4 * kHostMax) return {};
  std::string host = percent_decoded(written);
  std::transform(host.begin(), host.end(), host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (!host.empty() && host.front() == '[') return ip(std::move(host));
  HostName name;
  if (!std::all_of(host.begin(), host.end(), is_ascii)) {
    host = by_uts46(host, true);
  }
  while (!host.empty() && host.back() == '.') host.pop_back();
  if (host.empty() || host.size() > kHostMax) return {};
  if (!std::all_of(host.begin(), host.end(), is_host_char)) return {};
  if (host.front() == '.' || host.find("..") != host.npos) return {};
  const std::string dotted = dotted_ipv4(host);
  if (!dotted.empty()) return ip(dotted);
  name.is_idn = has_idn_label(host);
  name.unicode = name.is_idn ? by_uts46(host, false) : host;
  if (name.unicode.empty()) name.unicode = host;
  name.mixed_script = name.is_idn && mixes_scripts(name.unicode);
  name.host = std::move(host);
  return name;
}

void judge_host(Link& link, const HostName& name, const Registry& registry) {
  link.host = name.host;
  link.is_ip = name.is_ip;
  link.is_idn = name.is_idn;
  link.mixed_script = name.mixed_script;
  link.registrable = registrable_domain(name.host);
  const auto listed = [&](const WordSet& list) {
    return list.count(link.host) != 0 ||
           (!link.registrable.empty() && list.count(link.registrable) != 0);
  };
  link.official = registry.official_hosts.count(link.host) != 0 ||
                  (!link.registrable.empty() &&
                   registry.official_domains.count(link.registrable) != 0);
  link.shortener = listed(registry.shorteners);
  link.image_host = listed(registry.image_hosts);
  link.free_hosting = listed(registry.free_hosting);
  // A suffix of the private part of the list ("github.io") is a host of
  // pages too.
  const size_t dot = link.registrable.find('.');
  if (dot != link.registrable.npos) {
    const std::string parent = link.registrable.substr(dot + 1);
    link.free_hosting =
        link.free_hosting || registry.free_hosting.count(parent) != 0;
  }
}

Link examine_host(std::string_view host, const Registry& registry) {
  Link link;
  link.kind = "web";
  link.scheme = "https";
  const HostName name = read_host(trimmed(fold_letters(host)));
  judge_host(link, name, registry);
  find_lookalike(link, name.unicode, "", registry);
  if (!link.host.empty()) link.url = "https://" + link.host;
  if (link.shortener) link.kind = "short_link";
  if (link.image_host) link.kind = "image";
  return link;
}

}  // namespace simwarden
