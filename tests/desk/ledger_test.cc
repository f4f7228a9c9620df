// SPDX-License-Identifier: Apache-2.0
#include "desk/ledger.h"

#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "desk/demo_pack.h"
#include "intake/intake.h"
#include "judge/window_questions.h"
#include "store/scratch_store.h"

using namespace simwarden;

namespace {

constexpr char kWindowMore[] =
    "  sender_1d: {doc: d, count: messages, by: message.sender, over: 1d}\n";

// What counts by a pack, and what its records say to the windows.
class Rules {
 public:
  Rules(std::string pack, const SiteKey& key) {
    const auto ruleset = load_pack(std::move(pack), schema_);
    counts = LiveCounts::make(*ruleset, hash_key_for(key, "windows"));
    plan_ = std::make_unique<Plan>(ruleset, schema_);
    questions_ =
        std::make_unique<WindowQuestions>(*plan_, counts->key(), "generic");
  }

  LiveFigures count(const std::string& time) {
    const Item item = parse_json(
        R"({"kind":"message","text":"t","sender":"demo","received_at":")" +
            time + "\"}",
        {});
    BOOST_REQUIRE(!item.bad);
    LiveFigures figures;
    counts->count(item.record, *questions_, figures);
    return figures;
  }

  std::shared_ptr<LiveCounts> counts;

 private:
  FactSchema schema_;
  std::unique_ptr<Plan> plan_;
  std::unique_ptr<WindowQuestions> questions_;
};

std::string more_windows() {
  std::string pack = kDemoPack;
  return pack.insert(pack.find("rules:"), kWindowMore);
}

bool gets_well(const Ledger& ledger, std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  while (!ledger.counts().well && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return ledger.counts().well;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ledger)

// It is judged by rules that were exchanged meanwhile, and counted by those in
// force too; while it is, the store fails and is well again.
BOOST_AUTO_TEST_CASE(
    what_was_in_flight_under_old_rules_counts_when_it_is_stored) {
  const ScratchFolder folder;
  const auto ledger = must(Ledger::open(
      {.db = folder.db(), .site_key = folder.options().site_key_path}));
  Rules before(kDemoPack, ledger->site_key());
  Rules now(more_windows(), ledger->site_key());
  const auto old_book =
      must(ledger->open_book(demo_run(), {"door"}, {before.counts, nullptr}));
  const auto new_book = must(ledger->open_book(
      demo_run("sha256:more"), {"door"}, {now.counts, before.counts}));
  Entered entered;
  {
    const LiveCounts::Hold in_flight = before.counts->hold();
    LedgerEntry entry{.mark = "mark", .verdict = VerdictRow()};
    entry.counted =
        before.counts->event_of(before.count("2026-03-02T09:00:00Z"));
    const Status failed = ledger->add([](Database&, Chain&) -> Status {
      return Error{Trouble::environment, "the disk is full"};
    });
    BOOST_TEST(!failed.ok());
    gets_well(*ledger, std::chrono::milliseconds(2500));
    entered = ledger->enter(old_book, 0, std::move(entry));
  }
  BOOST_REQUIRE(gets_well(*ledger, std::chrono::seconds(30)));
  const int64_t stored = entered.id.empty() ? 0 : 1;
  const LiveFigures next = now.count("2026-03-02T09:01:00Z");
  BOOST_TEST(next.values[0].number == 1 + stored);
}

// One site key, one record, the first of each: `audit merge` takes blocks of
// one digest for one.
BOOST_AUTO_TEST_CASE(the_same_record_at_two_daemons_makes_two_blocks) {
  const ScratchFolder folder;
  std::vector<std::string> digests;
  for (const char* name : {"north.db", "south.db"}) {
    const auto ledger = must(Ledger::open(
        {.db = folder / name, .site_key = folder.options().site_key_path}));
    const auto book = must(ledger->open_book(demo_run(), {"door"}, {}));
    ledger->enter(book, 0, {.mark = "mark", .verdict = VerdictRow()});
    ledger->end();
    for (auto& row : ask(folder / name, "SELECT digest FROM block", 1)) {
      digests.push_back(std::move(row));
    }
  }
  BOOST_TEST_REQUIRE(digests.size() == 2u);
  BOOST_TEST(digests[0] != digests[1]);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_moved_away_fails_until_it_is_back) {
  const ScratchFolder folder;
  const auto ledger = must(Ledger::open(
      {.db = folder.db(), .site_key = folder.options().site_key_path}));
  const auto book = must(ledger->open_book(demo_run(), {"door"}, {}));
  const auto kept = [&] {
    const Entered entered =
        ledger->enter(book, 0, {.mark = "mark", .verdict = VerdictRow()});
    std::promise<Kept> told;
    ledger->settle(entered.ticket, [&told](Kept how) { told.set_value(how); });
    return told.get_future().get();
  };
  BOOST_TEST((kept() == Kept::yes));
  std::filesystem::rename(folder.db(), folder / "away.db");
  BOOST_TEST((kept() == Kept::failed));
  BOOST_TEST(ledger->pass_over(book, 0, {1, 1}).number == 0u);
  BOOST_TEST(ledger->pass_over(book, 0, {2, 2}).number == 2u, "not stored");
  BOOST_TEST(!gets_well(*ledger, std::chrono::milliseconds(1500)));
  BOOST_TEST(!std::filesystem::exists(folder.db()), "none is made anew");
  std::filesystem::rename(folder / "away.db", folder.db());
  BOOST_REQUIRE(gets_well(*ledger, std::chrono::seconds(30)));
  BOOST_TEST((kept() == Kept::yes));
  ledger->end();
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict") == 2);
}

BOOST_AUTO_TEST_SUITE_END()
