// SPDX-License-Identifier: Apache-2.0
// Storing verdicts beside what SQLite can do, with the same rows, as durable:
//
//   store_sealed      as the program does: sealed where they are judged
//   store_kept        the same with the kept facts of each record, as
//                     `screen --db` does
//   store_unsealed    all on one thread
//   sealing           what those two differ in
//   bare_sqlite       into one table without index, proof or view, many rows
//                     with each statement
//   row_per_verdict   as one would do it first: a row a statement, findings as
//                     rows of a table of their own
//
// Compare times of one run only; run them interleaved, several times:
//
//   bench_store --benchmark_repetitions=9
//     --benchmark_enable_random_interleaving=true
//
// TMPDIR says on which disk.
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "files.h"
#include "store/bulk_insert.h"
#include "store/verdict_store.h"

namespace simwarden {
namespace {

constexpr size_t kRows = 1500;  // about a block of 1 MiB
constexpr size_t kBlocks = 40;
constexpr size_t kFindings = 2;  // of every verdict

struct DemoFinding {
  std::string rule = "IDV-002";
  std::string family = "identity";
  std::string severity = "high";
  double score = 45;
  std::string title = "A copy was accepted where the original is required";
  std::string reason = "The document was presented as copy.";
  std::string remedy = "Ask for the original document.";
  std::string evidence =
      R"([{"fact":"request.identity.document.presented_as","value":"copy"}])";
};

std::string json_of(std::string_view id, const DemoFinding& finding) {
  std::string json = fmt::format(R"({{"id":"{}","findings":[)", id);
  for (size_t i = 0; i < kFindings; ++i) {
    json += fmt::format(
        R"({}{{"rule":"{}","outcome":"hit","family":"{}","severity":"{}",)"
        R"("score":{},"title":"{}","reason":"{}","remedy":"{}",)"
        R"("evidence":{}}})",
        i == 0 ? "" : ",", finding.rule, finding.family, finding.severity,
        finding.score, finding.title, finding.reason, finding.remedy,
        finding.evidence);
  }
  return json + "]}";
}

std::vector<VerdictRow> make_rows(size_t block) {
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
    row.json = json_of(row.record_id, {});
  }
  return rows;
}

// What a request of a real log keeps: some twenty facts, some masked.
std::string kept_line(size_t i) {
  return fmt::format(
      R"({{"agent":{{"id":{{"token":"t1:5f0c2a91:{:032x}"}},"override_used":false,"registered":true}},)"
      R"("auth":{{"factors":[{{"attempts":1,"category":"evidence","destination_type":"none","result":"pass","type":"id_in_person"}}],"weak_only":false}},)"
      R"("channel":{{"id":"BJ-HD-0042","official_status":"official","type":"store_own"}},"country":"CN",)"
      R"("created_at":"2026-03-02T{:02}:{:02}:00+08:00","device":{{"new":{{"imei":{{"token":"t1:5f0c2a91:{:032x}"}}}}}},)"
      R"("identity":{{"alternative_path":"none","biometric":{{"result":"match","type":"face"}},"document":{{"number_hash":{{"token":"t1:5f0c2a91:{:032x}"}},"presented_as":"original","read_method":"nfc_chip","type":"national_id_card"}}}},)"
      R"("kind":"request","outcome":{{"decision":"approve","state":"completed"}},"phone_number":{{"token":"t1:5f0c2a91:{:032x}"}},)"
      R"("policy_profile":"cn-realname","reason":"lost","request_id":{{"masked":true}},"request_type":"sim_replacement","schema_version":"1.0.0",)"
      R"("session":{{"ip":{{"token":"t1:5f0c2a91:{:032x}"}}}},"sim":{{"new":{{"form":"physical"}}}}}})"
      "\n",
      i % 50 * 77, i % 24, i % 60, i * 104729, i * 15485863, i * 7919,
      i % 300 * 31);
}

KeptFacts make_kept() {
  std::string lines;
  for (size_t i = 0; i < kRows; ++i) lines += kept_line(i);
  return seal_facts(lines, kRows);
}

std::vector<Block> make_blocks() {
  std::vector<Block> blocks(kBlocks);
  std::string parent;
  for (size_t i = 0; i < kBlocks; ++i) {
    Block& block = blocks[i];
    const std::string bytes = fmt::format("block {}", i);
    block.identity = identify_block(parent, bytes);
    block.end_byte = bytes.size();
    block.verdicts = make_rows(i);
    parent = block.identity.digest;
  }
  return blocks;
}

const SiteKey& demo_key() {
  static const SiteKey key{"demo", {}};
  return key;
}

void say_rows(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * int64_t(kBlocks * kRows));
}

// After everything was closed.
void say_bytes(benchmark::State& state, const TestFolder& folder) {
  const auto bytes = std::filesystem::file_size(folder / "out.db");
  state.counters["bytes_per_verdict"] = double(bytes) / double(kBlocks * kRows);
}

