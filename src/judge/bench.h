// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/run/program.h"
#include "facts/facts.h"
#include "judge/pattern_answers.h"
#include "judge/plan.h"
#include "judge/window_answers.h"
#include "privacy/masks.h"

// Where all questions about one record are answered: its facts, the profile's
// parameters, and which patterns match. (look_at fact*)*, one thread at a
// time; keeps the plan by reference.
namespace simwarden {

// What answers where the values of a record were not kept (kept/): the record
// in hand has nothing in their places.
class KeptAnswers {
 public:
  virtual ~KeptAnswers() = default;
  // Nothing: the record answers. A withheld value: it was recorded.
  virtual std::optional<cel::Value> fact(uint32_t slot, Facts& facts,
                                         cel::Scratch& scratch) const = 0;
  // Whether a set of patterns matched the text; withheld: not known.
  virtual cel::Value pattern(uint32_t set, cel::Scratch& scratch) const = 0;
  // What was counted over other records then; withheld: not known.
  virtual cel::Value window(uint32_t slot, cel::Scratch& scratch) const = 0;
  // The text was longer than is looked at.
  virtual bool was_cut() const = 0;
};

class Bench final : public cel::Activation {
 public:
  explicit Bench(const Plan& plan);

  // REQUIRES: `record`, and the others unless null, outlive the questions; of
  // `windows` only the values need to.
  // Without `windows` nobody has counted: they have no value but what the
  // record itself gives.
  void look_at(const Record& record, const Profile& profile,
               const WindowAnswers* windows = nullptr,
               const KeptAnswers* kept = nullptr);
  // Null when the record in hand is whole.
  const KeptAnswers* kept() const { return kept_; }

  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override;

  Facts& facts() { return facts_; }
  const Facts& facts() const { return facts_; }
  const Plan& plan() const { return plan_; }

  // Whether a fact is a share that was counted over other records.
  bool is_share(uint32_t slot) const;
  // Whether a value of it is the end of a window of `since`: no event is known
  // within that, and how long before one was nobody can say.
  bool is_window_end(uint32_t slot, const cel::Value& value) const;

  PatternAnswers& patterns() { return patterns_; }

  // Masked parts of the record's texts, of Facts::body() and the like.
  // What the eye found in them is hidden however it is written.
  Excerpts& excerpts();

  // While narrowed, a list fact has only its element `index`: the way to find
  // out which link or which factor a rule stands on.
  void narrow(uint32_t slot, uint32_t index) { narrowed_ = {slot, index}; }
  void widen() { narrowed_.reset(); }
  // While muted, a pattern set does not hit: the way to find out which
  // patterns a rule can do without.
  void mute(uint32_t set, bool muted) { muted_[set] = muted; }

 private:
  struct Narrowed {
    uint32_t slot;
    uint32_t index;
  };

  // Null of what is no window.
  const DeclaredWindow* declared_window(uint32_t slot) const;
  cel::Value window(uint32_t slot, cel::Scratch& scratch);
  cel::Value counted_of(uint32_t slot, const DeclaredWindow& window,
                        cel::Scratch& scratch);
  cel::Value given_of(const DeclaredWindow& window, cel::Scratch& scratch);
  cel::Value fact_of_record(uint32_t slot, cel::Scratch& scratch);

  const Plan& plan_;
  Facts facts_;
  PatternAnswers patterns_;  // of them
  const KeptAnswers* kept_ = nullptr;
  const Profile* profile_ = nullptr;
  const std::vector<cel::Value>* parameters_ = nullptr;  // of it
  std::vector<const DeclaredWindow*> windows_;  // in the order of slots
  std::optional<WindowAnswers> answers_;
  Excerpts excerpts_;
  bool told_ = false;  // excerpts_ know what the eye found
  std::optional<Narrowed> narrowed_;
  std::vector<bool> muted_;  // by set
};

}  // namespace simwarden
