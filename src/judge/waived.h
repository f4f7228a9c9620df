// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "policy/pack.h"
#include "record/time.h"
#include "record/verdict.h"

namespace simwarden {

// What a finding says of the waiver that it stands under.
WaiverNote note_of(const Waiver& waiver);

// kWaiverEndedRule: the rule hit, and a waiver that would have covered the
// record could not, because it was over at `now` or the record has no time.
struct RecordTime {
  Kind kind = Kind::request;
  std::optional<Timestamp> now;  // nothing: the record has none
};
Finding explain_ended(const Waiver& waiver, const RecordTime& at,
                      std::string_view language);

}  // namespace simwarden
