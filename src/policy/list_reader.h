// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "diag/issue.h"
#include "policy/pack.h"

namespace simwarden {

// Reads lists/NAME.yaml. Always yields what could be read: conditions that
// use a list with a mistake are checked all the same.
struct ListFile {
  std::shared_ptr<const NamedList> list;
  Place place;  // of its name
};
ListFile read_list(const SourceText& file, Issues& issues);

// True for the lists that the eye for contacts reads without being asked.
bool is_list_of_the_eye(std::string_view name);

}  // namespace simwarden
