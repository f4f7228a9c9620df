// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

// Whether files (of policy, of tokens, of certificates) have changed since they
// were last looked at, by their names, sizes and times.
namespace simwarden {

class FilesWatch {
 public:
  // Folders and files; none: nothing ever changes (the shipped policies come
  // and go with the program).
  explicit FilesWatch(std::vector<std::string> paths);

  // True once after a change, when two looks in a row saw the same: who copies
  // a folder is not interrupted in the middle.
  bool has_changed();
  // What there is now; another text when something of it is another.
  // Thread-safe.
  std::string look() const;

 private:
  std::vector<std::string> paths_;
  std::string known_;  // what was last told
  std::string seen_;   // at the last look
};

}  // namespace simwarden
