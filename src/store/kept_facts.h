// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diag/result.h"

// What a block keeps of the records that were judged: one line of JSON a
// record, in the order of its verdict rows, all lines in one zstd frame
// (docs/store.md, "Kept facts"). Who writes the lines says what is in them
// (kept/kept_writer.h); who reads them walks (store/kept_records.h).
namespace simwarden {

struct KeptFacts {
  uint64_t records = 0;  // lines; 0: nothing is kept
  uint64_t bytes = 0;    // of the lines, each with its line break
  std::string facts;     // compressed
  std::string sha256;    // of `facts`, 64 lower-case hex digits
};

// A block is about a MiB of its source, one row at most 8 MiB; a database that
// claims more is not ours.
inline constexpr uint64_t kKeptBytesMax = uint64_t{256} << 20;

// Compresses and hashes. Thread-safe.
// REQUIRES: `lines` are `records` lines, and at most kKeptBytesMax.
KeptFacts seal_facts(std::string_view lines, uint64_t records);

// Whether these are the bytes that were hashed.
bool is_sealed(std::string_view facts, std::string_view sha256);

// The lines, with `padding` zero bytes behind them that do not count.
// `lines` keeps its memory from call to call. An Error of trouble `input` when
// it is no such frame, or not of `bytes` bytes.
Status unseal_facts(std::string_view facts, uint64_t bytes, size_t padding,
                    std::string& lines);

}  // namespace simwarden
