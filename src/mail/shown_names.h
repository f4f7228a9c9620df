// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Names that are shown beside a text and can say as much as it does.
//
//   is_advert("SIM swap any carrier no ID tg @demo_kai88")  // true
//   is_advert("Anna Demo")                                  // false
namespace simwarden {

// A name without the mail addresses in it, which are told as such and are no
// words of the text.
std::string without_addresses(std::string_view name);

// More than the name of somebody or something: a sentence, or what could be an
// account or a number.
bool is_advert(std::string_view name);

}  // namespace simwarden
