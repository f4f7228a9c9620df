// SPDX-License-Identifier: Apache-2.0
#include "judge/score.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include <boost/container/small_vector.hpp>

namespace simwarden {
namespace {

constexpr double kScoreMax = 100;
constexpr double kOthersShare = 0.25;

Action action_of(double score, const Thresholds& thresholds) {
  if (score >= thresholds.refuse) return Action::refuse;
  if (score >= thresholds.hold) return Action::hold;
  if (score >= thresholds.review) return Action::review;
  return Action::pass;
}

struct Family {
  std::string_view name;
  double highest = 0;
  double total = 0;
};

void choose(const std::vector<size_t>& duties, uint32_t bits,
            std::vector<size_t>& set) {
  set.clear();
  for (size_t i = 0; i < duties.size(); ++i) {
    if (bits >> i & 1u) set.push_back(duties[i]);
  }
}

// `counts(i)`: whether points[i] is among those that are added.
template <typename Counts>
Sum total(std::span<const Points> points, const Thresholds& thresholds,
          Counts counts) {
  boost::container::small_vector<Family, 16> families;
  Action floor = Action::pass;
  for (size_t i = 0; i < points.size(); ++i) {
    if (!counts(i)) continue;
    const Points& p = points[i];
    auto family =
        std::find_if(families.begin(), families.end(),
                     [&](const Family& f) { return f.name == p.family; });
    if (family == families.end()) {
      families.push_back({p.family});
      family = std::prev(families.end());
    }
    family->highest = std::max(family->highest, p.score);
    family->total += p.score;
    floor = std::max(floor, p.floor);
  }
  // Sums of doubles depend on their order; hundredths as integers do not.
  int64_t hundredths = 0;
  for (const Family& f : families) {
    const double value = f.highest + (f.total - f.highest) * kOthersShare;
    hundredths += std::llround(value * 100);
  }
  const double score =
      std::min(kScoreMax, static_cast<double>(hundredths) / 100);
  return {score, std::max(floor, action_of(score, thresholds))};
}

// What a pack reaches by the points that are left, without those that count in
// grave cases only.
template <typename Left>
double reached_by(std::string_view pack, std::span<const Points> points,
                  Left left) {
  const auto counts = [&](size_t i) {
    return left(i) && points[i].pack == pack && !points[i].from;
  };
  return total(points, {}, counts).score;
}

template <typename Left>
Sum sum_of(std::span<const Points> points, const Thresholds& thresholds,
           Left left) {
  return total(points, thresholds, [&](size_t i) {
    const Points& p = points[i];
    return left(i) && (!p.from || *p.from <= reached_by(p.pack, points, left));
  });
}

bool all_are_left(size_t) {
  return true;
}

}  // namespace

double reached_in(std::string_view pack, std::span<const Points> points) {
  return reached_by(pack, points, all_are_left);
}

Sum add_up(std::span<const Points> points, const Thresholds& thresholds) {
  return sum_of(points, thresholds, all_are_left);
}

WayOut find_way_out(std::span<const Points> points,
                    const Thresholds& thresholds) {
  std::vector<size_t> duties;
  duties.reserve(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    if (points[i].duty) duties.push_back(i);
  }
  if (duties.empty()) return {};
  const Action best = sum_of(points, thresholds, [&](size_t i) {
                        return !points[i].duty;
                      }).action;
  if (best >= add_up(points, thresholds).action) return {};

  const auto reaches = [&](const std::vector<size_t>& met) {
    return sum_of(points, thresholds, [&](size_t i) {
             return std::find(met.begin(), met.end(), i) == met.end();
           }).action == best;
  };
  std::vector<size_t> set;
  if (duties.size() <= kDutiesTriedMax) {
    const uint32_t sets = 1u << duties.size();
    for (int size = 1; size <= int(duties.size()); ++size) {
      for (uint32_t bits = 1; bits < sets; ++bits) {
        if (std::popcount(bits) != size) continue;
        choose(duties, bits, set);
        if (reaches(set)) return {std::move(set), best};
      }
    }
  }
  set = duties;
  for (const size_t duty : duties) {
    std::vector<size_t> fewer = set;
    std::erase(fewer, duty);
    if (reaches(fewer)) set = std::move(fewer);
  }
  return {std::move(set), best};
}

}  // namespace simwarden
