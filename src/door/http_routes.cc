// SPDX-License-Identifier: Apache-2.0
#include "door/http_routes.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/printable.h"
#include "door/http_batch.h"
#include "door/http_openapi.h"
#include "door/screening.h"
#include "door/unknown_names.h"
#include "door/web_page.h"
#include "intake/json_fault.h"
#include "privacy/masks.h"
#include "text/charset.h"

namespace simwarden {
namespace {

// A text that came without JSON: one message.
Record message_of(std::string_view text) {
  Record record(Kind::message);
  record.set(*find_field(Kind::message, "text"), record.make_text(text));
  record.position = {.line = 1, .byte = 0};
  return record;
}

// `several`: what to do where the body has more than one record.
HttpReply bad_record(const BadRow& bad, std::string_view several) {
  std::string what = bad.message;
  if (bad.code == "J109") what += fmt::format("; {}", several);
  if (bad.code == "J101") {
    what += "; for a text alone say Content-Type: text/plain";
  }
  return problem(400, what, bad.code);
}

constexpr std::string_view kLines =
    "for several records, one a line, say Content-Type: application/x-ndjson "
    "(curl: --data-binary, which keeps the lines)";
constexpr std::string_view kOneRecord = "one record is explained at a time";

// RFC 5646, 4.4.1: who keeps room for so long a tag has room for all.
constexpr size_t kLanguageTagMax = 35;

// "zh" of "a=b&language=zh"; nothing where it is no tag, empty where it is not
// asked for.
std::optional<std::string_view> language_in(std::string_view query) {
  constexpr std::string_view kKey = "language=";
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (!pair.starts_with(kKey)) continue;
    const std::string_view tag = pair.substr(kKey.size());
    const bool right = !tag.empty() && tag.size() <= kLanguageTagMax &&
                       std::all_of(tag.begin(), tag.end(), [](char c) {
                         return c == '-' || is_ascii_letter(c) || is_digit(c);
                       });
    return right ? std::optional(tag) : std::nullopt;
  }
  return std::string_view();
}

// Of a text in another charset only its ASCII would be judged.
std::optional<HttpReply> refuse_other_charset(std::string_view text) {
  const auto bad = find_bad_utf8(text);
  if (!bad) return std::nullopt;
  return problem(400, describe_bad_utf8(text[*bad]), "T101");
}

// A text is a message.
std::optional<HttpReply> refuse_text(std::string_view text,
                                     const ListenerSettings& settings) {
  if (const auto bad = refuse_kind(Kind::message, settings.kind)) {
    return bad_record(*bad, kLines);
  }
  return refuse_other_charset(text);
}

HttpReply screen_json(const HttpAsk& ask, std::string_view body) {
  RecordScreener screener(ask.rules, ask.settings, ask.service);
  const Item& item = screener.item();
  HttpReply reply;
  const auto sitting = ask.rules.sit();
  const Ticket ticket =
      screener.screen(body, *sitting, place_of(ask, 1, body, reply));
  reply.body += '\n';
  if (item.bad) {
    reply = bad_record(*item.bad, kLines);
    reply.counted = true;  // as unreadable
  }
  tell_unknown(item.unknown_keys, reply);
  UnknownNames unknown;
  unknown.add(item.unknown_keys);
  unknown.note(ask.service, ask.settings, ask.correlator.kept);
  reply.ticket = ticket;
  return reply;
}

// Of a body that begin_batch() does not take.
HttpReply screen(const HttpAsk& ask) {
  const std::string type = media_type(ask.head.field("content-type"));
  const std::string_view body = behind_utf8_mark(ask.body);
  if (is_json_type(type)) return screen_json(ask, body);
  if (type != "text/plain") {
    return problem(415, fmt::format("{} is not read here: application/json, "
                                    "application/x-ndjson or text/plain",
                                    type));
  }
  if (auto refused = refuse_text(body, ask.settings)) {
    return *std::move(refused);
  }
  HttpReply reply;
  const auto answer =
      ask.rules.judge(message_of(body), place_of(ask, 1, body, reply));
  reply.body += '\n';
  reply.ticket = answer.ticket;
  return reply;
}

HttpReply explain(const HttpAsk& ask) {
  const std::string type = media_type(ask.head.field("content-type"));
  const std::string_view body = behind_utf8_mark(ask.body);
  const auto language = language_in(ask.head.query);
  if (!language) {
    return problem(400, "language: is no tag of a language, such as zh");
  }
  HttpReply reply{.type = "text/plain; charset=utf-8"};
  if (type == "text/plain") {
    if (auto refused = refuse_text(body, ask.settings)) {
      return *std::move(refused);
    }
    reply.body = ask.rules.explain(message_of(body), *language);
    return reply;
  }
  Item item = parse_json(body, {.kind = ask.settings.kind});
  if (!item.bad) item.bad = refuse_kind(item.record.kind(), ask.settings.kind);
  if (item.bad) return bad_record(*item.bad, kOneRecord);
  tell_unknown(item.unknown_keys, reply);
  reply.body = ask.rules.explain(item.record, *language);
  return reply;
}

// If-None-Match: a list of tags, of which caches make weak ones, or "*" (RFC
// 9110, 13.1.2).
bool is_known(std::string_view tags, std::string_view tag) {
  while (!tags.empty()) {
    const size_t end = std::min(tags.find(','), tags.size());
    std::string_view one = trimmed(tags.substr(0, end), " \t");
    tags.remove_prefix(std::min(end + 1, tags.size()));
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag || one == "*") return true;
  }
  return false;
}

