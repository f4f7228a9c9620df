// SPDX-License-Identifier: Apache-2.0
#include "picture/grey.h"

namespace simwarden {

GreyPicture reduced(const GreyPicture& picture, uint32_t factor) {
  if (factor <= 1) return picture;
  GreyPicture out(picture.width / factor, picture.height / factor, 0);
  const uint32_t area = factor * factor;
  std::vector<uint32_t> sums(out.width);
  for (uint32_t y = 0; y < out.height; ++y) {
    sums.assign(out.width, 0);
    for (uint32_t line = 0; line < factor; ++line) {
      const uint8_t* from = picture.row(y * factor + line);
      for (uint32_t x = 0; x < out.width; ++x) {
        for (uint32_t i = 0; i < factor; ++i) sums[x] += *from++;
      }
    }
    uint8_t* to = out.row(y);
    for (uint32_t x = 0; x < out.width; ++x) {
      to[x] = static_cast<uint8_t>(sums[x] / area);
    }
  }
  return out;
}

}  // namespace simwarden
