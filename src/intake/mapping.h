// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/issue.h"
#include "intake/columns.h"
#include "intake/place_clock.h"
#include "intake/spelling.h"
#include "record/fields.h"

// --map FILE: an operator's own columns and values in our words.
//
//   kind: request            # what every record is (optional)
//   columns:
//     手机号: phone_number
//     渠道: channel.type
//     时刻: time of created_at # the column of created_at has the date alone
//     备注: ~                 # known and left out
//   values:
//     channel.type:
//       营业厅: store_own
//   constants:               # fields that every record gets
//     country: CN
//   time_zone: '+08:00'      # or Europe/Berlin: for times written without one
//   times: day/month/year hour:minute   # how times and dates are spelt
//   decimal: ','             # how numbers are: 10,5
//   absent: ['N/A', '-']     # values that say nothing, in any column
//   country: GB              # whose telephone numbers have no country code
namespace simwarden {

struct MappedColumn {
  std::string theirs;
  std::string ours;  // "" when it is left out
  Column places[2];  // what that is, by kind
  int8_t vote = 0;   // Names::vote(ours)
};

// The columns whose names begin with the keys of the objects that a key stands
// in, and so may name it: of "client.mobile" inside "client" that is "mobile".
// Points into its mapping.
class MappedKeys {
 public:
  MappedKeys() = default;
  // REQUIRES: sorted by `theirs`.
  explicit MappedKeys(std::span<const MappedColumn> sorted)
      : columns_(sorted) {}

  bool empty() const { return columns_.empty(); }
  void clear() { columns_ = {}; }
  // Null when no column is named so.
  const MappedColumn* find(std::string_view key) const;
  // Those that stand inside the object of that key.
  MappedKeys inside(std::string_view key) const;

 private:
  using Place = std::span<const MappedColumn>::iterator;
  Place first_from(std::string_view key) const;
  std::string_view rest_of(const MappedColumn& column) const {
    return std::string_view(column.theirs).substr(said_);
  }

  std::span<const MappedColumn> columns_;
  size_t said_ = 0;  // bytes of each that the objects around have said
};

class Mapping {
 public:
  // Nullopt: theirs says nothing.
  using Words = std::map<std::string, std::optional<std::string>, std::less<>>;

  // Every mistake in the file is an issue with its place; null then.
  static std::shared_ptr<const Mapping> read(const SourceText& file,
                                             Issues& issues);

  // All of them, for keys at the top of a row and columns of a table.
  MappedKeys columns() const { return MappedKeys(columns_); }
  // Names of columns that lead to fields and that `header` does not have.
  std::vector<std::string> not_among(
      const std::vector<std::string>& header) const;
  // Our values of a field by theirs; none when the file gives none.
  const Words& values_of(FieldId field) const { return values_[field]; }
  // Whether a value of the field is as if it were not there.
  bool is_absent(FieldId field, std::string_view theirs) const;
  // Whether a text that is fine for the field may be another one for us.
  bool has_say(FieldId id) const {
    return !values_[id].empty() || !absent.empty() ||
           field(id).format == FieldFormat::e164;
  }

  std::optional<Kind> kind;
  std::map<std::string, std::string> constants;
  std::optional<PlaceClock> clock;            // of times without a zone
  std::optional<TimeForm> times;              // nullopt: as ours are
  char decimal = 0;                           // in cells; 0: not said
  std::set<std::string, std::less<>> absent;  // in all columns
  std::string country;                        // "": of numbers none is told

 private:
  std::vector<MappedColumn> columns_;  // by `theirs`
  std::vector<Words> values_ = std::vector<Words>(fields().size());
};

}  // namespace simwarden
