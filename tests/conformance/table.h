// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace conformance {

// passed/failed/skipped for each file, with the reasons of what was skipped.
class Table {
 public:
  void passed(const std::string& file) { ++rows_[file].passed; }
  void failed(const std::string& file) { ++rows_[file].failed; }
  void skipped(const std::string& file, const std::string& reason) {
    ++rows_[file].reasons[reason];
  }
  size_t failures() const;
  // One line a file and the sum; empty when nothing was counted.
  std::string text() const;
  std::string reasons() const;

 private:
  struct Row {
    size_t passed = 0;
    size_t failed = 0;
    std::map<std::string, size_t> reasons;
    size_t skipped() const;
  };
  Row sum() const;

  std::map<std::string, Row> rows_;
};

}  // namespace conformance
