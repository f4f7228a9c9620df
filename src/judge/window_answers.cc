// SPDX-License-Identifier: Apache-2.0
#include "judge/window_answers.h"

#include <algorithm>

#include "cel/value/faults.h"
#include "record/event_time.h"

namespace simwarden {
namespace {

constexpr int64_t kNanosAMicrosecond = 1000;

constexpr cel::Fault kOtherKind{"the record is of another kind"};
constexpr cel::Fault kNoTime{"the record has no time that could be believed"};
constexpr cel::Fault kLate{
    "the record came late: what stood before it is not known"};
constexpr cel::Fault kDropped{
    "the window reaches back over records that are not kept any more"};

}  // namespace

std::vector<const DeclaredWindow*> windows_of(const Ruleset& ruleset) {
  std::vector<const DeclaredWindow*> windows;
  for (const Pack& pack : ruleset.packs) {
    for (const DeclaredWindow& window : pack.windows) {
      windows.push_back(&window);
    }
  }
  return windows;
}

cel::Value value_of(WindowKind kind, const WindowValue& value, Timing timing) {
  switch (value.state) {
    case WindowValue::State::known: break;
    case WindowValue::State::no_key: return cel::fail(kOtherKind);
    case WindowValue::State::no_time: return cel::fail(kNoTime);
    case WindowValue::State::dropped:
      return cel::fail(timing == Timing::late ? kLate : kDropped);
  }
  switch (kind) {
    case WindowKind::count:
    case WindowKind::distinct: return cel::Value::of_int(value.number);
    case WindowKind::share: return cel::Value::of_number(value.share);
    case WindowKind::since: break;
  }
  return cel::Value::of_duration(value.number * kNanosAMicrosecond);
}

cel::Value since_given(const cel::Value& given, const Timestamp& now,
                       int64_t span) {
  const int64_t longest = span * kNanosAMicrosecond;
  const int64_t seconds = now.seconds - given.timestamp_seconds();
  if (seconds > span / kSecond) return cel::Value::of_duration(longest);
  const int64_t nanos = seconds * kSecond * kNanosAMicrosecond +
                        int64_t{now.nanos} - int64_t{given.timestamp_nanos()};
  return cel::Value::of_duration(std::min(nanos, longest));
}

bool is_end_of(const Window& window, const cel::Value& value) {
  return window.kind == WindowKind::since && value.is(cel::Tag::duration) &&
         value.duration_nanos() >= window.span * kNanosAMicrosecond;
}

std::optional<int64_t> window_time(const Record& record) {
  const auto time = event_time(record);
  if (!time) return std::nullopt;
  return time->seconds * kSecond + int64_t{time->nanos} / kNanosAMicrosecond;
}

}  // namespace simwarden
