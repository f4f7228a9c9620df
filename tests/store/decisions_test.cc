// SPDX-License-Identifier: Apache-2.0
#include "store/decisions.h"

#include <fmt/format.h>

#include "store/scratch_store.h"
#include "store/stored_verdict.h"

using namespace simwarden;

namespace {

using Rows = std::vector<std::string>;
constexpr std::string_view kNow = "2026-03-10T12:00:00Z";

// Verdicts 1 to 3: review, hold, refuse.
void fill(const ScratchFolder& folder) {
  const auto store = open_store(folder);
  screen(*store, must(store->begin_run(demo_run())), "a.jsonl",
         "aaaaa\nbbbbbb\nccccccc\n", 1000);
}

Decision demo_decision(const std::string& outcome, int64_t verdict = 2) {
  return {.verdict_id = verdict,
          .decided_by = "demo_clerk",
          .decided_at = "2026-03-02T10:00:00Z",
          .outcome = outcome};
}

DecisionsStored store_one(const ScratchFolder& folder,
                          const Decision& decision) {
  return must(decide(folder.db(), std::span(&decision, 1)));
}

}  // namespace

// Files are read one after the other; a letter is an outcome of one person
// about one verdict.
BOOST_AUTO_TEST_CASE(a_file_that_is_read_twice_is_stored_once) {
  struct Row {
    std::vector<const char*> files;
    const char* stored;
  };
  const Row rows[] = {
      {{"a", "a"}, "a"},
      {{"ab", "ab"}, "ab"},
      {{"aab", "aab"}, "ab"},
      {{"aba", "aba"}, "aba"},
      {{"abab", "abab"}, "abab"},
      {{"ab", "abc", "abc"}, "abc"},  // the file has grown
      {{"ab", "a"}, "aba"},           // another mind
      {{"a", "b", "a"}, "aba"},
      {{"ab", "ba"}, "aba"},
      {{"aab", "b", "c"}, "abc"},
  };
  for (const Row& row : rows) {
    const ScratchFolder folder;
    fill(folder);
    for (const std::string file : row.files) {
      std::vector<Decision> decisions;
      for (const char letter : file) {
        const char* outcomes[] = {"approved", "refused", "complained"};
        decisions.push_back(demo_decision(outcomes[letter - 'a']));
        // Of somebody else, in between.
        decisions.push_back(demo_decision("agreed"));
        decisions.back().decided_by = "demo_other";
      }
      const auto done = must(
          decide(folder.db(), decisions, {.repeated = Repeated::leave_out}));
      BOOST_TEST(done.ids.size() + done.repeated == decisions.size());
    }
    std::string stored;
    for (const std::string& outcome :
         ask(folder.db(),
             "SELECT outcome FROM decision_row WHERE decided_by = "
             "'demo_clerk' ORDER BY decision_id",
             1)) {
      stored += outcome == "approved" ? 'a' : outcome == "refused" ? 'b' : 'c';
    }
    BOOST_TEST(stored == row.stored);
  }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_decision_is_said) {
  struct Row {
    const char* what;
    void (*spoil)(Decision&);
  };
  const Row rows[] = {
      {"verdict: is no verdict_id", [](Decision& d) { d.verdict_id = 0; }},
      {"decided_by: is missing", [](Decision& d) { d.decided_by = ""; }},
      {"by: has 129 bytes; the bound is 128",
       [](Decision& d) { d.decided_by.assign(129, 'x'); }},
      {"decided_by: is not one line",
       [](Decision& d) { d.decided_by = "a\nb"; }},
      {"is none of approved, refused", [](Decision& d) { d.outcome = "ok"; }},
      {"is neither open nor closed", [](Decision& d) { d.state = "done"; }},
      {"“agreed”: a second opinion has no state, owner or due",
       [](Decision& d) {
         d.outcome = "agreed";
         d.state = "open";
       }},
      {"“disagreed”: a second opinion has no state, owner or due",
       [](Decision& d) {
         d.outcome = "disagreed";
         d.owner = "demo_lead";
       }},
      {"owner: is not one line", [](Decision& d) { d.owner = "\xff"; }},
      {"due “soon”: is not a date", [](Decision& d) { d.due = "soon"; }},
      {"due “31.12.2026”: is not a date like 2026-03-31",
       [](Decision& d) { d.due = "31.12.2026"; }},
      {"due “***", [](Decision& d) { d.due = "13800138000"; }},
      {"due “2026-02-30”", [](Decision& d) { d.due = "2026-02-30"; }},
      {"has not come yet",
       [](Decision& d) { d.decided_at = "2026-03-10T12:00:01Z"; }},
      {"is no time with its zone",
       [](Decision& d) { d.decided_at = "2026-03-01"; }},
      {"note: has 4001 bytes", [](Decision& d) { d.note.assign(4001, 'x'); }},
      {"note: is not UTF-8", [](Decision& d) { d.note = "\xc3"; }},
  };
  for (const Row& row : rows) {
    Decision decision = demo_decision("approved");
    row.spoil(decision);
    const auto tidy = tidy_decision(decision, kNow);
    BOOST_TEST_REQUIRE(!tidy.ok(), row.what);
    BOOST_TEST((tidy.error().trouble == Trouble::usage));
    BOOST_TEST(tidy.error().what.find(row.what) != std::string::npos,
               tidy.error().what);
  }
}

