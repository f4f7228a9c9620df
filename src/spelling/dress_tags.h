// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spelling/respelling.h"

// Tags that only dress letters. Where a text is shown, nobody sees them:
// "t.<b></b>me/demo_x", "t.[i]me[/i]/demo_x", "t.**me**/demo_x".
namespace simwarden {

// Behind the tags of HTML at `i` that dress letters, or comments; `i` without
// any.
size_t behind_dress_tags(std::string_view text, size_t i);

// Takes such tags out of the words of links and names, in order. Not where they
// only touch a word, as in "<b>Note</b>:".
std::vector<Respelling> undressed_words(const View& plain,
                                        std::string_view raw);

}  // namespace simwarden
