// SPDX-License-Identifier: Apache-2.0
// Windows bitmaps, in rows as they lie in the file ([MS-WMF] 2.2.2). Packed
// ones (RLE) are not read: nobody mails them.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "picture/decoders.h"

namespace simwarden {
namespace {

constexpr size_t kFileHeader = 14;
constexpr uint32_t kCoreHeader = 12;
constexpr uint32_t kInfoHeader = 40;
constexpr uint32_t kRgb = 0;
constexpr uint32_t kBitFields = 3;

struct Layout {
  uint32_t width = 0;
  uint32_t height = 0;
  bool top_down = false;
  uint32_t bits = 0;  // a pixel
  uint32_t packing = kRgb;
  std::array<uint32_t, 3> masks = {};  // red, green, blue; of 16 and 32 bits
  size_t palette = 0;                  // where it begins
  size_t palette_entry = 4;            // bytes
  uint32_t colours = 0;
  size_t rows = 0;  // where they begin
};

class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}
  uint32_t operator()(size_t at, size_t size) const {
    uint32_t value = 0;
    for (size_t i = size; i-- > 0;) {
      const size_t place = at + i;
      const auto byte = place < bytes_.size()
                            ? static_cast<unsigned char>(bytes_[place])
                            : uint8_t{0};
      value = value << 8 | byte;
    }
    return value;
  }

 private:
  std::string_view bytes_;
};

// The masks stand behind a header of 40 bytes and inside the longer ones, at
// the same place.
void read_masks(const Fields& field, Layout& layout) {
  if (layout.packing == kBitFields) {
    for (size_t i = 0; i < layout.masks.size(); ++i) {
      layout.masks[i] = field(kFileHeader + kInfoHeader + 4 * i, 4);
    }
  } else if (layout.bits == 16) {
    layout.masks = {0x7C00, 0x03E0, 0x001F};
  } else {
    layout.masks = {0xFF0000, 0xFF00, 0xFF};
  }
}

std::optional<Layout> read_layout(std::string_view bytes) {
  const Fields field(bytes);
  const uint32_t header = field(kFileHeader, 4);
  if (bytes.size() < kFileHeader + kCoreHeader) return {};
  Layout layout;
  layout.rows = field(10, 4);
  if (header == kCoreHeader) {
    layout.width = field(18, 2);
    layout.height = field(20, 2);
    layout.bits = field(24, 2);
    layout.palette_entry = 3;
  } else if (header >= kInfoHeader) {
    layout.width = field(18, 4);
    const auto height =
        static_cast<int64_t>(static_cast<int32_t>(field(22, 4)));
    layout.top_down = height < 0;
    layout.height = static_cast<uint32_t>(std::llabs(height));
    layout.bits = field(28, 2);
    layout.packing = field(30, 4);
    layout.colours = field(46, 4);
  } else {
    return {};
  }
  layout.palette = kFileHeader + header;
  if (layout.bits <= 8 && layout.colours == 0) {
    layout.colours = uint32_t{1} << layout.bits;
  }
  read_masks(field, layout);
  if (layout.width == 0 || layout.height == 0) return {};
  return layout;
}

bool is_read_here(const Layout& layout) {
  if (layout.packing == kBitFields) {
    return layout.bits == 16 || layout.bits == 32;
  }
  constexpr std::array<uint32_t, 6> kBits = {1, 4, 8, 16, 24, 32};
  return layout.packing == kRgb &&
         std::find(kBits.begin(), kBits.end(), layout.bits) != kBits.end();
}

// The value of the bits of a mask, as 0 to 255.
uint32_t of_mask(uint32_t pixel, uint32_t mask) {
  if (mask == 0) return 0;
  const int shift = __builtin_ctz(mask);
  const uint32_t most = mask >> shift;
  return static_cast<uint32_t>(uint64_t{(pixel & mask) >> shift} * 255 / most);
}

class RowReader {
 public:
  RowReader(std::string_view bytes, const Layout& layout)
      : field_(bytes), layout_(layout) {
    constexpr uint32_t kColoursMax = 256;
    if (layout.bits > 8) return;
    for (uint32_t i = 0; i < std::min(layout.colours, kColoursMax); ++i) {
      const size_t at = layout.palette + i * layout.palette_entry;
      colours_[i] =
          grey_of(field_(at + 2, 1), field_(at + 1, 1), field_(at, 1));
    }
  }

  uint8_t at(size_t row, uint32_t x) const {
    switch (layout_.bits) {
      case 1:
      case 4:
      case 8: {
        const size_t bit = size_t{x} * layout_.bits;
        const uint32_t byte = field_(row + bit / 8, 1);
        const size_t shift = 8 - layout_.bits - bit % 8;
        return colours_[byte >> shift & ((1U << layout_.bits) - 1)];
      }
      case 24: {
        const size_t place = row + size_t{x} * 3;
        return grey_of(field_(place + 2, 1), field_(place + 1, 1),
                       field_(place, 1));
      }
      default: break;
    }
    const size_t wide = layout_.bits / 8;
    const uint32_t pixel = field_(row + x * wide, wide);
    return grey_of(of_mask(pixel, layout_.masks[0]),
                   of_mask(pixel, layout_.masks[1]),
                   of_mask(pixel, layout_.masks[2]));
  }

 private:
  Fields field_;
  const Layout& layout_;
  std::array<uint8_t, 256> colours_ = {};
};

}  // namespace

std::optional<PictureSize> bmp_size(std::string_view bytes) {
  const auto layout = read_layout(bytes);
  if (!layout) return {};
  return PictureSize{layout->width, layout->height};
}

FileReading decode_bmp(std::string_view bytes,
                       const PictureDecoding& decoding) {
  const auto layout = read_layout(bytes);
  if (!layout) return FileReading::broken;
  if (!is_read_here(*layout)) return FileReading::not_looked_into;
  const RowReader reader(bytes, *layout);
  // Rows begin at whole words.
  const size_t row = (size_t{layout->width} * layout->bits + 31) / 32 * 4;
  Frame frame;
  frame.on_white = GreyPicture(layout->width, layout->height, 0xFF);
  uint32_t read = 0;
  for (; read < layout->height; ++read) {
    const size_t begin = layout->rows + row * read;
    if (begin + row > bytes.size()) break;
    const uint32_t y = layout->top_down ? read : layout->height - 1 - read;
    uint8_t* to = frame.on_white.row(y);
    for (uint32_t x = 0; x < layout->width; ++x) to[x] = reader.at(begin, x);
  }
  if (read == 0) return FileReading::broken;
  decoding.take(std::move(frame));
  return read == layout->height ? FileReading::read : FileReading::partly;
}

}  // namespace simwarden
