// SPDX-License-Identifier: Apache-2.0
#include "scan/shape_part.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "scan/commonness.h"
#include "scan/gate.h"
#include "scan/literals.h"

// A pattern is put together from its pieces, from the left. As long as what a
// part can match is a short list of words it is kept as that list ("exact");
// what stands beside a gap is kept as steps. Lists that grow too long are cut
// in two, which only claims less.

namespace simwarden {
namespace {

// Words of one step. Lists of brands and verbs have up to two hundred.
constexpr size_t kWordsMax = 512;
// Words made by writing out two neighbours: `[eé]` doubles them.
constexpr size_t kCrossedMax = 96;
// Ways through groups that are written out before they are put together.
constexpr size_t kBranchesMax = 24;
constexpr size_t kAlternativesMax = 1024;

uint32_t plus(uint32_t a, uint32_t b) {
  return a == kNoEnd || b == kNoEnd || a + b < a ? kNoEnd : a + b;
}

uint32_t times(uint32_t a, uint32_t count) {
  if (a == 0 || count == 0) return 0;
  if (a == kNoEnd || count == kNoEnd) return kNoEnd;
  const uint64_t product = uint64_t{a} * count;
  return product >= kNoEnd ? kNoEnd : uint32_t(product);
}

ShapeGap operator+(const ShapeGap& a, const ShapeGap& b) {
  return {plus(a.least, b.least), plus(a.most, b.most),
          plus(a.digits, b.digits), Stops(a.stops | b.stops)};
}

// Wider than nothing is the other.
constexpr ShapeGap kNothing{kNoEnd, 0, kNoEnd, 0};

ShapeGap wider(const ShapeGap& a, const ShapeGap& b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most),
          std::min(a.digits, b.digits), Stops(a.stops | b.stops)};
}

ShapeGap width_of(const std::vector<ShapeWord>& words) {
  if (words.empty()) return {};
  ShapeGap width = kNothing;
  for (const ShapeWord& word : words) {
    const uint32_t size = uint32_t(word.bytes.size());
    width = wider(width,
                  {size, size, count_digits(word.bytes), stops_in(word.bytes)});
  }
  return width;
}

ShapeGap width_of(const ShapeBranch& branch) {
  ShapeGap width = branch.tail;
  for (const ShapeStep& step : branch.steps) {
    width = width + step.before + step.words->width;
  }
  return width;
}

// False when nothing is left.
bool meet(Edge a, Edge b, Edge& both) {
  both = Edge(unsigned(a) & unsigned(b));
  return both != Edge{};
}

// What two words make side by side; false when the edge between forbids it.
bool join(const ShapeWord& left, const ShapeWord& right, ShapeWord& both) {
  Edge edge;
  if (!meet(left.after, right.before, edge)) return false;
  both.bytes = left.bytes;
  both.bytes += right.bytes;
  both.before = left.bytes.empty() ? edge : left.before;
  both.after = right.bytes.empty() ? edge : right.after;
  both.any_case = left.any_case || right.any_case;
  if (left.bytes.empty() || right.bytes.empty()) return true;
  // A long s is no letter of a word, and an s is one.
  if (both.any_case) return true;
  const bool boundary =
      is_word_byte(left.bytes.back()) != is_word_byte(right.bytes.front());
  return allows(edge, boundary);
}

bool has_empty(const std::vector<ShapeWord>& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const ShapeWord& word) { return word.bytes.empty(); });
}

bool says_nothing(const std::vector<ShapeWord>& words) {
  return words.size() == 1 && words[0].bytes.empty() &&
         words[0].before == Edge::any && words[0].after == Edge::any;
}

using Words = std::shared_ptr<const ShapeWords>;

Words shared(std::vector<ShapeWord> words) {
  const ShapeGap width = width_of(words);
  uint64_t commonness = 0;
  for (const ShapeWord& word : words) {
    commonness += commonness_of_word(word.bytes);
  }
  return std::make_shared<const ShapeWords>(
      ShapeWords{std::move(words), width, commonness});
}

ShapeBranch branch_of(std::vector<ShapeWord> words) {
  ShapeBranch branch;
  if (can_be_step(words)) {
    branch.steps.push_back({{}, shared(std::move(words))});
  } else {
    branch.tail = width_of(words);
  }
  return branch;
}

size_t rarest_step(const ShapeBranch& branch) {
  size_t best = 0;
  uint64_t least = UINT64_MAX;
  for (size_t i = 0; i < branch.steps.size(); ++i) {
    const uint64_t common = branch.steps[i].words->commonness;
    if (common >= least) continue;
    best = i;
    least = common;
  }
  return best;
}

// Gives words one more edge, once for all that share them.
class Edging {
 public:
  Edging(Edge ShapeWord::*side, Edge edge) : side_(side), edge_(edge) {}

