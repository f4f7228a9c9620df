// SPDX-License-Identifier: Apache-2.0
#include "app/privileges.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace simwarden {
namespace {

Error cannot(const std::string& user, const char* what, int why) {
  return {Trouble::environment,
          fmt::format("user {}: {}: {}", user, what, std::strerror(why))};
}

}  // namespace

Status become(const std::string& user) {
  if (user.empty()) return Done{};
  constexpr size_t kEntryBytes = size_t{64} << 10;
  std::vector<char> room(kEntryBytes);
  passwd entry{};
  passwd* found = nullptr;
  const int why =
      getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &found);
  if (found == nullptr) {
    return Error{Trouble::usage,
                 fmt::format("user {}: {}", user,
                             why == 0 ? "there is none" : std::strerror(why))};
  }
  if (geteuid() == entry.pw_uid) return Done{};
  if (initgroups(user.c_str(), entry.pw_gid) != 0) {
    return cannot(user, "its groups cannot be taken on", errno);
  }
  if (setgid(entry.pw_gid) != 0 || setuid(entry.pw_uid) != 0) {
    return cannot(user, "it cannot be taken on", errno);
  }
  if (entry.pw_uid != 0 && setuid(0) == 0) {
    return Error{Trouble::environment,
                 fmt::format("user {}: root could be taken back", user)};
  }
  return Done{};
}

}  // namespace simwarden
