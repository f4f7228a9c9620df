// SPDX-License-Identifier: Apache-2.0
#include "judge/gate_table.h"

#include <algorithm>
#include <span>

#include "cel/study/look.h"
#include "cel/value/compare.h"
#include "cel/value/faults.h"
#include "judge/bench.h"
#include "judge/gate_rows.h"
#include "record/time.h"

namespace simwarden {
namespace {

using Is = cel::FactStates::Is;
using Look = cel::Look;

size_t state_of_value(Is is, const cel::Value& value, size_t none) {
  if (value.is(cel::Tag::error)) return none + kFails;
  if (value.is(cel::Tag::missing)) return none;
  switch (is) {
    case Is::boolean: return value.is_true() ? kYes : kNo;
    case Is::list: return value.as_list().empty() ? 0 : 1;
    default: return 0;
  }
}

int64_t hour_of(int64_t seconds) {
  return day_second(seconds).second / 3600;
}

// Of a time or a date.
int64_t seconds_of(FieldType type, const Slot& slot) {
  return type == FieldType::date ? slot.integer * kSecondsPerDay : slot.integer;
}
int64_t nanos_of(FieldType type, const Slot& slot) {
  return type == FieldType::date ? 0 : int64_t{slot.nanos};
}

// In `unit` nanoseconds.
std::optional<int64_t> span_of(int64_t seconds, int64_t nanos, int64_t unit) {
  const auto whole = cel::place_of_time(seconds, 0);
  if (!whole) return std::nullopt;
  return unit == 1 ? *whole + nanos : (*whole + nanos) / unit;
}

std::optional<int64_t> order_of(const cel::Value& left,
                                const cel::Value& right) {
  const auto order = cel::order(left, right);
  if (!order || *order == std::partial_ordering::unordered) return std::nullopt;
  return std::is_lt(*order) ? -1 : std::is_gt(*order) ? 1 : 0;
}

// State 2k + 1 is at bound k, the one before below it.
template <typename T>
size_t place_among(std::span<const T> bounds, const T& value) {
  const auto at = std::lower_bound(bounds.begin(), bounds.end(), value);
  const auto below = 2 * static_cast<size_t>(at - bounds.begin());
  return at != bounds.end() && *at == value ? below + 1 : below;
}

}  // namespace

size_t GateTable::among_bounds(const Probe& probe, int64_t position) const {
  // Counting leaves no branch to guess; of many bounds halving is shorter.
  constexpr uint32_t kCountedMax = 8;
  const int64_t* const bounds = bounds_.data() + probe.first_bound;
  if (probe.bounds > kCountedMax) {
    return place_among(std::span(bounds, probe.bounds), position);
  }
  size_t place = 0;
  for (uint32_t i = 0; i < probe.bounds; ++i) {
    place += size_t(bounds[i] < position) + size_t(bounds[i] <= position);
  }
  return place;
}

size_t GateTable::among_texts(const Probe& probe, std::string_view text) const {
  return place_among(std::span(texts_).subspan(probe.first_bound, probe.bounds),
                     text);
}

GateTable::Place GateTable::place_of(Bench& bench, cel::Scratch& scratch,
                                     Woken& woken) {
  const Record& record = bench.facts().record();
  return {bench,
          scratch,
          {&record.slot(first_field(record.kind())), &record.group_slot(0),
           nullptr},
          woken.failed};
}

cel::Value GateTable::read(const Source& source, const Place& place) {
  static const cel::Missing kAbsent{};
  if (source.where == Where::asked) {
    const cel::Value value = place.bench.fact(source.slot, place.scratch);
    place.failed |= value.is(cel::Tag::error);
    return value;
  }
  const Slot& slot = slot_of(source, place);
  if (slot.state != SlotState::given) return cel::Value::of_missing(&kAbsent);
  switch (source.type) {
    case FieldType::boolean: return cel::Value::of_bool(slot.boolean);
    case FieldType::integer: return cel::Value::of_int(slot.integer);
    case FieldType::number: return cel::Value::of_number(slot.number);
    case FieldType::timestamp:
      return cel::Value::of_timestamp(slot.integer, slot.nanos);
    case FieldType::date:
      return cel::Value::of_timestamp(slot.integer * kSecondsPerDay, 0);
    case FieldType::text:
      return cel::Value::of_string(place.bench.facts().record().text(slot));
    case FieldType::choice: break;
  }
  const Field& row = field(static_cast<FieldId>(source.slot));
  return cel::Value::of_string(row.choices[static_cast<size_t>(slot.integer)]);
}

size_t GateTable::state_in_record(const Probe& probe,
                                  const Place& place) const {
  const Slot& slot = slot_of(probe.source, place);
  if (slot.state != SlotState::given) return probe.none;
  if (probe.is == Look::Is::text) {
    return among_texts(probe, place.bench.facts().record().text(slot));
  }
  std::optional<int64_t> found;
  if (cel::is_of_two(probe.is)) {
    const Slot& other = slot_of(probe.other, place);
    if (other.state != SlotState::given) return probe.none;
    found = position_of_two(probe, slot, other, place);
  } else {
    found = position_of_slot(probe, slot);
  }
  return found ? among_bounds(probe, *found) : probe.none + kUntold;
}

std::optional<int64_t> GateTable::position_of_slot(const Probe& probe,
                                                   const Slot& slot) {
  const FieldType type = probe.source.type;
  if (probe.is == Look::Is::size) return slot.list.count;
  if (probe.is == Look::Is::hour) return hour_of(seconds_of(type, slot));
  switch (type) {
    case FieldType::integer: return slot.integer;
    case FieldType::number: return cel::place_of(slot.number);
    case FieldType::timestamp:
    case FieldType::date:
      return cel::place_of_time(seconds_of(type, slot),
                                static_cast<uint32_t>(nanos_of(type, slot)));
    default: return std::nullopt;
  }
}

std::optional<int64_t> GateTable::position_of_two(const Probe& probe,
                                                  const Slot& slot,
                                                  const Slot& other,
                                                  const Place& place) {
  const FieldType of_slot = probe.source.type;
  const FieldType of_other = probe.other.type;
  if (probe.is == Look::Is::since) {
    return span_of(seconds_of(of_slot, slot) - seconds_of(of_other, other),
                   nanos_of(of_slot, slot) - nanos_of(of_other, other),
                   probe.unit);
  }
  return order_of(read(probe.source, place), read(probe.other, place));
}

size_t GateTable::state_asked(const Probe& probe, const Place& place) const {
  const cel::Value value = read(probe.source, place);
  if (probe.is == Look::Is::state) {
    return state_of_value(probe.states, value, probe.none);
  }
  if (cel::is_void(value)) return probe.none;
  if (probe.is == Look::Is::text) {
    return among_texts(probe, value.as_string());
  }
  cel::Value other;
  if (cel::is_of_two(probe.is)) other = read(probe.other, place);
  if (cel::is_void(other)) return probe.none;
  const auto found = position(probe, value, other);
  return found ? among_bounds(probe, *found) : probe.none + kUntold;
}

std::optional<int64_t> GateTable::position(const Probe& probe,
                                           const cel::Value& value,
                                           const cel::Value& other) {
  switch (probe.is) {
    case Look::Is::since:
      return span_of(
          value.timestamp_seconds() - other.timestamp_seconds(),
          int64_t{value.timestamp_nanos()} - int64_t{other.timestamp_nanos()},
          probe.unit);
    case Look::Is::order: return order_of(value, other);
    case Look::Is::hour: return hour_of(value.timestamp_seconds());
    case Look::Is::size: return static_cast<int64_t>(value.as_list().size());
    default: break;
  }
  if (probe.unit > 1) return value.duration_nanos() / probe.unit;
  // What is not of its declared type is an error where it is asked.
  if (probe.scale == cel::Scale::time) return cel::place_of(probe.scale, value);
  const bool whole = probe.scale == cel::Scale::whole;
  if (!value.is(whole ? cel::Tag::integer : cel::Tag::number)) {
    return std::nullopt;
  }
  return whole ? value.as_int() : cel::place_of(value.as_number());
}

void GateTable::put(size_t row, uint64_t* open) const {
  const Mark* mark = marks_.data() + rows_[row];
  const Mark* const end = marks_.data() + rows_[row + 1];
  for (; mark != end; ++mark) open[mark->word] |= mark->bits;
}

template <typename StateOf>
void GateTable::look(const Tells& tells, const Place& place, uint64_t* open,
                     StateOf state_of) const {
  for (const Tell& tell : tells) {
    const Slot& slot = place.slots[static_cast<size_t>(tell.where)][tell.at];
    const bool given = slot.state == SlotState::given;
    put(tell.first_row + (given ? state_of(slot) : tell.none), open);
  }
}

void GateTable::look(const Patterns& patterns, const Place& place,
                     uint64_t* open) const {
  // Whether a set that may hit does is asked by the rules that wake: most of
  // these sets are parts of rules that other gates keep shut.
  for (const Mark& mark : patterns.without_hits) open[mark.word] |= mark.bits;
  for (const uint32_t set : place.bench.patterns().may_hit(patterns.view)) {
    const auto row = patterns.rows[set];
    if (row) put(*row + kSaysNothing + kUntold, open);
  }
}

void GateTable::look(const Group& group, const Place& place,
                     Woken& woken) const {
  const Record& record = place.bench.facts().record();
  const Slot& list = record.group_slot(group.id);
  const bool given = list.state == SlotState::given;
  // Asking about more may end at the bound on steps.
  if (given && list.list.count > cel::kShortLoopMax) {
    return put(group.untold_row, woken.open.data());
  }
  if (given)
    group.elements->look_at_all(group.id, list.list.count, place, woken);
  Said said{0, 0, ~uint64_t{0}};
  for (size_t q = 0; q < group.first_rows.size(); ++q) {
    const size_t word = q / kGateBits;
    if (given && q % kGateBits == 0) {
      said = group.elements->said_of(word, group.asks_all[word], woken);
    }
    const uint64_t bit = gate_bit(q);
    const size_t state = (said.yes & bit) != 0       ? kYes
                         : (said.no & bit) != 0      ? kNo
                         : (said.nothing & bit) != 0 ? kSaysNothing
                                                     : kSaysNothing + kUntold;
    put(group.first_rows[q] + state, woken.open.data());
  }
}

// The table is that of the elements.
void GateTable::look_at_all(GroupId id, uint32_t count, const Place& place,
                            Woken& woken) const {
  using cel::Each;
  const Record& record = place.bench.facts().record();
  // What is said set by set, a word of questions each.
  woken.of_all.assign(words_ * Each::kSaid, ~uint64_t{0});
  woken.of_any.assign(words_ * Each::kSaid, 0);
  Place of_element = place;
  for (uint32_t i = 0; i < count; ++i) {
    of_element.slots[static_cast<size_t>(Where::member)] =
        record.members(id, i).data();
    open_by(of_element, woken.of_element, woken.settled_of_element);
    for (size_t set = 0; set < Each::kSaid; ++set) {
      for (size_t word = 0; word < words_; ++word) {
        const uint64_t said = shut(woken.of_element.data(), set, word);
        woken.of_all[set * words_ + word] &= said;
        woken.of_any[set * words_ + word] |= said;
      }
    }
  }
}

// Of no elements, all have it and none has it.
GateTable::Said GateTable::said_of(size_t word, uint64_t asks_all,
                                   const Woken& woken) const {
  using cel::Each;
  const auto any = [&](Each::Said what) {
    return woken.of_any[what * words_ + word];
  };
  const auto all = [&](Each::Said what) {
    return woken.of_all[what * words_ + word];
  };
  const uint64_t any_asked = ~asks_all;
  Said said;
  said.yes = (asks_all & all(Each::kYes) & ~any(Each::kNo)) |
             (any_asked & any(Each::kYes));
  said.no = (asks_all & any(Each::kNo)) |
            (any_asked & all(Each::kNo) & ~any(Each::kYes));
  said.nothing = any(Each::kNeither) & ((asks_all & all(Each::kNotNo)) |
                                        (any_asked & all(Each::kNotYes)));
  return said;
}

bool GateTable::is_settled(const Marks& rules, const uint64_t* settled) {
  return std::all_of(rules.begin(), rules.end(), [&](const Mark& mark) {
    return (mark.bits & ~settled[mark.word]) == 0;
  });
}

// What is settled by gates that wait for nothing which is asked for stays so
// whatever is.
void GateTable::open_by(const Place& place, std::vector<uint64_t>& open,
                        std::vector<uint64_t>& settled) const {
  open = open_;
  const auto look_by = [&](Glance glance, auto state_of) {
    look(tells_[static_cast<size_t>(glance)], place, open.data(), state_of);
  };
  look_by(Glance::boolean,
          [](const Slot& slot) -> size_t { return slot.boolean ? kYes : kNo; });
  look_by(Glance::choice,
          [](const Slot& slot) { return static_cast<size_t>(slot.integer); });
  look_by(Glance::list, [](const Slot& slot) -> size_t {
    return slot.list.count > 0 ? 1 : 0;
  });
  look_by(Glance::presence, [](const Slot&) -> size_t { return 0; });
  for (const Probe& probe : probes_) {
    put(probe.first_row + state_in_record(probe, place), open.data());
  }
  if (asked_.empty() && patterns_.empty() && groups_.empty()) return;
  settled.assign(words_, 0);
  for (size_t at = 0; at < open_.size(); at += words_) {
    for (size_t word = 0; word < words_; ++word) {
      settled[word] |= ~(open[at + word] | later_[at + word]);
    }
  }
  for (const Patterns& patterns : patterns_) {
    if (is_settled(patterns.rules, settled.data())) {
      put(patterns.untold_row, open.data());
    } else {
      look(patterns, place, open.data());
    }
  }
  for (const Probe& probe : asked_) {
    const size_t state = is_settled(probe.rules, settled.data())
                             ? probe.none + kUntold
                             : state_asked(probe, place);
    put(probe.first_row + state, open.data());
  }
}

// The questions that a set of gates settles.
uint64_t GateTable::shut(const uint64_t* open, size_t set, size_t word) const {
  uint64_t shut = 0;
  for (size_t plane = first_plane_[set]; plane < first_plane_[set + 1];
       ++plane) {
    shut |= ~open[plane * words_ + word];
  }
  return shut;
}

void GateTable::wake(Bench& bench, cel::Scratch& scratch, Woken& woken) const {
  woken.failed = false;
  const Place place = place_of(bench, scratch, woken);
  open_by(place, woken.open, woken.settled);
  for (const Group& group : groups_) {
    if (is_settled(group.rules, woken.settled.data())) {
      put(group.untold_row, woken.open.data());
    } else {
      look(group, place, woken);
    }
  }
  woken.asked.resize(words_);
  woken.undetermined.resize(words_);
  for (size_t word = 0; word < words_; ++word) {
    const uint64_t silent = shut(woken.open.data(), kSilent, word);
    const uint64_t undetermined = shut(woken.open.data(), kUndetermined, word);
    const size_t rest = questions_ - word * kGateBits;
    const uint64_t all = rest < kGateBits ? gate_bit(rest) - 1 : ~uint64_t{0};
    woken.undetermined[word] = undetermined & ~silent;
    woken.asked[word] = all & ~(silent | undetermined);
  }
}

}  // namespace simwarden
