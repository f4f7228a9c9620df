// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_parts.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace simwarden {
namespace {

// Less than any disk has left that a database lies on; a part costs a few
// syncs, and a row in the log of purges.
constexpr uint64_t kLogBytesMin = uint64_t{16} << 20;
// Of a large database so much: some hundred parts at the most.
constexpr uint64_t kFileParts = 100;

uint64_t bytes_of_file(const std::string& path) {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(path, none);
  return none ? 0 : bytes;
}

}  // namespace

PurgeParts::PurgeParts(Database& database,
                       std::optional<uint64_t> log_bytes_max)
    : database_(database),
      log_bytes_max_(log_bytes_max.value_or(std::max(
          kLogBytesMin, bytes_of_file(database.path()) / kFileParts))) {}

Status PurgeParts::begin() {
  log_began_ = log_bytes();
  return database_.run("BEGIN IMMEDIATE");
}

// What a transaction changes goes there whenever SQLite's cache of 2 MB is
// full.
bool PurgeParts::is_full() const {
  const uint64_t bytes = log_bytes();
  return bytes >= log_began_ && bytes - log_began_ >= log_bytes_max_;
}

Status PurgeParts::end_part() {
  Status done = database_.run("COMMIT");
  if (done) done = empty_the_log();
  if (!done) return done;
  ++ended_;
  return begin();
}

// Where somebody reads just now the log grows by a part more, and the end of
// the purge waits for him: here each part would.
Status PurgeParts::empty_the_log() {
  const auto wait = database_.integer("PRAGMA busy_timeout");
  if (!wait) return wait.error();
  return database_.run(
      fmt::format("PRAGMA busy_timeout=0;PRAGMA wal_checkpoint(TRUNCATE);"
                  "PRAGMA busy_timeout={}",
                  *wait));
}

uint64_t PurgeParts::log_bytes() const {
  return bytes_of_file(database_file(database_.path()) + "-wal");
}

}  // namespace simwarden
