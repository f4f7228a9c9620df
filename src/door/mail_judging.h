// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "door/mail_record.h"
#include "door/service.h"

// A mail -> its verdict and how it is told: the same at every door for mail
// servers.
namespace simwarden {

struct MailAnswer {
  Verdict verdict;
  Told told = Told::no_action;
  Ticket ticket;
  std::string stored_as;  // empty: it is not
  std::optional<Leads> leads;
  std::string subject;     // of the record
  std::string closed;      // what nobody looked into: count_closed()
  bool self_test = false;  // see is_self_test()
  // What is told of the action at least: `hold` of what on_error holds.
  Action action_least = Action::pass;
  // Nothing was judged: there were no bytes, or nobody wanted it.
  bool skipped = false;
  std::optional<BadRow> bad;  // it could not be read; told as on_error says
  std::chrono::microseconds took{};
};

// What a client is told besides the action, the score and names of rules.
struct MailWanted {
  bool reasons = false;
  LeadsWanted leads = LeadsWanted::none;
};

MailAnswer judge_mail(std::string_view bytes, const Envelope& envelope,
                      const ListenerSettings& settings, const InForce& rules,
                      MailWanted wanted = {});

// What is said when a mail could not be judged.
MailAnswer answer_on_error(const ListenerSettings& settings);

// What `judging` answers. What is thrown in it (no memory left, or our own
// mistake) is counted, and answered by on_error.
template <typename Judging>
MailAnswer judged_or_on_error(Service& service,
                              const ListenerSettings& settings,
                              Judging judging) {
  try {
    return judging();
  } catch (const std::exception& e) {
    service.note(settings, DoorEvent::failed, {.what = e.what()});
    return answer_on_error(settings);
  }
}

// As rspamd tells it: "undef" of a mail without a name.
std::string_view told_message_id(const MailAnswer& answer);

// A mail server's name of a mail, as log and store have it: in clear, since it
// is in the server's own log and a number of nobody. What is no such name is
// left out.
std::string_view queue_correlator(std::string_view queue_id,
                                  std::string_view otherwise = {});

// The action that is told by name; the verdict's own is what is stored.
Action told_action(const MailAnswer& answer);

// What is said when its verdict could not be kept: where on_error holds, that
// verdict, without a name in the store.
MailAnswer answer_not_kept(MailAnswer judged, const ListenerSettings& settings);

// Texts that are told like a refusal whatever the verdict is, so that an
// administrator can try the way of a mail or an SMS: GTUBE
// (https://spamassassin.apache.org/gtube/) and one that fits into an SMS.
bool is_self_test(std::string_view text);
inline constexpr std::string_view kGtube =
    "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
inline constexpr std::string_view kSmsSelfTest =
    "XSW*SIMWARDEN-STANDARD-SELF-TEST-MESSAGE*C.34X";

// "MSG-025" as MSG_025: peers read names of letters, digits and "_".
std::string peer_name(std::string_view rule);

// Control characters become blanks: a line of a log, of a header, of a reply.
std::string one_line(std::string_view text);

// One finding as mail servers show it.
struct Symbol {
  std::string name;
  std::string family;
  std::string title;
  double score = 0;                  // 0: in shadow or waived
  std::vector<std::string> options;  // masked evidence
};
inline constexpr size_t kSymbolOptionsMax = 10;  // a line of a log
// Those that act, then waived and in shadow; GTUBE in front of a self-test,
// NOT_TAKEN_AS_IT_IS behind where something was not.
std::vector<Symbol> symbols_of(const MailAnswer& answer);
// Names of those that act, joined by commas; at most kNamesMax, then "...".
inline constexpr size_t kNamesMax = 60;  // a header line has 998 characters
std::string names_of_acting(const MailAnswer& answer);

// For peers that compare a score with a limit instead of reading an action: a
// floor counts as the score that its action begins at.
double compared_score(const MailAnswer& answer, const ActionScores& scores);
// The score from which a door tells more than "no action".
double marked_from(const MailAnswers& answers, const ActionScores& scores);

// Header fields that tell the verdict (docs/serve_rspamd.md); none when it is
// "no action".
struct MailField {
  std::string name;
  std::string value;
};
std::vector<MailField> fields_of(const MailAnswer& answer);
// What SMTP answers; "" when it goes on.
std::string_view smtp_text(Told told);
// Of `rewrite subject`: what stands in front of it, and the whole.
inline constexpr std::string_view kSubjectMark = "*** SUSPECT *** ";
std::string rewritten_subject(const MailAnswer& answer);

}  // namespace simwarden
