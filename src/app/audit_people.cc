// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/listed_rows.h"
#include "app/options.h"
#include "app/output.h"
#include "app/verdict_of_record.h"
#include "audit/files.h"
#include "audit/verdict_check.h"
#include "desk/decision_rows.h"
#include "desk/own_cases.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "house/verdict_row.h"
#include "notation/json_text.h"
#include "store/case_texts.h"
#include "store/decisions.h"
#include "store/store_key.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"

// audit decide, cases, open: what people do with the verdicts.
namespace simwarden {
namespace {

// 100,000 decisions of 160 bytes.
constexpr size_t kDecisionFileBytesMax = size_t{16} << 20;
// More mistakes than anybody mends before the next try.
constexpr size_t kFaultsShown = 20;

// Under four eyes: those who decide about what they took themselves.
Status refuse_own(DecisionRows& rows, const AuditOptions& options) {
  if (!options.four_eyes || rows.decisions.empty()) return Done{};
  const auto key =
      open_store_key(options.db, site_key_path(options.db), OtherKey::refused);
  return key ? refuse_own_cases(rows, options.db, *key) : Status(key.error());
}

Decision told_decision(const AuditOptions& options, const std::string& who) {
  return {.verdict_id = options.verdict,
          .decided_by = who,
          .decided_at = options.at,
          .outcome = options.outcome,
          .state = options.state,
          .owner = options.owner,
          .due = options.due,
          .note = options.note};
}

void say_clock(const DecisionsStored& stored) {
  if (!stored.ahead_of_clock.empty()) say("{}\n", stored.ahead_of_clock);
}

int decide_one(const AuditOptions& options, const std::string& who) {
  Decision decision = told_decision(options, who);
  if (!options.record_id.empty()) {
    const auto verdict = verdict_of_record(options.db, options.record_id);
    if (!verdict) return complain(verdict.error());
    decision.verdict_id = *verdict;
  }
  DecisionRows rows{.decisions = {decision}, .lines = {1}};
  if (Status own = refuse_own(rows, options); !own) {
    return complain(own.error());
  }
  if (!rows.faults.empty()) {
    return complain({Trouble::usage, rows.faults[0].what});
  }
  const auto stored = decide(options.db, std::span(&decision, 1),
                             {.four_eyes = options.four_eyes});
  if (!stored) return complain(stored.error());
  if (!stored->faults.empty()) {
    return complain({Trouble::usage, stored->faults[0].what});
  }
  say_clock(*stored);
  if (stored->repeated > 0) {
    say("the newest decision of {} about verdict {} said the same already: "
        "this is one row more\n",
        printable_text(who), decision.verdict_id);
  }
  fmt::print("decision {}: verdict {} {} by {}\n", stored->ids[0],
             decision.verdict_id, decision.outcome, who);
  return kExitDone;
}

int say_faults(const std::string& name, const DecisionRows& rows) {
  for (size_t i = 0; i < rows.faults.size() && i < kFaultsShown; ++i) {
    say("{}:{}: {}\n", name, rows.faults[i].line,
        printable_text(rows.faults[i].what));
  }
  return complain(
      {Trouble::input,
       fmt::format("{}: nothing was stored, {} of its rows cannot be", name,
                   with_thousands(rows.faults.size()))});
}

int decide_many(const AuditOptions& options, const std::string& who) {
  const bool standard_input = options.from == "-";
  const std::string name = standard_input ? "standard input" : options.from;
  const auto text = read_file(standard_input ? "/dev/stdin" : options.from,
                              kDecisionFileBytesMax, Trouble::input);
  if (!text) return complain(text.error());
  DecisionRows rows = read_decisions(*text, who);
  if (rows.decisions.size() > kDecisionsMax) {
    return complain(
        {Trouble::input, fmt::format("{}: has more than {} decisions; split it",
                                     name, with_thousands(kDecisionsMax))});
  }
  Status found = find_named(rows, options.db);
  if (found) found = refuse_own(rows, options);
  if (!found) return complain(found.error());
  leave_out_wrong(rows);
  const auto stored = decide(options.db, rows.decisions,
                             {.repeated = Repeated::leave_out,
                              .four_eyes = options.four_eyes,
                              .look_only = !rows.faults.empty()});
  if (!stored) return complain(stored.error());
  add_faults(rows, stored->faults);
  if (!rows.faults.empty()) return say_faults(name, rows);
  say_clock(*stored);
  fmt::print("{}: {} stored, {} repeated, {} without an outcome\n", name,
             with_thousands(stored->ids.size()),
             with_thousands(stored->repeated),
             with_thousands(rows.without_outcome));
  if (rows.decisions.empty() && rows.without_outcome == 0) {
    say("{}: no decision stood in it\n", name);
  }
  return kExitDone;
}

// The columns of `audit cases`; CSV and JSON have the same names as the view.
constexpr ListColumn<OpenCase> kCaseColumns[] = {
    {"verdict_id", 10,
     [](const OpenCase& c) { return fmt::format("{}", c.verdict_id); },
     ListedCell::number},
    {"due", 10, [](const OpenCase& c) { return c.due; }},
    {"owner", 14, [](const OpenCase& c) { return c.owner; }},
    {"outcome", 15, [](const OpenCase& c) { return c.outcome; }},
    {"action", 6, [](const OpenCase& c) { return c.action; }},
    {"score", 5, [](const OpenCase& c) { return fmt::format("{}", c.score); },
     ListedCell::number},
    {"top_rule", 8, [](const OpenCase& c) { return c.top_rule; }},
    {"record_id", 18, [](const OpenCase& c) { return c.record_id; }},
    {"kind", 0, [](const OpenCase& c) { return c.kind; }},
    {"source", 24, [](const OpenCase& c) { return c.source; }},
    {"line", 6, [](const OpenCase& c) { return fmt::format("{}", c.line); },
     ListedCell::number},
    {"decided_at", 0, [](const OpenCase& c) { return c.decided_at; }},
    {"decided_by", 0, [](const OpenCase& c) { return c.decided_by; }},
    {"note", 0, [](const OpenCase& c) { return c.note; }, ListedCell::prose},
};

std::string count_line(const OpenCases& found, CaseChoice choice) {
  const char* const kWhat[] = {"open", "held or refused and undecided",
                               "held or refused and let through by one person"};
  const char* what = kWhat[size_t(choice)];
  if (found.total == found.cases.size()) {
    return fmt::format("{} {}\n", with_thousands(found.total), what);
  }
  return fmt::format("{} of {} {}; --limit shows more\n",
                     with_thousands(found.cases.size()),
                     with_thousands(found.total), what);
}

std::string drawn_cases(const AuditOptions& options, const OpenCases& found) {
  const std::span columns(kCaseColumns);
  std::string out = listed_head<OpenCase>(options.format, columns);
  for (const OpenCase& each : found.cases) {
    out += listed_row<OpenCase>(options.format, columns, each);
  }
  return out;
}

// Behind what was shown.
int tell_hidden(const std::string& db, const HiddenRows& rows) {
  const auto hidden = what_indexes_hide(db, rows);
  if (!hidden) return complain(hidden.error());
  if (hidden->empty()) return kExitDone;
  return complain(not_as_written(db, *hidden));
}

int cases(const AuditOptions& options) {
  const auto found = open_cases(options.db, options.cases, options.limit);
  if (!found) return complain(found.error());
  const bool table = options.format == ListFormat::table;
  const std::string count = count_line(*found, options.cases);
  const Status written =
      write_file("-", drawn_cases(options, *found) + (table ? count : ""));
  if (!written) return complain(written.error());
  // Into no file, but never silent about what was left out.
  const bool whole = found->total == found->cases.size();
  if (!table && !whole) say_text(count);
  return tell_hidden(options.db, {"decisions", {"decision_row"}});
}

// What was written is on one line and has no control character; what somebody
// changed stays on its line too.
std::string with_escapes(std::string_view json) {
  std::string out;
  for (const char c : json) {
    const bool control = static_cast<unsigned char>(c) < 0x20;
    out += control ? fmt::format("\\u{:04x}", int(c)) : std::string(1, c);
  }
  return out;
}

std::string line_of(const OpenedText& opened) {
  std::string out =
      fmt::format("{{\"verdict_id\":{},\"source\":", opened.verdict_id);
  append_json_string(out, opened.source);
  out += fmt::format(",\"line\":{},\"record_id\":", opened.line);
  append_json_string(out, opened.record_id);
  out += ",\"action\":";
  append_json_string(out, opened.action);
  // The text is one JSON object (case_text.h).
  return out + ",\"record\":" + with_escapes(opened.text) + "}\n";
}

int open_case(const AuditOptions& options, const std::string& who) {
  auto output = OutputFile::open("-");
  if (!output) return complain(output.error());
  const auto opened =
      open_case_texts(options.db, options.case_number, who, options.why,
                      [&output](const OpenedText& text) {
                        return (*output)->write(line_of(text));
                      });
  const HiddenRows rows = {"texts of cases", {"case_file", "case_text_row"}};
  if (!opened) {
    (void)tell_hidden(options.db, rows);
    return complain(opened.error());
  }
  if (Status done = (*output)->finish(); !done) return complain(done.error());
  say("case {}: opened by {}, {}; this is logged\n", options.case_number, who,
      how_many(*opened, "text"));
  return tell_hidden(options.db, rows);
}

}  // namespace

int run_audit_people(const AuditOptions& options, const std::string& who) {
  switch (options.verb) {
    case AuditVerb::cases: return cases(options);
    case AuditVerb::open: return open_case(options, who);
    default: break;
  }
  return options.from.empty() ? decide_one(options, who)
                              : decide_many(options, who);
}

}  // namespace simwarden
