// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// Files that run a program, or install an app or a profile, when a person opens
// them: told by the ending of the name.
namespace simwarden {

struct ProgramFile {
  // In a link some endings are something else: of hosts (".com"), of parts of
  // a page (".js"), of a page itself (".dll"). A manifest (".plist") installs
  // an app by a link alone.
  enum class In : uint8_t { both, attachment, link };

  std::string_view ending;  // small, without the dot
  // The media types that its first bytes may have, parted by a blank; kAnyBytes
  // where they tell nothing.
  std::string_view detected;
  In in = In::both;
};
inline constexpr std::string_view kAnyBytes = "*";

// Null for an ending that is no program's.
const ProgramFile* find_program_file(std::string_view ending);

}  // namespace simwarden
