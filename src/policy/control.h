// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/issue.h"
#include "policy/localised.h"

// What law, standard or practice asks for: controls/NAME.yaml. Rules name
// the obligations that they serve, and a report shows for each of them
// whether it was checked and met.
namespace simwarden {

// One obligation of an instrument. Rules name it INSTRUMENT/CLAUSE.
struct Clause {
  std::string name;  // "h-4", "6"
  Localised title;
  Localised duty;  // in our own words
  std::string confidence;
  std::string source;
  Localised not_checkable;  // why no rule can check it; empty when one can
  Place place;
};

struct Control {
  std::string name;  // "us-fcc-64.2010"
  Localised title;
  std::string issuer;
  std::string country;  // ISO 3166-1, "" for an international one
  std::string kind;     // law regulation standard guidance case practice
  std::string status;   // example reviewed
  std::string version;
  std::string checked;
  std::string source;
  std::string confidence;
  std::string note;
  std::vector<std::string> profiles;  // empty: every one
  std::vector<Clause> clauses;        // in the instrument's order
  Place place;

  const Clause* clause(std::string_view name) const;
};

using Controls = std::map<std::string, Control, std::less<>>;

// "cn-miit-25/6" -> {"cn-miit-25", "6"}; without a slash the clause is "".
struct ControlReference {
  std::string_view control;
  std::string_view clause;
};
ControlReference parse_reference(std::string_view text);

}  // namespace simwarden
