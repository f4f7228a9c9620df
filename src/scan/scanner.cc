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
// answers only there. Of a pattern that is a list of alternatives only those
// are asked whose words are there: each is an expression of its own, a fraction
// as long. A pattern that is nothing but a list of words is answered without
// RE2. Patterns without any word would run on every text; most of them ask for
// digits or a mark that it does not have (gate.h), and those that remain share
// one automaton (eager_set.h).
//
// Not RE2::Set over a whole pack: it needs hundreds of megabytes or falls off a
// cliff, and its Match() fails without an answer when memory runs out. A single
// RE2 never does: when its DFA outgrows max_mem it falls back to an NFA, slower
// but linear and with the same answer.

namespace simwarden {
struct Scanner::Scratch {
  std::string_view text;
  std::vector<uint32_t> patterns;  // that may match
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

  size_t size() const override { return whole_.size(); }
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
  struct Ways {  // while they are prepared
    std::vector<const std::string*> texts;
    std::vector<const Shape*> shapes;
  };
  void prepare(const std::vector<Pattern>& patterns);
  void cut(const Shape& shape, Ways& made);
  void add_eager(std::string_view text, Scratch& scratch) const;
  void name_patterns(Scratch& scratch) const;
  std::span<const uint32_t> ways_of(uint32_t pattern,
                                    const Scratch& scratch) const;
  const Triggers::State* state_of(uint32_t way, const Scratch& scratch) const;
  template <typename Ask>
  bool any_window(uint32_t way, const Scratch& scratch, Ask ask) const;
  bool is_word_there(uint32_t way, const Scratch& scratch) const;
  bool way_matches(uint32_t way, const Scratch& scratch) const;
  std::optional<Expression::Match> first_of_way(uint32_t way,
                                                const Scratch& scratch) const;

