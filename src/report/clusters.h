// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "report/record_numbers.h"

namespace simwarden {

// From here on numbers that share a value are a cluster: two lines of one
// holder are nothing.
inline constexpr size_t kClusterNumbersMin = 3;
// Of each kind so many clusters are kept.
inline constexpr size_t kClustersKept = 50;
// Numbers of one value that are told apart: an address of a whole network has
// more, and so many say enough.
inline constexpr size_t kClusterNumbersMax = 1000;
// Verdicts that a cluster names: what a person looks up in an hour.
inline constexpr size_t kClusterVerdictsMax = 30;
// Pairs of a value and a number in memory, of each kind: 32 MiB. Of more than
// half of that every second value, then every fourth … is looked at, chosen by
// its pseudonym, each with all its requests.
inline constexpr size_t kPairsMax = size_t{1} << 20;

// The beginning of a pseudonym ("t1:KEY:9f3c…"), which is as good as chance.
// Nullopt for what is none.
std::optional<uint64_t> pseudonym_begin(std::string_view token);

// Finds numbers that share a document, a device … in bounded memory. What is
// found does not depend on the order.
//   (add)* finish
class ClusterTally {
 public:
  explicit ClusterTally(size_t pairs_max = kPairsMax) : pairs_max_(pairs_max) {}

  // `subject`: a hash of the number; 0: nobody knows which.
  void add(std::string_view token, uint64_t subject, Cluster::Example request);
  ClusterNumbers finish();

 private:
  struct Pair {
    uint64_t value;
    uint64_t subject;
    uint32_t requests;
    uint32_t stopped;
    int64_t verdict;  // of those not stopped the first, else of all

    Cluster::Example example() const { return {stopped == requests, verdict}; }
    void join(const Pair& more);
  };
  bool is_looked_at(uint64_t value) const;
  void shrink();
  void join_equal();

  size_t pairs_max_;
  unsigned halvings_ = 0;
  uint64_t with_ = 0;
  std::vector<Pair> pairs_;
};

}  // namespace simwarden
