// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Hosts whose name is of another alphabet than the Latin one: "демошоп точка
// рф", デモショップドットコム, 데모숍.com. Han parts no words, and is none.
namespace simwarden {

// Where the letters of one such alphabet begin that end at `end`; `end` where
// these are too few or too many for a name.
size_t foreign_label_begin(std::string_view text, size_t end);

// "데모숍.com": where the name begins whose dot stands at `dot`, with an ending
// behind that is no word; `dot` when none does.
size_t foreign_host_begin(std::string_view text, size_t dot);

// A word that names a page or asks to open one stands directly in front of a
// host, or soon behind it, as in languages that put their verbs last.
bool is_asked_around(std::string_view text, Range host);

}  // namespace simwarden
