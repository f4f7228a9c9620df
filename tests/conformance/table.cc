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

Table::Row Table::sum() const {
  Row sum;
  for (const auto& [file, row] : rows_) {
    sum.passed += row.passed;
    sum.failed += row.failed;
    for (const auto& [reason, count] : row.reasons) {
      sum.reasons[reason] += count;
    }
  }
  return sum;
}

std::string Table::text() const {
  if (rows_.empty()) return {};
  constexpr const char* kLine = "{:<32}{:>8}{:>8}{:>8}\n";
  std::string out = fmt::format(kLine, "", "passed", "failed", "skipped");
  for (const auto& [file, row] : rows_) {
    out += fmt::format(kLine, file, row.passed, row.failed, row.skipped());
  }
  const Row all = sum();
  return out + fmt::format(kLine, "all", all.passed, all.failed, all.skipped());
}

std::string Table::reasons() const {
  std::string out;
  for (const auto& [reason, count] : sum().reasons) {
    out += fmt::format("{:>8} skipped: {}\n", count, reason);
  }
  return out;
}

}  // namespace conformance
