// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/lost_findings.h"
#include "report/sections_people.h"

// Sections 5 and 6: what the rules found, and the cases that somebody must look
// at.
namespace simwarden {
namespace {

constexpr std::string_view kSeverities[] = {"critical", "high", "medium", "low",
                                            "info"};
constexpr size_t kEvidenceBytes = 600;  // of all findings of a case

ReportTable family_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "families", {"family", "findings", "critical", "high_severity", "medium",
                   "low_severity", "info"});
  for (const auto& [family, severities] : scribe.numbers().families) {
    std::vector<Cell> row = {text_cell(scribe.family(family))};
    uint64_t sum = 0;
    for (const std::string_view severity : kSeverities) {
      const auto found = severities.find(std::string(severity));
      const uint64_t count = found == severities.end() ? 0 : found->second;
      sum += count;
      row.push_back(count_cell(count));
    }
    row.insert(row.begin() + 1, count_cell(sum));
    table.add(std::move(row));
  }
  table.parts_begin = 2;
  table.parts_end = 7;
  return table;
}

using RuleRow = std::pair<std::string, RuleNumbers>;

std::vector<RuleRow> rules_by_hits(const Numbers& numbers) {
  std::vector<RuleRow> rows;
  for (const auto& [rule, counts] : numbers.rules) {
    if (counts.hits + counts.previous_hits > 0) rows.emplace_back(rule, counts);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const RuleRow& a, const RuleRow& b) {
                     return a.second.hits > b.second.hits;
                   });
  return rows;
}

// The table of families tells of each how many findings of a severity it has:
// rows of rules add up to that, in every table of them.
class RuleGroups {
 public:
  size_t of(const RuleNumbers& rule) {
    return known_.try_emplace({rule.family, rule.severity}, known_.size())
        .first->second;
  }

 private:
  std::map<std::pair<std::string, std::string>, size_t> known_;
};

// Of the records that the rule asks about.
double per_10000(uint64_t hits, uint64_t records) {
  return 10000.0 * double(hits) / double(records);
}

std::vector<Cell> rule_row(const Scribe& scribe, const std::string& rule,
                           const RuleNumbers& counts) {
  const Numbers& numbers = scribe.numbers();
  const bool previous = scribe.input.question.period.has_previous();
  const uint64_t now = numbers.with_findings(counts.asks);
  const uint64_t then = numbers.previous_with_findings(counts.asks);
  Cell change;
  if (previous && now > 0 && then > 0) {
    change = number_cell(per_10000(counts.hits, now) -
                         per_10000(counts.previous_hits, then));
  }
  return {text_cell(rule),
          text_cell(scribe.title_of(rule, counts.title)),
          text_cell(scribe.family(counts.family)),
          text_cell(scribe.say_stored("severity.", counts.severity)),
          now > 0 ? count_cell(counts.hits) : not_stored(),
          now > 0 ? number_cell(per_10000(counts.hits, now)) : Cell{},
          previous && then > 0 ? count_cell(counts.previous_hits) : Cell{},
          change};
}

ReportTable rule_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("rules", {"rule", "title", "family", "severity", "hits",
                             "per_10000", "previous_hits", "change_per_10000"});
  RuleGroups groups;
  for (const auto& [rule, counts] : rules_by_hits(scribe.numbers())) {
    table.add(rule_row(scribe, rule, counts));
    table.groups.push_back(groups.of(counts));
  }
  table.note = scribe.say("rules_note");
  return table;
}

void add_pareto(const Scribe& scribe, ReportSection& section) {
  const auto rows = rules_by_hits(scribe.numbers());
  uint64_t all = 0;
  for (const auto& [rule, counts] : rows) all += counts.hits;
  if (all == 0) return;
  ReportTable table =
      scribe.table("pareto", {"rule", "hits", "share", "cumulative"});
  uint64_t sum = 0;
  RuleGroups groups;
  // What adds up tells what was hidden of it.
  const bool publish = scribe.input.options.publish;
  for (const auto& [rule, counts] : rows) {
    if (counts.hits == 0) continue;
    sum += counts.hits;
    table.add({text_cell(rule), count_cell(counts.hits),
               share_cell(counts.hits, all),
               publish ? Cell{} : share_cell(sum, all)});
    table.groups.push_back(groups.of(counts));
  }
  section.items.emplace_back(
      scribe.figure(Drawing::pareto, "pareto", std::move(table)));
}