HttpReply policy(const HttpAsk& ask) {
  const std::string tag = fmt::format("\"{}\"", ask.rules.digest());
  HttpReply reply{.fields = {{"ETag", tag}, {"Cache-Control", "no-cache"}}};
  if (is_known(ask.head.field("if-none-match"), tag)) {
    reply.status = 304;
    return reply;
  }
  reply.body = ask.rules.policy_json();
  return reply;
}

HttpReply healthz(const HttpAsk&) {
  return {.type = "text/plain", .body = "ok\n"};
}

HttpReply readyz(const HttpAsk& ask) {
  const Health health = ask.service.health();
  return {.status = health.ready ? 200 : 503, .body = health.json};
}

HttpReply metrics(const HttpAsk& ask) {
  return {.type = "text/plain; version=0.0.4; charset=utf-8",
          .body = ask.service.metrics()};
}

HttpReply status(const HttpAsk& ask) {
  return {.type = "text/html; charset=utf-8",
          .fields = {{"Content-Security-Policy",
                      "default-src 'none'; style-src 'unsafe-inline'"},
                     {"Cache-Control", "no-store"}},
          .body = ask.service.status_page()};
}

HttpReply reply_of(StoreReply reply) {
  switch (reply.how) {
    case StoreReply::How::done: return {.body = std::move(reply.json)};
    case StoreReply::How::not_found: return problem(404, reply.why);
    case StoreReply::How::empty: return problem(400, reply.why);
    case StoreReply::How::wrong: return problem(422, reply.why);
    case StoreReply::How::unavailable: break;
  }
  return problem(503, reply.why);
}

HttpReply stored_verdict(const HttpAsk& ask) {
  constexpr std::string_view kPath = "/v1/verdicts/";
  return reply_of(ask.service.stored_verdict(
      std::string_view(ask.head.path).substr(kPath.size())));
}

HttpReply decisions(const HttpAsk& ask) {
  if (trimmed(behind_utf8_mark(ask.body), " \t\r\n").empty()) {
    return problem(400, "the body is empty: no decision stands in it");
  }
  return reply_of(ask.service.decide(ask.body, std::string(ask.caller)));
}

HttpReply openapi(const HttpAsk&) {
  static const std::string document = openapi_document(http_routes());
  return {.body = document};
}

constexpr HttpRoute kRoutes[] = {
    {"POST", "/v1/screen", TokenRole::screen,
     "a verdict for a record, an array, lines of JSON or a plain text", screen,
     true, nullptr, nullptr, begin_batch},
    {"POST", "/v1/explain", TokenRole::screen,
     "the verdict of one record, drawn for a person", explain},
    {"GET", "/v1/policy", TokenRole::read, "the rules in force, with an ETag",
     policy},
    {"GET", "/v1/verdicts/*", TokenRole::read,
     "a stored verdict by its `stored_as`, with what people decided",
     stored_verdict},
    {"POST", "/v1/decisions", TokenRole::decide,
     "what people decided about stored verdicts", decisions},
    {"POST", "/v1/reload", TokenRole::admin,
     "reads the policies again and puts them in force if they pass", nullptr},
    {"GET", "/healthz", TokenRole::none, "the program runs", healthz},
    {"GET", "/readyz", TokenRole::none, "it can judge, and by which ruleset",
     readyz},
    {"GET", "/metrics", TokenRole::read, "counts for Prometheus", metrics},
    {"GET", "/openapi.json", TokenRole::none, "this description", openapi},
    {"GET", "/", TokenRole::read, "a page about the state of things", status},
};

