// SPDX-License-Identifier: Apache-2.0
#include "scan/triggers.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <unordered_map>

#include "scan/commonness.h"
#include "scan/gate.h"
#include "scan/lanes.h"

// Filters are looked at only where a trigger stands. What makes them cheap is a
// map of all grams of the text, made when it is worth it: of a list of
// twenty verbs hardly one has its rarest gram there.
//
// A text made of triggers could ask the filters again and again, so that each
// pattern has a budget of bytes to compare; when it is spent, the pattern is
// left to RE2. A look is linear in the text for a given set of patterns.

namespace simwarden {
namespace {

// More filters seldom turn a candidate away.
constexpr size_t kFiltersMax = 3;

// So few words are looked for in a short text sooner than a map is made.
constexpr uint32_t kSearchedWordsMax = 2;
constexpr size_t kSearchedTextMax = 256;

// Digits are counted so far from a trigger, at every place of it.
constexpr uint32_t kDigitsReach = 64;

// A text of a few words is given to RE2 whole.
constexpr size_t kWindowedFrom = 32;
// Of one pattern; further ones are added to the last.
constexpr uint32_t kWindowsMax = 32;

// Bytes a pattern may compare, a byte of the text; and at least.
constexpr size_t kWorkByte = 2;
constexpr size_t kWorkMin = 4096;

bool is_word_byte(char c) {
  const unsigned char low = uint8_t(c | 0x20);
  return uint8_t(c - '0') < 10 || (low >= 'a' && low <= 'z') || c == '_';
}

// Where a word begins for the first time in text[from, to), by its first and
// its last byte, sixteen places at once.
size_t find_word(std::string_view text, size_t from, size_t to,
                 std::string_view word) {
  const size_t reach = sizeof(Sixteen) + word.size() - 1;
  const size_t end = to - std::min(to, word.size() - 1);
  const char* const last = text.data() + word.size() - 1;
  size_t at = from;
  while (at < end) {
    const size_t block =
        text.size() < reach ? at : std::min(at, text.size() - reach);
    const size_t stop = std::min(end, block + sizeof(Sixteen));
    if (text.size() >= reach) {
      const Sixteen firsts =
          Sixteen(load<Sixteen>(&text[block]) == uint8_t(word.front()));
      const Sixteen lasts =
          Sixteen(load<Sixteen>(last + block) == uint8_t(word.back()));
      if (!any(firsts & lasts)) at = stop;
    }
    for (; at < stop; ++at) {
      if (text.compare(at, word.size(), word) == 0) return at;
    }
  }
  return std::string_view::npos;
}

bool edge_is(Edge edge, std::string_view text, size_t at) {
  const bool left = at > 0 && is_word_byte(text[at - 1]);
  const bool right = at < text.size() && is_word_byte(text[at]);
  return (left != right) == (edge == Edge::boundary);
}

bool edge_holds(Edge edge, std::string_view text, size_t at) {
  return edge == Edge::any || edge_is(edge, text, at);
}

uint64_t commonness_of(const ShapeStep& step) {
  uint64_t sum = 0;
  for (const ShapeWord& word : step.words)
    sum += commonness_of_word(word.bytes);
  return sum;
}

// The steps of a branch.
std::vector<size_t> rarest_first(const ShapeBranch& branch) {
  std::vector<size_t> steps(branch.steps.size());
  std::iota(steps.begin(), steps.end(), size_t{0});
  if (steps.size() == 1) return steps;
  std::vector<uint64_t> common;
  for (const ShapeStep& step : branch.steps) {
    common.push_back(commonness_of(step));
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [&](size_t a, size_t b) { return common[a] < common[b]; });
  return steps;
}

ShapeGap sum_of(const ShapeBranch& branch, size_t first, size_t last) {
  uint64_t least = 0;
  uint64_t most = 0;
  uint64_t digits = 0;
  bool endless = false;
  const auto add = [&](const ShapeGap& gap) {
    least += gap.least;
    most += gap.most;
    digits += gap.digits;
    endless |= gap.most == kNoEnd;
  };
  for (size_t i = first; i < last; ++i) {
    if (i > first) {
      ShapeGap width{kNoEnd, 0};
      for (const ShapeWord& word : branch.steps[i - 1].words) {
        const uint32_t size = uint32_t(word.bytes.size());
        width = {std::min(width.least, size), std::max(width.most, size), 0};
      }
      add(width);
    }
    add(i < branch.steps.size() ? branch.steps[i].before : branch.tail);
  }
  const auto cut = [](uint64_t value) {
    return uint32_t(std::min<uint64_t>(value, kNoEnd));
  };
  return {cut(least), endless ? kNoEnd : cut(most), cut(digits)};
}

bool is_eager(const Shape* shape) {
  return !shape || std::any_of(shape->branches.begin(), shape->branches.end(),
                               [](const ShapeBranch& branch) {
                                 return branch.steps.empty();
                               });
}

}  // namespace

Triggers::Triggers(const std::vector<const Shape*>& shapes)
    : patterns_(shapes.size()) {
  struct Wanted {
    uint32_t literal;
    Use use;
  };
  std::vector<Wanted> wanted;
  std::vector<std::string> literals;
  std::unordered_map<std::string_view, uint32_t> known;
  for (uint32_t pattern = 0; pattern < patterns_; ++pattern) {
    if (is_eager(shapes[pattern])) {
      eager_.push_back(pattern);
      continue;
    }
    const Shape& shape = *shapes[pattern];
    for (const ShapeBranch& branch : shape.branches) {
      const std::vector<size_t> steps = rarest_first(branch);
      add(pattern, shape, branch, steps);
      uint32_t rank = 0;
      for (const ShapeWord& word : branch.steps[steps.front()].words) {
        const auto [at, is_new] =
            known.emplace(word.bytes, uint32_t(literals.size()));
        if (is_new) literals.push_back(word.bytes);
        wanted.push_back({at->second,
                          {uint32_t(triggers_.size() - 1), rank++, word.before,
                           word.after}});
      }
    }
  }
  std::stable_sort(
      wanted.begin(), wanted.end(),
      [](const Wanted& a, const Wanted& b) { return a.literal < b.literal; });
  first_.resize(literals.size() + 1);
  for (const Wanted& one : wanted) {
    uses_.push_back(one.use);
    ++first_[one.literal + 1];
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  literals_.emplace(std::move(literals));
}

void Triggers::add(uint32_t pattern, const Shape& shape,
                   const ShapeBranch& branch,
                   const std::vector<size_t>& steps) {
  const auto first = uint32_t(filters_.size());
  const size_t trigger = steps.front();
  for (size_t i = 1; i < steps.size() && i <= kFiltersMax; ++i) {
    add_filter(branch, trigger, steps[i]);
  }
  const ShapeGap before = sum_of(branch, 0, trigger + 1);
  const ShapeGap after = sum_of(branch, trigger + 1, branch.steps.size() + 1);
  const auto digits_of = [](const ShapeGap& gap) {
    return gap.most > kDigitsReach ? 0 : gap.digits;
  };
  triggers_.push_back({pattern, before.most, after.most, digits_of(before),
                       digits_of(after), first, uint32_t(filters_.size()),
                       shape.anchored, shape.only_words});
}

void Triggers::add_filter(const ShapeBranch& branch, size_t trigger,
                          size_t step) {
  const bool behind = step > trigger;
  const ShapeGap distance = behind ? sum_of(branch, trigger + 1, step + 1)
                                   : sum_of(branch, step + 1, trigger + 1);
  const auto first = uint32_t(filter_words_.size());
  for (const ShapeWord& word : branch.steps[step].words) {
    const bool has_gram = word.bytes.size() >= kGramBytes;
    const uint32_t hash =
        has_gram ? gram_hash(&word.bytes[rarest_gram(word.bytes)]) : 0;
    filter_words_.push_back({uint32_t(pool_.size()),
                             uint32_t(word.bytes.size()), uint16_t(hash),
                             word.before, word.after});
    pool_ += word.bytes;
  }
  filters_.push_back({distance, behind, first, uint32_t(filter_words_.size())});
}

// One walk over one text.
class Triggers::Look {
 public:
  Look(const Triggers& triggers, const FoldedText& text, Found& found)
      : triggers_(triggers),
        text_(text),
        folded_(text.folded()),
        found_(found),
        work_max_(kWorkMin + kWorkByte * folded_.size()) {}

  void operator()(uint32_t literal, size_t begin, size_t end) {
    const uint32_t last = triggers_.first_[literal + 1];
    for (uint32_t i = triggers_.first_[literal]; i < last; ++i) {
      use(triggers_.uses_[i], begin, end);
    }
  }

 private:
  void use(const Use& use, size_t begin, size_t end) {
    if (text_.aligned() && !(edge_holds(use.before, folded_, begin) &&
                             edge_holds(use.after, folded_, end))) {
      return;
    }
    const Trigger& trigger = triggers_.triggers_[use.trigger];
    if (text_.aligned() && !digits_stand(trigger, begin, end)) return;
    State& state = found_.states[trigger.pattern];
    if (state.search != found_.search) {
      state = State{};
      state.search = found_.search;
    }
    if (state.whole) return;
    if (trigger.all && text_.aligned()) {
      match(use, trigger, state, begin, end);
      return;
    }
    for (uint32_t i = trigger.first; i < trigger.last; ++i) {
      if (!holds(triggers_.filters_[i], state, begin, end)) return;
    }
    list(trigger, state);
    add_window(trigger, state, begin, end);
  }

  // "pin 1234" and not "pin the note": enough digits where a match would lie.
  bool digits_stand(const Trigger& trigger, size_t begin, size_t end) const {
    if (trigger.digits_before > 0) {
      const size_t reach = std::min(begin, size_t{trigger.before_most});
      const auto before = folded_.substr(begin - reach, reach);
      if (count_digits(before) < trigger.digits_before) return false;
    }
    return trigger.digits_after == 0 ||
           count_digits(folded_.substr(end, trigger.after_most)) >=
               trigger.digits_after;
  }

  void list(const Trigger& trigger, State& state) {
    if (state.listed) return;
    state.listed = true;
    found_.candidates.push_back(trigger.pattern);
  }

  // The first place counts, and there the word that RE2 would try first.
  void match(const Use& use, const Trigger& trigger, State& state, size_t begin,
             size_t end) {
    if (state.matched && (begin > state.begin ||
                          (begin == state.begin && use.rank > state.rank))) {
      return;
    }
    if (!is_as_written(begin, end - begin)) return;
    list(trigger, state);
    state.matched = true;
    state.begin = uint32_t(begin);
    state.end = uint32_t(end);
    state.rank = use.rank;
  }

  bool is_as_written(size_t begin, size_t size) const {
    return text_.same() ||
           text_.text().substr(begin, size) == folded_.substr(begin, size);
  }

  bool holds(const Filter& filter, State& state, size_t begin, size_t end) {
    if (state.whole) return true;
    if (!is_searched(filter)) make_grams();
    for (uint32_t i = filter.first; i < filter.last; ++i) {
      const FilterWord& word = triggers_.filter_words_[i];
      if (may_stand(word) && stands(filter, word, state, begin, end)) {
        return true;
      }
    }
    return false;
  }

  bool is_searched(const Filter& filter) const {
    return filter.last - filter.first <= kSearchedWordsMax &&
           folded_.size() <= kSearchedTextMax;
  }

  bool stands(const Filter& filter, const FilterWord& word, State& state,
              size_t begin, size_t end) {
    size_t from = 0;
    size_t to = folded_.size();
    if (text_.aligned() && filter.behind) {
      from = std::min(end + filter.distance.least, to);
      if (filter.distance.most != kNoEnd) {
        to = std::min(to, end + filter.distance.most + word.size);
      }
    } else if (text_.aligned()) {
      const size_t reach = size_t{filter.distance.most} + word.size;
      to = begin - std::min(begin, size_t{filter.distance.least});
      if (filter.distance.most != kNoEnd) from = begin - std::min(begin, reach);
    }
    if (from >= to) return false;
    state.work += uint32_t(to - from);
    if (state.work > work_max_) {
      state.whole = true;
      return true;
    }
    return stands_between(word, from, to);
  }

  bool stands_between(const FilterWord& word, size_t from, size_t to) const {
    const std::string_view bytes(triggers_.pool_.data() + word.begin,
                                 word.size);
    while (true) {
      const size_t at = find_word(folded_, from, to, bytes);
      if (at == std::string_view::npos) return false;
      if (!text_.aligned() ||
          (edge_holds(word.before, folded_, at) &&
           edge_holds(word.after, folded_, at + bytes.size()))) {
        return true;
      }
      from = at + 1;
    }
  }

  void add_window(const Trigger& trigger, State& state, size_t begin,
                  size_t end) {
    const size_t size = folded_.size();
    const size_t from =
        trigger.before_most == kNoEnd
            ? 0
            : begin - std::min(begin, size_t{trigger.before_most});
    const size_t to = trigger.after_most == kNoEnd
                          ? size
                          : std::min(size, end + trigger.after_most);
    if (size <= kWindowedFrom || !text_.aligned() || trigger.anchored ||
        (from == 0 && to == size)) {
      state.whole = true;
      return;
    }
    if (state.windows > 0) {
      Window& last = found_.windows[state.last_window];
      if (state.windows == kWindowsMax ||
          (from <= last.to && to >= last.from)) {
        last.from = std::min(last.from, uint32_t(from));
        last.to = std::max(last.to, uint32_t(to));
        return;
      }
    }
    ++state.windows;
    state.last_window = uint32_t(found_.windows.size());
    found_.windows.push_back({trigger.pattern, uint32_t(from), uint32_t(to)});
  }

  // At least 16 places of the map a byte of the text, up to all there are. A
  // place is written and never read for it: a stamp, and no bit.
  void make_grams() {
    if (found_.has_grams) return;
    found_.has_grams = true;
    if (++found_.stamp == 0 || found_.grams.empty()) {
      found_.grams.assign(kGramHashes, 0);
      found_.stamp = 1;
    }
    shift_ = 0;
    while (shift_ < 6 && (kGramHashes >> (shift_ + 1)) >= 16 * folded_.size()) {
      ++shift_;
    }
    uint8_t* const grams = found_.grams.data();
    const uint8_t stamp = found_.stamp;
    const uint32_t shift = shift_;
    for (size_t at = 0; at < folded_.size(); at += kGramsTogether) {
      uint16_t hashes[kGramsTogether];
      hash_grams(folded_.data() + at, hashes);
      for (const uint16_t hash : hashes) grams[hash >> shift] = stamp;
    }
  }

  bool may_stand(const FilterWord& word) const {
    return !found_.has_grams || word.size < kGramBytes ||
           found_.grams[word.hash >> shift_] == found_.stamp;
  }

  const Triggers& triggers_;
  const FoldedText& text_;
  const std::string_view folded_;
  Found& found_;
  const size_t work_max_;
  uint32_t shift_ = 0;
};

void Triggers::look(const FoldedText& text, Found& found) const {
  found.candidates.clear();
  found.windows.clear();
  found.has_grams = false;
  if (found.states.size() != patterns_ || found.search == UINT32_MAX) {
    found.states.assign(patterns_, {});
    found.search = 0;
  }
  ++found.search;
  literals_->find(text.folded(), Look(*this, text, found));
}

}  // namespace simwarden
