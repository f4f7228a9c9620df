// SPDX-License-Identifier: Apache-2.0
#include "audit/checkpoint.h"
#include "audit/export.h"
#include "audit/parts.h"
#include "store/case_texts.h"
#include "store/decisions.h"

using namespace simwarden;

namespace {

using Rows = std::vector<std::string>;

constexpr const char* kNorthDay = "2026-08-01";
constexpr const char* kSouthDay = "2026-05-01";
constexpr const char* kB = "rec-x\nrec-y\n!bad\nrec-z\n";  // of both

Decision decision_on(int64_t verdict, const std::string& day,
                     const std::string& note) {
  return {.verdict_id = verdict,
          .decided_by = "demo_clerk",
          .decided_at = day + "T10:00:00Z",
          .outcome = "assigned",
          .owner = "demo_lead",
          .due = "2026-06-01",
          .note = note};
}

Status keep_text(const ScratchFolder& folder, const std::string& until,
                 const std::string& bytes, const std::string& text) {
  const auto store = open_store(folder);
  return store->add([&](Database& database, Chain& chain) -> Status {
    auto keeper = CaseKeeper::open(
        database, chain,
        {.number = "FD-17", .until = until, .opened_by = "demo_lead"});
    if (!keeper) return keeper.error();
    const CaseText kept{identify_block("", bytes).digest, 0, text};
    return keeper->keep(database, chain, digest_of_files(demo_files()),
                        std::span(&kept, 1));
  });
}

void decide_all(const std::string& path,
                const std::vector<Decision>& decisions) {
  BOOST_TEST_REQUIRE(must(decide(path, decisions)).faults.empty());
}

std::vector<std::string> opened(const std::string& path) {
  std::vector<std::string> texts;
  must(open_case_texts(path, "FD-17", "demo_lead", "court",
                       [&texts](const OpenedText& text) -> Status {
                         texts.push_back(text.record_id + " " + text.text);
                         return Done{};
                       }));
  return texts;
}

// Both have decided about b.jsonl, which stands once, and both have a case of
// the same number with another day. South has purged an old note.
struct PeopleParts : Parts {
  PeopleParts() {
    decide_all(north, {decision_on(1, "2026-03-10", "north one"),
                       decision_on(8, "2026-03-11", "north eight")});
    with(north,
         [this] { must(keep_text(*this, kNorthDay, kB, "north words")); });
    opened(north);
    decide_all(south, {decision_on(1, "2026-03-07", "south old"),
                       decision_on(4, "2026-03-12", "south four")});
    with(south, [this] {
      must(keep_text(*this, kSouthDay, kB, "south words"));
      must(keep_text(*this, kSouthDay, "rec-1\nrec-2\n", "own words"));
    });
    must(purge_database(south,
                        {.steps = {{RetentionClass::notes, "2026-03-09", ""}},
                         .who = "demo",
                         .reason = "old",
                         .today = "2026-04-01"},
                        nullptr));
    merge(all(), db());
  }

