// SPDX-License-Identifier: Apache-2.0
#include "door/answers.h"

#include <boost/test/unit_test.hpp>

#include "door/doors.h"
#include "door/settings.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(answers)

ServeSettings read(const std::string& door, Issues& issues) {
  const SourceText file("simwarden.yaml", "listen:\n" + door);
  return read_settings(file, issues);
}

BOOST_AUTO_TEST_CASE(every_word_reads_back) {
  for (const std::string_view name : kToldNames) {
    const auto told = told_of(name);
    BOOST_REQUIRE(told);
    BOOST_TEST(name_of(*told) == name);
  }
  BOOST_TEST(!told_of("Reject"));
  BOOST_TEST(!told_of(""));
}

BOOST_AUTO_TEST_CASE(what_passes_is_never_touched) {
  const MailAnswers strict{Told::reject, Told::reject, Told::reject};
  BOOST_TEST(name_of(strict.of(Action::pass)) == "no action");
}

BOOST_AUTO_TEST_CASE(only_a_refusal_loses_a_mail_unless_the_door_says_so) {
  const MailAnswers answers;
  BOOST_TEST(name_of(answers.of(Action::review)) == "add header");
  BOOST_TEST(name_of(answers.of(Action::hold)) == "quarantine");
  BOOST_TEST(name_of(answers.of(Action::refuse)) == "reject");
  BOOST_TEST(name_of(without_quarantine(Told::quarantine)) == "add header");
  BOOST_TEST(name_of(without_quarantine(Told::reject)) == "reject");
}

BOOST_AUTO_TEST_CASE(a_door_says_how_it_answers) {
  Issues issues;
  const auto settings = read(
      "- {door: milter, at: 'tcp:127.0.0.1:0', authserv_id: mx.example,\n"
      "   answers: {hold: soft reject, refuse: add header}}\n",
      issues);
  BOOST_TEST(!issues.has_errors());
  BOOST_REQUIRE(settings.listeners.size() == 1);
  const ListenerSettings& door = settings.listeners[0];
  BOOST_TEST(name_of(door.answers.review) == "add header");
  BOOST_TEST(name_of(door.answers.hold) == "soft reject");
  BOOST_TEST(name_of(door.answers.refuse) == "add header");
  BOOST_TEST(door.authserv_id == "mx.example");
}

BOOST_AUTO_TEST_CASE(words_that_are_none_are_told_with_their_place) {
  Issues issues;
  read(
      "- {door: milter, at: 'tcp:127.0.0.1:0', answers: {hold: defer, pass: "
      "reject}}\n",
      issues);
  BOOST_TEST(issues.error_count() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
