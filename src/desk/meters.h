// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/ledger.h"
#include "door/service.h"
#include "record/verdict.h"

// What the daemon counts, as Prometheus reads it (docs/serve.md, "Watching").
// Thread-safe.
namespace simwarden {

// What of the rules in force stands beside the counts.
struct RulesetLabel {
  std::string digest;
  std::string profile;
};

class Meters {
 public:
  explicit Meters(const std::vector<ListenerSettings>& listeners);
  Meters(const Meters&) = delete;
  Meters& operator=(const Meters&) = delete;
  ~Meters();

  void judged(size_t door, const SittingTally& tally);
  void unreadable(size_t door);
  void note(size_t door, DoorEvent event, uint64_t times = 1);
  // What the program began with; no exchange.
  void begun_with(const RulesetLabel& in_force);
  void reloaded(bool ok, const RulesetLabel& in_force);
  void keys_renewed(bool ok);

  // What others count.
  struct Besides {
    const LedgerCounts* ledger = nullptr;  // null: nothing is stored
    // Texts that the automaton of the patterns had no memory for, answered by
    // the slow path.
    uint64_t scanner_exhausted = 0;
    uint64_t log_lines_dropped = 0;
    uint64_t bytes_in_flight = 0;
    std::optional<WindowFigures> windows;  // nothing: nobody counts
  };
  // In the text format.
  std::string text(const Besides& besides);

  // For the status page.
  struct DoorCounts {
    std::array<uint64_t, kActionNames.size()> actions{};
    uint64_t unreadable = 0;
    uint64_t connections = 0;
  };
  DoorCounts of_door(size_t door) const;

 private:
  void show(const RulesetLabel& in_force);

  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace simwarden
