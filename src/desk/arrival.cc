// SPDX-License-Identifier: Apache-2.0
#include "desk/arrival.h"

namespace simwarden {
namespace {

FieldId received_at() {
  static const FieldId kField = *find_field(Kind::message, "received_at");
  return kField;
}

}  // namespace

bool lacks_arrival(const Record& record) {
  if (record.kind() != Kind::message) return false;
  const SlotState state = record.slot(received_at()).state;
  return state == SlotState::absent || state == SlotState::null;
}

void say_arrival(Record& record, std::chrono::system_clock::time_point now) {
  using namespace std::chrono;
  const auto since = floor<milliseconds>(now.time_since_epoch());
  const auto whole = floor<seconds>(since);
  Timestamp time;
  time.seconds = whole.count();
  time.nanos = uint32_t(nanoseconds(since - whole).count());
  record.set(received_at(), Slot::of_time(time));
}

}  // namespace simwarden
