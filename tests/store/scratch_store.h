// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "files.h"
#include "store/database.h"
#include "store/verdict_store.h"

// A folder of one test with a database in it, and rows to fill it with.
namespace simwarden {

struct ScratchFolder : TestFolder {
  std::string db() const { return *this / "out.db"; }
  StoreOptions options() const { return {.site_key_path = *this / "site.key"}; }
};

inline const std::string kRuleset = "sha256:demo";

inline RunInfo demo_run(const std::string& ruleset = kRuleset) {
  return {.program_version = "0.1.0",
          .ruleset_digest = ruleset,
          .packs = {"sim-replacement@1.0.0", "messages@1.0.0"},
          .profile = "generic",
          .kinds = "auto",
          .command = "simwarden screen --db out.db requests.jsonl"};
}

template <typename T>
T must(Result<T> result) {
  BOOST_TEST_REQUIRE(result.ok(), (result.ok() ? "" : result.error().what));
  return *std::move(result);
}

inline std::unique_ptr<VerdictStore> open_store(const ScratchFolder& folder) {
  return must(VerdictStore::open(folder.db(), folder.options()));
}

// A line is a record; one that begins with '!' cannot be read.
inline Block judge_lines(int64_t source, std::string_view parent,
                         std::string_view bytes, uint64_t begin_byte,
                         uint64_t first_line) {
  Block block;
  block.source = source;
  block.identity = identify_block(parent, bytes);
  block.first_line = first_line;
  block.begin_byte = begin_byte;
  block.end_byte = begin_byte + bytes.size();
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size() - 1);
    const std::string line(bytes.substr(at, end - at));
    if (line.starts_with('!')) {
      block.errors.push_back(
          {first_line, begin_byte + at, "J102", "not an object"});
      ++block.invalid["request.created_at"];
    } else {
      VerdictRow row;
      row.line = first_line;
      row.byte = begin_byte + at;
      row.record_id = line;
      row.action = Action(line.size() % 4);
      row.score = double(line.size());
      row.profile = "generic";
      block.verdicts.push_back(row);
    }
    ++first_line;
    at = end + 1;
  }
  return block;
}

// Screens `text` as a program would: in chunks of whole lines, skipping what
// is covered. Returns how many blocks were appended.
inline size_t screen(VerdictStore& store, int64_t run, const std::string& name,
                     std::string_view text, size_t chunk_bytes,
                     const std::string& ruleset = kRuleset) {
  const int64_t source = must(store.begin_source(run, name));
  SourceCounts counts;
  std::string parent;
  size_t appended = 0;
  uint64_t line = 1;
  for (size_t at = 0; at < text.size();) {
    std::string_view chunk = text.substr(at, chunk_bytes);
    if (at + chunk.size() < text.size()) {
      const size_t end = chunk.rfind('\n');
      chunk = end == std::string_view::npos ? text.substr(at)
                                            : chunk.substr(0, end + 1);
    }
    const Covered known = must(store.covered(parent, ruleset, chunk));
    if (known.bytes > 0) {
      chunk = chunk.substr(0, known.bytes);
      parent = known.digest;
    } else {
      const Block block = judge_lines(source, parent, chunk, at, line);
      must(store.append(block));
      parent = block.identity.digest;
      ++appended;
    }
    const Block counted = judge_lines(source, {}, chunk, at, line);
    counts.judged += counted.verdicts.size();
    counts.unreadable += counted.errors.size();
    line += counted.verdicts.size() + counted.errors.size();
    at += chunk.size();
  }
  counts.seen = counts.judged + counts.unreadable;
  counts.bytes = text.size();
  counts.digest = parent;
  must(store.end_source(source, counts));
  return appended;
}

// Behind the program's back.
inline void tamper(const std::string& path, const std::string& sql) {
  must(must(Database::open(path, Access::write))->run(sql));
}

// All rows of a query, columns joined by '|'.
inline std::vector<std::string> ask(const std::string& path,
                                    const std::string& sql, int columns) {
  const auto database = must(Database::open(path, Access::read));
  const auto statement = must(database->prepare(sql));
  std::vector<std::string> rows;
  while (must(statement->step())) {
    std::string row;
    for (int i = 0; i < columns; ++i) {
      if (i > 0) row += '|';
      row += statement->text(i);
    }
    rows.push_back(row);
  }
  return rows;
}

inline int64_t ask_number(const std::string& path, const std::string& sql) {
  return must(must(Database::open(path, Access::read))->integer(sql));
}

}  // namespace simwarden
