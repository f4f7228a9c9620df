// SPDX-License-Identifier: Apache-2.0
#include "intake/row_writer.h"

#include <algorithm>

#include "diag/ascii.h"
#include "intake/drawn_codes.h"
#include "intake/shown_words.h"
#include "record/time.h"

namespace simwarden {
namespace {

// Texts that systems often write as numbers. A telephone number is not one of
// them, for it needs its plus.
bool may_be_number(const Field& row) {
  return row.format == FieldFormat::serial ||
         row.format == FieldFormat::correlation;
}

bool is_true_or_false(const Field& row) {
  return row.type == FieldType::choice && !row.choices.empty() &&
         row.choices[0] == "true";
}

// Whether a value of the source's type may stand for a value of the field's.
bool fits(const Field& row, Written type) {
  switch (type) {
    case Written::cell: return true;
    case Written::text:
      return row.type == FieldType::text || row.type == FieldType::choice ||
             row.type == FieldType::timestamp || row.type == FieldType::date;
    case Written::integer:
      return row.type == FieldType::integer || row.type == FieldType::number ||
             may_be_number(row);
    case Written::number:
      return row.type == FieldType::integer || row.type == FieldType::number;
    case Written::boolean:
      return row.type == FieldType::boolean || is_true_or_false(row);
    case Written::other: return false;
  }
  return false;
}

// Or its field need not be.
bool is_in_small(const Field& row, std::string_view text) {
  return row.format != FieldFormat::media_type ||
         std::none_of(text.begin(), text.end(), is_capital);
}

std::optional<Slot> given(const Field& row, const std::string& text) {
  const Slot slot = read_scalar(row, text, Slot());
  if (slot.state != SlotState::given) return std::nullopt;
  return slot;
}

}  // namespace

std::string_view value_in(const Field& row, std::string_view text) {
  return row.format == FieldFormat::prose ? text : without_blank_ends(text);
}

Slot null_slot() {
  Slot slot;
  slot.state = SlotState::null;
  return slot;
}

Slot RowWriter::read_in_small(const Field& row, std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), small_letter);
  return read_scalar(record(), row, small);
}

// What a mapping makes of a text that its field would not take, or not so.
std::optional<Slot> RowWriter::read_mapped(const Field& row,
                                           std::string_view text,
                                           Written type) {
  if (mapping_ == nullptr) return std::nullopt;
  if (mapping_->is_absent(row.id, text)) return Slot();
  const Mapping::Words& words = mapping_->values_of(row.id);
  if (const auto ours = words.find(text); ours != words.end()) {
    return read_scalar(record(), row, *ours->second);
  }
  if (!fits(row, type)) return std::nullopt;
  switch (row.type) {
    case FieldType::timestamp: return read_time(row, text);
    case FieldType::date: return read_date(row, text);
    case FieldType::text: return read_phone(row, text);
    case FieldType::integer:
    case FieldType::number:
      if (type != Written::cell) break;
      return read_number(row, text);
    default: break;
  }
  return std::nullopt;
}

std::optional<Slot> RowWriter::read_time(const Field& row,
                                         std::string_view text) const {
  if (!mapping_->clock || parse_timestamp(text)) return std::nullopt;
  std::string local(text);
  if (mapping_->times) {
    local = respelt_time(text, *mapping_->times).value_or(local);
  }
  const auto zone = mapping_->clock->zone_of(local);
  return zone ? given(row, local + *zone) : std::nullopt;
}

std::optional<Slot> RowWriter::read_date(const Field& row,
                                         std::string_view text) const {
  if (!mapping_->times) return std::nullopt;
  const auto ours = respelt_date(text, *mapping_->times);
  if (!ours) return std::nullopt;
  return given(row, *ours);
}

// With a decimal comma what has a full stop too is none of ours, though it
// looks like one.
std::optional<Slot> RowWriter::read_number(const Field& row,
                                           std::string_view text) {
  const std::string amount = without_currency(text);
  const auto decimal = mapping_->decimal;
  if (decimal != ',') {
    return given(row, decimal == '.' ? without_thousands(amount) : amount);
  }
  const auto ours = respelt_number(amount);
  const auto slot = ours ? given(row, *ours) : std::nullopt;
  return slot ? *slot : record().make_invalid(text);
}

std::optional<Slot> RowWriter::read_phone(const Field& row,
                                          std::string_view text) {
  if (row.format != FieldFormat::e164) return std::nullopt;
  const auto ours = respelt_phone(narrow_signs(text), mapping_->country);
  if (!ours) return std::nullopt;
  return record().make_text(*ours);
}

