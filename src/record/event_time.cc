// SPDX-License-Identifier: Apache-2.0
#include "record/event_time.h"

#include <tuple>

#include "diag/check.h"

namespace simwarden {
namespace {

FieldId own_time(Kind kind) {
  static const auto of_request = find_field(Kind::request, "created_at");
  static const auto of_message = find_field(Kind::message, "received_at");
  const auto& found = kind == Kind::request ? of_request : of_message;
  CHECK(found, "both kinds have a time of their own");
  return *found;
}

Timestamp time_of(const Slot& slot) {
  return {slot.integer, slot.nanos, slot.zone_minutes};
}

class Newest {
 public:
  void look_at(const Slot& slot) {
    if (slot.state != SlotState::given) return;
    const Timestamp time = time_of(slot);
    // Of one moment written twice the eastern one, so that no order of the
    // fields matters.
    const auto rank = [](const Timestamp& t) {
      return std::tuple(t.seconds, t.nanos, t.zone_minutes);
    };
    if (!found_ || rank(*found_) < rank(time)) found_ = time;
  }
  std::optional<Timestamp> found() const { return found_; }

 private:
  std::optional<Timestamp> found_;
};

}  // namespace

bool lies_ahead(const Field& row) {
  return row.name.ends_with("_until");
}

std::optional<Timestamp> event_time(const Record& record) {
  const Slot& own = record.slot(own_time(record.kind()));
  if (own.state == SlotState::given) return time_of(own);
  Newest newest;
  FieldId id = first_field(record.kind());
  for (const Field& row : fields_of(record.kind())) {
    const FieldId at = id++;
    if (row.type != FieldType::timestamp || row.list) continue;
    if (lies_ahead(row)) continue;
    if (row.group == kNoGroup) {
      newest.look_at(record.slot(at));
      continue;
    }
    const Slot& head = record.group_slot(row.group);
    if (head.state != SlotState::given) continue;
    for (uint32_t k = 0; k < head.list.count; ++k) {
      newest.look_at(record.member(at, k));
    }
  }
  return newest.found();
}

std::optional<Timestamp> proven_time(const Record& record) {
  const Slot& own = record.slot(own_time(record.kind()));
  if (own.state == SlotState::invalid) return std::nullopt;
  return event_time(record);
}

}  // namespace simwarden
