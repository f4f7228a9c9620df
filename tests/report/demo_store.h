// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <fstream>

#include <fmt/format.h>
#include <sys/stat.h>

#include "record/verdict_json.h"
#include "report/demo_kept.h"
#include "report/report.h"
#include "store/decisions.h"
#include "store/scratch_store.h"

// A small store that is the same every time: two logs of requests, one of
// messages, judged by hand; fixed times and site key.
namespace simwarden {

inline Finding demo_finding(const std::string& rule, const std::string& family,
                            const std::string& severity, double score) {
  return {.rule = rule,
          .family = family,
          .severity = severity,
          .score = score,
          .title = "What " + rule + " says",
          .reason = "Because.",
          .remedy = "Ask.",
          .evidence = {{.fact = "request.channel.type", .value = "dealer"},
                       {.fact = "request.agent.id", .value = "a-<1>"}},
          .controls = {"demo-law/1", "demo-law/2"}};
}

struct DemoRecord {
  Kind kind = Kind::request;
  Action action = Action::pass;
  double score = 0;
  std::string time;
  std::string profile = "us-fcc";
  std::vector<Finding> findings = {};
  std::vector<std::string> undetermined = {};
  std::vector<std::string> not_recorded = {};
  bool in_shadow = false;
  std::vector<std::string> waived = {};  // rules
};

inline VerdictRow demo_row(const DemoRecord& record, uint64_t line) {
  Verdict verdict;
  verdict.id = fmt::format("demo-{}", line);
  verdict.kind = record.kind;
  verdict.action = record.action;
  verdict.score = record.score;
  verdict.findings = record.findings;
  verdict.undetermined = record.undetermined;
  verdict.not_recorded = record.not_recorded;
  VerdictRow row;
  row.line = line;
  row.byte = line * 100;
  row.record_id = verdict.id;
  row.kind = record.kind;
  row.action = record.action;
  row.score = record.score;
  row.profile = record.profile;
  row.subject = fmt::format("t1:0000:{:016x}{:016x}", line % 3 + 1, line % 3);
  row.event_time = record.time;
  if (record.in_shadow) row.shadow.push_back({"DEM-009", 30});
  for (const std::string& rule : record.waived) {
    row.waived.push_back(
        {rule,
         30,
         {"W-1", "A. Asker", "B. Boss", "A test store", "2026-12-31"}});
  }
  std::string json;
  append_json(json, verdict, {});
  row.json = json;
  return row;
}

// Appends the records as one block of a source that ends well.
inline void store_records(VerdictStore& store, int64_t run,
                          const std::string& name,
                          const std::vector<DemoRecord>& records,
                          uint64_t unreadable = 0,
                          const std::vector<std::string>& kept = {}) {
  const int64_t source = must(store.begin_source(run, name));
  Block block;
  block.source = source;
  block.identity = identify_block("", "bytes of " + name);
  block.end_byte = block.identity.bytes;
  for (const DemoRecord& record : records) {
    block.verdicts.push_back(demo_row(record, block.verdicts.size() + 1));
  }
  for (uint64_t i = 0; i < unreadable; ++i) {
    block.errors.push_back({records.size() + i + 1, 0, "J102", "no object"});
    block.invalid["request.created_at"] = i + 1;
  }
  std::string lines;
  for (const std::string& line : kept) lines += line + "\n";
  if (!kept.empty()) block.kept = seal_facts(lines, kept.size());
  must(store.append(block));
  must(store.end_source(
      source, {records.size() + unreadable, records.size(), unreadable, 0,
               block.end_byte, block.identity.digest}));
}

inline std::vector<DemoRecord> demo_requests(int month) {
  const Finding critical = demo_finding("DEM-001", "identity", "critical", 60);
  const Finding low = demo_finding("DEM-002", "channel", "low", 20);
  std::vector<DemoRecord> records;
  for (int i = 0; i < 40; ++i) {
    DemoRecord record;
    record.time = fmt::format("2026-{:02}-{:02}T{:02}:30:00+08:00", month,
                              1 + i % 28, (i * 5) % 24);
    record.profile = i % 4 == 3 ? "ng-ncc" : "us-fcc";
    if (i % 2 == 0) record.undetermined = {"DEM-003"};
    if (i % 8 == 1) {
      record.action = Action::review;
      record.score = 20;
      record.findings = {low};
    }
    if (i % 10 == 2) {
      record.action = i == 2 ? Action::hold : Action::refuse;
      record.score = 65 + i;
      record.findings = {critical, low};
      record.not_recorded = {"request.identity.document.type"};
    }
    record.in_shadow = i % 13 == 0;
    if (i == 5) record.waived = {"DEM-002"};
    records.push_back(record);
  }
  return records;
}

inline std::vector<std::string> demo_facts(
    const std::vector<DemoRecord>& records) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < records.size(); ++i) {
    const std::string& time = records[i].time;
    lines.push_back(
        demo_kept({int(i), time.substr(0, 10), std::stoi(time.substr(11, 2)),
                   records[i].action}));
  }
  return lines;
}

