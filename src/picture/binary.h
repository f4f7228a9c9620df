// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "picture/grey.h"

namespace simwarden {

// The picture in black (0) and white (255). A pixel is black when it is darker
// than the blocks around it, so that shadows do not matter.
GreyPicture black_and_white(const GreyPicture& picture);
// Black becomes white.
void invert(GreyPicture& black_and_white);

// Corners of QR codes (ISO/IEC 18004, 6.3.3) in a picture in black and white:
// at least as many as are there, of any size and direction. Stops counting at
// `most`.
size_t count_finders(const GreyPicture& black_and_white, size_t most);

}  // namespace simwarden
