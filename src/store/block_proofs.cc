// SPDX-License-Identifier: Apache-2.0
#include "store/block_proofs.h"

#include "store/stored_rows.h"

namespace simwarden {
Result<std::unique_ptr<BlockProofs>> BlockProofs::open(Database& database,
                                                       const SiteKey& key) {
  auto made = std::make_unique<BlockProofs>();
  made->database_ = &database;
  made->key_ = &key;
  auto insert = database.prepare(
      "INSERT INTO block_proof (block_id, first_verdict, first_error, salt, "
      "row_digests) VALUES (?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  made->insert_ = std::move(*insert);
  auto last = database.prepare(
      "SELECT first_verdict + verdicts, first_error + errors "
      "FROM block_proof JOIN block USING (block_id) "
      "ORDER BY block_id DESC LIMIT 1");
  if (!last) return last.error();
  made->last_ = std::move(*last);
  return made;
}

Result<RowKeys> BlockProofs::next_keys() {
  const Result<bool> row = last_->step();
  if (!row) return row.error();
  if (!*row) return RowKeys{};
  const RowKeys keys{last_->integer(0), last_->integer(1)};
  last_->reset();
  return keys;
}

std::string BlockProofs::salt_of(std::string_view digest) const {
  return token(*key_, "block " + std::string(digest));
}

Status BlockProofs::add(int64_t block_id, const RowKeys& keys,
                        const BlockSeal& seal) {
  insert_->bind(1, block_id);
  insert_->bind(2, keys.first_verdict);
  insert_->bind(3, keys.first_error);
  insert_->bind(4, seal.salt);
  insert_->bind_blob(5, seal.row_digests);
  return insert_->run();
}

Status BlockProofs::adopt(Chain& chain) {
  if (chain.links() > 0) return Done{};
  const Result<int64_t> before =
      database_->integer("SELECT count(*) FROM block");
  if (!before) return before.error();
  Status done = chain.add(LinkKind::chain, *before);
  struct Row {
    const char* ids;
    LinkKind kind;
  };
  const Row rows[] = {
      {"SELECT ruleset_id FROM ruleset ORDER BY 1", LinkKind::ruleset},
      {"SELECT run_id FROM run ORDER BY 1", LinkKind::run},
      {"SELECT source_id FROM source ORDER BY 1", LinkKind::source},
      {"SELECT source_id FROM source WHERE ended = 1 ORDER BY 1",
       LinkKind::source_end},
      {"SELECT run_id FROM run WHERE status <> 'running' ORDER BY 1",
       LinkKind::run_end},
  };
  for (const Row& row : rows) {
    if (done) done = adopt_rows(chain, row.ids, row.kind);
  }
  return done ? adopt_blocks(chain) : done;
}

Status BlockProofs::adopt_rows(Chain& chain, const char* ids, LinkKind kind) {
  return database_->each_row(ids, [&](const Statement& row) {
    return chain.add(kind, row.integer(0));
  });
}

// One pass over all rows: those of a block follow each other.
Status BlockProofs::adopt_blocks(Chain& chain) {
  auto blocks =
      database_->prepare("SELECT block_id, digest FROM block ORDER BY 1");
  if (!blocks) return blocks.error();
  auto verdicts = StoredVerdicts::open(*database_);
  if (!verdicts) return verdicts.error();
  auto errors = StoredErrors::open(*database_);
  if (!errors) return errors.error();
  auto invalid = InvalidCounts::open(*database_);
  if (!invalid) return invalid.error();
  Result<bool> verdict = (*verdicts)->next();
  Result<bool> error = (*errors)->next();
  RowKeys keys;
  while (true) {
    const Result<bool> row = (*blocks)->step();
    if (!row) return row.error();
    if (!*row) return Done{};
    const int64_t id = (*blocks)->integer(0);
    const std::string salt = salt_of((*blocks)->text(1));
    const RowKeys first{
        verdict && *verdict ? (*verdicts)->id() : keys.first_verdict,
        error && *error ? (*errors)->id() : keys.first_error};
    keys = first;
    std::string digests;
    while (verdict && *verdict && (*verdicts)->block() == id) {
      digests += bytes_of((*verdicts)->digest((*verdicts)->personal(salt)));
      keys.first_verdict = (*verdicts)->id() + 1;
      verdict = (*verdicts)->next();
    }
    if (!verdict) return verdict.error();
    while (error && *error && (*errors)->block() == id) {
      digests += bytes_of((*errors)->digest((*errors)->personal(salt)));
      keys.first_error = (*errors)->id() + 1;
      error = (*errors)->next();
    }
    if (!error) return error.error();
    const Result<Digest> counts = (*invalid)->digest(id);
    if (!counts) return counts.error();
    digests += bytes_of(*counts);
    Status written = add(id, first, {salt, std::move(digests)});
    if (written) written = chain.add(LinkKind::block, id);
    if (!written) return written;
  }
}

}  // namespace simwarden
