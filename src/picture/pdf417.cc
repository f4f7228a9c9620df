// SPDX-License-Identifier: Apache-2.0
// ZXing takes each column of beginnings for a code and looks for words in all
// that lies behind it: a picture tiled with beginnings is looked through once
// for each of them.
#include "picture/pdf417.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <vector>

namespace simwarden {
namespace {

// Every so many lines ZXing looks whether a code begins, from the first line
// and, when it turns the picture, from the last.
constexpr uint32_t kLineStep = 8;
// A code goes on over so many lines without a beginning, and where that moved
// by less than so many pixels.
constexpr uint32_t kLinesSkipped = 27;
constexpr uint32_t kDriftMax = 5;
// A new code makes ZXing look for others in each eighth line below, which takes
// a ninetieth of the time of looking for words.
constexpr uint64_t kPixelsBelowPerPixel = uint64_t{kLineStep} * 90;

// To begin with a line takes as long as so many pixels of it.
constexpr uint64_t kPixelsToBegin = 360;

// Black 8 modules, white 1, black 1, white 1, black 1, white 1, black 1, white
// 3.
constexpr size_t kBars = 8;
using Bars = std::array<uint32_t, kBars>;

// As ZXing takes it: each bar is off by 0.8 of a module at most, and a module
// is a pixel at least. The first may begin further out, so that a module is
// told by the others: between a 9.8th and a 8.2th of them.
constexpr uint64_t kTenths = 10;
constexpr uint64_t kMost = 98;
constexpr uint64_t kLeast = 82;
// The others are 9 pixels at least, so that a first bar of fewer begins none.
constexpr uint32_t kFirstMin = 7;
static_assert(kFirstMin * kMost >= 9 * 72 && (kFirstMin - 1) * kMost < 9 * 72);
bool looks_like_start(const Bars& bars) {
  uint64_t others = 0;
  for (size_t i = 1; i < kBars; ++i) others += bars[i];
  if (others * kTenths < kLeast) return false;
  const auto between = [&](uint32_t bar, uint64_t low, uint64_t high) {
    return bar * kMost >= others * low && bar * kLeast <= others * high;
  };
  for (size_t i = 1; i + 1 < kBars; ++i) {
    if (!between(bars[i], 2, 18)) return false;
  }
  constexpr uint64_t kAny = std::numeric_limits<uint32_t>::max();
  return between(bars[kBars - 1], 22, 38) && between(bars[0], 72, kAny);
}

struct Line {
  const uint8_t* first;
  size_t step;
  uint32_t size;
};

// Beginnings that stand below each other, in one reading direction.
class Columns {
 public:
  Columns(uint32_t lines, uint32_t size)
      : lines_(lines), size_(size), last_(size / kDriftMax + 1) {}

  // REQUIRES: lines in their order; at < size.
  void add(uint32_t line, uint32_t at, uint32_t behind) {
    const uint32_t gap = gap_to_last(line, at);
    if (gap > kLinesSkipped) {
      pixels_ += uint64_t{lines_ - line} * size_ / kPixelsBelowPerPixel;
    }
    pixels_ += (kPixelsToBegin + behind) * (gap > kLinesSkipped ? 1 : gap);
    last_[at / kDriftMax] = {line + 1, at};
  }
  uint64_t pixels() const { return pixels_; }

 private:
  struct Place {
    uint32_t line = 0;  // from 1; 0: none
    uint32_t at = 0;
  };

  uint32_t gap_to_last(uint32_t line, uint32_t at) const {
    const size_t bucket = at / kDriftMax;
    uint32_t gap = kLinesSkipped + 1;
    for (size_t i = bucket == 0 ? 0 : bucket - 1;
         i <= std::min(bucket + 1, last_.size() - 1); ++i) {
      const Place& place = last_[i];
      const uint32_t drift = std::max(place.at, at) - std::min(place.at, at);
      if (place.line == 0 || drift >= kDriftMax) continue;
      gap = std::min(gap, std::max(line + 1 - place.line, 1U));
    }
    return gap;
  }

  uint32_t lines_;
  uint32_t size_;
  std::vector<Place> last_;
  uint64_t pixels_ = 0;
};

class Direction {
 public:
  Direction(const GreyPicture& bits, bool upright)
      : bits_(bits),
        upright_(upright),
        lines_(upright ? bits.width : bits.height),
        size_(upright ? bits.height : bits.width) {}

  uint64_t pixels() {
    if (!begins()) return 0;
    Columns on(lines_, size_);
    Columns back(lines_, size_);
    for (uint32_t i = 0; i < lines_; ++i) {
      each_start(
          i,
          [&](uint32_t at) {
            on.add(i, at, size_ - at);
            return true;
          },
          [&](uint32_t at) {
            back.add(i, at, at + 1);
            return true;
          });
    }
    return on.pixels() + back.pixels();
  }

 private:
  bool begins() {
    for (uint32_t i = 0; i < lines_; i += kLineStep) {
      if (begins(i) || begins(lines_ - 1 - i)) return true;
    }
    return false;
  }

  bool begins(uint32_t index) {
    const auto stop = [](uint32_t) { return false; };
    return !each_start(index, stop, stop);
  }

  Line line(uint32_t index) const {
    return upright_ ? Line{bits_.light.data() + index, bits_.width, size_}
                    : Line{bits_.row(index), 1, size_};
  }

  // Black and white in turns, black first. Without a branch for each pixel,
  // which nobody foretells in noise.
  void find_runs(const Line& line) {
    runs_.resize(line.size + 1);
    uint8_t colour = 0;
    uint32_t length = 0;
    size_t run = 0;
    for (uint32_t i = 0; i < line.size; ++i) {
      const uint8_t now = line.first[i * line.step];
      runs_[run] = length;
      const bool turns = now != colour;
      run += turns ? 1 : 0;
      length = turns ? 1 : length + 1;
      colour = now;
    }
    runs_[run] = length;
    runs_.resize(run + 1);
  }

  // `on` and `back` take the pixel where a beginning begins, read in the
  // direction of the line and against it. False when one of them gave false.
  template <typename On, typename Back>
  bool each_start(uint32_t index, On on, Back back) {
    find_runs(line(index));
    uint32_t at = 0;
    for (size_t i = 0; i < runs_.size(); at += runs_[i++]) {
      if (i % 2 != 0 || runs_[i] < kFirstMin) continue;
      Bars bars;
      if (i + kBars <= runs_.size()) {
        std::copy_n(runs_.begin() + static_cast<ptrdiff_t>(i), kBars,
                    bars.begin());
        if (looks_like_start(bars) && !on(at)) return false;
      }
      if (i + 1 >= kBars) {
        std::copy_n(
            runs_.rbegin() + static_cast<ptrdiff_t>(runs_.size() - 1 - i),
            kBars, bars.begin());
        if (looks_like_start(bars) && !back(at + runs_[i] - 1)) return false;
      }
    }
    return true;
  }

  const GreyPicture& bits_;
  bool upright_;
  uint32_t lines_;
  uint32_t size_;
  std::vector<uint32_t> runs_;
};

}  // namespace

uint64_t pixels_behind_pdf417(const GreyPicture& black_and_white) {
  if (black_and_white.empty()) return 0;
  return Direction(black_and_white, false).pixels() +
         Direction(black_and_white, true).pixels();
}

}  // namespace simwarden
