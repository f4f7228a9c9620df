// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/meters.h"
#include "desk/often.h"
#include "desk/serve_log.h"
#include "door/service.h"

// What is said in the log of requests that came to no verdict, or to one that
// was not stored. Each is counted
// (meters.h); in the log stands the first of its kind at a door, then once a
// minute how many there were since, whether or not they go on, at the end how
// many are left: whoever sends nonsense all day does not fill a disk.
// Thread-safe.
namespace simwarden {

class Incidents {
 public:
  using Clock = std::chrono::steady_clock;

  // Keeps both by reference.
  Incidents(const std::vector<ListenerSettings>& listeners, ServeLog& log)
      : listeners_(listeners), log_(log), rows_(listeners.size()) {}
  Incidents(const Incidents&) = delete;
  Incidents& operator=(const Incidents&) = delete;
  ~Incidents();

  // Connections are none.
  // Of the newest its words are told.
  void note(size_t door, DoorEvent event, Clock::time_point now,
            const Service::NoteWords& words = {});
  // Says what has waited for its minute, and how many lines that were. To be
  // asked every few seconds.
  size_t say_due(Clock::time_point now = Clock::now());

 private:
  struct Row {
    uint64_t unsaid = 0;
    std::string what;        // of the newest; empty: `why` says it all
    std::string correlator;  // of the newest; empty: it has none
    Often clients;           // of those unsaid
    std::optional<Clock::time_point> said;
  };
  void say(size_t door, size_t event);

  const std::vector<ListenerSettings>& listeners_;
  ServeLog& log_;
  std::mutex mutex_;
  std::vector<std::array<Row, kDoorEvents>> rows_;  // by door
};

}  // namespace simwarden
