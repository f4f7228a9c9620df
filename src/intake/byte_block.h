// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// 64 bytes asked at once where a byte stands:
//
//   const ByteBlock block(text);
//   for (uint64_t at = block.equal(';'); at != 0; at &= at - 1)
//     std::countr_zero(at) …
//
// Bit i of an answer is byte i of the block.
namespace simwarden {

inline constexpr size_t kBlockBytes = 64;

// Any machine.
class PortableByteBlock {
 public:
  // REQUIRES: kBlockBytes are there.
  explicit PortableByteBlock(const char* bytes) {
    std::memcpy(bytes_, bytes, kBlockBytes);
  }
  uint64_t equal(char a) const {
    return where([a](char c) { return c == a; });
  }
  uint64_t equal_any(char a, char b, char c) const {
    return where([=](char d) { return d == a || d == b || d == c; });
  }

 private:
  template <typename Is>
  uint64_t where(Is is) const {
    uint64_t bits = 0;
    for (size_t i = 0; i < kBlockBytes; ++i)
      bits |= uint64_t(is(bytes_[i])) << i;
    return bits;
  }
  char bytes_[kBlockBytes];
};

#ifdef __SSE2__
class SseByteBlock {
 public:
  explicit SseByteBlock(const char* bytes) {
    for (size_t i = 0; i < kLanes; ++i) {
      lanes_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + i);
    }
  }
  uint64_t equal(char a) const {
    const __m128i as = _mm_set1_epi8(a);
    return where([=](__m128i lane) { return _mm_cmpeq_epi8(lane, as); });
  }
  uint64_t equal_any(char a, char b, char c) const {
    const __m128i as = _mm_set1_epi8(a);
    const __m128i bs = _mm_set1_epi8(b);
    const __m128i cs = _mm_set1_epi8(c);
    return where([=](__m128i lane) {
      return _mm_or_si128(
          _mm_cmpeq_epi8(lane, as),
          _mm_or_si128(_mm_cmpeq_epi8(lane, bs), _mm_cmpeq_epi8(lane, cs)));
    });
  }

 private:
  static constexpr size_t kLanes = kBlockBytes / sizeof(__m128i);
  template <typename Compare>
  uint64_t where(Compare compare) const {
    uint64_t bits = 0;
    for (size_t i = 0; i < kLanes; ++i) {
      const auto part = uint32_t(_mm_movemask_epi8(compare(lanes_[i])));
      bits |= uint64_t(part) << (i * sizeof(__m128i));
    }
    return bits;
  }
  __m128i lanes_[kLanes];
};
using ByteBlock = SseByteBlock;
#else
using ByteBlock = PortableByteBlock;
#endif

// The block that begins at `at`; behind the text's end it is zeros.
// REQUIRES: at < text.size().
inline ByteBlock block_at(std::string_view text, size_t at) {
  if (text.size() - at >= kBlockBytes) return ByteBlock(text.data() + at);
  char padded[kBlockBytes] = {};
  std::memcpy(padded, text.data() + at, text.size() - at);
  return ByteBlock(padded);
}

}  // namespace simwarden
