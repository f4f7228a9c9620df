// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "door/form.h"
#include "door/http_routes.h"

// What the hooks of SMS gateways and chats share: fields of a request, a
// message out of them, its verdict. Each hook is a file of its own
// (sms_ios.cc, sms_jasmin.cc, sms_kannel.cc, sms_tg_spam.cc).
namespace simwarden {

// What a gateway hands over. Texts are UTF-8; what is empty was not said.
struct HookMessage {
  std::string id;
  std::string sender;
  std::string recipient;
  std::optional<std::string> text;  // nullopt: nobody can read it
  std::string unread;               // then: what it is instead, for a person
  std::string_view transport = "sms";
};

// The fields of a request: its query, and its body, a form or (when it begins
// with "{", for clients forget to name the type) one JSON object, whose texts,
// numbers and truths count; the rest is left out. `refusal`: what is wrong.
struct HookFields {
  FormFields fields;
  std::optional<HttpReply> refusal;
};
HookFields hook_fields(const HttpAsk& ask);

// 400 of a request that lacks or garbles something.
HttpReply hook_refusal(const HttpAsk& ask, std::string_view why);

// What is said when a verdict could not be kept: `held` at a door that holds
// (on_error), otherwise 503, so that the gateway comes again.
HttpReply unless_held(const HttpAsk& ask, HttpReply held);

// Judges it as `screen` judges the JSON line of the same fields.
InForce::Answer judge_hook(const HttpAsk& ask, const HookMessage& message);

// Why the verdict is what it is, for a person: a reason a finding, the
// strongest first, masked.
std::vector<std::string> reasons_of(const Verdict& verdict);

// Whether whoever can only take or leave a message should leave it.
inline bool is_bad(Action action) {
  return action >= Action::hold;
}

}  // namespace simwarden