BOOST_AUTO_TEST_CASE(a_tidy_decision_has_its_state_and_its_time_in_utc) {
  Decision decision = demo_decision("fraud_confirmed");
  decision.decided_at = "2026-03-02T10:00:00.5+08:00";
  BOOST_TEST(must(tidy_decision(decision, kNow)).decided_at ==
             "2026-03-02T02:00:00Z");
  BOOST_TEST(must(tidy_decision(decision, kNow)).state == "open");
  decision.state = "closed";
  decision.decided_at = "";
  BOOST_TEST(must(tidy_decision(decision, kNow)).state == "closed");
  BOOST_TEST(must(tidy_decision(decision, kNow)).decided_at == kNow);
  BOOST_TEST(must(tidy_decision(demo_decision("agreed"), kNow)).state == "");
}

BOOST_AUTO_TEST_CASE(every_outcome_is_a_word_and_says_what_it_does) {
  for (const DecisionOutcome& outcome : decision_outcomes()) {
    BOOST_TEST(find_outcome(outcome.name) == &outcome);
    BOOST_TEST(!outcome.doc.empty());
    BOOST_TEST((outcome.state == "open" || outcome.state == "closed" ||
                outcome.state.empty()));
  }
}

BOOST_AUTO_TEST_CASE(numbers_and_codes_in_a_note_are_masked_before_the_disk) {
  const ScratchFolder folder;
  fill(folder);
  Decision decision = demo_decision("complained");
  decision.note = "Call back +86 138 0013 8000, her code is 482913";
  store_one(folder, decision);
  const Rows notes = ask(folder.db(), "SELECT note FROM decision", 1);
  BOOST_TEST_REQUIRE(notes.size() == 1u);
  BOOST_TEST(notes[0].find("8000") == std::string::npos, notes[0]);
  BOOST_TEST(notes[0].find("482913") == std::string::npos, notes[0]);
  BOOST_TEST(notes[0].starts_with("Call back +** *** "), notes[0]);
}

