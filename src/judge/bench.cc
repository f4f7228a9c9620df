// SPDX-License-Identifier: Apache-2.0
#include "judge/bench.h"

#include <algorithm>

#include <fmt/format.h>

#include "cel/faults.h"
#include "diag/check.h"
#include "policy/pack_environment.h"
#include "record/event_time.h"

namespace simwarden {
namespace {

// Matches of one pattern that are looked at for nearness; a text that repeats
// a service word more often has a contact near an early one.
constexpr size_t kNearMatchesMax = 64;

void drop_scratch(Scanner::Scratch*) {}

size_t code_points(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The view's bytes that show original bytes [span.begin, span.end).
Span in_view(const View* view, Span span) {
  return view == nullptr ? span : view->shown(span);
}

// At most `reach` characters lie between the match and the contact.
bool is_near(std::string_view text, const Hit& match, Span contact,
             size_t reach) {
  const size_t from = std::min(match.end, contact.end);
  const size_t to = std::max(match.begin, contact.begin);
  if (to <= from) return true;
  // Four bytes a character at most: far ones need no counting.
  if (to - from > reach * 4) return false;
  return code_points(text.substr(from, to - from)) <= reach;
}

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
      muted_(plan.sets().size(), false) {
  windows_ = windows_of(plan.ruleset());
  for (size_t view = 0; view < 3; ++view) {
    const Scanner* scanner = plan.scanner(static_cast<PatternView>(view));
    if (scanner) {
      scratches_.push_back(scanner->make_scratch());
    } else {
      scratches_.emplace_back(nullptr, drop_scratch);
    }
    views_[view].of_set.resize(plan.sets().size());
  }
}

void Bench::look_at(const Record& record, const Profile& profile,
                    const WindowAnswers* windows, const KeptAnswers* kept) {
  answers_ = windows ? std::optional(*windows) : std::nullopt;
  kept_ = kept;
  facts_.look_at(record, region_of(record, profile));
  if (profile_ != &profile) {
    profile_ = &profile;
    parameters_ = &plan_.parameters(profile);
  }
  for (ViewHits& view : views_) view.scanned = false;
  narrowed_.reset();
  excerpts_.forget();
}

cel::Value Bench::fact(uint32_t slot, cel::Scratch& scratch) {
  const Ruleset& ruleset = plan_.ruleset();
  if (slot < ruleset.schema_slots) {
    const cel::Value value = fact_of_record(slot, scratch);
    if (!narrowed_ || narrowed_->slot != slot) return value;
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
  return cel::Value::of_bool(!muted_[set] && hits(set));
}

cel::Value Bench::window(uint32_t slot, cel::Scratch& scratch) {
  const size_t index = slot - plan_.ruleset().window_slot(0);
  if (index == windows_.size()) {
    if (kept_) return kept_->window(slot, scratch);
    return cel::Value::of_bool(answers_ && answers_->late());
  }
  const DeclaredWindow& declared = *windows_[index];
  const cel::Value given = given_of(declared, scratch);
  if (!given.is(cel::Tag::missing)) return given;
  if (kept_) return kept_->window(slot, scratch);
  static constexpr cel::Fault kNotCounted{"nobody has counted over records"};
  if (!answers_) return cel::fail(kNotCounted);
  if (declared.by_slot) {
    const cel::Value key = fact_of_record(*declared.by_slot, scratch);
    if (key.is(cel::Tag::missing)) return key;
  }
  return value_of(declared.window.kind, answers_->values[index]);
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
  return since_given(given, *now, window.window.span);
}

cel::Value Bench::fact_of_record(uint32_t slot, cel::Scratch& scratch) {
  if (kept_) {
    const auto answer = kept_->fact(slot, facts_, scratch);
    if (answer) return *answer;
  }
  return facts_.fact(slot, scratch);
}

std::string Bench::name_of(uint32_t slot) const {
  const Ruleset& ruleset = plan_.ruleset();
  if (slot < ruleset.schema_slots) return plan_.schema().name(slot);
  const uint32_t index = slot - ruleset.schema_slots;
  const size_t parameters = ruleset.parameter_names.size();
  if (index < parameters) return "profile." + ruleset.parameter_names[index];
  if (slot < ruleset.window_slot(0)) {
    return "patterns." + ruleset.pattern_names[index - parameters];
  }
  const size_t window = slot - ruleset.window_slot(0);
  return fmt::format("windows.{}",
                     window < windows_.size()
                         ? std::string_view(windows_[window]->name)
                         : kLateWindow);
}

Bench::Sights Bench::sights_of(PatternView view) {
  if (view == PatternView::raw) return {.sight = {{{facts_.body(), nullptr}}}};
  const bool squeezed = view == PatternView::squeezed;
  const View& first = squeezed ? facts_.squeezed() : facts_.views().plain;
  Sights sights{.sight = {{{first.text, &first}}}};
  const View* second = squeezed ? nullptr : facts_.relettered();
  if (second) sights.sight[sights.count++] = {second->text, second};
  return sights;
}

void Bench::scan(PatternView view) {
  ViewHits& hits = views_[static_cast<size_t>(view)];
  if (hits.scanned) return;
  hits.scanned = true;
  for (const uint32_t set : hits.hit) hits.of_set[set].reset();
  hits.hit.clear();
  if (!plan_.scanner(view)) return;
  const Sights sights = sights_of(view);
  for (uint8_t i = 0; i < sights.count; ++i) scan(view, sights, i);
}

// What hit in an earlier sight stays.
void Bench::scan(PatternView view, const Sights& sights, uint8_t which) {
  const auto v = static_cast<size_t>(view);
  const Sight& sight = sights.sight[which];
  ViewHits& hits = views_[v];
  const auto before = static_cast<ptrdiff_t>(hits.hit.size());
  found_.clear();
  plan_.scanner(view)->scan(sight.text, *scratches_[v], found_);
  for (const Hit& hit : found_) {
    const uint32_t set = plan_.set_of(view)[hit.pattern];
    auto& first = hits.of_set[set];
    if (!first) hits.hit.push_back(set);
    if (!first || (first->sight == which && hit.begin < first->hit.begin)) {
      first = {hit, which};
    }
  }
  // Nearness is asked only of sets that match at all.
  const auto is_far = [&](uint32_t set) {
    if (!plan_.sets()[set].set->near_contact) return false;
    const auto near = hit_near_contact(set, sight);
    auto& first = hits.of_set[set];
    first.reset();
    if (near) first = {*near, which};
    return !near;
  };
  hits.hit.erase(
      std::remove_if(hits.hit.begin() + before, hits.hit.end(), is_far),
      hits.hit.end());
}

bool Bench::hits(uint32_t set) {
  const PatternView view = plan_.sets()[set].view;
  scan(view);
  return views_[static_cast<size_t>(view)].of_set[set].has_value();
}

// Of the patterns that were just found.
std::optional<Hit> Bench::hit_near_contact(uint32_t set, const Sight& sight) {
  const std::vector<Span> contacts = private_contacts(sight);
  if (contacts.empty()) return std::nullopt;
  const auto& set_of = plan_.set_of(plan_.sets()[set].view);
  for (const Hit& hit : found_) {
    if (set_of[hit.pattern] != set) continue;
    if (auto match = near_match(hit.pattern, set, sight, contacts)) {
      return match;
    }
  }
  return std::nullopt;
}

std::optional<Hit> Bench::near_match(uint32_t pattern, uint32_t set,
                                     const Sight& sight,
                                     const std::vector<Span>& contacts) {
  const auto& planned = plan_.sets()[set];
  std::vector<Hit> matches;
  plan_.scanner(planned.view)
      ->find_all(pattern, sight.text, kNearMatchesMax, matches);
  for (const Hit& match : matches) {
    for (const Span& contact : contacts) {
      if (is_near(sight.text, match, contact, *planned.set->near_contact)) {
        return match;
      }
    }
  }
  return std::nullopt;
}

std::vector<bool> Bench::matching(uint32_t set) {
  const auto& planned = plan_.sets()[set];
  std::vector<bool> which(planned.set->any.size(), false);
  if (!hits(set)) return which;
  const Sights sights = sights_of(planned.view);
  for (size_t i = 0; i < sights.count; ++i) {
    mark_matching(set, sights.sight[i], which);
  }
  return which;
}

void Bench::mark_matching(uint32_t set, const Sight& sight,
                          std::vector<bool>& which) {
  const auto& planned = plan_.sets()[set];
  const auto& set_of = plan_.set_of(planned.view);
  found_.clear();
  plan_.scanner(planned.view)
      ->scan(sight.text, *scratches_[static_cast<size_t>(planned.view)],
             found_);
  std::vector<bool> found(set_of.size(), false);
  for (const Hit& hit : found_) found[hit.pattern] = true;
  std::vector<Span> contacts;
  if (planned.set->near_contact) contacts = private_contacts(sight);
  size_t next = 0;
  for (uint32_t pattern = 0; pattern < set_of.size(); ++pattern) {
    if (set_of[pattern] != set) continue;
    const size_t place = next++;
    if (!found[pattern]) continue;
    which[place] = which[place] || !planned.set->near_contact ||
                   near_match(pattern, set, sight, contacts).has_value();
  }
}

// Where the private contacts stand in a sight.
std::vector<Span> Bench::private_contacts(const Sight& sight) {
  std::vector<Span> spans;
  for (const Contact& contact : facts_.followable().contacts) {
    if (!contact.official) spans.push_back(in_view(sight.view, contact.span));
  }
  return spans;
}

std::optional<Bench::Match> Bench::match_of(uint32_t set) {
  if (!hits(set)) return std::nullopt;
  const PatternView view = plan_.sets()[set].view;
  const auto& [hit, which] = *views_[static_cast<size_t>(view)].of_set[set];
  const Sight sight = sights_of(view).sight[which];
  Span original{hit.begin, hit.end};
  if (sight.view) original = sight.view->original(hit.begin, hit.end);
  return Match{original, sight.text.substr(hit.begin, hit.end - hit.begin)};
}

}  // namespace simwarden
