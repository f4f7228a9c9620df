// SPDX-License-Identifier: Apache-2.0
// Slots stand in three arrays: one for each field of the kind, one for each
// group, and one for the elements of lists and the members of group items,
// which a list's slot points into. Texts stand behind each other in one
// string. clear() keeps all four, so that reading a million records allocates
// for the largest of them only.
#include "record/record.h"

#include <cstring>
#include <type_traits>

#include "diag/check.h"

namespace simwarden {
namespace {

FieldId id_field(Kind kind) {
  static const FieldId kIds[] = {*find_field(Kind::request, "request_id"),
                                 *find_field(Kind::message, "id")};
  return kIds[size_t(kind)];
}

// Absent is all zeros, which is what memset is fast at.
void make_absent(std::vector<Slot>& slots) {
  static_assert(std::is_trivially_copyable_v<Slot>);
  static_assert(uint8_t(SlotState::absent) == 0);
  std::memset(static_cast<void*>(slots.data()), 0, slots.size() * sizeof(Slot));
}

// The same value, wherever its text stands.
bool same_scalar(const Record& a, const Slot& x, const Record& b, const Slot& y,
                 FieldType type) {
  if (x.state != y.state) return false;
  if (x.state == SlotState::invalid) return a.text(x) == b.text(y);
  if (x.state != SlotState::given) return true;
  switch (type) {
    case FieldType::boolean: return x.boolean == y.boolean;
    case FieldType::number: return x.number == y.number;
    case FieldType::text: return a.text(x) == b.text(y);
    case FieldType::timestamp:
      return x.integer == y.integer && x.nanos == y.nanos &&
             x.zone_minutes == y.zone_minutes;
    default: return x.integer == y.integer;
  }
}

bool same_list(const Record& a, const Record& b, FieldId id) {
  const Slot& x = a.slot(id);
  const Slot& y = b.slot(id);
  if (x.state != y.state) return false;
  if (x.state == SlotState::invalid) return a.text(x) == b.text(y);
  if (x.state != SlotState::given) return true;
  if (x.list.count != y.list.count) return false;
  for (uint32_t i = 0; i < x.list.count; ++i) {
    if (!same_scalar(a, a.element(id, i), b, b.element(id, i),
                     field(id).type)) {
      return false;
    }
  }
  return true;
}

bool same_member(const Record& a, const Record& b, FieldId id) {
  const Slot& x = a.group_slot(field(id).group);
  const Slot& y = b.group_slot(field(id).group);
  if (x.state != y.state) return false;
  if (x.state == SlotState::invalid) return a.text(x) == b.text(y);
  if (x.state != SlotState::given) return true;
  if (x.list.count != y.list.count) return false;
  for (uint32_t i = 0; i < x.list.count; ++i) {
    if (!same_scalar(a, a.member(id, i), b, b.member(id, i), field(id).type)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Record::Record(Kind kind) : kind_(kind) {
  clear(kind);
}

void Record::clear(Kind kind) {
  if (kind != kind_ || groups_.empty()) {
    kind_ = kind;
    first_ = first_field(kind);
    slots_.resize(fields_of(kind).size());
    groups_.resize(groups().size());
  }
  make_absent(slots_);
  make_absent(groups_);
  items_.clear();
  texts_.clear();
  position = Position();
}

std::string_view Record::id() const {
  const Slot& found = slot(id_field(kind_));
  return found.state == SlotState::given ? text(found) : std::string_view();
}

const Slot& Record::element(FieldId id, uint32_t index) const {
  const Slot& list = slot(id);
  CHECK(list.state == SlotState::given && index < list.list.count,
        "index < count");
  return items_[list.list.first + index];
}

const Slot& Record::member(FieldId id, uint32_t index) const {
  const Field& row = field(id);
  return members(row.group, index)[row.member];
}

std::span<const Slot> Record::members(GroupId id, uint32_t index) const {
  const Slot& owner = group_slot(id);
  CHECK(owner.state == SlotState::given && index < owner.list.count,
        "index < count");
  const size_t size = group(id).size;
  return std::span(items_).subspan(owner.list.first + index * size, size);
}

std::string_view Record::text(const Slot& slot) const {
  return std::string_view(texts_).substr(slot.text.begin, slot.text.size);
}

uint32_t Record::hold(std::string_view bytes) {
  // A row is bounded far below (intake), so that 32 bits hold its texts.
  CHECK(texts_.size() + bytes.size() < UINT32_MAX, "rows are bounded");
  const auto begin = uint32_t(texts_.size());
  texts_ += bytes;
  return begin;
}

Slot Record::make_text(std::string_view text) {
  return held_text(hold(text), text.size());
}

Slot Record::make_invalid(std::string_view original) {
  Slot slot = make_text(original);
  slot.state = SlotState::invalid;
  return slot;
}

void Record::set_list(FieldId id, const std::vector<Slot>& elements) {
  Slot slot;
  slot.state = SlotState::given;
  slot.list = {uint32_t(items_.size()), uint32_t(elements.size())};
  items_.insert(items_.end(), elements.begin(), elements.end());
  set(id, slot);
}

void Record::set_group(GroupId id, uint32_t count) {
  CHECK(id < groups_.size() && group(id).kind == kind_,
        "the group is one of the record's kind");
  Slot& slot = groups_[id];
  slot = Slot();
  slot.state = SlotState::given;
  slot.list = {uint32_t(items_.size()), count};
  items_.resize(items_.size() + size_t(count) * group(id).size);
}

Slot* Record::add_item(GroupId id, size_t size) {
  Slot& owner = groups_[id];
  const size_t begin = items_.size();
  CHECK(owner.state == SlotState::given &&
            owner.list.first + owner.list.count * size == begin,
        "its items are the last of all");
  items_.resize(begin + size);
  ++owner.list.count;
  return items_.data() + begin;
}

void Record::set_group_slot(GroupId id, Slot slot) {
  CHECK(id < groups_.size() && slot.state != SlotState::given,
        "given groups are made by set_group");
  groups_[id] = slot;
}

void Record::set_member(FieldId id, uint32_t index, Slot slot) {
  const Field& row = field(id);
  const Slot& owner = group_slot(row.group);
  CHECK(owner.state == SlotState::given && index < owner.list.count,
        "index < count");
  items_[owner.list.first + index * group(row.group).size + row.member] = slot;
}

bool Record::operator==(const Record& other) const {
  if (kind_ != other.kind_ || position != other.position) return false;
  for (FieldId id = first_; size_t(id - first_) < slots_.size(); ++id) {
    const Field& row = field(id);
    const bool same = row.group != kNoGroup ? same_member(*this, other, id)
                      : row.list            ? same_list(*this, other, id)
                                 : same_scalar(*this, slot(id), other,
                                               other.slot(id), row.type);
    if (!same) return false;
  }
  return true;
}

}  // namespace simwarden
