// SPDX-License-Identifier: Apache-2.0
#include "door/sms_hook.h"

#include <algorithm>

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

std::string decoded(std::string_view bytes, const Charset& charset) {
  std::string text;
  CharsetStream(charset).decode(bytes, true, text);
  return text;
}

// The table of the standard; what is not in it, and not reserved, is binary.
std::string_view charset_of(int coding) {
  switch (coding) {
    case 1:
    case 3: return "iso-8859-1";
    case 5: return "iso-2022-jp";
    case 6: return "iso-8859-5";
    case 7: return "iso-8859-8";
    case 8: return "utf-16be";
    case 13: return "euc-jp";
    case 14: return "euc-kr";
    default: return {};
  }
}

std::string default_alphabet(std::string_view bytes, bool latin1) {
  const bool beyond = std::any_of(bytes.begin(), bytes.end(),
                                  [](char c) { return (c & 0x80) != 0; });
  if (!beyond && !latin1) return decoded(bytes, gsm_default_alphabet());
  if (count_utf8(bytes).bad == 0) return std::string(bytes);
  return decoded(bytes, *find_charset("iso-8859-1"));
}

}  // namespace

HookFields hook_fields(const HttpAsk& ask) {
  HookFields read;
  if (media_type(ask.head.field("content-type")) == "multipart/form-data") {
    ask.service.note(ask.settings, DoorEvent::malformed);
    read.refusal = problem(415,
                           "no multipart is read here: "
                           "application/x-www-form-urlencoded or JSON");
    return read;
  }
  const bool json = ask.body.starts_with('{');
  const bool fine = read_form(ask.head.query, read.fields) &&
                    (json ? read_flat_json(ask.body, read.fields)
                          : read_form(ask.body, read.fields));
  if (!fine) {
    read.refusal =
        hook_refusal(ask, "the fields cannot be read: no JSON, or too many");
  }
  return read;
}

HttpReply hook_refusal(const HttpAsk& ask, std::string_view why) {
  ask.service.note(ask.settings, DoorEvent::malformed);
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

std::optional<std::string> sms_text(std::string_view bytes, int coding,
                                    bool latin1) {
  // GSM message classes: bit 2 tells 8-bit data from the default alphabet.
  if (coding >= 0xf0 && coding <= 0xff) {
    if ((coding & 4) != 0) return std::nullopt;
    coding = 0;
  }
  if (coding == 0) return default_alphabet(bytes, latin1);
  const auto charset = find_charset(charset_of(coding));
  if (!charset) return std::nullopt;
  return decoded(bytes, *charset);
}

}  // namespace simwarden
