// SPDX-License-Identifier: Apache-2.0
#include "scan/scanner.h"

#include <algorithm>
#include <deque>
#include <numeric>

#include <re2/re2.h>

#include "diag/characters.h"
#include "diag/check.h"
#include "scan/eager_set.h"
#include "scan/expression.h"
#include "scan/fold.h"
#include "scan/gate.h"
#include "scan/options.h"
#include "scan/shape.h"
#include "scan/triggers.h"

// A pattern such as `(?:send|share).{0,20}\botp\b` cannot match where no "otp"
// stands behind a "send" or a "share". What each pattern needs is read from its
// text (shape.h); one pass over the text finds where it is (triggers.h); RE2
// answers only there. A pattern that is nothing but a list of words is answered
// without RE2. Patterns without any word would run on every text; most of them
// ask for digits or a mark that it does not have (gate.h), and those that
// remain share one automaton (eager_set.h).
//
// Not RE2::Set over a whole pack: it needs hundreds of megabytes or falls off a
// cliff, and its Match() fails without an answer when memory runs out. A single
// RE2 never does: when its DFA outgrows max_mem it falls back to an NFA, slower
// but linear and with the same answer.

namespace simwarden {
struct Scanner::Scratch {
  std::string_view text;
  FoldedText folded;
  Triggers::Found found;
  std::vector<int> eager;
};

void Scanner::scan(std::string_view text, Scratch& scratch,
                   std::vector<Hit>& hits) const {
  hits.clear();
  for (const uint32_t pattern : look(text, scratch)) {
    if (const auto hit = first_match(pattern, scratch)) hits.push_back(*hit);
  }
}

namespace {

class WordScanner final : public Scanner {
 public:
  WordScanner(const std::vector<Pattern>& patterns, const ScanOptions& options);

  size_t size() const override { return expressions_.size(); }
  std::span<const uint32_t> look(std::string_view text,
                                 Scratch& scratch) const override;
  bool matches(uint32_t pattern, const Scratch& scratch) const override;
  std::optional<Hit> first_match(uint32_t pattern,
                                 const Scratch& scratch) const override;
  void find_all(uint32_t pattern, std::string_view text, size_t max,
                std::vector<Hit>& hits) const override;
  std::unique_ptr<Scratch, void (*)(Scratch*)> make_scratch() const override;
  uint64_t exhausted() const override {
    return eager_ ? eager_->exhausted() : 0;
  }
  const ScanMemory& memory() const override { return *memory_; }

 private:
  void prepare(const std::vector<Pattern>& patterns);
  void add_eager(std::string_view text, Scratch& scratch) const;
  const Triggers::State* state_of(uint32_t pattern,
                                  const Scratch& scratch) const;
  template <typename Ask>
  bool any_window(uint32_t pattern, const Scratch& scratch, Ask ask) const;

