// SPDX-License-Identifier: Apache-2.0
// rspamd's HTTP protocol: the scanner's paths. Those of its controller are in
// rspamd_controller.cc; clients find both at one door.
#include <vector>

#include <fmt/format.h>
#include <zstd.h>

#include "door/brought_mail.h"
#include "door/doors.h"
#include "door/http_routes.h"
#include "door/last_words.h"
#include "door/marked_mail.h"
#include "door/rspamd_controller.h"
#include "door/rspamd_reply.h"

namespace simwarden {
namespace {

// Answers are small: speed, not size.
constexpr int kZstdLevel = 1;

std::string packed(const std::string& body) {
  std::string out(ZSTD_compressBound(body.size()), '\0');
  const size_t size = ZSTD_compress(out.data(), out.size(), body.data(),
                                    body.size(), kZstdLevel);
  out.resize(ZSTD_isError(size) ? 0 : size);
  return out;
}

void pack(HttpReply& reply) {
  std::string small = packed(reply.body);
  if (small.empty()) return;
  reply.body = std::move(small);
  reply.fields.emplace_back("Compression", "zstd");
  reply.fields.emplace_back("Content-Encoding", "zstd");
}

HttpReply told(const HttpAsk& ask, const RspamdRequest& request,
               const MailAnswer& answer, std::string_view mail, bool legacy) {
  HttpReply reply{.ticket = answer.ticket};
  RspamdForm form{.legacy = legacy};
  if (!request.envelope.plain) form.forged = forged_fields(mail);
  reply.body = rspamd_json(answer, request, ask.settings.answers,
                           ask.rules.scores(), form);
  const bool rewrites =
      request.body_block && answer.told == Told::rewrite_subject && !legacy;
  if (rewrites) {
    reply.fields.emplace_back("Message-Offset",
                              fmt::format("{}", reply.body.size()));
    auto fields = fields_of(answer);
    fields.push_back({"Subject", rewritten_subject(answer)});
    reply.body += with_fields(mail, fields, {kOwnFields, "Subject:"});
  }
  if (request.packs_reply) pack(reply);
  return reply;
}

HttpReply not_kept(const HttpAsk& ask, const MailAnswer& answer, bool legacy) {
  const RspamdRequest request = read_rspamd_request(ask.head);
  BroughtMail brought(ask);
  (void)brought.unpack(ask, request);  // what was wrong was told before
  return told(ask, request, answer, brought.bytes(), legacy);
}

HttpReply check(const HttpAsk& ask, bool legacy) {
  RspamdRequest request = read_rspamd_request(ask.head);
  BroughtMail brought(ask);
  auto wrong = brought.unpack(ask, request);
  const std::string_view mail = brought.bytes();
  if (request.skip) return told(ask, request, {.skipped = true}, mail, legacy);
  if (wrong) {
    if (wrong->status == 503) ask.note_busy();
    return *std::move(wrong);
  }
  request.envelope.correlator = ask.correlator.kept;
  MailAnswer answer =
      judge_mail(mail, request.envelope, ask.settings, ask.rules,
                 {.reasons = true,
                  .leads = request.urls_at_length ? LeadsWanted::urls
                                                  : LeadsWanted::hosts});
  // Whether it is kept is not known yet.
  if (ask.settings.on_error == OnError::pass) answer.stored_as.clear();
  HttpReply reply = told(ask, request, answer, mail, legacy);
  if (ask.settings.on_error == OnError::hold && answer.ticket.number > 0) {
    reply.unless_kept = [&ask, legacy, judged = std::move(answer)] {
      return not_kept(ask, answer_not_kept(judged, ask.settings), legacy);
    };
  }
  return reply;
}

HttpReply check_now(const HttpAsk& ask) {
  return check(ask, false);
}
HttpReply check_legacy(const HttpAsk& ask) {
  return check(ask, true);
}

HttpReply not_kept_now(const HttpAsk& ask) {
  return not_kept(ask, answer_on_error(ask.settings), false);
}
HttpReply not_kept_legacy(const HttpAsk& ask) {
  return not_kept(ask, answer_on_error(ask.settings), true);
}

constexpr HttpRoute checks(std::string_view path) {
  return {"*",
          path,
          TokenRole::screen,
          "a mail, judged; the answer as rspamd 1.6 and older gave it",
          check_legacy,
          false,
          not_kept_legacy};
}

constexpr HttpRoute kScanner[] = {
    {"*", "/checkv2", TokenRole::screen, "a mail, judged", check_now, false,
     not_kept_now},
    checks("/check"),
    checks("/scan"),
    // GET asks for the controller's list; everything else brings a mail.
    {"GET", "/symbols", TokenRole::read, "the rules in force", rspamd_symbols},
    checks("/symbols"),
    checks("/process"),
    checks("/report"),
    checks("/report_ifspam"),
};

std::vector<HttpRoute> all_routes() {
  std::vector<HttpRoute> routes;
  for (const HttpRoute& route : kScanner) routes.push_back(route);
  for (const HttpRoute& route : rspamd_controller_routes()) {
    routes.push_back(route);
  }
  return routes;
}

}  // namespace

std::span<const HttpRoute> rspamd_routes() {
  static const std::vector<HttpRoute> routes = all_routes();
  return routes;
}

Task<void> converse_rspamd(Wire& wire, const ListenerSettings& settings,
                           Service& service) {
  const HttpDialect dialect{.routes = rspamd_routes(),
                            .restate = rspamd_error,
                            .password_is_token = true};
  co_await converse_dialect(wire, settings, service, dialect);
}

Task<void> refuse_rspamd(Wire& wire, const ListenerSettings& settings,
                         Service&) {
  const HttpHead none{.keep_alive = false};
  const HttpReply reply = rspamd_error(problem(503, "too many connections"));
  const std::string bytes = to_bytes(reply, none);
  co_await say_last(wire, bytes, settings.timeouts.write);
}

}  // namespace simwarden
