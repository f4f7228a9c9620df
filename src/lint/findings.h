// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lint/reading.h"

namespace simwarden {

struct Lint;

// What one lint has found; carries its code and severity.
class Findings {
 public:
  Findings(const Lint& lint, std::vector<Issue>& into)
      : lint_(lint), into_(into) {}

  // Without a help of its own it shows the lint's.
  void add(const SourceText& file, Place place, std::string message,
           std::string label = {}, std::string help = {});
  // Underlines a part of a condition.
  void add(const ConditionSite& site, cel::Range at, std::string message,
           std::string label = {}, std::string help = {});

 private:
  void put(Issue issue);

  const Lint& lint_;
  std::vector<Issue>& into_;
};

}  // namespace simwarden
