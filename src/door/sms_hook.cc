// SPDX-License-Identifier: Apache-2.0
#include "door/sms_hook.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "door/doubled_name.h"
#include "intake/intake.h"
#include "notation/json_object.h"
#include "privacy/masks.h"
#include "text/charset.h"

namespace simwarden {
namespace {

std::string text_of(const simdjson::dom::element& value) {
  std::string_view text;
  if (!value.get_string().get(text)) return std::string(text);
  if (value.is_number() || value.is_bool()) return simdjson::minify(value);
  return {};
}

constexpr std::string_view kUnreadable =
    "the fields cannot be read: no JSON, or too many";

std::string given_twice(std::string_view name) {
  return fmt::format("“{}” is given twice", mask_text(name));
}

// Why the body is no such object; "": it is.
std::string read_flat_json(std::string_view body, FormFields& fields) {
  simdjson::dom::parser parser;
  const auto root = parser.parse(body.data(), body.size());
  simdjson::dom::object object;
  if (root.get_object().get(object)) return std::string(kUnreadable);
  if (const auto name = doubled_name(root)) return given_twice(*name);
  for (const auto& [key, value] : object) {
    if (value.is_object() || value.is_array() || value.is_null()) continue;
    if (fields.size() == kFormFieldsMax) return std::string(kUnreadable);
    fields.emplace_back(key, text_of(value));
  }
  return {};
}

// What is wrong with the fields; "": nothing.
std::string read_fields(std::string_view query, std::string_view body,
                        FormFields& fields) {
  if (!read_form(query, fields)) return std::string(kUnreadable);
  if (body.starts_with('{')) {
    std::string wrong = read_flat_json(body, fields);
    if (!wrong.empty()) return wrong;
  } else if (!read_form(body, fields)) {
    return std::string(kUnreadable);
  }
  for (size_t i = 0; i < fields.size(); ++i) {
    const std::string& name = fields[i].first;
    if (find_value(fields, name) != &fields[i].second) return given_twice(name);
  }
  return {};
}

// In the place of a text that nobody can read stands a list, which is no text:
// an invalid value makes the record one for review.
std::string line_of(const HookMessage& message,
                    const ListenerSettings& settings) {
  std::string line;
  JsonObject object(line);
  object.text("kind", "message");
  object.text("id", message.id);
  object.text("transport", message.transport);
  object.text("country", settings.country);
  if (message.text) {
    append_json_string(object.key("text"), *message.text);
  } else {
    object.texts("text", {message.unread});
  }
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
  const std::string wrong =
      read_fields(ask.head.query, behind_utf8_mark(ask.body), read.fields);
  if (!wrong.empty()) read.refusal = hook_refusal(ask, wrong);
  return read;
}

HttpReply hook_refusal(const HttpAsk&, std::string_view why) {
  return problem(400, why);
}

HttpReply unless_held(const HttpAsk& ask, HttpReply held) {
  if (ask.settings.on_error == OnError::hold) return held;
  HttpReply reply = problem(503, "it could not be judged, or not be kept");
  reply.fields.emplace_back("Retry-After", "1");
  return reply;
}

InForce::Answer judge_hook(const HttpAsk& ask, const HookMessage& message) {
  const std::string line = line_of(message, ask.settings);
  const Item item = parse_json(line, {.kind = KindChoice::message});
  return ask.rules.judge(item.record,
                         {.source = ask.settings.name,
                          .line = 1,
                          .bytes = line,
                          .correlator = ask.correlator,
                          .sent_by = SentBy{.caller = ask.caller}});
}

std::vector<std::string> reasons_of(const Verdict& verdict) {
  std::vector<std::string> reasons;
  for (const Finding& finding : verdict.findings) {
    if (finding.acts()) reasons.push_back(finding.reason);
  }
  return reasons;
}

}  // namespace simwarden
