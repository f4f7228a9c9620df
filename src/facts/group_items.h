// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "record/record.h"

// Reading the groups of a message: its links, pictures, codes and files.
namespace simwarden {

// REQUIRES: a field of messages is called so.
inline FieldId message_field(std::string_view name) {
  return *find_field(Kind::message, name);
}

// Items of a group; 0 when it was not given.
inline uint32_t count_of(const Record& record, GroupId id) {
  const Slot& slot = record.group_slot(id);
  return slot.state == SlotState::given ? slot.list.count : 0;
}

// The text of an item's member; "" when it was not given.
inline std::string_view text_of(const Record& record, FieldId id,
                                uint32_t index) {
  const Slot& slot = record.member(id, index);
  return slot.state == SlotState::given ? record.text(slot)
                                        : std::string_view();
}

}  // namespace simwarden
