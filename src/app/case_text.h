// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "record/record.h"

namespace simwarden {

// The record as it was read, in clear, as one JSON object that `screen` can
// read again; for a case (store/case_texts.h). Codes of every kind are "[code]"
// even here: fields that hold one, and codes inside texts.
std::string case_text(const Record& record);

}  // namespace simwarden
