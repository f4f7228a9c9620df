// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "intake/byte_source.h"
#include "intake/intake.h"

// Bytes in any charset -> UTF-8, as a stream.
namespace simwarden {

struct DecodeChoice {
  std::optional<Charset> declared;
  // Look at the bytes when nothing was declared and there is no mark. JSON is
  // UTF-8 by RFC 8259; a guess would only hide what is broken.
  bool may_detect = true;
};

// Settles the charset by, in this order: a byte order mark, which is taken
// away; what was declared; the NULs of UTF-16; UTF-8; detection on the first
// kDetectBytesMax bytes. What means nothing in it becomes broken UTF-8, so that
// the row that it stands in is told. `decoding` is filled, and counted on while
// the source is read.
//
// A detected charset counts only for lines that are not UTF-8: one hostile row
// at the front must not decide how the UTF-8 behind it is read.
std::unique_ptr<PeekedSource> decode(std::unique_ptr<PeekedSource> source,
                                     const DecodeChoice& choice,
                                     std::shared_ptr<Decoding> decoding);

}  // namespace simwarden
