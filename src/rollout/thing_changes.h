// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lists/word_set.h"
#include "rollout/policy_diff.h"

namespace simwarden {

// A thing as keys with texts, in order; absent keys are "".
struct Described {
  struct Key {
    std::string name;
    std::string value;
    enum class Kind : uint8_t { word, prose, condition } kind = Kind::word;
  };
  struct Set {
    std::string name;
    std::vector<std::string> members;
  };
  std::string title;
  std::vector<Key> keys;
  std::vector<Set> sets;
  std::string asks;  // of the conditions: request, message
};
using Things = std::map<std::string, Described>;

// True when two conditions are proven to be one.
using AreOne = std::function<bool(std::string_view asks, std::string_view,
                                  std::string_view)>;

// What was added, removed and changed, by name.
std::vector<ThingChange> changes_of(const Things& before, const Things& after,
                                    const AreOne& are_one);

// Members of both by their order in each; linear. `altered` is left empty.
SetChange changes_of_set(std::string_view key, const WordSet& before,
                         const WordSet& after);

}  // namespace simwarden
