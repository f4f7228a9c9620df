// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <gif_lib.h>

#include "picture/decoders.h"

namespace simwarden {
namespace {

uint32_t little_endian(std::string_view bytes, size_t at) {
  return static_cast<unsigned char>(bytes[at]) |
         static_cast<uint32_t>(static_cast<unsigned char>(bytes[at + 1])) << 8;
}

void close(GifFileType* gif) {
  DGifCloseFile(gif, nullptr);
}

// Frames are drawn over each other; what a frame wants done with itself is done
// before the next one.
class GifReader {
 public:
  GifReader(std::string_view bytes, const PictureDecoding& decoding)
      : rest_(bytes), decoding_(decoding), gif_(nullptr, &close) {}

  FileReading read() {
    const auto size = gif_size(rest_);
    if (!size) return FileReading::broken;
    size_ = *size;
    int error = 0;
    gif_.reset(DGifOpen(
        this,
        [](GifFileType* gif, GifByteType* to, int wanted) {
          return static_cast<GifReader*>(gif->UserData)->give(to, wanted);
        },
        &error));
    if (!gif_) return FileReading::broken;
    return records();
  }

 private:
  int give(GifByteType* to, int wanted) {
    const size_t count = std::min(static_cast<size_t>(wanted), rest_.size());
    std::memcpy(to, rest_.data(), count);
    rest_.remove_prefix(count);
    return static_cast<int>(count);
  }

  FileReading stopped() const {
    return frames_ == 0 ? FileReading::broken : FileReading::partly;
  }

  FileReading records() {
    while (true) {
      GifRecordType type = UNDEFINED_RECORD_TYPE;
      if (DGifGetRecordType(gif_.get(), &type) != GIF_OK) return stopped();
      switch (type) {
        case TERMINATE_RECORD_TYPE:
          return frames_ == 0 ? FileReading::broken : FileReading::read;
        case EXTENSION_RECORD_TYPE:
          if (!extension()) return stopped();
          break;
        case IMAGE_DESC_RECORD_TYPE: {
          if (frames_ == kPictureFramesMax) return FileReading::partly;
          const bool whole = image();
          if (!paid_) return frames_ == 0 ? FileReading::left_out : stopped();
          if (!decoding_.take(canvas_) || !whole) return stopped();
          break;
        }
        default: return stopped();
      }
    }
  }

  bool extension() {
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(gif_.get(), &code, &block) != GIF_OK) return false;
    while (block != nullptr) {
      GraphicsControlBlock control;
      if (code == GRAPHICS_EXT_FUNC_CODE &&
          DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
        transparent_ = control.TransparentColor;
        disposal_ = control.DisposalMode;
      }
      if (DGifGetExtensionNext(gif_.get(), &block) != GIF_OK) return false;
    }
    return true;
  }

  // Whether all of it was there.
  bool image() {
    if (DGifGetImageDesc(gif_.get()) != GIF_OK) return false;
    const GifImageDesc& place = gif_->Image;
    const ColorMapObject* colours =
        place.ColorMap != nullptr ? place.ColorMap : gif_->SColorMap;
    const bool fits =
        place.Width > 0 && place.Height > 0 &&
        uint64_t(place.Width) * uint64_t(place.Height) <= kPicturePixelsMax;
    if (!fits || colours == nullptr) return false;
    paid_ = pay(uint64_t(place.Width) * uint64_t(place.Height));
    if (!paid_) return false;
    if (frames_ == 0) make_canvas();
    line_.resize(static_cast<size_t>(place.Width));
    dispose();
    if (disposal_ == DISPOSE_PREVIOUS) before_ = canvas_;
    const bool whole = place.Interlace ? interlaced(place, *colours)
                                       : lines(place, *colours, 0, 1);
    transparent_ = NO_TRANSPARENT_COLOR;
    ++frames_;
    last_ = place;
    last_disposal_ = std::exchange(disposal_, DISPOSAL_UNSPECIFIED);
    return whole;
  }

