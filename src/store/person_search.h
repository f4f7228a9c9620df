// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "diag/result.h"
#include "privacy/tokens.h"
#include "store/kept_damage.h"

// What a database holds of one person, found by pseudonyms (docs/privacy.md,
// "When one person asks").
//
//   const auto sought = pseudonyms_of({"+2348030000003"}, keys);
//   const auto search = find_person("out.db", sought, take);
namespace simwarden {

struct Pseudonyms {
  std::vector<std::string> identifiers;  // as given: for texts in clear
  std::unordered_set<std::string> tokens;
  std::unordered_set<std::string> key_ids;
};

// Of each identifier under each key. A number is looked for with and without
// its plus, whatever stands between its digits; a name in small, Capital and
// CAPITAL letters (record/person.h).
Pseudonyms pseudonyms_of(std::span<const std::string> identifiers,
                         std::span<const SiteKey> keys);

struct PersonRow {
  std::string database;
  int64_t verdict_id = 0;
  std::string event_time;
  std::string kind;
  std::string action;
  double score = 0;
  std::string top_rule;
  std::string record_id;
  std::string source;
  int64_t line = 0;
  std::string found_in;  // fields: "phone_number, agent.id"
  std::string cases;     // in whose clear text of it the person stands
};

// What has pseudonyms under a key that is not at hand: nobody can look into it.
struct HiddenRuns {
  std::string key_id;  // empty: of before keys were noted
  int64_t runs = 0;
  int64_t verdicts = 0;
  std::string first;  // when the first began, and the last
  std::string last;
};

struct PersonSearch {
  uint64_t found = 0;
  std::vector<HiddenRuns> hidden;
  uint64_t without_facts = 0;  // only whom they are about was looked at
  uint64_t without_names = 0;  // of these not even that is kept any more
  KeptDamage damage;           // kept facts that could not be read
};

// Hands verdicts over in their order, also of records that only name the
// person: as the subject of the row, in any kept fact, or in a text in clear.
// Reads the database once, its kept facts and these texts; memory grows with
// what is found in the latter two.
Result<PersonSearch> find_person(
    const std::string& path, const Pseudonyms& sought,
    const std::function<void(const PersonRow&)>& take);

}  // namespace simwarden
