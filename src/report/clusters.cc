// SPDX-License-Identifier: Apache-2.0
#include "report/clusters.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace simwarden {

std::optional<uint64_t> pseudonym_begin(std::string_view token) {
  constexpr size_t kDigits = 16;
  const size_t at = token.rfind(':');
  if (!token.starts_with("t1:") || token.size() - at - 1 < kDigits) {
    return std::nullopt;
  }
  const char* const begin = token.data() + at + 1;
  uint64_t value = 0;
  const auto read = std::from_chars(begin, begin + kDigits, value, 16);
  if (read.ec != std::errc() || read.ptr != begin + kDigits) {
    return std::nullopt;
  }
  return value;
}

namespace {

// Stands for the numbers beyond kClusterNumbersMax: behind every other one.
constexpr uint64_t kOthers = UINT64_MAX;

}  // namespace

// By the last bits: the first are shown.
bool ClusterTally::is_looked_at(uint64_t value) const {
  return (value & ((uint64_t{1} << halvings_) - 1)) == 0;
}

void ClusterTally::add(std::string_view token, uint64_t subject,
                       Cluster::Example request) {
  const auto value = pseudonym_begin(token);
  if (!value) return;
  ++with_;
  if (!is_looked_at(*value)) return;
  pairs_.push_back({*value, std::min(subject, kOthers - 1), 1,
                    request.stopped ? uint32_t{1} : uint32_t{0},
                    request.verdict});
  if (pairs_.size() >= pairs_max_) shrink();
}

void ClusterTally::Pair::join(const Pair& more) {
  verdict = std::min(example(), more.example()).verdict;
  requests += more.requests;
  stopped += more.stopped;
}

// Equal pairs are one; of a value those with the smallest hashes of their
// numbers stay, the others are one pair. One that was ever put there never
// comes back: the smaller ones are all known.
void ClusterTally::join_equal() {
  std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) {
    return std::tie(a.value, a.subject) < std::tie(b.value, b.subject);
  });
  size_t size = 0;
  size_t of_value = 0;  // pairs of the value at hand
  for (const Pair& next : pairs_) {
    const bool same_value = size > 0 && pairs_[size - 1].value == next.value;
    if (!same_value) of_value = 0;
    const bool full = of_value > kClusterNumbersMax;
    const bool joins =
        same_value && (full || pairs_[size - 1].subject == next.subject);
    if (joins) {
      pairs_[size - 1].join(next);
      continue;
    }
    pairs_[size] = next;
    if (++of_value > kClusterNumbersMax) pairs_[size].subject = kOthers;
    ++size;
  }
  pairs_.resize(size);
}

void ClusterTally::shrink() {
  constexpr unsigned kHalvingsMax = 63;
  join_equal();
  while (pairs_.size() > pairs_max_ / 2 && halvings_ < kHalvingsMax) {
    ++halvings_;
    std::erase_if(
        pairs_, [this](const Pair& each) { return !is_looked_at(each.value); });
  }
}

ClusterNumbers ClusterTally::finish() {
  // Not more than half, whatever the order: so many halvings as that takes.
  shrink();
  ClusterNumbers numbers;
  numbers.with = with_;
  numbers.halvings = halvings_;
  for (size_t at = 0; at < pairs_.size();) {
    Cluster made{.value = pairs_[at].value};
    for (; at < pairs_.size() && pairs_[at].value == made.value; ++at) {
      made.requests += pairs_[at].requests;
      made.stopped += pairs_[at].stopped;
      if (pairs_[at].subject == kOthers) made.more = true;
      const bool named =
          pairs_[at].subject != 0 && pairs_[at].subject != kOthers;
      if (!named) continue;
      made.subjects.push_back(pairs_[at].subject);
      made.examples.push_back(pairs_[at].example());
    }
    ++numbers.values;
    if (made.subjects.size() < kClusterNumbersMin) continue;
    ++numbers.shared;
    std::sort(made.examples.begin(), made.examples.end());
    if (made.examples.size() > kClusterVerdictsMax) {
      made.examples.resize(kClusterVerdictsMax);
    }
    numbers.largest.push_back(std::move(made));
  }
  std::sort(numbers.largest.begin(), numbers.largest.end(),
            [](const Cluster& a, const Cluster& b) {
              return std::tuple(b.subjects.size(), b.requests, a.value) <
                     std::tuple(a.subjects.size(), a.requests, b.value);
            });
  if (numbers.largest.size() > kClustersKept) {
    numbers.largest.resize(kClustersKept);
  }
  return numbers;
}

}  // namespace simwarden
