// SPDX-License-Identifier: Apache-2.0
#include "app/reading.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "app/interrupt.h"
#include "diag/characters.h"
#include "diag/counted.h"
#include "diag/issue.h"
#include "diag/printable.h"
#include "facts/local_clock.h"
#include "house/house.h"
#include "intake/json_fault.h"
#include "judge/profile_choice.h"
#include "privacy/masks.h"
#include "record/fields.h"
#include "terminal/drawn_verdict.h"
#include "terminal/terminal.h"

namespace simwarden {
namespace {

// Beyond this many different ones the input is not ours and the rest goes
// under "…".
constexpr size_t kLeftOutMax = 100;
// Of a value that is shown as it was written.
constexpr size_t kSampleBytesMax = 40;
// What so many records lack, all of them, was lost on the way and not by those
// who wrote them.
constexpr uint64_t kExportRecords = 20;

// The profiles that a mapping gives to records. Null: none.
std::vector<std::string> profiles_in(const Mapping* mapping) {
  std::vector<std::string> names;
  if (mapping == nullptr) return names;
  const auto constant = mapping->constants.find("policy_profile");
  if (constant != mapping->constants.end()) names.push_back(constant->second);
  for (const auto& [theirs, ours] :
       mapping->values_of(profile_field(Kind::request))) {
    if (ours) names.push_back(*ours);
  }
  return names;
}

}  // namespace

Result<IntakeOptions> intake_of(const ReadingOptions& options,
                                const Ruleset& ruleset) {
  auto mapping = read_mapping(options.map);
  if (!mapping) return mapping.error();
  for (const std::string& name : profiles_in(mapping->get())) {
    if (ruleset.profile(name)) continue;
    return Error{Trouble::policy,
                 fmt::format("{}: no profile {}, which policy_profile is set "
                             "to; {}",
                             escaped_text(options.map), printable_text(name),
                             profile_help(ruleset, name))};
  }
  IntakeOptions intake;
  intake.kind = options.kind;
  intake.format = options.format;
  intake.mapping = *mapping;
  intake.encoding = options.encoding;
  intake.authserv_id = options.authserv_id;
  intake.is_stopped = was_interrupted;
  return intake;
}

namespace {

// Each path once, in the order of its first naming. Hard links stay apart: one
// mail in two mailboxes came twice.
void name_each_once(std::vector<std::string>& paths) {
  std::set<std::string> seen;
  std::string first;
  const auto named_before = [&](const std::string& path) {
    const auto plain = std::filesystem::path(path).lexically_normal();
    if (seen.insert(plain.string()).second) return false;
    if (first.empty()) first = path;
    return true;
  };
  const auto end = std::remove_if(paths.begin(), paths.end(), named_before);
  const auto twice = size_t(paths.end() - end);
  paths.erase(end, paths.end());
  if (twice == 0) return;
  say("{}: named twice, and read once{}\n", escaped_text(first),
      twice == 1 ? "" : fmt::format(", like {} more", twice - 1));
}

}  // namespace

Result<Inputs> find_inputs(const std::vector<std::string>& arguments) {
  if (std::count(arguments.begin(), arguments.end(), "-") > 1) {
    return Error{Trouble::usage,
                 "-: standard input can be read once; name it once"};
  }
  Inputs all;
  for (const std::string& argument : arguments) {
    auto found = expand_inputs({argument});
    if (!found) {
      all.unreadable.push_back({argument, found.error()});
      continue;
    }
    all.unreadable.insert(all.unreadable.end(), found->unreadable.begin(),
                          found->unreadable.end());
    all.paths.insert(all.paths.end(), found->paths.begin(), found->paths.end());
  }
  name_each_once(all.paths);
  return all;
}

void InputTroubles::tell(const Error& error, Progress& progress) {
  if (error.trouble == Trouble::interrupted) return;
  progress.clear();
  complain(error);
  (error.trouble == Trouble::usage ? used_wrongly_ : some_failed_) = true;
}

std::optional<int> InputTroubles::exit_code() const {
  if (used_wrongly_) return kExitUsage;
  if (some_failed_) return kExitInput;
  return std::nullopt;
}

void LeftOut::add(const std::string& name, uint64_t times,
                  const std::string& sample) {
  const bool room = counts_.size() < kLeftOutMax || counts_.contains(name);
  Count& count = counts_[room ? name : "…"];
  if (count.times == 0 && room) count.sample = cut(sample, kSampleBytesMax);
  count.times += times;
}

void LeftOut::add(const std::vector<std::string>& names) {
  for (const std::string& name : names) add(name);
}

void LeftOut::add_all(const LeftOut& others) {
  for (const auto& [name, count] : others.counts_) {
    add(name, count.times, count.sample);
  }
}

std::string LeftOut::names() const {
  std::string names;
  for (const auto& [name, count] : counts_) {
    // A table without its header has a record for names.
    names += fmt::format(
        "{}{} ({}{})", names.empty() ? "" : ", ",
        name.empty() ? "\"\""
                     : printable_text(mask_value(name, Mask::free_text)),
        with_thousands(count.times),
        count.sample.empty()
            ? ""
            : fmt::format(", as in \"{}\"", printable_text(count.sample)));
  }
  return names;
}

LeftOut LeftOut::only(
    const std::function<bool(const std::string&, uint64_t)>& wanted) const {
  LeftOut some;
  for (const auto& [name, count] : counts_) {
    if (wanted(name, count.times)) some.add(name, count.times, count.sample);
  }
  return some;
}

bool LeftOut::is_utf8() const {
  return std::none_of(counts_.begin(), counts_.end(), [](const auto& each) {
    return find_bad_utf8(each.first).has_value();
  });
}

std::string unknown_keys_sentence(const LeftOut& keys) {
  const std::string names = keys.names();
  if (names.empty()) return {};
  return fmt::format(
      "simwarden: names that no field has were left out: {}\n"
      "simwarden: simwarden facts lists the fields, --map translates your "
      "own{}\n",
      names,
      keys.is_utf8() ? ""
                     : "; some of these are not UTF-8: name the charset "
                       "(--encoding windows-1252)");
}

UnseenFields::UnseenFields() {
  const auto all = fields();
  for (FieldId id = 0; id < all.size(); ++id) of(all[id].kind).push_back(id);
}

namespace {

bool has_field(const Record& record, FieldId id) {
  const GroupId of_group = field(id).group;
  if (of_group == kNoGroup) return record.slot(id).state != SlotState::absent;
  const Slot& items = record.group_slot(of_group);
  if (items.state != SlotState::given) return false;
  for (uint32_t i = 0; i < items.list.count; ++i) {
    if (record.member(id, i).state != SlotState::absent) return true;
  }
  return false;
}

}  // namespace

void UnseenFields::add(const Record& record) {
  std::erase_if(of(record.kind()),
                [&](FieldId id) { return has_field(record, id); });
}

void UnseenFields::add_all(const UnseenFields& others) {
  for (size_t kind = 0; kind < left_.size(); ++kind) {
    const std::vector<FieldId>& theirs = others.left_[kind];
    std::erase_if(left_[kind], [&](FieldId id) {
      return !std::binary_search(theirs.begin(), theirs.end(), id);
    });
  }
}

bool UnseenFields::has(std::string_view fact) const {
  for (const Kind kind : {Kind::request, Kind::message}) {
    const std::string begin = fmt::format("{}.", name_of(kind));
    if (!fact.starts_with(begin)) continue;
    const auto id = find_field(kind, fact.substr(begin.size()));
    const std::vector<FieldId>& left = left_[size_t(kind)];
    return id && std::binary_search(left.begin(), left.end(), *id);
  }
  return false;
}

namespace {

bool has_time(const LeftOut& facts) {
  const auto all = fields();
  return std::any_of(all.begin(), all.end(), [&](const Field& row) {
    const bool is_time =
        row.type == FieldType::timestamp || row.type == FieldType::date;
    return is_time &&
           facts.has(fmt::format("{}.{}", name_of(row.kind), row.name));
  });
}

// Where clocks change, in either half of the world.
bool has_summer(const PlaceClock& clock) {
  return clock.zone_of("2026-01-15T12:00:00") !=
         clock.zone_of("2026-07-15T12:00:00");
}

}  // namespace

std::string invalid_values_sentence(const InvalidValues& values,
                                    const std::string& profile,
                                    const Mapping* mapping) {
  const LeftOut& facts = values.facts;
  const std::string names = facts.names();
  if (names.empty()) return {};
  std::string said = fmt::format(
      "simwarden: values that are not valid, or were cut: {}\n"
      "simwarden: what is not valid counts as not recorded, what was cut is "
      "for review at least; `invalid` in the verdicts says what was "
      "expected\n",
      names);
  if (facts.has("request.phone_number")) {
    said +=
        "simwarden: a telephone number has a + and its country code; others "
        "are read by --map, national ones with their area code by `country: "
        "GB` at the top of its file (the field `country` does not say it)\n";
  }
  if (mapping != nullptr && mapping->times && has_time(facts)) {
    said += fmt::format(
        "simwarden: times are read as --map says, {}, or as "
        "2026-03-02T10:15:30+08:00\n",
        kTimeForms[size_t(*mapping->times)]);
  }
  if (mapping != nullptr && mapping->clock && has_summer(*mapping->clock) &&
      has_time(facts)) {
    said +=
        "simwarden: a time that the clocks of the time_zone showed twice, or "
        "left out, when they changed is valid only with its zone behind it\n";
  }
  if (values.rounded) {
    said +=
        "simwarden: 8.94E+18 is what a spreadsheet leaves of a long number: "
        "format the column as text there, with the digits of the source, and "
        "export it again\n";
  }
  if (facts.has("request.policy_profile") ||
      facts.has("message.policy_profile")) {
    said += fmt::format(
        "simwarden: where the policy_profile is not valid, {} judged\n",
        profile);
  }
  return said;
}

std::string recorded_nowhere_sentence(const LeftOut& facts,
                                      const UnseenFields& unseen,
                                      uint64_t records) {
  if (records < kExportRecords) return {};
  const std::string names =
      facts
          .only([&](const std::string& fact, uint64_t times) {
            return times >= records ||
                   (times >= kExportRecords && unseen.has(fact));
          })
          .names();
  if (names.empty()) return {};
  return fmt::format(
      "simwarden: duties ask for what no record has: {}\n"
      "simwarden: what an export leaves out counts against every record that "
      "is asked for it: let it have the column, and lead that to its field "
      "(--map)\n",
      names);
}

void OtherCountries::add(const Record& record, const Profile& judged_by) {
  static const std::array<FieldId, 2> kCountry = {
      *find_field(Kind::request, "country"),
      *find_field(Kind::message, "country")};
  const Slot& slot = record.slot(kCountry[size_t(record.kind())]);
  if (slot.state != SlotState::given) return;
  const std::string_view country = record.text(slot);
  if (country == judged_by.country) return;
  ++counts_[{std::string(country), judged_by.name}];
}

void OtherCountries::add_all(const OtherCountries& others) {
  for (const auto& [which, count] : others.counts_) counts_[which] += count;
}

std::string OtherCountries::sentence(const Ruleset& ruleset) const {
  std::string names;
  for (const auto& [which, count] : counts_) {
    const auto& [country, judged_by] = which;
    std::string own;
    for (const auto& [name, profile] : ruleset.profiles) {
      if (profile.country != country) continue;
      own += (own.empty() ? "" : " or ") + name;
    }
    if (own.empty() || count < kExportRecords) continue;
    names += fmt::format("{}{} by {}, not {} ({})", names.empty() ? "" : ", ",
                         printable_text(country), printable_text(judged_by),
                         printable_text(own), with_thousands(count));
  }
  if (names.empty()) return {};
  return fmt::format(
      "simwarden: records judged by another profile than their country's: {} "
      "(--profile, or policy_profile by --map)\n",
      names);
}

void UtcTimes::add(const Record& record) {
  if (record.kind() != Kind::request) return;
  static const FieldId open_hours =
      *find_field(Kind::request, "channel.open_hours");
  static const FieldId created_at = *find_field(Kind::request, "created_at");
  static const FieldId local_hour = *find_field(Kind::request, "local_hour");
  static const FieldId country = *find_field(Kind::request, "country");
  const auto is_given = [&record](FieldId id) {
    return record.slot(id).state == SlotState::given;
  };
  const bool asks = is_given(open_hours) && is_given(created_at) &&
                    is_given(country) && !is_given(local_hour);
  if (asks && !created_at_tells_clock(record)) ++count_;
}

std::string UtcTimes::sentence() const {
  if (count_ < kExportRecords) return {};
  return fmt::format(
      "simwarden: {} with opening hours, a time in UTC and no local_hour: the "
      "hours are held against UTC, not the channel's clock (write created_at "
      "with its zone, or its hour in local_hour)\n",
      how_many(count_, "request"));
}

std::string missing_columns_sentence(const std::string& table,
                                     const std::vector<std::string>& header,
                                     const Mapping& mapping) {
  std::string said;
  for (const std::string& name : mapping.not_among(header)) {
    const std::string help = did_you_mean(name, header);
    said += fmt::format("simwarden: {}: no column {}, which --map has{}{}\n",
                        escaped_text(table), printable_text(name),
                        help.empty() ? "" : "; ", printable_text(help));
  }
  return said;
}

}  // namespace simwarden
