// SPDX-License-Identifier: Apache-2.0
// Codes: K101 an age that is none, K102 a class that would go before one that
// it takes with it.
#include "store/retention.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "notation/yaml.h"
#include "record/time.h"

namespace simwarden {
namespace {

// Nobody keeps anything for longer; and no sum of days overflows.
constexpr int kAgeMax = 9999;

struct UnitName {
  std::string_view name;
  Age::Unit unit;
};
constexpr UnitName kUnits[] = {
    {"days", Age::Unit::days},     {"day", Age::Unit::days},
    {"months", Age::Unit::months}, {"month", Age::Unit::months},
    {"years", Age::Unit::years},   {"year", Age::Unit::years}};

std::vector<std::string> class_names() {
  std::vector<std::string> names;
  for (size_t i = 0; i < kAgedClassCount; ++i) {
    names.emplace_back(kRetentionClasses[i].name);
  }
  return names;
}

void read_ages(YamlReader& yaml, const YamlNode& node, Retention& made) {
  yaml.keys(node, class_names());
  for (const YamlNode::Entry& entry : node.entries) {
    const auto which = retention_class_of(entry.key.scalar);
    if (!which || size_t(*which) >= kAgedClassCount) continue;
    const auto age = parse_age(entry.value.scalar);
    if (age) {
      made.ages[size_t(*which)] = age;
      continue;
    }
    yaml.complain(
        entry.value, "K101",
        fmt::format("how long {} are kept must be an age", entry.key.scalar),
        "no age",
        "write a number of days, months or years: "
        "13 months");
  }
}

// Texts of days are compared as texts, which a year with a sign breaks.
constexpr std::chrono::sys_days kFirstDay =
    std::chrono::year{1} / std::chrono::January / 1;

}  // namespace

std::optional<RetentionClass> retention_class_of(std::string_view name) {
  // The word of databases from before there were three.
  if (name == "personal") return RetentionClass::subjects;
  for (size_t i = 0; i < kRetentionClassCount; ++i) {
    if (kRetentionClasses[i].name == name) return RetentionClass(i);
  }
  return std::nullopt;
}

std::optional<Age> parse_age(std::string_view text) {
  Age age;
  const auto [end, wrong] =
      std::from_chars(text.data(), text.data() + text.size(), age.number);
  if (wrong != std::errc() || age.number < 1 || age.number > kAgeMax) {
    return std::nullopt;
  }
  text.remove_prefix(size_t(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  for (const UnitName& row : kUnits) {
    if (row.name != text) continue;
    age.unit = row.unit;
    return age;
  }
  return std::nullopt;
}

std::string text_of(const Age& age) {
  std::string_view unit = kUnits[size_t(age.unit) * 2].name;
  if (age.number == 1) unit.remove_suffix(1);
  return fmt::format("{} {}", age.number, unit);
}

int64_t day_before(int64_t today, const Age& age) {
  using namespace std::chrono;
  const int64_t first = kFirstDay.time_since_epoch().count();
  if (age.unit == Age::Unit::days) return std::max(today - age.number, first);
  year_month_day day{sys_days{days{today}}};
  if (age.unit == Age::Unit::months) day -= months{age.number};
  if (age.unit == Age::Unit::years) day -= years{age.number};
  if (!day.ok()) day = day.year() / day.month() / last;
  return std::max<int64_t>(sys_days{day}.time_since_epoch().count(), first);
}

bool takes_younger(std::string_view at, std::string_view before,
                   std::string_view keep) {
  const auto done = parse_date(at.substr(0, 10));
  const auto day = parse_date(before);
  if (!done || !day) return false;
  // Somewhere the next day has begun.
  const int64_t newest = *done + 1;
  const auto age = parse_age(keep);
  return *day > (age ? day_before(newest, *age) : newest);
}

namespace {

std::string wrong_order_on(int64_t today, const Retention& retention) {
  int64_t oldest = INT64_MAX;
  std::string_view name;
  for (size_t i = 0; i < kBlockClassCount; ++i) {
    const auto& age = retention.ages[i];
    if (!age) continue;
    const int64_t day = day_before(today, *age);
    if (day > oldest) {
      return fmt::format("{} would go before {}, and take them along",
                         kRetentionClasses[i].name, name);
    }
    oldest = day;
    name = kRetentionClasses[i].name;
  }
  return {};
}

}  // namespace

// A month has 28 to 31 days: what is in order today may not be in March.
std::string wrong_order(const Retention& retention) {
  constexpr int64_t kAnyDay = 20'000;
  constexpr int64_t kLeapCycleDays = 1461;
  for (int64_t day = kAnyDay; day < kAnyDay + kLeapCycleDays; ++day) {
    std::string wrong = wrong_order_on(day, retention);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

Retention customary_retention() {
  Retention made;
  for (size_t i = 0; i < kAgedClassCount; ++i) {
    made.ages[i] = parse_age(kRetentionClasses[i].customary);
  }
  return made;
}

std::optional<Retention> parse_retention(const SourceText& file,
                                         Issues& issues) {
  const auto top = salvage_yaml(file, issues);
  if (!top) return std::nullopt;
  YamlReader yaml(file, issues);
  Retention made;
  yaml.keys(*top, {"retention"});
  if (top->type == YamlNode::Type::mapping && yaml.require(*top, "retention")) {
    const YamlNode& node = *top->find("retention");
    read_ages(yaml, node, made);
    const std::string wrong = wrong_order(made);
    if (!wrong.empty()) {
      yaml.complain(node, "K102", wrong, "shorter than above");
    }
  }
  if (issues.has_errors()) return std::nullopt;
  return made;
}

}  // namespace simwarden
