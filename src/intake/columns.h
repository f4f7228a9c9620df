// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/intake.h"

// Columns of a table -> fields. Beside the names that keys of JSON objects
// may have, a column may number the items of a list or a group:
// "recipients[0]", "auth.factors[1].result"; and one may be the time of day of
// another that has the date: "time of created_at".
namespace simwarden {

struct Column {
  enum class What : uint8_t {
    unknown,
    left_out,   // the mapping says so
    kind,       // "kind"
    field,      // a scalar, or a list in one cell
    list_item,  // one element of a list
    group,      // a whole group in one cell, as JSON
    member,     // one member of one item of a group
    time_of,    // the time of day of a field whose date has its own column
  };
  What what = What::unknown;
  uint16_t id = 0;    // of the field, or of the group
  uint32_t item = 0;  // of list_item and member
  bool operator==(const Column&) const = default;
};

// Items that columns may number: tables with more of them are made by
// mistake.
inline constexpr uint32_t kColumnItemsMax = 256;

// The name of a column as names are compared: its letters composed (NFC), and
// blanks and line breaks of any kind one space.
std::string column_name(std::string_view written);

Column find_column(Kind kind, std::string_view name, const Mapping* mapping);

// How many of the names are columns of requests or of messages.
size_t count_known(const std::vector<std::string>& header,
                   const Mapping* mapping);

// What is wrong with a header; nullopt: nothing.
std::optional<std::string> header_fault(const std::vector<std::string>& header,
                                        const Mapping* mapping);

}  // namespace simwarden
