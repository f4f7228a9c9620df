// SPDX-License-Identifier: Apache-2.0
#include "store/case_texts.h"

#include "store/scratch_store.h"

using namespace simwarden;

namespace {

constexpr const char* kToday = "2026-03-10";

CaseFile demo_case(const std::string& until = "2099-12-31") {
  return {.number = "FD-17", .until = until, .opened_by = "demo_lead"};
}

const std::string kBytes = "aaaaa\nbbbbbb\nccccccc\n";

void fill(const ScratchFolder& folder) {
  const auto store = open_store(folder);
  screen(*store, must(store->begin_run(demo_run())), "a.jsonl", kBytes, 1000);
}

CaseTextCounts keep(const ScratchFolder& folder, const CaseFile& file,
                    std::vector<CaseText> texts) {
  const std::string digest = identify_block("", kBytes).digest;
  for (CaseText& text : texts) text.block_digest = digest;
  const auto store = open_store(folder);
  CaseTextCounts counts;
  must(store->add([&](Database& database, Chain& chain) -> Status {
    auto keeper = CaseKeeper::open(database, chain, file);
    if (!keeper) return keeper.error();
    Status kept = keeper->keep(database, chain, kRuleset, texts);
    counts = keeper->counts();
    return kept;
  }));
  return counts;
}

std::vector<std::string> opened(const ScratchFolder& folder) {
  std::vector<std::string> texts;
  must(open_case_texts(folder.db(), "FD-17", "demo_lead", "court",
                       [&texts](const OpenedText& text) -> Status {
                         texts.push_back(std::to_string(text.verdict_id) + " " +
                                         text.source + " " + text.text);
                         return Done{};
                       }));
  return texts;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_case_needs_a_day_that_is_not_too_far_away) {
  struct Row {
    const char* until;
    const char* what;  // null: fine
  };
  const Row rows[] = {
      {"2026-03-10", nullptr},
      {"2029-03-12", nullptr},
      {"", "needs a day on which its texts are deleted, at most 1098 days"},
      {"2026-03-09", "is over"},
      {"2029-03-13", "the last day can be 2029-03-12"},
      {"tomorrow", "is not a date"},
  };
  for (const Row& row : rows) {
    const Status right = check_case_file(demo_case(row.until), kToday);
    BOOST_TEST(right.ok() == (row.what == nullptr), row.until);
    if (row.what == nullptr) continue;
    BOOST_TEST((right.error().trouble == Trouble::usage));
    BOOST_TEST(right.error().what.find(row.what) != std::string::npos,
               right.error().what);
  }
  CaseFile nameless = demo_case("2026-04-01");
  nameless.number = "";
  BOOST_TEST(!check_case_file(nameless, kToday).ok());
}

BOOST_AUTO_TEST_CASE(a_text_is_found_by_its_place_and_kept_once) {
  const ScratchFolder folder;
  fill(folder);
  const CaseTextCounts first =
      keep(folder, demo_case(), {{"", 6, "{\"text\":\"b\"}"}, {"", 7, "none"}});
  BOOST_TEST(first.kept == 1u);
  BOOST_TEST(first.gone == 1u, "no record begins there");
  const CaseTextCounts again =
      keep(folder, demo_case(), {{"", 6, "{\"text\":\"b\"}"}, {"", 13, "{}"}});
  BOOST_TEST(again.kept == 1u);
  BOOST_TEST(again.known == 1u);
  BOOST_TEST(
      opened(folder) == std::vector<std::string>(
                            {"2 a.jsonl {\"text\":\"b\"}", "3 a.jsonl {}"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_opens_a_case_is_logged_with_the_reason_masked) {
  const ScratchFolder folder;
  fill(folder);
  keep(folder, demo_case(), {{"", 6, "{}"}});
  must(open_case_texts(
      folder.db(), "FD-17", "demo_lead", "asked by +86 138 0013 8000",
      [&folder](const OpenedText&) -> Status {
        BOOST_TEST(
            ask_number(folder.db(), "SELECT count(*) FROM case_opening") == 1,
            "logged before anything is shown");
        return Done{};
      }));
  const auto log =
      ask(folder.db(), "SELECT case_id, who, texts, why FROM case_opening", 4);
  BOOST_TEST_REQUIRE(log.size() == 1u);
  BOOST_TEST(log[0].starts_with("1|demo_lead|1|asked by +"), log[0]);
  BOOST_TEST(log[0].find("8000") == std::string::npos, log[0]);
}

BOOST_AUTO_TEST_CASE(nobody_opens_what_is_not_there_or_without_a_reason) {
  const ScratchFolder folder;
  fill(folder);
  const auto take = [](const OpenedText&) -> Status { return Done{}; };
  for (const auto& [number, why] :
       {std::pair("FD-99", "court"), std::pair("FD-17", "")}) {
    const auto opened_none =
        open_case_texts(folder.db(), number, "demo_lead", why, take);
    BOOST_TEST_REQUIRE(!opened_none.ok());
    BOOST_TEST((opened_none.error().trouble == Trouble::usage));
  }
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM case_opening") == 0);
}

BOOST_AUTO_TEST_CASE(the_day_of_a_case_is_not_moved) {
  const ScratchFolder folder;
  fill(folder);
  keep(folder, demo_case(), {});
  const auto store = open_store(folder);
  const Status moved =
      store->add([](Database& database, Chain& chain) -> Status {
        auto keeper =
            CaseKeeper::open(database, chain, demo_case("2099-12-30"));
        if (!keeper) return keeper.error();
        return Done{};
      });
  BOOST_TEST_REQUIRE(!moved.ok());
  BOOST_TEST(moved.error().what.find("are deleted after 2099-12-31") !=
             std::string::npos);
}
