// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "cel/value/value.h"
#include "policy/ruleset.h"
#include "record/record.h"
#include "record/time.h"
#include "windows/window.h"

// What was counted over other records, as conditions see it.
namespace simwarden {

struct WindowAnswers {
  Timing timing = Timing::in_time;
  std::span<const WindowValue> values;  // one a window of the ruleset

  bool late() const { return timing == Timing::late; }
};

// The windows of all packs in the order of their slots.
std::vector<const DeclaredWindow*> windows_of(const Ruleset& ruleset);

// A value of the window's type, or an error that says why there is no figure.
cel::Value value_of(WindowKind kind, const WindowValue& value, Timing timing);

// How long before `now` the given moment was, as a window of `since` says it:
// the span when it was longer ago. REQUIRES: it is not after `now`.
cel::Value since_given(const cel::Value& given, const Timestamp& now,
                       int64_t span);

// Whether a value of a window of `since` is its whole span: within that there
// was none, or none is known.
bool is_end_of(const Window& window, const cel::Value& value);

// The time of an event in microseconds, as windows count; nothing when the
// record has none.
std::optional<int64_t> window_time(const Record& record);

}  // namespace simwarden
