// SPDX-License-Identifier: Apache-2.0
#include "audit/time_notes.h"

#include <fmt/format.h>

#include "audit/flat_json.h"
#include "audit/purge.h"
#include "record/time.h"
#include "store/retention.h"

namespace simwarden {
namespace {

// Not above 0 where one of them is no time.
int64_t days_between(std::string_view from, std::string_view to) {
  const auto first = parse_date(from.substr(0, 10));
  const auto last = parse_date(to.substr(0, 10));
  return first && last ? *last - *first : 0;
}

}  // namespace

Result<std::unique_ptr<TimeNotes>> TimeNotes::open(Database& database) {
  auto notes = std::make_unique<TimeNotes>();
  auto purge =
      database.prepare("SELECT at, before, keep FROM purge WHERE purge_id = ?");
  if (!purge) return purge.error();
  notes->purge_ = std::move(*purge);
  return notes;
}

void TimeNotes::link(std::string_view body, int64_t number, std::string& last) {
  const std::string_view time = flat_value(body, "time");
  const std::string_view kind = flat_value(body, "kind");
  // An older database gets its chain when it is opened: runs of it are older.
  if (time.empty() || kind == "chain") return;
  if (time < last) {
    notes_.push_back(
        fmt::format("link {}: the clock went back, from {} to {} ({})", number,
                    last, time, kind));
  }
  if (kind == "purge" && days_between(last, time) > kClockAheadDaysMax) {
    notes_.push_back(fmt::format(
        "link {}: a purge of {}, and nothing was stored since {}: was that the "
        "day?",
        number, time, last));
  }
  last = time;
}

Status TimeNotes::purge(std::string_view body, int64_t id) {
  purge_->bind(1, id);
  const Result<bool> row = purge_->step();
  if (!row) return row.error();
  const Statement& at = *purge_;
  if (*row && takes_younger(at.text(0), at.text(1), at.text(2))) {
    notes_.push_back(fmt::format(
        "purge {} of {} took what was before {}: {}",
        flat_number(body, "purge"), at.text(0), at.text(1),
        at.text(2).empty()
            ? "a day that had not come"
            : fmt::format("younger than the {} that it names", at.text(2))));
  }
  purge_->reset();
  return Done{};
}

void TimeNotes::checkpoint(std::string_view time, std::string_view newest) {
  if (time >= newest) return;
  notes_.push_back(fmt::format(
      "the checkpoint of {} is older than the newest link that it saw, of {}",
      time, newest));
}

}  // namespace simwarden
