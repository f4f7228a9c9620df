// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "intake/chunk_reader.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

using namespace std::chrono_literals;

// A pipe whose writer gives a piece every 40 ms: it rests where nobody has any
// patience left.
class SlowSource final : public ByteSource {
 public:
  SlowSource(std::string bytes, size_t piece,
             std::vector<std::chrono::milliseconds>& asked)
      : pieces_(std::move(bytes), piece), asked_(asked) {}
  Result<size_t> read(std::span<char> into) override {
    std::this_thread::sleep_for(40ms);
    return pieces_.read(into);
  }
  bool rests(std::chrono::milliseconds patience) const override {
    asked_.push_back(patience);
    return patience == 0ms;
  }

 private:
  PieceSource pieces_;
  std::vector<std::chrono::milliseconds>& asked_;
};

BOOST_AUTO_TEST_CASE(whole_rows_wait_for_a_slow_writer_as_long_as_for_one) {
  const std::string row = "{\"text\":\"demo\"}\n";
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += row;
  std::vector<std::chrono::milliseconds> asked;
  ReaderParts parts;
  parts.prompt = true;
  parts.source = std::make_unique<SlowSource>(bytes, row.size(), asked);
  const auto reader = make_chunk_reader(std::move(parts));
  Chunk chunk;
  BOOST_TEST_REQUIRE(*reader->next(chunk));
  BOOST_TEST(chunk.bytes.size() >= row.size());
  BOOST_TEST(chunk.bytes.size() <= 4 * row.size());
  BOOST_TEST(std::is_sorted(asked.rbegin(), asked.rend()));
  BOOST_TEST_REQUIRE(!asked.empty());
  BOOST_TEST(asked.front().count() <= 100);
  BOOST_TEST(asked.back().count() == 0);
}

}  // namespace
}  // namespace simwarden
