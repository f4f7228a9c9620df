// SPDX-License-Identifier: Apache-2.0
#include "door/spam_lines.h"

#include <boost/test/unit_test.hpp>

#include "door/marked_mail.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(spam_lines)

const ActionScores kScores{.review = 20, .hold = 40, .refuse = 70};

MailAnswer answer_of(Action action, double score) {
  MailAnswer answer{.told = MailAnswers{}.of(action)};
  answer.verdict.action = action;
  answer.verdict.score = score;
  if (score > 0) {
    answer.verdict.findings = {
        {.rule = "MSG-021",
         .family = "link",
         .score = score,
         .title = "A threat",
         .evidence = {{.fact = "message.text", .text = "http://a.test\nb"}}},
        {.rule = "MSG-900", .score = 5, .title = "On trial", .shadow = true}};
  }
  return answer;
}

SpamRequest request_of(std::string_view head) {
  const SpamHead read = read_spam_head(head, "SPAMC");
  BOOST_REQUIRE_MESSAGE(read.request, read.wrong);
  return *read.request;
}

std::string reply_of(std::string_view command, const MailAnswer& answer) {
  return spamd_reply(request_of(command), "Subject: a\r\n\r\nb\r\n", answer,
                     spam_verdict(answer, {}, kScores));
}

