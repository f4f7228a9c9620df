// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>

#include "diag/issue.h"
#include "notation/yaml.h"
#include "policy/pack.h"

namespace simwarden {

// What profiles are read against.
struct ProfileContext {
  // Every declared parameter with its default, by name.
  const std::map<std::string, Parameter>* declared = nullptr;
  // True for a name that only a pack that is not loaded declares: shared
  // profiles speak to all packs beside them.
  std::function<bool(const std::string&)> declared_elsewhere;
  bool named_by_file = true;  // the file must be called like the profile
};

struct ProfileFile {
  Profile profile;
  Place place;                          // of its name
  std::map<std::string, Place> values;  // where it sets which parameter
};

// Reads profiles/NAME.yaml.
ProfileFile read_profile(const SourceText& file, const ProfileContext& context,
                         Issues& issues);

// The profile `generic` of packs that have no profiles: all defaults.
Profile profile_of_defaults(const std::map<std::string, Parameter>& declared);

}  // namespace simwarden
