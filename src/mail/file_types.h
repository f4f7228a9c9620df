// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace simwarden {

// The media type of a file by its first bytes: pictures, PDF, archives,
// programs, HTML, RTF and the old office formats; "" when they say nothing.
std::string_view detect_file_type(std::string_view bytes);

}  // namespace simwarden
