// SPDX-License-Identifier: Apache-2.0
#include "scan/scanner.h"

#include <algorithm>

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include "diag/check.h"
#include "scan/fold.h"
#include "scan/gate.h"
#include "scan/literals.h"

// A pattern such as `(?:send|share).{0,20}\botp\b` cannot match where neither
// "send" nor "share" stands. RE2 works such conditions out (FilteredRE2), a
// pass over the text finds the literals (literals.h), and only patterns whose
// condition holds are run. Patterns without any literal would run on every
// text; most of them ask for digits or a mark that it does not have (gate.h).
//
// Not RE2::Set: over a whole pack it needs hundreds of megabytes or falls off
// a cliff, and its Match() fails without an answer when memory runs out. A
// single RE2 never does: when its DFA outgrows max_mem it falls back to an NFA,
// slower but linear and with the same answer.

namespace simwarden {
namespace {

// Most programs need kilobytes. What a small budget cannot hold gets the full
// one; this keeps 300 patterns under a hostile text at some 300 MB of DFA
// states instead of 2.4 GB.
constexpr int64_t kUsualMemory = int64_t{1} << 20;

re2::RE2::Options options_with(int64_t memory) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingUTF8);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

}  // namespace

struct Scanner::Scratch {
  std::string folded;
  LiteralSet::Found literals;
  std::vector<int> candidates;
};

namespace {

class FilteredScanner final : public Scanner {
 public:
  FilteredScanner(const std::vector<std::string>& patterns, bool prefilter);

  size_t size() const override { return size_; }
  void scan(std::string_view text, Scratch& scratch,
            std::vector<Hit>& hits) const override;
  void find_all(uint32_t pattern, std::string_view text, size_t max,
                std::vector<Hit>& hits) const override;
  std::unique_ptr<Scratch, void (*)(Scratch*)> make_scratch() const override;

 private:
  void add(const std::string& pattern);
  bool match(uint32_t pattern, std::string_view text, size_t from,
             Hit& hit) const;
  const std::vector<int>& candidates(std::string_view text,
                                     Scratch& scratch) const;

  re2::FilteredRE2 filter_{int(kLiteralBytesMin)};
  std::unique_ptr<const LiteralSet> literals_;
  std::vector<int> all_;
  std::vector<int> always_;  // candidates when no literal was found
  std::vector<Gate> gates_;  // by pattern
  size_t size_;
  bool prefilter_;
};

FilteredScanner::FilteredScanner(const std::vector<std::string>& patterns,
                                 bool prefilter)
    : size_(patterns.size()), prefilter_(prefilter) {
  for (const std::string& pattern : patterns) add(pattern);
  for (size_t i = 0; i < size_; ++i) all_.push_back(int(i));
  if (!prefilter_ || size_ == 0) {
    always_ = all_;
    literals_ = std::make_unique<LiteralSet>(std::vector<std::string>{});
    return;
  }
  std::vector<std::string> atoms;
  filter_.Compile(&atoms);
  for (std::string& atom : atoms) {
    std::string folded;
    fold_case(atom, folded);
    atom = std::move(folded);
  }
  filter_.AllPotentials({}, &always_);
  literals_ = std::make_unique<LiteralSet>(atoms);
}

void FilteredScanner::add(const std::string& pattern) {
  int id = 0;
  re2::RE2::ErrorCode code =
      filter_.Add(pattern, options_with(kUsualMemory), &id);
  if (code == re2::RE2::ErrorPatternTooLarge) {
    code = filter_.Add(pattern, options_with(kPatternMemoryMax), &id);
  }
  CHECK(code == re2::RE2::NoError, "the caller asked pattern_error() before");
  gates_.push_back(prefilter_ ? gate_of(pattern) : Gate{});
}

const std::vector<int>& FilteredScanner::candidates(std::string_view text,
                                                    Scratch& scratch) const {
  if (literals_->size() == 0) return always_;
  fold_case(text, scratch.folded);
  literals_->find(scratch.folded, scratch.literals);
  if (scratch.literals.ids.empty()) return always_;
  filter_.AllPotentials(scratch.literals.ids, &scratch.candidates);
  std::sort(scratch.candidates.begin(), scratch.candidates.end());
  return scratch.candidates;
}

bool FilteredScanner::match(uint32_t pattern, std::string_view text,
                            size_t from, Hit& hit) const {
  re2::StringPiece found;
  const re2::RE2& expression = filter_.GetRE2(int(pattern));
  if (!expression.Match(text, from, text.size(), re2::RE2::UNANCHORED, &found,
                        1)) {
    return false;
  }
  hit.pattern = pattern;
  hit.begin = uint32_t(found.data() - text.data());
  hit.end = hit.begin + uint32_t(found.size());
  return true;
}

void FilteredScanner::scan(std::string_view text, Scratch& scratch,
                           std::vector<Hit>& hits) const {
  CHECK(text.size() <= kScanBytesMax, "texts are cut before they come here");
  hits.clear();
  if (text.data() == nullptr) text = "";
  const uint32_t digits = prefilter_ ? count_digits(text) : 0;
  for (const int pattern : candidates(text, scratch)) {
    if (!may_match(gates_[size_t(pattern)], text, digits)) continue;
    Hit hit;
    if (match(uint32_t(pattern), text, 0, hit)) hits.push_back(hit);
  }
}

// Where the search goes on after an empty match at `at`.
size_t next_character(std::string_view text, size_t at) {
  ++at;
  while (at < text.size() && (uint8_t(text[at]) & 0xc0) == 0x80) ++at;
  return at;
}

void FilteredScanner::find_all(uint32_t pattern, std::string_view text,
                               size_t max, std::vector<Hit>& hits) const {
  CHECK(text.size() <= kScanBytesMax, "texts are cut before they come here");
  CHECK(pattern < size_, "the caller counts patterns by size()");
  hits.clear();
  if (text.data() == nullptr) text = "";
  size_t from = 0;
  while (hits.size() < max && from <= text.size()) {
    Hit hit;
    if (!match(pattern, text, from, hit)) return;
    hits.push_back(hit);
    from = hit.end > hit.begin ? hit.end : next_character(text, hit.end);
  }
}

std::unique_ptr<Scanner::Scratch, void (*)(Scanner::Scratch*)>
FilteredScanner::make_scratch() const {
  return {std::make_unique<Scratch>().release(),
          [](Scratch* scratch) { std::unique_ptr<Scratch> owner(scratch); }};
}

}  // namespace

std::string pattern_error(std::string_view pattern, std::string* piece) {
  const re2::RE2 expression(pattern, options_with(kPatternMemoryMax));
  if (expression.ok()) return {};
  if (piece != nullptr) *piece = expression.error_arg();
  return expression.error();
}

PatternCost cost_of(const std::string& pattern) {
  re2::FilteredRE2 filter(int{kLiteralBytesMin});
  int id = 0;
  const auto code = filter.Add(pattern, options_with(kPatternMemoryMax), &id);
  CHECK(code == re2::RE2::NoError, "the caller asked pattern_error() before");
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  std::vector<int> always;
  filter.AllPotentials({}, &always);
  const Gate gate = gate_of(pattern);
  // Nearly every text has a space.
  const bool gated = gate.digits_min > 0 || (gate.byte && gate.byte != ' ');
  return {always.empty() || gated, filter.GetRE2(id).ProgramSize()};
}

std::unique_ptr<const Scanner> build_scanner(
    const std::vector<std::string>& patterns, const ScanOptions& options) {
  return std::make_unique<const FilteredScanner>(patterns, options.prefilter);
}

}  // namespace simwarden
