// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/fields.h"
#include "record/word_table.h"

// Keys of JSON objects and columns of tables -> fields. A key is looked up
// where it stands: "channel" at the top leads to a branch, and "type" there
// to a field; "channel.type" at the top leads to the same field at once. Keys
// may be written as in the table or in lowerCamelCase (officialStatus).
namespace simwarden {

struct Target {
  enum class What : uint8_t {
    unknown,
    branch,
    group,
    list,
    field,
    kind,  // the key "kind" of a row itself
  };
  What what = What::unknown;
  // Of a key at the top: 1 when only requests have it, -1 when only messages.
  int8_t vote = 0;
  // Of the branch, the group, or the field or list. As wide as a register: what
  // the compiler puts by of a half word waits to come back.
  uint32_t id = 0;
  // Of a field: what a value is read by, and where it goes among the record's
  // fields or its item's.
  uint16_t slot = 0;
  FieldType type = FieldType::text;
  FieldFormat format = FieldFormat::any;
};

class Names {
 public:
  static const Names& of(Kind kind);

  static constexpr uint16_t kTop = 0;
  static constexpr size_t kBranchesMax = 128;
  // As it is written, or in snake_case.
  Target find(uint16_t branch, std::string_view key) const;
  // All keys as they may be written, by the branch that they stand in.
  const WordTable<Target>& keys() const { return keys_; }
  // What a key at the top, as a row has it, says about the row's kind: 1 when
  // only requests have it, -1 when only messages do, 0 otherwise.
  static int vote(std::string_view key);
  // The branch whose keys are the members of a group's items.
  uint16_t branch_of(GroupId group) const { return group_branches_[group]; }

 private:
  struct Both;
  static const Both& both();
  explicit Names(Kind kind);
  uint16_t branch_at(std::string_view path);
  void add(uint16_t branch, std::string_view key, Target target);
  void add_from_all_branches(std::string_view name, Target target);

  std::deque<std::string> kept_;  // what the maps' keys point into
  uint16_t branches_ = 1;
  WordTable<Target> keys_;  // by branch
  std::unordered_map<std::string_view, uint16_t> paths_;
  std::vector<uint16_t> group_branches_;
};

// "simSwaps30d" -> "sim_swaps_30d"; dots and brackets stay.
std::string snake_case(std::string_view name);

}  // namespace simwarden
