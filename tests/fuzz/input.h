// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "diag/check.h"
#include "intake/byte_source.h"

// What the fuzzer hands over, as the targets want it. A target is one function
// that takes any bytes; what must hold whatever they are is a CHECK.
namespace simwarden::fuzz {

inline std::string_view as_text(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Inputs of several parts are parted by lines of five equals signs, so that
// seeds can be read by people. Always `count` parts, the last may be empty.
inline std::vector<std::string_view> parts_of(std::string_view input,
                                              size_t count) {
  constexpr std::string_view kLine = "=====\n";
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < count) {
    const size_t end = std::min(input.find(kLine), input.size());
    parts.push_back(input.substr(0, end));
    input.remove_prefix(std::min(end + kLine.size(), input.size()));
  }
  parts.push_back(input);
  return parts;
}

// Bytes in pieces of a size: where a read ends must not change what is read.
class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string_view bytes, size_t piece)
      : bytes_(bytes), piece_(piece) {}
  Result<size_t> read(std::span<char> into) override {
    const size_t size = std::min({into.size(), piece_, bytes_.size()});
    std::memcpy(into.data(), bytes_.data(), size);
    bytes_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view bytes_;
  size_t piece_;
};

}  // namespace simwarden::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
