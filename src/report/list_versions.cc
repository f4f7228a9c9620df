// SPDX-License-Identifier: Apache-2.0
#include "report/list_versions.h"

#include <algorithm>

#include "diag/ascii.h"
#include "privacy/sha256.h"
#include "store/stored_rulesets.h"

namespace simwarden {
namespace {

constexpr size_t kValueBytesMax = 40;  // a day or a version

// "version: 2026-11-26" at the begin of a line; "" when there is none.
std::string value_of(std::string_view text, std::string_view key) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    line = trimmed(line.substr(0, line.find(" #")), " \t\r'\"");
    return std::string(line.substr(0, kValueBytesMax));
  }
  return {};
}

}  // namespace

Result<std::vector<ListNumbers>> lists_of_ruleset(Database& database,
                                                  int64_t ruleset) {
  auto rows = database.prepare(
      "SELECT f.path, p.bytes FROM ruleset_file f JOIN policy_file p "
      "USING (file_id) WHERE f.ruleset_id = ? AND "
      "(f.path LIKE 'lists/%' OR f.path LIKE '%/lists/%') ORDER BY f.path");
  if (!rows) return rows.error();
  (*rows)->bind(1, ruleset);
  std::vector<ListNumbers> lists;
  const Status done = (*rows)->each_row([&](const Statement& row) {
    const std::string text = text_of_file(row.blob(1));
    lists.push_back({{},
                     std::string(row.text(0)),
                     value_of(text, "version:"),
                     value_of(text, "checked:"),
                     sha256_hex(text)});
  });
  if (!done) return done.error();
  return lists;
}

}  // namespace simwarden
