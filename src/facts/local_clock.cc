// SPDX-License-Identifier: Apache-2.0
#include "facts/local_clock.h"

#include <string_view>

#include "diag/check.h"
#include "record/fields.h"
#include "record/time.h"
#include "zone/utc_clocks.h"

namespace simwarden {
namespace {

FieldId id_of(std::string_view name) {
  const auto id = find_field(Kind::request, name);
  CHECK(id.has_value(), "clocks are told by fields of the table");
  return *id;
}

const Slot& created_at_of(const Record& request) {
  static const FieldId created_at = id_of("created_at");
  return request.slot(created_at);
}

int64_t shown_by(const Slot& time) {
  return time.integer + int64_t{time.zone_minutes} * 60;
}

}  // namespace

bool created_at_tells_clock(const Record& request) {
  static const FieldId country = id_of("country");
  const Slot& time = created_at_of(request);
  if (time.state != SlotState::given) return false;
  if (time.zone_minutes != 0) return true;
  const Slot& where = request.slot(country);
  return where.state == SlotState::given &&
         shows_utc(request.text(where), time.integer);
}

std::optional<LocalMinutes> local_minutes(const Record& request) {
  static const FieldId local_hour = id_of("local_hour");
  const Slot& hour = request.slot(local_hour);
  if (hour.state == SlotState::given && !created_at_tells_clock(request)) {
    return LocalMinutes{hour.integer * 60, hour.integer * 60 + 59};
  }
  const Slot& made = created_at_of(request);
  if (made.state != SlotState::given) return std::nullopt;
  const int64_t minute = day_second(shown_by(made)).second / 60;
  return LocalMinutes{minute, minute};
}

int local_weekday(const Record& request, const LocalMinutes& at) {
  const auto [day, second] = day_second(shown_by(created_at_of(request)));
  const int64_t ahead = at.first / 60 - second / 3600;
  const int64_t half = 12;
  const int64_t there = day + (ahead < -half) - (ahead > half);
  constexpr int64_t kThursday = 3;  // 1970-01-01
  return int(((there + kThursday) % 7 + 7) % 7);
}

}  // namespace simwarden
