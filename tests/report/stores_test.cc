// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "report/demo_store.h"
#include "report/formats.h"
#include "report/numbers.h"

// One report over several stores.
namespace simwarden {
namespace {

// The same logs in two stores, one of which has a log more.
struct TwoStores {
  ScratchFolder first;
  ScratchFolder second;

  TwoStores() {
    make_demo_store(first);
    make_demo_store(second);
    const auto store = open_store(second);
    const int64_t run = must(store->begin_run(demo_run()));
    store_records(*store, run, "march.jsonl", demo_requests(3), 1);
    must(store->end_run(run, RunStatus::done));
  }
};

BOOST_AUTO_TEST_CASE(what_two_stores_have_is_counted_once) {
  const TwoStores stores;
  const Numbers one = must(count_stores({stores.first.db()}, demo_question()));
  const Numbers same = must(
      count_stores({stores.first.db(), stores.first.db()}, demo_question()));
  BOOST_TEST(same.totals[0].total() == one.totals[0].total());
  BOOST_TEST(same.totals[1].total() == one.totals[1].total());
  BOOST_TEST(same.twice ==
             uint64_t(asked(stores.first, "SELECT count(*) FROM verdict_row")));
  BOOST_TEST((same.errors == one.errors));
  BOOST_TEST((same.invalid_fields == one.invalid_fields));
  BOOST_TEST(same.rulesets.size() == one.rulesets.size());
  BOOST_TEST(same.runs.size() == 2 * one.runs.size());

  const Numbers both = must(
      count_stores({stores.first.db(), stores.second.db()}, demo_question()));
  BOOST_TEST(both.totals[0].total() == one.totals[0].total() + 40);
  BOOST_TEST(both.stores.size() == 2u);
  BOOST_TEST(both.stores[0].twice + both.stores[1].twice == both.twice);
  BOOST_TEST(both.errors.at("J102") == one.errors.at("J102") + 1);
  uint64_t counted_once = 0;
  for (const SourceNumbers& source : both.sources) {
    counted_once += source.same_as.empty() ? 1 : 0;
  }
  BOOST_TEST(counted_once < both.sources.size());
}

void go_on(const ScratchFolder& folder, const std::string& name) {
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  store_records(*store, run, name, demo_requests(3), 1);
  must(store->end_run(run, RunStatus::done));
}

BOOST_AUTO_TEST_CASE(copies_of_which_both_went_on_are_named) {
  const ScratchFolder first;
  const ScratchFolder second;
  const auto forks = [&] {
    return must(count_stores({second.db(), first.db()}, demo_question())).forks;
  };
  make_demo_store(first);
  std::filesystem::copy_file(first.db(), second.db());
  std::filesystem::copy_file(first.options().site_key_path,
                             second.options().site_key_path);
  const int64_t common = asked(first, "SELECT max(link_id) FROM chain_link");
  BOOST_TEST(forks().size() == 0u);
  go_on(second, "march.jsonl");
  BOOST_TEST(forks().size() == 0u);  // the first one is its beginning
  go_on(first, "april.jsonl");
  const std::vector<StoreFork> found = forks();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].first == 0u);
  BOOST_TEST(found[0].second == 1u);
  // The runs began in one second: their links may be the same.
  BOOST_TEST(found[0].link >= common);

  const ScratchFolder other;
  make_demo_store(other);
  BOOST_TEST(must(count_stores({other.db(), first.db()}, demo_question()))
                 .forks.empty());
}

