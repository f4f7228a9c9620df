// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "intake/columns.h"
#include "intake/formats.h"
#include "intake/mapping.h"
#include "intake/shown.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(table_rows)

ReadOut read_table(const std::string& text, const std::string& name = "t.csv",
                   const IntakeOptions& options = {}) {
  const TestFolder folder;
  return read_path(folder.write(name, text), options);
}

BOOST_AUTO_TEST_CASE(cells_land_in_the_fields_of_their_columns) {
  const ReadOut out = read_table(
      "request_id,channel.type,officialStatus,channel.officialStatus,"
      "attempt_no,agent.registered,linked_services,outcome.reason_codes[0],"
      "outcome.reason_codes[1],created_at\n"
      "demo-1,dealer,x,official,2,true,\"[\"\"bank_2fa\"\",\"\"social\"\"]\","
      "A-1,B-2,2026-03-02T10:15:30+08:00\n"
      "demo-2,booth,,,many,,bank_2fa,,B-2,2026-03-02\n"
      ",,,,,,[broken,,,\n");
  BOOST_TEST(out.error == "");
  BOOST_REQUIRE(out.items.size() == 3u);
  const Record& first = out.items[0].record;
  BOOST_TEST(first.id() == "demo-1");
  BOOST_TEST(shown(first, "channel.type") == "dealer");
  BOOST_TEST(shown(first, "channel.official_status") == "official");
  BOOST_TEST(shown(first, "attempt_no") == "2");
  BOOST_TEST(shown(first, "agent.registered") == "true");
  BOOST_TEST(shown(first, "linked_services") == "[bank_2fa, social]");
  BOOST_TEST(shown(first, "outcome.reason_codes") == "[A-1, B-2]");
  BOOST_TEST(shown(first, "created_at") == "2026-03-02T10:15:30+08:00");
  const std::vector<std::string> kUnknown = {"officialStatus"};
  BOOST_TEST(out.items[0].unknown_keys == kUnknown);
  const Record& second = out.items[1].record;
  BOOST_TEST(shown(second, "channel.type") == "!booth");
  BOOST_TEST(shown(second, "channel.official_status") == "(absent)");
  BOOST_TEST(shown(second, "attempt_no") == "!many");
  BOOST_TEST(shown(second, "agent.registered") == "(absent)");
  BOOST_TEST(shown(second, "linked_services") == "[bank_2fa]");
  BOOST_TEST(shown(second, "outcome.reason_codes") == "[B-2]");
  BOOST_TEST(shown(second, "created_at") == "!2026-03-02");
  BOOST_TEST(out.items[1].unknown_keys.empty());
  BOOST_TEST(shown(out.items[2].record, "linked_services") == "[[broken]");
}

BOOST_AUTO_TEST_CASE(groups_come_in_numbered_columns_or_in_one_cell) {
  const ReadOut out = read_table(
      "request_id,auth.factors[0].type,auth.factors[0].result,"
      "auth.factors[1].type,auth.factors[1].ageSeconds,notifications\n"
      "demo-1,otp_sms,pass,passkey,7,\"[{\"\"event\"\":\"\"activated\"\"}]\"\n"
      "demo-2,,,passkey,,not json\n"
      "demo-3,,,,,[]\n");
  BOOST_REQUIRE(out.items.size() == 3u);
  BOOST_TEST(shown_group(out.items[0].record, "auth.factors") ==
             "type=otp_sms result=pass; type=passkey age_seconds=7");
  BOOST_TEST(shown_group(out.items[0].record, "notifications") ==
             "event=activated");
  // The empty first factor is no factor.
  BOOST_TEST(shown_group(out.items[1].record, "auth.factors") ==
             "type=passkey");
  BOOST_TEST(shown_group(out.items[1].record, "notifications") == "!not json");
  BOOST_TEST(shown_group(out.items[2].record, "auth.factors") == "(absent)");
  BOOST_TEST(shown_group(out.items[2].record, "notifications") == "");
}

