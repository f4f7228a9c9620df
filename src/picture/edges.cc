// SPDX-License-Identifier: Apache-2.0
// ZXing follows each edge between black and white as far as it goes, and fits a
// line to all of it every so many pixels: an edge of twice the length costs
// four times as much. A picture of stripes is edges from end to end.
#include "picture/edges.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace simwarden {
namespace {

// Edges are looked for in each eighth line and followed to the next of these:
// one that is shorter costs nothing.
constexpr uint32_t kLineStep = 8;
// From line to line an edge moves by so many pixels; ZXing follows it outwards
// no further.
constexpr std::array<int32_t, 7> kMoves = {0, 1, -1, 2, -2, 3, -3};

// Edges that go across all lines of one direction.
class Edges {
 public:
  Edges(const GreyPicture& bits, bool upright)
      : first_(bits.light.data()),
        next_line_(upright ? 1 : bits.width),
        next_pixel_(upright ? bits.width : 1),
        lines_(upright ? bits.width : bits.height),
        size_(upright ? bits.height : bits.width) {}

  uint64_t steps(uint64_t most) {
    std::vector<uint32_t> now(size_, 0);
    std::vector<uint32_t> then(size_, 0);
    uint64_t steps = 0;
    for (uint32_t line = 0; line + kLineStep < lines_; line += kLineStep) {
      std::fill(then.begin(), then.end(), 0);
      for (uint32_t at = 0; at + 1 < size_; ++at) {
        if (!is_edge(line, at, colour(line, at))) continue;
        const auto end = follow(line, at);
        if (!end) continue;
        const uint32_t length = now[at] + kLineStep;
        then[*end] = std::max(then[*end], length);
        steps += uint64_t{length} * kLineStep;
      }
      if (steps > most) break;
      now.swap(then);
    }
    return steps;
  }

 private:
  uint8_t colour(uint32_t line, uint32_t at) const {
    return first_[line * next_line_ + at * next_pixel_];
  }
  // The last pixel of this colour lies at `at`.
  bool is_edge(uint32_t line, uint32_t at, uint8_t of) const {
    return colour(line, at) == of && colour(line, at + 1) != of;
  }

  // Where it is kLineStep lines on.
  std::optional<uint32_t> follow(uint32_t line, uint32_t at) const {
    const uint8_t of = colour(line, at);
    for (uint32_t i = 1; i <= kLineStep; ++i) {
      const auto next = next_place(line + i, at, of);
      if (!next) return {};
      at = *next;
    }
    return at;
  }

  std::optional<uint32_t> next_place(uint32_t line, uint32_t at,
                                     uint8_t of) const {
    for (const int32_t move : kMoves) {
      const int64_t place = int64_t{at} + move;
      if (place < 0 || place + 1 >= size_) continue;
      const auto next = static_cast<uint32_t>(place);
      if (is_edge(line, next, of)) return next;
    }
    return {};
  }

  const uint8_t* first_;
  size_t next_line_;
  size_t next_pixel_;
  uint32_t lines_;
  uint32_t size_;
};

}  // namespace

uint64_t steps_along_edges(const GreyPicture& black_and_white, uint64_t most) {
  if (black_and_white.empty()) return 0;
  const uint64_t across = Edges(black_and_white, false).steps(most);
  if (across > most) return across;
  return across + Edges(black_and_white, true).steps(most - across);
}

}  // namespace simwarden
