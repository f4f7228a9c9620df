// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"

// Which bytes of which sources a database has verdicts of, so that the records
// can be looked up again where they stood: the database itself keeps none
// (docs/privacy.md).
namespace simwarden {

struct StoredBlock {
  std::string parent;
  std::string digest;
  uint64_t begin_byte = 0;
  uint64_t end_byte = 0;
  uint64_t verdicts = 0;
  uint64_t errors = 0;

  // Whether these are the bytes that were judged.
  // REQUIRES: bytes.size() == end_byte - begin_byte.
  bool holds(std::string_view bytes) const;
};

struct StoredSource {
  std::string name;
  // In order, none over another. Where a stretch of a source was stored more
  // than once (under other rulesets, or after it was edited) the newest block.
  std::vector<StoredBlock> blocks;
  uint64_t verdicts() const;
};

// By name. Reads only. An Error when the file is no database of ours.
Result<std::vector<StoredSource>> stored_sources(const std::string& path);

}  // namespace simwarden
