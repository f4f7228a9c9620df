// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// URLs as browsers parse and write them: the WHATWG URL Standard
// (https://url.spec.whatwg.org/, 4.4 "URL parsing", 3.5 "Host parsing"), so
// that what we judge is what a click would open.
//
//   parse_url("http:\\\\u@0x7f.1\\a/../b")->href() == "http://u@127.0.0.1/b"
//
// Pure; time and memory are linear in the text.
namespace simwarden {

enum class HostKind : uint8_t { none, empty, domain, ipv4, ipv6, opaque };

struct UrlHost {
  // As it is written in a URL: lower case and punycode, IPv4 dotted, IPv6 in
  // brackets, opaque hosts percent-encoded.
  std::string text;
  HostKind kind = HostKind::none;
  bool operator==(const UrlHost&) const = default;
};

struct Url {
  std::string scheme;  // lower case, without ":"
  std::string username;
  std::string password;
  UrlHost host;
  std::optional<uint16_t> port;      // nothing: the scheme's own
  std::string path;                  // "/a/b", or what stands behind "mailto:"
  bool opaque_path = false;          // the path is no row of segments
  std::optional<std::string> query;  // without "?"
  std::optional<std::string> fragment;  // without "#"

  // One spelling for all URLs that open the same place.
  std::string href() const;
  // Path, query and fragment as in href().
  std::string path_and_rest() const;
  bool operator==(const Url&) const = default;
};

// Longer texts are no URLs that anybody follows; browsers stop at 2 MiB.
inline constexpr size_t kUrlBytesMax = size_t{1} << 16;

// `text` is UTF-8; bytes that are none read as U+FFFD. Relative references
// need a base. Nothing when a browser would open nothing.
std::optional<Url> parse_url(std::string_view text, const Url* base = nullptr);

// http, https, ws, wss, ftp and file: their hosts are names or addresses, and
// "\" is "/" in them.
bool is_special_scheme(std::string_view scheme);

// One host, percent escapes and all; with `special` as for special schemes.
std::optional<UrlHost> parse_host(std::string_view text, bool special);

// UTS 46 "ToASCII" with the options of the URL Standard: non-transitional,
// CheckBidi and CheckJoiners on, CheckHyphens, UseSTD3ASCIIRules and
// VerifyDnsLength off. Nothing when the name is invalid. A name of ASCII is
// asked for as it stands, whatever its punycode means (the Standard), unless
// `read_punycode`.
std::optional<std::string> domain_to_ascii(std::string_view domain,
                                           bool read_punycode = false);

// The same host for people; what cannot be decoded stays as it is.
std::string domain_to_unicode(std::string_view ascii);

// A label of it begins with "xn--".
bool has_idn_label(std::string_view host);

}  // namespace simwarden
