// SPDX-License-Identifier: Apache-2.0
// A whole file as a user names it: archives, encodings, formats, all told by
// the content alone. The file lives in memory.
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
  read_all(path, {});
  read_all(path, {.format = Format::text});
  read_all(path, {.format = Format::text, .text_whole_file = true});
  for (const char* label : {"gb18030", "iso-2022-jp", "utf-16le"}) {
    read_all(path, {.format = Format::text, .encoding = find_charset(label)});
  }
  ::close(file);
  return 0;
}