  const std::shared_ptr<ScanMemory> memory_;
  std::deque<Expression> expressions_;    // which cannot be moved
  std::vector<const Expression*> whole_;  // of each pattern
  // With a prefilter. A way is an alternative of a pattern, or all of it.
  std::vector<const Expression*> ways_;
  std::vector<uint32_t> pattern_of_;  // a way's
  std::vector<uint32_t> first_way_;   // of a pattern; one more at the end
  std::unique_ptr<const Triggers> triggers_;
  std::unique_ptr<const EagerSet> eager_;  // of triggers_->eager()
  std::vector<Gate> gates_;                // of the same
};

WordScanner::WordScanner(const std::vector<Pattern>& patterns,
                         const ScanOptions& options)
    : memory_(options.memory ? options.memory
                             : std::make_shared<ScanMemory>()) {
  for (const Pattern& pattern : patterns) {
    whole_.push_back(&expressions_.emplace_back(pattern.text(), *memory_));
  }
  if (options.prefilter) prepare(patterns);
}

void WordScanner::prepare(const std::vector<Pattern>& patterns) {
  Ways made;
  for (uint32_t i = 0; i < patterns.size(); ++i) {
    first_way_.push_back(uint32_t(ways_.size()));
    const Shape* const shape = patterns[i].shape();
    if (!shape || shape->ways.empty()) {
      ways_.push_back(whole_[i]);
      made.texts.push_back(&patterns[i].text());
      made.shapes.push_back(shape);
    } else {
      cut(*shape, made);
    }
    pattern_of_.resize(ways_.size(), i);
  }
  first_way_.push_back(uint32_t(ways_.size()));
  triggers_ = std::make_unique<const Triggers>(made.shapes);
  std::vector<std::string> eager;
  for (const uint32_t way : triggers_->eager()) {
    eager.push_back(*made.texts[way]);
    gates_.push_back(gate_of(*made.texts[way]));
  }
  eager_ = std::make_unique<const EagerSet>(std::move(eager));
}

void WordScanner::cut(const Shape& shape, Ways& made) {
  const int64_t memory =
      std::max(kUsualMemory / int64_t(shape.ways.size()), kLeastUsualMemory);
  for (size_t i = 0; i < shape.ways.size(); ++i) {
    const std::string& text = shape.ways[i];
    ways_.push_back(&expressions_.emplace_back(text, *memory_, memory));
    made.texts.push_back(&text);
    made.shapes.push_back(&shape.of_ways[i]);
  }
}

// Those of the ways without words that may match.
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

// Those of its ways that may match.
std::span<const uint32_t> WordScanner::ways_of(uint32_t pattern,
                                               const Scratch& scratch) const {
  const std::vector<uint32_t>& all = scratch.found.candidates;
  const auto first =
      std::lower_bound(all.begin(), all.end(), first_way_[pattern]);
  const auto last = std::lower_bound(first, all.end(), first_way_[pattern + 1]);
  return {first, last};
}

// Null when nothing was found out about it: it may match anywhere.
const Triggers::State* WordScanner::state_of(uint32_t way,
                                             const Scratch& scratch) const {
  const Triggers::State& state = scratch.found.states[way];
  const bool known = state.search == scratch.found.search && state.listed;
  return known && !state.whole ? &state : nullptr;
}

// Asks each part of the text where the way can match, from the left, until
// one says yes.
template <typename Ask>
bool WordScanner::any_window(uint32_t way, const Scratch& scratch,
                             Ask ask) const {
  if (!state_of(way, scratch)) return ask(0, scratch.text.size());
  const auto& windows = scratch.found.windows;
  auto window = std::lower_bound(windows.begin(), windows.end(), way,
                                 [](const Triggers::Window& one, uint32_t of) {
                                   return one.pattern < of;
                                 });
  while (window != windows.end() && window->pattern == way) {
    const size_t from = window->from;
    size_t to = window->to;
    while (++window != windows.end() && window->pattern == way &&
           window->from <= to) {
      to = std::max(to, size_t{window->to});
    }
    if (ask(from, to)) return true;
  }
  return false;
}

// A word that is all of a match was found without RE2.
bool WordScanner::is_word_there(uint32_t way, const Scratch& scratch) const {
  const Triggers::State* const state = state_of(way, scratch);
  return state && state->matched;
}

bool WordScanner::way_matches(uint32_t way, const Scratch& scratch) const {
  return any_window(way, scratch, [&](size_t from, size_t to) {
    return ways_[way]->matches(scratch.text, from, to);
  });
}

bool WordScanner::matches(uint32_t pattern, const Scratch& scratch) const {
  if (!triggers_) {
    return whole_[pattern]->matches(scratch.text, 0, scratch.text.size());
  }
  const auto ways = ways_of(pattern, scratch);
  const auto any = [&](auto is) {
    return std::any_of(ways.begin(), ways.end(),
                       [&](uint32_t way) { return (this->*is)(way, scratch); });
  };
  return any(&WordScanner::is_word_there) || any(&WordScanner::way_matches);
}

std::optional<Expression::Match> WordScanner::first_of_way(
    uint32_t way, const Scratch& scratch) const {
  const Triggers::State* const state = state_of(way, scratch);
  if (state && state->matched) {
    return Expression::Match{state->begin, state->end};
  }
  Expression::Match found;
  const bool matches = any_window(way, scratch, [&](size_t from, size_t to) {
    return ways_[way]->find_once(scratch.text, from, to, found);
  });
  if (!matches) return std::nullopt;
  return found;
}

// Of ways that match at one place the first, as RE2 prefers alternatives.
std::optional<Hit> WordScanner::first_match(uint32_t pattern,
                                            const Scratch& scratch) const {
  std::optional<Expression::Match> first;
  if (!triggers_) {
    Expression::Match found;
    const std::string_view text = scratch.text;
    if (whole_[pattern]->find_once(text, 0, text.size(), found)) first = found;
  } else {
    for (const uint32_t way : ways_of(pattern, scratch)) {
      const auto found = first_of_way(way, scratch);
      if (found && (!first || found->begin < first->begin)) first = found;
    }
  }
  if (!first) return std::nullopt;
  return Hit{pattern, first->begin, first->end};
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
    scratch.patterns.resize(size());
    std::iota(scratch.patterns.begin(), scratch.patterns.end(), uint32_t{0});
    return scratch.patterns;
  }
  scratch.folded.fold(scratch.text);
  triggers_->look(scratch.folded, found);
  add_eager(scratch.text, scratch);
  sort(found);
  name_patterns(scratch);
  return scratch.patterns;
}

void WordScanner::name_patterns(Scratch& scratch) const {
  scratch.patterns.clear();
  for (const uint32_t way : scratch.found.candidates) {
    const uint32_t pattern = pattern_of_[way];
    if (!scratch.patterns.empty() && scratch.patterns.back() == pattern) {
      continue;
    }
    scratch.patterns.push_back(pattern);
  }
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
    if (!whole_[pattern]->find(text, from, text.size(), found)) return;
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

bool waits(const Pattern& pattern) {
  const Triggers triggers({pattern.shape()});
  const Gate gate = gate_of(pattern.text());
  // Nearly every text has a space.
  const bool gated = gate.digits_min > 0 || (gate.byte && gate.byte != ' ');
  return triggers.eager().empty() || gated;
}

int instructions_of(const std::string& pattern) {
  const re2::RE2 expression(pattern, options_with(kPatternMemoryMax));
  CHECK(expression.ok(), "the caller looked at its error before");
  return expression.ProgramSize();
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