void append_all(benchmark::State& state, bool sealed, bool kept = false) {
  std::vector<Block> blocks = make_blocks();
  if (kept) {
    for (Block& block : blocks) block.kept = make_kept();
  }
  for (auto _ : state) {
    state.PauseTiming();
    const TestFolder folder;
    auto store = VerdictStore::open(folder / "out.db",
                                    {.site_key_path = folder / "key"});
    const auto run =
        (*store)->begin_run({.ruleset_digest = "sha256:demo", .kinds = "auto"});
    const auto source = (*store)->begin_source(*run, "requests.jsonl");
    for (Block& block : blocks) {
      block.source = *source;
      if (sealed) block.seal = seal(block, (*store)->site_key());
    }
    state.ResumeTiming();
    for (const Block& block : blocks) {
      if (!(*store)->append(block)) state.SkipWithError("not stored");
    }
    state.PauseTiming();
    store->reset();
    say_bytes(state, folder);
    state.ResumeTiming();
  }
  say_rows(state);
}

void store_sealed(benchmark::State& state) {
  append_all(state, true);
}

// Compressed and sealed where they are judged, too.
void store_kept(benchmark::State& state) {
  append_all(state, true, true);
}

void store_unsealed(benchmark::State& state) {
  append_all(state, false);
}

void sealing(benchmark::State& state) {
  const std::vector<Block> blocks = make_blocks();
  for (auto _ : state) {
    for (const Block& block : blocks) {
      benchmark::DoNotOptimize(seal(block, demo_key()));
    }
  }
  say_rows(state);
}

constexpr const char* kTable =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, line INTEGER, byte INTEGER, "
    "record_id TEXT, kind INTEGER, action INTEGER, score REAL, profile TEXT, "
    "subject TEXT, event_time TEXT, top_rule TEXT, json TEXT)";
constexpr const char* kColumns =
    "line, byte, record_id, kind, action, score, profile, subject, "
    "event_time, top_rule, json";

// All but what it found.
void bind_columns(Statement& to, int at, const VerdictRow& row) {
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
}

void bind_row(Statement& to, int at, const VerdictRow& row) {
  bind_columns(to, at, row);
  to.bind(at + 10, row.json);
}

std::unique_ptr<Database> open_bare(const TestFolder& folder) {
  auto database = Database::open(folder / "out.db", Access::write);
  (void)(*database)->run("PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;");
  (void)(*database)->run(kTable);
  return std::move(*database);
}

void bare_sqlite(benchmark::State& state) {
  const std::vector<Block> blocks = make_blocks();
  for (auto _ : state) {
    state.PauseTiming();
    const TestFolder folder;
    auto database = open_bare(folder);
    auto insert = BulkInsert::prepare(*database, "t", kColumns);
    state.ResumeTiming();
    for (const Block& block : blocks) {
      (void)database->run("BEGIN");
      const Status done =
          (*insert)->insert(std::span(block.verdicts), bind_row);
      if (!done || !database->run("COMMIT")) state.SkipWithError("failed");
    }
    state.PauseTiming();
    *insert = nullptr;
    database = nullptr;
    say_bytes(state, folder);
    state.ResumeTiming();
  }
  say_rows(state);
}

Status insert_findings(Statement& insert, int64_t verdict) {
  const DemoFinding finding;
  for (size_t i = 0; i < kFindings; ++i) {
    insert.bind(1, verdict);
    insert.bind(2, int64_t(i));
    insert.bind(3, finding.rule);
    insert.bind(4, finding.family);
    insert.bind(5, finding.severity);
    insert.bind(6, finding.score);
    insert.bind(7, finding.title);
    insert.bind(8, finding.reason);
    insert.bind(9, finding.remedy);
    insert.bind(10, finding.evidence);
    Status done = insert.run();
    if (!done) return done;
  }
  return Done{};
}

void row_per_verdict(benchmark::State& state) {
  const std::vector<Block> blocks = make_blocks();
  for (auto _ : state) {
    state.PauseTiming();
    const TestFolder folder;
    auto database = open_bare(folder);
    (void)database->run(
        "CREATE TABLE f (verdict INTEGER, n INTEGER, rule TEXT, family TEXT, "
        "severity TEXT, score REAL, title TEXT, reason TEXT, remedy TEXT, "
        "evidence TEXT, PRIMARY KEY (verdict, n)) WITHOUT ROWID");
    auto verdict =
        database->prepare(fmt::format("INSERT INTO t ({}) VALUES "
                                      "(?,?,?,?,?,?,?,?,?,?,NULL)",
                                      kColumns));
    auto finding =
        database->prepare("INSERT INTO f VALUES (?,?,?,?,?,?,?,?,?,?)");
    state.ResumeTiming();
    for (const Block& block : blocks) {
      (void)database->run("BEGIN");
      for (const VerdictRow& row : block.verdicts) {
        Statement& to = **verdict;
        bind_columns(to, 1, row);
        if (!to.run() || !insert_findings(**finding, database->last_id())) {
          state.SkipWithError("failed");
        }
      }
      if (!database->run("COMMIT")) state.SkipWithError("failed");
    }
    state.PauseTiming();
    *verdict = nullptr;
    *finding = nullptr;
    database = nullptr;
    say_bytes(state, folder);
    state.ResumeTiming();
  }
  say_rows(state);
}

BENCHMARK(store_sealed)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(store_kept)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(store_unsealed)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(sealing)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(bare_sqlite)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(row_per_verdict)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace simwarden
