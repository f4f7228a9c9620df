// SPDX-License-Identifier: Apache-2.0
#include "cel/ways.h"

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
  return latch.look.is == Look::Is::state && latch.text.empty();
}

double share_of(const FactStates& states, const std::vector<bool>& of) {
  double share = 0;
  for (size_t i = 0; i < states.count(); ++i) {
    share += of[i] ? states.shares[i] : 0;
  }
  return share;
}

double price_of(const Latch& latch, const StatesOf& states) {
  if (latch.look.is == Look::Is::setting) return 0;
  constexpr double kPriceOfEach = 5;
  if (latch.look.is == Look::Is::each) return kPriceOfEach;
  return states(latch.look.slot)->price +
         (is_of_two(latch.look) ? states(latch.look.other)->price : 0);
}

}  // namespace

void weigh(Gate& gate, const StatesOf& states) {
  double shut = 1;
  gate.price = 0;
  for (Latch& latch : gate.latches) {
    if (is_of_states(latch)) {
      latch.share = share_of(*states(latch.look.slot), latch.shut);
    }
    shut *= latch.share;
    gate.price += price_of(latch, states);
  }
  gate.open = std::max(0.0, 1 - shut);
}

bool never(const std::vector<bool>& shut) {
  return std::find(shut.begin(), shut.end(), true) == shut.end();
}

namespace {

// False when the gate could not be shut any more. A fact that several look at
// must please all of them.
bool add(Gate& all, const Latch& latch) {
  for (Latch& known : all.latches) {
    if (known.look != latch.look || known.text != latch.text) continue;
    if (!is_of_states(latch)) {
      known.answers &= latch.answers;
      return known.answers != 0;
    }
    for (size_t i = 0; i < known.shut.size(); ++i) {
      known.shut[i] = known.shut[i] && latch.shut[i];
    }
    return !never(known.shut);
  }
  all.latches.push_back(latch);
  return true;
}

// Two that look at one fact only become one that is shut where either is.
bool widen(Gate& gate, const Gate& other) {
  if (gate.latches.size() != 1 || other.latches.size() != 1) return false;
  Latch& latch = gate.latches[0];
  const Latch& more = other.latches[0];
  if (latch.look != more.look || latch.text != more.text) return false;
  if (!is_of_states(latch)) {
    latch.answers |= more.answers;
    return true;
  }
  for (size_t i = 0; i < latch.shut.size(); ++i) {
    latch.shut[i] = latch.shut[i] || more.shut[i];
  }
  return true;
}

// The better ones first, and not too many.
Ways sorted_out(Ways ways, const StatesOf& states) {
  for (Gate& gate : ways) {
    if (gate.latches.empty()) return {Gate{}};
    weigh(gate, states);
  }
  std::stable_sort(ways.begin(), ways.end(), [](const Gate& a, const Gate& b) {
    return cost_of(a) < cost_of(b);
  });
  if (ways.size() > kWaysMax) ways.resize(kWaysMax);
  return ways;
}

}  // namespace

Ways any_of(Ways some, Ways others, const StatesOf& states) {
  for (Gate& other : others) {
    const bool known = std::any_of(some.begin(), some.end(), [&](Gate& gate) {
      return widen(gate, other);
    });
    if (!known) some.push_back(std::move(other));
  }
  return sorted_out(std::move(some), states);
}

Ways all_of(const Ways& some, const Ways& others, const StatesOf& states) {
  Ways ways;
  for (const Gate& gate : some) {
    for (const Gate& other : others) {
      Gate joined = gate;
      const bool shuts =
          std::all_of(other.latches.begin(), other.latches.end(),
                      [&](const Latch& latch) { return add(joined, latch); });
      const bool many = joined.latches.size() > kLatchesMax;
      if (shuts && !many) ways.push_back(std::move(joined));
    }
  }
  return sorted_out(std::move(ways), states);
}

}  // namespace cel
