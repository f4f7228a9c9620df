// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "privacy/sha256.h"
#include "record/time.h"
#include "store/scratch_store.h"

// A small database that has one of everything that the chain proves.
namespace simwarden {

inline std::vector<RulesetFile> demo_files() {
  return {{"demo/pack.yaml", std::string("demo/pack.yaml\0"
                                         "10\0pack: demo",
                                         27)},
          {"lists/a.txt", std::string("lists/a.txt\0"
                                      "1\0a",
                                      15)}};
}

inline std::string digest_of_files(const std::vector<RulesetFile>& files) {
  Sha256 hash;
  for (const RulesetFile& file : files) hash.add(file.bytes);
  return "sha256:" + hex_of(hash.finish());
}

inline Block evidence_block(int64_t source, std::string_view parent,
                            const std::string& bytes, uint64_t begin,
                            const std::string& day,
                            int64_t looked_back = 100000) {
  Block block = judge_lines(source, parent, bytes, begin, begin / 10 + 1);
  for (VerdictRow& row : block.verdicts) {
    row.subject = "t1:demo:" + row.record_id;
    row.event_time = day + "T10:00:00Z";
    row.top_rule = "IDV-002";
    row.json = R"({"id":")" + row.record_id + R"("})";
    row.shadow = {{"TRY-002", 5}, {"TRY-001", 10}};
    row.waived = {{"IDV-003", 20, {"W-1", "demo_a", "demo_b", "move", "2027"}}};
  }
  std::string kept;
  for (const VerdictRow& row : block.verdicts) {
    kept += R"({"agent":{"id":{"token":"t1:demo:)" + row.record_id +
            R"("}},"kind":"request","reason":"lost"})"
            "\n";
  }
  block.kept = seal_facts(kept, block.verdicts.size());
  // Days since 1970 in place of microseconds.
  const int64_t newest = *parse_date(day);
  block.counted = {
      .identity = identify_block("counted" + std::string(parent), bytes),
      .newest = newest,
      .frontier = newest + 1,
      .needed_until = newest + looked_back,
      .events = "events of " + day,
      .figures = "figures of " + day};
  return block;
}

// Blocks 1 and 2 of a.jsonl (day 2026-01-05, then 2026-03-05), block 3 of
// b.jsonl; each of three verdicts and one error. Windows look back at their
// events for so many days.
inline void fill(const ScratchFolder& folder, int64_t looked_back = 100000) {
  const auto store = open_store(folder);
  RunInfo info = demo_run(digest_of_files(demo_files()));
  info.ruleset_files = demo_files();
  const int64_t run = must(store->begin_run(info));
  const std::string bytes = "rec-a\nrec-b\n!bad\nrec-c\n";
  std::string parent;
  const int64_t a = must(store->begin_source(run, "a.jsonl"));
  uint64_t begin = 0;
  for (const char* day : {"2026-01-05", "2026-03-05"}) {
    const Block block =
        evidence_block(a, parent, bytes, begin, day, looked_back);
    must(store->append(block));
    parent = block.identity.digest;
    begin = block.end_byte;
  }
  must(store->end_source(a, {.seen = 8,
                             .judged = 6,
                             .unreadable = 2,
                             .bytes = begin,
                             .digest = parent}));
  const int64_t b = must(store->begin_source(run, "b.jsonl"));
  const Block block =
      evidence_block(b, "", "rec-x\nrec-y\n!bad\nrec-z\n", 0, "2026-03-06");
  must(store->append(block));
  must(store->end_source(b, {.seen = 4,
                             .judged = 3,
                             .unreadable = 1,
                             .bytes = block.end_byte,
                             .digest = block.identity.digest}));
  must(store->end_run(run, RunStatus::done));
}

}  // namespace simwarden