// Tools that flatten JSON write the empty list into a column of its own.
BOOST_AUTO_TEST_CASE(a_list_has_its_column_or_those_of_its_items_row_by_row) {
  const ReadOut out = read_table(
      "request_id,notifications,notifications[0].event,outcome.reason_codes,"
      "outcome.reason_codes[0]\n"
      "items,,activated,,A-1\n"
      "whole,[],,A-2,\n"
      "neither,,,,\n"
      "both,[],activated,,\n"
      "twice,,,A-3,A-4\n");
  BOOST_TEST(out.error == "");
  BOOST_REQUIRE(out.items.size() == 5u);
  const auto told = [&](size_t at) {
    const Record& record = out.items[at].record;
    return shown_group(record, "notifications") + " " +
           shown(record, "outcome.reason_codes");
  };
  BOOST_TEST(told(0) == "event=activated [A-1]");
  BOOST_TEST(told(1) == " [A-2]");
  BOOST_TEST(told(2) == "(absent) (absent)");
  BOOST_REQUIRE(out.items[3].bad);
  BOOST_TEST(out.items[3].bad->code == "V110");
  BOOST_TEST(out.items[3].bad->message.find("\"notifications\" has a cell") ==
             0u);
  BOOST_TEST(out.items[3].bad->position.line == 5u);
  BOOST_REQUIRE(out.items[4].bad);
  BOOST_TEST(out.items[4].bad->message.find("\"outcome.reason_codes\"") == 0u);
}

BOOST_AUTO_TEST_CASE(a_table_of_labelled_messages_is_read) {
  const ReadOut out = read_table("label,text\nspam,\"Call\nnow\"\nham,Hello\n");
  BOOST_REQUIRE(out.items.size() == 2u);
  BOOST_TEST((out.items[0].record.kind() == Kind::message));
  BOOST_TEST(shown(out.items[0].record, "text") == "Call\nnow");
  const std::vector<std::string> kUnknown = {"label"};
  BOOST_TEST(out.items[0].unknown_keys == kUnknown);
  BOOST_TEST((out.items[1].record.position == Position{4, 27}));
}

BOOST_AUTO_TEST_CASE(delimiters_are_told_by_the_header) {
  const std::pair<std::string, std::string> kCases[] = {
      {"text,sender\nhi,info@example.com\n", "a.csv"},
      {"text;sender\nhi;info@example.com\n", "a.csv"},
      {"text\tsender\nhi\tinfo@example.com\n", "a.csv"},
      {"text|sender\nhi|info@example.com\n", "a.csv"},
      {"\xef\xbb\xbftext;sender\r\nhi;info@example.com\r\n", "a.csv"},
      {"text\tsender\nhi\tinfo@example.com\n", "a.tsv"},
      {"text , sender\nhi,info@example.com\n", "a.csv"},
      {"\n\r\ntext,sender\n\nhi,info@example.com\n\n", "a.csv"},
      {"text,sender\rhi,info@example.com\r", "a.csv"},
      {"\"text\",\"sender\"\n\"hi\",\"info@example.com\"\n", "a.csv"},
      {"text,sender\nhi,info@example.com\n", "nameless"},
      {"text\tsender\nhi\tinfo@example.com\n", "nameless"},
  };
  for (const auto& [text, name] : kCases) {
    const ReadOut out = read_table(text, name);
    BOOST_TEST(out.error == "", text);
    BOOST_REQUIRE(out.items.size() == 1u);
    BOOST_TEST(shown(out.items[0].record, "text") == "hi", text);
    BOOST_TEST(shown(out.items[0].record, "sender") == "info@example.com");
    BOOST_TEST(out.items[0].unknown_keys.empty(), text);
  }
}

struct BadCase {
  std::string text;
  std::string_view code;
  Position position;
};

