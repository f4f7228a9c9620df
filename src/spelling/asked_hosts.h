// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "spelling/told_words.h"

namespace simwarden {

// Where the word of that row begins that stands in front of `host`, with a few
// signs and one short word between at most; npos when none does.
size_t word_before(Saying what, std::string_view text, size_t host);

// A word that names a page or asks to open one stands directly in front of
// `host`, with a short word between.
bool is_asked_behind(std::string_view text, size_t host);
// "en demoshop": a preposition as of a place stands directly in front.
bool is_placed_behind(std::string_view text, size_t host);
// The word that ends at `end` is such a one or such a short word.
bool leads_to_host(std::string_view text, size_t end);

}  // namespace simwarden
