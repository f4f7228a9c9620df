// SPDX-License-Identifier: Apache-2.0
#include "judge/bench.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cel/value/faults.h"
#include "diag/check.h"
#include "judge/secrets.h"
#include "record/event_time.h"
#include "record/not_counted.h"

namespace simwarden {
namespace {

// National telephone numbers are read as the record's country writes them,
// else as the profile's does.
std::string_view region_of(const Record& record, const Profile& profile) {
  static const FieldId of_request = *find_field(Kind::request, "country");
  static const FieldId of_message = *find_field(Kind::message, "country");
  const Slot& country =
      record.slot(record.kind() == Kind::request ? of_request : of_message);
  if (country.state == SlotState::given) return record.text(country);
  return profile.country;
}

}  // namespace

Bench::Bench(const Plan& plan)
    : plan_(plan),
      facts_(plan.schema(), plan.registry()),
      patterns_(plan, facts_),
      muted_(plan.sets().size(), false) {
  windows_ = windows_of(plan.ruleset());
}

void Bench::look_at(const Record& record, const Profile& profile,
                    const WindowAnswers* windows, const KeptAnswers* kept) {
  answers_ = windows ? std::optional(*windows) : std::nullopt;
  kept_ = kept;
  facts_.look_at(record, region_of(record, profile), profile.name);
  if (profile_ != &profile) {
    profile_ = &profile;
    parameters_ = &plan_.parameters(profile);
  }
  patterns_.forget();
  narrowed_.reset();
  excerpts_.forget();
  told_ = false;
}

Excerpts& Bench::excerpts() {
  if (told_) return excerpts_;
  told_ = true;
  if (kept_ || facts_.record().kind() != Kind::message) return excerpts_;
  const std::string_view body = facts_.body();
  if (const Followable* found = facts_.followable_if_secret()) {
    excerpts_.know(body, secrets_of(*found, body));
  }
  const Unseen& unseen = facts_.unseen();
  excerpts_.know(unseen.text, secrets_of(unseen.found, unseen.text));
  return excerpts_;
}

cel::Value Bench::fact(uint32_t slot, cel::Scratch& scratch) {
  const Ruleset& ruleset = plan_.ruleset();
  if (slot < ruleset.schema_slots) {
    const cel::Value value = fact_of_record(slot, scratch);
    if (!narrowed_ || narrowed_->slot != slot) return value;
    const cel::Scratch::Making making(scratch, cel::Scratch::Life::evaluation,
                                      cel::Scratch::Growth::is_free);
    return scratch.make_list(value.as_list().subspan(narrowed_->index, 1));
  }
  const uint32_t index = slot - ruleset.schema_slots;
  if (index < parameters_->size()) return (*parameters_)[index];
  if (slot >= ruleset.window_slot(0)) {
    return window(slot, scratch);
  }
  const auto set = static_cast<uint32_t>(index - parameters_->size());
  CHECK(set < plan_.sets().size(), "programs know the ruleset's slots");
  if (kept_ && !muted_[set]) return kept_->pattern(set, scratch);
  return cel::Value::of_bool(!muted_[set] && patterns_.hits(set));
}

const DeclaredWindow* Bench::declared_window(uint32_t slot) const {
  const uint32_t first = plan_.ruleset().window_slot(0);
  const bool is_one = slot >= first && slot - first < windows_.size();
  return is_one ? windows_[slot - first] : nullptr;
}

bool Bench::is_share(uint32_t slot) const {
  const DeclaredWindow* declared = declared_window(slot);
  return declared != nullptr && declared->window.kind == WindowKind::share;
}

bool Bench::is_window_end(uint32_t slot, const cel::Value& value) const {
  const DeclaredWindow* declared = declared_window(slot);
  return declared != nullptr && is_end_of(declared->window, value);
}

cel::Value Bench::window(uint32_t slot, cel::Scratch& scratch) {
  const size_t index = slot - plan_.ruleset().window_slot(0);
  if (index == windows_.size()) {
    if (kept_) return kept_->window(slot, scratch);
    return cel::Value::of_bool(answers_ && answers_->late());
  }
  const DeclaredWindow& declared = *windows_[index];
  const cel::Value given = given_of(declared, scratch);
  const bool is_known = !given.is(cel::Tag::missing);
  const bool is_since = declared.window.kind == WindowKind::since;
  // Exports write 0 where nobody counts: beside a log that has counted it is
  // no figure.
  const bool is_blank = given.is(cel::Tag::integer) && given.as_int() == 0;
  if (is_known && !is_since && !is_blank) return given;
  const cel::Value counted = counted_of(slot, declared, scratch);
  if (!is_known) return counted;
  if (!is_since) return counted.is(cel::Tag::integer) ? counted : given;
  // The log may have seen a change that the record's author did not know of.
  const bool nearer = counted.is(cel::Tag::duration) &&
                      counted.duration_nanos() < given.duration_nanos();
  return nearer ? counted : given;
}

cel::Value Bench::counted_of(uint32_t slot, const DeclaredWindow& window,
                             cel::Scratch& scratch) {
  if (kept_) return kept_->window(slot, scratch);
  static constexpr cel::Fault kNotCounted{kNobodyCounted};
  if (!answers_) return cel::fail(kNotCounted);
  if (window.by_slot) {
    const cel::Value key = fact_of_record(*window.by_slot, scratch);
    if (key.is(cel::Tag::missing)) return key;
  }
  const size_t index = slot - plan_.ruleset().window_slot(0);
  return value_of(window.window.kind, answers_->values[index],
                  answers_->timing);
}

// The counter that the record brings; missing when it brings none that can be
// used.
cel::Value Bench::given_of(const DeclaredWindow& window,
                           cel::Scratch& scratch) {
  static const cel::Missing none{};
  const cel::Value nothing = cel::Value::of_missing(&none);
  if (!window.given_slot) return nothing;
  const cel::Value given = fact_of_record(*window.given_slot, scratch);
  if (window.window.kind != WindowKind::since) return given;
  const auto now = event_time(facts_.record());
  if (!given.is(cel::Tag::timestamp) || !now) return nothing;
  // A moment after the event is none before it.
  const bool is_later =
      std::pair(given.timestamp_seconds(), given.timestamp_nanos()) >
      std::pair(now->seconds, now->nanos);
  if (is_later) return nothing;
  return since_given(given, *now, window.window.span);
}

cel::Value Bench::fact_of_record(uint32_t slot, cel::Scratch& scratch) {
  if (kept_) {
    // No rule spends what the record holds; what is kept of rules may hold it.
    const cel::Scratch::Making making(scratch, cel::Scratch::Life::record,
                                      cel::Scratch::Growth::is_free);
    const auto answer = kept_->fact(slot, facts_, scratch);
    if (answer) return *answer;
  }
  return facts_.fact(slot, scratch);
}

}  // namespace simwarden
