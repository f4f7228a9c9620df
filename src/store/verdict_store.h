// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "privacy/tokens.h"
#include "record/verdict.h"
#include "store/chain.h"
#include "store/counted_blocks.h"
#include "store/kept_facts.h"
#include "store/seal.h"
#include "store/store_key.h"

// Verdicts on disk: one SQLite file that a fraud desk can ask in SQL
// (docs/store.md) and an auditor can count.
//
//   open (begin_run (begin_source (covered append?)* end_source)* end_run)*
//
// A source arrives in chunks, in order, each ending where a record ends, cut by
// the same rule every time (a stored block is found again only inside a chunk
// that is as long; so the bound of a chunk may grow with a version, not shrink;
// what is appended may be a piece of one):
//
//   std::string parent;                            // nothing before the first
//   while (read chunk) {
//     Result<Covered> known = store.covered(parent, ruleset, chunk);
//     if (known->bytes > 0) { parent = known->digest; rest = …; ask again }
//     else { judge the rest, append it; parent = block.identity.digest }
//   }
//
// Promises. A block is in the file as a whole or not at all, whatever happens
// to the program or the machine (one transaction, synced). What is stored under
// one ruleset is never stored again under it: a repeated run adds a run and its
// counts, no verdict; a log that has grown is continued where it ended. After
// any failed write nothing more is taken. A file that was moved, removed or
// overwritten is noticed before the next commit (file_watch.h), which fails
// then. What was stored before goes into the file that was moved; to one that
// was overwritten nothing is written any more.
//
// One writer at a time for a file, held by a lock on "PATH-writer"; readers
// (audit, report, sqlite3) are free meanwhile. Not thread-safe.
namespace simwarden {

// Where a database may be begun.
enum class NewStore : uint8_t {
  nowhere,        // the one that was there is to be opened again
  where_none_is,  // an empty file is what a copy that failed leaves
  in_empty_file,  // or where none is
};

struct StoreOptions {
  // The key of the pseudonyms (privacy/tokens.h). Keep it outside the data:
  // who has both can try out all numbers.
  std::string site_key_path;
  // Pages that the file may grow to (16 KiB each, 4 KiB in a file made by an
  // older version); 0: as the disk allows.
  int64_t pages_max = 0;
  NewStore may_be_new = NewStore::in_empty_file;
  OtherKey key_change = OtherKey::refused;
};

// One file of a ruleset in canonical bytes: SHA-256 over those of all files,
// in order, is the ruleset's digest.
struct RulesetFile {
  std::string path;
  std::string bytes;
};

struct RunInfo {
  std::string program_version;
  // "sha256:…" of all that decides a verdict beside the bytes: the packs, and
  // also the default profile, the mapping and the kind when those can differ
  // from run to run. What is stored under it is never judged again for it.
  std::string ruleset_digest;
  // Kept once a digest; without them its verdicts cannot be judged again.
  std::vector<RulesetFile> ruleset_files;
  std::vector<std::string> packs;  // "sim-replacement@1.0.0"
  std::string profile;             // the default one
  std::string kinds;               // "auto", "request", "message"
  std::string command;             // as typed, for people
};

enum class RunStatus : uint8_t { done, interrupted, failed };

// seen = judged + unreadable + duplicate, or the source "does not add up".
struct SourceCounts {
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  uint64_t duplicate = 0;
  uint64_t bytes = 0;
  std::string digest;  // of the whole source, when it was read to its end
  bool whole = true;   // it was read to its end
};

// A hit of a rule on trial: what would have counted.
struct ShadowHit {
  std::string rule;
  double score = 0;  // the rule's points
};

// A hit that somebody took the responsibility for.
struct WaivedHit {
  std::string rule;
  double score = 0;  // the rule's points, which did not count
  WaiverNote waiver;
};

// Where its texts are is the caller's choice: a batch keeps those of a block
// together, since it makes them on one thread and lets go of them on another,
// and memory that goes such ways is dear. A copy is in ordinary memory.
struct VerdictRow {
  uint64_t line = 0;
  uint64_t byte = 0;
  std::pmr::string record_id;
  Kind kind = Kind::request;
  Action action = Action::pass;
  double score = 0;
  std::pmr::string profile;
  std::pmr::string subject;     // token of number or sender; may be empty
  std::pmr::string event_time;  // RFC 3339; empty when it was not recorded
  std::pmr::string top_rule;    // with the most points; empty when none counts
  std::vector<ShadowHit> shadow;  // each rule once
  std::vector<WaivedHit> waived;  // each rule once
  std::pmr::string json;  // the verdict's line without source; may be empty
};

struct ErrorRow {
  uint64_t line = 0;
  uint64_t byte = 0;
  std::string code;
  std::string message;
};

struct Block {
  int64_t source = 0;
  BlockIdentity identity;  // identify_block(parent, the bytes judged)
  uint64_t first_line = 1;
  uint64_t begin_byte = 0;  // of the source
  uint64_t end_byte = 0;
  std::vector<VerdictRow> verdicts;
  std::vector<ErrorRow> errors;
  // Fact -> records whose value its type does not allow.
  std::map<std::string, uint64_t> invalid;
  // Of `verdicts`, in their order; no records: nothing is kept of them.
  KeptFacts kept;
  // What windows counted of the records of its chunk that were not counted
  // before; nothing: all were, it is with another block, or none is counted.
  std::optional<CountedBlock> counted;
  // Of these rows and positions, under the store's site key; without it
  // append() makes it, on its own thread.
  std::optional<BlockSeal> seal;
};

// The beginning of a chunk that is stored already.
struct Covered {
  uint64_t bytes = 0;  // 0: nothing of it
  std::string digest;  // the parent of what follows; empty when bytes is 0
};

class Chain;
class Database;

// What open() would find, without opening or making anything: the schema; 0:
// a database would be begun. An Error where it would refuse the file.
Result<int64_t> store_version(const std::string& path, NewStore may_be_new);

class VerdictStore {
 public:
  // Takes the writer's lock, makes or migrates the file, opens the site key.
  static Result<std::unique_ptr<VerdictStore>> open(
      const std::string& path, const StoreOptions& options);
  virtual ~VerdictStore() = default;

