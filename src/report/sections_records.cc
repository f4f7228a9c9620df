// SPDX-License-Identifier: Apache-2.0
#include "report/sections_records.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/statistics.h"

namespace simwarden {
namespace {

constexpr double kMinutesOfHour = 60;
constexpr size_t kDay = size_t{24} * 60;  // in minutes

const RecordNumbers& records_of(const Scribe& scribe) {
  return scribe.numbers().records;
}

std::string value_text(const Scribe& scribe, const std::string& value) {
  return value.empty() ? scribe.say("not_recorded") : value;
}

// Most first; what is not recorded last.
std::vector<std::pair<std::string, ActionCounts>> sorted(
    const ChoiceCounts& counts) {
  std::vector<std::pair<std::string, ActionCounts>> rows(counts.begin(),
                                                         counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    if (a.first.empty() != b.first.empty()) return b.first.empty();
    return a.second.total() > b.second.total();
  });
  return rows;
}

void add_shares(const Scribe& scribe, ReportTable& table,
                const std::string& fact, const ChoiceCounts& counts) {
  uint64_t all = 0;
  for (const auto& [value, of] : counts) all += of.total();
  const size_t group = table.groups.empty() ? 0 : table.groups.back() + 1;
  for (const auto& [value, of] : sorted(counts)) {
    table.groups.push_back(group);
    table.add({text_cell(fact), text_cell(value_text(scribe, value)),
               count_cell(of.total()), share_cell(of.total(), all),
               count_cell(of.stopped()), share_cell(of.stopped(), of.total())});
  }
}

ReportTable share_table(const Scribe& scribe, std::string_view id,
                        std::initializer_list<std::string_view> facts) {
  ReportTable table = scribe.table(id, {"fact", "value", "requests_known",
                                        "share", "stopped", "stopped_share"});
  const auto& choices = records_of(scribe).choices;
  for (const std::string_view fact : facts) {
    const auto found = choices.find(std::string(fact));
    if (found == choices.end()) continue;
    add_shares(scribe, table, std::string(fact), found->second);
  }
  return table;
}

Cell hours_cell(const Delays& delays, double share) {
  const auto minutes = delays.quantile(share);
  if (minutes) return number_cell(double(*minutes) / kMinutesOfHour);
  return delays.counted() == 0
             ? Cell{}
             : text_cell(fmt::format("> {}", kDelayMinutesMax / 60));
}

ReportTable delay_table(const Scribe& scribe) {
  const RecordNumbers& records = records_of(scribe);
  ReportTable table =
      scribe.table("delays", {"interval", "requests_known", "median_hours",
                              "hours_95", "ends_before"});
  const auto row = [&](std::string_view id, const Delays& delays) {
    table.add({text_cell(scribe.say(id)), count_cell(delays.counted()),
               hours_cell(delays, 0.5), hours_cell(delays, 0.95),
               count_cell(delays.before())});
  };
  row("interval.request", records.request_to_activation);
  row("interval.notice", records.notice_to_activation);
  row("interval.port", records.swap_to_port);
  row("interval.remedy", records.fraud_to_remedy);
  table.rows_add_up = false;
  table.note = scribe.say("delays_note");
  return table;
}

using ChannelRow = std::pair<std::string, const ChannelNumbers*>;

std::vector<ChannelRow> channels_of(const Scribe& scribe) {
  std::vector<ChannelRow> rows;
  for (const auto& [name, numbers] : records_of(scribe).channels) {
    rows.emplace_back(name, &numbers);
  }
  std::stable_sort(
      rows.begin(), rows.end(), [](const ChannelRow& a, const ChannelRow& b) {
        if (a.first.empty() != b.first.empty()) return b.first.empty();
        return a.second->actions.total() > b.second->actions.total();
      });
  return rows;
}

template <size_t count>
std::vector<Cell> mix_row(const std::string& label,
                          const std::array<uint64_t, count>& parts) {
  std::vector<Cell> row = {text_cell(label), {}};
  uint64_t whole = 0;
  for (const uint64_t part : parts) {
    row.push_back(count_cell(part));
    whole += part;
  }
  row[1] = count_cell(whole);
  return row;
}

void add_statuses(const Scribe& scribe, ReportSection& section) {
  ReportTable table = scribe.table(
      "channel_status",
      {"channel", "requests_known", "blacklisted", "unofficial", "unverified",
       "authorised", "official", "status_not_recorded"});
  for (const auto& [name, numbers] : channels_of(scribe)) {
    table.add(mix_row(value_text(scribe, name), numbers->statuses));
  }
  table.parts_begin = 2;
  table.parts_end = table.columns.size();
  section.items.emplace_back(
      scribe.figure(Drawing::mix, "channel_status", std::move(table)));
}

void add_factor_mix(const Scribe& scribe, ReportSection& section) {
  ReportTable table = scribe.table(
      "factor_mix", {"channel", "factors_passed", "code_to_replaced",
                     "code_elsewhere", "factor_knowledge", "factor_app",
                     "factor_document", "factor_biometric", "factor_other"});
  for (const auto& [name, numbers] : channels_of(scribe)) {
    auto row = mix_row(value_text(scribe, name), numbers->factors);
    if (row[1].number > 0) table.add(std::move(row));
  }
  if (table.rows.empty()) return;
  table.parts_begin = 2;
  table.parts_end = table.columns.size();
  table.note = scribe.say("factor_mix_note");
  section.items.emplace_back(
      scribe.figure(Drawing::mix, "factor_mix", std::move(table)));
}

ReportTable factor_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "factors", {"factor", "factors_asked", "factors_passed", "passed_share"});
  for (const auto& [type, numbers] : records_of(scribe).factors) {
    table.add({text_cell(value_text(scribe, type)), count_cell(numbers.asked),
               count_cell(numbers.passed),
               share_cell(numbers.passed, numbers.asked)});
  }
  std::stable_sort(
      table.rows.begin(), table.rows.end(),
      [](const auto& a, const auto& b) { return a[1].number > b[1].number; });
  return table;
}

