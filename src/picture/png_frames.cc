// SPDX-License-Identifier: Apache-2.0
#include "picture/png_frames.h"

#include <algorithm>
#include <utility>

#include <zlib.h>

namespace simwarden {
namespace {

constexpr size_t kSignatureBytes = 8;
constexpr size_t kControlBytes = 26;
constexpr size_t kColoursMax = 768;  // bytes of a palette of 256
constexpr size_t kSequenceBytes = 4;

void append_big(std::string& out, uint64_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift & 0xFF);
  }
}

std::string chunk(std::string_view type, std::string_view data) {
  std::string out;
  append_big(out, data.size());
  out.append(type).append(data);
  append_big(out, crc32(0, reinterpret_cast<const Bytef*>(out.data() + 4),
                        static_cast<uInt>(out.size() - 4)));
  return out;
}

class Frames {
 public:
  Frames(std::string_view bytes, PictureSize size, size_t most)
      : rest_(bytes), size_(size), most_(most) {}

  std::vector<PngFrame> run() {
    signature_ = rest_.substr(0, kSignatureBytes);
    rest_.remove_prefix(signature_.size());
    constexpr size_t kAround = 12;  // size, type and checksum
    while (rest_.size() >= kAround && out_.size() < most_) {
      const size_t size = big_endian(rest_, 0);
      if (size > rest_.size() - kAround) break;
      take(rest_.substr(4, 4), rest_.substr(8, size));
      rest_.remove_prefix(size + kAround);
    }
    end_frame();
    if (out_.size() > most_) out_.resize(most_);
    return std::move(out_);
  }

 private:
  void take(std::string_view type, std::string_view data) {
    if (type == "IHDR") {
      header_ = data;
    } else if (type == "PLTE" || type == "tRNS") {
      const bool wanted = before_data_ && data.size() <= kColoursMax;
      if (wanted && colours_.size() < kColoursMax) {
        colours_ += chunk(type, data);
      }
    } else if (type == "IDAT") {
      before_data_ = false;
    } else if (type == "fcTL") {
      end_frame();
      begin_frame(data);
    } else if (type == "fdAT" && data.size() > kSequenceBytes) {
      data_ += data.substr(kSequenceBytes);
    }
  }

  void begin_frame(std::string_view control) {
    constexpr size_t kSizes = 8;
    if (control.size() != kControlBytes || header_.size() <= kSizes) return;
    const uint64_t width = big_endian(control, 4);
    const uint64_t height = big_endian(control, 8);
    frame_ = PngFrame();
    frame_.left = big_endian(control, 12);
    frame_.top = big_endian(control, 16);
    frame_.disposal = static_cast<PngFrame::Disposal>(
        std::min<unsigned char>(static_cast<unsigned char>(control[24]), 2));
    frame_.over = control[25] == 1;
    fits_ = width > 0 && height > 0 && frame_.left + width <= size_.width &&
            frame_.top + height <= size_.height;
    std::string header(control.substr(4, kSizes));
    header += header_.substr(kSizes);
    frame_.file = std::string(signature_) + chunk("IHDR", header);
  }

  void end_frame() {
    const std::string data = std::exchange(data_, {});
    if (!std::exchange(fits_, false) || data.empty()) return;
    frame_.file += colours_ + chunk("IDAT", data) + chunk("IEND", "");
    out_.push_back(std::move(frame_));
  }

  std::string_view rest_;
  PictureSize size_;
  size_t most_;
  std::string_view signature_;
  std::string_view header_;
  std::string colours_;
  bool before_data_ = true;
  PngFrame frame_;
  bool fits_ = false;  // a frame is open, and lies within the picture
  std::string data_;
  std::vector<PngFrame> out_;
};

void clear(const PngFrame& frame, const Frame& decoded, uint8_t light,
           GreyPicture& picture) {
  for (uint32_t y = 0; y < decoded.on_white.height; ++y) {
    std::fill_n(picture.row(frame.top + y) + frame.left, decoded.on_white.width,
                light);
  }
}

}  // namespace

uint32_t big_endian(std::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::vector<PngFrame> png_frames(std::string_view bytes, PictureSize size,
                                 size_t most) {
  return Frames(bytes, size, most).run();
}

void draw_frame(const PngFrame& frame, const Frame& decoded, Frame& canvas) {
  const GreyPicture& white = decoded.on_white;
  const GreyPicture& black =
      decoded.on_black.empty() ? decoded.on_white : decoded.on_black;
  for (uint32_t y = 0; y < white.height; ++y) {
    uint8_t* on_white = canvas.on_white.row(frame.top + y) + frame.left;
    uint8_t* on_black = canvas.on_black.row(frame.top + y) + frame.left;
    for (uint32_t x = 0; x < white.width; ++x) {
      const int ink = black.row(y)[x];
      const int through = white.row(y)[x] - ink;
      const auto below = [&](int light) {
        return static_cast<uint8_t>(ink + through * light / 255);
      };
      on_white[x] = below(frame.over ? on_white[x] : 0xFF);
      on_black[x] = below(frame.over ? on_black[x] : 0);
    }
  }
}

void dispose(const PngFrame& frame, const Frame& decoded, Frame before,
             Frame& canvas) {
  if (frame.disposal == PngFrame::Disposal::previous) {
    canvas = std::move(before);
  } else if (frame.disposal == PngFrame::Disposal::background) {
    clear(frame, decoded, 0xFF, canvas.on_white);
    clear(frame, decoded, 0, canvas.on_black);
  }
}

}  // namespace simwarden
