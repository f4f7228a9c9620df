// SPDX-License-Identifier: Apache-2.0
#include "picture/grey.h"

#include <algorithm>
#include <array>

namespace simwarden {

GreyPicture with_contrast(const GreyPicture& picture) {
  constexpr uint32_t kNoise = 40;
  constexpr uint32_t kEnough = 160;
  if (picture.empty()) return {};
  const auto [darkest, lightest] =
      std::minmax_element(picture.light.begin(), picture.light.end());
  const uint32_t low = *darkest;
  const uint32_t range = *lightest - low;
  if (range < kNoise || range >= kEnough) return {};
  std::array<uint8_t, 256> stretched{};
  for (uint32_t i = low; i <= low + range; ++i) {
    stretched[i] = static_cast<uint8_t>((i - low) * 255 / range);
  }
  GreyPicture out = picture;
  for (uint8_t& light : out.light) light = stretched[light];
  return out;
}

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
