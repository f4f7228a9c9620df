// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.h"
#include "store/proof.h"

// Which verdicts are about one record (docs/report.md, The period): the same
// bytes, or what stands in the same line of a source of one name with the same
// id, time and pseudonym: an edit in front of it moves its bytes, not its line.
// At a door of the daemon the same record that comes
// again is another. Of several stores rows are compared by their keys, in one
// store by SQL.
namespace simwarden {

// Where a record stood and what it calls itself. Not keyed, but too long to be
// met by trying.
using RecordKey = std::array<uint64_t, 2>;

struct RecordAt {
  std::string_view source = {};  // its name
  int64_t line = 0;
  int64_t kind = 0;
  std::string_view event_time = {};
  std::string_view record_id;  // of what cannot be read: its code
  std::string_view subject = {};
};
inline constexpr int64_t kErrorKind = 2;  // of what cannot be read

// All of it but the source, as columns of `verdict_row`.
inline constexpr std::string_view kSameRow =
    "line, kind, event_time, record_id, subject";
// The same of the table called `of`: "w.line, w.byte, …".
std::string same_row_of(std::string_view of);
// From the column `from` on, of a statement that selects kSameRow there.
RecordAt record_at(const Statement& row, int from);

// Without an id and a time nothing says that two are one.
inline bool names_itself(const RecordAt& record) {
  return !record.record_id.empty() || !record.event_time.empty();
}
std::string names_itself_sql(std::string_view of);
// None of a record that does not name itself.
std::optional<RecordKey> key_of(RowHasher& hasher, const RecordAt& record);

// Makes temp.place, once a connection: a row a block that was not kept at a
// door. `name` is of the source that had its bytes first; of two blocks that
// of the higher (rank, block_id) stands: its ruleset was used later.
Status place_blocks(Database& database);

// What stands behind FROM for the verdicts `w` on the record that the row `of`
// of `verdict_row` is about, that one too: "place a JOIN … WHERE …". The one
// that stands is the last by (o.rank, o.block_id). None of what came in at a
// door, where each is of a record of its own. REQUIRES: place_blocks().
std::string same_verdicts_sql(std::string_view of);

// Behind the last line of a block that has rows; of `block` joined with
// `block_proof`. Lines without a record behind that are nobody's.
inline constexpr std::string_view kEndLine =
    "max(first_line, coalesce((SELECT line FROM verdict_row WHERE verdict_id = "
    "first_verdict + verdicts - 1), 0), coalesce((SELECT line FROM error_row "
    "WHERE error_id = first_error + errors - 1), 0)) + 1";

// Of two places `a` and `o`: their lines lie over each other.
inline constexpr std::string_view kLiesOver =
    "o.name = a.name AND o.begin_line < a.end_line AND o.end_line > "
    "a.begin_line AND o.begin_line > a.begin_line - "
    "(SELECT max(end_line - begin_line) FROM place) ";
// Verdicts `w` of place `o`.
inline constexpr std::string_view kRowsOfPlace =
    "w.verdict_id >= o.first_verdict AND "
    "w.verdict_id < o.first_verdict + o.verdicts ";

}  // namespace simwarden
