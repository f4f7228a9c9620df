// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "files.h"
#include "intake/chunk_reader.h"
#include "intake/intake.h"

// Streams for tests.
namespace simwarden {

// Gives its bytes in pieces of `piece`, and after them fails if told so.
class PieceSource final : public ByteSource {
 public:
  PieceSource(std::string bytes, size_t piece, bool fails = false)
      : bytes_(std::move(bytes)), piece_(piece), fails_(fails) {}
  Result<size_t> read(std::span<char> into) override {
    const size_t size = std::min({into.size(), piece_, bytes_.size() - at_});
    if (size == 0 && fails_) return Error{Trouble::input, "broken"};
    std::memcpy(into.data(), bytes_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  size_t piece_;
  bool fails_;
  size_t at_ = 0;
};

struct ReadOut {
  std::vector<Item> items;
  std::vector<size_t> chunk_sizes;
  std::string error;
};

inline ReadOut read_out(ChunkReader& reader, const IntakeOptions& options) {
  ReadOut out;
  Chunk chunk;
  while (true) {
    const auto more = reader.next(chunk);
    if (!more) out.error = more.error().what;
    if (!more || !*more) return out;
    out.chunk_sizes.push_back(chunk.bytes.size());
    parse_chunk(chunk, reader.format(), options, out.items);
  }
}

inline ReadOut read_path(const std::string& path,
                         const IntakeOptions& options = {}) {
  auto reader = open_source(path, options);
  if (!reader) return {{}, {}, reader.error().what};
  return read_out(**reader, options);
}

}  // namespace simwarden
