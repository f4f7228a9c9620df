// SPDX-License-Identifier: Apache-2.0
#include "intake/decode.h"

#include <memory>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <unicode/ucnv.h>

#include "intake/shown.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(decoding)

using How = Decoding::How;

// UTF-8 to another charset, by ICU. REQUIRES: the charset has the characters.
std::string in_charset(std::string_view text, const char* charset) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 16, '\0');
  UConverter* converter = ucnv_open(charset, &error);
  BOOST_REQUIRE(U_SUCCESS(error));
  const int32_t made = ucnv_fromAlgorithmic(converter, UCNV_UTF8, out.data(),
                                            int32_t(out.size()), text.data(),
                                            int32_t(text.size()), &error);
  BOOST_REQUIRE(U_SUCCESS(error));
  ucnv_close(converter);
  out.resize(size_t(made));
  return out;
}

struct Opened {
  std::vector<std::string> rows;  // "LINE text" or "LINE CODE: message"
  Decoding decoding;
  std::string error;
};

Opened open_text(const std::string& path, IntakeOptions options) {
  options.kind = KindChoice::message;
  Opened out;
  auto reader = open_source(path, options);
  if (!reader) {
    out.error = reader.error().what;
    return out;
  }
  const ReadOut read = read_out(**reader, options);
  for (const Item& item : read.items) {
    out.rows.push_back(item.bad
                           ? fmt::format("{} {}: {}", item.bad->position.line,
                                         item.bad->code, with_advice(*item.bad))
                           : fmt::format("{} {}", item.record.position.line,
                                         shown(item.record, "text")));
  }
  out.decoding = (*reader)->decoding();
  out.error = read.error;
  return out;
}

IntakeOptions declared(const char* label) {
  IntakeOptions options;
  options.encoding = find_charset(label);
  BOOST_REQUIRE(options.encoding.has_value());
  return options;
}

constexpr std::string_view kChinese =
    "您好，请携带本人身份证原件到营业厅办理补卡业务。";
constexpr std::string_view kRussian =
    "Здравствуйте, возьмите паспорт и приходите в салон за новой картой.";

std::string several(std::string_view line, const char* charset, int lines) {
  std::string out;
  for (int i = 0; i < lines; ++i) {
    out += in_charset(fmt::format("{} {}\n", line, i), charset);
  }
  return out;
}

// ---- declared ----

struct Case {
  const char* file;
  const char* label;
  std::string bytes;
  std::vector<std::string> rows;
};

BOOST_AUTO_TEST_CASE(every_format_is_read_in_the_declared_charset) {
  const Case kCases[] = {
      {"a.txt",
       "gbk",
       "\xD1\xE9\xD6\xA4\xC2\xEB\r\nok\n",
       {"1 验证码", "2 ok"}},
      {"a.txt", "Big5", "\xB8\xC9\xA5\x64\n", {"1 補卡"}},
      {"a.txt", "shift_jis", "\x83\x52\x81\x5B\x83\x68\n", {"1 コード"}},
      {"a.txt", "windows-1251", "\xCA\xEE\xE4\n", {"1 Код"}},
      {"a.txt", "latin1", "caf\xE9 \x80 5\n", {"1 café € 5"}},
      {"a.txt", "iso-2022-jp", "\x1B$B%3!<%I\x1B(B\n", {"1 コード"}},
      {"a.txt",
       "utf-16le",
       std::string("a\0\x08\xFF\n\0b\0", 8),
       {"1 a\uFF08", "2 b"}},
      {"a.csv",
       "gb2312",
       "id,text\nd-1,\"\xB2\xB9\n\xBF\xA8\"\nd-2,x\n",
       {"2 补\n卡", "4 x"}},
      {"a.tsv", "koi8-r", "id\ttext\nd-1\t\xEB\xCF\xC4\n", {"2 Код"}},
      {"a.jsonl", "gb18030", "{\"text\":\"\xB2\xB9\xBF\xA8\"}\n", {"1 补卡"}},
      // A second byte that is a delimiter, a quote or a backslash elsewhere.
      {"a.jsonl", "big5", "{\"text\":\"\xA5\x5C\"}\n", {"1 功"}},
      {"b.jsonl", "shift_jis", "{\"text\":\"\x95\x5C\"}\n", {"1 表"}},
      {"a.csv", "gbk", "id|text\nd|\x81\x7C\n", {"2 亅"}},
  };
  const TestFolder folder;
  for (const Case& c : kCases) {
    const Opened got =
        open_text(folder.write(c.file, c.bytes), declared(c.label));
    BOOST_TEST(got.rows == c.rows, c.label << ": " << got.rows.front());
    BOOST_TEST((got.decoding.how == How::declared), c.label);
    BOOST_TEST(got.decoding.broken == 0u, c.label);
    BOOST_TEST(!got.decoding.looks_utf8, c.label);
  }
}

