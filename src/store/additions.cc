// SPDX-License-Identifier: Apache-2.0
#include "store/additions.h"

#include <openssl/rand.h>

#include "diag/check.h"
#include "privacy/sha256.h"
#include "store/migrations.h"

namespace simwarden {

Status add_to_store(const std::string& path, const Addition& write) {
  // Looked at first: a file that is not there must not be made.
  if (auto there = Database::open(path, Access::read); !there) {
    return there.error();
  }
  WriterLock lock;
  if (Status locked = lock.take(path); !locked) return locked;
  auto opened = Database::open(path, Access::write);
  if (!opened) return opened.error();
  Database& database = **opened;
  Status done = migrate(database);
  if (done) {
    done = database.run("PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;");
  }
  if (!done) return done;
  auto chain = Chain::open(database);
  if (!chain) return chain.error();
  if ((*chain)->links() == 0) return no_chain(path);
  done = database.run("BEGIN IMMEDIATE");
  if (done) done = write(database, **chain);
  if (done) done = database.run("COMMIT");
  if (!done && database.in_transaction()) (void)database.run("ROLLBACK");
  return done;
}

std::string new_salt() {
  Digest bytes{};
  CHECK(RAND_bytes(bytes.data(), int(bytes.size())) == 1,
        "OpenSSL has random bytes");
  return hex_of(bytes);
}

}  // namespace simwarden
