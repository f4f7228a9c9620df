// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simwarden {

// The samples of a picture of a PDF (ISO 32000-2, 8.9.5) as a file that
// read_pictures() takes. `dictionary`: the words of the stream's dictionary;
// `packed`: the stream, `samples`: what it unpacks to. Nothing when it is no
// picture, or not one of 1 or 8 bits in grey, or of 8 bits in red, green, blue.
std::optional<std::string> picture_of_samples(std::string_view dictionary,
                                              std::string_view packed,
                                              std::string_view samples);

}  // namespace simwarden