inline std::vector<DemoRecord> demo_messages() {
  Finding lure = demo_finding("DEM-101", "lure", "high", 50);
  lure.evidence = {{.fact = "message.text",
                    .begin = 0,
                    .end = 4,
                    .text = "<b> & \"x\"",
                    .seen_as = "b",
                    .by = "patterns.demo"}};
  lure.controls = {"demo-law/3"};
  return {{.kind = Kind::message,
           .action = Action::hold,
           .score = 50,
           .time = "2026-02-03T10:00:00Z",
           .profile = "generic",
           .findings = {lure}},
          {.kind = Kind::message, .profile = "generic"}};
}

inline void pin_times(const std::string& path) {
  const auto database = must(Database::open(path, Access::write));
  must(database->run(
      "UPDATE run SET started_at = '2026-03-01T00:00:0' || run_id || 'Z', "
      "ended_at = '2026-03-01T00:01:0' || run_id || 'Z';"
      "UPDATE ruleset SET first_seen_at = '2026-03-01T00:00:00Z';"
      "UPDATE chain_link SET hash = printf('%064d', link_id);"
      "UPDATE decision_row SET stored_at = iif(outcome = 'remedied', "
      "'2026-02-26T09:00:00Z', decided_at)"));
}

inline void write_site_key(const std::string& path) {
  std::ofstream(path) << std::string(64, '7') << "\n";
  ::chmod(path.c_str(), 0600);
}

// On verdicts 41 to 80, requests of February, and 81, a message.
inline std::vector<Decision> demo_decisions() {
  const auto on = [](int64_t verdict, int day, const std::string& outcome) {
    return Decision{.verdict_id = verdict,
                    .decided_by = "demo_clerk",
                    .decided_at = fmt::format("2026-02-{:02}T09:00:00Z", day),
                    .outcome = outcome};
  };
  std::vector<Decision> made = {
      on(43, 10, "fraud_confirmed"), on(43, 12, "remedied"),
      on(53, 13, "approved"),        on(63, 23, "complained"),
      on(63, 24, "assigned"),        on(44, 15, "refused"),
      on(73, 15, "agreed"),          on(53, 16, "disagreed"),
      on(81, 17, "appealed"),        on(2, 18, "approved")};
  made[0].note = "Port-out seen <b>, callback +86 138 0013 8000";
  made[3].due = "2026-02-25";
  made[4].owner = "demo_lead";
  made[7].note = "The outlet is in the list";
  return made;
}

inline void make_demo_store(const ScratchFolder& folder) {
  write_site_key(folder.options().site_key_path);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    store_records(*store, run, "january.jsonl", demo_requests(1));
    // January was stored before facts were kept.
    store_records(*store, run, "february.jsonl", demo_requests(2), 2,
                  demo_facts(demo_requests(2)));
    must(store->end_run(run, RunStatus::done));
    const int64_t next = must(store->begin_run(demo_run()));
    store_records(*store, next, "messages.jsonl", demo_messages(), 0,
                  demo_kept_messages());
    must(store->end_run(next, RunStatus::done));
  }
  BOOST_TEST_REQUIRE(
      must(decide(folder.db(), demo_decisions())).faults.empty());
  pin_times(folder.db());
}

// What DEM-002 says was another thing when it judged.
inline Obligations demo_obligations(const std::string& language = "en") {
  const bool chinese = language == "zh";
  Obligations made{.digest = "sha256:demo"};
  made.rule_titles["DEM-001"] = {chinese ? "未查验证件" : "What DEM-001 says",
                                 {"What DEM-001 says", "未查验证件"}};
  made.rule_titles["DEM-002"] = {chinese ? "今日所言" : "What it says today",
                                 {"What it says today", "今日所言"}};
  made.rule_titles["DEM-003"] = {"What DEM-003 says"};
  if (chinese) made.family_titles["identity"] = "身份核验";
  made.rows = {{.control = "demo-law",
                .clause = "1",
                .title = "Check the document",
                .profiles = {"us-fcc"},
                .rules = {"DEM-001", "DEM-003"},
                .asks_requests = true},
               {.control = "demo-law",
                .clause = "2",
                .title = "Use an outlet",
                .rules = {"DEM-002"},
                .asks_requests = true},
               {.control = "demo-law",
                .clause = "3",
                .title = "Nothing to be seen",
                .not_checkable = "No record shows it."},
               {.control = "elsewhere",
                .clause = "1",
                .title = "Holds elsewhere",
                .profiles = {"hk-ofca"},
                .rules = {"DEM-002"},
                .asks_requests = true}};
  return made;
}

inline Question demo_question(const std::string& from = "",
                              const std::string& to = "") {
  return {.period = must(ReportPeriod::parse(from, to)),
          .cases_max = 5,
          .sample_size = 3,
          .serves = {{"DEM-001", {"demo-law/1"}},
                     {"DEM-002", {"demo-law/2"}},
                     {"DEM-003", {"demo-law/1"}}}};
}

inline Document report_of(const ScratchFolder& folder, bool publish = false) {
  const Question question = demo_question();
  const Numbers numbers = must(count_stores({folder.db()}, question));
  const Obligations obligations = demo_obligations();
  const ReportOptions options{.generated_at = "2026-03-01T00:00:00Z",
                              .publish = publish};
  return write_report({numbers, question, obligations, options});
}

// What SQL says that was written for the test.
inline int64_t asked(const ScratchFolder& folder, const std::string& sql) {
  return must(must(Database::open(folder.db(), Access::read))->integer(sql));
}

}  // namespace simwarden
