// SPDX-License-Identifier: Apache-2.0
#include "judge/invalid_fields.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "judge/masked.h"
#include "privacy/masks.h"

namespace simwarden {
namespace {

std::vector<FieldId> list_fields(Kind kind) {
  std::vector<FieldId> lists;
  FieldId id = first_field(kind);
  for (const Field& row : fields_of(kind)) {
    if (row.list && row.group == kNoGroup) lists.push_back(id);
    ++id;
  }
  return lists;
}

// Looked at before anything is looked up in the table of fields, which is big:
// nearly all records have none.
bool has_invalid(const Record& record) {
  const auto is_invalid = [](const Slot& slot) {
    return slot.state == SlotState::invalid;
  };
  static const std::vector<FieldId> lists[] = {list_fields(Kind::request),
                                               list_fields(Kind::message)};
  const std::span slots(&record.slot(first_field(record.kind())),
                        fields_of(record.kind()).size());
  if (std::any_of(slots.begin(), slots.end(), is_invalid)) return true;
  for (const FieldId id : lists[size_t(record.kind())]) {
    const Slot& list = record.slot(id);
    if (list.state != SlotState::given) continue;
    for (uint32_t k = 0; k < list.list.count; ++k) {
      if (is_invalid(record.element(id, k))) return true;
    }
  }
  static const size_t group_count = groups().size();
  for (size_t i = 0; i < group_count; ++i) {
    const auto id = static_cast<GroupId>(i);
    const Slot& head = record.group_slot(id);
    if (is_invalid(head)) return true;
    if (head.state != SlotState::given) continue;
    for (uint32_t k = 0; k < head.list.count; ++k) {
      const auto members = record.members(id, k);
      if (std::any_of(members.begin(), members.end(), is_invalid)) return true;
    }
  }
  return false;
}

// What exports make of a value. Those of databases have times as plain numbers,
// which tell neither their unit nor the clock of the place.
std::string_view made_by_export(const Field& row, std::string_view text) {
  if (row.type == FieldType::timestamp &&
      text.find_first_not_of("0123456789.") == text.npos) {
    return "; seconds since 1970 are not read as one";
  }
  if (row.type == FieldType::text && is_rounded(text)) {
    return kRoundedBySpreadsheet;
  }
  return "";
}

std::string wanted_instead(const Record& record, const Field& row,
                           const Slot& slot) {
  return fmt::format("{}{}", expected(row),
                     made_by_export(row, record.text(slot)));
}

// What stands in the place of a list of items, or has too many of them.
InvalidField whole_group(const Record& record, const FactSchema& schema,
                         GroupId id) {
  return {schema.name(schema.group_slot(id)),
          mask_value(record.text(record.group_slot(id)), Mask::free_text),
          fmt::format("a list of at most {} items", kGroupItemsMax)};
}

}  // namespace

void add_invalid_fields(const Record& record, const FactSchema& schema,
                        std::vector<InvalidField>& invalid) {
  if (!has_invalid(record)) return;
  // Elements with one value say the same of their field: that is told once.
  const auto note = [&](FieldId id, const Slot& slot) {
    if (slot.state != SlotState::invalid) return;
    const Field& row = field(id);
    InvalidField found{schema.name(id), masked(record, row, slot),
                       wanted_instead(record, row, slot)};
    const auto of_other = [&](const InvalidField& one) {
      return one.fact != found.fact;
    };
    const auto end = std::find_if(invalid.rbegin(), invalid.rend(), of_other);
    const auto same = [&](const InvalidField& one) {
      return one.value == found.value && one.expected == found.expected;
    };
    if (std::none_of(invalid.rbegin(), end, same)) {
      invalid.push_back(std::move(found));
    }
  };
  auto id = first_field(record.kind());
  for (const Field& row : fields_of(record.kind())) {
    const FieldId here = id++;
    if (row.group == kNoGroup) {
      note(here, record.slot(here));
      if (!row.list || record.slot(here).state != SlotState::given) continue;
      for (uint32_t k = 0; k < record.slot(here).list.count; ++k) {
        note(here, record.element(here, k));
      }
      continue;
    }
    const Slot& head = record.group_slot(row.group);
    if (row.member == 0 && head.state == SlotState::invalid) {
      invalid.push_back(whole_group(record, schema, row.group));
    }
    if (head.state != SlotState::given) continue;
    for (uint32_t k = 0; k < head.list.count; ++k) {
      note(here, record.member(here, k));
    }
  }
}

}  // namespace simwarden
