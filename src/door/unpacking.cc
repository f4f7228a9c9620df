// SPDX-License-Identifier: Apache-2.0
#include "door/unpacking.h"

#include <algorithm>
#include <memory>
#include <span>

#include <fmt/format.h>
#include <zlib.h>

#include "diag/ascii.h"
#include "intake/byte_source.h"

namespace simwarden {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view rest) : rest_(rest) {}
  Result<size_t> read(std::span<char> into) override {
    const size_t size = std::min(into.size(), rest_.size());
    std::copy_n(rest_.data(), size, into.data());
    rest_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view rest_;
};

// A text that grows, and what it holds first.
class Unpacked {
 public:
  // `times`: how often the text is there while it grows.
  Unpacked(size_t bytes_max, HeldMemory& held, uint64_t times)
      : bytes_max_(bytes_max), held_(held), times_(times) {}

  // Where the next bytes go; empty: there is no memory for them.
  // REQUIRES: !is_too_large()
  std::span<char> room() {
    if (size_ == text_.size()) {
      const size_t wanted = next_size();
      if (!held_.grow_to(times_ * wanted)) return {};
      text_.resize(wanted);
    }
    return std::span(text_).subspan(size_);
  }
  // That there is none is no matter of time, beside the packed bytes.
  bool never_fits(size_t packed) const {
    return held_.can_never_grow_to(times_ * next_size() + packed);
  }
  void add(size_t bytes) { size_ += bytes; }
  bool is_too_large() const { return size_ > bytes_max_; }
  std::string take() {
    text_.resize(size_);
    return std::move(text_);
  }

 private:
  size_t next_size() const {
    return std::min(std::max(2 * size_, kPieceBytes), bytes_max_ + 1);
  }

  size_t bytes_max_;
  HeldMemory& held_;
  uint64_t times_;
  std::string text_;  // behind `size_` it is room
  size_t size_ = 0;
};

}  // namespace

std::optional<HttpReply> unpack_body(std::string_view named, std::string& body,
                                     size_t bytes_max, HeldMemory& held) {
  const std::string encoding = small_letters(named);
  if (encoding.empty() || encoding == "identity") return std::nullopt;
  auto packed = std::make_unique<TextSource>(body);
  std::unique_ptr<ByteSource> source;
  if (encoding == "gzip" || encoding == "x-gzip") {
    source = unpack_gzip(std::move(packed), "the body");
  } else if (encoding == "zstd") {
    source = unpack_zstd(std::move(packed), "the body");
  } else {
    return problem(
        415, fmt::format("no body in {} is read here: gzip, zstd", encoding));
  }
  // libzstd's window holds what it may look back at: all of it.
  Unpacked unpacked(bytes_max, held, encoding == "zstd" ? 2 : 1);
  while (true) {
    const std::span<char> room = unpacked.room();
    if (room.empty() && unpacked.never_fits(body.size())) {
      return problem(413,
                     "unpacked, the body takes more than all the memory "
                     "that there is for bodies (memory)");
    }
    if (room.empty()) return busy();
    const auto got = source->read(room);
    if (!got) return problem(400, got.error().what);
    if (*got == 0) break;
    unpacked.add(*got);
    if (unpacked.is_too_large()) {
      return problem(413, too_large(bytes_max) + ", unpacked");
    }
  }
  body = unpacked.take();
  return std::nullopt;
}

Unpacking unpack_zlib(std::string& body, size_t bytes_max, HeldMemory& held) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return Unpacking::no_memory;
  stream.next_in = reinterpret_cast<Bytef*>(body.data());
  stream.avail_in = uInt(body.size());
  Unpacked unpacked(bytes_max, held, 1);
  bool has_room = true;
  int state = Z_OK;
  while (state == Z_OK && !unpacked.is_too_large()) {
    const std::span<char> room = unpacked.room();
    has_room = !room.empty();
    if (!has_room) break;
    stream.next_out = reinterpret_cast<Bytef*>(room.data());
    stream.avail_out = uInt(room.size());
    state = inflate(&stream, Z_NO_FLUSH);
    unpacked.add(room.size() - stream.avail_out);
  }
  const bool whole =
      state == Z_STREAM_END && stream.avail_in == 0 && !unpacked.is_too_large();
  inflateEnd(&stream);
  if (!has_room) return Unpacking::no_memory;
  if (!whole) return Unpacking::wrong;
  body = unpacked.take();
  return Unpacking::done;
}

}  // namespace simwarden
