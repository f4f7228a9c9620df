// SPDX-License-Identifier: Apache-2.0
// libpng leaves a broken file with longjmp: everything that must be destroyed
// lives in PngReader, outside of the functions that are jumped out of.
#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>

#include <png.h>

#include "picture/decoders.h"
#include "picture/png_frames.h"

namespace simwarden {
namespace {

// A palette or a colour profile has some KiB.
constexpr size_t kChunkBytesMax = size_t{4} << 20;
// Of one that is interlaced and lets something through all rows are kept, two
// bytes a pixel, beside the picture on black.
constexpr uint64_t kKeptWholePixelsMax = 40'000'000;

class PngReader {
 public:
  explicit PngReader(std::string_view bytes)
      : rest_(bytes), block_bytes_max_(std::max(kChunkBytesMax, bytes.size())) {
    png_ = png_create_read_struct_2(
        PNG_LIBPNG_VER_STRING, nullptr,
        [](png_structp png, png_const_charp) { png_longjmp(png, 1); },
        [](png_structp, png_const_charp) {}, &block_bytes_max_, allocate,
        [](png_structp, png_voidp memory) { std::free(memory); });
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  FileReading read(Frame& frame) {
    if (info_ == nullptr) return FileReading::broken;
    if (!read_header()) return FileReading::broken;
    width_ = png_get_image_width(png_, info_);
    height_ = png_get_image_height(png_, info_);
    has_alpha_ = png_get_channels(png_, info_) == 2;
    const size_t row = png_get_rowbytes(png_, info_);
    if (row != size_t{width_} * (has_alpha_ ? 2 : 1))
      return FileReading::broken;
    const bool kept_whole = has_alpha_ && passes_ > 1;
    if (kept_whole && uint64_t{width_} * height_ > kKeptWholePixelsMax) {
      return FileReading::too_large;
    }
    // Of an interlaced picture each pass adds to all rows.
    rows_.assign(passes_ > 1 ? row * height_ : row, 0xFF);
    if (passes_ == 1) frame_.on_white = GreyPicture(width_, height_, 0xFF);
    if (has_alpha_) frame_.on_black = GreyPicture(width_, height_, 0);
    const bool whole = read_rows();
    if (!whole && lines_ == 0) return FileReading::broken;
    if (passes_ > 1) show_all();
    frame = std::move(frame_);
    return whole ? FileReading::read : FileReading::partly;
  }

 private:
  // A chunk says how long it is, up to 2 GiB, and libpng makes room for that:
  // its own bound is for it a warning.
  static png_voidp allocate(png_structp png, png_alloc_size_t size) {
    const auto most = *static_cast<const size_t*>(png_get_mem_ptr(png));
    return size <= most ? std::malloc(size) : nullptr;
  }

  bool read_header() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_set_read_fn(png_, this, [](png_structp png, png_bytep to, size_t size) {
      if (!static_cast<PngReader*>(png_get_io_ptr(png))->give(to, size)) {
        png_longjmp(png, 1);
      }
    });
    png_set_user_limits(png_, kPictureSideMax, kPictureSideMax);
    png_set_chunk_malloc_max(png_, kChunkBytesMax);
    // Packed texts and profiles, which nobody looks at, are passed over: of
    // those that it knows, too (-1), libpng would unpack and keep a thousand.
    png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_read_info(png_, info_);
    png_set_expand(png_);
    png_set_strip_16(png_);
    png_set_rgb_to_gray(png_, PNG_ERROR_ACTION_NONE, -1, -1);
    passes_ = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }

  // Data is asked for in large pieces: of the last one what there is, so that
  // its lines are seen.
  bool give(uint8_t* to, size_t size) {
    if (rest_.empty()) return false;
    const size_t count = std::min(size, rest_.size());
    std::memcpy(to, rest_.data(), count);
    std::memset(to + count, 0, size - count);
    rest_.remove_prefix(count);
    return true;
  }

  bool read_rows() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    const size_t row = png_get_rowbytes(png_, info_);
    for (int pass = 0; pass < passes_; ++pass) {
      for (uint32_t y = 0; y < height_; ++y) {
        uint8_t* to = rows_.data() + (passes_ > 1 ? row * y : 0);
        png_read_row(png_, to, nullptr);
        ++lines_;
        if (passes_ == 1) show(y, to, frame_.on_white.row(y));
      }
    }
    return true;
  }

