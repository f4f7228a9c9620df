// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace cel {

// Where `wanted` first stands at or after `from`; npos if nowhere. Time grows
// with the two sizes added, whatever they hold: std::string_view::find() takes
// their product for "aaa…a" in "aaa…ab".
size_t find_text(std::string_view text, std::string_view wanted,
                 size_t from = 0);
// Where it last stands at or before `from`. Likewise.
size_t find_last_text(std::string_view text, std::string_view wanted,
                      size_t from);

}  // namespace cel
