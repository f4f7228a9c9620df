// SPDX-License-Identifier: Apache-2.0
// Postfix' SMTP access policy delegation: a request about an envelope, an
// action, and the next request on the same connection. No mail is seen.
#include <fmt/format.h>

#include "door/doors.h"
#include "door/inflow.h"
#include "door/mail_judging.h"
#include "door/policy_request.h"
#include "door/settling.h"
#include "notation/json_object.h"

namespace simwarden {
namespace {

std::string line_of(const PolicyRequest& request,
                    const ListenerSettings& settings) {
  std::string line;
  JsonObject object(line);
  object.text("kind", "message");
  object.text("id",
              request.queue_id.empty() ? request.instance : request.queue_id);
  object.text("transport", "email");
  object.text("country", settings.country);
  object.text("sender", request.sender);
  append_json_string(object.key("return_path"), request.sender);
  // An envelope has none; without a word of it a text would count as lost.
  append_json_string(object.key("text"), "");
  if (!request.recipient.empty()) {
    object.texts("recipients", {request.recipient});
  }
  object.close();
  return line;
}

MailAnswer judge_envelope(const PolicyRequest& request,
                          const ListenerSettings& settings,
                          const Service& service) {
  const std::string line = line_of(request, settings);
  const Item item = parse_json(line, {.kind = KindChoice::message});
  const auto rules = service.in_force(settings);
  auto judged = rules->judge(
      item.record, {.source = settings.name,
                    .line = 1,
                    .bytes = line,
                    .correlator = {queue_correlator(request.queue_id)},
                    .reasons = false});
  MailAnswer answer{.verdict = std::move(judged.verdict),
                    .ticket = judged.ticket};
  answer.told = settings.answers.of(answer.verdict.action);
  return answer;
}

// access(5). A header field is one line and there is one of them.
std::string action_of(const MailAnswer& answer) {
  switch (answer.told) {
    case Told::no_action: return "DUNNO";
    case Told::add_header:
    case Told::rewrite_subject:
      return fmt::format(
          "PREPEND X-Simwarden-Envelope: {}; score={:.2f}; "
          "rules={}",
          name_of(told_action(answer)), answer.verdict.score,
          names_of_acting(answer));
    case Told::quarantine: return "HOLD held by policy";
    case Told::soft_reject:
      return fmt::format("DEFER_IF_PERMIT 4.7.1 {}", smtp_text(answer.told));
    case Told::reject:
      return fmt::format("REJECT 5.7.1 {}", smtp_text(answer.told));
  }
  return "DUNNO";
}

class PolicyConversation {
 public:
  PolicyConversation(Wire& wire, const ListenerSettings& settings,
                     Service& service)
      : wire_(wire),
        settings_(settings),
        service_(service),
        inflow_(wire, settings) {}

  Task<void> run() {
    while (co_await request_arrives()) {
      const size_t size = policy_request_size(inflow_.bytes());
      PolicyRequest request;
      const bool fine =
          read_policy_request(inflow_.bytes().substr(0, size), request);
      inflow_.drop(size);
      if (!fine) {
        note(DoorEvent::malformed);
        co_await say_trouble();
        co_return;
      }
      std::string action = co_await answer(request);
      if (!co_await say(std::move(action))) co_return;
    }
  }

  // One request is told that there are too many.
  Task<void> refuse() {
    const bool asked = co_await request_arrives();
    if (asked) co_await say_trouble();
  }

 private:
  void note(DoorEvent event) {
    service_.note(settings_, event, {.client = wire_.client()});
  }

  Task<bool> request_arrives() {
    while (true) {
      const size_t size = policy_request_size(inflow_.bytes());
      if ((size > 0 ? size : inflow_.bytes().size()) > kPolicyRequestBytesMax) {
        note(DoorEvent::too_large);
        co_await say_trouble();
        co_return false;
      }
      if (size > 0) {
        has_asked_ = true;
        co_return true;
      }
      const bool begun = !inflow_.bytes().empty();
      const WireState state = co_await inflow_.more(!begun, !has_asked_);
      if (state == WireState::open) continue;
      const bool is_mute = !has_asked_ && state == WireState::too_slow;
      if (begun || is_mute) {
        note(state == WireState::too_slow ? DoorEvent::too_slow
                                          : DoorEvent::broken);
      }
      co_return false;
    }
  }

  // All requests about one mail have one instance, and PREPEND adds a field
  // each time: the first is enough.
  Task<std::string> answer(const PolicyRequest& request) {
    MailAnswer answer = judged_or_on_error(service_, settings_, [&] {
      return judge_envelope(request, settings_, service_);
    });
    co_await settle_answer(service_, settings_, answer);
    std::string action = action_of(answer);
    if (!action.starts_with("PREPEND") || request.instance.empty()) {
      co_return action;
    }
    if (request.instance == prepended_) co_return "DUNNO";
    prepended_ = request.instance;
    co_return action;
  }

  // With a name of its own: g++ 12 loses its place in a coroutine that waits
  // with temporaries of this size (refuse() ended the program).
  Task<void> say_trouble() {
    std::string action = action_of(answer_on_error(settings_));
    co_await say(std::move(action));
  }

  Task<bool> say(std::string action) {
    const std::string line = "action=" + action + "\n\n";
    const WireState state =
        co_await wire_.write(line, settings_.timeouts.write);
    co_return state == WireState::open;
  }

  Wire& wire_;
  const ListenerSettings& settings_;
  Service& service_;
  Inflow inflow_;
  bool has_asked_ = false;
  std::string prepended_;
};

}  // namespace

Task<void> converse_postfix_policy(Wire& wire, const ListenerSettings& settings,
                                   Service& service) {
  PolicyConversation conversation(wire, settings, service);
  co_await conversation.run();
}

Task<void> refuse_postfix_policy(Wire& wire, const ListenerSettings& settings,
                                 Service& service) {
  PolicyConversation conversation(wire, settings, service);
  co_await conversation.refuse();
}

}  // namespace simwarden
