// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace simwarden {

// A block whose kept facts cannot be read, or not to their end.
struct DamagedFacts {
  int64_t block = 0;
  std::string source;
  uint64_t records = 0;  // that were not read
  std::string what;
};

// All of them; so many are named.
struct KeptDamage {
  static constexpr size_t kNamedMax = 100;

  uint64_t blocks = 0;
  uint64_t records = 0;
  std::vector<DamagedFacts> named;

  void add(DamagedFacts found) {
    ++blocks;
    records += found.records;
    if (named.size() < kNamedMax) named.push_back(std::move(found));
  }
};

}  // namespace simwarden
