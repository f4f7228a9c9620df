// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "audit/checkpoint.h"
#include "audit/purge.h"
#include "audit/verified.h"
#include "store/case_texts.h"
#include "store/decisions.h"

using namespace simwarden;

namespace {

Decision decision_on(int64_t verdict, const std::string& day) {
  return {.verdict_id = verdict,
          .decided_by = "demo_clerk",
          .decided_at = day + "T10:00:00Z",
          .outcome = "assigned",
          .owner = "demo_lead",
          .due = "2026-06-01",
          .note = "note of " + day};
}

// Two decisions, a case with a text of verdict 1, opened once.
void fill_people(const ScratchFolder& folder) {
  fill(folder);
  const std::vector<Decision> decisions = {decision_on(1, "2026-01-10"),
                                           decision_on(5, "2026-03-10")};
  BOOST_TEST_REQUIRE(must(decide(folder.db(), decisions)).ids.size() == 2u);
  {
    const auto store = open_store(folder);
    must(store->add([](Database& database, Chain& chain) -> Status {
      auto keeper = CaseKeeper::open(
          database, chain,
          {.number = "FD-17", .until = "2026-08-01", .opened_by = "demo_lead"});
      if (!keeper) return keeper.error();
      const CaseText text{
          identify_block("", "rec-a\nrec-b\n!bad\nrec-c\n").digest, 0,
          R"({"text":"raw words"})"};
      Status kept = keeper->keep(database, chain, digest_of_files(demo_files()),
                                 std::span(&text, 1));
      BOOST_TEST(keeper->counts().kept == 1u);
      return kept;
    }));
  }
  must(open_case_texts(folder.db(), "FD-17", "demo_lead", "court",
                       [](const OpenedText&) -> Status { return Done{}; }));
}

// `before` "": only cases. What was taken, by class.
std::map<RetentionClass, PurgeCount> purge(const ScratchFolder& folder,
                                           RetentionClass what,
                                           const std::string& before,
                                           const std::string& today) {
  std::vector<PurgeStep> steps;
  if (!before.empty()) {
    steps = {{what, before, ""}, {RetentionClass::notes, before, ""}};
  }
  const PurgeResult result = must(purge_database(folder.db(),
                                                 {.steps = steps,
                                                  .who = "demo_officer",
                                                  .reason = "retention",
                                                  .today = today},
                                                 nullptr));
  std::map<RetentionClass, PurgeCount> counts;
  for (const PurgeCount& count : result.counts) counts[count.step.what] = count;
  return counts;
}

const Tampering kTamperings[] = {
    {"UPDATE decision_row SET verdict_id = 2 WHERE decision_id = 1",
     "decision 1: “verdict” is not as it was written"},
    {"UPDATE decision_row SET stored_at = '2026' WHERE decision_id = 1",
     "decision 1: “time”"},
    {"UPDATE decision_row SET decided_at = '2026' WHERE decision_id = 1",
     "decision 1: “decided_at”"},
    {"UPDATE decision_row SET decided_by = 'x' WHERE decision_id = 1",
     "decision 1: “decided_by or owner”"},
    {"UPDATE decision_row SET outcome = 'approved' WHERE decision_id = 1",
     "decision 1: “outcome”"},
    {"UPDATE decision_row SET state = 'closed' WHERE decision_id = 1",
     "decision 1: “state”"},
    {"UPDATE decision_row SET owner = 'x' WHERE decision_id = 1",
     "decision 1: “decided_by or owner”"},
    {"UPDATE decision_row SET due = '' WHERE decision_id = 1",
     "decision 1: “due”"},
    {"UPDATE decision_row SET note = 'x' WHERE decision_id = 1",
     "decision 1: “note” is not as it was written"},
    {"UPDATE decision_row SET salt = 'x' WHERE decision_id = 1",
     "decision 1: “note”"},
    {"UPDATE decision_row SET note_digest = 'x' WHERE decision_id = 1",
     "decision 1: its note is not as it was written"},
    {"UPDATE decision_row SET note = '', salt = NULL WHERE decision_id = 1",
     "decision 1: its note is gone, and no purge has taken it"},
    {"UPDATE decision_row SET note = '', salt = NULL, note_purge = 1 WHERE "
     "decision_id = 1",
     "1 row purged by purge 1, which is not in the chain"},
    {"DELETE FROM decision_row WHERE decision_id = 1", "decision 1 is missing"},
    {"DELETE FROM decision_row WHERE decision_id = 2", "decision 2 is missing"},
    {"INSERT INTO decision_row SELECT 3, verdict_id, stored_at, decided_at, "
     "decided_by, outcome, state, owner, due, note, salt, note_digest, NULL, "
     "NULL FROM decision_row WHERE decision_id = 1",
     "decisions: 3 in the tables, 2 in the chain"},
    {"UPDATE case_file SET number = 'x'", "case 1: “number or opened_by”"},
    {"UPDATE decision_row SET linked_verdict = 2 WHERE decision_id = 1",
     "decision 1: “verdict” is not as it was written"},
    {"UPDATE decision_row SET verdict_id = 2, linked_verdict = verdict_id "
     "WHERE decision_id = 1",
     "decision 1 is said to be about verdict 2"},
    {"UPDATE case_file SET part_id = 1", "case 1 is said to be of another"},
    {"UPDATE case_file SET until = '2027-01-01'", "case 1: “until”"},
    {"UPDATE case_file SET opened_by = 'x'", "case 1: “number or opened_by”"},
    {"UPDATE case_text_row SET text = '{}'", "text 1: “digest”"},
    {"UPDATE case_text_row SET verdict_id = 2", "text 1: “verdict”"},
    {"UPDATE case_text_row SET text = '', salt = NULL",
     "text 1: its text is gone, and no purge has taken it"},
    {"DELETE FROM case_text_row", "text 1 is missing"},
    {"INSERT INTO case_text_row SELECT 2, 1, 2, '', 'x', 'x', NULL, NULL",
     "texts of cases: 2 in the tables, 1 in the chain"},
    {"UPDATE case_opening SET who = 'x'", "opening 1: “who or why”"},
    {"UPDATE case_opening SET why = 'x'", "opening 1: “who or why”"},
    {"UPDATE case_opening SET at = 'x'", "opening 1: “time”"},
    {"DELETE FROM case_opening", "opening 1 is missing"},
    {"DELETE FROM chain_link WHERE body LIKE '%\"kind\":\"decision\"%' AND "
     "body LIKE '%\"decision\":1,%'",
     "of the chain are missing"},
};

}  // namespace

