// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "audit/verify.h"
#include "crash/faulty_disk.h"
#include "store/proof.h"
#include "store/scratch_store.h"

// A run over two logs is struck at one of its calls to the disk, of all kinds,
// at points chosen by chance, on a new database or on one that has the first
// log and the beginning of the second. After each:
//
//   1. what append() said was stored is there; blocks are whole and without a
//      gap; SQLite finds no damage; the chain verifies
//   2. the same run again, undisturbed, ends well
//   3. the tables hold the same rows as if nothing had happened
//
//   test_crash -- POINTS [SEED]      a few by default; tests/crash/run: all
namespace simwarden {
namespace {

constexpr size_t kPointsByDefault = 35;
constexpr uint64_t kSeedByDefault = 1;

constexpr std::array<std::string_view, 8> kFaultNames = {
    "none",        "killed",    "power cut",  "I/O error",
    "short write", "disk full", "sync error", "read error"};

// Enough that SQLite moves its log into the file in mid-run (4 MiB), too.
constexpr size_t kChunks = 9;
constexpr size_t kLinesOfChunk = 100;
constexpr size_t kJsonBytes = 3000;

// Of the second log so many are stored together, as screen does.
constexpr size_t kChunksTogether = 3;

struct Log {
  std::string name;
  size_t together;
  std::vector<std::string> chunks = {};
};

std::vector<Log> demo_logs() {
  std::vector<Log> logs = {{"a.jsonl", 1}, {"b.jsonl", kChunksTogether}};
  for (Log& log : logs) {
    for (size_t c = 0; c < kChunks; ++c) {
      std::string chunk;
      for (size_t i = 0; i < kLinesOfChunk; ++i) {
        chunk += fmt::format("{}{}-{}-{}\n", i % 40 == 7 ? "!" : "rec-",
                             log.name, c, i);
      }
      log.chunks.push_back(chunk);
    }
  }
  return logs;
}

Block demo_block(int64_t source, std::string_view parent,
                 const std::string& chunk, uint64_t begin, uint64_t line) {
  Block block = judge_lines(source, parent, chunk, begin, line);
  for (size_t i = 0; i < block.verdicts.size(); ++i) {
    VerdictRow& row = block.verdicts[i];
    row.subject = "t1:demo:" + row.record_id;
    row.json = fmt::format(R"({{"id":"{}","x":"{}"}})", row.record_id,
                           std::string(kJsonBytes, char('a' + i % 26)));
    if (i % 9 == 0) row.shadow = {{"TRY-001", 10}};
    if (i % 11 == 0) {
      row.waived = {
          {"IDV-003", 20, {"W-1", "demo_a", "demo_b", "move", "2027"}}};
    }
  }
  block.counted = {.identity = identify_block("counted", chunk),
                   .newest = int64_t(line),
                   .frontier = int64_t(line),
                   .needed_until = int64_t(line) + 9,
                   .events = "events" + chunk,
                   .figures = "figures" + chunk};
  return block;
}

struct RunEnd {
  bool whole = false;   // everything was stored and said to be
  size_t appended = 0;  // blocks that append() took, both logs
  DiskCalls opened;     // what the disk had been asked when the store was open
  uint64_t stored_at = 0;  // changes at the end of the last block
};

// As the program does: covered, append; nothing after the first failure.
class DemoRun {
 public:
  DemoRun(const ScratchFolder& folder, const FaultyDisk& disk)
      : folder_(folder), disk_(disk) {}

  RunEnd run(const std::vector<Log>& logs = demo_logs()) {
    auto store = VerdictStore::open(folder_.db(), folder_.options());
    if (!store) return end_;
    end_.opened = disk_.calls();
    const auto run = (*store)->begin_run(demo_run());
    if (!run) return end_;
    bool fine = true;
    for (const Log& log : logs) {
      fine = fine && screen_log(**store, *run, log);
    }
    end_.stored_at = disk_.calls().changes;
    const Status ended =
        (*store)->end_run(*run, fine ? RunStatus::done : RunStatus::failed);
    end_.whole = fine && ended.ok();
    return end_;
  }

 private:
  bool screen_log(VerdictStore& store, int64_t run, const Log& log) {
    const auto source = store.begin_source(run, log.name);
    if (!source) return false;
    SourceCounts counts;
    for (auto at = log.chunks.begin(); at < log.chunks.end();) {
      const auto end =
          at + std::min<std::ptrdiff_t>(std::ptrdiff_t(log.together),
                                        log.chunks.end() - at);
      size_t appended = 0;
      const Status stored = store.together([&]() -> Status {
        for (; at != end; ++at) {
          const auto is_new = screen_chunk(store, *source, *at, counts);
          if (!is_new) return is_new.error();
          appended += *is_new ? 1 : 0;
        }
        return Done{};
      });
      if (!stored) return false;
      end_.appended += appended;
    }
    counts.seen = counts.judged + counts.unreadable;
    return store.end_source(*source, counts).ok();
  }

