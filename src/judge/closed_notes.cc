// SPDX-License-Identifier: Apache-2.0
#include "judge/closed_notes.h"

#include "judge/masked.h"
#include "record/closed_files.h"

namespace simwarden {

void add_closed_files(const Record& record, Verdict& verdict) {
  static const FieldId kName = *find_field(Kind::message, "attachments[].name");
  for (const ClosedFile& file : closed_files(record)) {
    if (verdict.closed.size() == kClosedNamedMax) {
      ++verdict.closed_left;
      continue;
    }
    const Slot& name = record.member(kName, file.index);
    const bool named = name.state == SlotState::given;
    verdict.closed.push_back({file.index,
                              named ? masked(record, field(kName), name) : "",
                              std::string(file.why)});
  }
}

}  // namespace simwarden
