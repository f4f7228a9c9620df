// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "record/record.h"

// Records as a person reads them, for tests.
namespace simwarden {

// "(absent)", "(null)", "!original" for an invalid value, or the value.
inline std::string shown(const Record& record, std::string_view name) {
  const auto id = find_field(record.kind(), name);
  if (!id) return "(no such field)";
  const Slot& slot = record.slot(*id);
  switch (slot.state) {
    case SlotState::absent: return "(absent)";
    case SlotState::null: return "(null)";
    case SlotState::invalid: return "!" + to_text(record, field(*id), slot);
    case SlotState::given: break;
  }
  return to_text(record, field(*id), slot);
}

// Every member of every item: "type=otp_sms result=!maybe; type=passkey".
inline std::string shown_group(const Record& record, std::string_view name) {
  const GroupId id = *find_group(record.kind(), name);
  const Slot& slot = record.group_slot(id);
  if (slot.state == SlotState::absent) return "(absent)";
  if (slot.state == SlotState::null) return "(null)";
  if (slot.state == SlotState::invalid) {
    return "!" + std::string(record.text(slot));
  }
  std::string out;
  for (uint32_t i = 0; i < slot.list.count; ++i) {
    if (i > 0) out += "; ";
    for (uint8_t m = 0; m < group(id).size; ++m) {
      const auto member = FieldId(group(id).first + m);
      const Slot& value = record.member(member, i);
      if (value.state == SlotState::absent) continue;
      if (out.size() > 1 && !out.ends_with("; ")) out += ' ';
      const std::string_view full = field(member).name;
      out += std::string(full.substr(full.find("].") + 2)) + "=";
      if (value.state == SlotState::null) out += "(null)";
      if (value.state == SlotState::invalid) out += "!";
      if (value.state != SlotState::null) {
        out += to_text(record, field(member), value);
      }
    }
  }
  return out;
}

}  // namespace simwarden
