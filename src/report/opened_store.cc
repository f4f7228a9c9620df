// SPDX-License-Identifier: Apache-2.0
#include "report/opened_store.h"

#include <tuple>

#include "store/migrations.h"

namespace simwarden {

Result<OpenedStore> open_store(const std::string& path) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  OpenedStore store{.database = std::move(*database), .path = path};
  if (Status ours = check_version(*store.database); !ours) return ours.error();
  // Also while a run is writing.
  if (Status begun = store.database->run("BEGIN"); !begun) return begun.error();
  struct Question {
    std::string& answer;
    const char* sql;
  };
  const Question questions[] = {
      {store.head, "SELECT hash FROM chain_link ORDER BY link_id DESC LIMIT 1"},
      {store.links, "SELECT max(link_id) FROM chain_link"},
      {store.newest,
       "SELECT max(at) FROM (SELECT max(started_at) AS at FROM run "
       "UNION ALL SELECT max(ended_at) FROM run "
       "UNION ALL SELECT max(stored_at) FROM decision_row "
       "UNION ALL SELECT max(at) FROM purge "
       "UNION ALL SELECT max(opened_at) FROM case_file "
       "UNION ALL SELECT max(at) FROM case_opening)"},
      {store.first_run, "SELECT min(started_at) FROM run"},
      {store.first_link,
       "SELECT hash FROM chain_link ORDER BY link_id LIMIT 1"}};
  for (const auto& [answer, sql] : questions) {
    auto text = store.database->text(sql);
    if (!text) return text.error();
    answer = *std::move(text);
  }
  return store;
}

bool comes_before(const OpenedStore& a, const OpenedStore& b) {
  return std::tie(a.first_run, a.first_link, a.path) <
         std::tie(b.first_run, b.first_link, b.path);
}

}  // namespace simwarden
