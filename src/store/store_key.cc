// SPDX-License-Identifier: Apache-2.0
#include "store/store_key.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "diag/trouble.h"
#include "store/database.h"

// Each run says which key it had: the first 32 bits of the key's digest, which
// tell nothing of its 256.

namespace simwarden {
namespace {

using KeyIds = std::vector<std::string>;

// Whether the store can tell its parts.
constexpr const char* kKnowsParts =
    "SELECT count(*) FROM pragma_table_info('part') WHERE name = 'run_shift'";
constexpr const char* kNewest =
    "SELECT key_id FROM run ORDER BY run_id DESC LIMIT 1";
// Of a merged store, once it has blocks of its own.
constexpr const char* kNewestOfItsOwn =
    "SELECT key_id FROM block_proof JOIN block USING (block_id) "
    "JOIN source USING (source_id) JOIN run USING (run_id) "
    "WHERE part_id IS NULL AND EXISTS (SELECT 1 FROM part) "
    "ORDER BY block_id DESC LIMIT 1";
// A part's runs are numbered from its shift on; no part: all are in one.
constexpr const char* kNewestOfEachPart =
    "SELECT DISTINCT key_id FROM run WHERE run_id IN (SELECT max(r.run_id) "
    "FROM run r GROUP BY (SELECT max(run_shift) FROM part "
    "WHERE run_shift < r.run_id)) ORDER BY key_id";

// Any of them is the store's. None: nobody knows, there is no run, or it is
// no store of ours, which migrate() refuses. Opened to write, since what a run
// that was broken off left is put right so.
Result<KeyIds> newest_key_ids(const std::string& path) {
  KeyIds ids;
  if (::access(database_file(path).c_str(), F_OK) != 0) return ids;
  const auto database = Database::open(path, Access::write);
  if (!database) return database.error();
  const auto known = (*database)->integer(
      "SELECT count(*) FROM pragma_table_info('run') WHERE name = 'key_id'");
  if (!known) return known.error();
  if (*known == 0) return ids;
  const auto merges = (*database)->integer(kKnowsParts);
  if (!merges) return merges.error();
  const auto read = [&](const char* sql) {
    return (*database)->each_row(
        sql, [&ids](const Statement& row) { ids.emplace_back(row.text(0)); });
  };
  Status done = read(*merges > 0 ? kNewestOfItsOwn : kNewest);
  if (done && ids.empty() && *merges > 0) done = read(kNewestOfEachPart);
  if (!done) return done.error();
  // Runs of before keys were noted may have had any.
  const bool all_known = std::find(ids.begin(), ids.end(), "") == ids.end();
  return all_known ? ids : KeyIds();
}

Error another_key(const std::string& path, const std::string& key_path,
                  const std::string& is, const KeyIds& were) {
  return trouble_with(
      key_path,
      fmt::format("{}, and {} has its pseudonyms and counts under site key {}: "
                  "put that one back, or name its file in SIMWARDEN_SITE_KEY "
                  "(of a daemon: store.site_key); --new-site-key begins them "
                  "anew, and nothing joins with what is stored",
                  is, path, fmt::join(were, " or ")));
}

}  // namespace

Result<SiteKey> open_store_key(const std::string& path,
                               const std::string& key_path, OtherKey change) {
  if (change == OtherKey::meant) return open_site_key(key_path);
  const auto known = newest_key_ids(path);
  if (!known) return known.error();
  if (known->empty()) return open_site_key(key_path);
  if (::access(key_path.c_str(), F_OK) != 0) {
    return another_key(path, key_path, "is not there", *known);
  }
  auto key = open_site_key(key_path);
  if (!key) return key;
  const bool is_one_of_them =
      std::find(known->begin(), known->end(), key->id) != known->end();
  if (is_one_of_them) return key;
  return another_key(path, key_path, "is site key " + key->id, *known);
}

}  // namespace simwarden
