// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_ledger.h"

#include <fmt/format.h>

#include "audit/flat_json.h"

namespace simwarden {
namespace {

std::string amount(int64_t blocks, int64_t rows) {
  return blocks > 0 ? fmt::format("{} blocks", blocks)
                    : fmt::format("{} rows", rows);
}

}  // namespace

void PurgeLedger::took_block(int64_t purge, int64_t block, int64_t verdicts,
                             int64_t errors) {
  Taken& taken = taken_[purge];
  taken.list.field(block);
  taken.blocks += 1;
  taken.verdicts += verdicts;
  taken.errors += errors;
}

void PurgeLedger::took_row(int64_t purge, int64_t row) {
  Taken& taken = taken_[purge];
  taken.list.field(row);
  taken.verdicts += 1;
}

void PurgeLedger::logged(int64_t purge, const std::string& body) {
  bodies_[purge] = body;
}

void PurgeLedger::check(const std::function<void(std::string)>& say) {
  for (const auto& [id, body] : bodies_) {
    Taken& taken = taken_[id];
    const bool same = flat_value(body, "list") == hex_of(taken.list.finish()) &&
                      flat_number(body, "blocks") == taken.blocks &&
                      flat_number(body, "verdicts") == taken.verdicts &&
                      flat_number(body, "errors") == taken.errors;
    if (same) continue;
    say(fmt::format(
        "purge {} took {}, but {} others say that it was them", id,
        amount(flat_number(body, "blocks"), flat_number(body, "verdicts")),
        amount(taken.blocks, taken.verdicts)));
  }
  for (const auto& [id, taken] : taken_) {
    if (bodies_.contains(id)) continue;
    say(fmt::format("{} were purged by purge {}, which is not in the chain",
                    amount(taken.blocks, taken.verdicts), id));
  }
}

}  // namespace simwarden
