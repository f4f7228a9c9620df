// SPDX-License-Identifier: Apache-2.0
#include "document/samples.h"

#include <algorithm>
#include <cstdint>

#include "document/filters.h"
#include "document/names.h"

namespace simwarden {
namespace {

void append_little(std::string& out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> (8 * i) & 0xFF);
  }
}

struct Samples {
  uint64_t width = 0;
  uint64_t height = 0;
  uint64_t bits = 0;
  uint64_t colours = 0;
  uint64_t row() const { return (width * bits * colours + 7) / 8; }
};

// Palettes are left out: of the few colours of a code the lowest number becomes
// black and the highest white.
std::string palette_of(const Samples& samples, std::string_view bytes) {
  const uint64_t colours = uint64_t{1} << samples.bits;
  uint64_t low = 0;
  uint64_t high = colours - 1;
  constexpr uint64_t kByte = 8;
  if (samples.bits == kByte && !bytes.empty()) {
    const auto as_bytes = [](char a, char b) {
      return static_cast<unsigned char>(a) < static_cast<unsigned char>(b);
    };
    const auto [least, most] =
        std::minmax_element(bytes.begin(), bytes.end(), as_bytes);
    low = static_cast<unsigned char>(*least);
    high = static_cast<unsigned char>(*most);
  }
  std::string out;
  for (uint64_t i = 0; i < colours; ++i) {
    const uint64_t above = std::clamp(i, low, high) - low;
    append_little(
        out, above * 255 / std::max<uint64_t>(high - low, 1) * 0x010101, 4);
  }
  return out;
}

std::string bitmap_of(const Samples& samples, std::string_view bytes) {
  const uint64_t bits = samples.bits * samples.colours;
  const std::string palette =
      bits <= 8 ? palette_of(samples, bytes) : std::string();
  const uint64_t begin = 54 + palette.size();
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
  append_little(out, palette.size() / 4, 4);
  append_little(out, 0, 4);
  out += palette;
  const uint64_t padding = (4 - samples.row() % 4) % 4;
  for (uint64_t y = 0; y < samples.height; ++y) {
    out.append(bytes.substr(y * samples.row(), samples.row()));
    out.append(padding, '\0');
  }
  return out;
}

// Cyan, magenta, yellow and black -> grey.
std::string grey_of_inks(std::string_view bytes) {
  std::string out;
  const auto ink = [&](size_t i) {
    return int{static_cast<unsigned char>(bytes[i])};
  };
  for (size_t i = 0; i + 3 < bytes.size(); i += 4) {
    const int all = ink(i + 3) + (ink(i) + ink(i + 1) + ink(i + 2)) / 3;
    out += static_cast<char>(255 - std::min(all, 255));
  }
  return out;
}

std::string wide_samples(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto four = static_cast<unsigned char>(c);
    for (const int shift : {4, 0}) {
      const int two = four >> shift & 0xF;
      out += static_cast<char>((two >> 2) * 5 << 4 | (two & 3) * 5);
    }
  }
  return out;
}

std::string file_of(Samples samples, std::string_view bytes) {
  if (samples.colours == 4) {
    samples.colours = 1;
    return bitmap_of(samples, grey_of_inks(bytes));
  }
  // Bitmaps have no two bits.
  if (samples.bits == 2) {
    // A row of whole bytes becomes one of twice as many.
    samples.width = samples.row() * 4;
    samples.bits = 4;
    return bitmap_of(samples, wide_samples(bytes));
  }
  return bitmap_of(samples, bytes);
}

}  // namespace

std::optional<std::string> picture_of_samples(std::string_view dictionary,
                                              std::string_view bytes) {
  Samples samples;
  samples.width = number_of(dictionary, "Width");
  samples.height = number_of(dictionary, "Height");
  samples.bits = number_of(dictionary, "BitsPerComponent");
  if (samples.width == 0 || samples.height == 0) return {};
  if (samples.bits == 0) samples.bits = 1;  // of a mask
  const bool known = samples.bits == 1 || samples.bits == 2 ||
                     samples.bits == 4 || samples.bits == 8;
  if (!known) return {};
  for (const uint64_t colours : {1, 3, 4}) {
    // Those of fewer bits are numbers of colours or grey.
    if (colours > 1 && samples.bits != 8) break;
    samples.colours = colours;
    const uint64_t plain = samples.row() * samples.height;
    if (bytes.size() == plain + samples.height) {
      return file_of(samples, undo_png_rows(bytes, samples.row(), colours));
    }
    // A line feed may stand behind the last sample.
    const bool fits = bytes.size() >= plain && bytes.size() <= plain + 2;
    if (fits) {
      const std::string own = unpredicted(dictionary, bytes.substr(0, plain));
      // A predictor for rows of another size leaves less.
      if (own.size() < plain) return {};
      return file_of(samples, own);
    }
  }
  return {};
}

}  // namespace simwarden
