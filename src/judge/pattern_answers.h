// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "judge/plan.h"

namespace simwarden {

// Which sets of patterns hit the text of the record in hand.
//
// One look at a view tells which sets may hit; a set is asked whether it does
// when a rule wants to know, and where when somebody is told. (forget
// question*)*, one thread at a time; keeps plan and facts by reference.
class PatternAnswers {
 public:
  // `facts` are those that look at the record in hand.
  PatternAnswers(const Plan& plan, Facts& facts);

  // The facts look at another record.
  void forget();

  // The sets of a view that may hit, in no order; no other one does. Valid
  // until forget().
  std::span<const uint32_t> may_hit(PatternView view);
  bool hits(uint32_t set);

  // The first match of a set as bytes of message.body; nothing when the set
  // does not hit.
  struct Match {
    Span original;             // in Facts::body()
    std::string_view seen_as;  // in the view
  };
  std::optional<Match> match_of(uint32_t set);

  // Which patterns of a set count in this record, in the order of `any`.
  std::vector<bool> matching(uint32_t set);

 private:
  using Scratch =
      std::unique_ptr<Scanner::Scratch, void (*)(Scanner::Scratch*)>;

  // A text that the patterns of a view are looked for in: those of `plain` in
  // the plain text and, where it has such words, in the relettered one.
  struct Sight {
    std::string_view text;
    const View* view = nullptr;  // null: the text is Facts::body()
    std::span<const uint32_t> candidates = {};  // patterns, ascending
    std::optional<Scratch> scratch;             // which they lie in
  };
  struct ViewAnswers {
    const Scanner* scanner = nullptr;  // null: no pattern is of this view
    const std::vector<uint32_t>* set_of = nullptr;  // by pattern, ascending
    bool looked = false;
    size_t count = 0;  // of sights
    std::array<Sight, 2> sights = {};
    std::vector<uint32_t> may_hit = {};
  };
  enum class Answer : uint8_t { no, open, yes };

  ViewAnswers& looked_at(PatternView view);
  ViewAnswers& of(uint32_t set) { return looked_at(plan_.sets()[set]->view); }
  void find_sights(PatternView view, ViewAnswers& answers);
  void look(ViewAnswers& answers, Sight& sight);
  std::span<const uint32_t> candidates(uint32_t set, const ViewAnswers& answers,
                                       const Sight& sight) const;
  bool counts(uint32_t pattern, uint32_t set, const ViewAnswers& answers,
              const Sight& sight);
  std::optional<Hit> first_of(uint32_t set, const ViewAnswers& answers,
                              const Sight& sight);
  std::optional<Hit> near_match(uint32_t pattern, uint32_t set,
                                const ViewAnswers& answers, const Sight& sight);

  const Plan& plan_;
  Facts& facts_;
  std::array<ViewAnswers, 3> views_;
  std::vector<Answer> answers_;  // by set
};

}  // namespace simwarden
