// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "picture/grey.h"

namespace simwarden {

// What ZXing would spend, counted in pixels that it looks through, behind all
// beginnings of PDF417 codes (ISO/IEC 15438, 5.3.2) in a picture in black and
// white, in all four directions: at least as many as it will, 0 where it will
// not look.
uint64_t pixels_behind_pdf417(const GreyPicture& black_and_white);

}  // namespace simwarden
