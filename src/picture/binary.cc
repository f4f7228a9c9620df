// SPDX-License-Identifier: Apache-2.0
// Black and white are decided here and not inside ZXing, since the corners of
// QR codes are counted first, and must be those that ZXing will see.
#include "picture/binary.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <unordered_set>

namespace simwarden {
namespace {

constexpr uint32_t kBlock = 8;    // pixels a side
constexpr uint32_t kAround = 2;   // blocks on each side of a block
constexpr int kContrastMin = 24;  // less is one colour
constexpr uint32_t kBlocksMin = 2 * kAround + 1;

class Thresholds {
 public:
  explicit Thresholds(const GreyPicture& picture)
      : picture_(picture),
        across_((picture.width + kBlock - 1) / kBlock),
        down_((picture.height + kBlock - 1) / kBlock),
        means_(size_t{across_} * down_) {
    for (uint32_t y = 0; y < down_; ++y) {
      for (uint32_t x = 0; x < across_; ++x) mean(x, y) = mean_of(x, y);
    }
  }

  uint32_t across() const { return across_; }
  uint32_t down() const { return down_; }

  // Of a block: the mean of those around it.
  uint8_t at(uint32_t x, uint32_t y) const {
    const uint32_t cx = std::clamp(x, kAround, across_ - kAround - 1);
    const uint32_t cy = std::clamp(y, kAround, down_ - kAround - 1);
    uint32_t sum = 0;
    for (uint32_t j = cy - kAround; j <= cy + kAround; ++j) {
      for (uint32_t i = cx - kAround; i <= cx + kAround; ++i) {
        sum += means_[size_t{j} * across_ + i];
      }
    }
    return static_cast<uint8_t>(sum / (kBlocksMin * kBlocksMin));
  }

 private:
  uint8_t& mean(uint32_t x, uint32_t y) {
    return means_[size_t{y} * across_ + x];
  }

  uint8_t mean_of(uint32_t bx, uint32_t by) {
    const uint32_t left = std::min(bx * kBlock, picture_.width - kBlock);
    const uint32_t top = std::min(by * kBlock, picture_.height - kBlock);
    uint32_t sum = 0;
    int darkest = 255;
    int lightest = 0;
    for (uint32_t y = top; y < top + kBlock; ++y) {
      const uint8_t* row = picture_.row(y) + left;
      for (uint32_t x = 0; x < kBlock; ++x) {
        sum += row[x];
        darkest = std::min<int>(darkest, row[x]);
        lightest = std::max<int>(lightest, row[x]);
      }
    }
    if (lightest - darkest > kContrastMin) {
      return static_cast<uint8_t>(sum / (kBlock * kBlock));
    }
    // One colour is paper, unless it is no lighter than what lies beside it.
    int guess = darkest / 2;
    if (bx > 0 && by > 0) {
      const int beside =
          (mean(bx, by - 1) + 2 * mean(bx - 1, by) + mean(bx - 1, by - 1)) / 4;
      if (darkest < beside) guess = beside;
    }
    return static_cast<uint8_t>(guess);
  }

  const GreyPicture& picture_;
  uint32_t across_;
  uint32_t down_;
  std::vector<uint8_t> means_;
};

// Too small for blocks: one threshold.
GreyPicture small_in_black_and_white(const GreyPicture& picture) {
  const auto [darkest, lightest] =
      std::minmax_element(picture.light.begin(), picture.light.end());
  const int middle = (*darkest + *lightest) / 2;
  GreyPicture out = picture;
  for (uint8_t& light : out.light) light = light <= middle ? 0 : 255;
  return out;
}

struct Run {
  uint32_t begin;
  uint32_t size;
};

// "Black, white, three of black, white, black": the parts of a line through a
// corner.
using Parts = std::array<uint32_t, 5>;

// As ZXing takes it at its most generous: each part is off by three quarters of
// a module and half a pixel at most.
bool looks_like_corner(const Parts& parts) {
  constexpr Parts kModules = {1, 1, 3, 1, 1};
  constexpr uint32_t kAll = 7;
  const uint32_t size = std::accumulate(parts.begin(), parts.end(), 0U);
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == 0) return false;
    // |part - module * size / 7| <= 0.75 * size / 7 + 0.5, times 28.
    const auto off = std::abs(int64_t{parts[i]} * 4 * kAll -
                              int64_t{kModules[i]} * 4 * size);
    if (off > int64_t{3} * size + int64_t{2} * kAll) return false;
  }
  return true;
}

class FinderCount {
 public:
  FinderCount(const GreyPicture& bits, size_t most)
      : bits_(bits), most_(most) {}

  size_t count() {
    constexpr uint32_t kStep = 3;  // the centre is three modules high
    for (uint32_t y = kStep - 1; y < bits_.height; y += kStep) {
      row(y);
      if (seen_.size() >= most_) break;
    }
    return seen_.size();
  }

 private:
  void row(uint32_t y) {
    runs_.clear();
    const uint8_t* row = bits_.row(y);
    for (uint32_t x = 0; x < bits_.width;) {
      const uint32_t begin = x;
      while (x < bits_.width && row[x] == row[begin]) ++x;
      runs_.push_back({begin, x - begin});
    }
    for (size_t i = row[0] == 0 ? 0 : 1; i + 4 < runs_.size(); i += 2) {
      const Run& centre = runs_[i + 2];
      const Parts parts = {runs_[i].size, runs_[i + 1].size, centre.size,
                           runs_[i + 3].size, runs_[i + 4].size};
      if (!looks_like_corner(parts)) continue;
      const uint32_t x = centre.begin + centre.size / 2;
      corner(x, y, centre.size);
    }
  }

