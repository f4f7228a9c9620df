// SPDX-License-Identifier: Apache-2.0
#include "document/unpack.h"

#include <algorithm>
#include <utility>

#include <zlib.h>

namespace simwarden {
namespace {

// One stream, block by block.
class Stream {
 public:
  Stream(std::string_view packed, size_t bytes_max, size_t cost_max)
      : size_(std::min(packed.size(), cost_max)),
        bytes_max_(std::min(bytes_max, cost_max)),
        cost_max_(cost_max) {
    stream_.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(size_);
    cut_ = size_ < packed.size();
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { inflateEnd(&stream_); }

  Unpacked run(int window_bits) {
    if (inflateInit2(&stream_, window_bits) != Z_OK) return std::move(out_);
    int status = Z_OK;
    while (status == Z_OK && !is_full()) {
      status = piece();
      const bool at_block = (stream_.data_type & kAtBlock) != 0;
      if (at_block && stream_.total_in > kZlibHeaderBytes) ++blocks_;
      if (stream_.avail_in == 0 && stream_.avail_out > 0 && !at_block) break;
    }
    out_.bytes.resize(made_);
    out_.whole = status == Z_STREAM_END;
    out_.full = status == Z_OK && (is_full() || cut_);
    out_.cost = cost();
    return std::move(out_);
  }

 private:
  static constexpr int kAtBlock = 128;  // as zlib says it
  static constexpr size_t kZlibHeaderBytes = 2;

  // As far as the next block, or as there is room.
  int piece() {
    constexpr size_t kPiece = size_t{64} << 10;
    if (made_ == out_.bytes.size()) {
      out_.bytes.resize(made_ + std::min(kPiece, bytes_max_ - made_));
    }
    const size_t room = out_.bytes.size() - made_;
    stream_.next_out = reinterpret_cast<Bytef*>(out_.bytes.data() + made_);
    stream_.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream_, Z_BLOCK);
    made_ += room - stream_.avail_out;
    return status;
  }

  bool is_full() const { return made_ >= bytes_max_ || cost() >= cost_max_; }
  size_t cost() const {
    const size_t read = size_ - stream_.avail_in;
    return std::max(
        {made_, read, std::max<size_t>(blocks_, 1) * kUnpackCostMin});
  }

  size_t size_;  // of what is read
  size_t bytes_max_;
  size_t cost_max_;
  z_stream stream_{};
  size_t made_ = 0;
  size_t blocks_ = 0;
  bool cut_ = false;  // there is more than may be read
  Unpacked out_;
};

}  // namespace

bool may_be_zlib(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  return (first & 0x0F) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
}

Unpacked unpack_zlib(std::string_view packed, size_t cost_max) {
  if (cost_max == 0) return {.full = true};
  return Stream(packed, cost_max, cost_max).run(MAX_WBITS);
}

Unpacked unpack_deflate(std::string_view packed, size_t bytes_max,
                        size_t cost_max) {
  if (bytes_max == 0 || cost_max == 0) return {.full = true};
  return Stream(packed, bytes_max, cost_max).run(-MAX_WBITS);
}

}  // namespace simwarden
