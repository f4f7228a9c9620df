// SPDX-License-Identifier: Apache-2.0
#include "door/rspamd_reply.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "diag/ascii.h"
#include "door/marked_mail.h"
#include "notation/json_object.h"

namespace simwarden {
namespace {

using Json = BasicJsonObject<TextPen>;

// Keys that senders and clients choose.
TextPen& quoted_key(TextPen& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':';
  return out;
}

void append_symbols(TextPen& out, const MailAnswer& answer) {
  for (const Symbol& symbol : symbols_of(answer)) {
    quoted_key(out, symbol.name);
    Json object(out);
    object.text("name", symbol.name);
    object.number("score", symbol.score);
    object.number("metric_score", symbol.score);
    object.text("description", symbol.title);
    object.texts("options", symbol.options);
    object.close();
  }
}

// The highest score first, as rspamd writes them.
void append_thresholds(TextPen& out, const MailAnswers& answers,
                       const ActionScores& scores) {
  std::array<std::pair<Told, double>, 3> limits = {
      {{without_quarantine(answers.review), scores.review},
       {without_quarantine(answers.hold), scores.hold},
       {without_quarantine(answers.refuse), scores.refuse}}};
  // Of two limits for one word the lower stands first.
  std::sort(limits.begin(), limits.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  out += '{';
  Told before = Told::no_action;
  for (const auto& [told, score] : limits) {
    if (told == before || told == Told::no_action) continue;
    before = told;
    append_json_number(quoted_key(out, name_of(told)), score);
  }
  out += '}';
}

void append_groups(TextPen& out, const MailAnswer& answer) {
  std::map<std::string, double> groups;
  for (const Symbol& symbol : symbols_of(answer)) {
    groups[symbol.family] += symbol.score;
  }
  out += '{';
  for (const auto& [name, score] : groups) {
    Json object(quoted_key(out, name));
    object.number("score", score);
    object.close();
  }
  out += '}';
}

// A deep link is told by the program that it opens: "weixin:".
std::string place_of(const Leads::Link& link) {
  return link.host.empty() ? link.scheme + ":" : link.host;
}

void append_links(TextPen& out, const Leads& leads, bool at_length) {
  out += '[';
  std::set<std::string> seen;
  for (const Leads::Link& link : leads.links) {
    const std::string shown = at_length ? link.url : place_of(link);
    if (shown.empty() || !seen.insert(shown).second) continue;
    if (out.back() != '[') out += ',';
    if (!at_length) {
      append_json_string(out, shown);
      continue;
    }
    Json object(out);
    object.text("url", link.url);
    object.text("tld", link.registrable);
    object.text("host", link.host);
    object.key("flags") += "[]";
    object.close();
  }
  out += ']';
}

void append_messages(TextPen& out, const MailAnswer& answer) {
  Json messages(out);
  messages.text("smtp_message", smtp_text(answer.told));
  messages.close();
}

// In seconds, with all of its digits: looking for the shortest number that
// reads back takes as long as the rest of a small answer.
void append_time(TextPen& out, std::chrono::microseconds took) {
  constexpr uint64_t kSecond = 1'000'000;
  const auto all = uint64_t(took.count());
  append_whole(out, all / kSecond);
  const fmt::format_int digits(kSecond + all % kSecond);
  out += '.';
  out += std::string_view(digits.data(), digits.size()).substr(1);
}

void append_added(TextPen& out, const std::vector<MailField>& fields) {
  out += '{';
  for (const MailField& field : fields) {
    // A text, not an object with an order: all clients take that.
    append_json_string(quoted_key(out, field.name), field.value);
  }
  out += '}';
}

// Those that are added, and what the sender wrote by names of ours.
void append_removed(TextPen& out, const std::vector<MailField>& fields,
                    const std::vector<std::string>& forged) {
  out += '{';
  std::set<std::string> told;
  const auto remove = [&](const std::string& name) {
    if (told.insert(small_letters(name)).second) quoted_key(out, name) += '0';
  };
  for (const MailField& field : fields) remove(field.name);
  for (const std::string& name : forged) remove(name);
  out += '}';
}

// Of a mail that passes too: no mark is the sender's.
void append_milter(Json& reply, const MailAnswer& answer,
                   const std::vector<std::string>& forged) {
  const auto fields = fields_of(answer);
  if (fields.empty() && forged.empty()) return;
  Json milter(reply.key("milter"));
  if (!fields.empty()) append_added(milter.key("add_headers"), fields);
  append_removed(milter.key("remove_headers"), fields, forged);
  milter.close();
}

void append_figures(Json& object, const MailAnswer& answer,
                    const ActionScores& scores) {
  object.flag("is_skipped", answer.skipped || answer.self_test);
  object.number("score", answer.verdict.score);
  object.number("required_score", scores.refuse);
  object.text("action", name_of(without_quarantine(answer.told)));
  if (answer.told == Told::rewrite_subject) {
    object.text("subject", rewritten_subject(answer));
  }
}

void append_legacy(Json& reply, const MailAnswer& answer,
                   const ActionScores& scores) {
  TextPen& out = reply.key("default");
  Json object(out);
  object.flag("is_spam", answer.told >= Told::add_header);
  append_figures(object, answer, scores);
  append_symbols(out, answer);
  object.close();
  reply.key("messages") += "[]";
}

}  // namespace

std::string rspamd_json(const MailAnswer& answer, const RspamdRequest& request,
                        const MailAnswers& answers, const ActionScores& scores,
                        const RspamdForm& form) {
  const bool legacy = form.legacy;
  thread_local TextPen out;
  out.clear();
  Json reply(out);
  if (legacy) {
    append_legacy(reply, answer, scores);
  } else {
    append_figures(reply, answer, scores);
    append_thresholds(reply.key("thresholds"), answers, scores);
    reply.key("symbols") += '{';
    append_symbols(out, answer);
    out += '}';
    if (request.groups) append_groups(reply.key("groups"), answer);
    append_messages(reply.key("messages"), answer);
  }
  if (answer.leads && !answer.leads->links.empty()) {
    append_links(reply.key("urls"), *answer.leads, request.urls_at_length);
  }
  if (answer.leads) reply.texts("emails", answer.leads->emails);
  reply.text("message-id", told_message_id(answer));
  append_time(reply.key("time_real"), answer.took);
  append_milter(reply, answer, form.forged);
  reply.close();
  return std::string(out.text());
}

HttpReply rspamd_error(const HttpReply& problem) {
  const int status = problem.status;
  const bool stays = status == 401 || status == 403 || status == 503;
  HttpReply reply{.status = stays ? status : 500 + status % 100,
                  .fields = problem.fields,
                  .reason = status == 404 ? "invalid command" : problem.detail};
  if (status == 404) reply.status = 500;
  JsonObject object(reply.body);
  object.text("error", reply.reason);
  object.text("error_domain", "protocol-error");
  object.close();
  return reply;
}

}  // namespace simwarden
