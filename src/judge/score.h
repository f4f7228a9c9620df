// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/pack.h"
#include "record/verdict.h"

// From hits to points and an action (docs/packs.md, "Points and actions").
namespace simwarden {

// What a rule that hit brings in.
struct Points {
  std::string_view family;
  double score = 0;
  Action floor = Action::pass;  // its at_least
  bool duty = false;
  // Counts only when those of its pack without one reach this.
  std::optional<double> from = std::nullopt;
  std::string_view pack = {};
};

struct Sum {
  double score = 0;  // 0 to 100, two places
  Action action = Action::pass;
};

// The value of a family is its highest rule plus a quarter of the others;
// families add up; the total stops at 100. Points with a `from` are left out
// when the others of their pack do not reach it. Does not depend on the order.
Sum add_up(std::span<const Points> points, const Thresholds& thresholds);

// The score that the points of a pack which wait for none reach together.
double reached_in(std::string_view pack, std::span<const Points> points);

// The smallest set of duties among `points` whose fulfilment brings the action
// as low as duties can bring it; indices in order, empty when they cannot.
struct WayOut {
  std::vector<size_t> duties;
  Action becomes = Action::pass;
};
WayOut find_way_out(std::span<const Points> points,
                    const Thresholds& thresholds);

// Up to this many duties every subset is tried (1,024); with more, duties are
// left out one by one, which finds a set that cannot be made smaller but not
// always the smallest: a record with eleven open duties needs a person anyway.
inline constexpr size_t kDutiesTriedMax = 10;

}  // namespace simwarden
