// SPDX-License-Identifier: Apache-2.0
#include "judge/window_questions.h"

#include "cel/value/value_text.h"
#include "diag/check.h"
#include "judge/key_spelling.h"
#include "judge/profile_choice.h"
#include "judge/window_answers.h"

namespace simwarden {

WindowQuestions::WindowQuestions(const Plan& plan, const HashKey& key,
                                 std::string profile)
    : plan_(plan), key_(key), profile_(std::move(profile)), bench_(plan) {
  CHECK(plan.ruleset().profile(profile_), "the caller has looked it up");
  for (const Pack& pack : plan.ruleset().packs) {
    const Kind kind = pack.asks == "message" ? Kind::message : Kind::request;
    for (const DeclaredWindow& window : pack.windows) {
      windows_.push_back({&window, kind});
    }
  }
}

void WindowQuestions::read(const Record& record,
                           std::span<WindowEntry> entries) {
  const Ruleset& ruleset = plan_.ruleset();
  const Profile* named = named_profile(record, ruleset);
  scratch_.clear();
  hashes_.clear();
  bench_.look_at(record, named ? *named : *ruleset.profile(profile_));
  for (size_t w = 0; w < windows_.size(); ++w) {
    entries[w] = windows_[w].kind == record.kind()
                     ? read_one(*windows_[w].window)
                     : WindowEntry{};
  }
}

WindowEntry WindowQuestions::read_one(const DeclaredWindow& window) {
  WindowEntry entry;
  entry.key = 1;
  entry.keyed = true;
  if (window.by_slot) {
    const Hash key = hash_of(*window.by_slot, window.by);
    if (!key) return {};
    entry.key = *key;
  }
  entry.counts = !window.where || holds(*window.where, entry);
  if (window.of_slot) {
    const Hash value = hash_of(*window.of_slot, window.of);
    entry.counts = entry.counts && value;
    entry.value = value.value_or(0);
  }
  if (window.part && entry.counts) {
    entry.value = uint64_t{holds(*window.part, entry)};
  }
  return entry;
}

bool WindowQuestions::holds(const Condition& condition, WindowEntry& entry) {
  const cel::Scratch::Loan loan(scratch_);
  const cel::Value value = condition.program->evaluate(bench_, scratch_);
  entry.failed |= value.is(cel::Tag::error);
  return value.is_true();
}

WindowQuestions::Hash WindowQuestions::hash_of(uint32_t slot,
                                               const std::string& name) {
  for (const auto& [known, hash] : hashes_) {
    if (known == slot) return hash;
  }
  return hashes_.emplace_back(slot, work_out(slot, name)).second;
}

// Under the name of its fact: the same number is another key elsewhere.
WindowQuestions::Hash WindowQuestions::work_out(uint32_t slot,
                                                const std::string& name) {
  const cel::Value value = bench_.fact(slot, scratch_);
  if (value.is(cel::Tag::missing) || value.is(cel::Tag::error)) {
    return std::nullopt;
  }
  text_ = name;
  text_ += '\0';
  const Field* field = plan_.schema().field_of(slot);
  if (value.is(cel::Tag::string) && field != nullptr) {
    text_ += one_spelling(*field, value.as_string());
  } else if (value.is(cel::Tag::string)) {
    text_ += value.as_string();
  } else {
    text_ += cel::to_text(value);
  }
  return keyed_hash(key_, text_);
}

std::vector<Window> counted_windows(const Ruleset& ruleset) {
  std::vector<Window> windows;
  for (const DeclaredWindow* declared : windows_of(ruleset)) {
    windows.push_back(declared->window);
  }
  return windows;
}

}  // namespace simwarden
