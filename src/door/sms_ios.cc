// SPDX-License-Identifier: Apache-2.0
// The message filter of iOS (ILMessageFilterExtension): the telephone hands a
// message of an unknown sender to the server of the app that its owner has
// chosen. Apple says what comes (deferQueryRequestToNetwork); the answer is
// between the app and its server, and is ours (docs/serve_sms.md).
#include <simdjson.h>

#include "door/doors.h"
#include "door/doubled_name.h"
#include "door/sms_hook.h"
#include "notation/json_object.h"
#include "text/charset.h"

namespace simwarden {
namespace {

// Apple's words for what becomes of a message (ILMessageFilterAction).
HttpReply ios_reply(bool junk, const std::vector<std::string>& reasons) {
  HttpReply reply;
  JsonObject object(reply.body);
  object.text("action", junk ? "junk" : "none");
  object.texts("reasons", reasons);
  object.close();
  reply.body += '\n';
  return reply;
}

// Whether a name that is read stands there once.
bool is_plain(const simdjson::simdjson_result<simdjson::dom::element>& root) {
  const auto query = root["query"];
  return !doubled_name(root) && !doubled_name(query) &&
         !doubled_name(query["message"]);
}

std::optional<HookMessage> read_query(std::string_view body) {
  simdjson::dom::parser parser;
  const auto root = parser.parse(body.data(), body.size());
  simdjson::dom::element query;
  std::string_view text;
  if (!is_plain(root) || root["query"].get(query) ||
      query["message"]["text"].get_string().get(text)) {
    return std::nullopt;
  }
  HookMessage message{.text = std::string(text)};
  std::string_view sender;
  if (!query["sender"].get_string().get(sender)) message.sender = sender;
  return message;
}

HttpReply filter(const HttpAsk& ask) {
  const auto message = read_query(behind_utf8_mark(ask.body));
  if (!message) {
    return hook_refusal(ask,
                        "no JSON with query.message.text, as iOS sends, and "
                        "each name once");
  }
  const InForce::Answer answer = judge_hook(ask, *message);
  HttpReply reply =
      ios_reply(is_bad(answer.verdict.action), reasons_of(answer.verdict));
  reply.ticket = answer.ticket;
  return reply;
}

HttpReply not_kept(const HttpAsk& ask) {
  return unless_held(ask, ios_reply(true, {}));
}

constexpr HttpRoute kRoutes[] = {
    {.method = "POST",
     .path = "/ios",
     .role = TokenRole::screen,
     .doc = "what becomes of a message, in Apple's words",
     .reply = filter,
     .not_kept = not_kept},
};

}  // namespace

Task<void> converse_ios(Wire& wire, const ListenerSettings& settings,
                        Service& service) {
  co_await converse_routes(wire, settings, service, kRoutes);
}

}  // namespace simwarden
