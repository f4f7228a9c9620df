// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "diag/result.h"

// How an Error of the environment names the file that it is about.
namespace simwarden {

// "out.db: is not a database".
Error trouble_with(const std::string& path, std::string_view what);

// "out.db: cannot be written: Permission denied": with what errno says, or
// `why`.
Error system_trouble(const std::string& path, std::string_view what);
Error system_trouble(const std::string& path, std::string_view what, int why);

}  // namespace simwarden
