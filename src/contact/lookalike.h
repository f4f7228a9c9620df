// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "contact/contact.h"

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
  struct Label {
    std::string text;    // "airtel" of "airtel.in"
    std::string domain;  // the smallest name of those with this label
  };

  // By what is left of the name when look-alike signs are one sign.
  const std::vector<Brand>* brands(const std::string& skeleton) const;
  // Different lengths of skeletons, rising.
  const std::vector<size_t>& brand_lengths() const { return lengths_; }
  // The official domain with this first label, or with one of this skeleton;
  // null when there is none.
  const Label* label(const std::string& text) const;
  const Label* label_of_skeleton(const std::string& skeleton) const;
  // Labels that may be one edit away: all that are, and some others.
  std::vector<const Label*> near(std::string_view label) const;

 private:
  void add_label(const std::string& domain);

  std::unordered_map<std::string, std::vector<Brand>> brands_;
  std::vector<size_t> lengths_;
  std::unordered_map<std::string, Label> labels_;
  std::unordered_map<std::string, const Label*> skeletons_;
  // One edit leaves the beginning or the end of a label as it is.
  std::unordered_map<std::string, std::vector<const Label*>> halves_;
};

// 0 as o, 1 and i as l, rn as m …, so that look-alike spellings are equal.
std::string skeleton_of(std::string_view name);

// 0, 1, or 2 for more; one insertion, deletion, change or swap is 1.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace simwarden
