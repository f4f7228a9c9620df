// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace simwarden {

struct ByteRange {
  size_t begin;
  size_t end;
};

// What a better reader than these patterns (contact/) knows to stand in a text,
// to be hidden however it is written.
struct Secret {
  enum class Is : uint8_t {
    number,   // telephone, card, document number: the last two signs stay
    address,  // of mail: the first letter and the domain stay
    code,     // nothing stays but what parts its groups
  };
  size_t begin;
  size_t end;
  Is is;
};
using Secrets = std::vector<Secret>;

// Of a shorter name before the @ its first letter would be half of it.
inline constexpr size_t kAddressShownMin = 3;

// The characters to be hidden, from left to right. A word in front of a number
// ("WhatsApp", "tel:") and, of a link, all but the parts with the number stay.
// REQUIRES: the secret lies in the text.
std::vector<ByteRange> hidden_in(std::string_view text, const Secret& secret);

}  // namespace simwarden
