// SPDX-License-Identifier: Apache-2.0
#include "app/keeper.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "house/verdict_row.h"
#include "privacy/sha256.h"

namespace simwarden {
namespace {

// The chain of a source begins with how it is read and with its header, so
// that the same rows under other columns are not taken for the same.
std::string seed_of(const std::string& reading, const Chunk& chunk) {
  std::string text = reading;
  if (chunk.header) {
    for (const std::string& column : *chunk.header) text += '\n' + column;
  }
  return sha256_hex(text);
}

}  // namespace

Result<std::unique_ptr<Keeper>> Keeper::open(const ScreenOptions& options,
                                             const House& house,
                                             const Reading& reading) {
  auto store = VerdictStore::open(options.db,
                                  {.site_key_path = site_key_path(options.db),
                                   .key_change = options.key_change});
  if (!store) return store.error();
  auto keeper = std::unique_ptr<Keeper>(new Keeper());
  keeper->store_ = std::move(*store);
  keeper->reading_ = reading;
  keeper->ruleset_digest_ = house.ruleset().digest;
  auto run = keeper->store_->begin_run(
      {.program_version = SIMWARDEN_VERSION,
       .ruleset_digest = house.ruleset().digest,
       .ruleset_files = files_of(house.ruleset()),
       .packs = house.packs(),
       .profile = house.profile(),
       .kinds = std::string(name_of(options.reading.kind)),
       .command = options.command});
  if (!run) return run.error();
  keeper->run_ = *run;
  if (options.case_file.number.empty()) return keeper;
  if (Status opened = keeper->open_case(options.case_file); !opened) {
    return opened.error();
  }
  return keeper;
}

Status Keeper::begin_source(const std::string& name,
                            const ChunkReader* reader) {
  reader_ = reader;
  auto source = store_->begin_source(run_, name);
  if (!source) return source.error();
  source_ = *source;
  parent_.clear();
  reached_ = 0;
  counted_waits_.reset();
  parent_ahead_.clear();
  all_new_ = true;
  counted_parent_.clear();
  all_counted_ = true;
  return Done{};
}

Status Keeper::restore(WindowStage& windows) {
  return store_->counted().restore(
      windows.reach(),
      [&windows](const KeptCount& kept) { return windows.restore(kept); },
      {.reached_max = windows.reached_max()});
}

// A log that was read while its last row was half written has a block that
// ends in the middle of what is a whole row by now: such a block says nothing
// of it. They are blocks of one row, as many as the log was read so.
template <typename Known, typename Ask>
Result<Known> Keeper::known_rows(std::string_view rest, Ask ask) const {
  constexpr int kHalfRowsMax = 64;
  size_t within = rest.size();
  for (int i = 0; i < kHalfRowsMax; ++i) {
    auto known = ask(rest.substr(0, within));
    if (!known || known->bytes == 0) return known;
    if (reader_->ends_row(rest, known->bytes)) return known;
    within = known->bytes - 1;
  }
  return Known{};
}

// What was counted is the beginning of a source: behind what was not nothing
// was.
Status Keeper::know(CountedChunk& chunk) {
  if (counted_parent_.empty()) {
    counted_parent_ = seed_of("counted\n" + reading_.records, *chunk.chunk);
  }
  std::string_view rest = chunk.chunk->bytes;
  while (all_counted_ && !rest.empty()) {
    const std::lock_guard lock(mutex_);
    auto known = known_rows<KnownCount>(rest, [this](std::string_view bytes) {
      return store_->counted().find(counted_parent_, bytes);
    });
    if (!known) return known.error();
    if (known->bytes == 0) break;
    counted_parent_ = known->digest;
    rest.remove_prefix(known->bytes);
    chunk.known.push_back({known->bytes, std::move(known->figures)});
  }
  if (rest.empty()) return Done{};
  all_counted_ = false;
  chunk.identity = identify_block(counted_parent_, rest);
  counted_parent_ = chunk.identity->digest;
  return Done{};
}

void Keeper::identify(Judged& judged) {
  if (!all_new_) return;
  if (parent_ahead_.empty()) {
    parent_ahead_ = seed_of(reading_.profile + reading_.records, judged.chunk);
  }
  judged.identity = identify_block(parent_ahead_, judged.chunk.bytes);
  parent_ahead_ = judged.identity->digest;
}

Result<std::vector<uint64_t>> Keeper::append(
    std::span<const std::shared_ptr<Judged>> chunks) {
  const std::lock_guard lock(mutex_);
  std::vector<uint64_t> duplicates;
  const Status stored = store_->together([&]() -> Status {
    for (const auto& judged : chunks) {
      auto known = append_one(*judged);
      if (!known) return known.error();
      duplicates.push_back(*known);
    }
    return Done{};
  });
  if (!stored) return stored.error();
  return duplicates;
}

BlockIdentity Keeper::identity_of(Judged& judged, std::string_view rest) const {
  if (judged.identity && judged.identity->parent == parent_ &&
      judged.identity->bytes == rest.size()) {
    return *std::move(judged.identity);
  }
  return identify_block(parent_, rest);
}

// A block may end behind the portion: it was stored when chunks came in larger
// ones, or in none.
Result<std::vector<Keeper::Stretch>> Keeper::find_stored(const Judged& judged) {
  const std::string_view bytes = bytes_from(judged);
  const uint64_t begin = judged.chunk.first_byte;
  const uint64_t end = begin + judged.chunk.bytes.size();
  std::vector<Stretch> blocks;
  if (reached_ > begin) blocks.push_back({reached_, parent_});
  reached_ = std::max(reached_, begin);
  while (reached_ < end) {
    auto covered = known_rows<Covered>(
        bytes.substr(reached_ - begin), [this](std::string_view rest) {
          return store_->covered(parent_, ruleset_digest_, rest);
        });
    if (!covered) return covered.error();
    if (covered->bytes == 0) break;
    all_new_ = false;
    parent_ = covered->digest;
    reached_ += covered->bytes;
    blocks.push_back({reached_, parent_});
  }
  return blocks;
}

// What was counted of a chunk is stored with the first block that is new in it.
void Keeper::bring_counted(Judged& judged, bool is_new) {
  const bool begins =
      !judged.whole || judged.whole->first_byte == judged.chunk.first_byte;
  if (begins) counted_waits_ = std::move(judged.block.counted);
  judged.block.counted.reset();
  if (is_new) judged.block.counted.swap(counted_waits_);
}

Result<uint64_t> Keeper::append_one(Judged& judged) {
  Block& block = judged.block;
  const uint64_t rows = block.verdicts.size();
  if (parent_.empty()) {
    parent_ = seed_of(reading_.profile + reading_.records, judged.chunk);
  }
  const std::string_view bytes = judged.chunk.bytes;
  const uint64_t end = judged.chunk.first_byte + bytes.size();
  auto blocks = find_stored(judged);
  if (!blocks) return blocks.error();
  const size_t left = size_t(end - std::min(reached_, end));
  // A chunk without bytes still has a block: the row that was too long.
  const bool is_new = left > 0 || bytes.empty();
  bring_counted(judged, is_new);
  if (is_new) {
    if (left < bytes.size()) keep_rest(judged, left, store_->site_key());
    block.source = source_;
    block.identity = identity_of(judged, bytes.substr(bytes.size() - left));
    if (auto stored = store_->append(block); !stored) return stored.error();
    parent_ = block.identity.digest;
    reached_ = end;
    blocks->push_back({end, parent_});
  }
  if (Status kept = keep_texts(judged, *blocks); !kept) return kept.error();
  return is_new ? rows - block.verdicts.size() : rows;
}

Status Keeper::open_case(const CaseFile& file) {
  case_file_ = file;
  return store_->add([this](Database& database, Chain& chain) -> Status {
    auto opened = CaseKeeper::open(database, chain, case_file_);
    if (!opened) return opened.error();
    case_ = *std::move(opened);
    return Done{};
  });
}

// Also of records that an earlier run has stored: their blocks are known.
Status Keeper::keep_texts(const Judged& judged,
                          const std::vector<Stretch>& blocks) {
  if (!case_) return Done{};
  std::vector<CaseText> texts;
  size_t block = 0;
  for (const ClearText& clear : judged.case_texts) {
    while (clear.byte >= blocks[block].end_byte) ++block;
    texts.push_back({blocks[block].digest, clear.byte, clear.text});
  }
  if (texts.empty()) return Done{};
  return store_->add([&](Database& database, Chain& chain) {
    return case_->keep(database, chain, ruleset_digest_, texts);
  });
}

std::string Keeper::case_sentence() const {
  if (!case_) return {};
  const CaseTextCounts& counts = case_->counts();
  std::string out = fmt::format(
      "simwarden: case {}: {} texts kept until {}, {} were there",
      case_file_.number, counts.kept, case_file_.until, counts.known);
  if (counts.gone > 0) {
    out += fmt::format(", {} were not kept: their verdicts were purged",
                       counts.gone);
  }
  if (counts.beyond > 0) {
    out += fmt::format(", {} were NOT KEPT: a case holds {}", counts.beyond,
                       kCaseTextsMax);
  }
  return out + "\n";
}

Status Keeper::end_source(const SourceTally& counts) {
  return store_->end_source(source_, {.seen = counts.seen,
                                      .judged = counts.judged,
                                      .unreadable = counts.unreadable,
                                      .duplicate = counts.duplicate,
                                      .bytes = counts.bytes,
                                      .digest = counts.whole ? parent_ : "",
                                      .whole = counts.whole});
}

Status Keeper::end_run(RunStatus status) {
  return store_->end_run(run_, status);
}

}  // namespace simwarden