  // For the tokens of VerdictRow::subject and for seals. Thread-safe.
  virtual const SiteKey& site_key() const = 0;

  // A run that never ends stays 'running' in the file, for all to see.
  virtual Result<int64_t> begin_run(const RunInfo& info) = 0;
  virtual Status end_run(int64_t run, RunStatus status) = 0;

  // REQUIRES: `run` is of begin_run() of this store.
  virtual Result<int64_t> begin_source(int64_t run,
                                       const std::string& name) = 0;
  virtual Status end_source(int64_t source, const SourceCounts& counts) = 0;

  // The longest stored block that begins `chunk` behind `parent`, judged under
  // the ruleset. Ask again with the rest until it is 0.
  virtual Result<Covered> covered(std::string_view parent,
                                  std::string_view ruleset_digest,
                                  std::string_view chunk) = 0;

  // What windows counted, of blocks that were appended. Not thread-safe, as the
  // store itself.
  virtual CountedBlocks& counted() = 0;

  // Synced when it returns, or with what it is appended together with. A block
  // that is stored already under the run's ruleset adds nothing. REQUIRES:
  // block.source is of begin_source(); its seal, if it has one, was made of the
  // block as it is.
  virtual Status append(const Block& block) = 0;

  // What `write` appends and adds goes in as a whole or not at all, in one
  // transaction that is synced once, when this returns. An Error of `write`
  // rolls everything back.
  virtual Status together(const std::function<Status()>& write) = 0;

  // What is stored besides, with its links, in one transaction: decisions
  // (decisions.h), texts of a case (case_texts.h).
  virtual Status add(const std::function<Status(Database&, Chain&)>& write) = 0;

  // An Error where the file is not the one that was opened any more; then
  // nothing more is taken, as after a failed write.
  virtual Status look() = 0;
  // Then it is not to be opened again as long as nobody has put that right.
  virtual bool is_overwritten() const = 0;

  // The schema that it had when it was opened; 0: it was begun.
  virtual int64_t opened_version() const = 0;

  // Whether a large block has room on the disk; an Error where it has not.
  virtual Status try_room() = 0;
};

}  // namespace simwarden
