// SPDX-License-Identifier: Apache-2.0
#include "audit/time_notes.h"

#include "audit/purge.h"
#include "audit/verified.h"

using namespace simwarden;

namespace {

std::string body(const std::string& kind, const std::string& time) {
  return R"({"kind":")" + kind + R"(","link":1)" +
         (time.empty() ? "" : R"(,"time":")" + time + "\"") + "}";
}

struct Noted : ScratchFolder {
  std::unique_ptr<VerdictStore> store = open_store(*this);
  std::unique_ptr<Database> database = must(Database::open(db(), Access::read));
  std::unique_ptr<TimeNotes> notes = must(TimeNotes::open(*database));
  std::string last;

  void link(const std::string& kind, const std::string& time) {
    notes->link(body(kind, time), 7, last);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_clock_that_went_back_is_noted_at_every_kind_of_link) {
  for (const char* kind :
       {"run", "run_end", "purge", "decision", "case_file", "opening"}) {
    Noted noted;
    noted.link("run", "2026-10-03T10:00:00Z");
    noted.link("block", "");
    noted.link(kind, "2026-10-02T10:00:00Z");
    noted.link("run_end", "2026-10-02T10:00:00Z");
    const auto notes = noted.notes->take();
    BOOST_TEST_REQUIRE(notes.size() == 1u, kind);
    BOOST_TEST(notes[0] ==
               "link 7: the clock went back, from 2026-10-03T10:00:00Z to "
               "2026-10-02T10:00:00Z (" +
                   std::string(kind) + ")");
  }
}

BOOST_AUTO_TEST_CASE(the_link_of_a_chain_that_came_later_is_no_time_of_runs) {
  Noted noted;
  noted.link("chain", "2026-10-03T10:00:00Z");
  noted.link("run", "2026-03-02T10:00:00Z");
  BOOST_TEST(noted.notes->take().empty());
}

BOOST_AUTO_TEST_CASE(a_purge_long_after_everything_else_is_noted) {
  for (const auto& [day, noted_too] : {std::pair("2026-06-03T10:00:00Z", 0u),
                                       std::pair("2026-06-04T10:00:00Z", 1u)}) {
    Noted noted;
    noted.link("run_end", "2026-03-03T10:00:00Z");
    noted.link("purge", day);
    BOOST_TEST(noted.notes->take().size() == noted_too, day);
  }
  Noted noted;
  noted.link("run_end", "2026-03-03T10:00:00Z");
  noted.link("run", "2031-03-03T10:00:00Z");
  BOOST_TEST(noted.notes->take().empty());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_older_than_what_it_saw_is_noted) {
  Noted noted;
  noted.notes->checkpoint("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z");
  BOOST_TEST(noted.notes->take().empty());
  const ScratchFolder folder;
  fill(folder);
  Checkpoint checkpoint = must(checkpoint_of(folder.db()));
  BOOST_TEST(verify(folder.db(), checkpoint).notes.empty());
  checkpoint.time = "2020-01-01T00:00:00Z";
  const auto notes = verify(folder.db(), checkpoint).notes;
  BOOST_TEST_REQUIRE(notes.size() == 1u);
  BOOST_TEST(
      notes[0].starts_with("the checkpoint of 2020-01-01T00:00:00Z is "
                           "older than the newest link that it saw"));
}

BOOST_AUTO_TEST_CASE(a_purge_of_what_was_too_young_is_noted) {
  const ScratchFolder folder;
  fill(folder);
  must(purge_database(
      folder.db(),
      {.steps = {{RetentionClass::excerpts, "2026-02-01", "1 day"},
                 {RetentionClass::notes, "2026-02-01", ""},
                 {RetentionClass::subjects, "2998-02-01", "13 months"}},
       .who = "demo",
       .reason = "old"},
      nullptr));
  const AuditReport report = verify(folder.db());
  BOOST_TEST(report.findings_total == 0u, shown(report));
  BOOST_TEST_REQUIRE(report.notes.size() == 1u);
  BOOST_TEST(report.notes[0].find("took what was before 2998-02-01: younger "
                                  "than the 13 months that it names") !=
             std::string::npos);
}
