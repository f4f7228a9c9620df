// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/schema.h"
#include "record/fields.h"

// How the kept facts of a record are nested: their names cut at the dots, each
// level sorted by name, so that one record has one text (RFC 8785 orders keys
// likewise; all of ours are ASCII).
namespace simwarden {

struct KeptNode {
  enum class Is : uint8_t {
    object,    // names begin with it
    field,     // id: FieldId
    group,     // id: GroupId; children are its members
    derived,   // id: slot of the schema
    kind,      // "request" or "message"
    patterns,  // the sets that match, by name
    windows,   // what was counted over other records, by name
  };
  std::string name;
  std::string key;  // as it is written: comma, the name in quotes, colon
  Is is = Is::object;
  uint32_t id = 0;
  std::vector<KeptNode> children;  // sorted by name

  const KeptNode* child(std::string_view wanted) const;
};

// Of everything that is kept of a record of this kind; made once.
const KeptNode& kept_tree(Kind kind);
// The schema behind it.
const FactSchema& kept_schema();

// Beside the facts: which sets of patterns match the text.
inline constexpr std::string_view kPatternsKey = "patterns";
// What was counted over other records ("pack/window"), and that it was late.
inline constexpr std::string_view kWindowsKey = "windows";
inline constexpr double kNanosASecond = 1e9;  // spans are kept in seconds
inline constexpr std::string_view kKindKey = "kind";

}  // namespace simwarden
