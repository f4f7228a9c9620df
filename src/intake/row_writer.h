// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/characters.h"
#include "intake/intake.h"
#include "intake/mapping.h"
#include "picture/drawn.h"

// Puts values into the record of one row, the same way for every format.
// What cannot be put becomes an invalid slot; what is put twice is told.
namespace simwarden {

// The type a value had in its source. A cell of a table has none.
enum class Written : uint8_t { cell, text, integer, number, boolean, other };

// Where a value goes: a field, or one item of its group.
struct Spot {
  FieldId field = 0;
  uint32_t item = 0;  // for fields of a group
};

// Names of unknown keys that a row remembers, and bytes of each: enough to
// find the mistake in the export.
inline constexpr size_t kUnknownKeysMax = 64;
inline constexpr size_t kUnknownKeyBytesMax = 128;

class RowWriter {
 public:
  // Keeps both by reference for as long as it lives.
  RowWriter(Item& item, const Mapping* mapping)
      : item_(item), mapping_(mapping) {}

  Record& record() { return item_.record; }
  const Mapping* mapping() const { return mapping_; }

  // The slot of `text`, written as a `type`. Absent only where the mapping says
  // that such a text says nothing.
  Slot read(FieldId id, std::string_view text, Written type);
  // The same for a text that the record has: `kept`, a given text's slot.
  Slot read(FieldId id, std::string_view text, Written type, Slot kept);

  // False when the field was given before.
  bool put(Spot spot, Slot slot);
  // What a cell of a table says, where nothing was given before.
  void put_cell(Spot spot, std::string_view cell);
  bool put_list(FieldId id, const std::vector<Slot>& elements);
  bool put_group(GroupId id, uint32_t count);
  bool put_group(GroupId id, Slot invalid_or_null);

  void unknown_key(std::string_view key);
  size_t unknown_keys() const { return item_.unknown_keys.size(); }
  // Back to the first `count`.
  void forget_unknown_keys(size_t count) { item_.unknown_keys.resize(count); }
  // Adds what stands in no column: the mapping's constants, where the row said
  // nothing itself, and the codes drawn in a message's text. The text of a
  // message in which there is nothing to read is invalid: such a row has lost
  // it, and nobody has read what it was.
  // `drawn`: what other drawings of the message left.
  void finish(const DrawnBudget& drawn = {});

 private:
  void add_constants();
  Slot read_in_small(const Field& row, std::string_view text);
  std::optional<Slot> read_mapped(const Field& row, std::string_view text,
                                  Written type);
  // As the mapping says that they are spelt.
  std::optional<Slot> read_time(const Field& row, std::string_view text) const;
  std::optional<Slot> read_date(const Field& row, std::string_view text) const;
  std::optional<Slot> read_number(const Field& row, std::string_view text);
  std::optional<Slot> read_phone(const Field& row, std::string_view text);

  Item& item_;
  const Mapping* mapping_;
};

// What a cell or a text says: blanks at its ends are no part of it, but for
// what a person wrote.
std::string_view value_in(const Field& row, std::string_view text);

Slot null_slot();

}  // namespace simwarden
