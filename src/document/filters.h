// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/unpack.h"

// What a PDF packs its streams with besides Flate (ISO 32000-2, 7.4).
namespace simwarden {

// The names of a stream's filters, the outermost first; at most kFiltersMax.
inline constexpr size_t kFiltersMax = 8;
std::vector<std::string> filters_of(std::string_view dictionary);

// ASCIIHexDecode, ASCII85Decode, RunLengthDecode and LZWDecode; nothing for
// others. What is broken is read as far as it goes.
std::optional<Unpacked> undo_filter(std::string_view name,
                                    std::string_view packed, size_t bytes_max);

// Rows as PNG and TIFF write them, each byte as a difference to those beside
// and above it. `pixel`: the bytes between a byte and the one it belongs to.
std::string undo_png_rows(std::string_view bytes, size_t row, size_t pixel);
// By what the dictionary says of a predictor.
std::string unpredicted(std::string_view dictionary, std::string_view bytes);

}  // namespace simwarden
