// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "intake/formats.h"
#include "intake/intake.h"
#include "intake/mailbox.h"
#include "intake/shown.h"
#include "intake/sources.h"
#include "mail/mail_faults.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(mail_rows)

const std::string kOne =
    "From: Demo <a@mail.example>\nSubject: one\nMessage-ID: <1@mail.example>"
    "\n\nfirst body\n>From me\n";
const std::string kTwo =
    "From: b@mail.example\nSubject: two\n\nFrom here on no separator\n\n"
    "From the start: neither\n";
const std::string kFrom = "From demo@mail.example Mon Mar  2 10:15:30 2026\n";

std::vector<Item> read_file(const std::string& path,
                            const IntakeOptions& options = {}) {
  const auto source = open_source(path, options);
  BOOST_REQUIRE(source.ok());
  BOOST_REQUIRE(((*source)->format() == Format::mail));
  std::vector<Item> items;
  Chunk chunk;
  while (*(*source)->next(chunk)) {
    parse_chunk(chunk, (*source)->format(), options, items);
  }
  return items;
}

// All items of a mailbox that arrives in pieces.
std::vector<Item> read_pieces(const std::string& bytes, size_t piece) {
  ReaderParts parts;
  parts.format = Format::mail;
  parts.whole_file = !is_mailbox(bytes);
  parts.source = std::make_unique<PieceSource>(bytes, piece);
  const auto reader = make_chunk_reader(std::move(parts));
  std::vector<Item> items;
  Chunk chunk;
  while (*reader->next(chunk)) parse_chunk(chunk, Format::mail, {}, items);
  return items;
}

BOOST_AUTO_TEST_CASE(a_mail_becomes_a_message) {
  const Item item = parse_mail(
      "Return-Path: <bounce@mail.example>\n"
      "Authentication-Results: mx.example; dmarc=fail "
      "header.from=mail.example\n"
      "From: Demo Desk <desk@mail.example>\nReply-To: other@reply.example\n"
      "To: demo_anna@mail.example\nSubject: Your card\n"
      "Date: Mon, 2 Mar 2026 10:15:30 +0800\nMessage-ID: <7@mail.example>\n"
      "Content-Type: multipart/mixed; boundary=b\n\n"
      "--b\nContent-Type: text/html\n\n"
      "<p>See <a href=\"https://a.example/x\">here</a> <img "
      "src=\"https://img.example/l.png\" alt=logo></p>"
      "<p hidden>and write to @demo_x</p>\n"
      "--b\nContent-Type: application/pdf; name=a.pdf\n"
      "Content-Disposition: attachment\n\n%PDF-1.4\n--b--\n",
      {.authserv_id = "mx.example"});
  BOOST_REQUIRE(!item.bad);
  const Record& record = item.record;
  BOOST_TEST(record.id() == "7@mail.example");
  BOOST_TEST(shown(record, "text") == "See here logo");
  BOOST_TEST(shown(record, "subject") == "Your card");
  BOOST_TEST(shown(record, "sender") == "desk@mail.example");
  BOOST_TEST(shown(record, "from") == "desk@mail.example");
  BOOST_TEST(shown(record, "display_name") == "Demo Desk");
  BOOST_TEST(shown(record, "reply_to") == "[other@reply.example]");
  BOOST_TEST(shown(record, "return_path") == "bounce@mail.example");
  BOOST_TEST(shown(record, "recipients") == "[demo_anna@mail.example]");
  BOOST_TEST(shown(record, "transport") == "email");
  BOOST_TEST(shown(record, "received_at") == "2026-03-02T10:15:30+08:00");
  BOOST_TEST(shown(record, "hidden_text") == "and write to @demo_x");
  BOOST_TEST(shown(record, "alternative_text") == "(absent)");
  BOOST_TEST(shown(record, "mail_faults") == "(absent)");
  BOOST_TEST(shown_group(record, "authentication_results") ==
             "method=dmarc result=fail domain=mail.example");
  BOOST_TEST(shown_group(record, "html_links") ==
             "target=https://a.example/x shown=here place=anchor begin=4 end=8 "
             "hidden=false");
  BOOST_TEST(shown_group(record, "attachments") ==
             "name=a.pdf type=application/pdf detected_type=application/pdf "
             "size=8 part=2 reading=read");
  BOOST_TEST(shown_group(record, "images") ==
             "source=linked name=https://img.example/l.png alt=logo");
  BOOST_TEST(shown_group(record, "qr_codes") == "");
}

