// SPDX-License-Identifier: Apache-2.0
// tg-spam's HTTP API, for bots and plugins that ask it: POST /check and
// GET /ping.
#include "door/doors.h"
#include "door/sms_hook.h"
#include "notation/json_object.h"

namespace simwarden {
namespace {

// A check is bad when all of it is: its users take `spam` for any(checks).
HttpReply check_reply(bool spam, const std::vector<Finding>& findings) {
  HttpReply reply;
  JsonObject object(reply.body);
  std::string& checks = object.key("checks");
  checks += '[';
  for (const Finding& finding : findings) {
    if (!finding.acts()) continue;
    if (checks.back() != '[') checks += ',';
    JsonObject check(checks);
    check.text("name", finding.rule);
    check.flag("spam", spam);
    append_json_string(check.key("details"), finding.reason);
    check.close();
  }
  checks += ']';
  object.flag("spam", spam);
  object.close();
  reply.body += '\n';
  return reply;
}

HttpReply check(const HttpAsk& ask) {
  const HookFields read = hook_fields(ask);
  if (read.refusal) return *read.refusal;
  const std::string* text = find_value(read.fields, "msg");
  if (text == nullptr) return hook_refusal(ask, "msg is missing");
  HookMessage message{.text = *text, .transport = "chat"};
  for (const std::string_view name : {"user_name", "user_id"}) {
    const std::string* value = find_value(read.fields, name);
    if (message.sender.empty() && value != nullptr) message.sender = *value;
  }
  const InForce::Answer answer = judge_hook(ask, message);
  HttpReply reply =
      check_reply(is_bad(answer.verdict.action), answer.verdict.findings);
  reply.ticket = answer.ticket;
  return reply;
}

HttpReply not_kept(const HttpAsk& ask) {
  return unless_held(ask, check_reply(true, {}));
}

HttpReply ping(const HttpAsk&) {
  return {.type = "text/plain", .body = "pong"};
}

constexpr HttpRoute kRoutes[] = {
    {.method = "POST",
     .path = "/check",
     .role = TokenRole::screen,
     .doc = "whether a message is spam, and by which rules",
     .reply = check,
     .not_kept = not_kept},
    {.method = "GET",
     .path = "/ping",
     .role = TokenRole::none,
     .doc = "pong",
     .reply = ping},
};

}  // namespace

Task<void> converse_tg_spam(Wire& wire, const ListenerSettings& settings,
                            Service& service) {
  co_await converse_routes(wire, settings, service, kRoutes);
}

}  // namespace simwarden