  // Whether it was not there. The digest of `counts` is that of all before.
  static Result<bool> screen_chunk(VerdictStore& store, int64_t source,
                                   const std::string& chunk,
                                   SourceCounts& counts) {
    const uint64_t line = counts.judged + counts.unreadable + 1;
    const Block block =
        demo_block(source, counts.digest, chunk, counts.bytes, line);
    const auto covered = store.covered(counts.digest, kRuleset, chunk);
    if (!covered) return covered.error();
    if (covered->bytes == 0) {
      if (Status stored = store.append(block); !stored) return stored.error();
    }
    counts.digest = block.identity.digest;
    counts.bytes += chunk.size();
    counts.judged += block.verdicts.size();
    counts.unreadable += block.errors.size();
    return covered->bytes == 0;
  }

  const ScratchFolder& folder_;
  const FaultyDisk& disk_;
  RunEnd end_;
};

// All rows but what runs are told apart by.
std::string rows_of(const std::string& path) {
  RowHasher all;
  for (const char* sql :
       {"SELECT block_id, s.name, b.parent, b.digest, head, first_line, "
        "begin_byte, end_byte, verdicts, errors FROM block b JOIN source s "
        "USING (source_id) ORDER BY 1",
        "SELECT verdict_id, block_id, line, byte, record_id, kind, action, "
        "score, subject, verdict_json FROM verdict_row ORDER BY 1",
        "SELECT error_id, block_id, line, byte, code, message, 0, 0, 0, 0 "
        "FROM error_row ORDER BY 1",
        "SELECT block_id, fact, records, 0, 0, 0, 0, 0, 0, 0 "
        "FROM invalid_count ORDER BY 1, 2",
        "SELECT verdict_id, rule, score, 0, 0, 0, 0, 0, 0, 0 FROM shadow_row "
        "ORDER BY 1, 2",
        "SELECT verdict_id, rule, score, waiver, asked_by, why, 0, 0, 0, 0 "
        "FROM waived_row ORDER BY 1, 2",
        "SELECT block_id, first_verdict, first_error, salt, hex(row_digests), "
        "0, 0, 0, 0, 0 FROM block_proof ORDER BY 1",
        "SELECT block_id, parent, digest, head, bytes, newest, frontier, "
        "needed_until, hex(events), hex(figures) FROM window_events ORDER BY 1",
        "SELECT name, seen, judged, unreadable, duplicate, bytes, digest, "
        "ended, 0, 0 FROM source WHERE run_id = (SELECT max(run_id) FROM run) "
        "ORDER BY name"}) {
    for (const std::string& row : ask(path, sql, 10)) all.field(row);
  }
  return hex_of(all.finish());
}

// Empty when the database is as it should be after a blow.
std::string complaint(const std::string& path, size_t appended) {
  if (ask(path, "PRAGMA integrity_check", 1).at(0) != "ok") return "damaged";
  const auto blocks = size_t(ask_number(path, "SELECT count(*) FROM block"));
  if (blocks < appended) return "a block is gone that was said to be stored";
  if (blocks > appended + kChunksTogether) return "blocks that nobody stored";
  const int64_t halves = ask_number(
      path,
      "SELECT count(*) FROM block b WHERE verdicts <> (SELECT count(*) FROM "
      "verdict_row v WHERE v.block_id = b.block_id) OR errors <> (SELECT "
      "count(*) FROM error_row e WHERE e.block_id = b.block_id)");
  if (halves != 0) return "half a block";
  const int64_t counted =
      ask_number(path,
                 "SELECT count(*) FROM block LEFT JOIN window_events w "
                 "USING (block_id) WHERE w.block_id IS NULL");
  if (counted != 0) return "verdicts without what was counted";
  const int64_t gaps = ask_number(
      path,
      "SELECT count(*) FROM block b WHERE parent <> '' AND NOT EXISTS "
      "(SELECT 1 FROM block a WHERE a.digest = b.parent)");
  if (gaps != 0) return "a gap";
  const auto report = verify_database(path, {}, nullptr);
  if (!report) return report.error().what;
  if (report->findings_total != 0) return "the chain does not verify";
  return {};
}

struct Score {
  uint64_t tried = 0;
  uint64_t struck = 0;   // the call came
  uint64_t noticed = 0;  // the run did not end well
  uint64_t survived = 0;
};

class Trial {
 public:
  explicit Trial(uint64_t seed) : chance_(seed) {}

  // What every other run is compared with, and how many calls one makes.
  void undisturbed() {
    begin();
    for (Stage& stage : stages_) {
      const ScratchFolder folder;
      furnish(folder, stage);
      disk_.plan({});
      stage.whole = DemoRun(folder, disk_).run();
      stage.calls = disk_.calls();
      disk_.settle();
      BOOST_TEST_REQUIRE(stage.whole.whole);
      BOOST_TEST(stage.whole.appended + stage.blocks == 2 * kChunks);
      BOOST_TEST(complaint(folder.db(), 2 * kChunks) == "");
      const std::string rows = rows_of(folder.db());
      BOOST_TEST((rows_.empty() || rows_ == rows));
      rows_ = rows;
    }
  }

