// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "windows/window.h"

// What the kept forms of this room are made of: bytes, numbers of seven bits a
// byte (varint; signed ones zigzag: 0, -1, 1, -2 …) and hashes of eight bytes,
// the lowest first.
namespace simwarden {

inline constexpr size_t kHashBytes = 8;

inline uint64_t zigzag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^
         static_cast<uint64_t>(value >> 63);
}
inline int64_t unzigzag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

class ByteWriter {
 public:
  void text(std::string_view bytes) { out_ += bytes; }
  void byte(uint8_t value) { out_ += static_cast<char>(value); }
  void varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(uint8_t(value | 0x80));
    byte(uint8_t(value));
  }
  void hash(uint64_t value) {
    for (size_t i = 0; i < kHashBytes; ++i) byte(uint8_t(value >> (8 * i)));
  }
  void mark(int64_t time) { varint(time == kNever ? 0 : zigzag(time) + 1); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// Everything after the first byte that does not fit is nothing.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : left_(bytes) {}

  bool text(std::string_view expected) {
    if (!left_.starts_with(expected)) return fail("it begins otherwise");
    left_.remove_prefix(expected.size());
    return true;
  }
  uint8_t byte() {
    if (left_.empty()) {
      fail("it ends too early");
      return 0;
    }
    const auto value = static_cast<uint8_t>(left_[0]);
    left_.remove_prefix(1);
    return value;
  }
  uint64_t varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t part = byte();
      value |= uint64_t(part & 0x7F) << shift;
      if (part < 0x80) {
        if (shift == 63 && part > 1) fail("a number is too long");
        return value;
      }
    }
    fail("a number is too long");
    return 0;
  }
  uint64_t hash() {
    uint64_t value = 0;
    for (size_t i = 0; i < kHashBytes; ++i)
      value |= uint64_t(byte()) << (8 * i);
    return value;
  }
  int64_t mark() {
    const uint64_t value = varint();
    return value == 0 ? kNever : in_range(unzigzag(value - 1));
  }
  int64_t in_range(int64_t time) {
    if (time > kEventTimeMax || time < -kEventTimeMax) {
      fail("a time is out of range");
      return 0;
    }
    return time;
  }
  // A number of things of at least `bytes` each: more cannot be there.
  size_t count(size_t bytes) {
    const uint64_t value = varint();
    if (value > left_.size() / bytes) {
      fail("it counts more than it holds");
      return 0;
    }
    return value;
  }

  bool fail(const char* why) {
    if (wrong_ == nullptr) wrong_ = why;
    left_ = {};
    return false;
  }
  const char* wrong() const { return wrong_; }
  bool at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
  const char* wrong_ = nullptr;
};

}  // namespace simwarden