BOOST_AUTO_TEST_CASE(decisions_texts_and_openings_are_in_the_chain) {
  const ScratchFolder folder;
  fill_people(folder);
  const AuditReport report = verify(folder.db());
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST(report.decisions == 2u);
  BOOST_TEST(report.case_texts == 1u);
}

BOOST_AUTO_TEST_CASE(what_people_wrote_cannot_be_changed_unseen) {
  const ScratchFolder original;
  fill_people(original);
  check_tamperings(original.db(), kTamperings);
}

BOOST_AUTO_TEST_CASE(notes_go_when_they_are_old_and_the_decision_stays) {
  const ScratchFolder folder;
  fill_people(folder);
  const Checkpoint before = must(checkpoint_of(folder.db()));
  auto result =
      purge(folder, RetentionClass::subjects, "2026-02-01", "2026-03-01");
  BOOST_TEST(result[RetentionClass::notes].rows == 1u);
  BOOST_TEST(result[RetentionClass::cases].rows == 0u);
  BOOST_TEST(!file_holds(folder.db(), "note of 2026-01-10"));
  BOOST_TEST(file_holds(folder.db(), "note of 2026-03-10"));
  BOOST_TEST(file_holds(folder.db(), "raw words"));
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM decision_row WHERE outcome = "
                        "'assigned' AND decided_by = 'demo_clerk'") == 2);
  const AuditReport report = verify(folder.db(), before);
  BOOST_TEST(report.findings_total == 0u, shown(report));
  tamper(folder.db(),
         "UPDATE decision_row SET note = 'put back' WHERE decision_id = 1");
  BOOST_TEST(
      shown(verify(folder.db())).find("has its note, which was purged") !=
      std::string::npos);
}

BOOST_AUTO_TEST_CASE(texts_go_when_the_day_of_their_case_is_over) {
  const ScratchFolder folder;
  fill_people(folder);
  const Checkpoint before = must(checkpoint_of(folder.db()));
  BOOST_TEST(purge(folder, RetentionClass::cases, "",
                   "2026-08-01")[RetentionClass::cases]
                 .rows == 0u);
  BOOST_TEST(file_holds(folder.db(), "raw words"));
  BOOST_TEST(purge(folder, RetentionClass::cases, "",
                   "2026-08-02")[RetentionClass::cases]
                 .rows == 1u);
  BOOST_TEST(!file_holds(folder.db(), "raw words"));
  BOOST_TEST(!file_holds(folder.db() + "-wal", "raw words"));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM case_text") == 0);
  BOOST_TEST(
      ask(folder.db(), "SELECT class, before, blocks, verdicts FROM purge",
          4) == std::vector<std::string>{"cases|2026-08-02|0|1"},
      boost::test_tools::per_element());
  const AuditReport report = verify(folder.db(), before);
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST(report.purges == 1u);
  for (const char* sql : {"UPDATE purge SET verdicts = 2", "DELETE FROM purge",
                          "UPDATE case_text_row SET text_purge = NULL",
                          "UPDATE case_text_row SET text = '{}'"}) {
    const ScratchFolder copy;
    std::filesystem::copy_file(folder.db(), copy.db());
    tamper(copy.db(), sql);
    BOOST_TEST(verify(copy.db()).findings_total > 0u, sql);
  }
}

BOOST_AUTO_TEST_CASE(every_purge_takes_the_texts_whose_day_is_over) {
  const ScratchFolder folder;
  fill_people(folder);
  auto result =
      purge(folder, RetentionClass::verdicts, "2026-02-01", "2027-01-01");
  // A case in it is open.
  BOOST_TEST(result[RetentionClass::verdicts].blocks == 0u);
  BOOST_TEST(result[RetentionClass::verdicts].held == 1u);
  BOOST_TEST(result[RetentionClass::notes].rows == 1u);
  BOOST_TEST(result[RetentionClass::cases].rows == 1u);
  const AuditReport report = verify(folder.db());
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST(report.purges == 2u);
}

BOOST_AUTO_TEST_CASE(a_note_that_was_tampered_with_is_not_purged) {
  const ScratchFolder folder;
  fill_people(folder);
  tamper(folder.db(), "UPDATE decision_row SET note = 'x'");
  const auto result = purge_database(
      folder.db(),
      {.steps = {{RetentionClass::notes, "2026-02-01", ""}}, .who = "demo"},
      nullptr);
  BOOST_TEST_REQUIRE(!result.ok());
  BOOST_TEST((result.error().trouble == Trouble::input));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
}
