// SPDX-License-Identifier: Apache-2.0
#include "door/sms_hook.h"

#include <simdjson.h>

#include "intake/intake.h"
#include "notation/json_object.h"
#include "text/charset.h"

namespace simwarden {
namespace {

std::string text_of(const simdjson::dom::element& value) {
  std::string_view text;
  if (!value.get_string().get(text)) return std::string(text);
  if (value.is_number() || value.is_bool()) return simdjson::minify(value);
  return {};
}

// False when the body is no such object, or has too many members.
bool read_flat_json(std::string_view body, FormFields& fields) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(body.data(), body.size()).get_object().get(object)) {
    return false;
  }
  for (const auto& [key, value] : object) {
    if (value.is_object() || value.is_array() || value.is_null()) continue;
    if (fields.size() == kFormFieldsMax) return false;
    fields.emplace_back(key, text_of(value));
  }
  return true;
}

std::string line_of(const HookMessage& message) {
  std::string line;
  JsonObject object(line);
  object.text("kind", "message");
  object.text("id", message.id);
  object.text("transport", message.transport);
  if (message.text) append_json_string(object.key("text"), *message.text);
  object.text("sender", message.sender);
  if (!message.recipient.empty()) {
    object.texts("recipients", {message.recipient});
  }
  object.close();
  return line;
}

}  // namespace

HookFields hook_fields(const HttpAsk& ask) {
  HookFields read;
  if (media_type(ask.head.field("content-type")) == "multipart/form-data") {
    read.refusal = problem(415,
                           "no multipart is read here: "
                           "application/x-www-form-urlencoded or JSON");
    return read;
  }
  const std::string_view body = behind_utf8_mark(ask.body);
  const bool json = body.starts_with('{');
  const bool fine =
      read_form(ask.head.query, read.fields) &&
      (json ? read_flat_json(body, read.fields) : read_form(body, read.fields));
  if (!fine) {
    read.refusal =
        hook_refusal(ask, "the fields cannot be read: no JSON, or too many");
  }
  return read;
}

HttpReply hook_refusal(const HttpAsk&, std::string_view why) {
  return problem(400, why);
}

HttpReply unless_held(const HttpAsk& ask, HttpReply held) {
  if (ask.settings.on_error == OnError::hold) return held;
  HttpReply reply = problem(503, "what was judged could not be kept");
  reply.fields.emplace_back("Retry-After", "1");
  return reply;
}

InForce::Answer judge_hook(const HttpAsk& ask, const HookMessage& message) {
  const std::string line = line_of(message);
  const Item item = parse_json(line, {.kind = KindChoice::message});
  return ask.rules.judge(item.record, {.source = ask.settings.name,
                                       .line = 1,
                                       .bytes = line,
                                       .correlator = ask.correlator});
}

std::vector<std::string> reasons_of(const Verdict& verdict) {
  std::vector<std::string> reasons;
  for (const Finding& finding : verdict.findings) {
    if (finding.acts()) reasons.push_back(finding.reason);
  }
  return reasons;
}

}  // namespace simwarden