  void strike(Fault fault) {
    const Stage& stage = stages_[chance_() % stages_.size()];
    const DiskPlan plan{fault, point(fault, stage), chance_()};
    Score& score = scores_[size_t(fault)];
    ++score.tried;
    const std::string wrong = outcome(plan, stage, score);
    score.survived += wrong.empty();
    BOOST_TEST(wrong == "",
               fmt::format("{} at call {} of a run on {} blocks, seed {}: {}",
                           kFaultNames[size_t(fault)], plan.at, stage.blocks,
                           plan.seed, wrong));
  }

  void say() const {
    std::cout << fmt::format("{:<12} {:>6} {:>7} {:>8} {:>9}\n", "fault",
                             "tried", "struck", "noticed", "survived");
    Score sum;
    for (size_t i = 1; i < kFaultNames.size(); ++i) {
      say(kFaultNames[i], scores_[i]);
      sum.tried += scores_[i].tried;
      sum.struck += scores_[i].struck;
      sum.noticed += scores_[i].noticed;
      sum.survived += scores_[i].survived;
    }
    say("all", sum);
  }

  uint64_t struck() const {
    uint64_t sum = 0;
    for (const Score& score : scores_) sum += score.struck;
    return sum;
  }

 private:
  static void say(std::string_view name, const Score& score) {
    std::cout << fmt::format("{:<12} {:>6} {:>7} {:>8} {:>9}\n", name,
                             score.tried, score.struck, score.noticed,
                             score.survived);
  }

  // What there is when the run begins.
  struct Stage {
    size_t blocks = 0;  // stored before
    RunEnd whole;       // undisturbed
    DiskCalls calls;
  };

  // One key for all, so that all make the same rows.
  void furnish(const ScratchFolder& folder, const Stage& stage) {
    std::filesystem::copy(kept_ / "site.key", folder / "site.key");
    if (stage.blocks > 0) std::filesystem::copy(kept_.db(), folder.db());
  }

  void begin() {
    std::vector<Log> logs = demo_logs();
    logs[1].chunks.resize(kChunks / 2);
    BOOST_TEST_REQUIRE(DemoRun(kept_, disk_).run(logs).whole);
    stages_[1].blocks = kChunks + kChunks / 2;
  }

  // Opening and closing are a small part of all calls and get half of the
  // blows.
  uint64_t point(Fault fault, const Stage& stage) {
    const auto within = [this](uint64_t first, uint64_t last) {
      return first + chance_() % (last - first + 1);
    };
    if (fault == Fault::sync_error) return within(1, stage.calls.syncs);
    if (fault == Fault::read_error) {
      return within(
          1, chance_() % 2 == 0 ? stage.whole.opened.reads : stage.calls.reads);
    }
    // Opening a database that is there may change nothing.
    const uint64_t opened = std::max<uint64_t>(1, stage.whole.opened.changes);
    switch (chance_() % 4) {
      case 0: return within(1, opened);
      case 1: return within(stage.whole.stored_at + 1, stage.calls.changes);
      default: return within(opened + 1, stage.whole.stored_at);
    }
  }

  std::string outcome(const DiskPlan& plan, const Stage& stage, Score& score) {
    const ScratchFolder folder;
    furnish(folder, stage);
    disk_.plan(plan);
    const RunEnd end = DemoRun(folder, disk_).run();
    score.struck += disk_.struck();
    score.noticed += !end.whole;
    disk_.settle();
    // A writer brings an unfinished file to where it can be read.
    if (const auto opened = VerdictStore::open(folder.db(), folder.options());
        !opened) {
      return "cannot be opened again: " + opened.error().what;
    }
    std::string wrong = complaint(folder.db(), stage.blocks + end.appended);
    if (!wrong.empty()) return wrong;
    const RunEnd again = DemoRun(folder, disk_).run();
    if (!again.whole) return "the run again did not end well";
    wrong = complaint(folder.db(), 2 * kChunks);
    if (!wrong.empty()) return "after the run again: " + wrong;
    return rows_of(folder.db()) == rows_ ? "" : "other rows";
  }

  FaultyDisk disk_;
  std::mt19937_64 chance_;
  ScratchFolder kept_;  // the key, and a database that a run has begun
  std::array<Stage, 2> stages_{};
  std::string rows_;
  std::array<Score, kFaultNames.size()> scores_{};
};

uint64_t argument(int at, uint64_t otherwise) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  return suite.argc > at ? std::strtoull(suite.argv[at], nullptr, 10)
                         : otherwise;
}

}  // namespace

BOOST_AUTO_TEST_CASE(whatever_the_disk_does_a_run_again_makes_it_whole) {
  const uint64_t points = argument(1, kPointsByDefault);
  Trial trial(argument(2, kSeedByDefault));
  trial.undisturbed();
  for (uint64_t i = 0; i < points; ++i) {
    trial.strike(Fault(1 + i % (kFaultNames.size() - 1)));
  }
  trial.say();
  BOOST_TEST(trial.struck() * 4 >= points * 3);
}

}  // namespace simwarden