BOOST_AUTO_TEST_CASE(bad_rows_have_their_code_and_place) {
  const std::string head = "request_id,reason,kind\n";  // 23 bytes
  const BadCase kCases[] = {
      {"demo,lost\n", "V101", {2, 23}},
      {"demo,lost,,\n", "V101", {2, 23}},
      {std::string(1000000, ',') + "\n", "V101", {2, 23}},
      {"demo,\"lost,\nx,lost,\n", "V102", {2, 28}},
      {"\"de\nmo\",\xff,\n", "V103", {3, 31}},
      {"demo,\"lost\"x,\n", "V104", {2, 34}},
      {"demo,\"lo\nst\"x,lost,\n", "V104", {2, 23}},
      {"demo,lost,sms\n", "V107", {2, 23}},
      {"\r\n\n" + std::string(kRowBytesMax, 'x') + "\n", "V105", {4, 26}},
  };
  for (const BadCase& c : kCases) {
    const ReadOut out = read_table(head + c.text + "demo-2,lost,\n");
    BOOST_REQUIRE(out.items.size() >= 2u);
    BOOST_REQUIRE(out.items[0].bad.has_value());
    BOOST_TEST(out.items[0].bad->code == c.code);
    BOOST_TEST((out.items[0].bad->position == c.position),
               c.code << " " << out.items[0].bad->position.line << ":"
                      << out.items[0].bad->position.byte);
    // The row after it is not lost.
    BOOST_TEST(!out.items.back().bad);
    BOOST_TEST(out.items.back().record.id() == "demo-2");
  }
  const ReadOut both = read_table("id,country\nx,GB\n");
  BOOST_REQUIRE(both.items.size() == 1u);
  BOOST_TEST(both.items[0].bad->code == "V108");
}

BOOST_AUTO_TEST_CASE(a_row_that_is_parted_otherwise_is_told_by_what) {
  const auto told = [](const std::string& text) {
    const ReadOut out = read_table(text);
    BOOST_REQUIRE(out.items.size() == 1u);
    BOOST_REQUIRE(out.items[0].bad.has_value());
    return out.items[0].bad->message;
  };
  BOOST_TEST(told("request_id;reason;kind\nA,lost,request\n") ==
             "the row has 1 cell where the header has 3; parted by \",\" it "
             "has as many, but the header is parted by \";\"");
  BOOST_TEST(told("request_id,reason\nA\tlost\n").find("parted by tab it") !=
             std::string::npos);
  BOOST_TEST(told("request_id;reason;kind\nA,lost\n") ==
             "the row has 1 cell where the header has 3");
  BOOST_TEST(told("request_id\nA,lost\n") ==
             "the row has 2 cells where the header has 1");
}

BOOST_AUTO_TEST_CASE(a_second_mark_is_in_no_name) {
  const std::string marks = "\xef\xbb\xbf\xef\xbb\xbf";
  const ReadOut table = read_table(marks + "request_id,reason\nA,lost\n");
  BOOST_REQUIRE_MESSAGE(table.items.size() == 1u, table.error);
  BOOST_TEST(table.items[0].record.id() == "A");
  BOOST_TEST(table.items[0].unknown_keys.empty());
  const ReadOut lines =
      read_table(marks + R"({"kind":"request","request_id":"A"})", "a.jsonl");
  BOOST_REQUIRE_MESSAGE(lines.items.size() == 1u, lines.error);
  BOOST_TEST(!lines.items[0].bad);
  const std::string wide = "request_id,reason\nA,lost\n";
  std::string utf16 = "\xff\xfe\xff\xfe";
  for (const char c : wide) utf16 += {c, '\0'};
  const ReadOut marked = read_table(utf16);
  BOOST_REQUIRE_MESSAGE(marked.items.size() == 1u, marked.error);
  BOOST_TEST(marked.items[0].record.id() == "A");
}

