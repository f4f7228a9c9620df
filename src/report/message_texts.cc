// SPDX-License-Identifier: Apache-2.0
#include "report/message_texts.h"

#include "store/kept_block.h"
#include "store/kept_line.h"

namespace simwarden {

Result<std::string> masked_text_of(Database& database, int64_t verdict) {
  auto rows = database.prepare(KeptBlock::select(
      "WHERE p.first_verdict <= ?1 AND p.first_verdict + b.verdicts > ?1"));
  if (!rows) return rows.error();
  (*rows)->bind(1, verdict);
  const Result<bool> row = (*rows)->step();
  if (!row) return row.error();
  if (!*row) return std::string();
  KeptBlock block;
  block.take(**rows);
  if (!block.is_kept() || !block.open()) return std::string();
  const auto line = static_cast<size_t>(verdict - block.first_verdict());
  KeptLine facts({"text"});
  if (line >= block.size() || !facts.read(block.line(line))) {
    return std::string();
  }
  return std::string(facts.fact(0).excerpt);
}

}  // namespace simwarden
