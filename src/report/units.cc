// SPDX-License-Identifier: Apache-2.0
#include "report/units.h"

#include <algorithm>
#include <vector>

#include "report/clusters.h"

namespace simwarden {
namespace {

void add_to(UnitNumbers& sum, const UnitNumbers& more) {
  sum.requests += more.requests;
  sum.stopped += more.stopped;
}

}  // namespace

// The same on every machine, because it chooses: a pseudonym is as good as
// chance, of what is none FNV-1a, mixed.
size_t UnitTally::Hash::operator()(std::string_view name) const {
  if (const auto pseudonym = pseudonym_begin(name)) return *pseudonym;
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) hash = (hash ^ uint8_t(c)) * 0x100000001b3ULL;
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
  return hash ^ (hash >> 31);
}

void UnitTally::add(std::string_view name, bool stopped) {
  const UnitNumbers one{1, stopped ? uint64_t{1} : uint64_t{0}};
  const auto known = units_.find(name);
  if (known != units_.end()) return add_to(known->second, one);
  if (Hash()(name) >= hash_end_) return add_to(others_, one);
  units_.emplace(std::string(name), one);
  if (units_.size() > 2 * units_max_) shrink();
}

// Leaves the units_max_ with the smallest hashes; one that was ever left out
// has so many before it and is never taken in again.
void UnitTally::shrink() {
  if (units_.size() <= units_max_) return;
  std::vector<size_t> hashes;
  hashes.reserve(units_.size());
  for (const auto& [name, numbers] : units_) hashes.push_back(Hash()(name));
  const auto end = hashes.begin() + std::ptrdiff_t(units_max_);
  std::nth_element(hashes.begin(), end, hashes.end());
  hash_end_ = *end;
  for (auto at = units_.begin(); at != units_.end();) {
    if (Hash()(at->first) < hash_end_) {
      ++at;
      continue;
    }
    add_to(others_, at->second);
    at = units_.erase(at);
  }
}

Units UnitTally::finish() {
  shrink();
  Units made;
  for (auto& [name, numbers] : units_) made.known.emplace(name, numbers);
  made.others = others_;
  return made;
}

}  // namespace simwarden
