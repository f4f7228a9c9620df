// SPDX-License-Identifier: Apache-2.0
#include "document/zip.h"

#include <boost/test/unit_test.hpp>

#include "document/packed.h"
#include "document/unpack.h"

using namespace simwarden;

namespace {

bool all(std::string_view /*name*/, std::string_view /*front*/) {
  return true;
}
bool none(std::string_view /*name*/, std::string_view /*front*/) {
  return false;
}

std::string_view word(FileReading reading) {
  return kFileReadingNames[static_cast<size_t>(reading)];
}

// "partly: a.txt=read(hello) b.bin=encrypted()".
std::string shown(std::string_view bytes, WantedInZip wanted = all) {
  DocumentBudget budget;
  const ZipReading zip = read_zip(bytes, budget, wanted);
  std::string out(word(zip.reading));
  if (zip.cut) out += " cut";
  out += ':';
  for (const ZipEntry& one : zip.entries) {
    out += ' ' + one.name + '=' + std::string(word(one.reading)) + '(' +
           one.bytes.substr(0, 20) + ')';
  }
  return out;
}

void replace(std::string& in, std::string_view from, std::string_view to) {
  const size_t at = in.find(from);
  BOOST_REQUIRE(at != in.npos);
  in.replace(at, from.size(), to);
}

constexpr std::string_view kApk = "offer/setup.apk";

}  // namespace

BOOST_AUTO_TEST_SUITE(zip_archives)