BOOST_AUTO_TEST_CASE(a_later_decision_is_one_more_row) {
  const ScratchFolder folder;
  fill(folder);
  Decision decision = demo_decision("fraud_confirmed");
  decision.owner = "demo_lead";
  decision.due = "2026-04-01";
  BOOST_TEST(store_one(folder, decision).ids == std::vector<int64_t>{1});
  const char* open =
      "SELECT verdict_id, record_id, action, outcome, owner, due FROM "
      "open_case";
  BOOST_TEST(ask(folder.db(), open, 6) ==
                 Rows{"2|bbbbbb|hold|fraud_confirmed|demo_lead|2026-04-01"},
             boost::test_tools::per_element());
  // Owner and due stand until others are named; a second opinion closes
  // nothing.
  store_one(folder, demo_decision("agreed"));
  store_one(folder, demo_decision("assigned"));
  BOOST_TEST(ask(folder.db(), open, 6) ==
                 Rows{"2|bbbbbb|hold|assigned|demo_lead|2026-04-01"},
             boost::test_tools::per_element());
  store_one(folder, demo_decision("remedied"));
  BOOST_TEST(ask(folder.db(), open, 6).empty());
  BOOST_TEST(ask(folder.db(),
                 "SELECT decision_id, outcome, state FROM decision "
                 "ORDER BY decision_id",
                 3) == Rows({"1|fraud_confirmed|open", "2|agreed|",
                             "3|assigned|open", "4|remedied|closed"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(with_one_wrong_row_none_is_stored_and_all_are_named) {
  const ScratchFolder folder;
  fill(folder);
  const std::vector<Decision> decisions = {
      demo_decision("approved"), demo_decision("approved", 99),
      demo_decision("perhaps"), demo_decision("refused", 3)};
  const DecisionsStored stored = must(decide(folder.db(), decisions));
  BOOST_TEST(stored.ids.empty());
  BOOST_TEST_REQUIRE(stored.faults.size() == 2u);
  BOOST_TEST(stored.faults[0].at == 1u);
  BOOST_TEST(stored.faults[0].what ==
             "verdict 99: this database has no such verdict_id");
  BOOST_TEST(stored.faults[1].at == 2u);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM decision") == 0);
}

BOOST_AUTO_TEST_CASE(a_list_that_is_read_twice_is_stored_once) {
  const ScratchFolder folder;
  fill(folder);
  const std::vector<Decision> decisions = {demo_decision("agreed", 1),
                                           demo_decision("disagreed", 3)};
  for (int i = 0; i < 2; ++i) {
    const DecisionsStored stored =
        must(decide(folder.db(), decisions, {.repeated = Repeated::leave_out}));
    BOOST_TEST(stored.ids.size() == (i == 0 ? 2u : 0u));
    BOOST_TEST(stored.repeated == (i == 0 ? 0u : 2u));
  }
  Decision changed = decisions[0];
  changed.outcome = "disagreed";
  BOOST_TEST(must(decide(folder.db(), std::span(&changed, 1),
                         {.repeated = Repeated::leave_out}))
                 .ids.size() == 1u);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM decision") == 3);
}

BOOST_AUTO_TEST_CASE(what_nobody_has_decided_is_listed_worst_first) {
  const ScratchFolder folder;
  fill(folder);
  const auto undecided = [&folder](size_t limit) {
    return must(open_cases(folder.db(), CaseChoice::undecided, limit));
  };
  BOOST_TEST(undecided(10).total == 2u);
  BOOST_TEST_REQUIRE(undecided(1).cases.size() == 1u);
  BOOST_TEST(undecided(1).cases[0].action == "refuse");
  BOOST_TEST(undecided(1).total == 2u);
  store_one(folder, demo_decision("approved", 3));
  BOOST_TEST(undecided(10).total == 1u);
  BOOST_TEST(must(open_cases(folder.db(), CaseChoice::open, 10)).total == 0u);
}

BOOST_AUTO_TEST_CASE(a_second_opinion_alone_decides_nothing) {
  const ScratchFolder folder;
  fill(folder);
  store_one(folder, demo_decision("agreed", 3));
  BOOST_TEST(must(open_cases(folder.db(), CaseChoice::undecided, 10)).total ==
             2u);
}

BOOST_AUTO_TEST_CASE(what_was_decided_holds_for_a_later_verdict_no_worse) {
  const ScratchFolder folder;
  fill(folder);
  store_one(folder, demo_decision("approved", 2));
  store_one(folder, demo_decision("approved", 3));
  {
    const auto store = open_store(folder);
    const std::string later = "sha256:later";
    screen(*store, must(store->begin_run(demo_run(later))), "a.jsonl",
           "aaaaa\nbbbbbb\nccccccc\ndddddd\n", 1000, later);
  }
  const auto undecided = [&folder] {
    std::vector<std::string> ids;
    for (const OpenCase& each :
         must(open_cases(folder.db(), CaseChoice::undecided, 10)).cases) {
      ids.push_back(each.record_id);
    }
    return ids;
  };
  BOOST_TEST(undecided() == Rows{"dddddd"}, boost::test_tools::per_element());
  // What was held is refused now: somebody has to look again.
  tamper(folder.db(),
         "UPDATE verdict_row SET action = 3 WHERE verdict_id > 3 AND "
         "record_id = 'bbbbbb'");
  BOOST_TEST(undecided() == Rows({"bbbbbb", "dddddd"}),
             boost::test_tools::per_element());
}

// Judged three times: whole, under another name, and when it had grown.
BOOST_AUTO_TEST_CASE(
    of_several_verdicts_on_a_record_the_standing_one_is_asked) {
  const ScratchFolder folder;
  fill(folder);
  const auto again = [&folder](const std::string& ruleset,
                               const std::string& name,
                               const std::string& more) {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run(ruleset))), name,
           "aaaaa\nbbbbbb\nccccccc\n" + more, 1000, ruleset);
  };
  const auto undecided = [&folder] {
    Rows ids;
    for (const OpenCase& each :
         must(open_cases(folder.db(), CaseChoice::undecided, 10)).cases) {
      ids.push_back(std::to_string(each.verdict_id));
    }
    return ids;
  };
  BOOST_TEST(undecided() == Rows({"3", "2"}), boost::test_tools::per_element());
  again("sha256:b", "renamed.jsonl", "");
  BOOST_TEST(undecided() == Rows({"6", "5"}), boost::test_tools::per_element());
  again("sha256:c", "a.jsonl", "dddddd\n");
  BOOST_TEST(undecided() == Rows({"9", "8", "10"}),
             boost::test_tools::per_element());
  // It passes now: nobody has to decide.
  tamper(folder.db(), "UPDATE verdict_row SET action = 0 WHERE verdict_id = 8");
  BOOST_TEST(undecided() == Rows({"9", "10"}),
             boost::test_tools::per_element());
  // The ruleset that was used last stands, also where it was there before.
  again("sha256:demo", "a.jsonl", "");
  BOOST_TEST(undecided() == Rows({"3", "2", "10"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_verdict_is_found_with_what_was_decided_on_its_record) {
  const ScratchFolder folder;
  fill(folder);
  store_one(folder, demo_decision("approved", 2));
  store_one(folder, demo_decision("refused", 3));
  const auto judge = [&folder](const std::string& command,
                               const std::string& ruleset) {
    const auto store = open_store(folder);
    RunInfo info = demo_run(ruleset);
    info.command = command;
    screen(*store, must(store->begin_run(info)), "a.jsonl",
           "aaaaa\nbbbbbb\nccccccc\ndddddd\n", 1000, ruleset);
  };
  judge("simwarden screen", "sha256:later");
  judge("serve", "sha256:door");
  store_one(folder, demo_decision("complained", 5));
  const auto finder = must(VerdictFinder::open(folder.db()));
  const auto decided = [&finder](int64_t verdict) {
    std::string told;
    const auto found = must(finder->find(verdict));
    for (const StoredDecision& each : found->decisions) {
      told += fmt::format("{} {} {};", each.verdict_id, name_of(each.action),
                          each.outcome);
    }
    return told;
  };
  BOOST_TEST(decided(5) == "2 hold approved;5 hold complained;");
  BOOST_TEST(decided(2) == decided(5));
  BOOST_TEST(decided(6) == "3 refuse refused;");
  BOOST_TEST(decided(4) == "");
  // At a door the same record that comes again is another.
  BOOST_TEST(decided(9) == "");
}

// Nothing says that a line of the same place is the same record.
BOOST_AUTO_TEST_CASE(records_without_id_and_time_are_asked_each) {
  const ScratchFolder folder;
  fill(folder);
  {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run("sha256:b"))), "a.jsonl",
           "aaaaa\nbbbbbb\nccccccc\ndddd\n", 1000, "sha256:b");
  }
  tamper(folder.db(), "UPDATE verdict_row SET record_id = ''");
  BOOST_TEST(must(open_cases(folder.db(), CaseChoice::undecided, 10)).total ==
             4u);
}

BOOST_AUTO_TEST_CASE(nobody_decides_before_it_happened) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "UPDATE verdict_row SET event_time = '2026-03-02T18:00:01+08:00'");
  Decision decision = demo_decision("approved");
  const DecisionsStored stored = store_one(folder, decision);
  BOOST_TEST_REQUIRE(stored.faults.size() == 1u);
  BOOST_TEST(stored.faults[0].what ==
             "decided_at “2026-03-02T10:00:00Z”: is before the event of "
             "verdict 2 (2026-03-02T18:00:01+08:00)");
  decision.decided_at = "2026-03-02T10:00:01Z";
  BOOST_TEST(store_one(folder, decision).ids.size() == 1u);
  // A clock ahead: what is decided now is decided now.
  tamper(folder.db(),
         "UPDATE verdict_row SET event_time = '2999-03-02T18:00:01Z'");
  decision.decided_at = "";
  BOOST_TEST(store_one(folder, decision).ids.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_stored_a_day_after_its_time_was_told_later) {
  const auto told_later = [](const char* stored) {
    return is_told_later("2026-03-02T10:00:00Z", stored);
  };
  BOOST_TEST(!told_later("2026-03-03T10:00:00Z"));
  BOOST_TEST(told_later("2026-03-03T10:00:01Z"));
  BOOST_TEST(!told_later("never"));
  const ScratchFolder folder;
  fill(folder);
  store_one(folder, demo_decision("approved"));
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM decision WHERE stored_at > "
                        "decided_at") == 1);
}

