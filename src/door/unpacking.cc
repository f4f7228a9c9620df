// SPDX-License-Identifier: Apache-2.0
#include "door/unpacking.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>

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

std::optional<HttpReply> unpack_body(std::string_view encoding,
                                     std::string& body, size_t bytes_max) {
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

}  // namespace simwarden
