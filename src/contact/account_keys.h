// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "contact/scene.h"

// Accounts that are keys: those of Session (66 hexadecimal digits that begin
// with 05, also in groups), Tox (76 hexadecimal digits) and Threema (8 letters
// and digits).
namespace simwarden {

// Bytes of the one at `i` that the text names a little before; 0 for none.
size_t account_key_at(std::string_view text, size_t i);
// Bytes of the one at `i`, directly behind the name of its service; 0 for none.
// Short ones are in capitals.
size_t service_key_at(const Scene& scene, std::string_view service, size_t i);

}  // namespace simwarden
