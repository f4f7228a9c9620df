// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simwarden {

// The samples of a picture of a PDF (ISO 32000-2, 8.9.5) as a file that
// read_pictures() takes. `dictionary`: the words of the stream's dictionary;
// `samples`: what the stream unpacks to. Nothing when it is no picture, or not
// one of up to 8 bits in grey or numbers of colours, or of 8 bits in red,
// green, blue or in four inks.
std::optional<std::string> picture_of_samples(std::string_view dictionary,
                                              std::string_view samples);

}  // namespace simwarden
