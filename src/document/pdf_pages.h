// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "document/pdf_objects.h"

namespace simwarden {

// The objects of the first pages of a PDF that draw something, in the order in
// which they are shown (ISO 32000-2, 7.7.3). Where there is no tree of pages
// that can be followed, those that stand anywhere, by their numbers.
std::vector<uint32_t> first_pages(PdfObjects& objects, size_t pages_max);

}  // namespace simwarden
