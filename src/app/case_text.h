// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "facts/facts.h"

namespace simwarden {

// The record as it was read, in clear, as one JSON object that `screen` can
// read again; for a case (store/case_texts.h). Codes of every kind are "[code]"
// even here: fields that hold one, and codes inside texts. The record is the
// one that `facts` look at.
std::string case_text(Facts& facts);

}  // namespace simwarden