BOOST_AUTO_TEST_CASE(a_line_of_totals_is_no_request) {
  const std::string head =
      "request_id;phone_number;channel.type;fee.amount;x\n";
  const auto code = [&](const std::string& row) {
    const ReadOut out = read_table(head + row + "\n");
    BOOST_REQUIRE(out.items.size() == 1u);
    return out.items[0].bad ? out.items[0].bad->code : "";
  };
  for (const auto total :
       {"Total;;;123;", ";;;123;", ";;;1.234,50;", "合计;;;123;", ";Sum;;;17",
        ";;;123;Summe", "Total;;;123;4.5", "Total;50;;;", "Total: 50;;;150;",
        "Subtotal LJ-1;;;150;", "Total;3 rows;;;", "Total;;;R$ 150,00;",
        ";;;;Total 3", "End of report;;;;", "Made on 3 March by demo_a;;;;",
        "Total;;;;", "request_id;phone_number;channel.type;fee.amount;x"}) {
    BOOST_TEST(code(total) == "V109", total);
  }
  // What has one valid word is judged, and so is what says nothing at all.
  for (const auto request :
       {"A1;;;123;", "1001;;;123;", "A1;;;;", "A1;x;y;z;",
        "Total;+447700900123;;123;", "Total;;dealer;123;", ";;dealer;;",
        ";+447700900123;;123;", ";;;many;", ";;;;2026-03-02T10:00"}) {
    BOOST_TEST(code(request) == "", request);
  }
  const ReadOut said = read_table(
      "kind,request_id,reason,fee.amount\n"
      "request,,,123\n");
  BOOST_TEST(!said.items.at(0).bad);
  const ReadOut again = read_table("text;sender\nhi;demo_a\ntext; Sender\n");
  BOOST_TEST(!again.items.at(1).bad);
  const ReadOut header = read_table("text;sender\nhi;demo_a\ntext;sender \n");
  BOOST_TEST(header.items.at(1).bad->code == "V109");
  const ReadOut message = read_table("text;sender;subject;size\n;;;123\n");
  BOOST_TEST(!message.items.at(0).bad);
}

BOOST_AUTO_TEST_CASE(headers_that_cannot_be_used_are_refused_in_words) {
  const std::pair<std::string, std::string> kCases[] = {
      {"shoe,size\n43,9\n", "no column of the first line is a field"},
      {"43,9\n", "no column of the first line is a field"},
      {"request_id，reason_text\n1，a\n", "has \"，\" in it"},
      {"request_id:reason_text\n1:a\n", "has \":\" in it"},
      {"sep=,\nrequest_id;reason_text\n1;a\n", "the line sep= before it"},
      {"text,text\na,b\n", "the columns 1 \"text\" and 2 \"text\""},
      {"channel.type,channelId,channel.id,channel.id\n", "the columns 3"},
      {"phone_number,phoneNumber\n1,2\n", "are the same field"},
      {"recipients[0],recipients[0],text\n", "are the same field"},
      {"notifications,notifications[0].event,notifications\n",
       "the columns 1 \"notifications\" and 3 \"notifications\""},
      {"\"text,sender\n", "no table's header"},
      {"text" + std::string(100000, ',') + "\n", "fewer than 4096 columns"},
  };
  for (const auto& [text, words] : kCases) {
    const ReadOut out = read_table(text);
    BOOST_TEST(out.error.find("V106") != std::string::npos, text);
    BOOST_TEST(out.error.find(words) != std::string::npos,
               text << ": " << out.error);
    BOOST_TEST(out.items.empty());
  }
}

IntakeOptions mapped(const std::string& yaml) {
  Issues issues;
  IntakeOptions options;
  options.mapping = Mapping::read(SourceText("map.yaml", yaml), issues);
  BOOST_TEST(options.mapping, render(issues));
  return options;
}

BOOST_AUTO_TEST_CASE(a_header_that_is_refused_is_told_its_cure) {
  const auto wide = header_fault({"a", std::string("\0b", 2)}, nullptr);
  BOOST_REQUIRE(wide.has_value());
  BOOST_TEST(wide->find("--encoding utf-16le") != std::string::npos, *wide);
  const ReadOut out =
      read_table("desk,clerk\n1,2\n", "t.csv",
                 mapped("columns: {desk: channel.id, clerk: channel.id}"));
  BOOST_TEST(out.error.find(
                 "--map leads \"desk\" to channel.id and \"clerk\" to "
                 "channel.id; leave one out there (~)") != std::string::npos,
             out.error);
}

