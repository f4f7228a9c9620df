// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "report/demo_store.h"
#include "report/formats.h"
#include "store/decisions.h"

// What authorities ask for.
namespace simwarden {
namespace {

void replace_all(std::string& text, const std::string& old,
                 const std::string& put) {
  for (size_t at = 0; (at = text.find(old, at)) != std::string::npos;) {
    text.replace(at, old.size(), put);
    at += put.size();
  }
}

// Nobody recorded what was fraud; all that policy stopped were carried out, and
// the first of Nigeria was refused by the operator.
void make_doubtful_store(const ScratchFolder& folder) {
  write_site_key(folder.options().site_key_path);
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const auto records = demo_requests(2);
  auto facts = demo_facts(records);
  for (std::string& line : facts) {
    replace_all(line, R"("fraud_confirmed":false,)", "");
    replace_all(line, R"("fraud_confirmed":true,)", "");
    replace_all(line, R"("state":"rejected")", R"("state":"completed")");
  }
  replace_all(facts[3], R"("decision":"approve")", R"("decision":"refuse")");
  store_records(*store, run, "all.jsonl", records, 0, facts);
  must(store->end_run(run, RunStatus::done));
}

void decide_about(const ScratchFolder& folder, const std::vector<int>& verdicts,
                  const std::string& outcome) {
  std::vector<Decision> made;
  for (const int verdict : verdicts) {
    made.push_back({.verdict_id = verdict,
                    .decided_by = "demo_clerk",
                    .decided_at = "2026-02-28T09:00:00Z",
                    .outcome = outcome});
  }
  BOOST_TEST_REQUIRE(must(decide(folder.db(), made)).faults.empty());
}

}  // namespace

// A 0 of which one in four is decided is no number for an authority.
BOOST_AUTO_TEST_CASE(fraud_is_not_counted_until_what_was_stopped_is_decided) {
  constexpr size_t kFraudulent = 4;
  const ScratchFolder folder;
  make_doubtful_store(folder);
  decide_about(folder, {3}, "complained");
  decide_about(folder, {13}, "approved");
  Document document = report_of(folder);
  const ReportTable* fcc = find_table(document, "fcc");
  BOOST_TEST_REQUIRE(fcc != nullptr);
  BOOST_TEST(int(fcc->rows[0][kFraudulent].kind) ==
             int(Cell::Kind::not_stored));
  BOOST_TEST(fcc->note.find("2026-02 1 of 4 decided") != std::string::npos,
             fcc->note);
  decide_about(folder, {3}, "fraud_confirmed");
  decide_about(folder, {23, 33}, "false_alarm");
  document = report_of(folder);
  fcc = find_table(document, "fcc");
  BOOST_TEST(int(fcc->rows[0][kFraudulent].kind) == int(Cell::Kind::count));
  BOOST_TEST(fcc->rows[0][kFraudulent].number == 1);
  BOOST_TEST(fcc->note.find("decided") == std::string::npos, fcc->note);
}

BOOST_AUTO_TEST_CASE(what_the_operator_refused_stands_beside_policy) {
  constexpr size_t kByPolicy = 5;
  constexpr size_t kByOperator = 8;
  const ScratchFolder folder;
  make_doubtful_store(folder);
  const Document document = report_of(folder);
  const ReportTable* ncc = find_table(document, "ncc");
  BOOST_TEST_REQUIRE(ncc != nullptr);
  BOOST_TEST(ncc->columns[kByOperator].key == "refused_by_operator");
  BOOST_TEST(ncc->rows[0][kByPolicy].number == 0);
  BOOST_TEST(ncc->rows[0][kByOperator].number == 1);
}

}  // namespace simwarden