  // Where screen would have it: as the database of the folder.
  template <typename Work>
  void with(const std::string& part, Work work) {
    rename(part, db());
    work();
    rename(db(), part);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_people_wrote_stands_with_the_record_that_stands) {
  const PeopleParts parts;
  const AuditReport report = verify(parts.db());
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST(report.decisions == 4u);
  BOOST_TEST(report.case_texts == 3u);
  BOOST_TEST(report.doubles == 1u);
  BOOST_TEST(
      ask(parts.db(),
          "SELECT decision_id, verdict_id, record_id, note FROM decision",
          4) == Rows({"1|1|rec-a|north one", "2|8|rec-y|north eight",
                      "3|10|rec-1|", "4|8|rec-y|south four"}),
      boost::test_tools::per_element());
  // What the link of the part says.
  BOOST_TEST(ask(parts.db(),
                 "SELECT linked_verdict FROM decision_row "
                 "WHERE linked_verdict IS NOT NULL",
                 1) == Rows{"13"},
             boost::test_tools::per_element());
  BOOST_TEST(ask_number(parts.db(), "SELECT count(*) FROM kept_facts") == 6);
}

BOOST_AUTO_TEST_CASE(cases_of_one_number_are_read_together_and_go_apart) {
  const PeopleParts parts;
  BOOST_TEST(
      opened(parts.db()) ==
          Rows({"rec-x north words", "rec-x south words", "rec-1 own words"}),
      boost::test_tools::per_element());
  BOOST_TEST(ask_number(parts.db(), "SELECT count(*) FROM case_opening") == 3);
  must(purge_database(parts.db(),
                      {.who = "demo", .reason = "over", .today = "2026-05-02"},
                      nullptr));
  BOOST_TEST(opened(parts.db()) == Rows{"rec-x north words"},
             boost::test_tools::per_element());
  const AuditReport report = verify(parts.db());
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST(report.purges == 3u);
}

BOOST_AUTO_TEST_CASE(a_text_joins_the_case_of_its_day_or_none) {
  const PeopleParts parts;
  must(keep_text(parts, kSouthDay, "rec-a\nrec-b\n!bad\nrec-c\n", "more"));
  BOOST_TEST(
      ask(parts.db(), "SELECT until, count(*) FROM case_text GROUP BY until",
          2) == Rows({"2026-05-01|3", "2026-08-01|1"}),
      boost::test_tools::per_element());
  BOOST_TEST(verify(parts.db()).findings_total == 0u,
             shown(verify(parts.db())));
  const Status other = keep_text(parts, "2026-07-01", kB, "words");
  BOOST_TEST_REQUIRE(!other.ok());
  BOOST_TEST((other.error().trouble == Trouble::usage));
}

BOOST_AUTO_TEST_CASE(what_people_wrote_in_parts_cannot_be_changed_unseen) {
  const PeopleParts parts;
  const Tampering tamperings[] = {
      {"UPDATE decision_row SET note = 'x' WHERE decision_id = 4", "south.db"},
      {"UPDATE decision_row SET outcome = 'approved' WHERE decision_id = 1",
       "north.db"},
      {"UPDATE decision_row SET note = 'back' WHERE decision_id = 3",
       "has its note, which was purged"},
      {"UPDATE decision_row SET verdict_id = 7 WHERE decision_id = 4",
       "decision 4 is said to be about verdict 7"},
      // As if the block that was left out were there.
      {"UPDATE decision_row SET verdict_id = linked_verdict, linked_verdict = "
       "NULL WHERE decision_id = 4",
       "decision 4 is said to be about verdict 13, but its link names the "
       "record of verdict 8"},
      {"UPDATE decision_row SET verdict_id = linked_verdict WHERE decision_id "
       "= 4",
       "decision 4 is said to be about verdict 13"},
      {"UPDATE decision_row SET linked_verdict = verdict_id WHERE decision_id "
       "= 1",
       "decision 1 is said to be about verdict 1"},
      {"UPDATE case_text_row SET verdict_id = linked_verdict, linked_verdict = "
       "NULL WHERE linked_verdict IS NOT NULL",
       "text 2 is said to be about verdict"},
      {"UPDATE decision_row SET linked_verdict = 14 WHERE decision_id = 4",
       "decision 2: “verdict”"},
      {"UPDATE decision_row SET linked_verdict = NULL WHERE decision_id = 4",
       "decision 2: “verdict”"},
      {"DELETE FROM decision_row WHERE decision_id = 4",
       "decision 2 is missing"},
      {"UPDATE case_file SET until = '2027-01-01' WHERE case_id = 2",
       "case 1: “until”"},
      {"UPDATE case_file SET part_id = NULL WHERE case_id = 2",
       "case 2 is said to be of another part"},
      {"UPDATE case_text_row SET case_id = 1 WHERE text_id = 3",
       "text 2: “case”"},
      {"UPDATE case_text_row SET text = 'x' WHERE text_id = 3",
       "text 2: “digest”"},
      {"UPDATE case_text_row SET verdict_id = 9 WHERE text_id = 2",
       "text 2 is said to be about verdict 9"},
      {"DELETE FROM case_text_row WHERE text_id = 1", "text 1 is missing"},
      {"UPDATE case_opening SET why = 'x'", "north.db"},
      {"DELETE FROM case_opening", "opening 1 is missing"},
      {"UPDATE purge SET verdicts = 2 WHERE class = 'notes'", "south.db"},
      {"UPDATE decision_row SET note_purge = NULL WHERE decision_id = 3",
       "its note is gone, and no purge has taken it"},
      {"UPDATE part SET decision_shift = 1 WHERE part_id = 2",
       "“decision_shift”"},
      {"UPDATE part SET text_shift = 3 WHERE part_id = 2", "“text_shift”"},
      {"UPDATE part SET case_shift = 0 WHERE part_id = 2", "“case_shift”"},
      {"UPDATE part SET opening_shift = 0 WHERE part_id = 2",
       "“opening_shift”"},
  };
  check_tamperings(parts.db(), tamperings);
}

BOOST_AUTO_TEST_CASE(what_people_wrote_is_merged_twice_over) {
  const PeopleParts parts;
  decide_all(parts.db(), {decision_on(8, "2026-03-20", "own eight")});
  must(purge_database(parts.db(),
                      {.steps = {{RetentionClass::notes, "2026-03-11", ""},
                                 {RetentionClass::excerpts, "2026-02-20", ""}},
                       .who = "demo",
                       .reason = "old",
                       .today = "2026-05-02"},
                      nullptr));
  BOOST_TEST(verify(parts.db()).findings_total == 0u,
             shown(verify(parts.db())));
  const Checkpoint whole = must(checkpoint_of(parts.db()));
  // East has b.jsonl too: the blocks of north and of south are doubles then.
  const std::string east = parts / "east.db";
  Parts::rename(parts.db(), parts / "first.db");
  {
    const auto store = open_store(parts);
    RunInfo info = demo_run(digest_of_files(demo_files()));
    info.ruleset_files = demo_files();
    const int64_t run = must(store->begin_run(info));
    Parts::add(*store, run, "b.jsonl", kB, "2026-03-06");
    must(store->end_run(run, RunStatus::done));
  }
  Parts::rename(parts.db(), east);
  merge({east, parts / "first.db"}, parts.merged());
  const AuditReport report = verify(parts.merged(), whole);
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST(report.decisions == 5u);
  BOOST_TEST(ask(parts.merged(),
                 "SELECT record_id, note FROM decision ORDER BY decision_id",
                 2) == Rows({"rec-a|", "rec-y|north eight", "rec-1|",
                             "rec-y|south four", "rec-y|own eight"}),
             boost::test_tools::per_element());
  BOOST_TEST(ask_number(parts.merged(),
                        "SELECT count(DISTINCT verdict_id) FROM decision_row "
                        "WHERE verdict_id = 2") == 1);
}
