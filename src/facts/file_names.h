// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// What the name of an attached file says, and what it hides.
namespace simwarden {

struct FileName {
  // The last extension, lower case, when it is one of the table; "" else. As
  // programs go by it, and where they find none as a person sees it: without
  // what is not shown, whatever looks like a dot as one.
  std::string_view known_extension;
  bool runs = false;
  // A person sees a document's ending before one that is none, whatever signs
  // and blanks stand between.
  bool double_extension = false;
  bool reversed = false;  // turns_direction()
};
FileName read_file_name(std::string_view name);

// `detected`: the media type by the first bytes, as mail/file_types.h says;
// "" contradicts nothing, nor does what has no table row.
bool type_contradicts(std::string_view detected, const FileName& name,
                      std::string_view declared);

}  // namespace simwarden