BOOST_AUTO_TEST_CASE(times_and_numbers_of_spreadsheets_are_read_as_mapped) {
  const ReadOut out = read_table(
      "request_id;created_at;fee.amount;attempt_no;"
      "identity.document.expiry_date\n"
      "A1;02/03/2026 9:05;10,5;2;1.12.2031\n"
      "A2;2026-03-02T09:05:00Z;1.234;2,5;2031-12-01\n"
      "A3;31/02/2026 9:05;1.234,50;1,000;31/02/2026\n",
      "t.csv",
      mapped("time_zone: '+08:00'\ntimes: day/month/year hour:minute\n"
             "decimal: ','"));
  BOOST_REQUIRE(out.items.size() == 3u);
  const auto row = [&](size_t at) {
    const Record& record = out.items[at].record;
    std::string text;
    for (const char* name : {"created_at", "fee.amount", "attempt_no",
                             "identity.document.expiry_date"}) {
      text += shown(record, name) + " ";
    }
    return text;
  };
  BOOST_TEST(row(0) == "2026-03-02T09:05:00+08:00 10.5 2 2031-12-01 ");
  BOOST_TEST(row(1) == "2026-03-02T09:05:00Z !1.234 !2,5 2031-12-01 ");
  BOOST_TEST(row(2) == "!31/02/2026 9:05 !1.234,50 1 !31/02/2026 ");
}

BOOST_AUTO_TEST_CASE(a_time_of_day_may_have_a_column_of_its_own) {
  const ReadOut out = read_table(
      "Hora,request_id,Data,time of approved_at,approved_at\n"
      "13:05,A1,31/10/2026,9:00,31/10/2026\n"
      "3:04 PM,A2,1/11/2026,,2026-11-01T16:00:00Z\n"
      "13:05,A3,2026-10-31,13:06:30,2026-10-31\n"
      "noon,A4,31/10/2026,,\n"
      ",A5,31/10/2026,,\n"
      "13:05,A6,,,\n",
      "t.csv",
      mapped("columns: {Data: created_at, Hora: time of created_at}\n"
             "time_zone: '-03:00'\ntimes: day/month/year hour:minute\n"));
  BOOST_REQUIRE(out.items.size() == 6u);
  const char* const kTimes[][2] = {
      {"2026-10-31T13:05:00-03:00", "2026-10-31T09:00:00-03:00"},
      {"2026-11-01T15:04:00-03:00", "2026-11-01T16:00:00Z"},
      {"2026-10-31T13:05:00-03:00", "2026-10-31T13:06:30-03:00"},
      {"!31/10/2026 noon", "(absent)"},
      {"!31/10/2026", "(absent)"},
      {"(absent)", "(absent)"}};
  for (size_t at = 0; at < 6; ++at) {
    const Record& record = out.items[at].record;
    BOOST_TEST(shown(record, "created_at") == kTimes[at][0]);
    BOOST_TEST(shown(record, "approved_at") == kTimes[at][1]);
  }
}

BOOST_AUTO_TEST_CASE(dates_and_times_as_ours_need_a_zone_alone) {
  const ReadOut out = read_table(
      "request_id,created_at,time of created_at\n"
      "A1,2026-10-31,13:05\n"
      "A2,2026-10-31,13:05:30\n",
      "t.csv", mapped("time_zone: '-03:00'\n"));
  BOOST_REQUIRE(out.items.size() == 2u);
  BOOST_TEST(shown(out.items[0].record, "created_at") ==
             "2026-10-31T13:05:00-03:00");
  BOOST_TEST(shown(out.items[1].record, "created_at") ==
             "2026-10-31T13:05:30-03:00");
}

BOOST_AUTO_TEST_CASE(times_of_a_place_have_the_zone_of_their_season) {
  const ReadOut out = read_table(
      "request_id;created_at\n"
      "A1;28.03.2026 2:30\n"
      "A2;29.03.2026 2:30\n"
      "A3;29.03.2026 3:30\n",
      "t.csv",
      mapped("time_zone: Europe/Berlin\n"
             "times: day/month/year hour:minute\n"));
  BOOST_REQUIRE(out.items.size() == 3u);
  const char* const kTimes[] = {"2026-03-28T02:30:00+01:00", "!29.03.2026 2:30",
                                "2026-03-29T03:30:00+02:00"};
  for (size_t at = 0; at < 3; ++at) {
    BOOST_TEST(shown(out.items[at].record, "created_at") == kTimes[at]);
  }
}

