// SPDX-License-Identifier: Apache-2.0
#include "cel/study/ways.h"

#include <algorithm>
#include <utility>

namespace cel {
namespace {

// What is behind a gate costs about so many steps, and so many gates look at
// one fact: enough to prefer a gate that seldom opens over one that is cheap.
constexpr double kBehind = 40;
constexpr double kSharers = 20;
// A gate that needs more is seldom shut, and long to look at.
constexpr size_t kLatchesMax = 32;

double cost_of(const Gate& gate) {
  return gate.price / kSharers + gate.open * kBehind;
}

bool is_of_states(const Latch& latch) {
  return latch.sight->look.is == Look::Is::state && latch.sight->text.empty();
}

void set_shut(Latch& latch, States shut) {
  latch.shut = shut;
  latch.share = share_of(*latch.sight->states, shut);
}

// False when the gate could not be shut any more. A fact that several look at
// must please all of them.
bool add(Gate& all, const Latch& latch) {
  const auto known =
      std::find_if(all.latches.begin(), all.latches.end(),
                   [&](const Latch& one) { return one.sight == latch.sight; });
  if (known == all.latches.end()) {
    all.latches.push_back(latch);
    return true;
  }
  if (!is_of_states(latch)) {
    known->answers &= latch.answers;
    return known->answers != 0;
  }
  set_shut(*known, known->shut & latch.shut);
  return known->shut != 0;
}

bool add_all(Gate& all, const Gate& more) {
  return std::all_of(more.latches.begin(), more.latches.end(),
                     [&](const Latch& latch) { return add(all, latch); });
}

// Two that look at one fact only become one that is shut where either is.
bool widen(Gate& gate, const Gate& other) {
  if (gate.latches.size() != 1 || other.latches.size() != 1) return false;
  Latch& latch = gate.latches[0];
  const Latch& more = other.latches[0];
  if (latch.sight != more.sight) return false;
  if (is_of_states(latch)) {
    set_shut(latch, latch.shut | more.shut);
  } else {
    latch.answers |= more.answers;
  }
  weigh(gate);
  return true;
}

// The better ones first, and not too many; of two alike the one that was there
// first.
void keep_best(Ways& ways, const Gate& gate) {
  const auto at = std::upper_bound(
      ways.begin(), ways.end(), gate,
      [](const Gate& a, const Gate& b) { return cost_of(a) < cost_of(b); });
  const bool full = ways.size() == kWaysMax;
  if (full && at == ways.end()) return;
  const auto place = at - ways.begin();
  if (full) ways.pop_back();
  ways.insert(ways.begin() + place, gate);
}

bool is_always_shut(const Ways& ways) {
  return ways.size() == 1 && ways[0].latches.empty();
}

}  // namespace

double share_of(const FactStates& of, States states) {
  double share = 0;
  for (size_t i = 0; i < of.count(); ++i) {
    share += has_state(states, i) ? of.shares[i] : 0;
  }
  return share;
}

void weigh(Gate& gate) {
  double shut = 1;
  gate.price = 0;
  for (const Latch& latch : gate.latches) {
    shut *= latch.share;
    gate.price += latch.sight->price;
  }
  gate.open = std::max(0.0, 1 - shut);
}

Ways any_of(Ways some, const Ways& others) {
  if (is_always_shut(some) || others.empty()) return some;
  if (is_always_shut(others)) return others;
  std::vector<const Gate*> more;
  for (const Gate& other : others) {
    const bool known = std::any_of(some.begin(), some.end(), [&](Gate& gate) {
      return widen(gate, other);
    });
    if (!known) more.push_back(&other);
  }
  Ways best;
  best.reserve(kWaysMax);
  for (const Gate& gate : some) keep_best(best, gate);
  for (const Gate* gate : more) keep_best(best, *gate);
  return best;
}

Ways all_of(const Ways& some, const Ways& others) {
  if (is_always_shut(others)) return some;
  if (is_always_shut(some)) return others;
  Ways best;
  Gate joined;
  for (const Gate& gate : some) {
    for (const Gate& other : others) {
      joined.latches = gate.latches;
      if (!add_all(joined, other)) continue;
      if (joined.latches.size() > kLatchesMax) continue;
      weigh(joined);
      keep_best(best, joined);
    }
  }
  return best;
}

}  // namespace cel
