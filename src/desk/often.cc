// SPDX-License-Identifier: Apache-2.0
#include "desk/often.h"

#include <algorithm>

namespace simwarden {
namespace {

// Who floods a door makes most of what happens there.
constexpr size_t kRowsMax = 8;

}  // namespace

void Often::add(std::string_view name) {
  if (name.empty()) return;
  const auto known =
      std::find_if(rows_.begin(), rows_.end(),
                   [name](const Row& row) { return row.name == name; });
  if (known != rows_.end()) {
    ++known->times;
    return;
  }
  if (rows_.size() < kRowsMax) {
    rows_.push_back({std::string(name), 1});
    return;
  }
  for (Row& row : rows_) --row.times;
  std::erase_if(rows_, [](const Row& row) { return row.times == 0; });
}

Often::Row Often::first() const {
  const auto row = std::max_element(
      rows_.begin(), rows_.end(),
      [](const Row& a, const Row& b) { return a.times < b.times; });
  return row == rows_.end() ? Row() : *row;
}

}  // namespace simwarden
