// SPDX-License-Identifier: Apache-2.0
#include "intake/drawn_codes.h"

#include <algorithm>

#include "picture/drawn.h"

namespace simwarden {
namespace {

FieldId message_field(std::string_view name) {
  return *find_field(Kind::message, name);
}

GroupId codes_group() {
  static const GroupId kCodes = *find_group(Kind::message, "qr_codes");
  return kCodes;
}

// Makes room for more items; where the first new one is. Setting a group
// forgets its items.
uint32_t grow(Record& record, uint32_t more) {
  const Slot head = record.group_slot(codes_group());
  const uint32_t before = head.state == SlotState::given ? head.list.count : 0;
  std::vector<Slot> kept;
  for (uint32_t i = 0; i < before; ++i) {
    const auto members = record.members(codes_group(), i);
    kept.insert(kept.end(), members.begin(), members.end());
  }
  const Group& row = group(codes_group());
  record.set_group(codes_group(), before + more);
  for (size_t k = 0; k < kept.size(); ++k) {
    record.set_member(static_cast<FieldId>(row.first + k % row.size),
                      static_cast<uint32_t>(k / row.size), kept[k]);
  }
  return before;
}

void put(Record& record, uint32_t item, const DrawnCode& code) {
  static const FieldId kContent = message_field("qr_codes[].content");
  static const FieldId kKind = message_field("qr_codes[].kind");
  static const FieldId kPlace = message_field("qr_codes[].place");
  static const FieldId kBegin = message_field("qr_codes[].begin");
  static const FieldId kEnd = message_field("qr_codes[].end");
  const auto set = [&](FieldId id, std::string_view text) {
    record.set_member(id, item, read_scalar(record, field(id), text));
  };
  set(kContent, code.content);
  set(kKind, code.kind);
  set(kPlace, "text");
  record.set_member(kBegin, item,
                    *read_number(field(kBegin), int64_t{code.begin}));
  record.set_member(kEnd, item, *read_number(field(kEnd), int64_t{code.end}));
}

void add_fault(Record& record) {
  static const FieldId kFaults = message_field("mail_faults");
  const Slot head = record.slot(kFaults);
  std::vector<Slot> faults;
  if (head.state == SlotState::given) {
    for (uint32_t i = 0; i < head.list.count; ++i) {
      faults.push_back(record.element(kFaults, i));
    }
  }
  faults.push_back(read_scalar(record, field(kFaults), "cut_pictures"));
  record.set_list(kFaults, faults);
}

}  // namespace

void add_drawn_codes(Record& record, const DrawnBudget& budget) {
  static const FieldId kText = message_field("text");
  const Slot& text = record.slot(kText);
  if (text.state != SlotState::given) return;
  const DrawnCodes drawn = find_drawn_codes(record.text(text), budget);
  // Those that the record has cannot be read, and these take their place.
  const bool unread =
      !drawn.codes.empty() &&
      record.group_slot(codes_group()).state == SlotState::invalid;
  if (drawn.cut || unread) add_fault(record);
  if (drawn.codes.empty()) return;
  const auto count = static_cast<uint32_t>(drawn.codes.size());
  uint32_t item = grow(record, count);
  for (const DrawnCode& code : drawn.codes) put(record, item++, code);
}

}  // namespace simwarden