BOOST_AUTO_TEST_CASE(the_front_of_what_a_link_around_a_page_shows_is_kept) {
  std::string page;
  for (int i = 0; i < 100; ++i)
    page += "a dozen blank words in a row are not shorter. ";
  const Item item = parse_mail(
      "From: a@mail.example\nContent-Type: text/html\n\n"
      "<a href=https://a.example/>" +
          page + "</a>",
      {});
  BOOST_REQUIRE(!item.bad);
  const std::string link = shown_group(item.record, "html_links");
  BOOST_TEST(link.find("shown=" + page.substr(0, 1024) + " place=") !=
             link.npos);
  BOOST_TEST(link.find("end=" + std::to_string(page.size() - 1)) != link.npos);
}

BOOST_AUTO_TEST_CASE(a_mail_without_a_header_is_a_bad_row) {
  const Item item = parse_mail("\nno header here\n", {});
  BOOST_REQUIRE(item.bad);
  BOOST_TEST(item.bad->code == "E101");
}

BOOST_AUTO_TEST_CASE(a_mail_that_an_empty_line_is_before_says_so) {
  for (const std::string begin : {"\n", "\r\n", "\n\n"}) {
    const Item item = parse_mail(begin + kOne, {});
    BOOST_REQUIRE(item.bad);
    BOOST_TEST(item.bad->message.find("begins with an empty line") !=
               std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(empty_lines_before_a_mailbox_do_not_cost_it) {
  const TestFolder folder;
  const std::string box = kFrom + kOne + "\n" + kFrom + kTwo;
  for (const std::string before : {"\n", "\n\n\n", "\r\n\r\n"}) {
    for (const char* name : {"box.mbox", "box", "box.eml"}) {
      const auto items = read_file(folder.write(name, before + box));
      BOOST_REQUIRE(items.size() == 2u);
      BOOST_REQUIRE(!items[0].bad);
      BOOST_TEST(shown(items[0].record, "subject") == "one");
      BOOST_TEST(shown(items[1].record, "subject") == "two");
      BOOST_TEST(items[0].record.position.byte == before.size());
      const auto lines = std::count(before.begin(), before.end(), '\n');
      BOOST_TEST(items[0].record.position.line == uint64_t(lines) + 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_choices_of_the_field_are_the_faults_of_mails) {
  const auto choices = field(*find_field(Kind::message, "mail_faults")).choices;
  BOOST_TEST(std::vector<std::string_view>(choices.begin(), choices.end()) ==
                 std::vector<std::string_view>(kMailFaultNames.begin(),
                                               kMailFaultNames.end()),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(mails_of_a_mailbox_are_read_one_by_one) {
  const TestFolder folder;
  const auto items =
      read_file(folder.write("inbox", kFrom + kOne + "\n" + kFrom + kTwo));
  BOOST_REQUIRE(items.size() == 2u);
  BOOST_TEST(shown(items[0].record, "text") == "first body\nFrom me");
  BOOST_TEST(items[0].record.position.line == 1u);
  BOOST_TEST(shown(items[1].record, "subject") == "two");
  BOOST_TEST(shown(items[1].record, "text") ==
             "From here on no separator\n\nFrom the start: neither");
  BOOST_TEST(items[1].record.position.line == 9u);
  BOOST_TEST(items[1].record.position.byte == kFrom.size() + kOne.size() + 1);
}

BOOST_AUTO_TEST_CASE(mboxrd_and_mboxo_lose_one_quote_of_a_line) {
  BOOST_TEST(unwrapped_mail(kFrom + "a: b\n\n>From x\n>>From y\n> From z\n") ==
             "a: b\n\nFrom x\n>From y\n> From z\n");
}

BOOST_AUTO_TEST_CASE(a_mailbox_with_returns_is_one_too) {
  std::string box = kFrom + kOne + "\n" + kFrom + kTwo;
  std::string returned;
  for (const char c : box) {
    if (c == '\n') returned += '\r';
    returned += c;
  }
  const auto items = read_pieces(returned, 1000);
  BOOST_REQUIRE(items.size() == 2u);
  BOOST_TEST(shown(items[1].record, "subject") == "two");
}

BOOST_AUTO_TEST_CASE(how_a_mailbox_arrives_changes_nothing) {
  std::string box;
  for (int i = 0; i < 40; ++i) box += kFrom + (i % 2 ? kOne : kTwo) + "\n";
  const auto wanted = read_pieces(box, box.size());
  BOOST_REQUIRE(wanted.size() == 40u);
  for (const size_t piece : {1, 7, 47, 48, 49, 1024}) {
    const auto items = read_pieces(box, piece);
    BOOST_REQUIRE(items.size() == wanted.size());
    for (size_t i = 0; i < items.size(); ++i) {
      BOOST_TEST((items[i].record == wanted[i].record));
      BOOST_TEST((items[i].record.position == wanted[i].record.position));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_mail_that_is_too_large_is_one_bad_row_between_others) {
  const std::string box = kFrom + kOne + "\n" + kFrom + "a: b\n\n" +
                          std::string(kMailBytesMax, 'x') + "\n\n" + kFrom +
                          kTwo;
  const auto items = read_pieces(box, size_t{1} << 20);
  BOOST_REQUIRE(items.size() == 3u);
  BOOST_TEST(!items[0].bad);
  BOOST_REQUIRE(items[1].bad);
  BOOST_TEST(items[1].bad->code == "E102");
  BOOST_TEST(items[1].bad->position.byte == kFrom.size() + kOne.size() + 1);
  BOOST_TEST(shown(items[2].record, "subject") == "two");
}

BOOST_AUTO_TEST_CASE(a_file_is_known_for_a_mail_by_its_name_place_or_header) {
  const TestFolder folder;
  BOOST_TEST(read_file(folder.write("a.eml", "X-Demo: 1\n\nx\n")).size() == 1u);
  BOOST_TEST(read_file(folder.write("plain",
                                    "X-Demo: 1\nFolded: a\n b\nTo: c@"
                                    "mail.example\nSubject: d\n\nx\n"))
                 .size() == 1u);
  folder.write("box/new/keep", "x");
  BOOST_TEST(
      read_file(folder.write("box/cur/9.x:2,", "X-Demo: 1\n\nx\n")).size() ==
      1u);
  for (const char* other :
       {"From now on I write texts\n", "note: this is a list\nto: nobody\n",
        "{\"kind\":\"message\",\"text\":\"Subject: x\"}\n"}) {
    const auto source = open_source(folder.write("other", other), {});
    BOOST_TEST((!source.ok() || (*source)->format() != Format::mail), other);
  }
}

BOOST_AUTO_TEST_CASE(a_mark_before_a_mail_is_not_in_its_first_field) {
  const TestFolder folder;
  const std::string kMark = "\xEF\xBB\xBF";
  const std::string mail = "Subject: one\nFrom: a@mail.example\n\nx\n";
  for (const char* name : {"a.eml", "b.mbox", "c", "box/cur/9.x:2,"}) {
    const auto items = read_file(folder.write(name, kMark + mail));
    BOOST_REQUIRE(items.size() == 1u);
    BOOST_TEST(shown(items[0].record, "subject") == "one", name);
    BOOST_TEST(shown(items[0].record, "from") == "a@mail.example", name);
  }
  const auto both = read_file(
      folder.write("d.mbox", kMark + kFrom + kOne + "\n" + kFrom + kTwo));
  BOOST_REQUIRE(both.size() == 2u);
  BOOST_TEST(shown(both[1].record, "subject") == "two");
}

BOOST_AUTO_TEST_CASE(a_leap_second_is_the_last_of_its_minute) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59Z"},
      {"Sun, 1 Jan 2017 07:59:60 +0800", "2017-01-01T07:59:59+08:00"},
      {"Sat, 31 Dec 2016 23:59:60 +0000 (UTC)", "2016-12-31T23:59:59Z"},
      {"31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"},
      {"Sat, 31 Dec 2016 23:59:61 +0000", "(absent)"},
      {"Sat, 31 Dec 2016 23:60:00 +0000", "(absent)"}};
  for (const auto& [date, wanted] : kCases) {
    const Item item = parse_mail(
        "From: a@mail.example\nDate: " + std::string(date) + "\n\nx\n", {});
    BOOST_TEST(shown(item.record, "received_at") == wanted, date);
  }
}

BOOST_AUTO_TEST_CASE(the_charset_of_the_command_line_is_for_parts_without_one) {
  const TestFolder folder;
  const IntakeOptions options{.encoding = find_charset("gbk")};
  const auto items = read_file(
      folder.write("a.eml", "From: a@mail.example\n\n\xB2\xB9\xBF\xA8\n"),
      options);
  BOOST_TEST(shown(items.at(0).record, "text") == "补卡");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
