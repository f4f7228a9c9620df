// SPDX-License-Identifier: Apache-2.0
#include "judge/score.h"

#include <algorithm>
#include <bit>
#include <cmath>

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

// The points that stay when `met` duties are fulfilled.
std::vector<Points> without(std::span<const Points> points,
                            const std::vector<size_t>& met) {
  std::vector<Points> rest;
  for (size_t i = 0; i < points.size(); ++i) {
    if (std::find(met.begin(), met.end(), i) == met.end()) {
      rest.push_back(points[i]);
    }
  }
  return rest;
}

std::vector<size_t> chosen(const std::vector<size_t>& duties, uint32_t bits) {
  std::vector<size_t> set;
  for (size_t i = 0; i < duties.size(); ++i) {
    if (bits >> i & 1u) set.push_back(duties[i]);
  }
  return set;
}

Sum total(std::span<const Points> points, const Thresholds& thresholds) {
  std::vector<Family> families;
  Action floor = Action::pass;
  for (const Points& p : points) {
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

}  // namespace

double reached_in(std::string_view pack, std::span<const Points> points) {
  std::vector<Points> others;
  for (const Points& p : points) {
    if (p.pack == pack && p.from <= 0) others.push_back(p);
  }
  return total(others, {}).score;
}

Sum add_up(std::span<const Points> points, const Thresholds& thresholds) {
  std::vector<Points> counted;
  for (const Points& p : points) {
    if (p.from <= 0 || p.from <= reached_in(p.pack, points)) {
      counted.push_back(p);
    }
  }
  return total(counted, thresholds);
}

WayOut find_way_out(std::span<const Points> points,
                    const Thresholds& thresholds) {
  std::vector<size_t> duties;
  for (size_t i = 0; i < points.size(); ++i) {
    if (points[i].duty) duties.push_back(i);
  }
  const Action now = add_up(points, thresholds).action;
  const Action best = add_up(without(points, duties), thresholds).action;
  if (duties.empty() || best >= now) return {};

  const auto reaches = [&](const std::vector<size_t>& met) {
    return add_up(without(points, met), thresholds).action == best;
  };
  if (duties.size() <= kDutiesTriedMax) {
    const uint32_t sets = 1u << duties.size();
    for (int size = 1; size <= int(duties.size()); ++size) {
      for (uint32_t bits = 1; bits < sets; ++bits) {
        if (std::popcount(bits) != size) continue;
        std::vector<size_t> set = chosen(duties, bits);
        if (reaches(set)) return {std::move(set), best};
      }
    }
  }
  std::vector<size_t> set = duties;
  for (const size_t duty : duties) {
    std::vector<size_t> fewer = set;
    std::erase(fewer, duty);
    if (reaches(fewer)) set = std::move(fewer);
  }
  return {std::move(set), best};
}

}  // namespace simwarden