BOOST_AUTO_TEST_CASE(files_are_named_and_unpacked_however_they_are_packed) {
  using packed::zip;
  const std::pair<std::string, std::string> rows[] = {
      {zip({{"a.txt", "hello"}, {"b/", ""}, {"b/c.txt", "x", 0}}),
       "read: a.txt=read(hello) b/c.txt=read(x)"},
      {zip({{"a.txt", "hello", 8, 0, "", true}, {"b.txt", "x"}}),
       "read: a.txt=read(hello) b.txt=read(x)"},
      {zip({{"a.txt", "hello", 8, 1}}), "encrypted: a.txt=encrypted()"},
      {zip({{"a.txt", "hello", 14}}), "partly: a.txt=not_looked_into()"},
      {zip({{"b\\读我.txt", "x"}}), "read: b/读我.txt=read(x)"},
      {zip({}), "read:"}};
  for (const auto& [bytes, expected] : rows) {
    BOOST_TEST(shown(bytes) == expected);
  }
  BOOST_TEST(shown(zip({{"\xC4\xE3.apk", "x", 8, 0}})).find(".apk=read(x)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_nobody_wants_is_told_by_its_front_alone) {
  const std::string bytes = packed::zip({{"a.bin", std::string(9000, 'x')}});
  DocumentBudget budget;
  const ZipReading zip = read_zip(bytes, budget, none);
  BOOST_TEST(zip.entries[0].bytes.size() == kZipFrontBytes);
  BOOST_TEST(zip.entries[0].size == 9000u);
  BOOST_TEST(word(zip.entries[0].reading) == "not_looked_into");
  BOOST_TEST(budget.unpacked == DocumentBudget().unpacked - kZipFrontBytes);
}

// Whoever opens it sees the name of the table, others that of the file.
// A thousand names of one entry would be looked up for each other.
BOOST_AUTO_TEST_CASE(an_entry_has_few_names) {
  const auto named = [](size_t names) {
    packed::File file{"a.txt", "hello"};
    for (size_t i = 0; i < names; ++i) {
      const std::string name = std::to_string(1000 + i) + ".apk";
      file.extra += packed::number(0x7075, 2) +
                    packed::number(name.size() + 5, 2) + packed::number(0, 5) +
                    name;
    }
    return shown(packed::zip({file}));
  };
  BOOST_TEST(named(1) == "partly: a.txt=read(hello) 1000.apk=read()");
  const std::string many = named(3'000);
  BOOST_TEST(many.find("1002.apk") != many.npos);
  BOOST_TEST(many.find("1003.apk") == many.npos);
}

BOOST_AUTO_TEST_CASE(a_table_that_lies_hides_no_name) {
  BOOST_TEST(shown(packed::zip({{"setup.apk", "x", 8, 0x800, "a.jpg"}})) ==
             "partly: setup.apk=read(x) a.jpg=read()");
  BOOST_TEST(shown(packed::zip({{"a.jpg", "x", 8, 0x800, "setup.apk"}})) ==
             "partly: a.jpg=read(x) setup.apk=read()");
}

BOOST_AUTO_TEST_CASE(archives_behind_each_other_are_all_read) {
  const std::string first = packed::zip({{std::string(kApk), "x"}});
  const std::string second = packed::zip({{"a.txt", "hello"}});
  BOOST_TEST(shown(first + second) ==
             "partly: a.txt=read(hello) offer/setup.apk=read(x)");
  // A file that the table leaves out.
  packed::Parts parts = packed::parts({{std::string(kApk), "x"}});
  parts.table.clear();
  parts.count = 0;
  packed::add({"a.txt", "hello"}, parts);
  BOOST_TEST(shown(packed::whole(parts)) ==
             "partly: a.txt=read(hello) offer/setup.apk=read(x)");
}

BOOST_AUTO_TEST_CASE(a_second_table_hides_nothing) {
  packed::Parts parts = packed::parts({{"a.txt", "hello"}});
  const std::string decoy = parts.table;
  packed::add({std::string(kApk), "x"}, parts);
  packed::add({"b.txt", "y"}, parts);
  const size_t real_end = packed::whole(parts).size();
  const std::string comment =
      decoy + "PK\x05\x06" + packed::number(0, 4) + packed::number(1, 2) +
      packed::number(1, 2) + packed::number(decoy.size(), 4) +
      packed::number(real_end, 4) + packed::number(0, 2);
  BOOST_TEST(shown(packed::whole(parts, comment)) ==
             "partly: a.txt=read(hello) offer/setup.apk=read(x) b.txt=read(y)");
}

BOOST_AUTO_TEST_CASE(an_archive_is_found_behind_other_bytes) {
  const std::string bytes =
      "\x89PNG and more" + packed::zip({{std::string(kApk), "x"}});
  BOOST_TEST(!is_zip(bytes));
  BOOST_TEST(ends_as_zip(bytes));
  BOOST_TEST(shown(bytes) == "read: offer/setup.apk=read(x)");
  BOOST_TEST(!ends_as_zip("no archive at all, whatever it is called"));
  const packed::Parts parts = packed::parts({{"a.txt", "hello"}});
  const std::string comment(65'000, 'x');
  BOOST_TEST(ends_as_zip(packed::whole(parts, comment)));
  BOOST_TEST(shown(packed::whole(parts, "PK\x05\x06 is a record")) ==
             "read: a.txt=read(hello)");
}

BOOST_AUTO_TEST_CASE(a_large_table_is_found_by_its_own_record) {
  packed::Parts parts = packed::parts({{"a.txt", "hello"}});
  std::string bytes = packed::whole(parts);
  const std::string end = bytes.substr(bytes.size() - 22);
  bytes.resize(bytes.size() - 22);
  const size_t end64 = bytes.size();
  bytes += "PK\x06\x06" + packed::number(44, 8) + packed::number(0, 12) +
           packed::number(1, 8) + packed::number(1, 8) +
           packed::number(parts.table.size(), 8) +
           packed::number(parts.files.size(), 8) + "PK\x06\x07" +
           packed::number(0, 4) + packed::number(end64, 8) +
           packed::number(1, 4) + "PK\x05\x06" + packed::number(0, 4) +
           std::string(12, '\xFF') + packed::number(0, 2);
  BOOST_TEST(shown(bytes) == "read: a.txt=read(hello)");
  bytes = packed::whole(parts);
  replace(bytes, end.substr(12, 8), std::string(8, '\xFF'));
  BOOST_TEST(shown(bytes) == "partly: a.txt=read(hello)");
}

BOOST_AUTO_TEST_CASE(what_is_cut_short_is_read_by_the_heads_of_its_files) {
  const std::string bytes = packed::zip(
      {{"a.txt", "hello"}, {"b.txt", "x", 8, 0x800, "", true}, {"c", "y"}});
  const size_t table = bytes.find("PK\x01\x02");
  BOOST_TEST(shown(bytes.substr(0, table)) ==
             "partly: a.txt=read(hello) b.txt=read(x) c=read(y)");
  for (size_t size = 4; size < bytes.size(); ++size) {
    BOOST_TEST(!shown(bytes.substr(0, size)).starts_with("read"));
  }
  BOOST_TEST(shown("PK\x03\x04").starts_with("partly:"));
}

BOOST_AUTO_TEST_CASE(bombs_are_told) {
  const std::string large(100U << 20, 'x');
  const std::string bomb = packed::zip({{"a.txt", large}, {"b.txt", "y"}});
  BOOST_TEST(shown(bomb).starts_with("bomb cut: a.txt=bomb("));
  BOOST_TEST(shown(bomb).ends_with(" b.txt=left_out()"));
  BOOST_TEST(shown(bomb, none).starts_with("bomb: a.txt=bomb("));
  // Files that lie in each other (Fifield 2019).
  packed::Parts parts = packed::parts({{"a.txt", "hello"}});
  packed::Parts again = parts;
  replace(again.table, "a.txt", "b.txt");
  parts.table += again.table;
  parts.count = 2;
  BOOST_TEST(shown(packed::whole(parts)).starts_with("bomb: a.txt=read(hello"));
}

// Each of them would be read as often as it is listed, and make nothing.
BOOST_AUTO_TEST_CASE(what_unpacks_to_nothing_is_paid_for) {
  std::string empty;  // blocks
  while (empty.size() < 500'000) empty += std::string("\0\0\0\xFF\xFF", 5);
  packed::Parts parts;
  packed::add({"a.txt", empty, 0}, parts);
  // Deflated, not stored.
  parts.files.replace(8, 2, packed::number(8, 2));
  parts.table.replace(10, 2, packed::number(8, 2));
  const std::string row = parts.table;
  for (int i = 1; i < 1000; ++i) parts.table += row;
  parts.count = 1000;
  DocumentBudget budget;
  const ZipReading zip = read_zip(packed::whole(parts), budget, none);
  BOOST_TEST(budget.unpacked == 0u);
  BOOST_TEST(zip.cut);
  BOOST_TEST(word(zip.reading) == "bomb");
  BOOST_TEST(word(zip.entries.back().reading) == "left_out");
}

// Of bytes that no program writes, the tables of a block cost most.
BOOST_AUTO_TEST_CASE(each_block_is_paid_for) {
  std::string blocks;
  for (int i = 0; i < 1000; ++i) blocks += std::string("\0\0\0\xFF\xFF", 5);
  const Unpacked found = unpack_deflate(blocks, 1U << 20U, 1U << 30U);
  BOOST_TEST(found.cost >= 1000 * kUnpackCostMin);
  BOOST_TEST(!found.whole);
  const std::string many(1U << 20U, 'x');
  const Unpacked honest =
      unpack_deflate(packed::deflated(many), 2U << 20U, 2U << 20U);
  BOOST_TEST(honest.whole);
  BOOST_TEST(honest.bytes == many);
  BOOST_TEST(honest.cost == many.size());
  BOOST_TEST(unpack_deflate(packed::deflated(many), 2U << 20U, 1U << 19U).full);
}

// Whatever stands in front of its first byte, it is told by that.
BOOST_AUTO_TEST_CASE(empty_blocks_in_front_of_a_file_hide_nothing) {
  std::string bytes;
  for (int i = 0; i < 2000; ++i) bytes += std::string("\0\0\0\xFF\xFF", 5);
  bytes += packed::deflated("%PDF-1.7");
  packed::Parts parts;
  packed::add({"a", bytes, 0}, parts);
  parts.files.replace(8, 2, packed::number(8, 2));
  parts.table.replace(10, 2, packed::number(8, 2));
  const auto is_document = [](std::string_view, std::string_view front) {
    return front.starts_with("%PDF");
  };
  BOOST_TEST(shown(packed::whole(parts), is_document) ==
             "read: a=read(%PDF-1.7)");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_files_are_cut) {
  packed::Parts parts;
  for (int i = 0; i < 100'000; ++i) packed::add({"a", "", 0}, parts);
  DocumentBudget budget;
  const ZipReading zip = read_zip(packed::whole(parts), budget, all);
  BOOST_TEST(zip.cut);
  BOOST_TEST(word(zip.reading) == "partly");
  BOOST_TEST(zip.entries.size() == DocumentBudget().entries);
  BOOST_TEST(budget.entries == 0u);
  // Without their table, too.
  DocumentBudget other;
  BOOST_TEST(read_zip(parts.files, other, all).cut);
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_in_linear_time) {
  std::string ends;
  while (ends.size() < size_t{1} << 20) ends += "PK\x05\x06\xFF\xFF";
  std::string heads = "PK\x03\x04";
  while (heads.size() < size_t{16} << 20) {
    heads += "PK\x03\x04" + packed::head({"", "", 8, 8}, 0, 0, false);
  }
  for (const std::string& bytes : {ends, heads}) {
    BOOST_TEST(!shown(bytes).starts_with("read"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
