// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace simwarden {

// By which policies is judged.
struct PolicyOptions {
  std::vector<std::string> paths;    // --policy; empty: the shipped policies
  std::vector<std::string> lists;    // --lists: folders laid over theirs
  std::vector<std::string> waivers;  // --waivers: files beside theirs
  std::string profile = "generic";   // --profile NAME or FILE
  std::string language = "en";       // --language of reasons and remedies
};

}  // namespace simwarden
