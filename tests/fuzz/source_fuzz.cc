// SPDX-License-Identifier: Apache-2.0
// A whole file as a user names it: archives, encodings, formats, all told by
// the content alone. The file lives in memory.
#include <array>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/input.h"
#include "intake/intake.h"

using namespace simwarden;

namespace {

// Small archives unpack to much; more chunks than this say nothing new.
constexpr int kChunksMax = 4;

void read_all(const std::string& path, const IntakeOptions& options) {
  const auto reader = open_source(path, options);
  if (!reader) {
    CHECK(!reader.error().what.empty(), "an error says why");
    return;
  }
  Chunk chunk;
  std::vector<Item> items;
  for (int i = 0; i < kChunksMax; ++i) {
    const auto more = (*reader)->next(chunk);
    if (!more || !*more) return;
    items.clear();
    parse_chunk(chunk, (*reader)->format(), options, items);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int file = ::memfd_create("fuzz", MFD_CLOEXEC);
  CHECK(file >= 0, "memory for a file");
  CHECK(::write(file, data, size) == ssize_t(size), "it takes the bytes");
  const std::string path = fmt::format("/proc/self/fd/{}", file);
  // One way an input, told by its length: each takes buffers of a mebibyte.
  constexpr std::array kCharsets = {"gb18030", "iso-2022-jp", "utf-16le"};
  switch (const size_t way = size % 8) {
    case 0:
    case 1:
    case 2:
      read_all(path, {.format = Format::text,
                      .encoding = find_charset(kCharsets[way])});
      break;
    case 3: read_all(path, {.format = Format::text}); break;
    case 4:
      read_all(path, {.format = Format::text, .text_whole_file = true});
      break;
    default: read_all(path, {});
  }
  ::close(file);
  return 0;
}