  // A frame is drawn on the picture, and may be larger than it.
  bool pay(uint64_t frame) const {
    const uint64_t drawn = std::max(frame, size_.pixels());
    const uint64_t before = frames_ == 0 ? size_.pixels() : 0;
    return decoding_.pay(drawn - before);
  }

  // Not before there is something to draw.
  void make_canvas() {
    canvas_.on_white = GreyPicture(size_.width, size_.height, 0xFF);
    canvas_.on_black = GreyPicture(size_.width, size_.height, 0);
  }

  // Of the frame before.
  void dispose() {
    if (last_disposal_ == DISPOSE_PREVIOUS) canvas_ = std::move(before_);
    if (last_disposal_ != DISPOSE_BACKGROUND) return;
    clear(canvas_.on_white, 0xFF);
    clear(canvas_.on_black, 0);
  }

  void clear(GreyPicture& picture, uint8_t light) const {
    const auto left =
        std::min(static_cast<uint32_t>(last_.Left), picture.width);
    const auto count =
        std::min(static_cast<uint32_t>(last_.Width), picture.width - left);
    const auto top = static_cast<uint32_t>(last_.Top);
    const auto bottom =
        std::min(top + static_cast<uint32_t>(last_.Height), picture.height);
    for (uint32_t y = top; y < bottom; ++y) {
      std::fill_n(picture.row(y) + left, count, light);
    }
  }

  // GIF89a, appendix E.
  bool interlaced(const GifImageDesc& place, const ColorMapObject& colours) {
    return lines(place, colours, 0, 8) && lines(place, colours, 4, 8) &&
           lines(place, colours, 2, 4) && lines(place, colours, 1, 2);
  }

  bool lines(const GifImageDesc& place, const ColorMapObject& colours,
             int first, int step) {
    for (int y = first; y < place.Height; y += step) {
      if (DGifGetLine(gif_.get(), line_.data(), place.Width) != GIF_OK) {
        return false;
      }
      draw(place, colours, static_cast<uint32_t>(place.Top + y));
    }
    return true;
  }

  void draw(const GifImageDesc& place, const ColorMapObject& colours,
            uint32_t y) {
    GreyPicture& white = canvas_.on_white;
    if (y >= white.height) return;
    for (size_t i = 0; i < line_.size(); ++i) {
      const size_t x = static_cast<size_t>(place.Left) + i;
      if (x >= white.width) return;
      const int index = line_[i];
      if (index == transparent_ || index >= colours.ColorCount) continue;
      const GifColorType& colour = colours.Colors[index];
      const uint8_t light = grey_of(colour.Red, colour.Green, colour.Blue);
      white.row(y)[x] = light;
      canvas_.on_black.row(y)[x] = light;
    }
  }

  std::string_view rest_;
  const PictureDecoding& decoding_;
  std::unique_ptr<GifFileType, decltype(&close)> gif_;
  PictureSize size_;
  Frame canvas_;  // empty before the first frame
  std::vector<GifPixelType> line_;
  int transparent_ = NO_TRANSPARENT_COLOR;
  int disposal_ = DISPOSAL_UNSPECIFIED;
  Frame before_;  // what a frame restores
  GifImageDesc last_{};
  int last_disposal_ = DISPOSAL_UNSPECIFIED;
  uint32_t frames_ = 0;
  bool paid_ = true;  // what the frame costs
};

}  // namespace

std::optional<PictureSize> gif_size(std::string_view bytes) {
  constexpr size_t kHeaderEnd = 10;
  if (bytes.size() < kHeaderEnd) return {};
  return PictureSize{little_endian(bytes, 6), little_endian(bytes, 8)};
}

FileReading decode_gif(std::string_view bytes,
                       const PictureDecoding& decoding) {
  return GifReader(bytes, decoding).read();
}

}  // namespace simwarden