BOOST_AUTO_TEST_CASE(what_means_nothing_is_an_error_row_and_counted) {
  const TestFolder folder;
  const Opened got = open_text(
      folder.write("a.txt", "\xB2\xB9\n\xFF\xBF\xA8\nx\xB2\n\xB2\xB9\n"),
      declared("gbk"));
  const std::vector<std::string> kRows = {
      "1 补", "2 T101: bytes here mean nothing in gb18030",
      "3 T101: bytes here mean nothing in gb18030", "4 补"};
  BOOST_TEST(got.rows == kRows);
  BOOST_TEST(got.decoding.broken == 2u);
}

BOOST_AUTO_TEST_CASE(a_character_that_never_ends_is_told) {
  const TestFolder folder;
  const Opened got =
      open_text(folder.write("a.txt", "ok\n\xB2"), declared("gbk"));
  const std::vector<std::string> kRows = {
      "1 ok", "2 T101: bytes here mean nothing in gb18030"};
  BOOST_TEST(got.rows == kRows);
}

BOOST_AUTO_TEST_CASE(a_mark_says_more_than_a_declaration) {
  const TestFolder folder;
  const Opened utf8 =
      open_text(folder.write("a.txt", "\xEF\xBB\xBF补卡\n"), declared("gbk"));
  BOOST_TEST(utf8.rows == std::vector<std::string>{"1 补卡"});
  BOOST_TEST((utf8.decoding.how == How::marked));
  const Opened wide = open_text(
      folder.write("b.txt", std::string("\xFF\xFE\0\0a\0\0\0", 8)), {});
  BOOST_TEST(wide.rows == std::vector<std::string>{"1 a"});
  BOOST_TEST(wide.decoding.charset == "utf-32le");
}

// It is obeyed, for whoever says it answers for it, but not in silence.
BOOST_AUTO_TEST_CASE(a_declaration_that_is_wrong_is_obeyed_and_told) {
  const TestFolder folder;
  const std::string path = folder.write("a.txt", "补卡业务\n");
  const Opened wrong = open_text(path, declared("gbk"));
  BOOST_TEST(wrong.rows == std::vector<std::string>{"1 琛ュ崱涓氬姟"});
  BOOST_TEST(wrong.decoding.looks_utf8);
  const Opened right = open_text(path, declared("utf-8"));
  BOOST_TEST(right.rows == std::vector<std::string>{"1 补卡业务"});
  BOOST_TEST(!right.decoding.looks_utf8);
}

BOOST_AUTO_TEST_CASE(utf_8_that_was_declared_is_not_doubted) {
  const TestFolder folder;
  const Opened got =
      open_text(folder.write("a.txt", several(kChinese, "gb18030", 3)),
                declared("utf-8"));
  BOOST_REQUIRE(got.rows.size() == 3u);
  for (const std::string& row : got.rows) {
    BOOST_TEST(row.substr(1, 6) == " T101:");
  }
}

// ---- detected ----