BOOST_AUTO_TEST_CASE(open_cases_come_in_the_order_of_their_days) {
  const ScratchFolder folder;
  fill(folder);
  const char* days[] = {"", "2026-05-01", "2026-04-01"};
  for (int64_t verdict = 1; verdict <= 3; ++verdict) {
    Decision decision = demo_decision("assigned", verdict);
    decision.due = days[verdict - 1];
    store_one(folder, decision);
  }
  const OpenCases found = must(open_cases(folder.db(), CaseChoice::open, 10));
  BOOST_TEST_REQUIRE(found.cases.size() == 3u);
  BOOST_TEST(found.cases[0].verdict_id == 3);
  BOOST_TEST(found.cases[1].verdict_id == 2);
  BOOST_TEST(found.cases[2].verdict_id == 1);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_open_for_a_run_takes_decisions_too) {
  const ScratchFolder folder;
  fill(folder);
  const auto store = open_store(folder);
  const Decision decision = demo_decision("approved");
  BOOST_TEST(!decide(folder.db(), std::span(&decision, 1)).ok(),
             "somebody else has the lock");
  must(store->add([&](Database& database, Chain& chain) -> Status {
    const auto stored =
        write_decisions(database, chain, std::span(&decision, 1));
    if (!stored) return stored.error();
    BOOST_TEST(stored->ids.size() == 1u);
    return Done{};
  }));
  screen(*store, must(store->begin_run(demo_run())), "b.jsonl", "x\ny\n", 100);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM decision") == 1);
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) = max(link_id) FROM chain_link") == 1);
}