struct Bin {
  std::string_view id;
  size_t from;  // minutes
  size_t to;
};
constexpr Bin kNoticeBins[] = {
    {"bin.1m", 0, 1},           {"bin.5m", 1, 5},
    {"bin.15m", 5, 15},         {"bin.1h", 15, 60},
    {"bin.4h", 60, 240},        {"bin.24h", 240, kDay},
    {"bin.3d", kDay, 3 * kDay}, {"bin.90d", 3 * kDay, kDelayMinutesMax}};

void add_notice_delay(const Scribe& scribe, ReportSection& section) {
  const RecordNumbers& records = records_of(scribe);
  if (records.after.activated == 0) return;
  const Delays& delays = records.notice_to_activation;
  ReportTable table = scribe.table(
      "notice_delay", {"delay", "without_notice_before", "with_notice_before"});
  const auto row = [&](std::string_view id, uint64_t without, uint64_t with) {
    table.add(
        {text_cell(scribe.say(id)), count_cell(without), count_cell(with)});
  };
  row("bin.none", records.no_notice, 0);
  row("bin.after", delays.before(), 0);
  for (const Bin& bin : kNoticeBins) {
    row(bin.id, 0, delays.between(bin.from, bin.to));
  }
  row("bin.longer", 0, delays.longer());
  table.note = scribe.say("notice_delay_note");
  section.items.emplace_back(
      scribe.figure(Drawing::marked, "notice_delay", std::move(table)));
}

ReportTable notice_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("notice_by_channel",
                   {"channel", "activated", "noticed", "share", "low", "high"});
  for (const auto& [name, numbers] : channels_of(scribe)) {
    if (numbers->activated == 0) continue;
    const Interval interval = wilson(numbers->noticed, numbers->activated);
    table.add({text_cell(value_text(scribe, name)),
               count_cell(numbers->activated), count_cell(numbers->noticed),
               share_cell(numbers->noticed, numbers->activated),
               share_cell(interval.low), share_cell(interval.high)});
  }
  table.note = scribe.say("notice_note");
  return table;
}

ReportTable response_table(const Scribe& scribe) {
  ReportTable table =
      scribe.table("notice_responses", {"response", "notices", "share"});
  uint64_t all = 0;
  for (const auto& [response, count] : records_of(scribe).responses) {
    all += count;
  }
  for (const auto& [response, count] : records_of(scribe).responses) {
    table.add({text_cell(value_text(scribe, response)), count_cell(count),
               share_cell(count, all)});
  }
  return table;
}

ReportTable hold_table(const Scribe& scribe) {
  const RecordNumbers& records = records_of(scribe);
  ReportTable table =
      scribe.table("holds", {"measure", "requests_known", "of", "share"});
  const auto row = [&](std::string_view id, uint64_t part, uint64_t of) {
    table.add({text_cell(scribe.say(id)), count_cell(part), count_cell(of),
               share_cell(part, of)});
  };
  row("hold.sms_bar", records.after.sms_barred, records.after.activated);
  row("hold.port_bar", records.after.port_barred, records.after.activated);
  for (const char* fact :
       {"control.call_forward_reset", "control.voicemail_pin_reset",
        "control.relying_parties_notified"}) {
    uint64_t yes = 0;
    uint64_t said = 0;
    for (const auto& [value, counts] : records.choices.at(fact)) {
      if (value == "true") yes = counts.total();
      if (!value.empty()) said += counts.total();
    }
    row(fact, yes, said);
  }
  table.rows_add_up = false;
  table.note = scribe.say("holds_note");
  return table;
}

}  // namespace

