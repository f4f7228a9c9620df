// SPDX-License-Identifier: Apache-2.0
#include "store/writer_lock.h"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace simwarden {
namespace {

Error trouble(const std::string& path, std::string_view what) {
  return {Trouble::environment, fmt::format("{}: {}", path, what)};
}

}  // namespace

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status WriterLock::take(const std::string& path) {
  const std::string name = path + "-writer";
  descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    return trouble(path,
                   fmt::format("cannot be written: {}", std::strerror(errno)));
  }
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) {
      return trouble(path,
                     "another simwarden is writing to it; wait until it is "
                     "done, or give another --db");
    }
    return trouble(path,
                   fmt::format("cannot be locked: {}", std::strerror(errno)));
  }
  return Done{};
}

}  // namespace simwarden
