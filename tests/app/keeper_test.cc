// SPDX-License-Identifier: Apache-2.0
#include "app/keeper.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/hello_house.h"
#include "intake/portions.h"
#include "intake/sources.h"
#include "store/database.h"

using namespace simwarden;

namespace {

// Of a log with so many rows, screened into one database over and over.
class Log {
 public:
  Log() {
    house_ = hello_house(folder_);
    pool_ = std::make_unique<Pool<Judge>>(judges_of(*house_, "en"));
    options_.db = folder_ / "out.db";
  }

  // How many of the first `rows` rows were stored already. `whole`: chunks are
  // judged as they are, as older versions did.
  uint64_t screen(size_t rows, bool whole) {
    auto keeper = Keeper::open(options_, *house_, {"reading", "profile"});
    BOOST_REQUIRE_MESSAGE(keeper.ok(), (keeper ? "" : keeper.error().what));
    ReaderParts parts;
    std::string bytes;
    for (size_t i = 0; i < rows; ++i) bytes += row(i);
    parts.source = std::make_unique<PieceSource>(bytes, bytes.size());
    const auto reader = make_chunk_reader(std::move(parts));
    BOOST_REQUIRE((*keeper)->begin_source("log", reader.get()).ok());
    uint64_t known = 0;
    auto chunk = std::make_shared<Chunk>();
    while (*reader->next(*chunk)) {
      known += append(**keeper, chunk, whole);
      chunk = std::make_shared<Chunk>();
    }
    BOOST_REQUIRE((*keeper)->end_run(RunStatus::done).ok());
    return known;
  }

  // A number that the database holds.
  int64_t number(const std::string& sql) const {
    auto file = Database::open(options_.db, Access::read);
    BOOST_REQUIRE(file.ok());
    const auto found = (*file)->integer(sql);
    BOOST_REQUIRE_MESSAGE(found.ok(), (found ? "" : found.error().what));
    return *found;
  }

 private:
  static std::string row(size_t number) {
    return fmt::format("{{\"kind\":\"message\",\"text\":\"{}\"}}\n", number);
  }

  uint64_t append(Keeper& keeper, const std::shared_ptr<Chunk>& chunk,
                  bool whole) {
    const ChunkTask task{.house = house_.get(),
                         .format = Format::json_lines,
                         .output_format = OutputFormat::ndjson,
                         .site_key = &keeper.site_key(),
                         .source = "log"};
    uint64_t known = 0;
    const size_t portions = whole ? 1 : portions_of(*chunk);
    for (size_t i = 0; i < portions; ++i) {
      auto judged = std::make_shared<Judged>(judge_chunk(
          portions == 1 ? Chunk(*chunk) : portion(*chunk, i), task, *pool_));
      if (portions > 1) judged->whole = chunk;
      if (i == 0) {
        judged->block.counted =
            CountedBlock{.identity = identify_block("counted", chunk->bytes)};
      }
      keeper.identify(*judged);
      const auto duplicates = keeper.append(std::vector{judged});
      BOOST_REQUIRE_MESSAGE(duplicates.ok(),
                            (duplicates ? "" : duplicates.error().what));
      known += duplicates->front();
    }
    return known;
  }

  const TestFolder folder_;
  std::unique_ptr<House> house_;
  std::unique_ptr<Pool<Judge>> pool_;
  ScreenOptions options_;
};

constexpr size_t kTwoAndMore = kPortionRows * 2 + 100;

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_stored_in_portions_is_known) {
  Log log;
  BOOST_TEST(log.screen(kTwoAndMore, false) == 0u);
  BOOST_TEST(log.number("SELECT count(*) FROM block") == 3);
  BOOST_TEST(log.screen(kTwoAndMore, false) == kTwoAndMore);
  // The log has grown within a portion, and then beyond it.
  BOOST_TEST(log.screen(kTwoAndMore + 50, false) == kTwoAndMore);
  const size_t more = kPortionRows * 4;
  BOOST_TEST(log.screen(more, false) == kTwoAndMore + 50);
  BOOST_TEST(log.screen(more, false) == more);
  BOOST_TEST(log.number("SELECT count(*) FROM verdict_row") == int64_t(more));
}

BOOST_AUTO_TEST_CASE(what_older_versions_stored_as_one_block_is_known) {
  Log log;
  BOOST_TEST(log.screen(kTwoAndMore, true) == 0u);
  BOOST_TEST(log.number("SELECT count(*) FROM block") == 1);
  BOOST_TEST(log.screen(kTwoAndMore, false) == kTwoAndMore);
  const size_t more = kPortionRows * 9;
  BOOST_TEST(log.screen(more, false) == kTwoAndMore);
  BOOST_TEST(log.screen(more, false) == more);
  BOOST_TEST(log.number("SELECT count(*) FROM verdict_row") == int64_t(more));
  BOOST_TEST(log.number("SELECT count(DISTINCT byte) FROM verdict_row") ==
             int64_t(more));
}

BOOST_AUTO_TEST_CASE(what_was_counted_is_stored_with_the_first_new_portion) {
  Log log;
  log.screen(kTwoAndMore, false);
  BOOST_TEST(log.number("SELECT block_id FROM window_events") == 1);
  log.screen(kTwoAndMore + 50, false);
  BOOST_TEST(log.number("SELECT max(block_id) FROM window_events") == 4);
  BOOST_TEST(log.number("SELECT count(*) FROM window_events") == 2);
}
