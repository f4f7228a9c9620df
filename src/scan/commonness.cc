// SPDX-License-Identifier: Apache-2.0
#include "scan/commonness.h"

#include <algorithm>

#include "scan/literals.h"

namespace simwarden {
namespace {

constexpr uint32_t kTableBits = 14;

// By hash: 'a' + binary logarithm of how often it was met.
constexpr char kLevels[] =
#include "scan/gram_table.inc"
    ;
// A word is rarer than its grams: each further byte halves what is expected, up
// to so many.
constexpr size_t kBytesThatTell = 10;
// Two bytes stand everywhere.
constexpr uint32_t kOfPair = 1u << (13 + kBytesThatTell);

static_assert(sizeof(kLevels) == (1u << kTableBits) + 1);

}  // namespace

uint32_t commonness_of_gram(const char* bytes) {
  const uint32_t gram = uint32_t(uint8_t(bytes[0])) |
                        uint32_t(uint8_t(bytes[1])) << 8 |
                        uint32_t(uint8_t(bytes[2])) << 16;
  // As tools/gram_table counts them.
  return 1u << (kLevels[gram * 0x9e3779b1u >> (32 - kTableBits)] - 'a');
}

uint32_t commonness_of_word(std::string_view word) {
  if (word.size() < kGramBytes) return kOfPair;
  const uint32_t gram = commonness_of_gram(word.data() + rarest_gram(word));
  const size_t more = std::min(word.size() - kGramBytes, kBytesThatTell);
  return std::max(1u, gram << (kBytesThatTell - more));
}

}  // namespace simwarden
