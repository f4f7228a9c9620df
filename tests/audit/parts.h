// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/merge.h"
#include "audit/purge.h"
#include "audit/verified.h"

// Databases that are merged.
namespace simwarden {

inline void purge(const std::string& path, RetentionClass what,
                  const std::string& before) {
  must(purge_database(
      path, {.steps = {{what, before, ""}}, .who = "demo", .reason = "old"},
      nullptr));
}

// Three databases: north.db has everything of fill(), south.db has b.jsonl of
// it too and a log of its own, west.db a purged block under another ruleset.
struct Parts : ScratchFolder {
  std::string north = *this / "north.db";
  std::string south = *this / "south.db";
  std::string west = *this / "west.db";

  Parts() {
    fill(*this);
    rename(db(), north);
    {
      const auto store = open_store(*this);
      RunInfo info = demo_run(digest_of_files(demo_files()));
      info.ruleset_files = demo_files();
      const int64_t run = must(store->begin_run(info));
      add(*store, run, "own.jsonl", "rec-1\nrec-2\n", "2026-02-01");
      add(*store, run, "b.jsonl", "rec-x\nrec-y\n!bad\nrec-z\n", "2026-03-06");
      must(store->end_run(run, RunStatus::done));
    }
    rename(db(), south);
    {
      const auto store = open_store(*this);
      const int64_t run = must(store->begin_run(demo_run("sha256:other")));
      add(*store, run, "c.jsonl", "rec-7\n!bad\n", "2025-01-01");
      add(*store, run, "d.jsonl", "rec-8\n", "2026-03-01");
      must(store->end_run(run, RunStatus::done));
    }
    purge(db(), RetentionClass::excerpts, "2025-06-01");
    rename(db(), west);
  }

  static void rename(const std::string& from, const std::string& to) {
    tamper(from, "PRAGMA wal_checkpoint(TRUNCATE);");
    std::filesystem::rename(from, to);
  }

  static void add(VerdictStore& store, int64_t run, const std::string& name,
                  const std::string& bytes, const std::string& day) {
    const int64_t source = must(store.begin_source(run, name));
    const Block block = evidence_block(source, "", bytes, 0, day);
    must(store.append(block));
    const uint64_t judged = block.verdicts.size();
    const uint64_t errors = block.errors.size();
    must(store.end_source(source, {.seen = judged + errors,
                                   .judged = judged,
                                   .unreadable = errors,
                                   .bytes = block.end_byte,
                                   .digest = block.identity.digest}));
  }

  std::vector<std::string> all() const { return {north, south, west}; }
  std::string merged(const std::string& name = "all.db") const {
    return *this / name;
  }
};

inline MergeResult merge(const std::vector<std::string>& parts,
                         const std::string& output) {
  return must(merge_databases(parts, output, nullptr));
}

}  // namespace simwarden
