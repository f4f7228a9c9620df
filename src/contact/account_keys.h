// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

// Accounts that are keys: those of Session, 66 hexadecimal digits that begin
// with 05.
namespace simwarden {

// Bytes of the one at `i` that the text names a little before; 0 for none.
size_t account_key_at(std::string_view text, size_t i);

}  // namespace simwarden
