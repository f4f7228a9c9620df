// SPDX-License-Identifier: Apache-2.0
#include "diag/trouble.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace simwarden {

Error trouble_with(const std::string& path, std::string_view what) {
  return {Trouble::environment, fmt::format("{}: {}", path, what)};
}

Error system_trouble(const std::string& path, std::string_view what) {
  return system_trouble(path, what, errno);
}

Error system_trouble(const std::string& path, std::string_view what, int why) {
  return trouble_with(path, fmt::format("{}: {}", what, std::strerror(why)));
}

}  // namespace simwarden
