// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "door/settings.h"
#include "door/wire.h"

// What has arrived on a wire and is not read yet, for protocols that are cut
// into pieces which say where they end.
namespace simwarden {

class Inflow {
 public:
  Inflow(Wire& wire, const ListenerSettings& settings);

  std::string_view bytes() const {
    return std::string_view(arrived_).substr(begin_);
  }
  // REQUIRES: so many are there.
  void drop(size_t count);

  // Waits for more, and tells whether it came. Half a piece has `request` from
  // its first byte on; before that there is `idle`. `between`: nothing was
  // begun, so that the end of the program ends the wait. `is_first`: nothing
  // was read at all, and `request` counts from the connection: who has said
  // nothing yet has no right to a long pause.
  Task<WireState> more(bool between, bool is_first = false);

 private:
  Wire& wire_;
  const ListenerSettings& settings_;
  std::unique_ptr<char[]> piece_;
  std::string arrived_;
  size_t begin_ = 0;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace simwarden
