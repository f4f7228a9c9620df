// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/ruleset.h"
#include "record/record.h"

// Which profile a record is judged with.
namespace simwarden {

inline FieldId profile_field(Kind kind) {
  static const FieldId of_request =
      *find_field(Kind::request, "policy_profile");
  static const FieldId of_message =
      *find_field(Kind::message, "policy_profile");
  return kind == Kind::request ? of_request : of_message;
}

// The one that the record names; null when it names none that there is.
inline const Profile* named_profile(const Record& record,
                                    const Ruleset& ruleset) {
  const Slot& slot = record.slot(profile_field(record.kind()));
  if (slot.state != SlotState::given) return nullptr;
  return ruleset.profile(record.text(slot));
}

}  // namespace simwarden