BOOST_AUTO_TEST_CASE(a_database_that_is_not_there_is_not_made) {
  const ScratchFolder folder;
  const Decision decision = demo_decision("approved");
  BOOST_TEST(!decide(folder.db(), std::span(&decision, 1)).ok());
  BOOST_TEST(!std::filesystem::exists(folder.db()));
}

// A name of a verdict may be given a second time, after a copy was put back.
BOOST_AUTO_TEST_CASE(a_decision_about_another_record_is_refused) {
  const ScratchFolder folder;
  fill(folder);
  Decision decision = demo_decision("refused");
  decision.record_id = "mk3-00000002";  // ids are told as they are
  const auto refused = store_one(folder, decision);
  BOOST_TEST_REQUIRE(refused.faults.size() == 1u);
  BOOST_TEST(refused.faults[0].what ==
             "record_id “mk3-00000002”: verdict 2 is of the record “bbbbbb”");
  BOOST_TEST(refused.ids.empty());
  decision.record_id = "bbbbbb";
  BOOST_TEST(store_one(folder, decision).ids.size() == 1u);
  // Nobody knows of what it is.
  tamper(folder.db(), "UPDATE verdict_row SET record_id = ''");
  decision.outcome = "false_alarm";
  BOOST_TEST(store_one(folder, decision).ids.size() == 1u);
}
