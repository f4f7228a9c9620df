// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "store/database.h"

// Which verdicts of a store are about one record, in SQL, by the rule of the
// report (docs/report.md, The period): the same bytes, or what stands at the
// same place of a source of one name with the same id, time and pseudonym. At a
// door of the daemon the same record that comes again is another.
namespace simwarden {

// Makes temp.place, once a connection: a row a block that was not kept at a
// door. `name` is of the source that had its bytes first; of two blocks that
// of the higher (rank, block_id) stands: its ruleset was used later.
Status place_blocks(Database& database);

// Of two places `a` and `o`: their bytes lie over each other.
inline constexpr std::string_view kLiesOver =
    "o.name = a.name AND o.begin_byte < a.end_byte AND o.end_byte > "
    "a.begin_byte AND o.begin_byte > a.begin_byte - "
    "(SELECT max(end_byte - begin_byte) FROM place) ";
// Verdicts `w` of place `o`.
inline constexpr std::string_view kRowsOfPlace =
    "w.verdict_id >= o.first_verdict AND "
    "w.verdict_id < o.first_verdict + o.verdicts ";
// What of two verdicts in such places makes them one record's.
inline constexpr std::string_view kSameRow =
    "line, byte, kind, event_time, record_id, subject";

}  // namespace simwarden
