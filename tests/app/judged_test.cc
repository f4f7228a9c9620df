// SPDX-License-Identifier: Apache-2.0
#include "app/judged.h"

#include <new>

#include <boost/test/unit_test.hpp>

#include "app/hello_house.h"

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_record_that_fails_while_it_is_judged_costs_no_other) {
  const TestFolder folder;
  const auto house = hello_house(folder);
  const ChunkTask task{.house = house.get(),
                       .format = Format::json_lines,
                       .output_format = OutputFormat::ndjson,
                       .source = "log"};
  Chunk chunk;
  for (int i = 0; i < 3; ++i) {
    chunk.bytes += "{\"kind\":\"message\",\"text\":\"Hello\"}\n";
  }
  Pool<Judge> pool(judges_of(*house, "en"));
  const Judged judged =
      judge_chunk(std::move(chunk), task, pool, [](size_t record) {
        if (record == 1) throw std::bad_alloc();
        return WindowAnswers{};
      });
  BOOST_TEST(judged.seen == 3u);
  BOOST_REQUIRE(judged.bad_rows.size() == 1u);
  BOOST_TEST(judged.bad_rows[0].code == "R101");
  BOOST_TEST(judged.bad_rows[0].position.line == 2u);
  size_t hits = 0;
  for (size_t at = judged.text.find("\"A-1\""); at != std::string::npos;
       at = judged.text.find("\"A-1\"", at + 1)) {
    ++hits;
  }
  BOOST_TEST(hits == 2u, judged.text);
}
