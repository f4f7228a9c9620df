// SPDX-License-Identifier: Apache-2.0
// RSPAMC/1.3: what Exim speaks with `variant=rspamd`. One request a
// connection; the client keeps its side open.
#include "door/doors.h"
#include "door/last_words.h"
#include "door/line_conversation.h"
#include "door/rspamd_request.h"
#include "door/settling.h"

namespace simwarden {
namespace {

constexpr std::string_view kTrouble = "RSPAMD/1.3";

// The fields are those of rspamd's HTTP.
Envelope envelope_of(const SpamRequest& head) {
  HttpHead fields;
  for (const SpamRequest::Field& field : head.fields) {
    fields.fields.emplace_back(field.name, field.value);
  }
  return read_rspamd_request(fields).envelope;
}

bool is_check(std::string_view command) {
  return is_spamd_check(command) && command != "HEADERS";
}

// Exim reads "no action" from every reply that it can parse: what was not
// judged gets a line that it cannot, and its `defer_ok` decides.
Task<std::string> answer(const LineRequest& request,
                         const ListenerSettings& settings, Service& service) {
  const auto rules = service.in_force(settings);
  MailAnswer answer = judged_or_on_error(service, settings, [&] {
    return judge_mail(request.body, envelope_of(request.head), settings,
                      *rules);
  });
  co_await settle_answer(service, settings, answer);
  if (answer.told == Told::soft_reject && answer.skipped) {
    co_return spam_trouble(kTrouble, kSpamTempfail, "it could not be judged");
  }
  co_return rspamc_reply(answer, rules->scores());
}

}  // namespace

Task<void> converse_rspamc(Wire& wire, const ListenerSettings& settings,
                           Service& service) {
  LineConversation lines(wire, settings, service, "RSPAMC");
  const auto request = co_await lines.read();
  if (!request) {
    if (!lines.trouble().empty()) co_await lines.say(lines.trouble());
    co_return;
  }
  const std::string& command = request->head.command;
  if (command == "SKIP") co_return;
  if (command == "PING") {
    co_await lines.say("RSPAMD/1.3 0 PONG\r\n");
  } else if (is_check(command)) {
    co_await lines.say(co_await answer(*request, settings, service));
  } else {
    lines.note(DoorEvent::malformed);
    co_await lines.say(
        spam_trouble(kTrouble, kSpamProtocol, "invalid command"));
  }
}

Task<void> refuse_rspamc(Wire& wire, const ListenerSettings& settings,
                         Service&) {
  const std::string bytes =
      spam_trouble(kTrouble, kSpamTempfail, "too many connections");
  co_await say_last(wire, bytes, settings.timeouts.write);
}

}  // namespace simwarden
