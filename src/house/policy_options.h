// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "diag/issue.h"

namespace simwarden {

// By which policies is judged.
struct PolicyOptions {
  std::vector<std::string> paths;    // --policy; empty: the shipped policies
  std::vector<std::string> lists;    // --lists: folders laid over theirs
  std::vector<std::string> waivers;  // --waivers: files beside theirs
  std::string profile = "generic";   // --profile NAME or FILE
  std::string language = "en";       // --language of reasons and remedies
  // Of a profile that a file names: what is said there when there is none.
  // Without a message: no file does.
  Issue unknown_profile = {};
};

}  // namespace simwarden
