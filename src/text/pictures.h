// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/views.h"

// Pictures that are written for words that a filter knows: 收📱卡 is 收手机卡
// (data/pictures.tsv). Out of such a place they are pictures; so the plain view
// leaves them alone, and whoever asks reads them a second time.
namespace simwarden {

// Pictures side by side, and what is read there; nothing where they only part a
// word.
struct PicturedWord {
  Span span;  // of the original
  std::string word;
};

// In order, apart. Linear in the text.
std::vector<PicturedWord> pictured_words(std::string_view raw);

// `plain`, a view of `raw`, with these words in their places; nothing when
// there are none.
std::optional<View> read_pictures(const View& plain, std::string_view raw);

}  // namespace simwarden
