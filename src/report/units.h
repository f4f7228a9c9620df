// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "report/record_numbers.h"

namespace simwarden {

// Counts agents or outlets in bounded memory. Which are told apart depends on
// their names alone, not on the order, and each of these is counted whole:
// those with the smallest hashes.
class UnitTally {
 public:
  explicit UnitTally(size_t units_max) : units_max_(units_max) {}

  void add(std::string_view name, bool stopped);
  Units finish();

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view name) const;
  };
  void shrink();

  size_t units_max_;
  size_t hash_end_ = SIZE_MAX;  // from here on they are counted together
  std::unordered_map<std::string, UnitNumbers, Hash, std::equal_to<>> units_;
  UnitNumbers others_;
};

}  // namespace simwarden
