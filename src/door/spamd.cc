// SPDX-License-Identifier: Apache-2.0
// SpamAssassin's protocol, SPAMC/1.2 to 1.5: one request a connection.
#include <algorithm>

#include <fmt/format.h>

#include "door/doors.h"
#include "door/last_words.h"
#include "door/learning.h"
#include "door/line_conversation.h"
#include "door/settling.h"
#include "door/unpacking.h"

namespace simwarden {
namespace {

constexpr std::string_view kTrouble = "SPAMD/1.0";

class SpamdConversation {
 public:
  SpamdConversation(Wire& wire, const ListenerSettings& settings,
                    Service& service)
      : settings_(settings),
        service_(service),
        unpacked_held_(service.memory(settings)),
        lines_(wire, settings, service, "SPAMC") {}

  Task<void> run() {
    auto request = co_await lines_.read();
    if (!request) {
      if (!lines_.trouble().empty()) co_await lines_.say(lines_.trouble());
      co_return;
    }
    const std::string& command = request->head.command;
    if (command == "SKIP") co_return;
    if (command == "PING") {
      co_await lines_.say("SPAMD/1.5 0 PONG\r\n");
    } else if (const Unpacking done = unpack(*request);
               done == Unpacking::no_memory) {
      lines_.note(DoorEvent::busy);
      co_await trouble(kSpamTempfail, kSpamBusy);
    } else if (done == Unpacking::wrong) {
      lines_.note(DoorEvent::malformed);
      co_await trouble(kSpamProtocol,
                       "Bad header line: (Compress: the body cannot be "
                       "unpacked)");
    } else if (command == "TELL") {
      co_await tell(*request);
    } else if (is_spamd_check(command)) {
      co_await check(*request);
    } else {
      lines_.note(DoorEvent::malformed);
      co_await trouble(kSpamProtocol, "Bad header line: (Unknown command)");
    }
  }

 private:
  Task<void> trouble(int code, std::string_view why) {
    co_await lines_.say(spam_trouble(kTrouble, code, why));
  }

  Unpacking unpack(LineRequest& request) {
    const std::string_view how = request.head.field("compress");
    if (how.empty()) return Unpacking::done;
    if (how != "zlib") return Unpacking::wrong;
    return unpack_zlib(request.body, settings_.limits.request_bytes,
                       unpacked_held_);
  }

  Task<void> check(const LineRequest& request) {
    const auto rules = service_.in_force(settings_);
    MailAnswer answer = judged_or_on_error(service_, settings_, [&] {
      return judge_mail(request.body, Envelope(), settings_, *rules,
                        {.reasons = is_report(request.head)});
    });
    co_await settle_answer(service_, settings_, answer);
    if (answer.told == Told::soft_reject && answer.skipped) {
      co_await trouble(kSpamTempfail, "EX_TEMPFAIL it could not be judged");
      co_return;
    }
    const SpamVerdict verdict =
        spam_verdict(answer, settings_.answers, rules->scores());
    co_await lines_.say(
        spamd_reply(request.head, request.body, answer, verdict));
  }

  Task<void> tell(const LineRequest& request) {
    const std::string_view label = request.head.field("message-class");
    const bool sets =
        request.head.field("set").find("local") != std::string_view::npos;
    if (!sets || (label != "spam" && label != "ham")) {
      co_await trouble(kSpamUnavailable,
                       "Service Unavailable: (only Set: local with a "
                       "Message-class of spam or ham is kept here)");
      co_return;
    }
    const auto rules = service_.in_force(settings_);
    const Envelope none;
    const HandedIn handed{.mail = request.body,
                          .envelope = none,
                          .spam = label == "spam",
                          .by = settings_.name};
    const Learned learned = co_await learn(handed, settings_, service_, *rules);
    if (!learned.done) {
      co_await trouble(
          kSpamUnavailable,
          fmt::format("Service Unavailable: ({})", one_line(learned.why)));
      co_return;
    }
    co_await lines_.say("SPAMD/1.1 0 EX_OK\r\nDidSet: local\r\n\r\n\r\n");
  }

  const ListenerSettings& settings_;
  Service& service_;
  HeldMemory unpacked_held_;
  LineConversation lines_;
};

}  // namespace

Task<void> converse_spamd(Wire& wire, const ListenerSettings& settings,
                          Service& service) {
  SpamdConversation conversation(wire, settings, service);
  co_await conversation.run();
}

Task<void> refuse_spamd(Wire& wire, const ListenerSettings& settings,
                        Service&) {
  const std::string bytes =
      spam_trouble(kTrouble, kSpamTempfail, "EX_TEMPFAIL too many connections");
  co_await say_last(wire, bytes, settings.timeouts.write);
}

}  // namespace simwarden
