// SPDX-License-Identifier: Apache-2.0
#include "cel/value/addresses.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace cel {
namespace {

constexpr Fault kNoAddress{"not an IP address"};
constexpr Fault kNoRange{"not an address range (CIDR)"};
constexpr Fault kZone{"an IP address with a zone is not allowed"};
constexpr Fault kMapped{"an IPv4-mapped IPv6 address is not allowed"};

constexpr uint8_t kBits4 = 32;
constexpr uint8_t kBits6 = 128;

// ::ffff:0:0/96
bool is_mapped(const Address& ip) {
  constexpr std::array<uint8_t, 12> kPrefix = {0, 0, 0, 0, 0,    0,
                                               0, 0, 0, 0, 0xFF, 0xFF};
  return ip.bits == kBits6 &&
         std::equal(kPrefix.begin(), kPrefix.end(), ip.octets.begin());
}

Address unmapped(const Address& ip) {
  Address out{{}, kBits4, kBits4};
  std::copy(ip.octets.begin() + 12, ip.octets.end(), out.octets.begin());
  return out;
}

AddressRead read(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return {{}, &kZone};
  // inet_pton() reads up to a NUL, so that none may be in the text.
  const std::string terminated(text.substr(0, INET6_ADDRSTRLEN));
  if (text.size() > terminated.size() || text.find('\0') != text.npos) {
    return {{}, &kNoAddress};
  }
  const bool v6 = text.find(':') != std::string_view::npos;
  const uint8_t bits = v6 ? kBits6 : kBits4;
  AddressRead out{{{}, bits, bits}};
  const int good = inet_pton(v6 ? AF_INET6 : AF_INET, terminated.c_str(),
                             out.address.octets.data());
  if (good != 1) out.fault = &kNoAddress;
  return out;
}

// Decimal, no sign, no leading zero.
bool read_prefix(std::string_view text, Address& range) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  unsigned length = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, length);
  if (read.ec != std::errc() || read.ptr != end || length > range.bits) {
    return false;
  }
  range.prefix = static_cast<uint8_t>(length);
  return true;
}

}  // namespace

AddressRead read_ip(std::string_view text) {
  AddressRead out = read(text);
  if (out.fault || !is_mapped(out.address)) return out;
  if (text.find('.') != std::string_view::npos) return {{}, &kMapped};
  return {unmapped(out.address)};
}

AddressRead read_cidr(std::string_view text) {
  const size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return {{}, &kNoRange};
  AddressRead out = read(text.substr(0, slash));
  if (out.fault == &kNoAddress) return {{}, &kNoRange};
  if (out.fault) return out;
  if (is_mapped(out.address)) return {{}, &kMapped};
  if (!read_prefix(text.substr(slash + 1), out.address)) {
    return {{}, &kNoRange};
  }
  return out;
}

std::string write_ip(const Address& ip) {
  const auto& o = ip.octets;
  if (ip.bits == kBits4) {
    return fmt::format("{}.{}.{}.{}", o[0], o[1], o[2], o[3]);
  }
  char text[INET6_ADDRSTRLEN];
  inet_ntop(AF_INET6, o.data(), text, sizeof text);
  std::string written = text;
  if (written.find('.') == std::string::npos) return written;
  // inet_ntop() writes ::0102:0304 as ::1.2.3.4, which RFC 5952 does not.
  return fmt::format("::{:x}:{:x}", o[12] << 8 | o[13], o[14] << 8 | o[15]);
}

std::string write_cidr(const Address& cidr) {
  return fmt::format("{}/{}", write_ip(cidr), cidr.prefix);
}

}  // namespace cel