  void operator()(Words& words) {
    const auto [made, is_new] = made_.emplace(words, nullptr);
    if (is_new) {
      ShapeWords edged = *words;
      for (ShapeWord& word : edged.all) {
        (void)meet(word.*side_, edge_, word.*side_);
      }
      made->second = std::make_shared<const ShapeWords>(std::move(edged));
    }
    words = made->second;
  }

 private:
  Edge ShapeWord::*const side_;
  const Edge edge_;
  std::map<Words, Words> made_;
};

// An edge is where the branches begin; a word that begins there has it.
void begin_at(Edge edge, std::vector<ShapeBranch>& branches) {
  if (edge == Edge::any) return;
  Edging give(&ShapeWord::before, edge);
  for (ShapeBranch& branch : branches) {
    if (branch.steps.empty() || branch.steps.front().before.most > 0) continue;
    give(branch.steps.front().words);
  }
}

void end_at(Edge edge, std::vector<ShapeBranch>& branches) {
  if (edge == Edge::any) return;
  Edging give(&ShapeWord::after, edge);
  for (ShapeBranch& branch : branches) {
    if (branch.steps.empty() || branch.tail.most > 0) continue;
    give(branch.steps.back().words);
  }
}

// Many branches as one: the rarest step of each is enough.
ShapeBranch one_of(const std::vector<ShapeBranch>& branches) {
  ShapeBranch all;
  all.tail = widest(branches);
  ShapeGap before = kNothing;
  std::vector<ShapeWord> words;
  ShapeGap behind = kNothing;
  for (const ShapeBranch& branch : branches) {
    if (branch.steps.empty()) return all;
    const size_t rarest = rarest_step(branch);
    ShapeGap ahead;
    for (size_t i = 0; i < rarest; ++i) {
      ahead = ahead + branch.steps[i].before + branch.steps[i].words->width;
    }
    before = wider(before, ahead + branch.steps[rarest].before);
    ShapeGap after = branch.tail;
    for (size_t i = rarest + 1; i < branch.steps.size(); ++i) {
      after = after + branch.steps[i].before + branch.steps[i].words->width;
    }
    behind = wider(behind, after);
    const auto& more = branch.steps[rarest].words->all;
    words.insert(words.end(), more.begin(), more.end());
    if (words.size() > kWordsMax) return all;
  }
  return {{{before, shared(std::move(words))}}, behind};
}

void put_together(std::vector<ShapeBranch>& branches) {
  ShapeBranch all = one_of(branches);
  branches.assign(1, std::move(all));
}

void append(ShapeBranch& branch, ShapeBranch next) {
  if (!next.steps.empty()) {
    next.steps.front().before = branch.tail + next.steps.front().before;
    branch.tail = {};
  }
  std::move(next.steps.begin(), next.steps.end(),
            std::back_inserter(branch.steps));
  branch.tail = branch.tail + next.tail;
}

std::vector<ShapeBranch> crossed(std::vector<ShapeBranch> left,
                                 std::vector<ShapeBranch> right) {
  if (left.size() > 1 && right.size() > 1 &&
      left.size() * right.size() > kBranchesMax) {
    put_together(left.size() > right.size() ? left : right);
  }
  if (left.size() == 1 && right.size() == 1) {
    append(left.front(), std::move(right.front()));
    return left;
  }
  std::vector<ShapeBranch> all;
  for (const ShapeBranch& one : left) {
    for (const ShapeBranch& next : right) {
      all.push_back(one);
      append(all.back(), next);
    }
  }
  return all;
}

bool cross(const std::vector<ShapeWord>& left,
           const std::vector<ShapeWord>& right, std::vector<ShapeWord>& all) {
  if (left.size() * right.size() >
      (left.size() == 1 || right.size() == 1 ? kWordsMax : kCrossedMax)) {
    return false;
  }
  all.clear();
  all.reserve(left.size() * right.size());
  ShapeWord both;
  for (const ShapeWord& one : left) {
    for (const ShapeWord& next : right) {
      if (join(one, next, both)) all.push_back(both);
    }
  }
  return true;
}

// What most of a pattern is made of: one letter more.
void append(std::vector<ShapeWord>& words, const ShapeWord& next) {
  ShapeWord both;
  std::erase_if(words, [&](ShapeWord& word) {
    const bool plain = word.after == Edge::any && next.before == Edge::any;
    if (plain && !word.bytes.empty() && !next.bytes.empty()) {
      word.bytes += next.bytes;
      word.after = next.after;
      word.any_case |= next.any_case;
      return false;
    }
    const bool joined = join(word, next, both);
    word = both;
    return !joined;
  });
}

void add_branches(ShapePart part, std::vector<ShapeBranch>& branches) {
  if (part.rows) {
    for (ShapeWord& word : part.words) {
      std::vector<ShapeWord> row;
      row.push_back(std::move(word));
      branches.push_back(branch_of(std::move(row)));
    }
    return;
  }
  give_up_words(part);
  std::move(part.branches.begin(), part.branches.end(),
            std::back_inserter(branches));
}

