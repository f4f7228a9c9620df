// SPDX-License-Identifier: Apache-2.0
#include "door/milter_session.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(milter_session)

constexpr char kOffer6[] = "\x00\x00\x00\x06\x00\x00\x01\xff\x00\x1f\xff\xff";

// A session, fed with frames; collects what it says.
struct Talk {
  explicit Talk(const std::string& offer = {kOffer6, 12}) {
    said = take('O', offer).out;
  }
  MilterStep take(char command, const std::string& data = {}) {
    const std::string bytes = milter_frame(command, data);
    MilterFrame frame;
    BOOST_REQUIRE((cut_frame(bytes, frame) == FrameCut::whole));
    return session.take(frame);
  }
  void mail() {
    take('D',
         "Mi\0"
         "4XYZ\0{auth_authen}\0demo\0"s);
    take('M', "<care@mail.example>\0SIZE=3\0"s);
    take('R', "<demo_anna@example.com>\0"s);
    take('L', "Subject\0Your\n SIM\0"s);
    take('L', "X-Spam\0No\0"s);
    take('L', "X-SPAM\0No\0"s);
    take('L', "X-Simwarden-Action\0pass\0"s);
    take('N');
    take('B', "Hello\r\n");
  }
  static MailAnswer answer(Told told) {
    MailAnswer made{.told = told};
    made.verdict.action = Action::hold;
    made.verdict.score = 61.5;
    made.verdict.findings.push_back({.rule = "MSG-025"});
    return made;
  }
  ListenerSettings settings;
  MemoryBudget memory{1 << 20};
  MilterSession session{settings, memory};
  std::string said;
};

// Frames as text: c, h(X-Spam|Yes|), …
std::string shown(std::string_view bytes) {
  std::string out;
  MilterFrame frame;
  while (cut_frame(bytes, frame) == FrameCut::whole) {
    out += frame.command;
    out += '(';
    std::string_view data = frame.data;
    if (frame.command == 'm') {
      out += std::to_string(int(data[3])) + ":";
      data.remove_prefix(4);
    }
    for (const char c : data) out += c == '\0' ? '|' : c;
    out += ')';
    bytes.remove_prefix(frame.bytes);
  }
  return out + std::string(bytes);
}

BOOST_AUTO_TEST_CASE(frames_are_cut_where_their_length_says) {
  const std::string bytes = milter_frame('H', "mx\0"s) + "rest";
  MilterFrame frame;
  for (size_t size = 0; size < 8; ++size) {
    BOOST_TEST((cut_frame(std::string_view(bytes).substr(0, size), frame) ==
                FrameCut::unfinished));
  }
  BOOST_TEST((cut_frame(bytes, frame) == FrameCut::whole));
  BOOST_TEST(frame.command == 'H');
  BOOST_TEST(frame.data == "mx\0"s);
  BOOST_TEST(frame.bytes == 8);
  BOOST_TEST((cut_frame("\0\0\0\0x"s, frame) == FrameCut::wrong));
  BOOST_TEST((cut_frame("\x00\x10\x00\x01x"s, frame) == FrameCut::wrong));
  BOOST_TEST((cut_frame("GET / HTTP/1.1\r\n", frame) == FrameCut::wrong));
}

BOOST_AUTO_TEST_CASE(what_is_not_needed_is_not_asked_for) {
  // Version 6; add, change, quarantine; no steps that nobody reads.
  const Talk talk;
  BOOST_TEST(talk.said == milter_frame('O',
                                       "\x00\x00\x00\x06\x00\x00\x00\x31"
                                       "\x00\x0f\xf3\x83"s));
}

