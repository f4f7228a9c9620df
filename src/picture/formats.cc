// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "picture/decoders.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// Its library keeps four bytes a pixel twice, and we a picture on white and one
// on black.
constexpr uint64_t kWebpPixelsMax = 26'000'000;
// A picture on white and one on black, as they are, as they were before a frame
// and as they are looked through.
constexpr uint64_t kGifPixelsMax = 40'000'000;

constexpr std::array<PictureFormat, 5> kFormats = {{
    {"png", kPicturePixelsMax,
     [](std::string_view bytes) {
       return bytes.starts_with("\x89PNG\r\n\x1a\n"sv);
     },
     png_size, decode_png},
    {"jpeg", kPicturePixelsMax,
     [](std::string_view bytes) { return bytes.starts_with("\xFF\xD8\xFF"sv); },
     jpeg_size, decode_jpeg},
    {"gif", kGifPixelsMax,
     [](std::string_view bytes) {
       return bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv);
     },
     gif_size, decode_gif},
    {"webp", kWebpPixelsMax,
     [](std::string_view bytes) {
       return bytes.starts_with("RIFF"sv) && bytes.size() > 12 &&
              bytes.substr(8, 4) == "WEBP"sv;
     },
     webp_size, decode_webp},
    // Two letters of ordinary words: the reserved bytes are zero as well.
    {"bmp", kPicturePixelsMax,
     [](std::string_view bytes) {
       return bytes.starts_with("BM"sv) && bytes.size() > 14 &&
              bytes.substr(6, 4) == "\0\0\0\0"sv;
     },
     bmp_size, decode_bmp},
}};

}  // namespace

const PictureFormat* picture_format(std::string_view bytes) {
  const auto* found =
      std::find_if(kFormats.begin(), kFormats.end(),
                   [&](const PictureFormat& row) { return row.is_it(bytes); });
  return found == kFormats.end() ? nullptr : found;
}

}  // namespace simwarden
