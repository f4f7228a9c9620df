// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/check.h"
#include "record/fields.h"
#include "record/time.h"
#include "record/word_table.h"

// One thing to judge, as given: a request or a message. A plain value: copy
// it, move it, compare it (equal are records that say the same, wherever they
// stood); no pointers into anything else.
//
// A record keeps every field of the table (fields.h) in a slot. A slot knows
// four states, because a policy must tell them apart:
//   absent   the field was not there
//   null     it was there and said null
//   invalid  it was there with a value that its type does not allow; the
//            original text is kept
//   given    a value
namespace simwarden {

enum class SlotState : uint8_t { absent, null, invalid, given };

// 16 bytes; texts live in the record that the slot belongs to.
struct Slot {
  SlotState state = SlotState::absent;
  // Minutes east of UTC of a given timestamp, as it was written.
  int16_t zone_minutes = 0;
  uint32_t nanos = 0;  // of a given timestamp
  union {
    int64_t integer = 0;  // integer; choice: index into Field::choices;
                          // timestamp: seconds since 1970-01-01T00:00:00Z;
                          // date: days since 1970-01-01
    double number;
    bool boolean;
    struct {
      uint32_t begin;  // text, and the original of an invalid slot
      uint32_t size;
    } text;
    struct {
      uint32_t first;  // a list: into the record's items
      uint32_t count;
    } list;
  };

  static Slot of_integer(int64_t value) {
    Slot slot;
    slot.state = SlotState::given;
    slot.integer = value;
    return slot;
  }
  static Slot of_number(double value) {
    Slot slot;
    slot.state = SlotState::given;
    slot.number = value;
    return slot;
  }
  static Slot of_boolean(bool value) {
    Slot slot;
    slot.state = SlotState::given;
    slot.boolean = value;
    return slot;
  }
  static Slot of_time(const Timestamp& time) {
    Slot slot = of_integer(time.seconds);
    slot.nanos = time.nanos;
    slot.zone_minutes = time.zone_minutes;
    return slot;
  }
};

// Where a record began in its source. Lines and bytes of the decoded text
// (after decompression); line counts from 1, byte from 0.
struct Position {
  uint64_t line = 0;
  uint64_t byte = 0;
  bool operator==(const Position&) const = default;
};

class Record {
 public:
  explicit Record(Kind kind = Kind::request);

  Kind kind() const { return kind_; }
  // request_id of a request, id of a message; may be empty.
  std::string_view id() const;

  // Scalars, and lists of scalars (whose slot says first and count).
  const Slot& slot(FieldId id) const;
  // Element `index` of a list of scalars. REQUIRES: index < count.
  const Slot& element(FieldId id, uint32_t index) const;
  // Repeated groups: absent, null, invalid (no list) or given with a count.
  const Slot& group_slot(GroupId id) const;
  // Member `id` (a field with a group) of the group's item `index`.
  const Slot& member(FieldId id, uint32_t index) const;
  // All members of the group's item `index`, in the order of the table.
  std::span<const Slot> members(GroupId id, uint32_t index) const;

  // The text of a text slot, or the original of an invalid one. Valid as
  // long as the record is neither changed nor destroyed.
  std::string_view text(const Slot& slot) const;

  // Writing. Texts are copied into the record.
  Slot make_text(std::string_view text);
  // Copies bytes that several texts stand in, a whole row; where they begin.
  // A text of them costs no more than its two numbers.
  uint32_t hold(std::string_view bytes);
  static Slot held_text(uint32_t begin, size_t size);
  Slot make_invalid(std::string_view original);
  void set(FieldId id, Slot slot);
  // Replaces a list of scalars.
  void set_list(FieldId id, const std::vector<Slot>& elements);
  // Replaces a group by `count` items, all members absent.
  void set_group(GroupId id, uint32_t count);
  // A group that is null or invalid. REQUIRES: the slot is not given.
  void set_group_slot(GroupId id, Slot slot);
  void set_member(FieldId id, uint32_t index, Slot slot);

  // Room for one more item of a group of so many members: index `count`, all
  // members absent. They may be written where they stand until the record is
  // changed otherwise. REQUIRES: the group is given, and nothing else was
  // written since.
  Slot* add_item(GroupId id, size_t size);

  // For who reads a row: all slots of the kind, by FieldId minus its first
  // field's. Valid until the record is changed otherwise.
  Slot* all_slots() { return slots_.data(); }

  // Back to an empty record of `kind`, keeping its memory for the next one.
  void clear(Kind kind);

  Position position;

  bool operator==(const Record& other) const;

 private:
  Kind kind_;
  FieldId first_ = 0;         // the kind's first field
  std::vector<Slot> slots_;   // by FieldId minus the kind's first field
  std::vector<Slot> groups_;  // by GroupId
  std::vector<Slot> items_;   // elements of lists and members of groups
  std::string texts_;
};

// Inline: asked for every value that is read, and by every rule.
inline const Slot& Record::slot(FieldId id) const {
  const auto index = size_t(id) - first_;
  CHECK(index < slots_.size(), "the field is one of the record's kind");
  return slots_[index];
}

inline const Slot& Record::group_slot(GroupId id) const {
  CHECK(id < groups_.size(), "ids come from the table");
  return groups_[id];
}

inline Slot Record::held_text(uint32_t begin, size_t size) {
  Slot slot;
  slot.state = SlotState::given;
  slot.text = {begin, uint32_t(size)};
  return slot;
}

inline void Record::set(FieldId id, Slot slot) {
  const auto index = size_t(id) - first_;
  CHECK(index < slots_.size(), "the field is one of the record's kind");
  slots_[index] = slot;
}

// The value of a field as a user would write it ("original", "2026-03-02T…",
// "true"); lists as "[a, b]". Unmasked: pass it through privacy/ before it
// leaves the program. For a field with `list` the slot is the list's; print an
// element with a copy of the field whose `list` is false.
// REQUIRES: the slot is given or invalid.
std::string to_text(const Record& record, const Field& field, const Slot& slot);

// Whether a text is what a spreadsheet leaves of a long number: "8.94E+18", or
// with a comma. Its digits are lost.
bool is_rounded(std::string_view text);

// Parses `text` as a value of `field` (not a list) and returns a given or an
// invalid slot. This is the one reader of scalar values: JSON strings, CSV
// cells and YAML scalars all pass through it. Beyond the words of the table it
// takes the form names of sim.*.form that older logs use (tm, plastic, 2FF,
// 3FF, 4FF, euicc).
Slot read_scalar(Record& record, const Field& field, std::string_view text);
// The same for a text that the record has: `kept`, a given text's slot.
Slot read_scalar(const Field& field, std::string_view text, Slot kept);

// The words of all choices, by their field; they mean their place in
// Field::choices.
const WordTable<uint16_t>& choice_words();

// The value of a number that its source wrote as one, without the way over its
// text; nothing when the field is not of that type or its format forbids it.
std::optional<Slot> read_number(const Field& field, int64_t value);
std::optional<Slot> read_number(const Field& field, double value);

}  // namespace simwarden
