// SPDX-License-Identifier: Apache-2.0
// Samples with PNG's predictors are what PNG keeps in its chunk IDAT; plain
// ones become a bitmap.
#include "document/samples.h"

#include <cstdint>

#include <zlib.h>

#include "picture/picture.h"

namespace simwarden {
namespace {

// "/Width 120" -> 120; 0 when the word is not there.
uint64_t number_of(std::string_view dictionary, std::string_view word) {
  size_t at = dictionary.find(word);
  while (at != dictionary.npos) {
    size_t i = at + word.size();
    while (i < dictionary.size() &&
           (dictionary[i] == ' ' || dictionary[i] == '\r' ||
            dictionary[i] == '\n' || dictionary[i] == '\t')) {
      ++i;
    }
    uint64_t value = 0;
    const size_t first = i;
    constexpr size_t kDigitsMax = 6;
    while (i < dictionary.size() && i - first < kDigitsMax &&
           dictionary[i] >= '0' && dictionary[i] <= '9') {
      value = value * 10 + static_cast<uint64_t>(dictionary[i++] - '0');
    }
    if (i > first) return value;
    at = dictionary.find(word, at + 1);
  }
  return 0;
}

void append_big(std::string& out, uint64_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift & 0xFF);
  }
}
void append_little(std::string& out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> (8 * i) & 0xFF);
  }
}

void append_chunk(std::string& out, std::string_view type,
                  std::string_view data) {
  append_big(out, data.size());
  const size_t begin = out.size();
  out.append(type).append(data);
  append_big(out, crc32(0, reinterpret_cast<const Bytef*>(out.data() + begin),
                        static_cast<uInt>(out.size() - begin)));
}

struct Samples {
  uint64_t width = 0;
  uint64_t height = 0;
  uint64_t bits = 0;
  uint64_t colours = 0;
  uint64_t row() const { return (width * bits * colours + 7) / 8; }
};

std::string png_of(const Samples& samples, std::string_view packed) {
  std::string header;
  append_big(header, samples.width);
  append_big(header, samples.height);
  header += static_cast<char>(samples.bits);
  header += samples.colours == 3 ? '\x02' : '\0';
  header.append(3, '\0');
  std::string out = "\x89PNG\r\n\x1a\n";
  append_chunk(out, "IHDR", header);
  append_chunk(out, "IDAT", packed);
  append_chunk(out, "IEND", "");
  return out;
}

std::string bitmap_of(const Samples& samples, std::string_view bytes) {
  const uint64_t bits = samples.bits * samples.colours;
  const uint64_t colours = bits <= 8 ? uint64_t{1} << bits : 0;
  const uint64_t begin = 54 + colours * 4;
  std::string out = "BM";
  append_little(out, begin + bytes.size(), 4);
  append_little(out, 0, 4);
  append_little(out, begin, 4);
  append_little(out, 40, 4);
  append_little(out, samples.width, 4);
  // From top to bottom.
  append_little(out, uint64_t{0} - samples.height, 4);
  append_little(out, 1, 2);
  append_little(out, bits, 2);
  out.append(16, '\0');
  append_little(out, colours, 4);
  append_little(out, 0, 4);
  for (uint64_t i = 0; i < colours; ++i) {
    append_little(out, i * 255 / (colours - 1) * 0x010101, 4);
  }
  const uint64_t padding = (4 - samples.row() % 4) % 4;
  for (uint64_t y = 0; y < samples.height; ++y) {
    out.append(bytes.substr(y * samples.row(), samples.row()));
    out.append(padding, '\0');
  }
  return out;
}

}  // namespace

std::optional<std::string> picture_of_samples(std::string_view dictionary,
                                              std::string_view packed,
                                              std::string_view bytes) {
  Samples samples;
  samples.width = number_of(dictionary, "/Width");
  samples.height = number_of(dictionary, "/Height");
  samples.bits = number_of(dictionary, "/BitsPerComponent");
  if (samples.width == 0 || samples.height == 0) return {};
  if (samples.bits == 0) samples.bits = 1;  // of a mask
  if (samples.bits != 1 && samples.bits != 8) return {};
  for (const uint64_t colours : {1, 3}) {
    samples.colours = colours;
    const uint64_t plain = samples.row() * samples.height;
    if (bytes.size() == plain + samples.height) return png_of(samples, packed);
    // A line feed may stand behind the last sample.
    const bool fits = bytes.size() >= plain && bytes.size() <= plain + 2;
    if (fits) return bitmap_of(samples, bytes);
  }
  return {};
}

}  // namespace simwarden
