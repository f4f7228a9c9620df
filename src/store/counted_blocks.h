// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "diag/result.h"
#include "store/chain.h"
#include "store/database.h"

// What windows counted of the records of a block, stored with its verdicts: the
// events, so that a later run goes on counting where this one ended, and the
// figures that the records got, so that who reads them again gives them the
// same and does not count them again. What is in the bytes say windows/
// kept_events.h and kept_figures.h.
//
// The bytes that were counted have a chain of digests of their own (chain.h):
// a record that was counted is known again under every ruleset.
namespace simwarden {

// Times are microseconds since 1970.
struct CountedBlock {
  BlockIdentity identity;           // of the bytes whose records were counted
  std::optional<int64_t> newest;    // event; none: nothing was counted
  std::optional<int64_t> frontier;  // of event time after the block
  // Whose frontier has reached this looks at no event of the block any more.
  std::optional<int64_t> needed_until;
  std::string events;
  std::string figures;
};

// The beginning of a chunk whose records were counted already.
struct KnownCount {
  uint64_t bytes = 0;  // 0: nothing of it
  std::string digest;  // the parent of what follows
  // Nothing when they were purged.
  std::optional<std::string> figures;
};

// Events of a block. Texts are valid for the time of the call.
struct KeptCount {
  int64_t block_id = 0;
  std::string_view digest;  // of its identity
  std::optional<int64_t> newest;
  std::optional<std::string_view> events;  // nothing: they were purged
};

struct CountedBounds {
  int64_t after = 0;  // only blocks behind this one
  // A frontier beyond it is that of wrong clocks, and is none.
  int64_t reached_max = std::numeric_limits<int64_t>::max();
};

// Asks for them. Not thread-safe.
class CountedBlocks {
 public:
  // The database must outlive it. `key_id`: of the site key; what was counted
  // under another key tells its records apart by other hashes.
  static Result<std::unique_ptr<CountedBlocks>> open(Database& database,
                                                     std::string key_id);

  // The longest counted block that begins `chunk` behind `parent`.
  Result<KnownCount> find(std::string_view parent, std::string_view chunk);

  // The blocks with events that are at most `reach` older than the farthest
  // frontier, those that brought it there, and the newest block; the newest
  // first, each once, however many parts it came with. An Error of `visit`
  // ends it. An Error also when the bytes are not those that were stored.
  Status restore(int64_t reach,
                 const std::function<Status(const KeptCount&)>& visit,
                 CountedBounds bounds = {});

 private:
  Database* database_ = nullptr;
  std::string key_id_;
  std::unique_ptr<Statement> find_;
  std::unique_ptr<Statement> figures_;
};

// Adds them to a block, inside its transaction.
class CountedWriter {
 public:
  static Result<std::unique_ptr<CountedWriter>> open(Database& database);
  Status write(const CountedBlock& counted, int64_t block_id);

 private:
  std::unique_ptr<Statement> insert_;
};

}  // namespace simwarden
