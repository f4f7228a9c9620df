// SPDX-License-Identifier: Apache-2.0
#include "trial/watches.h"

#include <bit>
#include <map>

#include <fmt/format.h>

#include "cel/study/changes.h"

// at_least writes its items out more than once (policy/condition_text.h): atoms
// that come from the same bytes of the file are one, and answered together.
namespace simwarden {
namespace {

struct AnswerWords {
  uint8_t answer;
  const char* never;
};
constexpr AnswerWords kAnswerWords[] = {
    {cel::kAnswerYes, "never true"},
    {cel::kAnswerNo, "never false"},
    {cel::kAnswerMissing, "never not recorded"},
};

struct AtomKey {
  size_t begin;
  size_t end;
  std::string text;
  auto operator<=>(const AtomKey&) const = default;
};
struct AtomAnswers {
  uint8_t possible = 0;
  uint8_t given = 0;
};

size_t count(std::span<const uint8_t> answers) {
  size_t bits = 0;
  for (const uint8_t answer : answers) {
    bits += static_cast<size_t>(std::popcount(answer));
  }
  return bits;
}

}  // namespace

ConditionWatch::ConditionWatch(const Condition& condition,
                               const std::string& guard, const Pack& pack,
                               std::span<const uint32_t> absent, bool duty)
    : condition_(condition),
      atoms_(cel::atoms_of(*condition.program)),
      watched_(cel::watch(*condition.program)) {
  for (const cel::Atom& atom : atoms_) {
    uint8_t possible = cel::possible_answers(*condition.program, atom, guard,
                                             *pack.environment, absent);
    if (!duty) possible &= uint8_t(~cel::kAnswerMissing);
    possible_.push_back(possible);
  }
}

void ConditionWatch::report(const PackCases& pack, const std::string& rule,
                            std::vector<Branch>& into) const {
  std::map<AtomKey, AtomAnswers> all;
  for (size_t i = 0; i < atoms_.size(); ++i) {
    const cel::Atom& atom = atoms_[i];
    const std::string_view text =
        std::string_view(condition_.source)
            .substr(atom.begin, atom.end - atom.begin);
    AtomAnswers& of =
        all[{condition_.offsets[atom.begin], condition_.offsets[atom.end],
             cel::on_one_line(text)}];
    of.possible |= possible_[i];
    of.given |= answers()[i];
  }
  for (const auto& [key, answers] : all) {
    for (const AnswerWords& words : kAnswerWords) {
      if (!(answers.possible & words.answer)) continue;
      into.push_back(
          {{pack.pack, rule, fmt::format("{} {}", key.text, words.never),
            pack.pack_file->name(), pack.pack_file->place_at(key.begin)},
           (answers.given & words.answer) != 0});
    }
  }
}

RuleWatch::RuleWatch(const Rule& rule, const Pack& pack,
                     std::span<const uint32_t> absent)
    : rule_(rule),
      condition_(rule.condition, rule.applies ? rule.applies->source : "", pack,
                 absent, rule.duty) {
  if (rule.applies)
    applies_.emplace(*rule.applies, "", pack, absent, rule.duty);
}

Reply RuleWatch::ask(cel::Activation& facts, cel::Scratch& scratch) {
  return ask_rule(
      rule_.duty,
      [&] {
        return applies_ ? applies_->evaluate(facts, scratch)
                        : cel::Value::of_bool(true);
      },
      [&] { return condition_.evaluate(facts, scratch); });
}

std::vector<Branch> RuleWatch::branches(const PackCases& pack) const {
  std::vector<Branch> all;
  if (applies_) applies_->report(pack, rule_.id, all);
  condition_.report(pack, rule_.id, all);
  return all;
}

size_t RuleWatch::answers_given() const {
  return count(condition_.answers()) +
         (applies_ ? count(applies_->answers()) : 0);
}

}  // namespace simwarden
