// SPDX-License-Identifier: Apache-2.0
#include "store/writer_lock.h"

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "diag/trouble.h"

namespace simwarden {
WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status WriterLock::take(const std::string& path) {
  const std::string name = path + "-writer";
  descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    return system_trouble(path, "cannot be written");
  }
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) {
      return trouble_with(
          path,
          "another simwarden is writing to it; wait until it is "
          "done, or give another --db");
    }
    return system_trouble(path, "cannot be locked");
  }
  return Done{};
}

}  // namespace simwarden