BOOST_AUTO_TEST_CASE(an_older_server_is_answered_at_every_step) {
  Talk talk("\x00\x00\x00\x02\x00\x00\x00\x1f\x00\x00\x00\x7f"s);
  BOOST_TEST(talk.said == milter_frame('O',
                                       "\x00\x00\x00\x02\x00\x00\x00\x11"
                                       "\x00\x00\x00\x03"s));
  BOOST_TEST(shown(talk.take('M', "<>\0"s).out) == "c()");
  BOOST_TEST(shown(talk.take('R', "<a@b.example>\0"s).out) == "c()");
  BOOST_TEST(shown(talk.take('L', "A\0b\0"s).out) == "c()");
  BOOST_TEST(shown(talk.take('N').out) == "c()");
  BOOST_TEST(shown(talk.take('B', "x").out) == "c()");
  BOOST_TEST(talk.take('E').judge);
  // It knows no quarantine.
  BOOST_TEST(shown(talk.session.told(Talk::answer(Told::quarantine))) ==
             "h(X-Spam|Yes|)h(X-Simwarden-Action|hold|)"
             "h(X-Simwarden-Score|61.50|)h(X-Simwarden-Rules|MSG_025|)a()");
}

BOOST_AUTO_TEST_CASE(a_mail_is_put_together_as_it_came) {
  Talk talk;
  talk.mail();
  BOOST_TEST(talk.take('E', "world\r\n").judge);
  BOOST_TEST(talk.session.mail() ==
             "Subject: Your\r\n SIM\r\nX-Spam: No\r\nX-SPAM: No\r\n"
             "X-Simwarden-Action: pass\r\n\r\nHello\r\nworld\r\n");
  const Envelope& envelope = talk.session.envelope();
  BOOST_TEST(envelope.mail_from.value() == "care@mail.example");
  BOOST_TEST(envelope.recipients.at(0) == "demo_anna@example.com");
  BOOST_TEST(envelope.queue_id == "4XYZ");
}

BOOST_AUTO_TEST_CASE(every_answer_has_its_frames) {
  const std::string taken =
      "m(1:x-simwarden-action||)m(2:x-spam||)m(1:x-spam||)";
  const std::string marks =
      "h(X-Spam|Yes|)h(X-Simwarden-Action|hold|)h(X-Simwarden-Score|61.50|)"
      "h(X-Simwarden-Rules|MSG_025|)";
  const std::pair<Told, std::string> table[] = {
      {Told::no_action, taken + "a()"},
      {Told::add_header, taken + marks + "a()"},
      {Told::rewrite_subject,
       taken + "m(1:Subject|*** SUSPECT *** Your\n SIM|)" + marks + "a()"},
      {Told::quarantine, taken + marks + "q(held by policy: MSG_025|)a()"},
      {Told::soft_reject, "y(451 4.7.1 Try again later|)"},
      {Told::reject, "y(554 5.7.1 Message refused by policy|)"},
  };
  for (const auto& [told, frames] : table) {
    Talk talk;
    talk.mail();
    BOOST_TEST(talk.take('E').judge);
    BOOST_TEST(shown(talk.session.told(Talk::answer(told))) == frames);
    BOOST_TEST(!talk.session.in_mail());
  }
}

BOOST_AUTO_TEST_CASE(one_connection_carries_many_mails) {
  Talk talk;
  for (int i = 0; i < 3; ++i) {
    talk.mail();
    BOOST_TEST(talk.take('E').judge);
    BOOST_TEST(talk.session.mail().starts_with("Subject: Your"));
    BOOST_TEST(talk.session.envelope().recipients.size() == 1);
    talk.session.told(Talk::answer(Told::no_action));
    talk.mail();
    talk.take('A');
    BOOST_TEST(!talk.session.in_mail());
    BOOST_TEST(talk.memory.used() == 0);
  }
  BOOST_TEST(talk.take('Q').end);
}

BOOST_AUTO_TEST_CASE(what_macros_say_of_a_mail_is_not_said_of_the_next) {
  Talk talk;
  const Envelope& envelope = talk.session.envelope();
  talk.mail();
  BOOST_TEST(talk.take('E').judge);
  talk.session.told(Talk::answer(Told::no_action));
  talk.take('M', "<>\0"s);
  BOOST_TEST(envelope.queue_id == "");
  talk.mail();
  talk.take('A');
  talk.take('M', "<>\0"s);
  BOOST_TEST(envelope.queue_id == "");
  talk.mail();
  talk.take('K');
  talk.take('M', "<>\0"s);
  BOOST_TEST(envelope.queue_id == "");
}