bool leads_to(const HttpRoute& route, std::string_view path) {
  if (!route.path.ends_with('*')) return route.path == path;
  const std::string_view stem = route.path.substr(0, route.path.size() - 1);
  return path.starts_with(stem) && path.size() > stem.size();
}

// The name of a scheme is of any case (RFC 9110, 11.1).
std::optional<std::string_view> bearer_token(std::string_view field) {
  constexpr std::string_view kScheme = "bearer ";
  if (field.size() < kScheme.size()) return std::nullopt;
  const bool is_bearer = std::equal(
      kScheme.begin(), kScheme.end(), field.begin(),
      [](char ours, char theirs) { return ours == (theirs | 0x20); });
  if (!is_bearer) return std::nullopt;
  return field.substr(kScheme.size());
}

bool answers(const HttpRoute& route, std::string_view method) {
  return route.method == method || route.method == "*" ||
         (route.method == "GET" && method == "HEAD");
}

}  // namespace

std::span<const HttpRoute> http_routes() {
  return kRoutes;
}

// Policies and keys are exchanged each for itself, and each can fail.
HttpReply reload_reply(const Reloaded& done) {
  const std::string keys =
      done.keys_stay.empty()
          ? ""
          : fmt::format("the keys are those of before: {}", done.keys_stay);
  if (!done.ok) {
    const std::string all =
        keys.empty() ? done.why : fmt::format("{}; {}", done.why, keys);
    return done.world_fails ? problem(503, all, "environment")
                            : problem(422, all, "policy");
  }
  if (!keys.empty()) {
    return problem(
        422,
        fmt::format("the policies are in force ({}), {}", done.digest, keys),
        "keys");
  }
  return {.body = fmt::format("{{\"digest\":\"{}\"}}\n", done.digest)};
}

FoundRoute find_route(const HttpHead& head, std::span<const HttpRoute> routes) {
  std::string methods;
  for (const HttpRoute& route : routes) {
    if (!leads_to(route, head.path)) continue;
    if (answers(route, head.method)) return {.route = &route};
    methods += methods.empty() ? "" : ", ";
    methods += route.method;
    if (route.method == "GET") methods += ", HEAD";
  }
  FoundRoute none;
  if (methods.empty()) {
    none.refusal = problem(404, "there is nothing of that name");
  } else {
    none.refusal = problem(405, "this path takes " + methods);
    none.refusal.fields.emplace_back("Allow", methods);
  }
  return none;
}

Admission admit(const HttpHead& head, const HttpRoute& route,
                const ListenerSettings& settings, const Service& service,
                bool password_is_token) {
  if (route.role == TokenRole::none) return {};
  if (!settings.tokens) {
    return {.refusal = refuse_web_page(head, route.role, settings)};
  }
  Caller caller;
  const std::string_view field = head.field("authorization");
  if (const auto token = bearer_token(field)) {
    caller = service.caller_of(*token);
  } else if (password_is_token && !head.field("password").empty()) {
    caller = service.caller_of(head.field("password"));
  }
  if (caller.roles == 0) {
    HttpReply reply = problem(401, "a bearer token is needed");
    reply.fields.emplace_back("WWW-Authenticate", "Bearer");
    return {.refusal = std::move(reply)};
  }
  if ((caller.roles & uint8_t(route.role)) == 0) {
    return {std::move(caller),
            problem(403, "this token does not have the role for it")};
  }
  return {.caller = std::move(caller)};
}

std::optional<HttpReply> refuse_charset(const HttpHead& head) {
  constexpr std::string_view kFine[] = {"", "utf-8", "utf8", "us-ascii",
                                        "ascii"};
  std::string_view rest = head.field("content-type");
  while (rest.find(';') != rest.npos) {
    rest.remove_prefix(rest.find(';') + 1);
    const std::string_view parameter = rest.substr(0, rest.find(';'));
    const size_t equals = std::min(parameter.find('='), parameter.size());
    if (small_letters(trimmed(parameter.substr(0, equals), " \t")) !=
        "charset") {
      continue;
    }
    const std::string charset =
        small_letters(trimmed(parameter.substr(equals), "= \t\"'"));
    if (std::find(std::begin(kFine), std::end(kFine), charset) !=
        std::end(kFine)) {
      continue;
    }
    constexpr size_t kNameBytesMax = 64;
    return problem(415, fmt::format("bodies are read as UTF-8, not as {}",
                                    escaped_text(cut(charset, kNameBytesMax))));
  }
  return std::nullopt;
}

std::string media_type(std::string_view field) {
  std::string type = small_letters(field.substr(0, field.find(';')));
  type.erase(std::remove(type.begin(), type.end(), ' '), type.end());
  return type;
}

}  // namespace simwarden