BOOST_AUTO_TEST_CASE(a_chinese_sheet_is_read_as_mapped) {
  const ReadOut out = read_table(
      "request_id,created_at,fee.amount,attempt_no\n"
      "A1,2026/11/3 下午3:04,１０.５,２\n",
      "t.csv",
      mapped("time_zone: '+08:00'\ntimes: year/month/day hour:minute\n"));
  BOOST_REQUIRE(out.items.size() == 1u);
  const Record& record = out.items[0].record;
  BOOST_TEST(shown(record, "created_at") == "2026-11-03T15:04:00+08:00");
  BOOST_TEST(shown(record, "fee.amount") == "10.5");
  BOOST_TEST(shown(record, "attempt_no") == "2");
}

BOOST_AUTO_TEST_CASE(a_row_of_empty_cells_is_no_row) {
  IntakeOptions options;
  options.kind = KindChoice::request;
  const std::pair<std::string, std::vector<std::string>> kCases[] = {
      {",,\n", {}},
      {"\"\",\"\",\n", {}},
      {" ,\t, \r\n\n  \n", {}},
      {"a1,,\n,,\n,,\nb1,,\n,,", {"a1", "b1"}},
      {",lost,\n", {"lost"}},
      {",\n", {"V101"}},  // it has not the cells of a row
      {",,,\n", {"V101"}}};
  for (const auto& [rows, wanted] : kCases) {
    const ReadOut out =
        read_table("request_id,reason,country\n" + rows, "t.csv", options);
    std::vector<std::string> told;
    for (const Item& item : out.items) {
      const std::string id(item.record.id());
      told.push_back(item.bad      ? item.bad->code
                     : !id.empty() ? id
                                   : shown(item.record, "reason"));
    }
    BOOST_TEST(told == wanted, boost::test_tools::per_element());
  }
}

