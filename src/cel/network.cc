// SPDX-License-Identifier: Apache-2.0
#include <new>

#include "cel/addresses.h"
#include "cel/library.h"

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

}  // namespace

std::span<const FunctionRow> network_functions() {
  return kRows;
}

}  // namespace cel
