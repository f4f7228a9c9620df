// SPDX-License-Identifier: Apache-2.0
#include "store/decision.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "notation/utf8.h"
#include "privacy/masks.h"
#include "record/time.h"

namespace simwarden {
namespace {

constexpr DecisionOutcome kOutcomes[] = {
    {"approved", "closed", Stance::lets_through,
     "The request was carried out, the message let through."},
    {"refused", "closed", Stance::against,
     "It was not carried out, not let through."},
    {"fraud_confirmed", "open", Stance::against,
     "It was fraud, and somebody has to remedy it."},
    {"false_alarm", "closed", Stance::lets_through,
     "It was looked into and there was no fraud."},
    {"complained", "open", Stance::silent, "The customer complained."},
    {"appealed", "open", Stance::silent,
     "The person or the sender asks to decide anew."},
    {"assigned", "open", Stance::proposes,
     "Somebody has to act: see owner and due."},
    {"remedied", "closed", Stance::silent, "What had to be done is done."},
    {"agreed", "", Stance::silent,
     "A reviewer of the sample finds the verdict right."},
    {"disagreed", "", Stance::silent,
     "A reviewer of the sample finds the verdict wrong."},
};

// The later word, and what it takes back.
constexpr std::pair<std::string_view, std::string_view> kTakenBack[] = {
    {"approved", "refused"},
    {"refused", "approved"},
    {"approved", "fraud_confirmed"},
    {"false_alarm", "fraud_confirmed"},
    {"fraud_confirmed", "false_alarm"}};

Error wrong(std::string what) {
  return {Trouble::usage, std::move(what)};
}

// Whoever mixes up columns has telephone numbers in any of them: what is wrong
// is shown masked.
Status check_outcome(const Decision& decision) {
  if (find_outcome(decision.outcome) == nullptr) {
    std::string names;
    for (const DecisionOutcome& outcome : kOutcomes) {
      names += names.empty() ? "" : ", ";
      names += outcome.name;
    }
    return wrong(fmt::format("outcome “{}”: is none of {}",
                             mask_text(decision.outcome), names));
  }
  const std::string& state = decision.state;
  if (state.empty() || state == "open" || state == "closed") return Done{};
  return wrong(
      fmt::format("state “{}”: is neither open nor closed", mask_text(state)));
}

// A day as people write it somewhere, 31.12.2026: no number to be masked.
bool reads_like_a_day(std::string_view text) {
  std::string shape;
  for (const char c : text.substr(0, 11)) {
    if (!is_digit(c) && c != '.' && c != '/' && c != '-') return false;
    shape += is_digit(c) ? 'd' : '.';
  }
  return shape == "dd.dd.dddd" || shape == "d.d.dddd" || shape == "dd.d.dddd" ||
         shape == "d.dd.dddd" || shape == "dddd.dd.dd";
}

// In UTC, without a fraction, so that texts sort as times do.
Result<std::string> tidy_time(const std::string& text, std::string_view now) {
  if (text.empty()) return std::string(now);
  auto time = parse_timestamp(text);
  if (!time) {
    return wrong(
        fmt::format("decided_at “{}”: is no time with its zone "
                    "(2026-03-01T10:15:00Z)",
                    mask_text(text)));
  }
  time->zone_minutes = 0;
  time->nanos = 0;
  std::string utc = to_text(*time);
  if (utc > now) {
    return wrong(fmt::format("decided_at “{}”: has not come yet", text));
  }
  return utc;
}

// Nobody who opens a case by it would find it among the open ones.
Status check_second_opinion(const Decision& decision) {
  if (!find_outcome(decision.outcome)->state.empty()) return Done{};
  const bool alone =
      decision.state.empty() && decision.owner.empty() && decision.due.empty();
  if (alone) return Done{};
  return wrong(fmt::format(
      "outcome “{}”: a second opinion has no state, owner or due; decide "
      "“assigned” or another outcome as well",
      decision.outcome));
}

Status check_note(std::string_view note) {
  if (note.size() > kNoteBytesMax) {
    return wrong(fmt::format("note: has {} bytes; the bound is {}", note.size(),
                             kNoteBytesMax));
  }
  if (utf8_prefix(note) < note.size()) return wrong("note: is not UTF-8");
  return Done{};
}

}  // namespace

std::span<const DecisionOutcome> decision_outcomes() {
  return kOutcomes;
}

const DecisionOutcome* find_outcome(std::string_view name) {
  for (const DecisionOutcome& outcome : kOutcomes) {
    if (outcome.name == name) return &outcome;
  }
  return nullptr;
}

Stance stance_of(std::string_view outcome) {
  const DecisionOutcome* found = find_outcome(outcome);
  return found ? found->stance : Stance::silent;
}

bool takes_back(std::string_view later, std::string_view earlier) {
  return std::find(std::begin(kTakenBack), std::end(kTakenBack),
                   std::pair(later, earlier)) != std::end(kTakenBack);
}

Status check_words(std::string_view name, std::string_view text,
                   size_t bytes_max) {
  if (trimmed(text).empty()) {
    return wrong(fmt::format("{}: is missing", name));
  }
  if (text.size() > bytes_max) {
    return wrong(fmt::format("{}: has {} bytes; the bound is {}", name,
                             text.size(), bytes_max));
  }
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return uint8_t(c) < 0x20 || c == 0x7f;
  });
  if (plain && utf8_prefix(text) == text.size()) return Done{};
  return wrong(fmt::format("{}: is not one line of UTF-8", name));
}

Result<Decision> tidy_decision(Decision decision, std::string_view now) {
  if (decision.verdict_id < 1) {
    return wrong("verdict: is no verdict_id (a number from 1)");
  }
  Status right = check_words("decided_by", decision.decided_by, kWhoBytesMax);
  if (right) right = check_outcome(decision);
  if (right) right = check_second_opinion(decision);
  if (right && !decision.owner.empty()) {
    right = check_words("owner", decision.owner, kWhoBytesMax);
  }
  if (right) right = check_note(decision.note);
  if (!right) return right.error();
  if (!decision.due.empty() && !parse_date(decision.due)) {
    return wrong(fmt::format("due “{}”: is not a date like 2026-03-31",
                             reads_like_a_day(decision.due)
                                 ? decision.due
                                 : mask_text(decision.due)));
  }
  auto time = tidy_time(decision.decided_at, now);
  if (!time) return time.error();
  decision.decided_at = *std::move(time);
  if (decision.state.empty()) {
    decision.state = find_outcome(decision.outcome)->state;
  }
  decision.note = mask_text(decision.note);
  return decision;
}

bool is_told_later(std::string_view decided_at, std::string_view stored_at) {
  const auto told = parse_timestamp(decided_at);
  const auto stored = parse_timestamp(stored_at);
  return told && stored && stored->seconds - told->seconds > kToldLaterSeconds;
}

std::string utc_now() {
  return to_text(Timestamp{.seconds = int64_t(std::time(nullptr))});
}

}  // namespace simwarden
