// SPDX-License-Identifier: Apache-2.0
#include "door/rspamd_controller.h"

#include <map>

#include <fmt/chrono.h>
#include <simdjson.h>

#include "door/brought_mail.h"
#include "door/learning.h"
#include "door/rspamd_request.h"
#include "notation/json_object.h"
#include "privacy/masks.h"

namespace simwarden {
namespace {

using std::chrono::duration;
using std::chrono::system_clock;

// rspamd's six, in its order.
constexpr Told kRspamdActions[] = {Told::reject, Told::soft_reject,
                                   Told::rewrite_subject, Told::add_header,
                                   Told::no_action};
constexpr std::string_view kScanTimes = "scan_times";
// Of the newest verdicts; rspamd tells as many.
constexpr size_t kScanTimesMax = 31;

uint64_t uptime_of(const DoorFigures& figures) {
  const auto up = system_clock::now() - figures.began;
  return uint64_t(std::chrono::duration_cast<std::chrono::seconds>(up).count());
}

double unix_time(system_clock::time_point at) {
  return duration<double>(at.time_since_epoch()).count();
}

double seconds_of(std::chrono::nanoseconds took) {
  using std::chrono::microseconds;
  return double(std::chrono::duration_cast<microseconds>(took).count()) / 1e6;
}

// How often each word was told, by this door's answers.
std::map<Told, uint64_t> told_counts(const HttpAsk& ask,
                                     const DoorFigures& figures) {
  std::map<Told, uint64_t> counts;
  for (size_t i = 0; i < figures.actions.size(); ++i) {
    const Told told = ask.settings.answers.of(Action(i));
    counts[without_quarantine(told)] += figures.actions[i];
  }
  return counts;
}

uint64_t count_of(const std::map<Told, uint64_t>& counts, Told told) {
  const auto found = counts.find(told);
  return found == counts.end() ? 0 : found->second;
}

HttpReply ping(const HttpAsk&) {
  return {.type = "text/plain", .body = "pong\r\n"};
}

HttpReply succeeds(const HttpAsk&) {
  return {.body = "{\"success\":true}"};
}

HttpReply ready(const HttpAsk& ask) {
  if (ask.service.health().ready) return succeeds(ask);
  return {.status = 503, .body = "{\"success\":false}"};
}

HttpReply auth(const HttpAsk& ask) {
  const DoorFigures figures = ask.service.figures();
  const auto counts = told_counts(ask, figures);
  HttpReply reply;
  JsonObject object(reply.body);
  object.text("version", figures.version);
  object.text("auth", "ok");
  object.whole("uptime", uptime_of(figures));
  object.whole("clean", count_of(counts, Told::no_action));
  object.whole("probable", count_of(counts, Told::add_header) +
                               count_of(counts, Told::rewrite_subject));
  object.whole("greylist", 0);
  object.whole("reject", count_of(counts, Told::reject));
  object.whole("soft_reject", count_of(counts, Told::soft_reject));
  object.whole("scanned", figures.judged);
  object.whole("learned", figures.learned);
  object.flag("read_only", true);
  object.text("config_id", ask.rules.digest());
  object.close();
  return reply;
}

void append_counts(std::string& out, const std::map<Told, uint64_t>& counts) {
  JsonObject object(out);
  for (const Told told : kRspamdActions) {
    object.whole(name_of(told), count_of(counts, told));
    if (told == Told::add_header) object.whole("greylist", 0);
  }
  object.close();
}

void append_times(std::string& out, const DoorFigures& figures) {
  out += '[';
  for (size_t i = 0; i < kScanTimesMax; ++i) {
    if (i > 0) out += ',';
    if (i >= figures.newest.size()) {
      out += "null";
      continue;
    }
    append_json_number(out, seconds_of(figures.newest[i].took));
  }
  out += ']';
}

// Of rspamd's memory pools we have none: they are 0.
HttpReply stat(const HttpAsk& ask) {
  const DoorFigures figures = ask.service.figures();
  const auto counts = told_counts(ask, figures);
  const uint64_t ham = count_of(counts, Told::no_action);
  HttpReply reply;
  JsonObject object(reply.body);
  object.text("version", figures.version);
  object.text("config_id", ask.rules.digest());
  object.whole("uptime", uptime_of(figures));
  object.flag("read_only", true);
  object.whole("scanned", figures.judged);
  object.whole("learned", figures.learned);
  append_counts(object.key("actions"), counts);
  append_times(object.key(kScanTimes), figures);
  object.whole("spam_count", figures.judged - ham);
  object.whole("ham_count", ham);
  for (const std::string_view none :
       {"connections", "control_connections", "pools_allocated", "pools_freed",
        "bytes_allocated", "chunks_allocated", "shared_chunks_allocated",
        "chunks_freed", "chunks_oversized", "fragmented", "total_learns"}) {
    object.whole(none, 0);
  }
  object.key("statfiles") += "[]";
  object.key("fuzzy_hashes") += "{}";
  object.close();
  return reply;
}

// A rule in force.
struct RuleRow {
  std::string name;
  std::string family;
  std::string title;
  double score = 0;
  uint64_t hits = 0;
};

std::vector<RuleRow> rules_of(const HttpAsk& ask, const DoorFigures& figures) {
  std::vector<RuleRow> rows;
  simdjson::dom::parser parser;
  simdjson::dom::array rules;
  const simdjson::padded_string policy(ask.rules.policy_json());
  if (parser.parse(policy)["rules"].get_array().get(rules)) return rows;
  for (const simdjson::dom::element rule : rules) {
    RuleRow row;
    const auto text = [&](const char* key) {
      std::string_view value;
      return rule[key].get_string().get(value) ? std::string()
                                               : std::string(value);
    };
    if (text("asks") != "message") continue;
    const std::string id = text("rule");
    row.name = peer_name(id);
    row.family = text("family");
    row.title = text("title");
    if (rule["score"].get_double().get(row.score)) row.score = 0;
    const auto hits = figures.hits.find(id);
    if (hits != figures.hits.end()) row.hits = hits->second;
    rows.push_back(std::move(row));
  }
  return rows;
}

double frequency(const RuleRow& row, const DoorFigures& figures) {
  return figures.judged == 0 ? 0 : double(row.hits) / double(figures.judged);
}

HttpReply counters(const HttpAsk& ask) {
  const DoorFigures figures = ask.service.figures();
  HttpReply reply{.body = "["};
  for (const RuleRow& row : rules_of(ask, figures)) {
    if (reply.body.back() != '[') reply.body += ',';
    JsonObject object(reply.body);
    object.text("symbol", row.name);
    object.number("weight", row.score);
    object.number("frequency", frequency(row, figures));
    object.whole("hits", row.hits);
    object.number("time", 0);
    object.close();
  }
  reply.body += ']';
  return reply;
}

HttpReply actions(const HttpAsk& ask) {
  const ActionScores scores = ask.rules.scores();
  const MailAnswers& answers = ask.settings.answers;
  HttpReply reply{.body = "["};
  const std::pair<Told, double> rows[] = {{answers.refuse, scores.refuse},
                                          {answers.hold, scores.hold},
                                          {answers.review, scores.review}};
  for (const auto& [told, score] : rows) {
    if (reply.body.back() != '[') reply.body += ',';
    JsonObject object(reply.body);
    object.text("action", name_of(without_quarantine(told)));
    object.number("value", score);
    object.close();
  }
  reply.body += ']';
  return reply;
}

// No addresses of anybody: senders and recipients are not kept.
HttpReply history(const HttpAsk& ask) {
  const DoorFigures figures = ask.service.figures();
  const ActionScores scores = ask.rules.scores();
  HttpReply reply{.body = "["};
  for (const Lately& row : figures.newest) {
    if (reply.body.back() != '[') reply.body += ',';
    JsonObject object(reply.body);
    object.text(
        "time",
        fmt::format("{:%F %T}", fmt::gmtime(system_clock::to_time_t(row.at))));
    object.number("unix_time", unix_time(row.at));
    object.text("id", mask_text(row.id));
    object.text("ip", "unknown");
    const Told told = ask.settings.answers.of(row.action);
    object.text("action", name_of(without_quarantine(told)));
    object.number("score", row.score);
    object.number("required_score", scores.refuse);
    std::string symbols;
    for (const std::string& rule : row.rules) {
      if (!symbols.empty()) symbols += ", ";
      symbols += peer_name(rule);
    }
    append_json_string(object.key("symbols"), symbols);
    object.whole("size", 0);
    object.number("scan_time", seconds_of(row.took));
    append_json_string(object.key("user"), "unknown");
    object.close();
  }
  reply.body += ']';
  return reply;
}

HttpReply pie(const HttpAsk& ask) {
  constexpr std::string_view kColours[] = {"#FF0000", "#D56868", "#FFAA00",
                                           "#FFD700", "#58A458"};
  const auto counts = told_counts(ask, ask.service.figures());
  HttpReply reply{.body = "["};
  size_t colour = 0;
  for (const Told told : kRspamdActions) {
    if (reply.body.back() != '[') reply.body += ',';
    JsonObject object(reply.body);
    object.text("action", name_of(told));
    object.text("color", kColours[colour++]);
    object.whole("data", count_of(counts, told));
    object.whole("value", count_of(counts, told));
    object.close();
  }
  reply.body += ']';
  return reply;
}

HttpReply none_of_these(const HttpAsk&) {
  return {.body = "[]"};
}
HttpReply nothing_named(const HttpAsk&) {
  return {.body = "{}"};
}

// There are no curves of the past here: Prometheus draws them.
HttpReply graph(const HttpAsk&) {
  return {.status = 404, .body = "{\"error\":\"No rrd configured\"}"};
}

HttpReply no_map(const HttpAsk&) {
  return {.status = 404, .body = "{\"error\":\"Map id not found\"}"};
}

void append_family(std::string& out, std::string_view name,
                   std::string_view type, std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# TYPE {0} {1}\n# HELP {0} {2}\n",
                 name, type, help);
}

HttpReply metrics(const HttpAsk& ask) {
  const DoorFigures figures = ask.service.figures();
  const auto counts = told_counts(ask, figures);
  const uint64_t ham = count_of(counts, Told::no_action);
  HttpReply reply{
      .type = "application/openmetrics-text; version=1.0.0; charset=utf-8"};
  std::string& out = reply.body;
  const auto line = [&](std::string_view text, const auto&... values) {
    fmt::format_to(std::back_inserter(out), fmt::runtime(text), values...);
    out += '\n';
  };
  append_family(out, "rspamd_build_info", "gauge", "What answers.");
  line("rspamd_build_info{{version=\"{}\"}} 1", figures.version);
  append_family(out, "rspamd_config", "gauge", "The rules in force.");
  line("rspamd_config{{id=\"{}\"}} 1", ask.rules.digest());
  append_family(out, "rspamd_scan_time_average", "gauge",
                "Seconds of a verdict.");
  const double spent = seconds_of(figures.spent);
  line("rspamd_scan_time_average {}",
       figures.judged == 0 ? 0.0 : spent / double(figures.judged));
  append_family(out, "process_start_time_seconds", "gauge",
                "When the program began.");
  line("process_start_time_seconds {}", uint64_t(unix_time(figures.began)));
  append_family(out, "rspamd_scanned", "counter", "Verdicts.");
  line("rspamd_scanned_total {}", figures.judged);
  append_family(out, "rspamd_learned", "counter",
                "Mails of which people said what they are.");
  line("rspamd_learned_total {}", figures.learned);
  append_family(out, "rspamd_spam", "counter", "Told more than no action.");
  line("rspamd_spam_total {}", figures.judged - ham);
  append_family(out, "rspamd_ham", "counter", "Told no action.");
  line("rspamd_ham_total {}", ham);
  append_family(out, "rspamd_actions", "counter", "By what was told.");
  for (const Told told : kRspamdActions) {
    line("rspamd_actions_total{{type=\"{}\"}} {}", name_of(told),
         count_of(counts, told));
  }
  out += "# EOF\n";
  return reply;
}

Task<HttpReply> learned(const HttpAsk& ask, bool spam) {
  RspamdRequest request = read_rspamd_request(ask.head);
  BroughtMail brought(ask);
  if (auto wrong = brought.unpack(ask, request)) {
    if (wrong->status == 503) ask.note_busy();
    co_return *std::move(wrong);
  }
  request.envelope.correlator = ask.correlator.kept;
  const HandedIn handed{
      .mail = brought.bytes(),
      .envelope = request.envelope,
      .spam = spam,
      .by = std::string(ask.caller.empty() ? ask.settings.name : ask.caller)};
  const Learned done =
      co_await learn(handed, ask.settings, ask.service, ask.rules);
  if (!done.done) co_return problem(403, one_line(done.why));
  co_return HttpReply{.body = "{\"success\":true}"};
}
Task<HttpReply> learn_spam(const HttpAsk& ask) {
  co_return co_await learned(ask, true);
}
Task<HttpReply> learn_ham(const HttpAsk& ask) {
  co_return co_await learned(ask, false);
}

constexpr HttpRoute learns(std::string_view path,
                           Task<HttpReply> (*answer)(const HttpAsk& ask)) {
  return {.method = "*",
          .path = path,
          .role = TokenRole::decide,
          .doc = "what a person said of a mail",
          .answer = answer};
}

constexpr HttpRoute kRoutes[] = {
    {"*", "/ping", TokenRole::none, "the program runs", ping},
    {"*", "/healthy", TokenRole::none, "the program runs", succeeds},
    {"*", "/ready", TokenRole::none, "it can judge", ready},
    {"*", "/auth", TokenRole::read, "whose token this is, and a few counts",
     auth},
    {"*", "/stat", TokenRole::read, "counts since the program began", stat},
    {"*", "/counters", TokenRole::read, "how often each rule hit", counters},
    {"*", "/actions", TokenRole::read, "the scores that actions begin at",
     actions},
    {"*", "/maps", TokenRole::read, "none: lists are part of the policy",
     none_of_these},
    {"*", "/getmap", TokenRole::read, "none", no_map},
    {"*", "/history", TokenRole::read, "the newest verdicts", history},
    {"*", "/graph", TokenRole::read, "none: see /metrics", graph},
    {"*", "/pie", TokenRole::read, "what was told how often", pie},
    {"*", "/errors", TokenRole::read, "none: see the log", none_of_these},
    {"*", "/neighbours", TokenRole::read, "none", nothing_named},
    {"*", "/plugins", TokenRole::read, "none", nothing_named},
    {"*", "/metrics", TokenRole::read, "for Prometheus, by rspamd's names",
     metrics},
    learns("/learnspam", learn_spam),
    learns("/learnham", learn_ham),
};

}  // namespace

HttpReply rspamd_symbols(const HttpAsk& ask) {
  const DoorFigures figures = ask.service.figures();
  std::map<std::string, std::vector<RuleRow>> families;
  for (RuleRow& row : rules_of(ask, figures)) {
    families[row.family].push_back(std::move(row));
  }
  HttpReply reply{.body = "["};
  for (const auto& [family, rows] : families) {
    if (reply.body.back() != '[') reply.body += ',';
    JsonObject group(reply.body);
    group.text("group", family);
    group.each("rules", rows, [&](std::string& out, const RuleRow& row) {
      JsonObject rule(out);
      rule.text("symbol", row.name);
      rule.number("weight", row.score);
      rule.text("description", row.title);
      rule.number("frequency", frequency(row, figures));
      rule.number("frequency_stddev", 0);
      rule.number("time", 0);
      rule.close();
    });
    group.close();
  }
  reply.body += ']';
  return reply;
}

std::span<const HttpRoute> rspamd_controller_routes() {
  return kRoutes;
}

}  // namespace simwarden
