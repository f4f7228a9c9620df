// SPDX-License-Identifier: Apache-2.0
#include "door/unpacking.h"

#include <algorithm>
#include <memory>
#include <vector>

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

}  // namespace

std::optional<HttpReply> unpack_body(std::string_view named, std::string& body,
                                     size_t bytes_max) {
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
  std::string unpacked;
  std::vector<char> piece(kPieceBytes);
  while (true) {
    const auto got = source->read(piece);
    if (!got) return problem(400, got.error().what);
    if (*got == 0) break;
    unpacked.append(piece.data(), *got);
    if (unpacked.size() > bytes_max) {
      return problem(413, "the body unpacks to more than this door takes");
    }
  }
  body = std::move(unpacked);
  return std::nullopt;
}

bool unpack_zlib(std::string& body, size_t bytes_max) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(body.data());
  stream.avail_in = uInt(body.size());
  std::string unpacked;
  std::vector<char> piece(kPieceBytes);
  int state = Z_OK;
  while (state == Z_OK && unpacked.size() <= bytes_max) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = uInt(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    unpacked.append(piece.data(), piece.size() - stream.avail_out);
  }
  const bool whole = state == Z_STREAM_END && stream.avail_in == 0 &&
                     unpacked.size() <= bytes_max;
  inflateEnd(&stream);
  if (whole) body = std::move(unpacked);
  return whole;
}

}  // namespace simwarden
