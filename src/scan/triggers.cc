// SPDX-License-Identifier: Apache-2.0
#include "scan/triggers.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <unordered_map>

#include "diag/lanes.h"
#include "scan/gate.h"

// Filters are looked at only where a trigger stands. What makes them cheap are
// the hashes of the text's grams: of a list of twenty verbs hardly one has its
// rarest gram there. Few words are looked for in a short text as its grams lie;
// for long lists, and of longer texts, a map is made.
//
// A text made of triggers could ask the filters again and again, so that each
// pattern has a budget of bytes to compare; when it is spent, the pattern is
// left to RE2. A look is linear in the text for a given set of patterns.

namespace simwarden {
namespace {

// More filters seldom turn a candidate away.
constexpr size_t kFiltersMax = 3;

// Words of a filter are looked for four at once.
constexpr uint32_t kWordsTogether = 4;
constexpr size_t kPlacesTogether = sizeof(Eight) / sizeof(uint16_t);

// Beyond so many pairs of words and places a map of the text is made; it is
// cheaper by then, and the next filters have it, too.
constexpr size_t kAtOnceMax = 2048;

// Digits are counted so far from a trigger, at every place of it.
constexpr uint32_t kDigitsReach = 64;

// A text of a few words is given to RE2 whole.
constexpr size_t kWindowedFrom = 32;
// Of one pattern; further ones are added to the last.
constexpr uint32_t kWindowsMax = 32;

// Stops are looked for so far from a trigger, at every place of it.
constexpr size_t kStopReach = 256;

// Bytes a pattern may compare, a byte of the text; and at least.
constexpr size_t kWorkByte = 2;
constexpr size_t kWorkMin = 4096;

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

// REQUIRES: a byte is there before and behind; room is part of no word.
bool edge_holds(Edge edge, const char* at) {
  return allows(edge, is_word_byte(at[-1]) != is_word_byte(*at));
}

// The steps of a branch.
std::vector<size_t> rarest_first(const ShapeBranch& branch) {
  std::vector<size_t> steps(branch.steps.size());
  std::iota(steps.begin(), steps.end(), size_t{0});
  std::stable_sort(steps.begin(), steps.end(), [&](size_t a, size_t b) {
    return branch.steps[a].words->commonness <
           branch.steps[b].words->commonness;
  });
  return steps;
}

ShapeGap sum_of(const ShapeBranch& branch, size_t first, size_t last) {
  uint64_t least = 0;
  uint64_t most = 0;
  uint64_t digits = 0;
  unsigned stops = 0;
  bool endless = false;
  const auto add = [&](const ShapeGap& gap) {
    least += gap.least;
    most += gap.most;
    digits += gap.digits;
    stops |= gap.stops;
    endless |= gap.most == kNoEnd;
  };
  for (size_t i = first; i < last; ++i) {
    if (i > first) {
      ShapeGap width = branch.steps[i - 1].words->width;
      width.digits = 0;
      add(width);
    }
    add(i < branch.steps.size() ? branch.steps[i].before : branch.tail);
  }
  const auto cut = [](uint64_t value) {
    return uint32_t(std::min<uint64_t>(value, kNoEnd));
  };
  return {cut(least), endless ? kNoEnd : cut(most), cut(digits), Stops(stops)};
}

bool is_eager(const Shape* shape) {
  return !shape || std::any_of(shape->branches.begin(), shape->branches.end(),
                               [](const ShapeBranch& branch) {
                                 return branch.steps.empty();
                               });
}

}  // namespace

// What is read of a list of words is read once for all that share it.
class Triggers::Maker {
 public:
  explicit Maker(Triggers& made) : made_(made) {}

  void add(uint32_t pattern, const Shape& shape) {
    for (const ShapeBranch& branch : shape.branches) {
      const std::vector<size_t> steps = rarest_first(branch);
      const ShapeWords& words = *branch.steps[steps.front()].words;
      waiting_.push_back(
          {use_of(pattern, shape, branch, steps), &words, &literals_of(words)});
    }
  }