bool knows_records(const Scribe& scribe) {
  return records_of(scribe).known > 0;
}

void say_unknown(const Scribe& scribe, std::string_view missing,
                 ReportSection& section) {
  const bool none = scribe.numbers().totals[0].total() == 0;
  section.items.emplace_back(none ? scribe.paragraph("no_requests")
                                  : scribe.missing(missing));
}

void add_coverage(const Scribe& scribe, ReportSection& section) {
  const uint64_t known = records_of(scribe).known;
  const uint64_t all = scribe.numbers().totals[0].total();
  if (known >= all) return;
  // The difference may be a small count.
  section.items.emplace_back(
      scribe.input.options.publish
          ? scribe.paragraph("coverage_published")
          : Paragraph{fmt::format(fmt::runtime(scribe.say("coverage")),
                                  scribe.say(known), scribe.say(all))});
  if (scribe.numbers().records.damage.blocks > 0) {
    section.items.emplace_back(scribe.missing("coverage_damaged"));
  }
}

void add_requests(const Scribe& scribe, ReportSection& section) {
  if (!knows_records(scribe)) {
    return say_unknown(scribe, "requests_missing", section);
  }
  add_coverage(scribe, section);
  section.items.emplace_back(
      share_table(scribe, "requests_by",
                  {"request_type", "reason", "channel.type", "sim.new.form",
                   "outcome.state"}));
  section.items.emplace_back(delay_table(scribe));
}

void add_channel_shares(const Scribe& scribe, ReportSection& section) {
  if (!knows_records(scribe)) {
    return say_unknown(scribe, "channels_missing", section);
  }
  add_coverage(scribe, section);
  section.items.emplace_back(
      share_table(scribe, "channel_shares", {"channel.official_status"}));
  add_statuses(scribe, section);
}

void add_verification_shares(const Scribe& scribe, ReportSection& section) {
  if (!knows_records(scribe)) {
    return say_unknown(scribe, "verification_missing", section);
  }
  add_coverage(scribe, section);
  ReportTable table = share_table(
      scribe, "verification_shares",
      {"identity.document.type", "identity.document.presented_as",
       "identity.document.read_method", "identity.document.authenticity_result",
       "identity.registry_check.result", "identity.biometric.type",
       "identity.biometric.result", "identity.biometric.liveness_type",
       "identity.document.country", "identity.alternative_path",
       "auth.weak_only"});
  add_shares(scribe, table, scribe.say("code_to_replaced"),
             records_of(scribe).code_to_replaced);
  section.items.emplace_back(std::move(table));
  add_table(section, factor_table(scribe), scribe.paragraph("no_factors"));
  add_factor_mix(scribe, section);
}

void add_notices(const Scribe& scribe, ReportSection& section) {
  if (!knows_records(scribe)) {
    return say_unknown(scribe, "notice_missing", section);
  }
  add_coverage(scribe, section);
  add_table(section, notice_table(scribe), scribe.paragraph("no_activated"));
  add_notice_delay(scribe, section);
  add_table(section, response_table(scribe), scribe.paragraph("no_responses"));
  section.items.emplace_back(hold_table(scribe));
}

// The first seven days one by one: then the number must not be ported.
void add_ports(const Scribe& scribe, ReportSection& section) {
  const Delays& delays = records_of(scribe).swap_to_port;
  if (!knows_records(scribe)) return;
  if (delays.counted() + delays.before() == 0) {
    section.items.emplace_back(scribe.paragraph("no_ports"));
    return;
  }
  ReportTable table = scribe.table(
      "swap_to_port", {"days_after", "within_7_days", "after_7_days"});
  const auto row = [&table](const std::string& label, uint64_t within,
                            uint64_t after) {
    table.add({text_cell(label), count_cell(within), count_cell(after)});
  };
  for (size_t day = 0; day < 7; ++day) {
    row(fmt::format("{}", day + 1),
        delays.between(day * kDay, (day + 1) * kDay), 0);
  }
  row("8–14", 0, delays.between(7 * kDay, 14 * kDay));
  row("15–30", 0, delays.between(14 * kDay, 30 * kDay));
  row("31–60", 0, delays.between(30 * kDay, 60 * kDay));
  row("61–90", 0, delays.between(60 * kDay, 90 * kDay));
  row("> 90", 0, delays.longer());
  table.note = scribe.say("swap_to_port_note");
  section.items.emplace_back(
      scribe.figure(Drawing::marked, "swap_to_port", std::move(table)));
}

}  // namespace simwarden
