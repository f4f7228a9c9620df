// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace simwarden {

// A picture in shades of grey, row by row; 0 is black.
struct GreyPicture {
  uint32_t width = 0;
  uint32_t height = 0;
  std::vector<uint8_t> light;

  GreyPicture() = default;
  GreyPicture(uint32_t w, uint32_t h, uint8_t fill)
      : width(w), height(h), light(size_t{w} * h, fill) {}
  size_t pixels() const { return light.size(); }
  bool empty() const { return light.empty(); }
  uint8_t* row(uint32_t y) { return light.data() + size_t{y} * width; }
  const uint8_t* row(uint32_t y) const {
    return light.data() + size_t{y} * width;
  }
};

// ITU-R BT.601.
inline uint8_t grey_of(uint32_t red, uint32_t green, uint32_t blue) {
  return static_cast<uint8_t>((red * 299 + green * 587 + blue * 114 + 500) /
                              1000);
}

// From black to white where the darkest and the lightest of a picture lie near
// each other: a code in light grey or orange on white, which cameras read. What
// has next to no contrast is noise on one colour. Empty: left as it is.
GreyPicture with_contrast(const GreyPicture& picture);

// Each pixel the mean of factor x factor. What is left at the right and the
// lower edge is dropped. REQUIRES: 1 <= factor <= the picture's sides.
GreyPicture reduced(const GreyPicture& picture, uint32_t factor);

}  // namespace simwarden