Slot RowWriter::read(FieldId id, std::string_view text, Written type) {
  const Field& row = field(id);
  text = value_in(row, text);
  if (const auto ours = read_mapped(row, text, type)) return *ours;
  if (!fits(row, type)) return record().make_invalid(text);
  if (!is_in_small(row, text)) return read_in_small(row, text);
  return read_scalar(record(), row, text);
}

Slot RowWriter::read(FieldId id, std::string_view text, Written type,
                     Slot kept) {
  const Field& row = field(id);
  const std::string_view value = value_in(row, text);
  kept = Record::held_text(
      kept.text.begin + uint32_t(value.data() - text.data()), value.size());
  text = value;
  if (const auto ours = read_mapped(row, text, type)) return *ours;
  const bool fit = fits(row, type);
  if (fit && !is_in_small(row, text)) return read_in_small(row, text);
  if (fit) return read_scalar(row, text, kept);
  kept.state = SlotState::invalid;
  return kept;
}

bool RowWriter::put(Spot spot, Slot slot) {
  if (field(spot.field).group == kNoGroup) {
    const bool first = record().slot(spot.field).state == SlotState::absent;
    record().set(spot.field, slot);
    return first;
  }
  const bool first =
      record().member(spot.field, spot.item).state == SlotState::absent;
  record().set_member(spot.field, spot.item, slot);
  return first;
}

void RowWriter::put_cell(Spot spot, std::string_view cell) {
  const Field& row = field(spot.field);
  const Slot slot = read(spot.field, cell, Written::cell);
  if (row.group == kNoGroup) {
    record().set(spot.field, slot);
  } else {
    record().set_member(spot.field, spot.item, slot);
  }
}

bool RowWriter::put_list(FieldId id, const std::vector<Slot>& elements) {
  const bool first = record().slot(id).state == SlotState::absent;
  record().set_list(id, elements);
  return first;
}

bool RowWriter::put_group(GroupId id, uint32_t count) {
  const bool first = record().group_slot(id).state == SlotState::absent;
  record().set_group(id, count);
  return first;
}

bool RowWriter::put_group(GroupId id, Slot invalid_or_null) {
  const bool first = record().group_slot(id).state == SlotState::absent;
  record().set_group_slot(id, invalid_or_null);
  return first;
}

void RowWriter::unknown_key(std::string_view key) {
  auto& keys = item_.unknown_keys;
  if (keys.size() >= kUnknownKeysMax) return;
  const std::string_view kept = cut(key, kUnknownKeyBytesMax);
  if (std::find(keys.begin(), keys.end(), kept) != keys.end()) return;
  keys.emplace_back(kept);
}

namespace {

// Who authenticated a mail is nothing that its reader sees.
bool has_something_to_read(const Record& message) {
  static const FieldId kReadable[] = {
      *find_field(Kind::message, "text"), *find_field(Kind::message, "subject"),
      *find_field(Kind::message, "hidden_text"),
      *find_field(Kind::message, "alternative_text")};
  const auto is_there = [](const Slot& slot) {
    return slot.state == SlotState::given || slot.state == SlotState::invalid;
  };
  for (const FieldId id : kReadable) {
    if (is_there(message.slot(id))) return true;
  }
  static const GroupId kWitnesses =
      *find_group(Kind::message, "authentication_results");
  static const auto kGroups = static_cast<GroupId>(groups().size());
  for (GroupId id = 0; id < kGroups; ++id) {
    if (id != kWitnesses && is_there(message.group_slot(id))) return true;
  }
  return false;
}

}  // namespace

void RowWriter::finish(const DrawnBudget& drawn) {
  add_constants();
  if (record().kind() != Kind::message) return;
  static const FieldId kText = *find_field(Kind::message, "text");
  if (!has_something_to_read(record())) {
    record().set(kText, record().make_invalid(""));
  }
  add_drawn_codes(record(), drawn);
  add_shown_words(record());
}

void RowWriter::add_constants() {
  if (mapping_ == nullptr) return;
  for (const auto& [name, text] : mapping_->constants) {
    const auto id = find_field(record().kind(), name);
    if (!id || field(*id).group != kNoGroup) continue;
    if (record().slot(*id).state != SlotState::absent) continue;
    const Slot slot = read_scalar(record(), field(*id), text);
    if (field(*id).list) {
      record().set_list(*id, {slot});
    } else {
      record().set(*id, slot);
    }
  }
}

}  // namespace simwarden
