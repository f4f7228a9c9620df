// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "picture/decoders.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr std::array<PictureFormat, 5> kFormats = {{
    {"png",
     [](std::string_view bytes) {
       return bytes.starts_with("\x89PNG\r\n\x1a\n"sv);
     },
     png_size, decode_png},
    {"jpeg",
     [](std::string_view bytes) { return bytes.starts_with("\xFF\xD8\xFF"sv); },
     jpeg_size, decode_jpeg},
    {"gif",
     [](std::string_view bytes) {
       return bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv);
     },
     gif_size, decode_gif},
    {"webp",
     [](std::string_view bytes) {
       return bytes.starts_with("RIFF"sv) && bytes.size() > 12 &&
              bytes.substr(8, 4) == "WEBP"sv;
     },
     webp_size, decode_webp},
    // Two letters of ordinary words: the reserved bytes are zero as well.
    {"bmp",
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
