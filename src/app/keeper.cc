// SPDX-License-Identifier: Apache-2.0
#include "app/keeper.h"

#include <cstdlib>

#include "privacy/tokens.h"

namespace simwarden {
namespace {

// Beside the database unless the site keeps it elsewhere, as it should.
std::string key_path(const std::string& db) {
  const char* named = std::getenv("SIMWARDEN_SITE_KEY");
  return named && *named ? named : db + ".key";
}

std::string_view kinds_of(KindChoice kind) {
  if (kind == KindChoice::request) return "request";
  return kind == KindChoice::message ? "message" : "auto";
}

// The chain of a source begins with how it is read and with its header, so
// that the same rows under other columns are not taken for the same.
std::string seed_of(const std::string& reading, const Chunk& chunk) {
  std::string text = reading;
  if (chunk.header) {
    for (const std::string& column : *chunk.header) text += '\n' + column;
  }
  return sha256_hex(text);
}

std::vector<RulesetFile> files_of(const Ruleset& ruleset) {
  std::vector<RulesetFile> files;
  for (const DigestedFile& file : ruleset.files) {
    files.push_back({file.path, canonical(file)});
  }
  return files;
}

}  // namespace

Result<std::unique_ptr<Keeper>> Keeper::open(const ScreenOptions& options,
                                             const House& house,
                                             std::string reading) {
  auto store =
      VerdictStore::open(options.db, {.site_key_path = key_path(options.db)});
  if (!store) return store.error();
  auto keeper = std::unique_ptr<Keeper>(new Keeper());
  keeper->store_ = std::move(*store);
  keeper->reading_ = std::move(reading);
  keeper->ruleset_digest_ = house.ruleset().digest;
  auto run = keeper->store_->begin_run(
      {.program_version = SIMWARDEN_VERSION,
       .ruleset_digest = house.ruleset().digest,
       .ruleset_files = files_of(house.ruleset()),
       .packs = house.packs(),
       .profile = house.profile(),
       .kinds = std::string(kinds_of(options.reading.kind)),
       .command = options.command});
  if (!run) return run.error();
  keeper->run_ = *run;
  return keeper;
}

Status Keeper::begin_source(const std::string& name) {
  auto source = store_->begin_source(run_, name);
  if (!source) return source.error();
  source_ = *source;
  parent_.clear();
  return Done{};
}

Result<uint64_t> Keeper::append(const Judged& judged) {
  if (parent_.empty()) parent_ = seed_of(reading_, judged.chunk);
  std::string_view rest = judged.chunk.bytes;
  while (!rest.empty()) {
    auto covered = store_->covered(parent_, ruleset_digest_, rest);
    if (!covered) return covered.error();
    if (covered->bytes == 0) break;
    parent_ = covered->digest;
    rest.remove_prefix(covered->bytes);
  }
  // A chunk without bytes still has a block: the row that was too long.
  if (rest.empty() && !judged.chunk.bytes.empty()) return judged.rows.size();
  const Block block = block_of(judged, rest);
  if (auto stored = store_->append(block); !stored) return stored.error();
  parent_ = block.identity.digest;
  return judged.rows.size() - block.verdicts.size();
}

Block Keeper::block_of(const Judged& judged, std::string_view rest) const {
  Block block;
  block.source = source_;
  block.identity = identify_block(parent_, rest);
  block.end_byte = judged.chunk.first_byte + judged.chunk.bytes.size();
  block.begin_byte = block.end_byte - rest.size();
  block.first_line = judged.chunk.first_line;
  for (const StoreRow& row : judged.rows) {
    if (row.position.byte < block.begin_byte) {
      block.first_line = row.position.line + 1;
      continue;
    }
    block.verdicts.push_back({.line = row.position.line,
                              .byte = row.position.byte,
                              .record_id = row.id,
                              .kind = row.kind,
                              .action = row.action,
                              .score = row.score,
                              .profile = row.profile,
                              .subject = token(store_->site_key(), row.subject),
                              .event_time = row.event_time,
                              .top_rule = row.top_rule,
                              .shadow = row.shadow,
                              .waived = row.waived,
                              .json = row.json});
    for (const std::string& fact : row.invalid) ++block.invalid[fact];
  }
  for (const BadRow& bad : judged.bad_rows) {
    if (bad.position.byte < block.begin_byte) continue;
    block.errors.push_back({.line = bad.position.line,
                            .byte = bad.position.byte,
                            .code = bad.code,
                            .message = bad.message});
  }
  return block;
}

Status Keeper::end_source(const SourceTally& counts) {
  return store_->end_source(source_, {.seen = counts.seen,
                                      .judged = counts.judged,
                                      .unreadable = counts.unreadable,
                                      .duplicate = counts.duplicate,
                                      .bytes = counts.bytes,
                                      .digest = counts.whole ? parent_ : ""});
}

Status Keeper::end_run(RunStatus status) {
  return store_->end_run(run_, status);
}

}  // namespace simwarden
