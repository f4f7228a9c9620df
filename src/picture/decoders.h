// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "picture/grey.h"
#include "picture/picture.h"

// One pair of functions a format. The size comes from the header alone, and is
// held against the bounds before anything is decoded.
namespace simwarden {

struct PictureSize {
  uint32_t width = 0;
  uint32_t height = 0;
  uint64_t pixels() const { return uint64_t{width} * height; }
};

// A decoded picture as it looks on white paper, and on black where it lets the
// paper through.
struct Frame {
  GreyPicture on_white;
  GreyPicture on_black;  // empty: the same
};

// Looks at each frame; false when it wants no more of them.
using TakeFrame = std::function<bool(const Frame&)>;

// Takes so many pixels from what the message may have decoded; false, and takes
// none, when there are not so many.
using PayPixels = std::function<bool(uint64_t pixels)>;

struct PictureDecoding {
  // The picture is wanted at this part of its size at least: a decoder may
  // give it reduced by 2, 4 or 8, never by more.
  uint32_t factor = 1;
  // The pixels of the header's size are paid. What is decoded beyond them is
  // paid before: further frames, and frames that are larger than the picture.
  PayPixels pay;
  TakeFrame take;
};

struct PictureFormat {
  std::string_view name;
  // What is decoded: at most kPicturePixelsMax.
  uint64_t pixels_max;
  bool (*is_it)(std::string_view bytes);
  // Nothing: the header is broken.
  std::optional<PictureSize> (*size)(std::string_view bytes);
  // read, partly, broken, too_large, bomb or, when not even the first frame
  // could be paid, left_out. REQUIRES: the size is within the bounds.
  FileReading (*decode)(std::string_view bytes,
                        const PictureDecoding& decoding);
};

// Null: none that is read here.
const PictureFormat* picture_format(std::string_view bytes);

std::optional<PictureSize> png_size(std::string_view bytes);
FileReading decode_png(std::string_view bytes, const PictureDecoding& decoding);
std::optional<PictureSize> jpeg_size(std::string_view bytes);
FileReading decode_jpeg(std::string_view bytes,
                        const PictureDecoding& decoding);
std::optional<PictureSize> gif_size(std::string_view bytes);
FileReading decode_gif(std::string_view bytes, const PictureDecoding& decoding);
std::optional<PictureSize> webp_size(std::string_view bytes);
FileReading decode_webp(std::string_view bytes,
                        const PictureDecoding& decoding);
std::optional<PictureSize> bmp_size(std::string_view bytes);
FileReading decode_bmp(std::string_view bytes, const PictureDecoding& decoding);

}  // namespace simwarden
