// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/ledger.h"
#include "desk/meters.h"

// The daemon at a glance, as one HTML page without scripts.
namespace simwarden {

struct StatusFacts {
  struct Door {
    std::string name;
    std::string protocol;
    std::string place;
    Meters::DoorCounts counts;
  };
  std::string digest;
  std::vector<std::string> packs;
  std::string profile;
  std::vector<Door> doors;
  std::optional<LedgerCounts> ledger;
  uint64_t reloads = 0;
  std::string last_trouble;
  std::string keys_trouble;
};

std::string draw_status(const StatusFacts& facts);

}  // namespace simwarden
