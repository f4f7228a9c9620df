// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "record/fields.h"
#include "record/verdict.h"

// Walks the kept facts of a database, record by record, block by block: for
// figures that need something of every record.
//
//   auto walk = KeptRecords::open("out.db", {"channel.type", "agent.id",
//                                            "auth.factors[].type"});
//   while (true) {
//     Result<bool> more = (*walk)->next();
//     if (!more) …                                    // the world's, or
//     damaged if (!*more) break; const KeptFact& channel = (*walk)->fact(0); if
//     (channel.is_text()) …channel.text…           // "store_own" const
//     KeptFact& agent = (*walk)->fact(1); if (agent.state == KeptState::token)
//     …agent.text…  // joins with others for (const KeptFact& type :
//     (*walk)->items(2)) …
//   }
//
// Only the facts that were asked for are read. Memory holds one block. Blocks
// without kept facts (older ones, purged ones, `--keep verdicts`) are passed
// over and counted. Reads one state of the database, also while a run writes.
// One thread.
namespace simwarden {

enum class KeptState : uint8_t {
  absent,   // not recorded
  null,     // recorded as null
  invalid,  // recorded with a value that is none
  masked,   // recorded; nothing of the value is kept
  token,    // recorded; a pseudonym is kept (privacy/tokens.h)
  text,
  number,
  boolean,
};

struct KeptFact {
  KeptState state = KeptState::absent;
  // Of `text` the value, times in RFC 3339 as recorded; of `token` the
  // pseudonym, "t1:…". Lives until the next next().
  std::string_view text;
  double number = 0;
  bool boolean = false;

  bool is_text() const { return state == KeptState::text; }
  bool is_true() const { return state == KeptState::boolean && boolean; }
  // Whether the record had a value, kept or not.
  bool is_recorded() const { return state >= KeptState::masked; }
};

struct KeptWalkOptions {
  // With what stands in the verdict's row: a second walk beside this one.
  bool verdicts = false;
  bool verdict_json = false;  // that too; dear, it is most of a row
  // Only blocks that were judged under it.
  std::optional<int64_t> ruleset;
  // Only the block that has this verdict.
  std::optional<int64_t> verdict;
};

// What stands in the verdict's row. Views live until the next next().
struct KeptVerdict {
  int64_t id = 0;
  Action action = Action::pass;
  double score = 0;
  uint64_t line = 0;
  uint64_t byte = 0;
  std::string_view record_id;   // empty when it was not, or was purged
  std::string_view subject;     // a pseudonym; likewise
  std::string_view event_time;  // as recorded; empty when it was not
  std::string_view profile;     // that it was judged by
  std::string_view json;        // KeptWalkOptions::verdict_json
};

class KeptRecords {
 public:
  // `facts`: names as in the input, without the kind ("channel.type",
  // "auth.factors[].type", "links[].host"; of a list of texts "recipients[]").
  // The same name means the fact of either kind. Names that no record has are
  // absent everywhere.
  static Result<std::unique_ptr<KeptRecords>> open(
      const std::string& path, std::vector<std::string> facts,
      const KeptWalkOptions& options = {});
  ~KeptRecords();
  KeptRecords(const KeptRecords&) = delete;
  KeptRecords& operator=(const KeptRecords&) = delete;

  // False after the last record.
  Result<bool> next();

  // Of the record that next() came to. REQUIRES: some fact was asked for.
  Kind kind() const { return kind_; }
  int64_t verdict_id() const { return verdict_id_; }
  int64_t block_id() const { return block_id_; }
  int64_t run_id() const { return run_id_; }
  int64_t ruleset_id() const { return ruleset_id_; }
  const std::string& source() const { return source_; }
  // By its place in `facts`. REQUIRES: it is no name with [].
  const KeptFact& fact(size_t index) const { return facts_[index]; }
  // Of a name with []: one of each item, in order; members of one list have as
  // many. Empty when the list is, or was not recorded.
  std::span<const KeptFact> items(size_t index) const { return items_[index]; }
  // The whole line, without its line break, with kPadding readable bytes
  // behind it.
  std::string_view line() const { return line_; }
  // REQUIRES: KeptWalkOptions::verdicts.
  const KeptVerdict& verdict() const { return verdict_; }

  // So far: verdicts of blocks that keep no facts of them.
  uint64_t verdicts_without() const { return without_; }

  // What simdjson may read past the end of a text.
  static constexpr size_t kPadding = 64;

 private:
  struct Reader;
  KeptRecords();
  Result<bool> next_block();
  Status take_block();
  Status read_line();
  Status read_verdict();
  Error damaged(std::string_view what) const;

  std::unique_ptr<Reader> reader_;
  std::string lines_;
  size_t at_ = 0;      // where the next line begins
  size_t end_ = 0;     // of the lines
  uint64_t left_ = 0;  // lines of the block that are to come
  std::string_view line_;
  Kind kind_ = Kind::request;
  int64_t verdict_id_ = 0;
  int64_t block_id_ = 0;
  int64_t run_id_ = 0;
  int64_t ruleset_id_ = 0;
  std::string source_;
  std::string where_;  // "PATH: block 7", for errors
  std::vector<KeptFact> facts_;
  std::vector<std::vector<KeptFact>> items_;
  KeptVerdict verdict_;
  uint64_t without_ = 0;
};

}  // namespace simwarden
