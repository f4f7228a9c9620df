// SPDX-License-Identifier: Apache-2.0
// The Jasmin SMS gateway: what its deliverSmHttpThrower hands over (receiving
// SMS-MO of its manual), and a question that an interceptor script can ask
// before a message goes on (docs/serve_sms.md).
#include <charconv>

#include <fmt/format.h>

#include "diag/hex.h"
#include "door/doors.h"
#include "door/sms_hook.h"
#include "door/sms_text.h"
#include "notation/json_object.h"

namespace simwarden {
namespace {

constexpr std::string_view kAcknowledged = "ACK/Jasmin";
// SMPP v3.4, 5.1.3: the submission failed; and how Jasmin's HTTP API says it.
constexpr uint64_t kSubmitFailed = 0x45;
constexpr uint64_t kForbidden = 403;

std::string value_of(const FormFields& fields, std::string_view name) {
  const std::string* value = find_value(fields, name);
  return value == nullptr ? std::string() : *value;
}

std::optional<int> coding_of(const FormFields& fields) {
  const std::string* value = find_value(fields, "coding");
  if (value == nullptr || value->empty()) return 0;
  int coding = 0;
  const char* end = value->data() + value->size();
  const auto [at, wrong] = std::from_chars(value->data(), end, coding);
  if (wrong != std::errc() || at != end) return std::nullopt;
  return coding;
}

// Whether a user data header stands in front: nullopt when nobody says.
struct HeaderSaid {
  std::optional<bool> has_header;
  bool garbled = false;
};
HeaderSaid header_said(const FormFields& fields) {
  const std::string value = value_of(fields, "udhi");
  if (value.empty()) return {};
  const bool yes = value == "true" || value == "1";
  if (!yes && value != "false" && value != "0") return {.garbled = true};
  return {.has_header = yes};
}

// `binary` has the bytes as the network delivered them; `content` has the same
// bytes where no gateway on the way took them for text.
std::optional<std::string> bytes_of(const FormFields& fields) {
  const std::string* hex = find_value(fields, "binary");
  if (hex != nullptr && !hex->empty()) return from_hex(*hex);
  const std::string* content = find_value(fields, "content");
  if (content != nullptr) return *content;
  if (hex != nullptr) return std::string();
  return std::nullopt;
}

struct Delivery {
  HookMessage message;
  std::optional<HttpReply> refusal;
};

Delivery read_delivery(const HttpAsk& ask) {
  Delivery delivery;
  const HookFields read = hook_fields(ask);
  if (read.refusal) {
    delivery.refusal = read.refusal;
    return delivery;
  }
  const auto coding = coding_of(read.fields);
  const auto bytes = bytes_of(read.fields);
  const HeaderSaid header = header_said(read.fields);
  if (!coding || !bytes || header.garbled) {
    delivery.refusal = hook_refusal(
        ask,
        "content, or binary in hex digits, and a coding that is a number "
        "are needed; udhi is true or false");
    return delivery;
  }
  delivery.message = {
      .id = value_of(read.fields, "id"),
      .sender = value_of(read.fields, "from"),
      .recipient = value_of(read.fields, "to"),
      .text = sms_text(*bytes, {.scheme = *coding,
                                .latin1 = ask.settings.latin1,
                                .has_header = header.has_header}),
      .unread = fmt::format("data coding {}", *coding)};
  return delivery;
}

HttpReply deliver(const HttpAsk& ask) {
  const Delivery delivery = read_delivery(ask);
  if (delivery.refusal) return *delivery.refusal;
  return {.type = "text/plain",
          .body = std::string(kAcknowledged),
          .ticket = judge_hook(ask, delivery.message).ticket};
}

HttpReply intercept_reply(Action action, double score,
                          const std::vector<std::string>& reasons) {
  const bool rejected = action == Action::refuse;
  HttpReply reply;
  JsonObject object(reply.body);
  object.text("action", name_of(action));
  object.number("score", score);
  object.texts("reasons", reasons);
  object.whole("smpp_status", rejected ? kSubmitFailed : 0);
  object.whole("http_status", rejected ? kForbidden : 0);
  object.close();
  reply.body += '\n';
  return reply;
}

HttpReply intercept(const HttpAsk& ask) {
  const Delivery delivery = read_delivery(ask);
  if (delivery.refusal) return *delivery.refusal;
  const InForce::Answer answer = judge_hook(ask, delivery.message);
  HttpReply reply = intercept_reply(answer.verdict.action, answer.verdict.score,
                                    reasons_of(answer.verdict));
  reply.ticket = answer.ticket;
  return reply;
}

HttpReply not_kept(const HttpAsk& ask) {
  return unless_held(ask, intercept_reply(Action::hold, 0, {}));
}

// A delivery that could not be kept is not acknowledged: Jasmin comes again.
constexpr HttpRoute kRoutes[] = {
    {.method = "GET",
     .path = "/jasmin",
     .role = TokenRole::screen,
     .doc = "takes a delivery and acknowledges it",
     .reply = deliver},
    {.method = "POST",
     .path = "/jasmin",
     .role = TokenRole::screen,
     .doc = "the same, with the fields in the body",
     .reply = deliver},
    {.method = "POST",
     .path = "/jasmin/intercept",
     .role = TokenRole::screen,
     .doc = "a verdict, and the statuses by which a script rejects",
     .reply = intercept,
     .not_kept = not_kept},
};

}  // namespace

Task<void> converse_jasmin(Wire& wire, const ListenerSettings& settings,
                           Service& service) {
  co_await converse_routes(wire, settings, service, kRoutes);
}

}  // namespace simwarden