  void finish() {
    std::vector<uint32_t>& first = made_.first_;
    first.resize(literals_.size() + 1);
    for (const Waiting& one : waiting_) {
      for (const uint32_t literal : *one.literals) ++first[literal + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    made_.uses_.resize(first.back());
    std::vector<uint32_t> next = first;
    for (Waiting& one : waiting_) {
      Use& use = one.use;
      for (; use.rank < one.literals->size(); ++use.rank) {
        use.before = one.words->all[use.rank].before;
        use.after = one.words->all[use.rank].after;
        made_.uses_[next[(*one.literals)[use.rank]]++] = use;
      }
    }
    made_.literals_.emplace(std::move(literals_));
  }

 private:
  struct Waiting {
    Use use;  // what those of all its words have in common
    const ShapeWords* words;
    const std::vector<uint32_t>* literals;  // of the words
  };

  const std::vector<uint32_t>& literals_of(const ShapeWords& words) {
    const auto [at, is_new] = of_words_.try_emplace(&words);
    if (!is_new) return at->second;
    for (const ShapeWord& word : words.all) {
      const auto [literal, is_first] =
          known_.emplace(word.bytes, uint32_t(literals_.size()));
      if (is_first) literals_.push_back(word.bytes);
      at->second.push_back(literal->second);
    }
    return at->second;
  }

  Use use_of(uint32_t pattern, const Shape& shape, const ShapeBranch& branch,
             const std::vector<size_t>& steps) {
    const auto first = uint32_t(made_.filters_.size());
    const size_t trigger = steps.front();
    for (size_t i = 1; i < steps.size() && i <= kFiltersMax; ++i) {
      add_filter(branch, trigger, steps[i]);
    }
    const ShapeGap before = sum_of(branch, 0, trigger + 1);
    const ShapeGap after = sum_of(branch, trigger + 1, branch.steps.size() + 1);
    // No more digits than bytes.
    const auto digits_of = [](const ShapeGap& gap) {
      return uint8_t(gap.most > kDigitsReach ? 0 : gap.digits);
    };
    return {.pattern = pattern,
            .before_most = before.most,
            .after_most = after.most,
            .first = first,
            .filters = uint8_t(made_.filters_.size() - first),
            .digits_before = digits_of(before),
            .digits_after = digits_of(after),
            .stops_before = before.stops,
            .stops_after = after.stops,
            .all = shape.only_words};
  }

  void add_filter(const ShapeBranch& branch, size_t trigger, size_t step) {
    Filter filter = filter_of(*branch.steps[step].words);
    filter.behind = step > trigger;
    filter.distance = filter.behind ? sum_of(branch, trigger + 1, step + 1)
                                    : sum_of(branch, step + 1, trigger + 1);
    made_.filters_.push_back(filter);
  }

  // But for where they stand.
  const Filter& filter_of(const ShapeWords& words) {
    const auto [at, is_new] = filter_of_.try_emplace(&words);
    Filter& filter = at->second;
    if (!is_new) return filter;
    std::vector<FilterWord>& kept = made_.filter_words_;
    std::vector<uint16_t>& hashes = made_.filter_hashes_;
    filter = {{}, false, true, words.width.most, uint32_t(kept.size()), 0};
    for (const ShapeWord& word : words.all) {
      const auto size = uint32_t(word.bytes.size());
      const bool has_gram = size >= kGramBytes;
      filter.has_grams &= has_gram;
      kept.push_back(
          {uint32_t(made_.pool_.size()), size, word.before, word.after});
      hashes.push_back(has_gram
                           ? gram_hash(&word.bytes[rarest_gram(word.bytes)])
                           : uint16_t{});
      made_.pool_ += word.bytes;
    }
    filter.last = uint32_t(kept.size());
    while (kept.size() % kWordsTogether != 0) {
      kept.push_back(kept.back());
      hashes.push_back(hashes.back());
    }
    return filter;
  }

  Triggers& made_;
  std::vector<Waiting> waiting_;
  std::vector<std::string> literals_;
  std::unordered_map<std::string_view, uint32_t> known_;  // -> of literals_
  std::unordered_map<const ShapeWords*, std::vector<uint32_t>> of_words_;
  std::unordered_map<const ShapeWords*, Filter> filter_of_;
};

Triggers::Triggers(const std::vector<const Shape*>& shapes)
    : patterns_(shapes.size()) {
  Maker maker(*this);
  for (uint32_t pattern = 0; pattern < patterns_; ++pattern) {
    if (is_eager(shapes[pattern])) {
      eager_.push_back(pattern);
    } else {
      maker.add(pattern, *shapes[pattern]);
    }
  }
  maker.finish();
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
    // Both are asked: which of them fails is not to be guessed.
    const bool before = edge_holds(use.before, folded_.data() + begin);
    const bool after = edge_holds(use.after, folded_.data() + end);
    if (text_.aligned() && !(before & after)) return;
    if (text_.aligned() && !digits_stand(use, begin, end)) return;
    State& state = found_.states[use.pattern];
    if (state.search != found_.search) {
      state = State{};
      state.search = found_.search;
    }
    if (state.whole) return;
    if (use.all && text_.aligned()) {
      match(use, state, begin, end);
      return;
    }
    for (uint32_t i = use.first; i < use.first + use.filters; ++i) {
      if (!holds(triggers_.filters_[i], state, begin, end)) return;
    }
    list(use, state);
    add_window(use, state, begin, end);
  }

  // "pin 1234" and not "pin the note": enough digits where a match would lie.
  bool digits_stand(const Use& use, size_t begin, size_t end) const {
    if (use.digits_before > 0) {
      const size_t reach = std::min(begin, size_t{use.before_most});
      const auto before = folded_.substr(begin - reach, reach);
      if (count_digits(before) < use.digits_before) return false;
    }
    return use.digits_after == 0 ||
           count_digits(folded_.substr(end, use.after_most)) >=
               use.digits_after;
  }

  void list(const Use& use, State& state) {
    if (state.listed) return;
    state.listed = true;
    found_.candidates.push_back(use.pattern);
  }

  // The first place counts, and there the word that RE2 would try first.
  void match(const Use& use, State& state, size_t begin, size_t end) {
    if (state.matched && (begin > state.begin ||
                          (begin == state.begin && use.rank > state.rank))) {
      return;
    }
    if (!is_as_written(begin, end - begin)) return;
    list(use, state);
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
    Reach edges = edges_of(filter, begin, end);
    if (compared_at_once(filter, edges)) {
      if (!may_hold(filter, state, edges)) return false;
    } else {
      make_grams();
    }
    uint32_t i = filter.first;
    while (i < filter.last && !may_stand(i)) ++i;
    if (i == filter.last) return false;
    end_at_stops(filter.distance.stops, begin, end, edges);
    for (; i < filter.last; ++i) {
      if (may_stand(i) && stands(filter, i, state, edges)) return true;
    }
    return false;
  }

  // The hashes of all its grams are there.
  bool is_short() const { return folded_.size() <= LiteralSet::kBlock; }

  struct Reach {
    size_t from;
    size_t to;
  };
  // Where a word's edge may be that is nearer to the trigger.
  Reach edges_of(const Filter& filter, size_t begin, size_t end) const {
    const size_t size = folded_.size();
    if (!text_.aligned()) return {0, size};
    const auto [least, most, digits, stops] = filter.distance;
    if (filter.behind) {
      return {std::min(end + least, size),
              most == kNoEnd ? size : std::min(size, end + most)};
    }
    return {most == kNoEnd ? 0 : begin - std::min(begin, size_t{most}),
            begin - std::min(begin, size_t{least})};
  }

  // It is not behind a stop that the gap has no room for. Nowhere is left when
  // `from` is greater than `to`.
  void end_at_stops(Stops room, size_t begin, size_t end, Reach& edges) const {
    if (!text_.aligned()) return;
    if (edges.from >= end) {
      edges.to = stop_behind(end, edges.to, room);
    } else {
      edges.from = stop_before(edges.from, begin, room);
    }
  }

  size_t stop_behind(size_t at, size_t to, Stops room) const {
    const size_t near = std::min(to, at + kStopReach);
    const size_t stop = find_stop(folded_, at, near, Stops(~room));
    return stop < near ? stop : to;
  }

  size_t stop_before(size_t from, size_t at, Stops room) const {
    const size_t near = std::max(from, at - std::min(at, kStopReach));
    const size_t stop = find_last_stop(folded_, near, at, Stops(~room));
    return stop > near ? stop : from;
  }

  // Where a word of so many bytes would lie.
  Reach reach_of(const Filter& filter, size_t size, const Reach& edges) const {
    if (filter.behind) {
      return {edges.from, std::min(folded_.size(), edges.to + size)};
    }
    return {edges.from - std::min(edges.from, size), edges.to};
  }

  // The words are few enough, or the place where they would lie is.
  bool compared_at_once(const Filter& filter, const Reach& edges) const {
    if (found_.has_grams || !is_short() || !filter.has_grams) return false;
    const auto [from, to] = reach_of(filter, filter.longest, edges);
    return (filter.last - filter.first) * (to - from) <= kAtOnceMax;
  }

  // Whether a gram of its words is there, as far as hashes tell.
  bool may_hold(const Filter& filter, State& state, const Reach& edges) {
    const auto [from, to] = reach_of(filter, filter.longest, edges);
    const size_t words = filter.last - filter.first;
    if (!spend(state, words * (to - from) / kWordsTogether)) return true;
    Eight met{};
    for (uint32_t i = filter.first; i < filter.last; i += kWordsTogether) {
      const uint16_t* const wanted = &triggers_.filter_hashes_[i];
      for (size_t at = from; at < to; at += kPlacesTogether) {
        Eight hashes;
        std::memcpy(&hashes, &found_.met.hashes[at], sizeof(hashes));
        met |= Eight(hashes == wanted[0]) | Eight(hashes == wanted[1]) |
               Eight(hashes == wanted[2]) | Eight(hashes == wanted[3]);
      }
    }
    return any(Sixteen(met));
  }

  // False when too much was compared: the pattern may match anywhere then.
  bool spend(State& state, size_t bytes) const {
    state.work += uint32_t(bytes);
    state.whole |= state.work > work_max_;
    return !state.whole;
  }

  bool stands(const Filter& filter, uint32_t index, State& state,
              const Reach& edges) {
    const FilterWord& word = triggers_.filter_words_[index];
    const auto [from, to] = reach_of(filter, word.size, edges);
    if (from >= to) return false;
    return !spend(state, to - from) || stands_between(word, from, to);
  }

  bool stands_between(const FilterWord& word, size_t from, size_t to) const {
    const std::string_view bytes(triggers_.pool_.data() + word.begin,
                                 word.size);
    while (true) {
      const size_t at = find_word(folded_, from, to, bytes);
      if (at == std::string_view::npos) return false;
      if (!text_.aligned() ||
          (edge_holds(word.before, folded_.data() + at) &&
           edge_holds(word.after, folded_.data() + at + bytes.size()))) {
        return true;
      }
      from = at + 1;
    }
  }

  void add_window(const Use& use, State& state, size_t begin, size_t end) {
    const size_t size = folded_.size();
    size_t from = use.before_most == kNoEnd
                      ? 0
                      : begin - std::min(begin, size_t{use.before_most});
    size_t to =
        use.after_most == kNoEnd ? size : std::min(size, end + use.after_most);
    if (text_.aligned()) {
      from = stop_before(from, begin, use.stops_before);
      to = stop_behind(end, to, use.stops_after);
    }
    if (size <= kWindowedFrom || !text_.aligned() ||
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
    found_.windows.push_back({use.pattern, uint32_t(from), uint32_t(to)});
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

  bool may_stand(uint32_t word) const {
    return !found_.has_grams ||
           triggers_.filter_words_[word].size < kGramBytes ||
           found_.grams[triggers_.filter_hashes_[word] >> shift_] ==
               found_.stamp;
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
  literals_->find(text.folded(), found.met, Look(*this, text, found));
}

}  // namespace simwarden
