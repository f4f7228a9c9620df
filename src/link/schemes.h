// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What may stand before the ":" of a link.
namespace simwarden {

inline constexpr size_t kSchemeMax = 24;

bool is_scheme_char(char c);
// "http" for "hxxp", "https" for "htps"; others as written.
std::string real_scheme(std::string_view written);
// Where the scheme begins in a word that ends with one: "seehttp://x", as words
// grow together in Chinese adverts.
size_t scheme_begin(std::string_view word);
// An app's scheme needs no "//" in running text when what stands behind the
// colon, at `i`, is what the app reads: "tg:resolve?…"; "tel: 555" is a label.
bool is_app_link(std::string_view text, size_t i, std::string_view scheme);

}  // namespace simwarden
