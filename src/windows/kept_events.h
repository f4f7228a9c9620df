// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "windows/window.h"

// Events as bytes, so that a restart neither forgets nor counts twice: who
// stores the verdicts of a block of records stores the block's events with
// them, in one transaction, and on start puts back the blocks whose newest
// event is younger than the longest span.
//
//   "SWW1"                      mark and version
//   varint zigzag frontier, watermark, dropped   microseconds; 0: none, else
//                                                zigzag + 1
//   varint number of records that had leapt and waited for witnesses, then
//   varint zigzag of the time of each
//   varint number of keys, then 8 bytes each, little-endian, rising
//   varint number of windows, each:
//     8 bytes identity, 1 byte kind, varint number of events, each:
//       varint zigzag of the time less the one before (the first: less 0)
//       varint index of its key
//       distinct: 8 bytes value; share: 1 byte 0 or 1
//
// Keys and values are keyed hashes: nothing of a record can be read here
// without the site key.
namespace simwarden {

struct KeptEvent {
  int64_t time = 0;
  uint64_t key = 0;
  uint64_t value = 0;
  bool operator==(const KeptEvent&) const = default;
};
struct KeptWindow {
  uint64_t identity = 0;
  WindowKind kind = WindowKind::count;
  std::vector<KeptEvent> events;
};
struct KeptEvents {
  // EventOrder and WindowCounter after the block's last record.
  int64_t frontier = kNever;
  int64_t watermark = kNever;
  int64_t dropped = kNever;
  // Times of those that had leapt and were not believed yet.
  std::vector<int64_t> leapt;
  std::vector<KeptWindow> windows;
};

// The bytes of one record a row: what each says to each window. Rows of
// records that no window counts are left out by the caller.
struct CountedRecord {
  int64_t time = 0;
  std::span<const WindowEntry> entries;  // one a window
};
std::string write_events(std::span<const Window> windows,
                         std::span<const CountedRecord> records,
                         const KeptEvents& state);

// A block has no more; beyond it, bytes are not ours.
inline constexpr size_t kKeptEventsMax = size_t{1} << 26;

// Bytes from anywhere: an Error says what is wrong with them.
Result<KeptEvents> read_events(std::string_view bytes);

}  // namespace simwarden
