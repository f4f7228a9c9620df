// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "diag/result.h"

namespace simwarden {

// One writer a database, by whatever link it is named; one that has several
// hard links is refused. The lock lies beside it, on "FILE-writer", not on it:
// closing any descriptor of a file drops all of SQLite's own locks on it
// (POSIX's rule). The kernel frees it when the program dies; the empty file
// stays, since removing it would let two writers hold "the" lock.
class WriterLock {
 public:
  WriterLock() = default;
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  WriterLock(WriterLock&&) = delete;
  WriterLock& operator=(WriterLock&&) = delete;

  Status take(const std::string& path);

 private:
  int descriptor_ = -1;
};

}  // namespace simwarden