// "é" composed or not, a blank that does not break, a line break in the cell:
// nobody sees the difference.
BOOST_AUTO_TEST_CASE(names_of_columns_are_compared_as_one_reads_them) {
  Issues issues;
  IntakeOptions options;
  options.mapping = Mapping::read(
      SourceText("map.yaml",
                 "columns: {Numéro de ligne: request_id, 'Type\u00a0a': kind}"),
      issues);
  BOOST_REQUIRE(options.mapping);
  const ReadOut out = read_table(
      "\"Nume\u0301ro de\nligne\";Type  a\nA1;request\n", "t.csv", options);
  BOOST_TEST(out.items.at(0).record.id() == "A1");
  const std::vector<std::string> header = {"Numéro de ligne", "Type a"};
  BOOST_TEST(options.mapping->not_among(header).empty());
  BOOST_TEST(options.mapping->not_among({"Type a"}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_header_in_the_middle_is_no_record) {
  const ReadOut two = read_table("text,sender\nhello,demo\n text ,sender\n");
  BOOST_REQUIRE_EQUAL(two.items.size(), 2u);
  BOOST_TEST(!two.items[0].bad);
  BOOST_REQUIRE(two.items[1].bad);
  BOOST_TEST(two.items[1].bad->code == "V109");
  const ReadOut one = read_table("text\nhello\ntext\n");
  BOOST_REQUIRE_EQUAL(one.items.size(), 2u);
  BOOST_TEST(!one.items[1].bad);
}

BOOST_AUTO_TEST_CASE(an_empty_table_has_no_rows_and_no_mistake) {
  for (const std::string text : {"", "text,sender\n", "text,sender"}) {
    const ReadOut out = read_table(text);
    BOOST_TEST(out.error == "");
    BOOST_TEST(out.items.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_column_kind_decides_row_by_row) {
  const ReadOut out =
      read_table("kind,text,reason\nmessage,hi,\nrequest,,lost\n,hi,lost\n");
  BOOST_REQUIRE(out.items.size() == 3u);
  BOOST_TEST((out.items[0].record.kind() == Kind::message));
  BOOST_TEST((out.items[1].record.kind() == Kind::request));
  BOOST_TEST(out.items[2].bad->code == "V108");
}

BOOST_AUTO_TEST_CASE(columns_are_found_by_name_and_number) {
  using What = Column::What;
  const std::pair<std::string_view, What> kCases[] = {
      {"phone_number", What::field},
      {"phoneNumber", What::field},
      {"auth.factors", What::group},
      {"auth.factors[0].type", What::member},
      {"auth.factors[255].type", What::member},
      {"auth.factors[256].type", What::unknown},
      {"auth.factors[0]", What::unknown},
      {"auth.factors[].type", What::unknown},
      {"auth.factors[x].type", What::unknown},
      {"auth.factors[0].", What::unknown},
      {"auth.factors[-1].type", What::unknown},
      {"auth.factors[0]type", What::unknown},
      {"linked_services", What::field},
      {"linked_services[3]", What::list_item},
      {"phone_number[0]", What::unknown},
      {"channel", What::unknown},
      {"kind", What::kind},
      {"", What::unknown},
      {"]x[", What::unknown}};
  for (const auto& [name, what] : kCases) {
    BOOST_TEST((find_column(Kind::request, name, nullptr).what == what), name);
  }
}

// ---- plain text and the choice of a format ----

BOOST_AUTO_TEST_CASE(text_is_a_message_a_line_or_a_file) {
  const TestFolder folder;
  const std::string path = folder.write(
      "a.txt", "one\r\n\n  \ntwo \xe4\xb8\xad\nbad \xff row\nlast");
  const ReadOut lines = read_path(path);
  BOOST_REQUIRE(lines.items.size() == 4u);
  BOOST_TEST(lines.items[0].record.id() == "line-1");
  BOOST_TEST(shown(lines.items[0].record, "text") == "one");
  BOOST_TEST(lines.items[1].record.id() == "line-4");
  BOOST_TEST(shown(lines.items[1].record, "text") == "two \xe4\xb8\xad");
  BOOST_TEST(lines.items[2].bad->code == "T101");
  BOOST_TEST((lines.items[2].bad->position == Position{5, 21}));
  BOOST_TEST(shown(lines.items[3].record, "text") == "last");
  IntakeOptions options;
  options.text_whole_file = true;
  const ReadOut whole =
      read_path(folder.write("b.txt", "one\n\ntwo\n"), options);
  BOOST_REQUIRE(whole.items.size() == 1u);
  BOOST_TEST(shown(whole.items[0].record, "text") == "one\n\ntwo\n");
}

BOOST_AUTO_TEST_CASE(formats_are_told_by_name_then_by_first_bytes) {
  const std::pair<std::string_view, Format> kNames[] = {
      {"a.jsonl", Format::json_lines},   {"a.NDJSON", Format::json_lines},
      {"a.json.gz", Format::json_lines}, {"a.csv", Format::csv},
      {"a.csv.zst", Format::csv},        {"dir.csv/a.tsv", Format::tsv},
      {"a.txt", Format::text},           {"a.eml", Format::mail}};
  for (const auto& [name, format] : kNames) {
    BOOST_TEST((format_by_name(name) == format), name);
  }
  for (const std::string_view name : {"a", "a.log", "a.gz", "csv", "-"}) {
    BOOST_TEST(!format_by_name(name).has_value(), name);
  }
  const std::pair<std::string_view, Format> kBytes[] = {
      {"{\"text\":1}", Format::json_lines},
      {" \n[", Format::json_lines},
      {"", Format::json_lines},
      {"text,sender\n", Format::csv},
      {"text\n", Format::csv},
      {"phone_number;reason\n", Format::csv},
      {"phone_number\treason\n", Format::tsv},
      {"Received: from x", Format::mail},
      {"From info@example.com Mon Mar  2 10:15:30 2026", Format::mail}};
  for (const auto& [bytes, format] : kBytes) {
    BOOST_TEST((format_by_bytes(bytes, nullptr) == format), bytes);
  }
  for (const std::string_view bytes :
       {"Hello, how are you?\n", "sender, please call\n", "\x89PNG"}) {
    BOOST_TEST(!format_by_bytes(bytes, nullptr).has_value(), bytes);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_or_told_is_said) {
  const TestFolder folder;
  BOOST_TEST(read_path(folder.write("b", "Hello there\n"))
                 .error.find("say --format") != std::string::npos);
  BOOST_TEST(read_path(folder / "none.csv").error.find("No such file") !=
             std::string::npos);
  BOOST_TEST(read_path(folder / "").error.find("directory") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
