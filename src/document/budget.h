// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "picture/picture.h"

namespace simwarden {

// A longer target is cut: the host stands in front.
inline constexpr size_t kDocumentTargetBytesMax = size_t{8} << 10;

// Of all PDF files, office files and archives of a message, those inside each
// other too.
struct DocumentBudget {
  // What they unpack to, or what is read for it where that is more: bytes that
  // unpack to nothing cost as much (`Unpacked::cost`).
  size_t unpacked = size_t{64} << 20;
  // Bytes of dictionaries and tables of PDF files that are read, and of strings
  // that are drawn, each as often as it is: many pages, forms and fonts may
  // name one. Those of a long document are some hundred kB. What RTF files
  // decode costs of it, too.
  size_t work = size_t{32} << 20;
  size_t links = 1000;
  // Bytes of text of PDF and RTF files, as much as a message shows of its own:
  // five pages each of forty documents.
  size_t text = size_t{1} << 20;
  // Larger documents have more pictures than a person looks at.
  size_t pictures = 200;
  // Files in archives and office files. Long presentations have some thousand.
  size_t entries = 10'000;

  void pay_for_unpacking(size_t cost) { unpacked -= std::min(unpacked, cost); }
  // False when there is no more: what is to be done is left out, and said.
  bool pay_for_work(size_t cost) {
    if (cost > work) {
      cut = true;
      return false;
    }
    work -= cost;
    return true;
  }
  // What a reader sees was left out, since it is more than any honest document
  // has.
  bool cut = false;
};

// What is over a bound: whether it was made to be.
constexpr FileReading over_a_bound(size_t packed, size_t unpacked) {
  return unpacked / kBombPixelsPerByte > packed ? FileReading::bomb
                                                : FileReading::too_large;
}

// Whether a file was made to become large, though no bound was reached. One
// layer makes at most 1,032 bytes of one (Deflate, zlib's "Technical details")
// or 1,364 (LZW); white pages and logs that say nothing come near. What becomes
// more was packed and packed again, which saves nobody anything. What stays
// below a megabyte costs nothing to look at.
constexpr bool is_packed_in_packed(size_t packed, size_t unpacked) {
  constexpr size_t kUnpackedMin = size_t{1} << 20;
  constexpr size_t kRatioMax = 2000;
  return unpacked > kUnpackedMin && unpacked / kRatioMax > packed;
}

}  // namespace simwarden
