// SPDX-License-Identifier: Apache-2.0
#include "store/four_eyes.h"

#include "store/decisions.h"
#include "store/scratch_store.h"

using namespace simwarden;

namespace {

// Verdicts 1 to 3: review, hold, refuse.
void fill(const ScratchFolder& folder) {
  const auto store = open_store(folder);
  screen(*store, must(store->begin_run(demo_run())), "a.jsonl",
         "aaaaa\nbbbbbb\nccccccc\n", 1000);
}

struct Word {
  const char* who;
  const char* outcome;
};

Decision decision_of(const Word& word, int64_t verdict) {
  return {
      .verdict_id = verdict, .decided_by = word.who, .outcome = word.outcome};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(four_eyes)

BOOST_AUTO_TEST_CASE(what_was_stopped_is_let_through_by_two) {
  struct Case {
    std::vector<Word> before;
    Word last;
    int64_t verdict;
    bool stored;
  };
  const Case cases[] = {
      {{}, {"demo_a", "approved"}, 2, false},
      {{}, {"demo_a", "approved"}, 3, false},
      {{}, {"demo_a", "false_alarm"}, 2, false},
      {{}, {"demo_a", "approved"}, 1, true},  // was not stopped
      {{}, {"demo_a", "refused"}, 2, true},
      {{{"demo_a", "assigned"}}, {"demo_a", "approved"}, 2, false},
      {{{"demo_b", "assigned"}}, {"demo_a", "approved"}, 2, true},
      {{{"demo_b", "assigned"}}, {"demo_a", "false_alarm"}, 3, true},
      {{{"demo_b", "refused"}}, {"demo_a", "approved"}, 2, false},
      {{{"demo_b", "agreed"}}, {"demo_a", "approved"}, 2, false},
      {{{"demo_b", "complained"}}, {"demo_a", "approved"}, 2, false},
      {{{"demo_b", "assigned"}, {"demo_b", "refused"}},
       {"demo_a", "approved"},
       2,
       false},
      {{{"demo_b", "assigned"}, {"demo_b", "agreed"}},
       {"demo_a", "approved"},
       2,
       true},
      {{{"demo_b", "refused"}, {"demo_c", "assigned"}},
       {"demo_a", "approved"},
       2,
       true},
      // The same person, spelt otherwise.
      {{{"demo_a", "assigned"}}, {"Demo_A", "approved"}, 2, false},
      {{{"demo_a ", "assigned"}}, {"demo_a", "approved"}, 2, false},
      {{{"demo  a", "assigned"}}, {"demo a", "false_alarm"}, 3, false},
      {{{"demo_b", "assigned"}, {"Demo_B ", "refused"}},
       {"demo_a", "approved"},
       2,
       false},
  };
  for (const Case& tried : cases) {
    // In one file, and one after the other.
    for (const bool at_once : {true, false}) {
      const ScratchFolder folder;
      fill(folder);
      std::vector<Decision> words;
      for (const Word& word : tried.before) {
        words.push_back(decision_of(word, tried.verdict));
      }
      if (!at_once && !words.empty()) {
        must(decide(folder.db(), words, {.four_eyes = true}));
        words.clear();
      }
      words.push_back(decision_of(tried.last, tried.verdict));
      const auto stored = must(decide(folder.db(), words, {.four_eyes = true}));
      BOOST_TEST(stored.faults.empty() == tried.stored);
    }
  }
}

BOOST_AUTO_TEST_CASE(who_lets_through_alone_is_told_what_is_missing) {
  const ScratchFolder folder;
  fill(folder);
  const Decision alone = decision_of({"demo_a", "approved"}, 2);
  const auto stored =
      must(decide(folder.db(), std::span(&alone, 1), {.four_eyes = true}));
  BOOST_TEST_REQUIRE(stored.faults.size() == 1u);
  BOOST_TEST(stored.faults[0].what ==
             "verdict 2: is “hold”, and nobody but demo_a vouches for the "
             "request; four eyes: another person says “assigned” first");
}

// Judged twice: verdict 2 let it pass, 5 on the same record holds it.
BOOST_AUTO_TEST_CASE(verdicts_on_one_record_are_one_to_four_eyes) {
  const ScratchFolder folder;
  fill(folder);
  {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run("sha256:later"))), "a.jsonl",
           "aaaaa\nbbbbbb\nccccccc\n", 1000, "sha256:later");
  }
  tamper(folder.db(), "UPDATE verdict_row SET action = 0 WHERE verdict_id = 2");
  const auto try_word = [&folder](const Word& word, int64_t verdict) {
    const Decision decision = decision_of(word, verdict);
    const auto stored =
        must(decide(folder.db(), std::span(&decision, 1), {.four_eyes = true}));
    return stored.faults.empty() ? std::string() : stored.faults[0].what;
  };
  const auto alone = [&folder] {
    std::vector<int64_t> ids;
    for (const OpenCase& each :
         must(open_cases(folder.db(), CaseChoice::one_person, 10)).cases) {
      ids.push_back(each.verdict_id);
    }
    return ids;
  };
  BOOST_TEST(try_word({"demo_a", "approved"}, 2)
                 .starts_with("verdict 2: is “hold”, and nobody but demo_a"));
  BOOST_TEST(try_word({"demo_a", "approved"}, 5) != "");
  // Without four eyes it is stored, and listed with the verdict that stands.
  const Decision unasked = decision_of({"demo_a", "approved"}, 2);
  must(decide(folder.db(), std::span(&unasked, 1)));
  BOOST_TEST(alone() == std::vector<int64_t>{5},
             boost::test_tools::per_element());
  // Another person's word about the earlier verdict counts.
  BOOST_TEST(try_word({"demo_b", "assigned"}, 2) == "");
  BOOST_TEST(alone().empty());
  BOOST_TEST(try_word({"demo_a", "approved"}, 5) == "");
  // Another record of the same source is another.
  BOOST_TEST(try_word({"demo_a", "approved"}, 6) != "");
}

BOOST_AUTO_TEST_CASE(a_word_about_another_verdict_is_none) {
  const ScratchFolder folder;
  fill(folder);
  const Decision words[] = {decision_of({"demo_b", "assigned"}, 3),
                            decision_of({"demo_a", "approved"}, 2)};
  BOOST_TEST(
      must(decide(folder.db(), words, {.four_eyes = true})).faults.size() ==
      1u);
}

BOOST_AUTO_TEST_CASE(what_one_person_let_through_is_listed) {
  const ScratchFolder folder;
  fill(folder);
  const auto alone = [&folder] {
    return must(open_cases(folder.db(), CaseChoice::one_person, 10)).total;
  };
  const auto say = [&folder](const Word& word, int64_t verdict) {
    const Decision decision = decision_of(word, verdict);
    must(decide(folder.db(), std::span(&decision, 1)));
  };
  say({"demo_a", "approved"}, 1);
  BOOST_TEST(alone() == 0u);
  say({"demo_a", "assigned"}, 2);
  BOOST_TEST(alone() == 0u);
  say({"Demo_A ", "assigned"}, 2);
  say({"demo_a", "approved"}, 2);
  say({"demo_a", "approved"}, 3);
  BOOST_TEST(alone() == 2u);
  say({"demo_b", "agreed"}, 2);
  BOOST_TEST(alone() == 2u);
  say({"demo_b", "approved"}, 2);
  BOOST_TEST(alone() == 1u);
  // Whoever complains afterwards decides nothing.
  say({"demo_b", "complained"}, 3);
  BOOST_TEST(alone() == 1u);
  say({"demo_a", "refused"}, 3);
  BOOST_TEST(alone() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
