// SPDX-License-Identifier: Apache-2.0
#include "app/open_files.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/resource.h>

namespace simwarden {
namespace {

// A door refuses some connections aloud beside those that it holds.
constexpr rlim_t kRefusedOfDoor = 64;
// Policies are read a few at a time; the store has three files, each twice
// while it is read; log, event loop, doors.
constexpr rlim_t kOthers = 256;

rlim_t files_needed(const ServeSettings& settings) {
  rlim_t needed = kOthers;
  for (const ListenerSettings& listener : settings.listeners) {
    needed += listener.limits.connections + kRefusedOfDoor;
  }
  return needed;
}

}  // namespace

std::string make_room_for_files(const ServeSettings& settings) {
  const rlim_t needed = files_needed(settings);
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return {};
  if (limit.rlim_cur >= needed) return {};
  limit.rlim_cur = std::min(needed, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= needed) {
    return {};
  }
  return fmt::format(
      "{} files may be open, and all connections of the doors together need "
      "{}: raise `ulimit -Hn` (LimitNOFILE= of systemd), or lower "
      "`limits: {{connections: …}}`",
      limit.rlim_cur, needed);
}

}  // namespace simwarden
