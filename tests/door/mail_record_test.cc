// SPDX-License-Identifier: Apache-2.0
#include "door/mail_record.h"

#include <boost/test/unit_test.hpp>

#include "intake/shown.h"
#include "mail/mail.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(mail_record)

const std::string kMail =
    "Return-Path: <forged@mail.example>\r\nFrom: Desk <desk@mail.example>\r\n"
    "To: demo_anna@mail.example\r\nSubject: Your card\r\n"
    "Authentication-Results: mx.example; dmarc=fail\r\n"
    "Message-ID: <7@mail.example>\r\n\r\nPlease call.\r\n";

const Timestamp kArrived{.seconds = 1'772'446'530};  // 2026-03-02T10:15:30Z

// As a door reads it that takes it when it was received.
Record screened(std::string_view bytes, const IntakeOptions& options) {
  Item item = parse_mail(bytes, options);
  item.record.set(*find_field(Kind::message, "received_at"),
                  Slot::of_time(kArrived));
  return item.record;
}

Record record_of(std::string_view bytes, const Envelope& envelope = {},
                 const ListenerSettings& settings = {}) {
  static Item item;  // which had other mails before
  read_mail_record(bytes, envelope, settings, kArrived, item);
  BOOST_TEST(!item.bad);
  return item.record;
}

BOOST_AUTO_TEST_CASE(a_mail_without_an_envelope_is_what_screen_reads) {
  BOOST_TEST((record_of(kMail) == screened(kMail, {})));
  const ListenerSettings settings{.authserv_id = "mx.example"};
  const Record believed = screened(kMail, {.authserv_id = "mx.example"});
  BOOST_TEST((record_of(kMail, {}, settings) == believed));
  BOOST_TEST(!(believed == screened(kMail, {})));
}

BOOST_AUTO_TEST_CASE(a_mail_arrives_when_it_does_whatever_it_says) {
  for (const std::string_view mail :
       {"Subject: a\n\nb\n", "Date: Mon, 1 Jan 2001 00:00:00 +0000\n\nb\n",
        "Received: from a.example by b.example; Mon, 1 Jan 2001 00:00:00 "
        "+0000\nDate: Tue, 1 Jan 2097 00:00:00 +0000\n\nb\n",
        "no header"}) {
    BOOST_TEST(shown(record_of(mail), "received_at") == "2026-03-02T10:15:30Z");
  }
  BOOST_TEST(shown(record_of("hello", {.plain = true}), "received_at") ==
             "2026-03-02T10:15:30Z");
}

BOOST_AUTO_TEST_CASE(the_country_of_a_door_is_that_of_its_mails) {
  const ListenerSettings settings{.country = "MY"};
  BOOST_TEST(shown(record_of(kMail, {}, settings), "country") == "MY");
  BOOST_TEST(shown(record_of("hello", {.plain = true}, settings), "country") ==
             "MY");
}

BOOST_AUTO_TEST_CASE(the_envelope_is_believed_before_the_header) {
  const Record record = record_of(
      kMail,
      {.queue_id = "4Xy7",
       .mail_from = "<bounce@mail.example>",
       .recipients = {"<demo_bo@mail.example>", " demo_cai@mail.example "}});
  BOOST_TEST(shown(record, "return_path") == "bounce@mail.example");
  BOOST_TEST(shown(record, "recipients") ==
             "[demo_bo@mail.example, demo_cai@mail.example]");
  BOOST_TEST(shown(record, "from") == "desk@mail.example");
  BOOST_TEST(shown(record, "id") == "7@mail.example");
  BOOST_TEST(shown(record_of(kMail, {.mail_from = "<>"}), "return_path") == "");
}

BOOST_AUTO_TEST_CASE(a_mail_without_a_name_has_that_of_the_queue) {
  const std::string_view mail = "Subject: hello\n\nPlease call.\n";
  BOOST_TEST(shown(record_of(mail, {.queue_id = "4Xy7"}), "id") == "4Xy7");
  BOOST_TEST(shown(record_of(mail), "id") == "line-1");
}

BOOST_AUTO_TEST_CASE(a_mail_that_was_cut_at_the_door_says_so) {
  BOOST_TEST(shown(record_of(kMail), "mail_faults") == "(absent)");
  BOOST_TEST(shown(record_of(kMail, {.cut = true}), "mail_faults") ==
             "[cut_mail]");
  const std::string open = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
  BOOST_TEST(shown(record_of(open, {.cut = true}), "mail_faults") ==
             "[open_multipart, cut_mail]");
}

BOOST_AUTO_TEST_CASE(a_plain_text_is_a_message_of_no_known_transport) {
  const Record record =
      record_of("Subject: not a header\r\n\r\nhello\r\n",
                {.mail_from = "+15555550101", .subject = "Hi", .plain = true});
  BOOST_TEST(shown(record, "text") == "Subject: not a header\n\nhello\n");
  BOOST_TEST(shown(record, "sender") == "+15555550101");
  BOOST_TEST(shown(record, "subject") == "Hi");
  BOOST_TEST(shown(record, "transport") == "(absent)");
}

BOOST_AUTO_TEST_CASE(bytes_without_a_header_are_the_text_of_a_mail) {
  const Record record = record_of("please call me");
  BOOST_TEST(shown(record, "text") == "please call me");
  BOOST_TEST(shown(record, "transport") == "email");
}

BOOST_AUTO_TEST_CASE(a_text_in_another_charset_is_read) {
  const Record record = record_of(
      "\xD1\xE9\xD6\xA4\xC2\xEB\xB7\xA2\xB8\xF8\xCE\xD2\xA1\xA3"
      "\xC7\xEB\xC4\xFA\xBE\xA1\xBF\xEC\xB7\xA2\xCB\xCD",
      {.plain = true});
  BOOST_TEST(shown(record, "text") == "验证码发给我。请您尽快发送");
}

BOOST_AUTO_TEST_CASE(a_text_beyond_the_bound_is_cut_and_says_so) {
  const std::string text(kMailTextBytesMax + 10, 'a');
  const Record record = record_of(text, {.plain = true});
  BOOST_TEST(shown(record, "text").size() == kMailTextBytesMax);
  BOOST_TEST(shown(record, "mail_faults") == "[cut_text]");
}

BOOST_AUTO_TEST_CASE(the_line_of_a_mailbox_before_a_mail_is_no_part_of_it) {
  const std::string mail = "Subject: a\n\nb\n>From here\n";
  const std::string box =
      "From demo@mail.example Mon Mar  2 10:15:30 2026\n" + mail;
  BOOST_TEST(shown(record_of(box), "subject") == "a");
  BOOST_TEST(shown(record_of(box), "text").find(">From") == std::string::npos);
  BOOST_TEST(shown(record_of(mail), "text").find(">From") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_and_too_much_are_no_mail) {
  Item item;
  read_mail_record("", {}, {}, {}, item);
  BOOST_TEST(item.bad->code == "E101");
  const std::string large(kMailBytesMax + 1, 'a');
  read_mail_record(large, {}, {}, {}, item);
  BOOST_TEST(item.bad->code == "E102");
  read_mail_record(kMail, {}, {}, {}, item);
  BOOST_TEST(!item.bad.has_value());
}

BOOST_AUTO_TEST_CASE(addresses_lose_their_brackets) {
  BOOST_TEST(bare_address(" <a@mail.example>\r\n") == "a@mail.example");
  BOOST_TEST(bare_address("a@mail.example") == "a@mail.example");
  BOOST_TEST(bare_address("<>") == "");
  BOOST_TEST(bare_address("<") == "<");
  BOOST_TEST(bare_address("") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
