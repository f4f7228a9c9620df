// SPDX-License-Identifier: Apache-2.0
#include "audit/files.h"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "diag/counted.h"
#include "diag/trouble.h"

namespace simwarden {
Result<std::string> read_file(const std::string& path, size_t bytes_max,
                              Trouble too_large) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_trouble(path, "cannot be read");
  std::string bytes(bytes_max + 1, '\0');
  size_t size = 0;
  ssize_t got = 0;
  do {
    got = ::read(descriptor, bytes.data() + size, bytes.size() - size);
    if (got > 0) size += size_t(got);
  } while ((got > 0 && size < bytes.size()) || (got < 0 && errno == EINTR));
  ::close(descriptor);
  if (got < 0) return system_trouble(path, "cannot be read");
  if (size > bytes_max) {
    return Error{too_large, fmt::format("{}: larger than {} KiB", path,
                                        with_thousands(bytes_max >> 10))};
  }
  bytes.resize(size);
  return bytes;
}

Status write_new_file(const std::string& path, std::string_view bytes,
                      mode_t mode) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return system_trouble(path, "cannot be written");
  bool fine = true;
  while (fine && !bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    fine = put > 0;
    if (fine) bytes.remove_prefix(size_t(put));
  }
  fine = fine && ::fsync(descriptor) == 0;
  const Error error = system_trouble(path, "cannot be written");
  ::close(descriptor);
  if (fine) return Done{};
  ::unlink(path.c_str());
  return error;
}

}  // namespace simwarden
