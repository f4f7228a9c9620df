// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/fields.h"

// Keys of JSON objects and columns of tables -> fields. A key is looked up
// where it stands: "channel" at the top leads to a branch, and "type" there
// to a field; "channel.type" at the top leads to the same field at once. Keys
// may be written as in the table or in lowerCamelCase (officialStatus).
namespace simwarden {

struct Target {
  enum class What : uint8_t { unknown, branch, field, group };
  What what = What::unknown;
  uint16_t id = 0;  // of the branch, the field or the group
};

// The keys of all branches. Made once from the table of fields and asked for
// every key of every row, which is most of what reading a row costs: nothing in
// the standard library finds a key with one look at one small table. Open
// addressing; keys are kept by reference.
class KeyTable {
 public:
  // The first of two targets stays.
  void add(uint16_t branch, std::string_view key, Target target);
  Target find(uint16_t branch, std::string_view key) const;

 private:
  struct Entry {
    std::string_view key;
    uint16_t branch = 0;
    Target target;
  };
  // Which entry sits there, counted from 1, and half of its hash.
  struct Seat {
    uint16_t entry = 0;
    uint16_t tag = 0;
  };
  static uint32_t hash(uint16_t branch, std::string_view key);
  // The seat of the key, or the free one where it would sit.
  const Seat& seat(uint32_t hash, uint16_t branch, std::string_view key) const;
  void grow();

  std::vector<Entry> entries_;
  std::vector<Seat> seats_ = std::vector<Seat>(256);  // a power of two
};

class Names {
 public:
  static const Names& of(Kind kind);

  static constexpr uint16_t kTop = 0;
  Target find(uint16_t branch, std::string_view key) const;
  // What a key at the top says about the row's kind: 1 when only requests
  // have it, -1 when only messages do, 0 otherwise.
  static int vote(std::string_view key);
  // The branch whose keys are the members of a group's items.
  uint16_t branch_of(GroupId group) const { return group_branches_[group]; }

 private:
  explicit Names(Kind kind);
  uint16_t branch_at(std::string_view path);
  void add(uint16_t branch, std::string_view key, Target target);
  void add_from_all_branches(std::string_view name, Target target);

  std::deque<std::string> kept_;  // what the maps' keys point into
  uint16_t branches_ = 1;
  KeyTable keys_;
  std::unordered_map<std::string_view, uint16_t> paths_;
  std::vector<uint16_t> group_branches_;
};

// "simSwaps30d" -> "sim_swaps_30d"; dots and brackets stay.
std::string snake_case(std::string_view name);
// "sim_swaps_30d" -> "simSwaps30d".
std::string camel_case(std::string_view name);

}  // namespace simwarden
