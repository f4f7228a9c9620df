// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "picture/grey.h"
#include "picture/picture.h"

namespace simwarden {

// What a message's pictures may still cost, in pixels.
struct PictureBudget {
  uint64_t decoded = kDecodedPixelsMax;
  uint64_t searched = kSearchedPixelsMax;
  uint64_t behind_pdf417 = kPixelsBehindPdf417Max;
  uint64_t along_edges = kStepsAlongEdgesMax;
  size_t codes = kPictureCodesMax;
};

// Looks through one picture, in its size and in smaller ones, dark on light
// and light on dark, and adds what is found, in the order of kinds and places.
// `scale`: how much larger the picture was, for the boxes. Gives `read`; or
// `crowded` or `left_out` where QR, PDF417 or Data Matrix codes were not looked
// for, since more of them begin than codes do, or than can still be paid for.
FileReading find_codes(const GreyPicture& picture, uint32_t scale,
                       uint32_t frame, PictureBudget& budget,
                       std::vector<PictureCode>& codes);

}  // namespace simwarden
