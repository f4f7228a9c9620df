// SPDX-License-Identifier: Apache-2.0
#include "store/counted_blocks.h"

#include "store/scratch_store.h"

using namespace simwarden;

namespace {

using Texts = std::vector<std::string>;

struct Row {
  std::string bytes;
  int64_t newest = 0;
  int64_t frontier = 0;
};

CountedBlock counted(std::string_view parent, const Row& row) {
  return {.identity = identify_block(parent, row.bytes),
          .newest = row.newest,
          .frontier = row.frontier,
          .needed_until = row.newest + 10,
          .events = "events of " + row.bytes,
          .figures = "figures of " + row.bytes};
}

// Blocks of one source, each counted as a whole; returns the last digest.
std::string fill(VerdictStore& store, const std::vector<Row>& rows,
                 const std::string& ruleset = kRuleset) {
  const int64_t run = must(store.begin_run(demo_run(ruleset)));
  const int64_t source = must(store.begin_source(run, "a.jsonl"));
  std::string parent;
  std::string counted_parent = "seed";
  uint64_t at = 0;
  for (const Row& row : rows) {
    Block block = judge_lines(source, parent, row.bytes, at, at + 1);
    block.counted = counted(counted_parent, row);
    must(store.append(block));
    parent = block.identity.digest;
    counted_parent = block.counted->identity.digest;
    at += row.bytes.size();
  }
  return counted_parent;
}

Texts restored(VerdictStore& store, int64_t reach,
               const CountedBounds& bounds = {}) {
  Texts found;
  must(store.counted().restore(
      reach,
      [&](const KeptCount& kept) -> Status {
        found.push_back(std::string(kept.events.value_or("gone")));
        return Done{};
      },
      bounds));
  return found;
}

const std::vector<Row> kRows = {
    {"rec-a\n", 100, 100}, {"rec-b\n", 200, 205}, {"rec-c\n", 190, 210}};

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_counted_is_known_under_every_ruleset) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  fill(*store, kRows);
  std::string parent = "seed";
  std::string_view rest = "rec-a\nrec-b\nrec-c\nrec-d\n";
  Texts figures;
  while (true) {
    const KnownCount known = must(store->counted().find(parent, rest));
    if (known.bytes == 0) break;
    figures.push_back(known.figures.value_or("none"));
    parent = known.digest;
    rest.remove_prefix(known.bytes);
  }
  BOOST_TEST(rest == "rec-d\n");
  BOOST_TEST(figures == (Texts{"figures of rec-a\n", "figures of rec-b\n",
                               "figures of rec-c\n"}),
             boost::test_tools::per_element());
  BOOST_TEST(must(store->counted().find("other", "rec-a\n")).bytes == 0u);
}

BOOST_AUTO_TEST_CASE(what_nobody_looks_back_to_is_not_put_back) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    BOOST_TEST(restored(*store, 1000).empty());
    fill(*store, kRows);
  }
  const auto store = open_store(folder);
  // The frontier is 210.
  BOOST_TEST(
      restored(*store, 111) == (Texts{"events of rec-c\n", "events of rec-b\n",
                                      "events of rec-a\n"}),
      boost::test_tools::per_element());
  BOOST_TEST(restored(*store, 110) ==
                 (Texts{"events of rec-c\n", "events of rec-b\n"}),
             boost::test_tools::per_element());
  // The newest block has the state to go on with.
  BOOST_TEST(restored(*store, 0) == Texts{"events of rec-c\n"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(records_that_were_counted_twice_are_put_back_once) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  fill(*store, kRows);
  fill(*store, kRows, "sha256:other");
  BOOST_TEST(restored(*store, 1000).size() == kRows.size());
}

BOOST_AUTO_TEST_CASE(events_under_another_site_key_are_left_alone) {
  const ScratchFolder folder;
  fill(*open_store(folder), kRows);
  StoreOptions other = folder.options();
  other.site_key_path = folder / "other.key";
  other.key_change = OtherKey::meant;
  const auto store = must(VerdictStore::open(folder.db(), other));
  BOOST_TEST(restored(*store, 1000).empty());
  // They are known to be counted all the same.
  BOOST_TEST(must(store->counted().find("seed", "rec-a\n")).bytes == 6u);
}

BOOST_AUTO_TEST_CASE(a_frontier_beyond_the_bound_hides_no_events_before_it) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  fill(*store, {{"rec-a\n", 100, 100}, {"rec-b\n", 9000, 9000}});
  BOOST_TEST(restored(*store, 10) == (Texts{"events of rec-b\n"}),
             boost::test_tools::per_element());
  BOOST_TEST(restored(*store, 10, {.reached_max = 5000}) ==
                 (Texts{"events of rec-b\n", "events of rec-a\n"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bytes_that_were_changed_are_not_put_back) {
  struct Case {
    const char* sql;
    const char* what;
  };
  const Case cases[] = {
      {"UPDATE window_events SET events = x'00' WHERE block_id = 2",
       "the events of block 2 are not as they were written"},
      {"UPDATE window_events SET events_sha256 = '' WHERE block_id = 1",
       "the events of block 1 are not as they were written"}};
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    fill(*open_store(folder), kRows);
    tamper(folder.db(), tried.sql);
    const auto store = open_store(folder);
    const Status put = store->counted().restore(
        1000, [](const KeptCount&) -> Status { return Done{}; });
    BOOST_TEST_REQUIRE(!put.ok());
    BOOST_TEST(put.error().what.find(tried.what) != std::string::npos,
               put.error().what);
  }
}

BOOST_AUTO_TEST_CASE(purged_events_are_told_as_a_gap) {
  const ScratchFolder folder;
  fill(*open_store(folder), kRows);
  tamper(folder.db(),
         "UPDATE window_events SET events = NULL, figures = NULL, "
         "purge = 1 WHERE block_id = 1");
  const auto store = open_store(folder);
  BOOST_TEST(restored(*store, 1000) ==
                 (Texts{"events of rec-c\n", "events of rec-b\n", "gone"}),
             boost::test_tools::per_element());
  const KnownCount known = must(store->counted().find("seed", "rec-a\n"));
  BOOST_TEST(known.bytes == 6u);
  BOOST_TEST(!known.figures);
}
