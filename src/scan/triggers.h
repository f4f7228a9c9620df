// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scan/fold.h"
#include "scan/literals.h"
#include "scan/shape.h"
#include "scan/stops.h"

// Which of many patterns can match a text at all, and between which places.
//
// Each branch of a pattern waits for its rarest step, the trigger: the text is
// walked once for the words of all triggers. Where one stands, the branch's
// other steps (its filters) must stand before or behind it, not farther off
// than the pattern allows.
namespace simwarden {

class Triggers {
 public:
  // By pattern; null for one that is not to be read.
  explicit Triggers(const std::vector<const Shape*>& shapes);

  // Patterns that wait for no word, in order.
  const std::vector<uint32_t>& eager() const { return eager_; }

  // What one look found; its memory is used again, one thread at a time.
  struct Window {
    uint32_t pattern;
    uint32_t from;
    uint32_t to;
  };
  struct State {  // of a pattern
    uint32_t search = 0;
    uint32_t windows = 0;
    uint32_t last_window = 0;
    uint32_t begin = 0;  // of a word that is all of a match
    uint32_t end = 0;
    uint32_t rank = 0;
    uint32_t work = 0;     // bytes compared; never more than a few texts
    bool listed = false;   // among the candidates
    bool whole = false;    // may match anywhere
    bool matched = false;  // from begin to end, as RE2 would say
  };
  struct Found {
    std::vector<uint32_t> candidates;  // in no order
    std::vector<Window> windows;       // a match lies inside one of these
    std::vector<State> states;
    uint32_t search = 0;
    LiteralSet::Met met{};  // in the block that is looked at
    // By hash, shorter for short texts: `stamp` for those of the text, when
    // they were asked for.
    std::vector<uint8_t> grams;
    uint8_t stamp = 0;
    bool has_grams = false;
  };
  void look(const FoldedText& text, Found& found) const;

 private:
  struct FilterWord {  // in the pool
    uint32_t begin;
    uint32_t size;
    Edge before;
    Edge after;
  };
  struct Filter {
    ShapeGap distance;  // between the trigger and the word
    bool behind;        // the trigger
    bool has_grams;     // each word
    uint32_t longest;   // bytes of a word
    uint32_t first;
    uint32_t last;  // of words
  };
  struct Use {  // of a literal by a branch of a pattern
    uint32_t pattern = 0;
    uint32_t rank = 0;         // of the word in its step
    uint32_t before_most = 0;  // a match reaches out so far
    uint32_t after_most = 0;
    uint32_t first = 0;  // of the filters
    uint8_t filters = 0;
    uint8_t digits_before = 0;  // so many stand there
    uint8_t digits_after = 0;
    Stops stops_before = 0;  // no others do
    Stops stops_after = 0;
    Edge before = Edge::any;
    Edge after = Edge::any;
    bool all = false;  // its word is the whole match
  };
  class Maker;
  class Look;

  std::vector<uint32_t> eager_;
  size_t patterns_;
  std::string pool_;
  std::vector<FilterWord> filter_words_;
  std::vector<uint16_t> filter_hashes_;  // of the words' rarest grams
  std::vector<Filter> filters_;
  std::vector<Use> uses_;        // sorted by literal
  std::vector<uint32_t> first_;  // literal -> first use; one more at the end
  std::optional<LiteralSet> literals_;
};

}  // namespace simwarden
