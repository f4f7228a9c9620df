// SPDX-License-Identifier: Apache-2.0
#include "store/block_writer.h"

#include <utility>

#include <fmt/format.h>

namespace simwarden {

Result<std::unique_ptr<BlockWriter>> BlockWriter::open(Database& database,
                                                       BlockProofs& proofs,
                                                       Chain& chain) {
  auto made =
      std::unique_ptr<BlockWriter>(new BlockWriter(database, proofs, chain));
  Status prepared = made->prepare();
  if (!prepared) return prepared.error();
  return made;
}

Status BlockWriter::prepare() {
  auto block = database_.prepare(
      "INSERT OR IGNORE INTO block (source_id, ruleset_id, parent, digest, "
      "head, first_line, begin_byte, end_byte, verdicts, errors) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!block) return block.error();
  block_ = std::move(*block);
  auto kept = database_.prepare(
      "INSERT INTO kept_facts (block_id, records, bytes, sha256, facts) "
      "VALUES (?, ?, ?, ?, ?)");
  if (!kept) return kept.error();
  kept_ = std::move(*kept);
  auto counted = CountedWriter::open(database_);
  if (!counted) return counted.error();
  counted_ = std::move(*counted);
  struct Row {
    const char* table;
    const char* columns;
    std::unique_ptr<BulkInsert>* bulk;
  };
  const Row rows[] = {
      {"verdict_row",
       "verdict_id, block_id, line, byte, record_id, kind, action, score, "
       "profile, subject, event_time, top_rule, verdict_json",
       &verdicts_},
      {"shadow_row", "verdict_id, rule, score", &shadow_},
      {"waived_row",
       "verdict_id, rule, score, waiver, asked_by, approved_by, why, until",
       &waived_},
      {"error_row", "error_id, block_id, line, byte, code, message", &errors_},
      {"invalid_count", "block_id, fact, records", &invalid_},
  };
  for (const Row& row : rows) {
    auto bulk = BulkInsert::prepare(database_, row.table, row.columns);
    if (!bulk) return bulk.error();
    *row.bulk = std::move(*bulk);
  }
  return Done{};
}

Result<bool> BlockWriter::write(const Block& block, int64_t ruleset,
                                const BlockSeal& seal) {
  const Result<int64_t> id = write_block(block, ruleset);
  if (!id) return id.error();
  if (*id == 0) return false;
  const Result<RowKeys> keys = proofs_.next_keys();
  if (!keys) return keys.error();
  Status done = write_verdicts(block, *id, keys->first_verdict);
  if (done) done = write_what_did_not_count(block, keys->first_verdict);
  if (done) done = write_errors(block, *id, keys->first_error);
  if (done) done = write_invalid(block, *id);
  if (done) done = write_kept(block.kept, *id);
  if (done && block.counted) done = counted_->write(*block.counted, *id);
  if (done) done = proofs_.add(*id, *keys, seal);
  if (done) done = chain_.add(LinkKind::block, *id);
  if (!done) return done.error();
  return true;
}

Result<int64_t> BlockWriter::write_block(const Block& block, int64_t ruleset) {
  block_->bind(1, block.source);
  block_->bind(2, ruleset);
  block_->bind(3, block.identity.parent);
  block_->bind(4, block.identity.digest);
  block_->bind(5, block.identity.head);
  block_->bind(6, int64_t(block.first_line));
  block_->bind(7, int64_t(block.begin_byte));
  block_->bind(8, int64_t(block.end_byte));
  block_->bind(9, int64_t(block.verdicts.size()));
  block_->bind(10, int64_t(block.errors.size()));
  const int64_t before = database_.changes();
  Status done = block_->run();
  if (!done) return done.error();
  return database_.changes() == before ? 0 : database_.last_id();
}

Status BlockWriter::write_verdicts(const Block& block, int64_t block_id,
                                   int64_t first) {
  Status done =
      verdicts_->insert(std::span(block.verdicts),
                        [block_id, id = first](Statement& to, int at,
                                               const VerdictRow& row) mutable {
                          // The others follow by themselves, which SQLite does
                          // faster.
                          if (id != 0) {
                            to.bind(at++, id);
                          } else {
                            to.bind_null(at++);
                          }
                          id = 0;
                          to.bind(at, block_id);
                          to.bind(at + 1, int64_t(row.line));
                          to.bind(at + 2, int64_t(row.byte));
                          to.bind(at + 3, row.record_id);
                          to.bind(at + 4, int64_t(row.kind));
                          to.bind(at + 5, int64_t(row.action));
                          to.bind(at + 6, row.score);
                          to.bind(at + 7, row.profile);
                          to.bind(at + 8, row.subject);
                          to.bind(at + 9, row.event_time);
                          to.bind(at + 10, row.top_rule);
                          if (row.json.empty()) {
                            to.bind_null(at + 11);
                          } else {
                            to.bind(at + 11, row.json);
                          }
                        });
  if (!done) return done;
  const auto count = int64_t(block.verdicts.size());
  if (count > 0 && database_.last_id() != first + count - 1) {
    return Error{
        Trouble::environment,
        fmt::format("{}: holds verdicts that it was not given; see audit "
                    "verify",
                    database_.path())};
  }
  return Done{};
}

Status BlockWriter::write_what_did_not_count(const Block& block,
                                             int64_t first_verdict) {
  struct Shadow {
    int64_t verdict;
    const ShadowHit* hit;
  };
  struct Waived {
    int64_t verdict;
    const WaivedHit* hit;
  };
  std::vector<Shadow> shadow;
  std::vector<Waived> waived;
  int64_t verdict = first_verdict;
  for (const VerdictRow& row : block.verdicts) {
    for (const ShadowHit& hit : row.shadow) shadow.push_back({verdict, &hit});
    for (const WaivedHit& hit : row.waived) waived.push_back({verdict, &hit});
    ++verdict;
  }
  Status done = shadow_->insert(std::span<const Shadow>(shadow),
                                [](Statement& to, int at, const Shadow& row) {
                                  to.bind(at, row.verdict);
                                  to.bind(at + 1, row.hit->rule);
                                  to.bind(at + 2, row.hit->score);
                                });
  if (!done) return done;
  return waived_->insert(std::span<const Waived>(waived),
                         [](Statement& to, int at, const Waived& row) {
                           const WaiverNote& waiver = row.hit->waiver;
                           to.bind(at, row.verdict);
                           to.bind(at + 1, row.hit->rule);
                           to.bind(at + 2, row.hit->score);
                           to.bind(at + 3, waiver.id);
                           to.bind(at + 4, waiver.asked_by);
                           to.bind(at + 5, waiver.approved_by);
                           to.bind(at + 6, waiver.why);
                           to.bind(at + 7, waiver.until);
                         });
}

Status BlockWriter::write_errors(const Block& block, int64_t block_id,
                                 int64_t first) {
  return errors_->insert(std::span(block.errors),
                         [block_id, id = first](Statement& to, int at,
                                                const ErrorRow& row) mutable {
                           to.bind(at++, id++);
                           to.bind(at, block_id);
                           to.bind(at + 1, int64_t(row.line));
                           to.bind(at + 2, int64_t(row.byte));
                           to.bind(at + 3, row.code);
                           to.bind(at + 4, row.message);
                         });
}

Status BlockWriter::write_invalid(const Block& block, int64_t block_id) {
  const std::vector<std::pair<std::string, uint64_t>> rows(
      block.invalid.begin(), block.invalid.end());
  return invalid_->insert(
      std::span(rows), [block_id](Statement& to, int at,
                                  const std::pair<std::string, uint64_t>& row) {
        to.bind(at, block_id);
        to.bind(at + 1, row.first);
        to.bind(at + 2, int64_t(row.second));
      });
}

Status BlockWriter::write_kept(const KeptFacts& kept, int64_t block_id) {
  if (kept.records == 0) return Done{};
  kept_->bind(1, block_id);
  kept_->bind(2, int64_t(kept.records));
  kept_->bind(3, int64_t(kept.bytes));
  kept_->bind(4, kept.sha256);
  kept_->bind_blob(5, kept.facts);
  return kept_->run();
}

}  // namespace simwarden