  // The rows become the picture on white where they lie: a second picture
  // beside them would be a quarter of what a mail may take.
  void show_all() {
    const size_t row = rows_.size() / height_;
    for (uint32_t y = 0; y < height_; ++y) {
      show(y, rows_.data() + row * y, rows_.data() + size_t{width_} * y);
    }
    rows_.resize(size_t{width_} * height_);
    frame_.on_white.width = width_;
    frame_.on_white.height = height_;
    frame_.on_white.light = std::move(rows_);
  }

  // `white` may lie in `from` or before it.
  void show(uint32_t y, const uint8_t* from, uint8_t* white) {
    if (!has_alpha_) {
      std::memmove(white, from, width_);
      return;
    }
    uint8_t* black = frame_.on_black.row(y);
    for (uint32_t x = 0; x < width_; ++x) {
      const uint32_t light = from[2 * x];
      const uint32_t alpha = from[2 * x + 1];
      black[x] = static_cast<uint8_t>(light * alpha / 255);
      white[x] = static_cast<uint8_t>(black[x] + 255 - alpha);
    }
  }

  std::string_view rest_;
  size_t block_bytes_max_;  // what is longer than the file is not in it
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  uint32_t width_ = 0;
  uint32_t height_ = 0;
  bool has_alpha_ = false;
  int passes_ = 1;
  uint64_t lines_ = 0;
  std::vector<uint8_t> rows_;
  Frame frame_;
};

}  // namespace

// The header is the first chunk (PNG, 5.6).
std::optional<PictureSize> png_size(std::string_view bytes) {
  constexpr size_t kHeaderEnd = 24;
  if (bytes.size() < kHeaderEnd || bytes.substr(12, 4) != "IHDR") return {};
  return PictureSize{big_endian(bytes, 16), big_endian(bytes, 20)};
}

namespace {

// What is paid for decoding: samples of two bytes take twice the time. Their
// depth stands behind the size. REQUIRES: the header is there.
uint64_t price_of(std::string_view bytes) {
  constexpr size_t kDepth = 24;
  const bool deep = bytes.size() > kDepth && bytes[kDepth] == 16;
  return png_size(bytes)->pixels() * (deep ? 2 : 1);
}

FileReading decode_first(std::string_view bytes,
                         const PictureDecoding& decoding) {
  const uint64_t paid = png_size(bytes)->pixels();
  if (!decoding.pay(price_of(bytes) - paid)) return FileReading::left_out;
  Frame frame;
  const FileReading reading = PngReader(bytes).read(frame);
  if (!frame.on_white.empty()) decoding.take(frame);
  return reading;
}

// A picture on white and one on black, those of a frame and of the one before
// it.
constexpr uint64_t kMovingPixelsMax = 20'000'000;

// Behind the first picture, which need not be part of the animation.
FileReading decode_frames(std::string_view bytes,
                          const PictureDecoding& decoding) {
  const auto size = png_size(bytes);
  if (size->pixels() > kMovingPixelsMax) return FileReading::partly;
  const std::vector<PngFrame> frames =
      png_frames(bytes, *size, kPictureFramesMax);  // and the first picture
  if (frames.empty()) return FileReading::read;
  Frame canvas{GreyPicture(size->width, size->height, 0xFF),
               GreyPicture(size->width, size->height, 0)};
  FileReading reading = FileReading::read;
  for (size_t i = 0; i < frames.size(); ++i) {
    if (i + 1 == kPictureFramesMax) return FileReading::partly;
    if (!decoding.pay(price_of(bytes))) return FileReading::partly;
    Frame decoded;
    if (PngReader(frames[i].file).read(decoded) != FileReading::read) {
      reading = FileReading::partly;
    }
    if (decoded.on_white.empty()) continue;
    const bool restored = frames[i].disposal == PngFrame::Disposal::previous;
    Frame before = restored ? canvas : Frame();
    draw_frame(frames[i], decoded, canvas);
    if (!decoding.take(canvas)) return FileReading::partly;
    dispose(frames[i], decoded, std::move(before), canvas);
  }
  return reading;
}

}  // namespace

FileReading decode_png(std::string_view bytes,
                       const PictureDecoding& decoding) {
  if (!png_size(bytes)) return FileReading::broken;
  const FileReading first = decode_first(bytes, decoding);
  constexpr std::string_view kAnimated = "fcTL";
  if (bytes.find(kAnimated) == bytes.npos) return first;
  const FileReading others = decode_frames(bytes, decoding);
  return first == FileReading::read ? others : first;
}

}  // namespace simwarden
