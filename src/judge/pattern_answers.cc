// SPDX-License-Identifier: Apache-2.0
#include "judge/pattern_answers.h"

#include <algorithm>

#include "diag/characters.h"

namespace simwarden {
namespace {

// Matches of one pattern that are looked at for nearness; a text that repeats
// a service word more often has a contact near an early one.
constexpr size_t kNearMatchesMax = 64;

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
  return count_characters(text.substr(from, to - from)) <= reach;
}

}  // namespace

PatternAnswers::PatternAnswers(const Plan& plan, Facts& facts)
    : plan_(plan), facts_(facts), answers_(plan.sets().size(), Answer::no) {
  for (size_t v = 0; v < views_.size(); ++v) {
    const auto view = static_cast<PatternView>(v);
    ViewAnswers& answers = views_[v];
    answers.scanner = plan.scanner(view);
    answers.set_of = &plan.set_of(view);
    if (!answers.scanner) continue;
    for (Sight& sight : answers.sights) {
      sight.scratch.emplace(answers.scanner->make_scratch());
    }
  }
}

void PatternAnswers::forget() {
  for (ViewAnswers& answers : views_) {
    for (const uint32_t set : answers.may_hit) answers_[set] = Answer::no;
    answers.may_hit.clear();
    answers.looked = false;
  }
}

PatternAnswers::ViewAnswers& PatternAnswers::looked_at(PatternView view) {
  ViewAnswers& answers = views_[static_cast<size_t>(view)];
  if (answers.looked) return answers;
  answers.looked = true;
  answers.count = 0;
  if (!answers.scanner) return answers;
  find_sights(view, answers);
  for (size_t i = 0; i < answers.count; ++i) look(answers, answers.sights[i]);
  return answers;
}

void PatternAnswers::find_sights(PatternView view, ViewAnswers& answers) {
  const auto add = [&](std::string_view text, const View* of) {
    Sight& sight = answers.sights[answers.count++];
    sight.text = text;
    sight.view = of;
  };
  if (view == PatternView::raw) return add(facts_.body(), nullptr);
  const bool squeezed = view == PatternView::squeezed;
  const View& first = squeezed ? facts_.squeezed() : facts_.views().plain;
  add(first.text, &first);
  const View* second = squeezed ? nullptr : facts_.relettered();
  if (second) add(second->text, second);
}

void PatternAnswers::look(ViewAnswers& answers, Sight& sight) {
  sight.candidates = answers.scanner->look(sight.text, **sight.scratch);
  for (const uint32_t pattern : sight.candidates) {
    const uint32_t set = (*answers.set_of)[pattern];
    if (answers_[set] != Answer::no) continue;
    answers_[set] = Answer::open;
    answers.may_hit.push_back(set);
  }
}

std::span<const uint32_t> PatternAnswers::may_hit(PatternView view) {
  return looked_at(view).may_hit;
}

// Those of a set in a sight: sets lie in the order of patterns.
std::span<const uint32_t> PatternAnswers::candidates(uint32_t set,
                                                     const ViewAnswers& answers,
                                                     const Sight& sight) const {
  const auto set_of = [&](uint32_t pattern) {
    return (*answers.set_of)[pattern];
  };
  const auto from =
      std::find_if(sight.candidates.begin(), sight.candidates.end(),
                   [&](uint32_t pattern) { return set_of(pattern) == set; });
  const auto to =
      std::find_if(from, sight.candidates.end(),
                   [&](uint32_t pattern) { return set_of(pattern) != set; });
  return {from, to};
}

bool PatternAnswers::hits(uint32_t set) {
  const ViewAnswers& answers = of(set);
  Answer& answer = answers_[set];
  if (answer != Answer::open) return answer == Answer::yes;
  answer = Answer::no;
  for (size_t i = 0; i < answers.count && answer == Answer::no; ++i) {
    const Sight& sight = answers.sights[i];
    for (const uint32_t pattern : candidates(set, answers, sight)) {
      if (!counts(pattern, set, answers, sight)) continue;
      answer = Answer::yes;
      break;
    }
  }
  return answer == Answer::yes;
}

bool PatternAnswers::counts(uint32_t pattern, uint32_t set,
                            const ViewAnswers& answers, const Sight& sight) {
  return plan_.sets()[set]->near_contact
             ? near_match(pattern, set, answers, sight).has_value()
             : answers.scanner->matches(pattern, **sight.scratch);
}

std::optional<Hit> PatternAnswers::near_match(uint32_t pattern, uint32_t set,
                                              const ViewAnswers& answers,
                                              const Sight& sight) {
  // What is private is asked only where the pattern matches at all.
  std::vector<Hit> matches;
  answers.scanner->find_all(pattern, sight.text, kNearMatchesMax, matches);
  if (matches.empty()) return std::nullopt;
  const size_t reach = *plan_.sets()[set]->near_contact;
  for (const Hit& match : matches) {
    for (const Contact& contact : facts_.followable().contacts) {
      if (contact.official) continue;
      const Span span = in_view(sight.view, contact.span);
      if (is_near(sight.text, match, span, reach)) return match;
    }
  }
  return std::nullopt;
}

std::vector<bool> PatternAnswers::matching(uint32_t set) {
  const ViewAnswers& answers = of(set);
  std::vector<bool> which(plan_.sets()[set]->any.size(), false);
  const auto first = static_cast<uint32_t>(
      std::lower_bound(answers.set_of->begin(), answers.set_of->end(), set) -
      answers.set_of->begin());
  for (size_t i = 0; i < answers.count; ++i) {
    const Sight& sight = answers.sights[i];
    for (const uint32_t pattern : candidates(set, answers, sight)) {
      if (counts(pattern, set, answers, sight)) which[pattern - first] = true;
    }
  }
  return which;
}

// The leftmost of all its patterns; of those that ask for a contact, the first
// pattern's.
std::optional<Hit> PatternAnswers::first_of(uint32_t set,
                                            const ViewAnswers& answers,
                                            const Sight& sight) {
  std::optional<Hit> first;
  for (const uint32_t pattern : candidates(set, answers, sight)) {
    if (plan_.sets()[set]->near_contact) {
      const auto near = near_match(pattern, set, answers, sight);
      if (near) return near;
      continue;
    }
    const auto hit = answers.scanner->first_match(pattern, **sight.scratch);
    if (hit && (!first || hit->begin < first->begin)) first = hit;
  }
  return first;
}

std::optional<PatternAnswers::Match> PatternAnswers::match_of(uint32_t set) {
  if (!hits(set)) return std::nullopt;
  const ViewAnswers& answers = of(set);
  for (size_t i = 0; i < answers.count; ++i) {
    const Sight& sight = answers.sights[i];
    const auto hit = first_of(set, answers, sight);
    if (!hit) continue;
    Span original{hit->begin, hit->end};
    if (sight.view) original = sight.view->original(hit->begin, hit->end);
    return Match{original,
                 sight.text.substr(hit->begin, hit->end - hit->begin)};
  }
  return std::nullopt;
}

}  // namespace simwarden
