// SPDX-License-Identifier: Apache-2.0
#include "store/stored_blocks.h"

#include "store/scratch_store.h"

using namespace simwarden;

namespace {

// "a.jsonl 0-10:2 10-20:1" for each source: bytes and verdicts.
std::vector<std::string> stored(const ScratchFolder& folder) {
  std::vector<std::string> lines;
  for (const StoredSource& source : must(stored_sources(folder.db()))) {
    std::string line = source.name;
    for (const StoredBlock& block : source.blocks) {
      line += " " + std::to_string(block.begin_byte) + "-" +
              std::to_string(block.end_byte) + ":" +
              std::to_string(block.verdicts);
    }
    lines.push_back(line);
  }
  return lines;
}

using Rows = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_stored_of_a_source_is_found_once) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  int64_t run = must(store->begin_run(demo_run()));
  screen(*store, run, "b.jsonl", "aa\nbb\n", 100);
  screen(*store, run, "a.jsonl", "cc\ndd\n!x\n", 4);
  BOOST_TEST(
      stored(folder) == Rows({"a.jsonl 0-3:1 3-6:1 6-9:0", "b.jsonl 0-6:2"}),
      boost::test_tools::per_element());
  // Grown: what was there and what came.
  screen(*store, run, "b.jsonl", "aa\nbb\nee\n", 100);
  BOOST_TEST(stored(folder)[1] == "b.jsonl 0-6:2 6-9:1");
  // Under another ruleset: the same records, not more.
  run = must(store->begin_run(demo_run("sha256:other")));
  screen(*store, run, "b.jsonl", "aa\nbb\nee\n", 100, "sha256:other");
  BOOST_TEST(stored(folder)[1] == "b.jsonl 0-9:3");
}

BOOST_AUTO_TEST_CASE(a_block_holds_its_own_bytes_only) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  screen(*store, run, "a.jsonl", "aa\nbb\ncc\n", 6);
  const auto sources = must(stored_sources(folder.db()));
  BOOST_TEST_REQUIRE(sources.size() == 1u);
  BOOST_TEST_REQUIRE(sources[0].blocks.size() == 2u);
  BOOST_TEST(sources[0].verdicts() == 3u);
  BOOST_TEST(sources[0].blocks[0].holds("aa\nbb\n"));
  BOOST_TEST(!sources[0].blocks[0].holds("aa\nbc\n"));
  BOOST_TEST(sources[0].blocks[1].holds("cc\n"));
  BOOST_TEST(!sources[0].blocks[1].holds("aa\n"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_database_is_said_to_be_none) {
  const ScratchFolder folder;
  BOOST_TEST(!stored_sources(folder.db()).ok());
}
