// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "report/publish.h"
#include "report/sections.h"
#include "report/svg.h"

namespace simwarden {
namespace {

using Write = ReportSection (*)(const Scribe&);
// The table of contents.
constexpr Write kSections[] = {
    write_cover,    write_completeness, write_key_figures, write_authorities,
    write_findings, write_cases,        write_channels,    write_verification,
    write_notice,   write_velocity,     write_messages,    write_sampling,
    write_waivers,  write_remediation,  write_retention,   write_glossary};

}  // namespace

// No clock is read.
std::string Scribe::as_of() const {
  const std::string& told = input.options.generated_at;
  return told.empty() ? numbers().newest : told;
}

std::string Scribe::period() const {
  const ReportPeriod& asked = input.question.period;
  if (asked.open()) return say("whole_store");
  return fmt::format("{} – {}",
                     asked.from_text().empty() ? "…" : asked.from_text(),
                     asked.to_text().empty() ? "…" : asked.to_text());
}

std::string Scribe::previous_period() const {
  const ReportPeriod& asked = input.question.period;
  if (!asked.has_previous()) return {};
  return fmt::format("{} – {}", asked.previous_from(), asked.previous_to());
}

ReportSection Scribe::section(int number, std::string_view id) const {
  return {number, std::string(id), say(fmt::format("section.{}", id)), {}};
}

ReportTable Scribe::table(
    std::string_view id,
    std::initializer_list<std::string_view> columns) const {
  ReportTable made;
  made.id = id;
  made.title = say(fmt::format("table.{}", id));
  for (const std::string_view column : columns) {
    made.columns.push_back(
        {std::string(column), say(fmt::format("column.{}", column))});
  }
  begun.push_back(made);
  return made;
}

Figure Scribe::figure(Drawing drawing, std::string_view id,
                      ReportTable table) const {
  return {drawing, fmt::format("figure-{}", id),
          say(fmt::format("figure.{}", id)), say(fmt::format("alt.{}", id)),
          std::move(table)};
}

std::string Scribe::say_stored(std::string_view prefix,
                               const std::string& value) const {
  const std::string id = std::string(prefix) + value;
  return has_word(id) ? say(id) : value;
}

std::string Scribe::say(uint64_t count) const {
  return shown(count_cell(count), language());
}

std::string Scribe::say_records(uint64_t count) const {
  const bool hides = input.options.publish && is_small_count(double(count));
  return hides ? "<5" : say(count);
}

void Scribe::add_rule_titles(ReportTable& table) const {
  const ReportColumn title{"title", say("column.title")};
  table.columns.insert(table.columns.begin() + 1, title);
  for (ReportTable& of : begun) {
    if (of.id != table.id) continue;
    of.columns.insert(of.columns.begin() + 1, title);
  }
  for (auto& row : table.rows) {
    const auto found = input.obligations.rule_titles.find(row[0].text);
    row.insert(row.begin() + 1, found == input.obligations.rule_titles.end()
                                    ? Cell{}
                                    : text_cell(found->second.shown));
  }
}

const std::string& Scribe::family(const std::string& name) const {
  const auto& titles = input.obligations.family_titles;
  const auto found = titles.find(name);
  return found == titles.end() ? name : found->second;
}

const std::string& Scribe::title_of(const std::string& rule,
                                    const std::string& stored) const {
  const auto& titles = input.obligations.rule_titles;
  const auto found = titles.find(rule);
  const bool same =
      found != titles.end() && found->second.known.contains(stored);
  return same ? found->second.shown : stored;
}

void add_table(ReportSection& section, ReportTable table, Paragraph none) {
  if (table.rows.empty()) {
    section.items.emplace_back(std::move(none));
  } else {
    section.items.emplace_back(std::move(table));
  }
}

namespace {

// What was begun and stands in a section is not empty.
void drop_shown(Document& document) {
  std::set<std::string> shown;
  each_table(document,
             [&](const ReportTable& table) { shown.insert(table.id); });
  std::erase_if(document.empty, [&](const ReportTable& table) {
    return shown.contains(table.id);
  });
}

}  // namespace

Document write_report(const ReportInput& input) {
  Document document;
  const Scribe scribe{input, document.empty};
  document.language = input.options.language;
  document.title = scribe.say("title");
  document.subtitle = scribe.period();
  document.compared_with = scribe.previous_period();
  document.generated_at = scribe.as_of();
  for (const Write write : kSections) {
    document.sections.push_back(write(scribe));
  }
  drop_shown(document);
  if (input.options.publish) hide_small_counts(document);
  return document;
}

}  // namespace simwarden
