// SPDX-License-Identifier: Apache-2.0
#include "lint/codes.h"

#include <algorithm>
#include <vector>

#include "cel/syntax/complaints.h"
#include "lint/lints.h"
#include "notation/yaml_codes.h"
#include "policy/codes.h"

namespace simwarden {
namespace {

std::vector<CodeRow> gather() {
  std::vector<CodeRow> rows;
  for (const YamlCode& row : kYamlCodes) {
    rows.push_back({row.code, "error", row.title, {}});
  }
  for (const cel::CodeTitle& row : cel::kComplaintCodes) {
    rows.push_back({row.code, "error", row.title, {}});
  }
  for (const PolicyCode& row : kPolicyCodes) {
    rows.push_back({row.code, name_of(row.severity), row.title, {}});
  }
  for (const Lint& row : lints()) {
    rows.push_back({row.code, name_of(row.severity), row.title, row.help});
  }
  std::sort(rows.begin(), rows.end(),
            [](const CodeRow& a, const CodeRow& b) { return a.code < b.code; });
  return rows;
}

}  // namespace

std::span<const CodeRow> all_codes() {
  static const std::vector<CodeRow> rows = gather();
  return rows;
}

const CodeRow* find_code(std::string_view code) {
  const auto rows = all_codes();
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), code,
      [](const CodeRow& row, std::string_view c) { return row.code < c; });
  return found != rows.end() && found->code == code ? &*found : nullptr;
}

}  // namespace simwarden
