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
  // Of what a file names: what is said there when there is none. Without a
  // message: no file does.
  Issue unknown_profile = {};
  Issue unknown_language = {};
  // What else has to be there.
  struct NamedProfile {
    std::string name;
    Issue unknown;
  };
  std::vector<NamedProfile> more_profiles = {};
};

}  // namespace simwarden
