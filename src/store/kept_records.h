// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "record/verdict.h"
#include "store/kept_block.h"
#include "store/kept_damage.h"
#include "store/kept_line.h"

// Walks the kept facts of a database, record by record, block by block: for
// what needs something of every record.
//
//   auto walk = KeptRecords::open("out.db", {"channel.type", "agent.id"});
//   while (true) {
//     Result<bool> more = (*walk)->next();
//     if (!more) …                                    // the world's
//     if (!*more) break;
//     const KeptFact& channel = (*walk)->facts().fact(0);
//     if (channel.is_text()) …channel.text…           // "store_own"
//   }
//   …(*walk)->damage()…
//
// Memory holds one block. Blocks without kept facts (older ones, purged ones,
// `--keep verdicts`) are passed over and counted; of a damaged block what can
// be read comes, the rest is passed over and named. Reads one state of the
// database, also while a run writes. One thread.
namespace simwarden {

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
  // `facts`: see KeptLine; without any the lines are not looked into.
  static Result<std::unique_ptr<KeptRecords>> open(
      const std::string& path, std::vector<std::string> facts,
      const KeptWalkOptions& options = {});
  ~KeptRecords();
  KeptRecords(const KeptRecords&) = delete;
  KeptRecords& operator=(const KeptRecords&) = delete;

  // False after the last record.
  Result<bool> next();

  // Of the record that next() came to. REQUIRES: some fact was asked for.
  const KeptLine& facts() const { return *facts_; }
  int64_t verdict_id() const { return verdict_id_; }
  int64_t block_id() const { return block_.id(); }
  int64_t run_id() const { return run_id_; }
  int64_t ruleset_id() const { return ruleset_id_; }
  const std::string& source() const { return source_; }
  // The whole line, without its line break, with KeptLine::kPadding readable
  // bytes behind it.
  std::string_view line() const { return line_; }
  // REQUIRES: KeptWalkOptions::verdicts.
  const KeptVerdict& verdict() const { return verdict_; }

  // The record at hand makes no sense to the caller: it and what follows in
  // its block are passed over as damaged.
  void pass_over(std::string_view why);

  // So far: verdicts of blocks that keep no facts of them.
  uint64_t verdicts_without() const { return without_; }
  // So far: blocks that are not as they were written.
  const KeptDamage& damage() const { return damage_; }

 private:
  KeptRecords() = default;
  Result<bool> next_block();
  // Nullopt: fine; else what is wrong with the block from here on.
  Result<std::optional<std::string>> read_record();
  Result<std::optional<std::string>> read_verdict();

  std::unique_ptr<Database> database_;
  std::unique_ptr<Statement> blocks_;
  std::unique_ptr<Statement> origin_;    // of a block
  std::unique_ptr<Statement> verdicts_;  // null: not asked for
  std::unique_ptr<KeptLine> facts_;      // null: none were asked for
  KeptBlock block_;
  size_t at_ = 0;    // the record at hand in the block, from 1
  size_t size_ = 0;  // records of the block that are to come, and came
  std::string_view line_;
  int64_t verdict_id_ = 0;
  int64_t run_id_ = 0;
  int64_t ruleset_id_ = 0;
  std::string source_;
  KeptVerdict verdict_;
  uint64_t without_ = 0;
  KeptDamage damage_;
};

}  // namespace simwarden