  const std::shared_ptr<ScanMemory> memory_;
  std::deque<Expression> expressions_;        // which cannot be moved
  std::unique_ptr<const Triggers> triggers_;  // null without a prefilter
  std::unique_ptr<const EagerSet> eager_;     // of triggers_->eager()
  std::vector<Gate> gates_;                   // of the same
};

WordScanner::WordScanner(const std::vector<Pattern>& patterns,
                         const ScanOptions& options)
    : memory_(options.memory ? options.memory
                             : std::make_shared<ScanMemory>()) {
  for (const Pattern& pattern : patterns) {
    expressions_.emplace_back(pattern.text(), *memory_);
  }
  if (options.prefilter) prepare(patterns);
}

void WordScanner::prepare(const std::vector<Pattern>& patterns) {
  std::vector<const Shape*> shapes;
  for (const Pattern& pattern : patterns) shapes.push_back(pattern.shape());
  triggers_ = std::make_unique<const Triggers>(shapes);
  std::vector<std::string> eager;
  for (const uint32_t pattern : triggers_->eager()) {
    eager.push_back(patterns[pattern].text());
    gates_.push_back(gate_of(patterns[pattern].text()));
  }
  eager_ = std::make_unique<const EagerSet>(std::move(eager));
}

// Those of the patterns without words that may match.
void WordScanner::add_eager(std::string_view text, Scratch& scratch) const {
  const std::vector<uint32_t>& eager = triggers_->eager();
  if (eager.empty()) return;
  const uint32_t digits = count_digits(text);
  const auto passes = [&](const Gate& gate) {
    return may_match(gate, text, digits);
  };
  if (std::none_of(gates_.begin(), gates_.end(), passes)) return;
  eager_->find(text, scratch.eager);
  for (const int index : scratch.eager) {
    if (!passes(gates_[size_t(index)])) continue;
    scratch.found.candidates.push_back(eager[size_t(index)]);
  }
}

// Null when nothing was found out about it: it may match anywhere.
const Triggers::State* WordScanner::state_of(uint32_t pattern,
                                             const Scratch& scratch) const {
  if (!triggers_) return nullptr;
  const Triggers::State& state = scratch.found.states[pattern];
  const bool known = state.search == scratch.found.search && state.listed;
  return known && !state.whole ? &state : nullptr;
}

// Asks each part of the text where the pattern can match, from the left, until
// one says yes.
template <typename Ask>
bool WordScanner::any_window(uint32_t pattern, const Scratch& scratch,
                             Ask ask) const {
  if (!state_of(pattern, scratch)) return ask(0, scratch.text.size());
  const auto& windows = scratch.found.windows;
  auto window = std::lower_bound(windows.begin(), windows.end(), pattern,
                                 [](const Triggers::Window& one, uint32_t of) {
                                   return one.pattern < of;
                                 });
  while (window != windows.end() && window->pattern == pattern) {
    const size_t from = window->from;
    size_t to = window->to;
    while (++window != windows.end() && window->pattern == pattern &&
           window->from <= to) {
      to = std::max(to, size_t{window->to});
    }
    if (ask(from, to)) return true;
  }
  return false;
}

bool WordScanner::matches(uint32_t pattern, const Scratch& scratch) const {
  const Triggers::State* const state = state_of(pattern, scratch);
  if (state && state->matched) return true;
  return any_window(pattern, scratch, [&](size_t from, size_t to) {
    return expressions_[pattern].matches(scratch.text, from, to);
  });
}

std::optional<Hit> WordScanner::first_match(uint32_t pattern,
                                            const Scratch& scratch) const {
  const Triggers::State* const state = state_of(pattern, scratch);
  if (state && state->matched) return Hit{pattern, state->begin, state->end};
  Expression::Match found;
  const bool matches =
      any_window(pattern, scratch, [&](size_t from, size_t to) {
        return expressions_[pattern].find_once(scratch.text, from, to, found);
      });
  if (!matches) return std::nullopt;
  return Hit{pattern, found.begin, found.end};
}

// Most texts have one candidate, or none.
void sort(Triggers::Found& found) {
  if (found.candidates.size() > 1) {
    std::sort(found.candidates.begin(), found.candidates.end());
  }
  if (found.windows.size() > 1) {
    std::sort(found.windows.begin(), found.windows.end(),
              [](const Triggers::Window& a, const Triggers::Window& b) {
                return a.pattern != b.pattern ? a.pattern < b.pattern
                                              : a.from < b.from;
              });
  }
}

std::span<const uint32_t> WordScanner::look(std::string_view text,
                                            Scratch& scratch) const {
  CHECK(text.size() <= kScanBytesMax, "texts are cut before they come here");
  scratch.text = text.data() == nullptr ? "" : text;
  Triggers::Found& found = scratch.found;
  if (!triggers_) {
    found.candidates.resize(size());
    std::iota(found.candidates.begin(), found.candidates.end(), uint32_t{0});
    return found.candidates;
  }
  scratch.folded.fold(scratch.text);
  triggers_->look(scratch.folded, found);
  add_eager(scratch.text, scratch);
  sort(found);
  return found.candidates;
}

// Where the search goes on after an empty match at `at`.
size_t next_character(std::string_view text, size_t at) {
  ++at;
  while (at < text.size() && is_continuation(text[at])) ++at;
  return at;
}

void WordScanner::find_all(uint32_t pattern, std::string_view text, size_t max,
                           std::vector<Hit>& hits) const {
  CHECK(text.size() <= kScanBytesMax, "texts are cut before they come here");
  CHECK(pattern < size(), "the caller counts patterns by size()");
  hits.clear();
  if (text.data() == nullptr) text = "";
  size_t from = 0;
  while (hits.size() < max && from <= text.size()) {
    Expression::Match found;
    if (!expressions_[pattern].find(text, from, text.size(), found)) return;
    hits.push_back({pattern, found.begin, found.end});
    from =
        found.end > found.begin ? found.end : next_character(text, found.end);
  }
}

std::unique_ptr<Scanner::Scratch, void (*)(Scanner::Scratch*)>
WordScanner::make_scratch() const {
  return {std::make_unique<Scratch>().release(),
          [](Scratch* scratch) { std::unique_ptr<Scratch> owner(scratch); }};
}

}  // namespace

PatternCost cost_of(const Pattern& pattern) {
  const Triggers triggers({pattern.shape()});
  const Gate gate = gate_of(pattern.text());
  // Nearly every text has a space.
  const bool gated = gate.digits_min > 0 || (gate.byte && gate.byte != ' ');
  const re2::RE2 expression(pattern.text(), options_with(kPatternMemoryMax));
  CHECK(expression.ok(), "the caller looked at its error before");
  return {triggers.eager().empty() || gated, expression.ProgramSize()};
}

std::unique_ptr<const Scanner> build_scanner(
    const std::vector<Pattern>& patterns, const ScanOptions& options) {
  return std::make_unique<const WordScanner>(patterns, options);
}

std::unique_ptr<const Scanner> build_scanner(
    const std::vector<std::string>& texts, const ScanOptions& options) {
  return build_scanner(std::vector<Pattern>(texts.begin(), texts.end()),
                       options);
}

}  // namespace simwarden
