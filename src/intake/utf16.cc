// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <vector>

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "intake/byte_source.h"

namespace simwarden {
namespace {

class Utf16Source final : public ByteSource {
 public:
  Utf16Source(std::unique_ptr<ByteSource> inner, bool big_endian)
      : inner_(std::move(inner)), big_endian_(big_endian) {}

  Result<size_t> read(std::span<char> into) override {
    while (at_ == decoded_.size()) {
      if (at_end_) return size_t{0};
      const auto done = fill();
      if (!done) return done.error();
    }
    const size_t size = std::min(into.size(), decoded_.size() - at_);
    std::memcpy(into.data(), decoded_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  Status fill() {
    constexpr size_t kPiece = size_t{64} << 10;
    decoded_.clear();
    at_ = 0;
    std::vector<char> raw(kPiece);
    const auto got = inner_->read(raw);
    if (!got) return got.error();
    for (size_t i = 0; i < *got; ++i) byte(uint8_t(raw[i]));
    if (*got == 0) finish();
    return Done{};
  }

  void byte(uint8_t b) {
    if (!half_) {
      first_ = b;
      half_ = true;
      return;
    }
    half_ = false;
    unit(big_endian_ ? char16_t(first_ << 8 | b) : char16_t(b << 8 | first_));
  }

  void unit(char16_t u) {
    if (lead_ != 0) {
      if (U16_IS_TRAIL(u)) {
        append(U16_GET_SUPPLEMENTARY(lead_, u));
        lead_ = 0;
        return;
      }
      append_broken();
    }
    if (U16_IS_LEAD(u)) {
      lead_ = u;
    } else if (U16_IS_TRAIL(u)) {
      append_broken();
    } else {
      append(u);
    }
  }

  void finish() {
    at_end_ = true;
    if (lead_ != 0 || half_) append_broken();
  }

  void append(UChar32 c) {
    char bytes[U8_MAX_LENGTH];
    size_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    decoded_.append(bytes, size);
  }
  void append_broken() {
    decoded_ += '\xff';
    lead_ = 0;
  }

  std::unique_ptr<ByteSource> inner_;
  bool big_endian_;
  std::string decoded_;
  size_t at_ = 0;
  bool half_ = false;
  uint8_t first_ = 0;
  char16_t lead_ = 0;
  bool at_end_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> decode_utf16(std::unique_ptr<ByteSource> inner,
                                         bool big_endian) {
  return std::make_unique<Utf16Source>(std::move(inner), big_endian);
}

}  // namespace simwarden
