// SPDX-License-Identifier: Apache-2.0
#include "store/writer_lock.h"

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag/trouble.h"
#include "store/database.h"

namespace simwarden {
namespace {

// A database with two names would have two locks, and two logs.
Status check_one_name(const std::string& path, const std::string& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0 || about.st_nlink < 2) return Done{};
  return trouble_with(path, fmt::format("has {} names (hard links): one of "
                                        "them would be written to beside the "
                                        "others; leave it one",
                                        about.st_nlink));
}

}  // namespace

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status WriterLock::take(const std::string& path) {
  const std::string file = database_file(path);
  const std::string name = file + "-writer";
  descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    return system_trouble(path, "cannot be written");
  }
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) {
      return trouble_with(
          path,
          "another simwarden is writing to it: wait until a run is done, stop "
          "a daemon (`serve`; decisions go to its door), or give another "
          "--db");
    }
    return system_trouble(path, "cannot be locked");
  }
  return check_one_name(path, file);
}

}  // namespace simwarden