BOOST_AUTO_TEST_CASE(commands_out_of_order_end_the_connection) {
  ListenerSettings settings;
  MemoryBudget memory(1 << 20);
  MilterSession fresh(settings, memory);
  BOOST_TEST(fresh.take({.command = 'M'}).wrong);
  for (const char command : {'R', 'T', 'L', 'N', 'B', 'E'}) {
    Talk talk;
    BOOST_TEST(talk.take(command).wrong, command);
  }
  for (const char command : {'R', 'T', 'L', 'N', 'O', 'Z'}) {
    Talk talk;
    talk.mail();
    BOOST_TEST(talk.take(command).wrong, command);
  }
  for (const std::string& offer :
       {""s, "\0\0\0\x06"s, "\0\0\0\x01\0\0\0\0\0\0\0\0"s}) {
    MilterSession session(settings, memory);
    BOOST_TEST(session.take({.command = 'O', .data = offer}).wrong);
  }
}

BOOST_AUTO_TEST_CASE(a_mail_beyond_the_limit_is_cut_and_says_so) {
  Talk talk;
  talk.settings.limits.request_bytes = 40;
  talk.mail();
  BOOST_TEST(talk.take('E', std::string(100, 'x')).judge);
  BOOST_TEST(talk.session.envelope().cut);
  BOOST_TEST(talk.session.mail().size() == 40);
  BOOST_TEST(shown(talk.session.told(Talk::answer(Told::add_header)))
                 .find("h(X-Simwarden-Cut|40 bytes were read|)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mail_with_a_hundred_forged_marks_is_refused) {
  const auto forge = [](Talk& talk, uint32_t count) {
    talk.take('M', "<>\0"s);
    for (uint32_t i = 0; i < count; ++i) {
      talk.take('L', (i % 2 > 0 ? "X-Simwarden-A" : "X-Spam") + "\0pass\0"s);
    }
  };
  Talk talk;
  forge(talk, kForeignFieldsMax);
  BOOST_TEST(talk.take('E').judge);
  BOOST_TEST(!talk.session.is_forged());
  talk.session.told(Talk::answer(Told::no_action));
  forge(talk, kForeignFieldsMax + 1);
  BOOST_TEST(talk.take('E').judge);
  BOOST_TEST(talk.session.is_forged());
  BOOST_TEST(shown(talk.session.told_forged()) ==
             "y(554 5.6.0 Too many header fields of a mail filter|)");
  talk.mail();
  BOOST_TEST(!talk.session.is_forged());
}

BOOST_AUTO_TEST_CASE(without_memory_a_mail_is_not_judged) {
  Talk talk;
  talk.mail();
  BOOST_TEST(talk.memory.take((1 << 20) - talk.memory.used()));
  talk.take('B', "more than there is room for");
  BOOST_TEST(talk.take('E').judge);
  BOOST_TEST(talk.session.has_no_room());
}

BOOST_AUTO_TEST_CASE(recipients_and_names_of_fields_are_held_in_the_budget) {
  Talk crowd;
  crowd.take('M', "<care@mail.example>\0"s);
  for (int i = 0; i < 20'000; ++i) crowd.take('R');
  BOOST_TEST(crowd.session.has_no_room());
  BOOST_TEST(crowd.session.envelope().recipients.size() < 20'000);

  Talk names;
  names.settings.limits.request_bytes = 1024;  // the mail is cut, they are not
  names.take('M', "<care@mail.example>\0"s);
  for (int i = 0; i < 20; ++i) {
    names.take('L', "X-Simwarden-" + std::to_string(i) +
                        std::string(100'000, 'x') + "\0v\0"s);
  }
  BOOST_TEST(names.session.has_no_room());
  BOOST_TEST(names.memory.used() <= size_t{1} << 20);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
