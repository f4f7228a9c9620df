// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "link/link.h"

// The official names of a Registry, made ready to be compared with a host:
// what a name costs does not grow with the lists.
namespace simwarden {

class LookalikeIndex {
 public:
  explicit LookalikeIndex(const Registry& registry);

  struct Brand {
    std::string written;  // "chinamobile"
    std::string domain;   // the official one it stands for
    bool is_short = false;
    bool is_number = false;
  };
  // Views of the index's own memory.
  struct Label {
    std::string_view text;    // "airtel" of "airtel.in"
    std::string_view domain;  // the smallest name of those with this label
  };

  // By what is left of the name when look-alike signs are one sign.
  const std::vector<Brand>* brands(const std::string& skeleton) const;
  // Different lengths of skeletons, rising.
  const std::vector<size_t>& brand_lengths() const { return lengths_; }
  // The official domain with this first label, or with one of this skeleton.
  std::optional<Label> label(std::string_view text) const;
  std::optional<Label> label_of_skeleton(std::string_view skeleton) const;
  // Labels that may be one edit away: all that are, and some others.
  std::vector<Label> near(std::string_view label) const;

 private:
  // Where a domain stands in names_.
  struct Place {
    uint32_t begin = 0;
    uint16_t label = 0;  // bytes
    uint16_t domain = 0;
  };
  struct Key {
    uint64_t hash = 0;
    uint32_t place = 0;
  };
  // By hash, a million in a moment and 16 bytes each.
  using Keys = std::vector<Key>;
  enum class Half : uint8_t { beginning, end };

  void add(std::string_view domain);
  Label label_at(uint32_t place) const;
  static uint64_t half_hash(Half half, size_t size, std::string_view text);
  template <typename Take>
  static void each(const Keys& keys, uint64_t hash, Take&& take);

  std::unordered_map<std::string, std::vector<Brand>> brands_;
  std::vector<size_t> lengths_;
  std::string names_;
  std::vector<Place> places_;
  Keys texts_;
  Keys skeletons_;
  Keys halves_;  // one edit leaves one half of a label as it is
};

// 0 as o, 1 and i as l, rn as m …, so that look-alike spellings are equal.
std::string skeleton_of(std::string_view name);

// 0, 1, or 2 for more; one insertion, deletion, change or swap is 1.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace simwarden