  // ZXing goes to the middle of the centre before it looks along slants: in
  // small corners those of other rows miss the ring.
  void corner(uint32_t x, uint32_t y, uint32_t wide) {
    const uint32_t limit = wide * kReach;
    const auto down = fits_along(x, y, {0, 1}, limit);
    if (!down) return;
    y += *down;
    const auto right = fits_along(x, y, {1, 0}, limit);
    if (!right) return;
    x += *right;
    if (fits_along(x, y, {1, 1}, limit) && fits_along(x, y, {-1, 1}, limit) &&
        is_new(x, y, wide) && stands_alone(x, y, wide)) {
      remember(x, y, wide);
    }
  }

  struct Step {
    int right;
    int down;
  };

  // The same along another line, within what a corner can be high: how far its
  // middle lies from (x, y). A negative distance wraps.
  std::optional<uint32_t> fits_along(uint32_t x, uint32_t y, Step step,
                                     uint32_t limit) const {
    const auto back = arm(x, y, -step.right, -step.down, limit);
    const auto on = arm(x, y, step.right, step.down, limit);
    if (back[0] == 0) return {};
    const uint32_t centre = back[0] + on[0] - 1;
    if (!looks_like_corner({back[2], back[1], centre, on[1], on[2]})) {
      return {};
    }
    return centre / 2 - (back[0] - 1);
  }

  // Black, white, black from (x, y) on.
  std::array<uint32_t, 3> arm(int64_t x, int64_t y, int right, int down,
                              uint32_t limit) const {
    std::array<uint32_t, 3> sizes = {};
    uint32_t walked = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
      const uint8_t colour = i == 1 ? 255 : 0;
      while (x >= 0 && y >= 0 && x < bits_.width && y < bits_.height &&
             walked < limit &&
             bits_.row(static_cast<uint32_t>(y))[x] == colour) {
        ++sizes[i];
        ++walked;
        x += right;
        y += down;
      }
    }
    return sizes;
  }

  // A corner is walked round once and not for each row that crosses it.
  bool is_new(uint32_t x, uint32_t y, uint32_t wide) {
    return tried_.insert(cell(x, y, std::max(wide / 2, 1U))).second;
  }

  static uint64_t cell(uint32_t x, uint32_t y, uint32_t side) {
    const auto magnitude = static_cast<uint64_t>(__builtin_clz(side));
    return magnitude << 58 | uint64_t{x / side} << 29 | y / side;
  }

  // The black around (x, y) ends before the ring: ZXing walks round it.
  bool stands_alone(uint32_t x, uint32_t y, uint32_t wide) {
    const int64_t reach = int64_t{wide} + 1;
    const int64_t side = 2 * reach + 1;
    walked_.assign(static_cast<size_t>(side * side), false);
    stack_.assign(1, {0, 0});
    walked_[static_cast<size_t>(reach * side + reach)] = true;
    constexpr std::array<std::pair<int, int>, 4> kSteps = {
        {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
    while (!stack_.empty()) {
      const auto [dx, dy] = stack_.back();
      stack_.pop_back();
      for (const auto& [right, down] : kSteps) {
        const int64_t nx = dx + right;
        const int64_t ny = dy + down;
        const int64_t px = x + nx;
        const int64_t py = y + ny;
        if (px < 0 || py < 0 || px >= bits_.width || py >= bits_.height) {
          continue;
        }
        if (bits_.row(static_cast<uint32_t>(py))[px] != 0) continue;
        if (std::abs(nx) > reach || std::abs(ny) > reach) return false;
        const auto at = static_cast<size_t>((ny + reach) * side + nx + reach);
        if (walked_[at]) continue;
        walked_[at] = true;
        stack_.emplace_back(nx, ny);
      }
    }
    return true;
  }

  // One corner is crossed by several rows.
  void remember(uint32_t x, uint32_t y, uint32_t wide) {
    seen_.insert(cell(x, y, std::max(wide, 4U)));
  }

  // Of the width of a centre: what an arm may be long.
  static constexpr uint32_t kReach = 4;

  const GreyPicture& bits_;
  size_t most_;
  std::vector<Run> runs_;
  std::vector<bool> walked_;
  std::vector<std::pair<int64_t, int64_t>> stack_;
  std::unordered_set<uint64_t> tried_;
  std::unordered_set<uint64_t> seen_;
};

}  // namespace

GreyPicture black_and_white(const GreyPicture& picture) {
  if (picture.empty()) return picture;
  constexpr uint32_t kSideMin = kBlocksMin * kBlock;
  if (picture.width < kSideMin || picture.height < kSideMin) {
    return small_in_black_and_white(picture);
  }
  const Thresholds thresholds(picture);
  GreyPicture out(picture.width, picture.height, 0);
  for (uint32_t by = 0; by < thresholds.down(); ++by) {
    for (uint32_t bx = 0; bx < thresholds.across(); ++bx) {
      const uint8_t threshold = thresholds.at(bx, by);
      const uint32_t right = std::min((bx + 1) * kBlock, picture.width);
      const uint32_t bottom = std::min((by + 1) * kBlock, picture.height);
      for (uint32_t y = by * kBlock; y < bottom; ++y) {
        const uint8_t* from = picture.row(y);
        uint8_t* to = out.row(y);
        for (uint32_t x = bx * kBlock; x < right; ++x) {
          to[x] = from[x] <= threshold ? 0 : 255;
        }
      }
    }
  }
  return out;
}

void invert(GreyPicture& black_and_white) {
  for (uint8_t& light : black_and_white.light) {
    light = static_cast<uint8_t>(~light);
  }
}

size_t count_finders(const GreyPicture& black_and_white, size_t most) {
  if (black_and_white.empty()) return 0;
  return FinderCount(black_and_white, most).count();
}

}  // namespace simwarden
