// SPDX-License-Identifier: Apache-2.0
#include "store/store_key.h"

#include <fmt/format.h>
#include <unistd.h>

#include "diag/trouble.h"
#include "store/database.h"

// Each run says which key it had: the first 32 bits of the key's digest, which
// tell nothing of its 256.

namespace simwarden {
namespace {

constexpr const char* kNewest =
    "SELECT key_id FROM run ORDER BY run_id DESC LIMIT 1";

// Empty: there is no run, or it is no store of ours, which migrate() refuses.
// Opened to write, since what a run that was broken off left is put right so.
Result<std::string> newest_key_id(const std::string& path) {
  if (::access(database_file(path).c_str(), F_OK) != 0) return std::string();
  const auto database = Database::open(path, Access::write);
  if (!database) return database.error();
  const auto known = (*database)->integer(
      "SELECT count(*) FROM pragma_table_info('run') WHERE name = 'key_id'");
  if (!known) return known.error();
  if (*known == 0) return std::string();
  return (*database)->text(kNewest);
}

Error another_key(const std::string& path, const std::string& key_path,
                  const std::string& is, const std::string& was) {
  return trouble_with(
      key_path,
      fmt::format("{}, and {} has its pseudonyms and counts under site key {}: "
                  "put that one back, or name its file in SIMWARDEN_SITE_KEY "
                  "(of a daemon: store.site_key); --new-site-key begins them "
                  "anew, and nothing joins with what is stored",
                  is, path, was));
}

}  // namespace

Result<SiteKey> open_store_key(const std::string& path,
                               const std::string& key_path, OtherKey change) {
  if (change == OtherKey::meant) return open_site_key(key_path);
  const auto known = newest_key_id(path);
  if (!known) return known.error();
  if (known->empty()) return open_site_key(key_path);
  if (::access(key_path.c_str(), F_OK) != 0) {
    return another_key(path, key_path, "is not there", *known);
  }
  auto key = open_site_key(key_path);
  if (!key || key->id == *known) return key;
  return another_key(path, key_path, "is site key " + key->id, *known);
}

}  // namespace simwarden
