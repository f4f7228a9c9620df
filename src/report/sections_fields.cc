// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "report/sections_records.h"

// What every request must have, and what of the store could not be read.
namespace simwarden {
namespace {

using FieldRow = std::pair<std::string, FieldNumbers>;

// The worst first.
std::vector<FieldRow> rows_of(const std::map<std::string, FieldNumbers>& all) {
  std::vector<FieldRow> rows(all.begin(), all.end());
  const auto missing = [](const FieldNumbers& field) {
    return field.asked == 0
               ? 0.0
               : double(field.asked - field.recorded) / double(field.asked);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [missing](const FieldRow& a, const FieldRow& b) {
                     return missing(a.second) > missing(b.second);
                   });
  return rows;
}

}  // namespace

void add_mandatory(const Scribe& scribe, ReportSection& section) {
  if (!knows_records(scribe)) {
    return say_unknown(scribe, "mandatory_missing", section);
  }
  add_coverage(scribe, section);
  ReportTable table = scribe.table(
      "mandatory", {"field", "requests_known", "field_missing",
                    "field_unusable", "recorded", "recorded_share"});
  for (const auto& [name, field] :
       rows_of(scribe.numbers().records.mandatory)) {
    const uint64_t missing = field.asked - field.recorded - field.unusable;
    table.add({text_cell(name), count_cell(field.asked), count_cell(missing),
               count_cell(field.unusable), count_cell(field.recorded),
               share_cell(field.recorded, field.asked)});
  }
  table.parts_begin = 2;
  table.parts_end = 5;
  table.rows_add_up = false;
  table.note = scribe.say("mandatory_note");
  section.items.emplace_back(std::move(table));
}

void add_damage(const Scribe& scribe, ReportSection& section) {
  const Damage& damage = scribe.numbers().records.damage;
  if (damage.blocks == 0) return;
  section.items.emplace_back(Paragraph{
      fmt::format(fmt::runtime(scribe.say("damage")), scribe.say(damage.blocks),
                  scribe.say_records(damage.records)),
      true});
  ReportTable table =
      scribe.table("damaged", {"block", "source", "records", "what"});
  for (const DamagedBlock& block : damage.named) {
    table.add({text_cell(block.block), text_cell(block.source),
               count_cell(block.records), text_cell(block.what)});
  }
  table.personal = true;  // names of files are the operator's own
  section.items.emplace_back(std::move(table));
}

}  // namespace simwarden
