// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"
#include "report/words.h"

// The sections of a report, one function each, in the order of the numbers.
namespace simwarden {

// What all sections write with.
struct Scribe {
  const ReportInput& input;
  // Each table that was begun, without rows.
  std::vector<ReportTable>& begun;

  const Numbers& numbers() const { return input.numbers; }
  std::string_view language() const { return input.options.language; }
  std::string say(std::string_view id) const {
    return std::string(word(language(), id));
  }
  // The word of a value out of a database; itself when we have none for it.
  std::string say_stored(std::string_view prefix,
                         const std::string& value) const;
  // A value of a finding: kNotRecorded in the language, all others as they are.
  std::string say_value(const std::string& value) const {
    return value == kNotRecorded ? say("not_recorded") : value;
  }
  // A number of records in a sentence: "12,345".
  std::string say(uint64_t count) const;
  // The same; what must not be published is hidden in what is.
  std::string say_records(uint64_t count) const;
  // What the rule said when it judged, in the language of the report where the
  // policies still say the same.
  const std::string& title_of(const std::string& rule,
                              const std::string& stored) const;
  // What a family is called in the language of the report; in English its name.
  const std::string& family(const std::string& name) const;
  // After the first column, which names rules, what they say.
  void add_rule_titles(ReportTable& table) const;
  // "2026-02-01 – 2026-02-28"; an open side is "…".
  std::string period() const;
  // The one before in the same way; empty: there is none.
  std::string previous_period() const;
  // When something was stored last, or as it was told.
  std::string as_of() const;
  ReportSection section(int number, std::string_view id) const;
  // Titles are the words table.ID and column.KEY.
  ReportTable table(std::string_view id,
                    std::initializer_list<std::string_view> columns) const;
  // Title and description are the words figure.ID and alt.ID.
  Figure figure(Drawing drawing, std::string_view id, ReportTable table) const;
  Paragraph paragraph(std::string_view id) const { return {say(id)}; }
  Paragraph missing(std::string_view id) const { return {say(id), true}; }
  // "request", "message" in the language.
  std::string kind(size_t kind) const {
    return say(kind == 0 ? "request" : "message");
  }
};

// Adds the table, or the sentence `none` when it has no rows.
void add_table(ReportSection& section, ReportTable table, Paragraph none);

ReportSection write_cover(const Scribe& scribe);
ReportSection write_completeness(const Scribe& scribe);
ReportSection write_key_figures(const Scribe& scribe);
ReportSection write_authorities(const Scribe& scribe);
ReportSection write_findings(const Scribe& scribe);
ReportSection write_cases(const Scribe& scribe);
ReportSection write_channels(const Scribe& scribe);
ReportSection write_verification(const Scribe& scribe);
ReportSection write_notice(const Scribe& scribe);
ReportSection write_velocity(const Scribe& scribe);
ReportSection write_messages(const Scribe& scribe);
ReportSection write_sampling(const Scribe& scribe);
ReportSection write_waivers(const Scribe& scribe);
ReportSection write_remediation(const Scribe& scribe);
ReportSection write_retention(const Scribe& scribe);
ReportSection write_glossary(const Scribe& scribe);

// Rules of a family with what they found; for the sections about one family.
ReportTable rules_of_families(const Scribe& scribe, std::string_view id,
                              std::initializer_list<std::string_view> families);

}  // namespace simwarden
