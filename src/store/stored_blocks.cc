// SPDX-License-Identifier: Apache-2.0
#include "store/stored_blocks.h"

#include <algorithm>
#include <map>

#include "store/chain.h"
#include "store/database.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

// Blocks that were kept, by their first byte.
using Kept = std::map<uint64_t, StoredBlock>;

bool lies_over(const Kept& kept, const StoredBlock& block) {
  const auto after = kept.lower_bound(block.begin_byte);
  if (after != kept.end() && after->first < block.end_byte) return true;
  if (after == kept.begin()) return false;
  return std::prev(after)->second.end_byte > block.begin_byte;
}

}  // namespace

bool StoredBlock::holds(std::string_view bytes) const {
  return identify_block(parent, bytes).digest == digest;
}

uint64_t StoredSource::verdicts() const {
  uint64_t sum = 0;
  for (const StoredBlock& block : blocks) sum += block.verdicts;
  return sum;
}

Result<std::vector<StoredSource>> stored_sources(const std::string& path) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  constexpr auto kBlocks =
      "SELECT s.name, b.parent, b.digest, b.begin_byte, b.end_byte, "
      "b.verdicts, b.errors FROM block b JOIN source s USING (source_id) "
      "ORDER BY b.block_id DESC";
  std::map<std::string, Kept> by_name;
  const Status done = (*database)->each_row(kBlocks, [&](const Statement& at) {
    StoredBlock block{.parent = std::string(at.text(1)),
                      .digest = std::string(at.text(2)),
                      .begin_byte = uint64_t(at.integer(3)),
                      .end_byte = uint64_t(at.integer(4)),
                      .verdicts = uint64_t(at.integer(5)),
                      .errors = uint64_t(at.integer(6))};
    Kept& kept = by_name[std::string(at.text(0))];
    if (lies_over(kept, block)) return;
    kept.emplace(block.begin_byte, std::move(block));
  });
  if (!done) return done.error();
  std::vector<StoredSource> sources;
  for (auto& [name, kept] : by_name) {
    StoredSource source{.name = name, .blocks = {}};
    for (auto& [begin, block] : kept) source.blocks.push_back(std::move(block));
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace simwarden
