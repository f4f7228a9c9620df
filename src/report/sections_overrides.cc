// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "report/sections_records.h"

// Controls that a clerk overrode: one by one, so that each can be asked about.
namespace simwarden {
namespace {

// As section 10 shows agents.
constexpr size_t kPseudonymDigits = 8;

std::string agent_text(const std::string& agent) {
  const size_t colon = agent.rfind(':');
  if (colon == std::string::npos) return agent;
  return agent.substr(colon + 1, kPseudonymDigits) + "…";
}

ReportTable log_table(const Scribe& scribe) {
  const Numbers& numbers = scribe.numbers();
  const OverrideNumbers& overrides = numbers.records.overrides;
  ReportTable table =
      scribe.table("overrides", {"created_at", "verdict_id", "source", "line",
                                 "agent", "action", "override_reason"});
  for (const Override& each : overrides.log) {
    table.add({text_cell(each.created_at),
               text_cell(verdict_label(numbers, each.verdict)),
               text_cell(numbers.sources[size_t(each.source)].name),
               text_cell(fmt::format("{}", each.line)),
               text_cell(agent_text(each.agent)),
               text_cell(scribe.say(kActionNames[size_t(each.action)])),
               text_cell(each.reason_recorded && each.reason.empty()
                             ? scribe.say("override_reason_masked")
                             : each.reason)});
  }
  table.personal = true;
  table.note = fmt::format(
      fmt::runtime(scribe.say("overrides_note")), scribe.say(overrides.known),
      scribe.say(overrides.used), scribe.say(overrides.without_reason),
      scribe.say(overrides.log.size()));
  return table;
}

}  // namespace

void add_overrides(const Scribe& scribe, ReportSection& section) {
  const OverrideNumbers& overrides = scribe.numbers().records.overrides;
  if (overrides.used > 0) {
    section.items.emplace_back(log_table(scribe));
    return;
  }
  if (scribe.input.options.publish) {  // a count in it could be small
    section.items.emplace_back(scribe.paragraph("no_overrides_published"));
    return;
  }
  section.items.emplace_back(Paragraph{fmt::format(
      fmt::runtime(scribe.say("no_overrides")), scribe.say(overrides.known))});
}

}  // namespace simwarden
