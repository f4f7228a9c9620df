// SPDX-License-Identifier: Apache-2.0
// Storing verdicts beside what SQLite can do at best: the same rows into one
// table without index, proof or view, many with each statement, as durable.
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <stdlib.h>

#include "store/bulk_insert.h"
#include "store/verdict_store.h"

namespace simwarden {
namespace {

constexpr size_t kRows = 1500;  // about a block of 1 MiB
constexpr int64_t kBlocks = 40;

struct Folder {
  Folder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "simwarden-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

// Rows as of requests with findings: some 700 bytes of JSON each.
std::vector<VerdictRow> make_rows(int64_t block) {
  std::vector<VerdictRow> rows(kRows);
  for (size_t i = 0; i < kRows; ++i) {
    VerdictRow& row = rows[i];
    row.line = i + 1;
    row.byte = i * 700;
    row.record_id = fmt::format("demo-r-{}-{}", block, i);
    row.action = Action(i % 4);
    row.score = double(i % 100) / 2;
    row.profile = "generic";
    row.subject = fmt::format("t1:5f0c2a91:{:032x}", i * 7919);
    row.event_time = "2026-03-02T10:00:00Z";
    row.top_rule = "IDV-002";
    row.json = fmt::format(R"({{"id":"{}","findings":["{}"]}})", row.record_id,
                           std::string(650, char('a' + i % 26)));
  }
  return rows;
}

void store_with_evidence(benchmark::State& state) {
  std::vector<Block> blocks(kBlocks);
  std::string parent;
  for (int64_t i = 0; i < kBlocks; ++i) {
    Block& block = blocks[size_t(i)];
    const std::string bytes = fmt::format("block {}", i);
    block.identity = identify_block(parent, bytes);
    block.begin_byte = 0;
    block.end_byte = bytes.size();
    block.verdicts = make_rows(i);
    parent = block.identity.digest;
  }
  for (auto _ : state) {
    state.PauseTiming();
    const Folder folder;
    auto store = VerdictStore::open(folder.path + "/out.db",
                                    {.site_key_path = folder.path + "/key"});
    const auto run =
        (*store)->begin_run({.ruleset_digest = "sha256:demo", .kinds = "auto"});
    const auto source = (*store)->begin_source(*run, "requests.jsonl");
    state.ResumeTiming();
    for (Block& block : blocks) {
      block.source = *source;
      if (!(*store)->append(block)) state.SkipWithError("not stored");
    }
  }
  state.SetItemsProcessed(state.iterations() * kBlocks * int64_t(kRows));
}

void bare_sqlite(benchmark::State& state) {
  std::vector<std::vector<VerdictRow>> blocks;
  for (int64_t i = 0; i < kBlocks; ++i) blocks.push_back(make_rows(i));
  for (auto _ : state) {
    state.PauseTiming();
    const Folder folder;
    auto database = Database::open(folder.path + "/out.db", Access::write);
    (void)(*database)->run(
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "CREATE TABLE t (id INTEGER PRIMARY KEY, line INTEGER, byte INTEGER, "
        "record_id TEXT, kind INTEGER, action INTEGER, score REAL, profile "
        "TEXT, subject TEXT, event_time TEXT, top_rule TEXT, json TEXT)");
    auto insert = BulkInsert::prepare(
        **database, "t",
        "line, byte, record_id, kind, action, score, profile, subject, "
        "event_time, top_rule, json");
    state.ResumeTiming();
    for (const std::vector<VerdictRow>& rows : blocks) {
      (void)(*database)->run("BEGIN");
      Status done = (*insert)->insert(
          std::span(rows), [](Statement& to, int at, const VerdictRow& row) {
            to.bind(at, int64_t(row.line));
            to.bind(at + 1, int64_t(row.byte));
            to.bind(at + 2, row.record_id);
            to.bind(at + 3, int64_t(row.kind));
            to.bind(at + 4, int64_t(row.action));
            to.bind(at + 5, row.score);
            to.bind(at + 6, row.profile);
            to.bind(at + 7, row.subject);
            to.bind(at + 8, row.event_time);
            to.bind(at + 9, row.top_rule);
            to.bind(at + 10, row.json);
          });
      if (!done || !(*database)->run("COMMIT")) state.SkipWithError("failed");
    }
  }
  state.SetItemsProcessed(state.iterations() * kBlocks * int64_t(kRows));
}

BENCHMARK(store_with_evidence)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(bare_sqlite)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace simwarden
