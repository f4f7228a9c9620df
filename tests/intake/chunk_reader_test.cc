// SPDX-License-Identifier: Apache-2.0
#include "intake/chunk_reader.h"

#include <fstream>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <zlib.h>
#include <zstd.h>

#include "intake/shown.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(chunk_reader)

// Rows of all lengths, some broken, some blank.
std::string some_json_lines(size_t rows) {
  std::string out;
  for (size_t i = 0; i < rows; ++i) {
    out += fmt::format("{{\"id\":\"demo-{}\",\"text\":\"{}\"}}", i,
                       std::string(i * 37 % 3001, 'x'));
    if (i % 11 == 3) out += "}";
    out += i % 5 == 0 ? "\r\n" : "\n";
    if (i % 7 == 0) out += "\n";
  }
  return out;
}

std::string some_csv(size_t rows) {
  std::string out;
  for (size_t i = 0; i < rows; ++i) {
    out += fmt::format("demo-{},\"line one\nline \"\"two\"\" {}\"", i,
                       std::string(i * 37 % 3001, 'x'));
    if (i % 11 == 3) out += ",more";
    if (i % 13 == 3) out += "\n\"stray,x";
    out += i % 5 == 0 ? "\r\n" : (i % 5 == 1 ? "\r" : "\n");
  }
  return out;
}

// A pipe whose writer rests after each piece.
class RestingSource final : public ByteSource {
 public:
  RestingSource(std::string bytes, size_t piece)
      : pieces_(std::move(bytes), piece) {}
  Result<size_t> read(std::span<char> into) override {
    return pieces_.read(into);
  }
  bool rests(std::chrono::milliseconds patience) const override {
    BOOST_TEST(patience.count() >= 0);
    BOOST_TEST(patience.count() <= 100);
    return true;
  }

 private:
  PieceSource pieces_;
};

ReadOut read_pieces(const std::string& bytes, size_t piece, Format format,
                    bool prompt = false) {
  ReaderParts parts;
  parts.name = "pieces";
  parts.format = format;
  parts.prompt = prompt;
  parts.source = std::make_unique<RestingSource>(bytes, piece);
  parts.header = std::make_shared<const std::vector<std::string>>(
      std::vector<std::string>{"id", "text"});
  const auto reader = make_chunk_reader(std::move(parts));
  IntakeOptions options;
  options.kind = KindChoice::message;
  return read_out(*reader, options);
}

std::string described(const std::vector<Item>& items) {
  std::string out;
  for (const Item& item : items) {
    out += fmt::format("{}:{} ", item.record.position.line,
                       item.record.position.byte);
    out += item.bad
               ? fmt::format("{} {}:{}", item.bad->code,
                             item.bad->position.line, item.bad->position.byte)
               : shown(item.record, "id") + " " +
                     std::to_string(shown(item.record, "text").size());
    out += "\n";
  }
  return out;
}

BOOST_AUTO_TEST_CASE(how_the_bytes_arrive_changes_nothing) {
  const std::pair<Format, std::string> kSources[] = {
      {Format::json_lines, some_json_lines(2500)},
      {Format::csv, some_csv(2500)},
      {Format::text, some_json_lines(2500)}};
  for (const auto& [format, bytes] : kSources) {
    const ReadOut whole = read_pieces(bytes, bytes.size(), format);
    BOOST_TEST(whole.chunk_sizes.size() > 2u);
    BOOST_TEST(whole.items.size() >= 2500u);
    for (const size_t piece : {size_t{7}, size_t{4096}, size_t{65537}}) {
      const ReadOut cut = read_pieces(bytes, piece, format);
      BOOST_TEST(cut.chunk_sizes == whole.chunk_sizes);
      BOOST_TEST((described(cut.items) == described(whole.items)));
      const ReadOut prompt = read_pieces(bytes, piece, format, true);
      BOOST_TEST((prompt.chunk_sizes == whole.chunk_sizes) ==
                 (format == Format::csv));
      BOOST_TEST((described(prompt.items) == described(whole.items)));
    }
    // And the chunks say together what one chunk of everything says.
    Chunk all;
    all.bytes = bytes;
    all.header = std::make_shared<const std::vector<std::string>>(
        std::vector<std::string>{"id", "text"});
    std::vector<Item> items;
    IntakeOptions options;
    options.kind = KindChoice::message;
    parse_chunk(all, format, options, items);
    BOOST_TEST((described(items) == described(whole.items)));
  }
}

