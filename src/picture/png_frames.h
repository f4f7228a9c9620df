// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "picture/decoders.h"

namespace simwarden {

// A frame of an animated PNG (PNG 3, 11.3.6) behind the picture that programs
// without animations show.
struct PngFrame {
  enum class Disposal : uint8_t { none, background, previous };

  std::string file;  // a PNG of its own; its checksums are right
  uint32_t left = 0;
  uint32_t top = 0;
  Disposal disposal = Disposal::none;
  bool over = false;  // what it lets through is what lies below
};
// The number of four bytes at `at`, as PNG writes it.
// REQUIRES: at + 4 <= bytes.size().
uint32_t big_endian(std::string_view bytes, size_t at);

// The first `most` of them. REQUIRES: png_size(bytes) is `size`.
std::vector<PngFrame> png_frames(std::string_view bytes, PictureSize size,
                                 size_t most);

// Draws a frame, decoded, on what was drawn before.
void draw_frame(const PngFrame& frame, const Frame& decoded, Frame& canvas);
// What it wants done before the next one. `before`: the canvas without it.
void dispose(const PngFrame& frame, const Frame& decoded, Frame before,
             Frame& canvas);

}  // namespace simwarden
