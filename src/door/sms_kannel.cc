// SPDX-License-Identifier: Apache-2.0
// Kannel: an sms-service asks with get-url, and sends the body of the answer
// to the subscriber who wrote (Kannel user guide, SMS-services). So the body
// is what the settings say for the verdict, and nothing otherwise.
#include "door/doors.h"
#include "door/sms_hook.h"
#include "text/charset.h"

namespace simwarden {
namespace {

HttpReply told(const HttpAsk& ask, Action action) {
  return {.type = "text/plain; charset=utf-8",
          .body = ask.settings.replies[size_t(action)]};
}

// %c: 0 text, 1 binary, 2 UCS-2; %C: UTF-8, 8-BIT, UTF-16BE. Either tells.
std::optional<std::string> text_of(const FormFields& fields,
                                   const std::string& bytes) {
  const std::string* coding = find_value(fields, "coding");
  const std::string* charset = find_value(fields, "charset");
  if (charset != nullptr && *charset == "8-BIT") return std::nullopt;
  if (coding != nullptr && *coding == "1") return std::nullopt;
  std::string_view label = charset == nullptr ? "" : std::string_view(*charset);
  if (coding != nullptr && *coding == "2" && label.empty()) label = "utf-16be";
  return std::string(to_utf8(bytes, label).view.text);
}

HttpReply serve(const HttpAsk& ask) {
  const HookFields read = hook_fields(ask);
  if (read.refusal) return *read.refusal;
  const std::string* text = find_value(read.fields, "text");
  if (text == nullptr) {
    return hook_refusal(ask, "text is missing: get-url has text=%b");
  }
  HookMessage message{.text = text_of(read.fields, *text),
                      .unread = "binary data"};
  const auto put = [&](std::string_view name, std::string& into) {
    const std::string* value = find_value(read.fields, name);
    if (value != nullptr) into = *value;
  };
  put("id", message.id);
  put("phone", message.sender);
  put("to", message.recipient);
  const InForce::Answer answer = judge_hook(ask, message);
  HttpReply reply = told(ask, answer.verdict.action);
  reply.ticket = answer.ticket;
  return reply;
}

HttpReply not_kept(const HttpAsk& ask) {
  return unless_held(ask, told(ask, Action::hold));
}

constexpr HttpRoute kRoutes[] = {
    {.method = "GET",
     .path = "/kannel",
     .role = TokenRole::screen,
     .doc = "takes a message; the answer is what the subscriber is sent",
     .reply = serve,
     .not_kept = not_kept},
    {.method = "POST",
     .path = "/kannel",
     .role = TokenRole::screen,
     .doc = "the same, with the fields in the body",
     .reply = serve,
     .not_kept = not_kept},
};

}  // namespace

Task<void> converse_kannel(Wire& wire, const ListenerSettings& settings,
                           Service& service) {
  co_await converse_routes(wire, settings, service, kRoutes);
}

}  // namespace simwarden
