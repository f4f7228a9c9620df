// SPDX-License-Identifier: Apache-2.0
#include "app/keeper.h"

#include <cstdlib>

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

Result<uint64_t> Keeper::append(Judged& judged) {
  Block& block = judged.block;
  const uint64_t rows = block.verdicts.size();
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
  if (rest.empty() && !judged.chunk.bytes.empty()) return rows;
  if (rest.size() < judged.chunk.bytes.size()) {
    keep_rest(judged, rest.size(), store_->site_key());
  }
  block.source = source_;
  block.identity = identify_block(parent_, rest);
  if (auto stored = store_->append(block); !stored) return stored.error();
  parent_ = block.identity.digest;
  return rows - block.verdicts.size();
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