void add_scores(const Scribe& scribe, ReportSection& section) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table("scores", {"score", "request", "message"});
  uint64_t shown = 0;
  for (size_t tens = 0; tens < 10; ++tens) {
    std::vector<Cell> row = {text_cell(
        tens == 9 ? "90–100" : fmt::format("{}–{}", tens * 10, tens * 10 + 9))};
    if (tens == 0) row[0] = text_cell("0.01–9");
    for (size_t kind = 0; kind < 2; ++kind) {
      const uint64_t zero = tens == 0 ? numbers.score_zero[kind] : 0;
      const uint64_t count = numbers.scores[kind][tens] - zero;
      shown += count;
      row.push_back(count_cell(count));
    }
    table.add(std::move(row));
  }
  if (shown == 0) return;
  table.note = fmt::format(fmt::runtime(scribe.say("scores_note")),
                           scribe.say_records(numbers.score_zero[0]),
                           scribe.say_records(numbers.score_zero[1]));
  section.items.emplace_back(
      scribe.figure(Drawing::histogram, "scores", std::move(table)));
}

ReportTable shadow_table(const Scribe& scribe) {
  ReportTable table = scribe.table("shadow", {"rule", "hits"});
  for (const auto& [rule, counts] : scribe.numbers().rules) {
    if (counts.shadow_hits == 0) continue;
    table.add({text_cell(rule), count_cell(counts.shadow_hits)});
  }
  scribe.add_rule_titles(table);

  return table;
}

std::string evidence_text(const Scribe& scribe, const CaseFinding& finding) {
  std::string out;
  for (const CaseEvidence& piece : finding.evidence) {
    out += fmt::format("{}{} = {}", out.empty() ? "" : "; ", piece.fact,
                       scribe.say_value(piece.value));
  }
  return finding.has_more ? out + "; …" : out;
}

std::string findings_text(const Scribe& scribe, const CriticalCase& found) {
  std::string out;
  for (const CaseFinding& finding : found.findings) {
    if (!out.empty()) out += "\n";
    out += fmt::format("{} ({}): {}", finding.rule,
                       scribe.say_stored("severity.", finding.severity),
                       scribe.title_of(finding.rule, finding.title));
    if (!finding.evidence.empty()) {
      out += " [" + evidence_text(scribe, finding) + "]";
    }
    if (out.size() > kEvidenceBytes) return out + "\n…";
  }
  return out;
}

}  // namespace

ReportTable rules_of_families(
    const Scribe& scribe, std::string_view id,
    std::initializer_list<std::string_view> families) {
  ReportTable table =
      scribe.table(id, {"rule", "title", "family", "severity", "hits",
                        "per_10000", "previous_hits", "change_per_10000"});
  RuleGroups groups;
  for (const auto& [rule, counts] : rules_by_hits(scribe.numbers())) {
    if (std::find(families.begin(), families.end(), counts.family) !=
        families.end()) {
      table.add(rule_row(scribe, rule, counts));
      table.groups.push_back(groups.of(counts));
    }
  }
  return table;
}

ReportSection write_findings(const Scribe& scribe) {
  ReportSection section = scribe.section(5, "findings");
  add_lost_findings(scribe, section);
  add_found(scribe, section, family_table(scribe), "no_findings");
  add_pareto(scribe, section);
  add_found(scribe, section, rule_table(scribe), "no_rules");
  add_scores(scribe, section);
  add_table(section, shadow_table(scribe), scribe.paragraph("no_shadow"));
  add_found_by_rule(scribe, section);
  return section;
}

ReportSection write_cases(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportSection section = scribe.section(6, "cases");
  add_lost_findings(scribe, section);
  ReportTable table = scribe.table(
      "cases", {"verdict_id", "record", "source", "line", "event_time",
                "action", "score", "subject", "findings"});
  table.personal = true;
  for (const CriticalCase& found : numbers.cases) {
    table.add({text_cell(verdict_label(numbers, found.verdict_id)),
               text_or_none(found.record_id),
               text_cell(numbers.sources[size_t(found.source)].name),
               count_cell(found.line), text_or_none(found.event_time),
               text_cell(scribe.say(name_of(found.action))),
               number_cell(found.score), text_or_none(found.subject),
               text_cell(findings_text(scribe, found))});
  }
  table.note = fmt::format(fmt::runtime(scribe.say("cases_note")),
                           scribe.say(numbers.cases.size()),
                           scribe.say(numbers.critical));
  add_found(scribe, section, std::move(table), "no_cases");
  add_case_decisions(scribe, section);
  return section;
}

}  // namespace simwarden
