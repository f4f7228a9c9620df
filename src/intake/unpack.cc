// SPDX-License-Identifier: Apache-2.0
// .gz and .zst as streams: a fixed buffer of packed bytes in, as many bytes
// out as the caller asked for. However much an archive unpacks to, no more
// than that is ever held.
#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "intake/byte_source.h"

namespace simwarden {
namespace {

constexpr size_t kPackedBytes = size_t{128} << 10;

Error broken(const std::string& name, std::string_view how) {
  return {Trouble::input,
          fmt::format("{}: the archive is broken: {}", name, how)};
}

// Packed bytes of the inner source.
class Packed {
 public:
  explicit Packed(std::unique_ptr<ByteSource> inner)
      : inner_(std::move(inner)), bytes_(kPackedBytes) {}
  // The bytes that are not taken yet; empty at the end only.
  Result<std::span<char>> rest() {
    if (begin_ == end_ && !at_end_) {
      const auto got = inner_->read(bytes_);
      if (!got) return got.error();
      begin_ = 0;
      end_ = *got;
      at_end_ = end_ == 0;
    }
    return std::span<char>(bytes_).subspan(begin_, end_ - begin_);
  }
  void take(size_t size) { begin_ += size; }

 private:
  std::unique_ptr<ByteSource> inner_;
  std::vector<char> bytes_;
  size_t begin_ = 0;
  size_t end_ = 0;
  bool at_end_ = false;
};

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> inner, std::string name)
      : packed_(std::move(inner)), name_(std::move(name)) {
    constexpr int kGzipOnly = 15 + 16;  // zlib's window bits, and its header
    ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK;
  }
  ~GzipSource() override {
    if (ready_) inflateEnd(&stream_);
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  Result<size_t> read(std::span<char> into) override {
    if (!ready_) return broken(name_, "no memory to unpack it");
    while (true) {
      if (failed_) return *failed_;
      const auto rest = packed_.rest();
      if (!rest) return rest.error();
      if (rest->empty()) {
        if (between_members_) return size_t{0};
        return broken(name_, "it ends in the middle");
      }
      if (between_members_ && is_padding(*rest)) {
        packed_.take(rest->size());
        continue;
      }
      const size_t made = inflate_some(*rest, into);
      if (made > 0) return made;
    }
  }

 private:
  // Tapes and some tools fill the end with zeros.
  bool is_padding(std::span<char> rest) const {
    return started_ && std::all_of(rest.begin(), rest.end(),
                                   [](char c) { return c == '\0'; });
  }

  // What it made before a fault is whole.
  size_t inflate_some(std::span<char> rest, std::span<char> into) {
    started_ = true;
    between_members_ = false;
    stream_.next_in = reinterpret_cast<Bytef*>(rest.data());
    stream_.avail_in = uInt(rest.size());
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = uInt(std::min(into.size(), kOutMax));
    const size_t wanted = stream_.avail_out;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    packed_.take(rest.size() - stream_.avail_in);
    if (result == Z_STREAM_END) {
      between_members_ = true;
      ready_ = inflateReset(&stream_) == Z_OK;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      failed_ =
          broken(name_, stream_.msg != nullptr ? stream_.msg : "bad data");
    }
    return wanted - stream_.avail_out;
  }

  static constexpr size_t kOutMax = size_t{1} << 30;  // zlib counts in 32 bits

  Packed packed_;
  std::string name_;
  z_stream stream_{};
  bool ready_ = false;
  bool started_ = false;
  bool between_members_ = true;
  std::optional<Error> failed_;
};

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::unique_ptr<ByteSource> inner, std::string name)
      : packed_(std::move(inner)),
        name_(std::move(name)),
        stream_(ZSTD_createDStream(), ZSTD_freeDStream) {}

  // The library itself refuses windows beyond 128 MiB.
  Result<size_t> read(std::span<char> into) override {
    if (stream_ == nullptr) return broken(name_, "no memory to unpack it");
    while (true) {
      const auto rest = packed_.rest();
      if (!rest) return rest.error();
      ZSTD_inBuffer in{rest->data(), rest->size(), 0};
      ZSTD_outBuffer out{into.data(), into.size(), 0};
      if (rest->empty() && whole_) return size_t{0};
      const size_t hint = ZSTD_decompressStream(stream_.get(), &out, &in);
      if (ZSTD_isError(hint) != 0) {
        return broken(name_, ZSTD_getErrorName(hint));
      }
      packed_.take(in.pos);
      whole_ = hint == 0;
      if (out.pos > 0) return out.pos;
      if (rest->empty()) return broken(name_, "it ends in the middle");
    }
  }

 private:
  Packed packed_;
  std::string name_;
  std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream_;
  bool whole_ = true;
};

}  // namespace

std::unique_ptr<ByteSource> unpack_gzip(std::unique_ptr<ByteSource> inner,
                                        std::string name) {
  return std::make_unique<GzipSource>(std::move(inner), std::move(name));
}

std::unique_ptr<ByteSource> unpack_zstd(std::unique_ptr<ByteSource> inner,
                                        std::string name) {
  return std::make_unique<ZstdSource>(std::move(inner), std::move(name));
}

}  // namespace simwarden
