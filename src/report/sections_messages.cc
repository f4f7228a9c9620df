// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "report/lost_findings.h"
#include "report/sections_people.h"
#include "report/sections_records.h"

// Section 11: messages.
namespace simwarden {
namespace {

constexpr size_t kRowsMax = 100;
// Rows of a figure; the table has them too, the rest is one row.
constexpr size_t kBarsMax = 15;

ReportTable rule_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table =
      scribe.table("message_rules",
                   {"rule", "title", "family", "severity", "hits", "share"});
  for (const auto& [rule, counts] : numbers.rules) {
    if (counts.hits == 0 || !counts.asks[1]) continue;
    table.add({text_cell(rule), text_cell(scribe.title_of(rule, counts.title)),
               text_cell(scribe.family(counts.family)),
               text_cell(scribe.say_stored("severity.", counts.severity)),
               count_cell(counts.hits),
               share_cell(counts.hits, numbers.with_findings(1))});
  }
  std::stable_sort(
      table.rows.begin(), table.rows.end(),
      [](const auto& a, const auto& b) { return a[4].number > b[4].number; });
  return table;
}

ReportTable sign_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  std::vector<std::pair<std::string, uint64_t>> seen(numbers.seen_by.begin(),
                                                     numbers.seen_by.end());
  std::stable_sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
    return a.second > b.second;
  });
  ReportTable signs = scribe.table("signs", {"seen_by", "records", "share"});
  for (const auto& [by, records] : seen) {
    if (signs.rows.size() == kRowsMax) break;
    signs.add({text_cell(by), count_cell(records),
               share_cell(records, numbers.with_findings(1))});
  }
  signs.rows_add_up = false;
  signs.note = scribe.say("signs_note");
  return signs;
}

using Row = std::pair<std::string, ActionCounts>;

std::vector<Row> sorted(const std::map<std::string, ActionCounts>& counts) {
  std::vector<Row> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.first.empty() != b.first.empty()) return b.first.empty();
    return a.second.total() > b.second.total();
  });
  return rows;
}

std::vector<Cell> cells_of(const std::string& label,
                           const ActionCounts& counts) {
  std::vector<Cell> row = {text_cell(label), count_cell(counts.total())};
  for (const uint64_t count : counts.by) row.push_back(count_cell(count));
  row.push_back(share_cell(counts.stopped(), counts.total()));
  return row;
}

// By how it was judged: whom a rule holds up more than others shows here.
void add_verdicts(const Scribe& scribe, std::string_view id,
                  std::string_view column,
                  const std::map<std::string, ActionCounts>& counts,
                  ReportSection& section) {
  if (counts.empty()) return;
  ReportTable table =
      scribe.table(id, {column, "messages_known", "pass", "review", "hold",
                        "refuse", "stopped_share"});
  table.parts_begin = 2;
  table.parts_end = 6;
  ActionCounts rest;
  const std::vector<Row> rows = sorted(counts);
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto& [value, of] = rows[i];
    if (i < kBarsMax) {
      table.add(
          cells_of(value.empty() ? scribe.say("not_recorded") : value, of));
      continue;
    }
    for (size_t at = 0; at < rest.by.size(); ++at) rest.by[at] += of.by[at];
  }
  if (rest.total() > 0) {
    table.add(cells_of(scribe.say("other_values"), rest));
  }
  section.items.emplace_back(
      scribe.figure(Drawing::verdict_mix, id, std::move(table)));
}

ReportTable contact_table(const Scribe& scribe) {
  const MessageNumbers& messages = scribe.numbers().records.messages;
  ReportTable table = scribe.table(
      "contacts_and_links",
      {"seen", "messages_known", "share", "stopped", "stopped_share"});
  const auto add = [&](std::string_view prefix, const Row& row) {
    const std::string id = fmt::format("{}{}", prefix, row.first);
    table.add(
        {text_cell(has_word(id) ? scribe.say(id)
                                : fmt::format(fmt::runtime(scribe.say(prefix)),
                                              row.first)),
         count_cell(row.second.total()),
         share_cell(row.second.total(), messages.known),
         count_cell(row.second.stopped()),
         share_cell(row.second.stopped(), row.second.total())});
  };
  for (const Row& row : sorted(messages.contacts)) add("contact.", row);
  for (const Row& row : sorted(messages.link_signs)) add("link.", row);
  table.rows_add_up = false;
  table.note = scribe.say("contacts_note");
  return table;
}

ReportTable lookalike_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "lookalikes", {"host", "imitates", "messages_known", "stopped"});
  for (const auto& [key, counts] :
       sorted(scribe.numbers().records.messages.lookalikes)) {
    if (table.rows.size() == kRowsMax) break;
    const size_t at = std::min(key.find('\n'), key.size());
    table.add(
        {text_cell(at == 0 ? scribe.say("masked_host") : key.substr(0, at)),
         text_cell(at == key.size() ? "" : key.substr(at + 1)),
         count_cell(counts.total()), count_cell(counts.stopped())});
  }
  table.note = scribe.say("lookalikes_note");
  return table;
}

ReportTable text_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  ReportTable table = scribe.table(
      "message_texts", {"verdict_id", "source", "line", "action", "text"});
  for (const MessageText& text : numbers.texts) {
    if (text.excerpt.empty()) continue;
    table.add({text_cell(verdict_label(numbers, text.of.verdict_id)),
               text_cell(numbers.sources[size_t(text.of.source)].name),
               text_cell(fmt::format("{}", text.of.line)),
               text_cell(scribe.say(kActionNames[size_t(text.action)])),
               text_cell(text.excerpt)});
  }
  table.personal = true;
  table.note = fmt::format(fmt::runtime(scribe.say("message_texts_note")),
                           kTextsMax, scribe.input.question.seed);
  return table;
}

void add_coverage_of_messages(const Scribe& scribe, ReportSection& section) {
  const uint64_t known = scribe.numbers().records.messages.known;
  const uint64_t all = scribe.numbers().totals[1].total();
  if (known >= all) return;
  section.items.emplace_back(
      scribe.input.options.publish
          ? scribe.paragraph("coverage_messages_published")
          : Paragraph{fmt::format(fmt::runtime(scribe.say("coverage_messages")),
                                  scribe.say(known), scribe.say(all))});
}

void add_kept(const Scribe& scribe, ReportSection& section) {
  const MessageNumbers& messages = scribe.numbers().records.messages;
  if (messages.known == 0) {
    section.items.emplace_back(scribe.missing("messages_missing"));
    return;
  }
  add_coverage_of_messages(scribe, section);
  add_verdicts(scribe, "message_languages", "language", messages.languages,
               section);
  add_verdicts(scribe, "message_transports", "transport", messages.transports,
               section);
  add_table(section, contact_table(scribe), scribe.paragraph("no_contacts"));
  add_table(section, lookalike_table(scribe),
            scribe.paragraph("no_lookalikes"));
  add_table(section, text_table(scribe), scribe.paragraph("no_texts"));
}

}  // namespace

ReportSection write_messages(const Scribe& scribe) {
  ReportSection section = scribe.section(11, "messages");
  if (scribe.numbers().totals[1].total() == 0) {
    section.items.emplace_back(scribe.paragraph("no_messages"));
    return section;
  }
  add_lost_findings(scribe, section);
  add_found(scribe, section, rule_table(scribe), "no_findings");
  add_found(scribe, section, sign_table(scribe), "no_values");
  add_kept(scribe, section);
  add_appeals(scribe, section);
  return section;
}

}  // namespace simwarden
