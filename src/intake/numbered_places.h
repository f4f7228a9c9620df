// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "intake/columns.h"
#include "record/record.h"

// Values that a mapping sends to one item of a list or a group
// ("auth.factors[0].type"), from wherever they stand in a row: they are put
// into the record together, when the row has been read. (add)* put
namespace simwarden {

class NumberedPlaces {
 public:
  // REQUIRES: `place` is a list_item or a member.
  void add(const Column& place, Slot slot) { places_.push_back({place, slot}); }
  size_t size() const { return places_.size(); }
  // In the order of their items, without gaps between these, as columns of a
  // table are. What was given twice, in our words; "" when nothing was.
  std::string put(Record& record);

 private:
  struct Place {
    Column at;
    Slot slot;
  };
  using Run = std::vector<Place>::const_iterator;
  Run end_of_run(Run begin) const;
  static bool put_list(Record& record, Run begin, Run end);
  static bool put_group(Record& record, Run begin, Run end);

  std::vector<Place> places_;
};

}  // namespace simwarden