BOOST_AUTO_TEST_CASE(names_that_are_no_utf8_stay_two) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const std::string one = folder / "a\xb2.db";
  const std::string other = folder / "a\xb9.db";
  std::filesystem::copy_file(folder.db(), one);
  std::filesystem::copy_file(folder.db(), other);
  const Question question = demo_question();
  const Numbers numbers = must(count_stores({one, other}, question));
  const std::string json =
      to_json(write_report({numbers, question, demo_obligations(), {}}));
  BOOST_TEST(json.find(R"(a\\xb2.db)") != std::string::npos);
  BOOST_TEST(json.find(R"(a\\xb9.db)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_cover_says_whether_a_store_was_checked) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question();
  const Numbers numbers = must(count_stores({folder.db()}, question));
  const auto cover = [&](std::map<std::string, StoreCheck> checks) {
    return to_csv(*find_table(write_report({numbers,
                                            question,
                                            demo_obligations(),
                                            {.checks = std::move(checks)}}),
                              "cover"));
  };
  BOOST_TEST(cover({}).find("not checked") != std::string::npos);
  BOOST_TEST(cover({{folder.db(), {.links = 25}}})
                 .find("as it was written,\"yes, up to link 25\"") !=
             std::string::npos);
  BOOST_TEST(cover({{folder.db(), {.links = 25, .findings = 3}}})
                 .find("NO: simwarden audit verify has findings (3)") !=
             std::string::npos);
}

// As after `audit merge`: its block stands once, in one of the two.
BOOST_AUTO_TEST_CASE(a_decision_counts_in_whichever_store_it_was_made) {
  const TwoStores stores;
  const auto confirmed = [&stores] {
    return must(count_stores({stores.first.db(), stores.second.db()},
                             demo_question()))
        .people.outcomes["fraud_confirmed"][0];
  };
  const uint64_t before = confirmed();
  const char* kChosen =
      "SELECT {}(verdict_id) FROM verdict_row WHERE kind = 0 "
      "AND event_time LIKE '2026-02-%' AND verdict_id NOT IN "
      "(SELECT verdict_id FROM decision_row)";
  for (const auto* store : {&stores.first, &stores.second}) {
    const char* which = store == &stores.first ? "min" : "max";
    const std::vector<Decision> fraud = {
        {.verdict_id = asked(*store, fmt::format(fmt::runtime(kChosen), which)),
         .decided_by = "demo_lead",
         .decided_at = "2026-03-31T09:00:00Z",
         .outcome = "fraud_confirmed"}};
    const auto stored = must(decide(store->db(), fraud));
    BOOST_TEST_REQUIRE(stored.faults.empty());
  }
  BOOST_TEST(confirmed() == before + 2);
  // A copy says nothing new.
  const auto counted = [&stores](const std::vector<std::string>& paths) {
    return must(count_stores(paths, demo_question())).people.counted;
  };
  const std::string db = stores.first.db();
  BOOST_TEST(counted({db, db}) == counted({db}));
}

BOOST_AUTO_TEST_CASE(the_order_of_the_stores_does_not_matter) {
  const TwoStores stores;
  const Question question = demo_question();
  const ReportOptions options;
  const Numbers ab =
      must(count_stores({stores.first.db(), stores.second.db()}, question));
  const Numbers ba =
      must(count_stores({stores.second.db(), stores.first.db()}, question));
  BOOST_TEST(to_json(write_report({ab, question, {}, options})) ==
             to_json(write_report({ba, question, {}, options})));
}

// Both stores have a verdict of the same number.
BOOST_AUTO_TEST_CASE(a_decision_belongs_to_the_verdict_of_its_own_store) {
  const TwoStores stores;
  const auto count = [&stores] {
    return must(count_stores({stores.first.db(), stores.second.db()},
                             demo_question("2026-01-01", "2026-03-31")));
  };
  const auto march = [](const Numbers& numbers) {
    std::vector<SampleItem> items;
    for (const auto& sample : numbers.samples) {
      for (const SampleItem& item : sample) {
        if (numbers.sources[size_t(item.source)].name == "march.jsonl") {
          items.push_back(item);
        }
      }
    }
    return items;
  };
  const Numbers before = count();
  BOOST_TEST_REQUIRE(!march(before).empty());
  const SampleItem chosen = march(before)[0];
  const std::string label = verdict_label(before, chosen.verdict_id);
  const int64_t id = std::stoll(label.substr(label.find('.') + 1));
  const std::vector<Decision> agreed = {{.verdict_id = id,
                                         .decided_by = "demo_reviewer",
                                         .decided_at = "2026-03-31T09:00:00Z",
                                         .outcome = "agreed"}};
  const auto stored = must(decide(stores.second.db(), agreed));
  BOOST_TEST_REQUIRE(stored.faults.empty());
  const Numbers after = count();
  BOOST_TEST(after.people.stored == 2 * demo_decisions().size() + 1);
  BOOST_TEST(after.people.counted == before.people.counted + 1);
  size_t reviewed = 0;
  for (const auto& sample : after.samples) {
    for (const SampleItem& item : sample) {
      if (item.decided.reviewer != "demo_reviewer") continue;
      ++reviewed;
      BOOST_TEST(item.line == chosen.line);
      BOOST_TEST(after.sources[size_t(item.source)].name == "march.jsonl");
    }
  }
  BOOST_TEST(reviewed == 1u);
}

}  // namespace
}  // namespace simwarden
