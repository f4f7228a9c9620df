// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "audit/finding.h"
#include "diag/result.h"
#include "store/database.h"
#include "store/links.h"

// Rows that no link speaks of: the tables must have as many as the chains.
namespace simwarden {

// What the chains speak of.
struct LinkedCounts {
  std::array<uint64_t, kLinkKinds.size()> rows{};  // by kind
  uint64_t rulesets = 0;                           // each once
  uint64_t ruleset_texts = 0;                      // likewise
  uint64_t ended_runs = 0;
  uint64_t whole_sources = 0;  // read to their end
  uint64_t part_links = 0;
  uint64_t doubles = 0;
};

Status check_unlinked_rows(Database& database, const LinkedCounts& linked,
                           const std::function<void(AuditFinding)>& say);

}  // namespace simwarden