BOOST_AUTO_TEST_CASE(tables_and_texts_that_are_not_utf_8_are_detected) {
  struct Detected {
    std::string_view line;
    const char* charset;
    const char* told;
  };
  const Detected kCases[] = {
      {kChinese, "gb18030", "gb18030"},
      {"您好，請攜帶身分證正本到門市辦理補卡，驗證碼請勿告訴他人。", "big5",
       "big5"},
      {kRussian, "windows-1251", "windows-1251"},
      {kRussian, "koi8-r", "koi8-r"},
      {"再発行の手続きは店舗でお願いします。暗証番号は教えないでください。",
       "shift_jis", "shift_jis"},
      {"본인 확인을 위해 신분증을 가지고 매장을 방문해 주세요.", "euc-kr",
       "euc-kr"},
      {"L'agence a reçu votre demande; la carte est prête à être retirée dès "
       "demain, à l'adresse indiquée.",
       "windows-1252", "windows-1252"},
  };
  const TestFolder folder;
  for (const Detected& c : kCases) {
    for (const bool table : {false, true}) {
      const std::string bytes =
          (table ? "id|text\n1|" : "") + in_charset(c.line, c.charset) + "\n";
      const Opened got = open_text(
          folder.write(table ? "a.csv" : "a.txt", bytes), IntakeOptions());
      BOOST_TEST(got.rows == std::vector<std::string>{
                                 fmt::format("{} {}", table ? 2 : 1, c.line)});
      BOOST_TEST(got.decoding.charset == c.told);
      BOOST_TEST((got.decoding.how == How::detected), c.told);
      BOOST_TEST(got.decoding.confidence >= 20, c.told);
      BOOST_TEST(got.decoding.confidence <= 100, c.told);
    }
  }
}

BOOST_AUTO_TEST_CASE(json_is_never_guessed) {
  const TestFolder folder;
  const std::string bytes =
      "{\"text\":\"" + in_charset(kChinese, "gb18030") + "\"}\n";
  for (const char* name : {"a.jsonl", "nameless"}) {
    const Opened got = open_text(folder.write(name, bytes), IntakeOptions());
    BOOST_REQUIRE(got.rows.size() == 1u);
    BOOST_TEST(got.rows[0].substr(0, 7) == "1 J103:");
    BOOST_TEST((got.decoding.how == How::as_is), name);
  }
}

BOOST_AUTO_TEST_CASE(what_nothing_is_sure_of_stays_told_as_broken) {
  const TestFolder folder;
  const Opened got = open_text(folder.write("a.txt", "ok\n\xB2\xFF\x80\n"), {});
  BOOST_TEST(got.decoding.charset == "utf-8");
  const std::vector<std::string> kRows = {
      "1 ok",
      "2 T101: the byte 0xb2 is no UTF-8; a file in another charset is read "
      "with --encoding NAME"};
  BOOST_TEST(got.rows == kRows);
}

BOOST_AUTO_TEST_CASE(a_file_that_changes_its_mind_is_read_line_by_line) {
  const TestFolder folder;
  const std::string bytes = several(kChinese, "gb18030", 40) + "补卡\nplain\n" +
                            several(kChinese, "gb18030", 2);
  const Opened got = open_text(folder.write("a.txt", bytes), {});
  BOOST_REQUIRE(got.rows.size() == 44u);
  for (size_t i = 0; i < 40; ++i) {
    BOOST_TEST(got.rows[i] == fmt::format("{} {} {}", i + 1, kChinese, i));
  }
  BOOST_TEST(got.rows[40] == "41 补卡");
  BOOST_TEST(got.rows[41] == "42 plain");
  BOOST_TEST(got.rows[43] == fmt::format("44 {} 1", kChinese));
  BOOST_TEST(got.decoding.utf8_lines == 1u);
  BOOST_TEST(got.decoding.broken == 0u);
}

// The other way round it is too late: the rows are told, none is lost.
BOOST_AUTO_TEST_CASE(only_the_beginning_is_looked_at) {
  const TestFolder folder;
  std::string bytes;
  while (bytes.size() < kDetectBytesMax) bytes += "plain ASCII\n";
  const std::string late = in_charset(kChinese, "gb18030") + "\n";
  const Opened got = open_text(folder.write("a.txt", bytes + late), {});
  BOOST_TEST((got.decoding.how == How::as_is));
  BOOST_TEST(got.rows.back().find("T101") != std::string::npos);
}

