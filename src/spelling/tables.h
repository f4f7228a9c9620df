// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// The data files of this room (data/*.tsv), as text/tables.h has those of its
// own.
namespace simwarden::tables {

extern const std::string_view letter_names;
extern const std::string_view messenger_names;
extern const std::string_view number_words;
extern const std::string_view sign_words;
extern const std::string_view spoken_hosts;
extern const std::string_view told_words;
extern const std::string_view turned;

}  // namespace simwarden::tables
