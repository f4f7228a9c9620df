// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

// What the plain view (text/views.h) has where `part` stands inside of a text:
// all steps but escapes, and white space as it comes.
//
//   fold_part("2ª")   // "2a"
//
// REQUIRES: no ASCII capital is in it.
std::string fold_part(std::string_view part);

}  // namespace simwarden
