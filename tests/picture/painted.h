// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "picture/grey.h"

// Pictures for tests, painted anew each time: codes by ZXing's writer, files by
// the libraries that write each format.
namespace simwarden::painted {

// A code of a kind of kPictureCodeKinds, `module` pixels a module, with its
// margin.
GreyPicture code(std::string_view content, std::string_view kind = "qr_code",
                 uint32_t module = 4);

// Turned by quarters to the right, light on dark, put on a larger sheet.
GreyPicture turned(const GreyPicture& picture);
GreyPicture inverted(GreyPicture picture);
GreyPicture sheet(uint32_t width, uint32_t height, uint8_t light = 255);
void put(GreyPicture& sheet, const GreyPicture& picture, uint32_t left,
         uint32_t top);
// Turned by an angle, in degrees, about its middle.
GreyPicture slanted(const GreyPicture& picture, double degrees);

// A wall of corners of QR codes, side by side, a module of white between them.
GreyPicture corners(uint32_t side, uint32_t module);
// The same lengths of black and white, in turns, from left to right again and
// again.
GreyPicture stripes(uint32_t side, std::span<const uint32_t> lengths);

// Files. PNG: `alpha` makes white transparent; `interlaced` as Adam7.
std::string png(const GreyPicture& picture, bool interlaced = false);
// Black where the picture is black, transparent elsewhere; `ink` is 0 or 255.
std::string png_on_nothing(const GreyPicture& picture, uint8_t ink,
                           bool interlaced = false);
// `page`, then black frames, then `ink` on nothing, each of its size, at
// 10, 20.
std::string animated_png(const GreyPicture& page, const GreyPicture& ink,
                         uint32_t black_before, uint8_t disposal);
std::string jpeg(const GreyPicture& picture, bool progressive = false);
std::string gif(const GreyPicture& picture, uint32_t white_frames_before = 0);
// On nothing, behind a black frame of which the disposal is done before.
std::string gif_behind_dark(const GreyPicture& picture, int disposal);
std::string webp(const GreyPicture& picture);
std::string bmp(const GreyPicture& picture, uint32_t bits = 24);
// A PNG of one colour, whatever its size: some bytes a line.
std::string blank_png(uint32_t width, uint32_t height);

// With signs, as terminals show codes: two lines of modules a line of text.
std::string half_blocks(std::string_view content, bool light_on_dark = false);
// `ink` and `paper` for each module, `times` each.
std::string signs(std::string_view content, std::string_view ink,
                  std::string_view paper, int times);

}  // namespace simwarden::painted
