// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/contact.h"
#include "likeness/likeness.h"
#include "text/views.h"

namespace simwarden {

// What a message is likened by, as bytes of its plain view: all of it, or the
// paragraph of a short text that reads most like a scam, for honest lines
// round an advert say nothing about it.
struct LikenedPart {
  Likeness likeness;
  size_t begin = 0;
  size_t end = 0;
};

LikenedPart likened_all(const PhraseWeights& weights, const View& plain);

// `all`, or the paragraph that has more and speaks for itself: by a link or
// contact that is in no official list, or by what it says alone. `found` is of
// the same text.
LikenedPart likened_part(const PhraseWeights& weights, const View& plain,
                         const Followable& found, LikenedPart all);

}  // namespace simwarden
