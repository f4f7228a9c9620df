// SPDX-License-Identifier: Apache-2.0
#include "app/verdict_of_record.h"

#include <fmt/format.h>

#include "diag/printable.h"
#include "store/stored_verdict.h"

// A person has the id of a record at hand; what is decided and shown is a
// verdict.
namespace simwarden {
namespace {

Error several(const std::string& db, const std::string& id,
              const std::vector<FoundVerdict>& found) {
  std::string names;
  for (const FoundVerdict& each : found) {
    names +=
        fmt::format("{}{} ({}, line {})", names.empty() ? "" : ", ",
                    each.verdict_id, printable_text(each.source), each.line);
  }
  if (found.size() == kNamesakesMax) names += ", …";
  return {Trouble::usage,
          fmt::format("{}: several records have the id {}; say which by "
                      "--verdict: {}",
                      db, printable_text(id), names)};
}

}  // namespace

Result<int64_t> verdict_of_record(const std::string& db,
                                  const std::string& id) {
  auto finder = VerdictFinder::open(db);
  if (!finder) return finder.error();
  const auto found = (*finder)->find_record(id);
  if (!found) return found.error();
  if (found->size() > 1) return several(db, id, *found);
  if (found->size() == 1) return found->front().verdict_id;
  return Error{Trouble::usage,
               fmt::format("{}: has no verdict on a record with the id {}", db,
                           printable_text(id))};
}

}  // namespace simwarden