// x{least,most} of words: x x x? x? written out in the order in which RE2
// tries them.
bool write_out(const std::vector<ShapeWord>& words, const RegexCount& count,
               std::vector<ShapeWord>& all) {
  if (has_empty(words) || count.most > 3) return false;
  std::vector<ShapeWord> rest{ShapeWord{}};
  for (uint32_t i = count.least; i < count.most; ++i) {
    std::vector<ShapeWord> more;
    if (!cross(words, rest, more)) return false;
    more.insert(count.lazy ? more.begin() : more.end(), ShapeWord{});
    rest = std::move(more);
  }
  for (uint32_t i = 0; i < count.least; ++i) {
    std::vector<ShapeWord> more;
    if (!cross(words, rest, more)) return false;
    rest = std::move(more);
  }
  all = std::move(rest);
  return true;
}

}  // namespace

bool can_be_step(const std::vector<ShapeWord>& words) {
  return !words.empty() &&
         std::all_of(words.begin(), words.end(), [](const ShapeWord& word) {
           return word.bytes.size() >= kLiteralBytesMin;
         });
}

void give_up_words(ShapePart& part) {
  if (!part.exact) return;
  part.exact = false;
  part.branches.clear();
  // No words at all: it can never match, and nothing is to be looked for.
  part.branches.push_back(branch_of(std::move(part.words)));
  part.words.clear();
}

ShapeGap widest(const std::vector<ShapeBranch>& branches) {
  ShapeGap width = kNothing;
  for (const ShapeBranch& branch : branches) {
    width = wider(width, width_of(branch));
  }
  return width;
}

ShapePart either(std::vector<ShapePart> parts) {
  if (parts.size() == 1 && !parts[0].rows) return std::move(parts[0]);
  ShapePart all;
  all.words.clear();
  for (const ShapePart& part : parts) all.exact = all.exact && part.exact;
  size_t count = 0;
  for (const ShapePart& part : parts) count += part.words.size();
  if (all.exact && count <= kWordsMax) {
    all.words.reserve(count);
    for (ShapePart& part : parts) {
      std::move(part.words.begin(), part.words.end(),
                std::back_inserter(all.words));
    }
    return all;
  }
  all.exact = false;
  for (ShapePart& part : parts) add_branches(std::move(part), all.branches);
  if (all.branches.size() > kAlternativesMax) put_together(all.branches);
  return all;
}

ShapePart repeated(ShapePart part, const RegexCount& count) {
  std::vector<ShapeWord> all;
  if (part.exact && write_out(part.words, count, all)) {
    part.words = std::move(all);
    return part;
  }
  give_up_words(part);
  const ShapeGap width = widest(part.branches);
  if (count.least == 0) {
    part.branches.assign(
        1, ShapeBranch{{}, {0, times(width.most, count.most), 0, width.stops}});
    return part;
  }
  const uint32_t more = count.most == kNoEnd ? kNoEnd : count.most - 1;
  const ShapeGap again{times(width.least, count.least - 1),
                       times(width.most, more),
                       times(width.digits, count.least - 1), width.stops};
  for (ShapeBranch& branch : part.branches) branch.tail = branch.tail + again;
  return part;
}

void ShapeRow::add(const ShapeWord& word) {
  append(run_.words, word);
}

void ShapeRow::add(ShapePart part) {
  if (part.exact) {
    if (part.words.size() == 1) return add(part.words.front());
    if (says_nothing(run_.words)) {
      run_ = std::move(part);
      return;
    }
    std::vector<ShapeWord> all;
    if (cross(run_.words, part.words, all)) {
      run_.words = std::move(all);
      return;
    }
    end_run();
    run_ = std::move(part);
    return;
  }
  if (is_edge()) begin_at(run_.words[0].before, part.branches);
  end_run();
  parts_ = crossed(std::move(parts_), std::move(part.branches));
  exact_ = false;
}

ShapePart ShapeRow::finish() {
  if (exact_) return std::move(run_);
  end_run();
  ShapePart part;
  part.exact = false;
  part.words.clear();
  part.branches = std::move(parts_);
  return part;
}

// Or nothing at all.
bool ShapeRow::is_edge() const {
  return run_.words.size() == 1 && run_.words[0].bytes.empty();
}

void ShapeRow::end_run() {
  if (is_edge()) {
    end_at(run_.words[0].before, parts_);
  } else {
    std::vector<ShapeBranch> run;
    run.push_back(branch_of(std::move(run_.words)));
    parts_ = crossed(std::move(parts_), std::move(run));
    exact_ = false;
  }
  run_ = ShapePart{};
}

}  // namespace simwarden
