// SPDX-License-Identifier: Apache-2.0
#include "conformance/table.h"

#include <fmt/format.h>

namespace conformance {

size_t Table::Row::skipped() const {
  size_t count = 0;
  for (const auto& reason : reasons) count += reason.second;
  return count;
}

size_t Table::failures() const {
  size_t count = 0;
  for (const auto& row : rows_) count += row.second.failed;
  return count;
}

std::string Table::text() const {
  if (rows_.empty()) return {};
  constexpr const char* kLine = "{:<32}{:>8}{:>8}{:>8}\n";
  std::string out = fmt::format(kLine, "file", "passed", "failed", "skipped");
  Row sum;
  for (const auto& [file, row] : rows_) {
    out += fmt::format(kLine, file, row.passed, row.failed, row.skipped());
    sum.passed += row.passed;
    sum.failed += row.failed;
    for (const auto& [reason, count] : row.reasons)
      sum.reasons[reason] += count;
  }
  out += fmt::format(kLine, "all", sum.passed, sum.failed, sum.skipped());
  if (!sum.reasons.empty()) out += "\nskipped because\n";
  for (const auto& [reason, count] : sum.reasons) {
    out += fmt::format("{:>8}  {}\n", count, reason);
  }
  return out;
}

}  // namespace conformance