// One hostile row in a UTF-8 file does not make another text of the rest.
BOOST_AUTO_TEST_CASE(a_broken_row_does_not_change_how_utf_8_is_read) {
  const TestFolder folder;
  const std::string hostile = in_charset(
      "L'agence a reçu votre demande, prête à être retirée dès demain, à "
      "l'adresse indiquée.\n",
      "windows-1252");
  const Opened got =
      open_text(folder.write("a.txt", hostile + "Теlеgrаm\n" +
                                          "补卡\n补\xFF卡补卡补卡\n"),
                {});
  BOOST_REQUIRE(got.rows.size() == 4u);
  BOOST_TEST(got.rows[1] == "2 Теlеgrаm");
  BOOST_TEST(got.rows[2] == "3 补卡");
  BOOST_TEST(got.rows[3].find("4 T101") == 0u);
}

// ---- streams ----

Opened decode_pieces(const std::string& bytes, size_t piece,
                     const DecodeChoice& choice, std::string& text) {
  const auto decoding = std::make_shared<Decoding>();
  auto source = decode(std::make_unique<PeekedSource>(
                           std::make_unique<PieceSource>(bytes, piece)),
                       choice, decoding);
  std::vector<char> buffer(777);
  while (true) {
    const auto got = source->read(buffer);
    BOOST_REQUIRE(got.ok());
    if (*got == 0) break;
    text.append(buffer.data(), *got);
  }
  Opened out;
  out.decoding = *decoding;
  return out;
}

BOOST_AUTO_TEST_CASE(how_bytes_arrive_changes_nothing) {
  std::string utf8;
  for (int i = 0; i < 3000; ++i) {
    utf8 += fmt::format("{} 😀 {}\n", kChinese, i);
  }
  for (const char* charset : {"gb18030", "utf-16le", "utf-16be", "utf-32le"}) {
    const std::string bytes = in_charset(utf8, charset);
    for (const size_t piece : {size_t{1}, size_t{3}, size_t{4097}}) {
      std::string text;
      decode_pieces(bytes, piece, {find_charset(charset), false}, text);
      BOOST_TEST((text == utf8), charset << " " << piece);
    }
  }
  const std::string bytes = in_charset(utf8, "gb18030");
  for (const size_t piece : {size_t{1}, size_t{3}, size_t{4097}}) {
    std::string text;
    const Opened got = decode_pieces(bytes, piece, {std::nullopt, true}, text);
    BOOST_TEST((got.decoding.how == How::detected));
    BOOST_TEST((text == utf8), "detected " << piece);
  }
}

// A line longer than what decides on it, cut inside characters.
BOOST_AUTO_TEST_CASE(a_long_line_is_decoded_as_it_began) {
  std::string utf8 = "x";
  while (utf8.size() < 600'000) utf8 += kChinese;
  utf8 += "\n补卡\n";
  const size_t line = utf8.find('\n') + 1;
  const std::string bytes =
      in_charset(utf8.substr(0, line), "gb18030") + utf8.substr(line);
  std::string text;
  const Opened got = decode_pieces(bytes, 5000, {std::nullopt, true}, text);
  BOOST_TEST((text == utf8));
  BOOST_TEST(got.decoding.utf8_lines == 1u);
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_gave_what_came_before) {
  const auto decoding = std::make_shared<Decoding>();
  const auto source =
      decode(std::make_unique<PeekedSource>(std::make_unique<PieceSource>(
                 in_charset("补卡\n", "gb18030"), 2, true)),
             {find_charset("gbk"), false}, decoding);
  std::string text;
  std::vector<char> buffer(64);
  auto got = source->read(buffer);
  for (; got.ok() && *got > 0; got = source->read(buffer)) {
    text.append(buffer.data(), *got);
  }
  BOOST_TEST(!got.ok());
  BOOST_TEST(text == "补卡\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
