// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "report/numbers.h"

namespace simwarden {

// The place of a name in a map that stays small; beyond kNamesMax that of
// kOther.
template <typename Value>
Value& bounded(std::map<std::string, Value>& values, std::string_view name) {
  const auto found = values.find(std::string(name));
  if (found != values.end()) return found->second;
  return values[std::string(values.size() < kNamesMax ? name : kOther)];
}

// What is counted under the names of a database: the values stay in an ordered
// map, found by hash. Names beyond `names_max` share the place kOther.
template <typename Value>
class Places {
 public:
  struct Place {
    Value* value = nullptr;
    // For who counts a record once: the record that was counted last.
    uint64_t record = 0;
  };

  // The map must outlive it, and keep what it has.
  explicit Places(std::map<std::string, Value>& values,
                  size_t names_max = kNamesMax)
      : values_(values), names_max_(names_max) {}

  Place& find(std::string_view name) {
    if (last_ != nullptr && last_->first == name) return last_->second;
    const auto known = places_.find(name);
    if (known != places_.end()) return (last_ = &*known)->second;
    const bool full = values_.size() >= names_max_ &&
                      values_.find(std::string(name)) == values_.end();
    if (full && name != kOther) return find(kOther);
    const auto made = values_.try_emplace(std::string(name)).first;
    return places_.try_emplace(made->first, Place{&made->second}).first->second;
  }
  Value& at(std::string_view name) { return *find(name).value; }
  const std::map<std::string, Value>& all() const { return values_; }

 private:
  std::map<std::string, Value>& values_;
  size_t names_max_;
  // Keys are those of the map.
  std::unordered_map<std::string_view, Place> places_;
  // Most records say what the one before said.
  std::pair<const std::string_view, Place>* last_ = nullptr;
};

}  // namespace simwarden
