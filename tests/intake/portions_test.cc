// SPDX-License-Identifier: Apache-2.0
#include "intake/portions.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "intake/chunk_reader.h"
#include "intake/shown.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(portions)

constexpr size_t kRows = kPortionRows * 2 + 7;

std::string rows_of(Format format) {
  std::string out;
  for (size_t i = 0; i < kRows; ++i) {
    switch (format) {
      case Format::csv:
        out += fmt::format("demo-{},\"line one\nline two\"\r\n", i);
        break;
      case Format::mail:
        out += fmt::format(
            "From a@x.example Mon Jan  1 00:00:00 2026\n"
            "Subject: {}\n\nT\n\n",
            i);
        break;
      case Format::text: out += fmt::format("demo {}\n\n", i); break;
      default: out += fmt::format("{{\"text\":\"{}\"}}\n", i);
    }
  }
  return out;
}

std::vector<Item> items_of(const Chunk& chunk, Format format) {
  IntakeOptions options;
  options.kind = KindChoice::message;
  std::vector<Item> items;
  parse_chunk(chunk, format, options, items);
  return items;
}

Chunk first_chunk(std::string bytes, Format format, bool fails = false) {
  ReaderParts parts;
  parts.format = format;
  parts.header = std::make_shared<const std::vector<std::string>>(
      std::vector<std::string>{"id", "text"});
  parts.source = std::make_unique<PieceSource>(std::move(bytes), 4096, fails);
  const auto reader = make_chunk_reader(std::move(parts));
  Chunk chunk;
  BOOST_TEST_REQUIRE(reader->next(chunk).ok());
  return chunk;
}

BOOST_AUTO_TEST_CASE(they_are_the_chunk_row_by_row) {
  for (const Format format :
       {Format::json_lines, Format::csv, Format::mail, Format::text}) {
    const Chunk chunk = first_chunk(rows_of(format), format);
    BOOST_TEST_REQUIRE(portions_of(chunk) >= 3u);
    const std::vector<Item> whole = items_of(chunk, format);
    std::string bytes;
    size_t at = 0;
    for (size_t i = 0; i < portions_of(chunk); ++i) {
      const Chunk part = portion(chunk, i);
      BOOST_TEST(part.first_byte == chunk.first_byte + bytes.size());
      bytes += part.bytes;
      for (const Item& item : items_of(part, format)) {
        BOOST_TEST_REQUIRE(at < whole.size());
        const Record& wanted = whole[at++].record;
        BOOST_TEST_REQUIRE((item.record.position == wanted.position));
        BOOST_TEST_REQUIRE(shown(item.record, "text") == shown(wanted, "text"));
      }
    }
    BOOST_TEST(at == whole.size());
    BOOST_TEST((bytes == chunk.bytes));
  }
}

BOOST_AUTO_TEST_CASE(few_rows_are_one_portion) {
  const std::string row = "{\"text\":\"a\"}\n";
  std::string bytes;
  for (size_t i = 0; i < kPortionRows; ++i) bytes += row;
  BOOST_TEST(portions_of(first_chunk(bytes, Format::json_lines)) == 1u);
  BOOST_TEST(portions_of(first_chunk(bytes + row, Format::json_lines)) == 2u);
}

BOOST_AUTO_TEST_CASE(what_comes_behind_the_chunk_is_the_last_ones) {
  const Chunk chunk =
      first_chunk(rows_of(Format::text) + "half", Format::text, true);
  BOOST_TEST_REQUIRE(chunk.too_long.size() == 1u);
  const size_t last = portions_of(chunk) - 1;
  for (size_t i = 0; i < last; ++i) {
    BOOST_TEST(portion(chunk, i).too_long.empty());
  }
  BOOST_TEST(portion(chunk, last).too_long.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
