// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>

// How often, how many different, what share, how long ago: figures about the
// records before one record, exact by the time of events.
//
// For a record r at time t with the key k, a window of the span s looks at the
// records q of the same key that it counts and that lie in (t - s, t]. They
// are ordered by (time, order of input); only those up to r are looked at.
// Times are microseconds since 1970-01-01T00:00:00Z; what differs by less
// stands in the order of input.
//
// This room knows numbers only: what a record says to a window is worked out
// above it.
namespace simwarden {

enum class WindowKind : uint8_t {
  count,     // how many
  distinct,  // how many different values
  share,     // of them, which part has the value 1
  since,     // how long before r the last one was; the span when none was
};

inline constexpr int64_t kMicrosecond = 1;
inline constexpr int64_t kSecond = 1'000'000 * kMicrosecond;
inline constexpr int64_t kMinute = 60 * kSecond;
inline constexpr int64_t kHour = 60 * kMinute;
inline constexpr int64_t kDay = 24 * kHour;

// A rule about more than a year and a bit is about an account, not a window.
inline constexpr int64_t kWindowSpanMax = 400 * kDay;
// Every record speaks to every window: a pack with more is program code.
inline constexpr size_t kWindowsMax = 64;

struct Window {
  WindowKind kind = WindowKind::count;
  int64_t span = 0;  // 1 to kWindowSpanMax
  // Whether r itself is counted where the window counts it. Never of `since`.
  bool with_this = true;
  // Of what it counts, so that kept events find their window again.
  uint64_t identity = 0;
};

// What one record says to one window.
struct WindowEntry {
  uint64_t key = 0;     // keyed hash of what the window goes by; 0 is 1
  uint64_t value = 0;   // distinct: hash of the value; share: 0 or 1
  bool keyed = false;   // false: the record has no such key, so no answer
  bool counts = false;  // the window counts the record
  bool failed = false;  // whether it does, or as what, ended in an error
};

// How a record came in the order of time.
enum class Timing : uint8_t {
  in_time,     // exact
  late,        // older than what had been counted off: no figure where the
               // window reaches back over what may be forgotten
  untimed,     // it has no time: no window answers, none counts it
  unbelieved,  // its time leaps ahead and no other record agrees: likewise
};

struct WindowValue {
  enum class State : uint8_t {
    known,
    no_key,   // the record does not say what the window goes by
    no_time,  // untimed or unbelieved
    dropped,  // the window reaches back behind what is kept
  };
  State state = State::no_key;
  bool failed = false;  // as the entry says; the figure is of the others
  int64_t number = 0;   // count, distinct; since: microseconds
  double share = 0;     // share: 0 where there is nothing to share
};

// No calendar of records reaches as far; sums of two such times still fit.
inline constexpr int64_t kEventTimeMax = int64_t{1} << 60;
inline constexpr int64_t kNever = std::numeric_limits<int64_t>::min();

}  // namespace simwarden
