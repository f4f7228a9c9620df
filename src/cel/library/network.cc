// SPDX-License-Identifier: Apache-2.0
#include <new>

#include "cel/library/library.h"
#include "cel/value/addresses.h"

// IP addresses and ranges: the functions that Kubernetes gives to CEL. An
// IPv4 address is never in an IPv6 range, nor the other way round.
namespace cel {
namespace {

const Address* kept(const Address& address, Scratch& scratch) {
  void* memory = scratch.allocate(sizeof(Address), alignof(Address));
  return ::new (memory) Address(address);
}

Value ip(Arguments a, Scratch& scratch) {
  const AddressRead read = read_ip(a[0].as_string());
  if (read.fault) return Value::of_error(read.fault);
  return Value::of_ip(kept(read.address, scratch));
}

Value cidr(Arguments a, Scratch& scratch) {
  const AddressRead read = read_cidr(a[0].as_string());
  if (read.fault) return Value::of_error(read.fault);
  return Value::of_cidr(kept(read.address, scratch));
}

Value is_ip(Arguments a, Scratch&) {
  return Value::of_bool(!read_ip(a[0].as_string()).fault);
}
Value is_cidr(Arguments a, Scratch&) {
  return Value::of_bool(!read_cidr(a[0].as_string()).fault);
}

Value is_canonical(Arguments a, Scratch&) {
  const AddressRead read = read_ip(a[0].as_string());
  if (read.fault) return Value::of_error(read.fault);
  return Value::of_bool(write_ip(read.address) == a[0].as_string());
}

Value string_of_ip(Arguments a, Scratch& scratch) {
  return scratch.make_string(write_ip(a[0].as_address()));
}
Value string_of_cidr(Arguments a, Scratch& scratch) {
  return scratch.make_string(write_cidr(a[0].as_address()));
}

// --- what kind of address ----------------------------------------------------

bool is_v4(const Address& ip) {
  return ip.bits == 32;
}

template <bool (*kHolds)(const Address&)>
Value holds(Arguments a, Scratch&) {
  return Value::of_bool(kHolds(a[0].as_address()));
}

// The first `bits` bits are alike.
bool alike(const Address& a, const Address& b, unsigned bits) {
  for (unsigned i = 0; i < bits; i += 8) {
    const unsigned rest = bits - i;
    const unsigned mask = rest >= 8 ? 0xFF : 0xFF00u >> rest & 0xFF;
    if (((a.octets[i / 8] ^ b.octets[i / 8]) & mask) != 0) return false;
  }
  return true;
}

bool is_in(const Address& ip, const Address& range) {
  return ip.bits == range.bits && alike(ip, range, range.prefix);
}

constexpr Address kZero4{{}, 32, 32};
constexpr Address kZero6{{}, 128, 128};
constexpr Address kBroadcast4{{255, 255, 255, 255}, 32, 32};
constexpr Address kLoopback4{{127}, 32, 8};
constexpr Address kLoopback6{
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, 128};
constexpr Address kMulticast4{{224}, 32, 4};
constexpr Address kMulticast6{{0xFF}, 128, 8};
constexpr Address kLinkLocal4{{169, 254}, 32, 16};
constexpr Address kLinkLocal6{{0xFE, 0x80}, 128, 10};
constexpr Address kLinkMulticast4{{224}, 32, 24};

bool is_unspecified(const Address& ip) {
  return ip == kZero4 || ip == kZero6;
}
bool is_loopback(const Address& ip) {
  return is_in(ip, kLoopback4) || is_in(ip, kLoopback6);
}
bool is_multicast(const Address& ip) {
  return is_in(ip, kMulticast4) || is_in(ip, kMulticast6);
}
bool is_link_local_unicast(const Address& ip) {
  return is_in(ip, kLinkLocal4) || is_in(ip, kLinkLocal6);
}

// The scope of an IPv6 multicast address is the low half of its second octet.
bool is_link_local_multicast(const Address& ip) {
  if (is_v4(ip)) return is_in(ip, kLinkMulticast4);
  return is_multicast(ip) && (ip.octets[1] & 0x0F) == 2;
}

bool is_global_unicast(const Address& ip) {
  return ip != kBroadcast4 && !is_unspecified(ip) && !is_loopback(ip) &&
         !is_multicast(ip) && !is_link_local_unicast(ip);
}

Value family(Arguments a, Scratch&) {
  return Value::of_int(is_v4(a[0].as_address()) ? 4 : 6);
}

// --- ranges ------------------------------------------------------------------

bool covers(const Address& outer, const Address& inner) {
  return outer.prefix <= inner.prefix && is_in(inner, outer);
}

Value contains(Arguments a, Scratch&) {
  return Value::of_bool(covers(a[0].as_address(), a[1].as_address()));
}

template <AddressRead (*kRead)(std::string_view)>
Value contains_text(Arguments a, Scratch&) {
  const AddressRead read = kRead(a[1].as_string());
  if (read.fault) return Value::of_error(read.fault);
  return Value::of_bool(covers(a[0].as_address(), read.address));
}

Value ip_of_range(Arguments a, Scratch& scratch) {
  Address ip = a[0].as_address();
  ip.prefix = ip.bits;
  return Value::of_ip(kept(ip, scratch));
}

Value masked(Arguments a, Scratch& scratch) {
  Address range = a[0].as_address();
  for (unsigned bit = range.prefix; bit < range.bits; ++bit) {
    const unsigned mask = 0x80u >> bit % 8;
    range.octets[bit / 8] &= static_cast<uint8_t>(~mask);
  }
  return Value::of_cidr(kept(range, scratch));
}

Value prefix_length(Arguments a, Scratch&) {
  return Value::of_int(a[0].as_address().prefix);
}

constexpr FunctionRow kRows[] = {
    {"ip(string) -> net.IP", ip},
    {"net.CIDR.ip() -> net.IP", ip_of_range},
    {"cidr(string) -> net.CIDR", cidr},
    {"isIP(string) -> bool", is_ip},
    {"isCIDR(string) -> bool", is_cidr},
    {"ip.isCanonical(string) -> bool", is_canonical},
    {"string(net.IP) -> string", string_of_ip},
    {"string(net.CIDR) -> string", string_of_cidr},
    {"net.IP.family() -> int", family},
    {"net.IP.isUnspecified() -> bool", holds<is_unspecified>},
    {"net.IP.isLoopback() -> bool", holds<is_loopback>},
    {"net.IP.isGlobalUnicast() -> bool", holds<is_global_unicast>},
    {"net.IP.isLinkLocalUnicast() -> bool", holds<is_link_local_unicast>},
    {"net.IP.isLinkLocalMulticast() -> bool", holds<is_link_local_multicast>},
    {"net.CIDR.containsIP(net.IP) -> bool", contains},
    {"net.CIDR.containsIP(string) -> bool", contains_text<read_ip>},
    {"net.CIDR.containsCIDR(net.CIDR) -> bool", contains},
    {"net.CIDR.containsCIDR(string) -> bool", contains_text<read_cidr>},
    {"net.CIDR.masked() -> net.CIDR", masked},
    {"net.CIDR.prefixLength() -> int", prefix_length},
};

constexpr FunctionDoc kDocs[] = {
    {"ip",
     "The IPv4 or IPv6 address that a text is; of a range, the address that it "
     "was written with.",
     "cidr('192.0.2.9/24').ip()", "ip('192.0.2.9')"},
    {"cidr", "The address range that a text is.", "cidr('2001:DB8::/32')",
     "cidr('2001:db8::/32')"},
    {"isIP", "Whether the text is an address that ip() takes.",
     "isIP('192.0.2.256')", "false"},
    {"isCIDR", "Whether the text is a range that cidr() takes.",
     "isCIDR('192.0.2.0/24')", "true"},
    {"ip.isCanonical",
     "Whether the address is written as RFC 5952 and string() write it.",
     "ip.isCanonical('2001:DB8::68')", "false"},
    {"string", "The address or range as a text.",
     "string(ip('2001:DB8:0:0::68'))", "'2001:db8::68'"},
    {"family", "4 or 6.", "ip('2001:db8::68').family()", "6"},
    {"isUnspecified", "Whether it is 0.0.0.0 or ::.",
     "ip('::').isUnspecified()", "true"},
    {"isLoopback", "Whether it is in 127.0.0.0/8 or ::1.",
     "ip('127.0.0.1').isLoopback()", "true"},
    {"isGlobalUnicast",
     "Whether it is none of unspecified, loopback, multicast, link-local, "
     "255.255.255.255; private ranges count as global.",
     "ip('192.168.0.1').isGlobalUnicast()", "true"},
    {"isLinkLocalUnicast", "Whether it is in 169.254.0.0/16 or fe80::/10.",
     "ip('169.254.169.254').isLinkLocalUnicast()", "true"},
    {"isLinkLocalMulticast",
     "Whether it is in 224.0.0.0/24 or a multicast address of link scope "
     "(ff02::).",
     "ip('ff02::1').isLinkLocalMulticast()", "true"},
    {"containsIP",
     "Whether the address is in the range; one of the other family never is.",
     "cidr('192.0.2.0/24').containsIP('192.0.2.7')", "true"},
    {"containsCIDR", "Whether all of the other range is in this one.",
     "cidr('192.0.2.0/24').containsCIDR('192.0.2.128/25')", "true"},
    {"masked", "The range with the bits behind its prefix cleared.",
     "cidr('192.0.2.9/24').masked()", "cidr('192.0.2.0/24')"},
    {"prefixLength", "How many bits the prefix of the range has.",
     "cidr('192.0.2.0/24').prefixLength()", "24"},
};

}  // namespace

Family network_functions() {
  return {"IP addresses and ranges", kRows, kDocs};
}

}  // namespace cel
