// SPDX-License-Identifier: Apache-2.0
// Makes a big database out of a small one, to measure what reads it: the
// verdicts of SAMPLE over and over, each with an id and a subject of its own,
// by the way that every verdict goes; with the kept facts of SAMPLE, if it has
// them of every verdict.
//
//   big_store SAMPLE.db VERDICTS OUT.db [again]
//
// again: all are judged a second time, in blocks of another length, as of a log
// that has grown.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "store/database.h"
#include "store/kept_records.h"
#include "store/verdict_store.h"

namespace simwarden {
namespace {

constexpr size_t kRowsOfBlock = 1500;             // about 1 MiB of a log …
constexpr size_t kKeptOfBlock = size_t{1} << 20;  // or of kept facts
constexpr size_t kSampleMax = 100'000;  // the sample is held in memory

template <typename T>
T must(Result<T> result) {
  if (result) return *std::move(result);
  fmt::print(stderr, "big_store: {}\n", result.error().what);
  std::exit(5);
}

struct Sample {
  std::vector<VerdictRow> rows;
  std::vector<std::string> kept;  // as many lines, or none
};

std::vector<VerdictRow> read_rows(const std::string& path) {
  const auto database = must(Database::open(path, Access::read));
  const auto read = must(database->prepare(fmt::format(
      "SELECT record_id, kind, action, score, profile, subject, event_time, "
      "top_rule, verdict_json FROM verdict_row ORDER BY verdict_id LIMIT {}",
      kSampleMax)));
  std::vector<VerdictRow> rows;
  while (must(read->step())) {
    VerdictRow row;
    row.record_id = read->text(0);
    row.kind = Kind(read->integer(1));
    row.action = Action(read->integer(2));
    row.score = read->number(3);
    row.profile = read->text(4);
    row.subject = read->text(5);
    row.event_time = read->text(6);
    row.top_rule = read->text(7);
    row.json = read->text(8);
    rows.push_back(std::move(row));
  }
  return rows;
}

Sample read_sample(const std::string& path) {
  Sample sample{read_rows(path), {}};
  const auto walk = must(KeptRecords::open(path, {}));
  while (sample.kept.size() < kSampleMax && must(walk->next())) {
    sample.kept.push_back(std::string(walk->line()) + "\n");
  }
  if (sample.kept.size() != sample.rows.size()) sample.kept.clear();
  return sample;
}

// The same verdict of another record.
VerdictRow another(const VerdictRow& sample, size_t number, size_t copy) {
  VerdictRow row = sample;
  row.line = number + 1;
  row.byte = number;
  const std::string id = fmt::format("{}-{}", sample.record_id, copy);
  const size_t at = row.json.find(sample.record_id);
  if (at != std::string::npos) {
    row.json.replace(at, sample.record_id.size(), id);
  }
  row.record_id = id;
  const std::string tail = fmt::format("{:08x}", copy);
  if (row.subject.size() > tail.size()) {
    row.subject.replace(row.subject.size() - tail.size(), tail.size(), tail);
  }
  return row;
}

void make(const Sample& sample, size_t verdicts, const std::string& path,
          const std::string& ruleset, size_t rows_of_block) {
  const size_t of = sample.rows.size();
  const auto store =
      must(VerdictStore::open(path, {.site_key_path = path + ".key"}));
  const int64_t run = must(store->begin_run({.program_version = "bench",
                                             .ruleset_digest = ruleset,
                                             .packs = {},
                                             .profile = "generic",
                                             .kinds = "auto",
                                             .command = "big_store"}));
  const int64_t source = must(store->begin_source(run, "sample"));
  std::string parent;
  for (size_t number = 0; number < verdicts;) {
    Block block;
    block.source = source;
    block.begin_byte = number;
    std::string kept;
    while (number < verdicts && block.verdicts.size() < rows_of_block &&
           kept.size() < kKeptOfBlock) {
      block.verdicts.push_back(
          another(sample.rows[number % of], number, number / of));
      if (!sample.kept.empty()) kept += sample.kept[number % of];
      ++number;
    }
    if (!kept.empty()) block.kept = seal_facts(kept, block.verdicts.size());
    block.end_byte = number;
    block.identity =
        identify_block(parent, std::string(block.verdicts.size(), ' '));
    must(store->append(block));
    parent = block.identity.digest;
  }
  must(store->end_source(source, {.seen = verdicts,
                                  .judged = verdicts,
                                  .bytes = verdicts,
                                  .digest = parent}));
  must(store->end_run(run, RunStatus::done));
}

}  // namespace
}  // namespace simwarden

int main(int argc, char** argv) {
  const bool again = argc == 5 && std::string_view(argv[4]) == "again";
  if (argc != 4 && !again) {
    fmt::print(stderr, "usage: big_store SAMPLE.db VERDICTS OUT.db [again]\n");
    return 3;
  }
  const auto sample = simwarden::read_sample(argv[1]);
  if (sample.rows.empty()) {
    fmt::print(stderr, "big_store: {} has no verdicts\n", argv[1]);
    return 3;
  }
  const size_t verdicts = std::strtoull(argv[2], nullptr, 10);
  simwarden::make(sample, verdicts, argv[3], "sha256:bench",
                  simwarden::kRowsOfBlock);
  if (!again) return 0;
  simwarden::make(sample, verdicts, argv[3], "sha256:again",
                  simwarden::kRowsOfBlock + 100);
  return 0;
}
