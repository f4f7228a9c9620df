// SPDX-License-Identifier: Apache-2.0
#include "app/privileges.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simwarden {
namespace {

Error cannot(const std::string& user, const char* what, int why) {
  return {Trouble::environment,
          fmt::format("user {}: {}: {}", user, what, std::strerror(why))};
}

struct Person {
  uid_t user = 0;
  gid_t group = 0;
};

Result<Person> find_person(const std::string& user) {
  constexpr size_t kEntryBytes = size_t{64} << 10;
  std::vector<char> room(kEntryBytes);
  passwd entry{};
  passwd* found = nullptr;
  const int why =
      getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &found);
  if (found != nullptr) return Person{entry.pw_uid, entry.pw_gid};
  return Error{Trouble::usage,
               fmt::format("user {}: {}", user,
                           why == 0 ? "there is none" : std::strerror(why))};
}

// The name could be another file's by now, in a folder of somebody else: what
// is given away is what was looked at.
bool give_socket(const std::string& path, const Person& to) {
  const int socket = open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (socket < 0) return false;
  struct stat is = {};
  const bool is_ours = fstat(socket, &is) == 0 && S_ISSOCK(is.st_mode) &&
                       is.st_uid == geteuid() && is.st_nlink == 1;
  if (!is_ours) errno = EPERM;
  const bool given =
      is_ours && fchownat(socket, "", to.user, to.group, AT_EMPTY_PATH) == 0;
  const int why = errno;
  close(socket);
  errno = why;
  return given;
}

}  // namespace

Status is_known(const std::string& user) {
  if (user.empty()) return Done{};
  const auto person = find_person(user);
  if (!person) return person.error();
  return Done{};
}

Status give_sockets(const std::vector<std::string>& paths,
                    const std::string& user) {
  if (user.empty()) return Done{};
  const auto person = find_person(user);
  if (!person) return person.error();
  if (geteuid() == person->user) return Done{};
  for (const std::string& path : paths) {
    if (give_socket(path, *person)) continue;
    return Error{Trouble::environment,
                 fmt::format("{}: cannot be given to user {}: {}", path, user,
                             std::strerror(errno))};
  }
  return Done{};
}

Status become(const std::string& user) {
  if (user.empty()) return Done{};
  const auto person = find_person(user);
  if (!person) return person.error();
  if (geteuid() == person->user) return Done{};
  if (initgroups(user.c_str(), person->group) != 0) {
    return cannot(user, "its groups cannot be taken on", errno);
  }
  if (setgid(person->group) != 0 || setuid(person->user) != 0) {
    return cannot(user, "it cannot be taken on", errno);
  }
  if (person->user != 0 && setuid(0) == 0) {
    return Error{Trouble::environment,
                 fmt::format("user {}: root could be taken back", user)};
  }
  return Done{};
}

}  // namespace simwarden
