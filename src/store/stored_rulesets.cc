// SPDX-License-Identifier: Apache-2.0
#include "store/stored_rulesets.h"

#include "store/database.h"
#include "store/migrations.h"

namespace simwarden {

std::string text_of_file(std::string_view canonical) {
  for (int i = 0; i < 2; ++i) {
    const size_t end = canonical.find('\0');
    if (end == std::string_view::npos) return {};
    canonical.remove_prefix(end + 1);
  }
  return std::string(canonical);
}

std::string where_it_lay(std::string_view hashed_path) {
  constexpr std::string_view kHashedAs = "waivers/waivers.yaml";
  const bool beside_packs = hashed_path == kHashedAs;
  const bool in_a_pack = hashed_path.ends_with("/waivers/waivers.yaml") &&
                         !hashed_path.starts_with("extra/");  // --waivers
  if (!beside_packs && !in_a_pack) return std::string(hashed_path);
  hashed_path.remove_suffix(kHashedAs.size());
  return std::string(hashed_path) + "waivers.yaml";
}

Result<std::vector<StoredRuleset>> stored_rulesets(const std::string& path) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  constexpr auto kFiles =
      "SELECT r.ruleset_id, r.digest, coalesce(f.path, ''), p.bytes "
      "FROM ruleset r LEFT JOIN ruleset_file f USING (ruleset_id) "
      "LEFT JOIN policy_file p USING (file_id) "
      "ORDER BY r.ruleset_id, f.position";
  std::vector<StoredRuleset> rulesets;
  const Status done = (*database)->each_row(kFiles, [&](const Statement& at) {
    if (rulesets.empty() || rulesets.back().id != at.integer(0)) {
      rulesets.push_back({at.integer(0), std::string(at.text(1)), {}});
    }
    if (at.is_null(3)) return;
    rulesets.back().files.push_back(
        {std::string(at.text(2)), text_of_file(at.blob(3))});
  });
  if (!done) return done.error();
  return rulesets;
}

}  // namespace simwarden
