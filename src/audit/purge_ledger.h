// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "store/proof.h"

// Whether purges took what they say, and nothing else is missing by their
// name: rows say which purge took their details, links say how much a purge
// took.   (took_block | took_row | logged)* check
namespace simwarden {

class PurgeLedger {
 public:
  // What a purge has taken of a block. In order of block_id.
  void took_block(int64_t purge, int64_t block, int64_t verdicts,
                  int64_t errors);
  // What it has taken of a decision (its note) or of a case (a text). In order
  // of their ids.
  void took_row(int64_t purge, int64_t row);
  // A purge with the body of its link.
  void logged(int64_t purge, const std::string& body);

  // Says what does not fit.
  void check(const std::function<void(std::string)>& say);
  uint64_t purges() const { return bodies_.size(); }

 private:
  struct Taken {
    RowHasher list;
    int64_t blocks = 0;
    int64_t verdicts = 0;
    int64_t errors = 0;
  };

  std::map<int64_t, std::string> bodies_;
  std::map<int64_t, Taken> taken_;
};

}  // namespace simwarden