BOOST_AUTO_TEST_CASE(whole_rows_do_not_wait_where_the_writer_rests) {
  const std::string row = "{\"text\":\"demo\"}\n";
  ReaderParts parts;
  parts.prompt = true;
  parts.source =
      std::make_unique<RestingSource>(row + row + row, row.size() + 3);
  const auto reader = make_chunk_reader(std::move(parts));
  Chunk chunk;
  std::vector<std::string> chunks;
  while (*reader->next(chunk)) {
    chunks.push_back(chunk.bytes);
    BOOST_TEST(chunk.bytes.capacity() < kChunkBytes);
    BOOST_TEST(chunk.first_line == chunks.size());
  }
  BOOST_TEST(chunks == std::vector<std::string>(3, row),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(positions_are_those_of_the_source) {
  const std::string bytes = some_json_lines(2500);
  const ReadOut out = read_pieces(bytes, 4096, Format::json_lines);
  for (const Item& item : out.items) {
    const size_t at = item.record.position.byte;
    BOOST_REQUIRE(at == 0 || bytes[at - 1] == '\n');
    BOOST_REQUIRE(bytes.compare(at, 12, "{\"id\":\"demo-") == 0);
    const auto before =
        std::count(bytes.begin(), bytes.begin() + long(at), '\n');
    BOOST_REQUIRE(item.record.position.line == uint64_t(before) + 1);
  }
}

// What is judged is held a chunk at a time.
BOOST_AUTO_TEST_CASE(the_shortest_rows_are_handed_out_a_few_at_a_time) {
  for (const auto& [format, row] : {std::pair{Format::text, "a\n"},
                                    {Format::json_lines, "{\n"},
                                    {Format::csv, "\"\n"},
                                    {Format::csv, "a\r"},
                                    {Format::text, "\n"}}) {
    std::string bytes;
    for (int i = 0; i < 300'000; ++i) bytes += row;
    ReaderParts parts;
    parts.format = format;
    parts.source = std::make_unique<PieceSource>(bytes, bytes.size());
    const auto reader = make_chunk_reader(std::move(parts));
    Chunk chunk;
    std::string whole;
    uint64_t lines = 1;
    while (*reader->next(chunk)) {
      BOOST_TEST(chunk.bytes.size() <= kChunkRows * 4, row);
      BOOST_TEST(chunk.first_byte == whole.size());
      BOOST_TEST(chunk.first_line == lines);
      whole += chunk.bytes;
      lines += uint64_t(std::count(chunk.bytes.begin(), chunk.bytes.end(),
                                   row[std::strlen(row) - 1]));
    }
    BOOST_TEST((whole == bytes), row);
  }
}

// So many bytes without a line break, then a good row.
class LongRowSource final : public ByteSource {
 public:
  LongRowSource(std::string_view front, uint64_t size)
      : front_(front), left_(size) {}
  Result<size_t> read(std::span<char> into) override {
    if (!front_.empty()) {
      const size_t size = std::min(into.size(), front_.size());
      std::memcpy(into.data(), front_.data(), size);
      front_.erase(0, size);
      return size;
    }
    if (left_ == 0) {
      if (done_) return size_t{0};
      done_ = true;
      front_ = "\n{\"text\":\"after\"}\n";
      return read(into);
    }
    const auto size = size_t(std::min<uint64_t>(into.size(), left_));
    std::memset(into.data(), 'x', size);
    left_ -= size;
    return size;
  }

 private:
  std::string front_;
  uint64_t left_;
  bool done_ = false;
};

size_t resident_kib() {
  std::ifstream in("/proc/self/status");
  std::string word;
  while (in >> word) {
    if (word == "VmRSS:") {
      size_t kib = 0;
      in >> kib;
      return kib;
    }
  }
  return 0;
}

BOOST_AUTO_TEST_CASE(a_row_without_end_is_one_bad_row_in_flat_memory) {
  const std::tuple<Format, std::string_view, std::string_view> kCases[] = {
      {Format::json_lines, "{\"text\":\"before\"}\n{\"text\":\"", "J106"},
      {Format::text, "before\n", "T102"}};
  for (const auto& [format, front, code] : kCases) {
    constexpr uint64_t kSize = 100'000'000;
    ReaderParts parts;
    parts.format = format;
    parts.source = std::make_unique<LongRowSource>(front, kSize);
    const auto reader = make_chunk_reader(std::move(parts));
    const size_t before = resident_kib();
    Chunk chunk;
    std::vector<Item> items;
    while (*reader->next(chunk)) {
      BOOST_TEST(chunk.bytes.size() < kChunkBytes + kRowBytesMax);
      parse_chunk(chunk, format, IntakeOptions(), items);
      BOOST_TEST(resident_kib() < before + 64 * 1024);
    }
    BOOST_REQUIRE(items.size() == 3u);
    BOOST_TEST(!items[0].bad);
    BOOST_REQUIRE(items[1].bad.has_value());
    BOOST_TEST(items[1].bad->code == code);
    BOOST_TEST(items[1].bad->position.line == 2u);
    BOOST_TEST(items[1].bad->message.find("1000000") != std::string::npos);
    BOOST_TEST(!items[2].bad);
    BOOST_TEST(items[2].record.position.line == 3u);
  }
}

BOOST_AUTO_TEST_CASE(a_quote_that_nothing_closes_costs_one_line) {
  std::string bytes = "a,\"open\n";
  for (int i = 0; i < 300000; ++i) bytes += fmt::format("demo-{},text\n", i);
  bytes += std::string(kRowBytesMax, ' ') + "z\n";
  bytes += "demo-end,text\n";
  const ReadOut out = read_pieces(bytes, 65536, Format::csv);
  BOOST_REQUIRE(out.items.size() == 300003u);
  BOOST_TEST(out.items[0].bad->code == "V102");
  BOOST_TEST((out.items[0].bad->position == Position{1, 2}));
  BOOST_TEST(shown(out.items[1].record, "id") == "demo-0");
  BOOST_TEST(out.items[300001].bad->code == "V105");
  BOOST_TEST(shown(out.items[300002].record, "id") == "demo-end");
  BOOST_TEST(out.items[300002].record.position.line == 300003u);
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_gave_its_whole_rows_before) {
  ReaderParts parts;
  parts.format = Format::text;
  parts.source = std::make_unique<PieceSource>("one\ntwo\nthr", 4, true);
  const auto reader = make_chunk_reader(std::move(parts));
  const ReadOut out = read_out(*reader, IntakeOptions());
  BOOST_TEST(out.error == "broken");
  BOOST_REQUIRE(out.items.size() == 3u);
  BOOST_TEST(shown(out.items[1].record, "text") == "two");
  BOOST_REQUIRE(out.items[2].bad.has_value());
  BOOST_TEST(out.items[2].bad->code == "T103");
  BOOST_TEST((out.items[2].bad->position == Position{3, 8}));
}

BOOST_AUTO_TEST_CASE(a_row_that_its_source_broke_off_is_a_bad_one) {
  const std::string head = "From a@x.example Mon Jan  1 00:00:00 2026\n";
  const std::tuple<Format, std::string, std::string> kCases[] = {
      {Format::json_lines, "{\"text\":\"a\"}\n{\"text\":\"b\"}", "J111"},
      {Format::csv, "a,b\nc,\"d\n", "V111"},
      {Format::text, "a\nb", "T103"},
      {Format::mail, head + "Subject: a\n\nA\n\n" + head + "Subject: b\n",
       "E104"}};
  for (const auto& [format, bytes, code] : kCases) {
    ReaderParts parts;
    parts.format = format;
    parts.header = std::make_shared<const std::vector<std::string>>(
        std::vector<std::string>{"id", "text"});
    parts.source = std::make_unique<PieceSource>(bytes, 5, true);
    const auto reader = make_chunk_reader(std::move(parts));
    IntakeOptions options;
    options.kind = KindChoice::message;
    const ReadOut out = read_out(*reader, options);
    BOOST_TEST(out.error == "broken");
    BOOST_REQUIRE_MESSAGE(out.items.size() == 2u, described(out.items));
    BOOST_TEST(!out.items[0].bad);
    BOOST_REQUIRE(out.items[1].bad.has_value());
    BOOST_TEST(out.items[1].bad->code == code);
    BOOST_TEST(out.items[1].bad->position.byte > 0u);
  }
}

// Nothing is left of it where it ends with a row, blank lines or none.
BOOST_AUTO_TEST_CASE(a_source_that_breaks_between_rows_broke_off_none) {
  for (const char* bytes : {"one\ntwo\n", "one\ntwo\n\r", "one\ntwo\n\n"}) {
    ReaderParts parts;
    parts.format = Format::text;
    parts.source = std::make_unique<PieceSource>(bytes, 4, true);
    const auto reader = make_chunk_reader(std::move(parts));
    const ReadOut out = read_out(*reader, IntakeOptions());
    BOOST_TEST(out.error == "broken");
    BOOST_TEST(out.items.size() == 2u);
  }
}

// Also where its source breaks while the rest of it is passed over.
BOOST_AUTO_TEST_CASE(a_long_row_that_breaks_off_is_one_bad_row) {
  const std::string too_long(kRowBytesMax + (size_t{1} << 20), 'x');
  for (const auto& [behind, items] :
       {std::pair{"", 1u}, {"\n", 1u}, {"\none\n", 2u}, {"\none\ntw", 3u}}) {
    ReaderParts parts;
    parts.format = Format::text;
    parts.source =
        std::make_unique<PieceSource>(too_long + behind, 1 << 16, true);
    const auto reader = make_chunk_reader(std::move(parts));
    const ReadOut out = read_out(*reader, IntakeOptions());
    BOOST_TEST(out.error == "broken");
    BOOST_REQUIRE_MESSAGE(out.items.size() == items, behind);
    BOOST_TEST(out.items[0].bad->code == "T102");
    if (items > 1) BOOST_TEST(shown(out.items[1].record, "text") == "one");
    if (items > 2) BOOST_TEST(out.items[2].bad->code == "T103");
  }
}

// ---- archives and encodings ----

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8,
                             Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  std::string in(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = uInt(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(
      ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

// A frame that says something to programs, and nothing to readers.
std::string skipped(std::string_view bytes, int kind = 0) {
  return std::string{char(0x50 + kind),  '\x2A', '\x4D', '\x18',
                     char(bytes.size()), 0,      0,      0} +
         std::string(bytes);
}

std::string tar(std::string_view magic) {
  std::string header(512, '\0');
  header.replace(0, 9, "log.jsonl");
  header.replace(257, magic.size(), magic);
  return header + "{\"text\":\"a\"}\n";
}

std::string utf16(std::string_view text, bool big, bool mark) {
  std::string out;
  const auto put = [&](unsigned unit) {
    const char high = char(unit >> 8);
    const char low = char(unit & 0xff);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) put(0xfeff);
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (c > 0xffff) {
      put(U16_LEAD(c));
      put(U16_TRAIL(c));
    } else {
      put(unsigned(c));
    }
  }
  return out;
}

BOOST_AUTO_TEST_CASE(archives_and_encodings_read_as_the_plain_file) {
  const TestFolder folder;
  const std::string text =
      some_json_lines(1500) + "{\"text\":\"\xe4\xb8\xa2\xf0\x9f\x98\x80\"}\n";
  const size_t half = text.find('\n', text.size() / 2) + 1;
  const std::string_view front = std::string_view(text).substr(0, half);
  const std::string_view back = std::string_view(text).substr(half);
  const std::string wanted =
      described(read_path(folder.write("plain.jsonl", text)).items);
  const std::pair<std::string, std::string> kFiles[] = {
      {"marked.jsonl", "\xef\xbb\xbf" + text},
      {"one.jsonl.gz", gzip(text)},
      {"named.jsonl", gzip(text)},  // told by its bytes
      {"two.jsonl.gz", gzip(front) + gzip(back)},
      {"empty-member.jsonl.gz", gzip(front) + gzip("") + gzip(back)},
      {"padded.jsonl.gz", gzip(text) + std::string(1000, '\0')},
      {"one.jsonl.zst", zstd(text)},
      {"two.jsonl.zst", zstd(front) + zstd(back)},
      {"skipped.jsonl.zst", skipped("pzstd") + zstd(text)},
      {"skipped.jsonl", skipped("") + skipped("x", 15) + zstd(text)},
      {"le.jsonl", utf16(text, false, true)},
      {"be.jsonl", utf16(text, true, true)},
      {"le-bare.jsonl", utf16(text, false, false)},
      {"be-bare.jsonl", utf16(text, true, false)},
      {"le.jsonl.gz", gzip(utf16(text, false, true))},
      {"nameless", text},
  };
  for (const auto& [name, bytes] : kFiles) {
    const ReadOut out = read_path(folder.write(name, bytes));
    BOOST_TEST(out.error == "", name);
    BOOST_TEST((described(out.items) == wanted), name);
  }
}

BOOST_AUTO_TEST_CASE(a_broken_archive_is_told_after_its_good_part) {
  const TestFolder folder;
  const std::string text = some_json_lines(3000);
  const size_t rows = read_path(folder.write("a.jsonl", text)).items.size();
  const std::string garbage(200, '\x55');
  const std::pair<std::string, std::string> kFiles[] = {
      {"cut.gz", gzip(text).substr(0, gzip(text).size() * 3 / 4)},
      {"cut.zst", zstd(text).substr(0, zstd(text).size() - 3)},
      {"sum.gz", gzip(text).substr(0, gzip(text).size() - 8) + garbage},
      {"tail.gz", gzip(text) + garbage},
      {"tail.zst", zstd(text) + garbage}};
  for (const auto& [name, bytes] : kFiles) {
    IntakeOptions options;
    options.format = Format::json_lines;
    const ReadOut out = read_path(folder.write(name, bytes), options);
    BOOST_TEST(out.error.find("archive is broken") != std::string::npos, name);
    BOOST_TEST(out.items.size() > rows / 2, name);
    BOOST_TEST(out.items.size() <= rows, name);
  }
}

BOOST_AUTO_TEST_CASE(a_small_archive_with_a_wrong_sum_is_read_to_there) {
  const TestFolder folder;
  std::string bytes = gzip(some_json_lines(5));
  const size_t rows = read_path(folder.write("a.gz", bytes)).items.size();
  bytes[bytes.size() - 5] ^= 1;
  const ReadOut out = read_path(folder.write("b.gz", bytes));
  BOOST_TEST(out.error.ends_with("incorrect data check"), out.error);
  BOOST_TEST(out.items.size() == rows);
}

BOOST_AUTO_TEST_CASE(a_table_may_say_first_what_parts_its_cells) {
  const TestFolder folder;
  for (const std::string_view text :
       {"sep=;\r\nid;text;a,b\r\ndemo-1;x;y\r\n",
        "\n\nSEP=|\n\nid|text\n\ndemo-1|x\n", "sep=,\rid,text\rdemo-1,x",
        "id,text,sep=\ndemo-1,x,y"}) {
    const std::string path = folder.write("a.csv", text);
    const ReadOut out = read_path(path);
    BOOST_TEST(out.error == "", text);
    BOOST_TEST_REQUIRE(out.items.size() == 1u, text);
    BOOST_TEST(!out.items[0].bad, text);
    BOOST_TEST(shown(out.items[0].record, "id") == "demo-1", text);
    const size_t at = text.find("demo-1");
    BOOST_TEST(out.items[0].record.position.byte == at, text);
    BOOST_TEST(out.items[0].record.position.line ==
                   count_csv_lines(text.substr(0, at)) + 1,
               text);
  }
}

BOOST_AUTO_TEST_CASE(an_archive_of_another_kind_is_told_what_to_do_with_it) {
  const TestFolder folder;
  const std::tuple<std::string, std::string, std::string_view> kFiles[] = {
      {"log.csv.xz", std::string("\xFD\x37zXZ\0\0\4", 8), "xz -dc"},
      {"log.bz2", "BZh91AY&SY\x01\x02", "bzip2 -dc"},
      {"log.xlsx", "PK\x03\x04\x14", "save the sheet as CSV"},
      {"log.csv", "PK\x03\x04\x14", "save the sheet as CSV"},
      {"log.jsonl", "PK\x03\x04\x14", "save the sheet as CSV"},
      {"log.txt", "PK\x03\x04\x14", "save the sheet as CSV"},
      {"log.tsv", "PK\x05\x06", "save the sheet as CSV"},
      {"log.eml", "BZh91AY&SY\x01\x02", "bzip2 -dc"},
      {"log.db", std::string("SQLite format 3\0more", 20), "is a database"},
      {"log.tar", tar("ustar  "), "tar -xf"},
      {"log.tgz", gzip(tar("ustar")), "tar -xf"},
      {"log.7z", "7z\xBC\xAF\x27\x1C", "7z x"},
      {"log.rar", "Rar!\x1A\x07\x01", "unrar x"},
      {"log.lz4", "\x04\x22\x4D\x18@", "lz4 -dc"},
      {"log.lz", "LZIP\x01\x0C", "lzip -dc"},
      {"log.Z", "\x1F\x9D\x90", "gzip -dc"},
      {"log.txt.gz", gzip("%PDF-1.4\n%demo\n"), "is a PDF file"},
      {"log.dat", "<?xml version=\"1.0\"?><requests/>", "is XML"},
      {"log.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "the message as .eml"},
      {"log.jsonl.gz.gz", gzip(gzip("{}\n")), "packed twice"},
      {"log.dat", "\x01\x02\x03\x04\x05", "its format cannot be told"}};
  for (const auto& [name, bytes, part] : kFiles) {
    const auto source = open_source(folder.write(name, bytes), {});
    BOOST_TEST_REQUIRE(!source.ok(), name);
    BOOST_TEST((source.error().trouble == Trouble::input));
    BOOST_TEST(source.error().what.find(part) != std::string::npos,
               source.error().what);
  }
}

BOOST_AUTO_TEST_CASE(texts_and_mails_are_no_requests) {
  const TestFolder folder;
  IntakeOptions requests;
  requests.kind = KindChoice::request;
  for (const char* name : {"a.txt", "a.eml", "a"}) {
    const auto source = open_source(
        folder.write(name, "From: a@mail.example\n\nx\n"), requests);
    BOOST_TEST_REQUIRE(!source.ok(), name);
    BOOST_TEST((source.error().trouble == Trouble::usage), name);
    BOOST_TEST(source.error().what.find("leave --kind out") !=
               std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_text_that_begins_like_an_archive_is_a_text) {
  const TestFolder folder;
  for (const std::string text :
       {"7z\n", "Rar! LZIP\n", "%PDFs\n", "PK, see you\n", "BZh?\n",
        "SQLite is small\n", "P"}) {
    const auto source = open_source(folder.write("log.txt", text), {});
    BOOST_TEST(source.ok(), text);
  }
  IntakeOptions told;
  told.format = Format::text;
  BOOST_TEST(open_source(folder.write("log.txt", "PK\x03\x04\n"), told).ok());
}

BOOST_AUTO_TEST_CASE(
    an_archive_that_unpacks_to_very_much_stays_in_flat_memory) {
  const TestFolder folder;
  const std::string path =
      folder.write("bomb.jsonl.gz", gzip(std::string(200'000'000, ' ')));
  const size_t before = resident_kib();
  auto reader = open_source(path, IntakeOptions());
  BOOST_REQUIRE(reader.ok());
  Chunk chunk;
  std::vector<Item> items;
  while (*(*reader)->next(chunk)) {
    parse_chunk(chunk, Format::json_lines, IntakeOptions(), items);
    BOOST_TEST(resident_kib() < before + 64 * 1024);
  }
  BOOST_REQUIRE(items.size() == 1u);
  BOOST_TEST(items[0].bad->code == "J106");
}

BOOST_AUTO_TEST_CASE(broken_utf_16_spoils_its_row_only) {
  const TestFolder folder;
  std::string bytes =
      utf16("{\"text\":\"a\"}\n{\"text\":\"?\"}\n", false, true);
  const size_t mark = bytes.find('?');
  bytes[mark] = '\x00';
  bytes[mark + 1] = '\xd8';  // half a pair
  bytes += '{';              // half a character
  const ReadOut out = read_path(folder.write("a.jsonl", bytes));
  BOOST_REQUIRE(out.items.size() == 3u);
  BOOST_TEST(!out.items[0].bad);
  BOOST_TEST(out.items[1].bad->code == "J103");
  BOOST_TEST(out.items[2].bad->code == "J103");
}

BOOST_AUTO_TEST_CASE(progress_ends_at_the_size_of_the_file) {
  const TestFolder folder;
  const std::string packed = gzip(some_json_lines(500));
  auto reader = open_source(folder.write("a.jsonl.gz", packed), {});
  BOOST_REQUIRE(reader.ok());
  Chunk chunk;
  while (*(*reader)->next(chunk)) continue;
  BOOST_TEST((*reader)->bytes_total() == packed.size());
  BOOST_TEST((*reader)->bytes_read() == packed.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
