// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "picture/grey.h"

namespace simwarden {

// What ZXing would spend on Data Matrix codes, of which it sees two sides that
// are lines (ISO/IEC 16022, 4.3): the sum of the squares of the lengths of all
// edges in a picture in black and white, halved. Stops counting behind `most`.
uint64_t steps_along_edges(const GreyPicture& black_and_white, uint64_t most);

}  // namespace simwarden