BOOST_AUTO_TEST_CASE(a_head_is_read) {
  const SpamRequest request = request_of(
      "REPORT SPAMC/1.2\r\nUser: demo\r\ncontent-LENGTH: 12\nX: a: b\r\n\r\n");
  BOOST_TEST(request.command == "REPORT");
  BOOST_TEST(request.minor == 2u);
  BOOST_TEST(*request.length == 12u);
  BOOST_TEST(request.field("user") == "demo");
  BOOST_TEST(request.field("x") == "a: b");
  BOOST_TEST(request.field("y") == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_head_is_refused) {
  for (const std::string_view head :
       {"", "\n", "PING", "PING SPAMC", "PING RSPAMC/1.3\n", "PING SPAMC/2.0\n",
        "PING SPAMC/1.\n", "PING SPAMC/1.99999999999\n", "GET / HTTP/1.1\n",
        "CHECK SPAMC/1.5\nContent-length: -1\n\n",
        "CHECK SPAMC/1.5\nContent-length: 1 2\n\n",
        "CHECK SPAMC/1.5\nContent-length: 99999999999999999999999\n\n",
        "CHECK SPAMC/1.5\nno field\n\n", "CHECK SPAMC/1.5\n: x\n\n"}) {
    const SpamHead read = read_spam_head(head, "SPAMC");
    BOOST_TEST(!read.request, head);
    BOOST_TEST(read.wrong.starts_with("Bad header line: ("));
  }
}

BOOST_AUTO_TEST_CASE(fields_have_a_bound) {
  std::string head = "CHECK SPAMC/1.5\n";
  for (size_t i = 0; i <= kSpamFieldsMax; ++i) head += "a: b\n";
  BOOST_TEST(!read_spam_head(head, "SPAMC").request);
}

BOOST_AUTO_TEST_CASE(the_head_ends_at_its_empty_line) {
  BOOST_TEST(spam_head_end("PING SPAMC/1.5\r\n") == std::string_view::npos);
  BOOST_TEST(spam_head_end("A\r\n\r\nb") == 5u);
  BOOST_TEST(spam_head_end("A\n\nb") == 3u);
  BOOST_TEST(spam_head_end("A\nB: c\r\n\r\nd\n\n") == 10u);
}

BOOST_AUTO_TEST_CASE(each_version_gets_its_reply) {
  const MailAnswer spam = answer_of(Action::refuse, 70);
  const MailAnswer ham = answer_of(Action::pass, 0);
  const std::string kTrue = "Spam: True ; 70.0 / 20.0\r\n";
  const std::string kFalse = "Spam: False ; 0.0 / 20.0\r\n";
  const std::string kOk = "SPAMD/1.1 0 EX_OK\r\n";
  BOOST_TEST(reply_of("CHECK SPAMC/1.5\n", spam) == kOk + kTrue + "\r\n");
  BOOST_TEST(reply_of("CHECK SPAMC/1.2\n", ham) == kOk + kFalse + "\r\n");
  BOOST_TEST(reply_of("SYMBOLS SPAMC/1.3\n", spam) ==
             kOk + "Content-length: 7\r\n" + kTrue + "\r\nMSG_021");
  BOOST_TEST(reply_of("SYMBOLS SPAMC/1.2\n", spam) ==
             kOk + kTrue + "\r\nMSG_021\r\n");
  BOOST_TEST(reply_of("SYMBOLS SPAMC/1.5\n", ham) ==
             kOk + "Content-length: 0\r\n" + kFalse + "\r\n");
  BOOST_TEST(reply_of("REPORT_IFSPAM SPAMC/1.5\n", ham) ==
             kOk + "Content-length: 0\r\nSpam: No ; 0.0 / 20.0\r\n\r\n");
  const std::string report =
      spamd_report(spam, spam_verdict(spam, {}, kScores));
  BOOST_TEST(reply_of("REPORT SPAMC/1.2\n", spam) ==
             kOk + kTrue + "\r\n" + report);
  BOOST_TEST(reply_of("REPORT SPAMC/1.3\n", spam) ==
             kOk + "Content-length: " + std::to_string(report.size()) + "\r\n" +
                 kTrue + "\r\n" + report);
  BOOST_TEST(reply_of("PROCESS SPAMC/1.2\n", ham) ==
             kOk +
                 "Content-length: 120\r\n\r\n"
                 "X-Spam-Checker-Version: simwarden\r\n"
                 "X-Spam-Status: No, score=0.0 required=20.0 tests=none "
                 "autolearn=no\r\nSubject: a\r\n\r\nb\r\n");
  const std::string headers = reply_of("HEADERS SPAMC/1.5\n", spam);
  BOOST_TEST(headers.find(kTrue + "\r\nX-Spam-Flag: YES\r\n") !=
             std::string::npos);
  BOOST_TEST(headers.ends_with("Subject: a\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_report_is_a_table_that_clients_parse) {
  const MailAnswer spam = answer_of(Action::refuse, 70);
  BOOST_TEST(spamd_report(spam, spam_verdict(spam, {}, kScores)) ==
             "Content analysis details:   (70.0 points, 20.0 required)\n\n"
             " pts rule name              description\n"
             "---- ---------------------- "
             "--------------------------------------------------\n"
             "70.0 MSG_021                A threat\n"
             "                            [message.text: http://a.test b]\n"
             " 0.0 MSG_900                On trial (in shadow)\n");
}

BOOST_AUTO_TEST_CASE(who_compares_scores_sees_a_floor) {
  const MailAnswer held = answer_of(Action::hold, 5);
  const SpamVerdict verdict = spam_verdict(held, {}, kScores);
  BOOST_TEST(verdict.spam);
  BOOST_TEST(verdict.score == 40);
  BOOST_TEST(verdict.required == 20);
  const MailAnswers lenient{.review = Told::no_action};
  BOOST_TEST(spam_verdict(held, lenient, kScores).required == 40);
  const MailAnswer review = answer_of(Action::review, 25);
  BOOST_TEST(compared_score(review, kScores) == 25);
}

BOOST_AUTO_TEST_CASE(exim_gets_what_it_parses) {
  BOOST_TEST(rspamc_reply(answer_of(Action::refuse, 70), kScores) ==
             "RSPAMD/1.3 0 EX_OK\r\n"
             "Metric: default; True; 70.00 / 70.00 / 0.0\r\nAction: reject\r\n"
             "Symbol: MSG_021(70.00)\r\nSymbol: MSG_900(0.00)\r\n"
             "Message-ID: undef\r\n");
  BOOST_TEST(rspamc_reply(answer_of(Action::pass, 0), kScores) ==
             "RSPAMD/1.3 0 EX_OK\r\n"
             "Metric: default; False; 0.00 / 70.00 / 0.0\r\n"
             "Action: no action\r\nMessage-ID: undef\r\n");
}

BOOST_AUTO_TEST_CASE(a_mail_without_a_name_has_no_message_id) {
  MailAnswer answer = answer_of(Action::pass, 0);
  answer.verdict.id = "demo@mail.example";
  BOOST_TEST(told_message_id(answer) == "demo@mail.example");
  answer.verdict.id = kNamelessMail;
  BOOST_TEST(told_message_id(answer) == "undef");
}

BOOST_AUTO_TEST_CASE(a_senders_line_breaks_make_no_lines_of_ours) {
  MailAnswer answer = answer_of(Action::pass, 0);
  answer.verdict.id = "a\r\nAction: reject";
  answer.subject = "b\r\nc";
  BOOST_TEST(rspamc_reply(answer, kScores).find("\nAction: reject") ==
             std::string::npos);
  BOOST_TEST(rewritten_subject(answer) == "*** SUSPECT *** b  c");
}

BOOST_AUTO_TEST_CASE(fields_of_the_sender_that_look_like_ours_go) {
  BOOST_TEST(with_fields("From x Mon\nx-SPAM-Flag: NO\n and more\nA: b\n\n"
                         "X-Spam-Flag: in the body\n",
                         {{"X-Spam-Flag", "YES"}}, {"X-Spam-"}) ==
             "From x Mon\nX-Spam-Flag: YES\nA: b\n\nX-Spam-Flag: in the "
             "body\n");
  BOOST_TEST(with_fields("", {{"A", "b"}}, {}) == "A: b\n");
  BOOST_TEST(header_end("A: b\r\n\r\nc") == 8u);
  BOOST_TEST(header_end("A: b") == 4u);
}

BOOST_AUTO_TEST_CASE(self_tests_are_told_like_refusals) {
  BOOST_TEST(is_self_test("a " + std::string(kGtube) + " b"));
  BOOST_TEST(is_self_test(kSmsSelfTest));
  BOOST_TEST(kSmsSelfTest.size() <= 70);  // one SMS in any alphabet
  BOOST_TEST(!is_self_test("XJS*C4JDBQADN1"));
  MailAnswer answer = answer_of(Action::pass, 0);
  answer.self_test = true;
  BOOST_TEST(compared_score(answer, kScores) == 70);
  BOOST_TEST(names_of_acting(answer) == "GTUBE");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
