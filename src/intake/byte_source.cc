// SPDX-License-Identifier: Apache-2.0
#include "intake/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simwarden {
namespace {

Error cannot_read(const std::string& name, int code) {
  return {Trouble::input, fmt::format("{}: cannot be read: {}", name,
                                      std::generic_category().message(code))};
}

// A stream that was closed is a folder here (main.cc).
Error no_standard_input() {
  return {Trouble::input,
          "standard input: cannot be read: it is closed, or a folder; name a "
          "file or a folder instead of -"};
}

}  // namespace

FileSource::FileSource(std::string name, int descriptor, uint64_t total,
                       bool (*is_stopped)())
    : name_(std::move(name)),
      descriptor_(descriptor),
      is_stopped_(is_stopped),
      bytes_total_(total) {}

FileSource::~FileSource() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path,
                                                     bool (*is_stopped)()) {
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "standard input" : path;
  const int descriptor = standard_input
                             ? STDIN_FILENO
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_read(name, errno);
  struct stat status {};
  uint64_t total = 0;
  if (::fstat(descriptor, &status) == 0) {
    if (S_ISDIR(status.st_mode)) {
      if (standard_input) return no_standard_input();
      ::close(descriptor);
      return cannot_read(name, EISDIR);
    }
    if (S_ISREG(status.st_mode)) total = uint64_t(status.st_size);
  }
  return std::make_unique<FileSource>(name, descriptor, total, is_stopped);
}

// A read that waits would not see that the user wants to stop. False: stop.
bool FileSource::wait_for_bytes() const {
  constexpr int kAskEveryMs = 200;
  pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
  while (!is_stopped_()) {
    const int ready = ::poll(&waiting, 1, kAskEveryMs);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // read says what is wrong
  }
  return false;
}

bool FileSource::rests(std::chrono::milliseconds patience) const {
  if (bytes_total_ > 0) return false;
  pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, int(patience.count())) == 0;
}

Result<size_t> FileSource::read(std::span<char> into) {
  if (is_stopped_ && bytes_total_ == 0 && !wait_for_bytes()) {
    return Error{Trouble::interrupted, name_ + ": stopped"};
  }
  while (true) {
    const ssize_t got = ::read(descriptor_, into.data(), into.size());
    if (got >= 0) {
      bytes_read_ += uint64_t(got);
      return size_t(got);
    }
    if (errno != EINTR) return cannot_read(name_, errno);
  }
}

std::string_view PeekedSource::peek(size_t bytes_max) {
  while (front_.size() - at_ < bytes_max && !at_end_ && !failed_) {
    const size_t before = front_.size();
    front_.resize(at_ + bytes_max);
    const auto got = inner_->read(std::span<char>(front_).subspan(before));
    front_.resize(before + (got ? *got : 0));
    if (!got) failed_ = got.error();
    if (got && *got == 0) at_end_ = true;
  }
  return std::string_view(front_).substr(at_, bytes_max);
}

Result<size_t> PeekedSource::read(std::span<char> into) {
  if (at_ >= front_.size()) {
    if (failed_) return *failed_;
    return inner_->read(into);
  }
  const size_t size = std::min(into.size(), front_.size() - at_);
  std::memcpy(into.data(), front_.data() + at_, size);
  at_ += size;
  return size;
}

}  // namespace simwarden
