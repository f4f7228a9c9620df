// SPDX-License-Identifier: Apache-2.0
#include "store/kept_facts.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <zstd.h>

#include "diag/check.h"
#include "privacy/sha256.h"

namespace simwarden {
namespace {

// On requests the smallest of the levels 1 to 3 (zstd -b1 -e3).
constexpr int kLevel = 1;

Error not_ours(std::string_view why) {
  return {Trouble::input, fmt::format("the kept facts of a block {}", why)};
}

}  // namespace

KeptFacts seal_facts(std::string_view lines, uint64_t records) {
  CHECK(lines.size() <= kKeptBytesMax, "a block is a chunk of its source");
  KeptFacts kept{.records = records, .bytes = lines.size()};
  if (records == 0) return kept;
  // A context costs more than a block to make, and so do fresh pages.
  thread_local std::string packed;
  thread_local const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(
      ZSTD_createCCtx(), ZSTD_freeCCtx);
  CHECK(context != nullptr, "a MiB of memory");
  const size_t bound = ZSTD_compressBound(lines.size());
  if (packed.size() < bound) packed.resize(bound);
  const size_t size = ZSTD_compressCCtx(context.get(), packed.data(), bound,
                                        lines.data(), lines.size(), kLevel);
  CHECK(ZSTD_isError(size) == 0, "the bound is zstd's own");
  kept.facts.assign(packed, 0, size);  // no more: it waits for the writer
  kept.sha256 = sha256_hex(kept.facts);
  return kept;
}

bool is_sealed(std::string_view facts, std::string_view sha256) {
  return sha256_hex(facts) == sha256;
}

Status unseal_facts(std::string_view facts, uint64_t bytes, size_t padding,
                    std::string& lines) {
  if (bytes > kKeptBytesMax) return not_ours("claim to be too large");
  lines.resize(bytes + padding);
  const size_t size =
      ZSTD_decompress(lines.data(), bytes, facts.data(), facts.size());
  if (ZSTD_isError(size) != 0) {
    return not_ours(fmt::format("cannot be read: {}", ZSTD_getErrorName(size)));
  }
  if (size != bytes) return not_ours("are not as long as they should be");
  std::fill(lines.begin() + std::ptrdiff_t(bytes), lines.end(), '\0');
  return Done{};
}

}  // namespace simwarden
