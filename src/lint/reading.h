// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/run/compiled.h"
#include "cel/syntax/complaints.h"
#include "lint/regex_pieces.h"
#include "policy/ruleset.h"

// A ruleset beside the files that it was made of: what lints look at. All by
// reference; the ruleset and its sources outlive it.
namespace simwarden {

struct RuleSite;

// A guard or a condition proper.
struct ConditionSite {
  const RuleSite* rule;
  const YamlNode* node;
  const Condition* condition;
  const cel::Compiled* compiled;
  cel::Origin origin;  // where its text stands in the pack's file
};

struct RuleSite {
  size_t pack;  // index
  const Rule* rule;
  const YamlNode* node;
  std::optional<ConditionSite> guard;
  ConditionSite condition;
  uint32_t guard_number = UINT32_MAX;  // equal parts have equal numbers
  uint32_t number = UINT32_MAX;

  bool retired() const { return rule->status == RuleStatus::retired; }
  bool is_kept() const { return !retired(); }
  // Active or shadow: it is asked.
  bool runs() const {
    return rule->status == RuleStatus::active ||
           rule->status == RuleStatus::shadow;
  }
};

// A regular expression: one of a pattern set, or a constant of a condition.
struct RegexSite {
  const SourceText* file;
  std::string text;
  std::vector<size_t> offsets;  // in the file, by byte of text and for its end
  std::vector<RegexPiece> pieces;
  const PatternSet* set = nullptr;  // null: of a condition
  size_t set_number = 0;            // tells sets apart

  // Underlines bytes [begin, end) of the expression.
  Place place(size_t begin, size_t end) const;
  Place place(const RegexPiece& piece) const {
    return place(piece.begin, piece.end);
  }
  std::string_view of(const RegexPiece& piece) const {
    return std::string_view(text).substr(piece.begin, piece.end - piece.begin);
  }
};

struct ListSite {
  const SourceText* file;
  const NamedList* list;
  YamlNode root;
};

class Reading {
 public:
  Reading(const Ruleset& made, const PolicySources& from, int64_t today);
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  ~Reading() = default;

  const Ruleset& ruleset;
  const PolicySources& sources;
  int64_t as_of;                // days since 1970-01-01
  std::vector<RuleSite> rules;  // in the order of the files
  std::vector<RegexSite> regexes;
  std::vector<ListSite> lists;

  const SourceText& file_of(const RuleSite& rule) const {
    return sources.packs[rule.pack].file;
  }
  // The slot of the first pattern set of a pack.
  uint32_t first_pattern_slot(size_t pack) const;

 private:
  void read_pack(size_t pack);
  std::optional<ConditionSite> read_condition_site(size_t pack,
                                                   const YamlNode* node,
                                                   const Condition* condition);
  void read_patterns_of(size_t pack);
  void read_regexes_of(const ConditionSite& site, const SourceText& file);
  void number_conditions();
};

// look(ConditionSite) for guards and conditions proper of the rules that are
// `wanted` (&RuleSite::runs), in the order of the files.
template <typename Wanted, typename Look>
void each_condition(const Reading& reading, Wanted wanted, Look&& look) {
  for (const RuleSite& site : reading.rules) {
    if (!std::invoke(wanted, site)) continue;
    if (site.guard) look(*site.guard);
    look(site.condition);
  }
}

// The value of a key that is there.
const YamlNode& value_of(const RuleSite& rule, std::string_view key);

}  // namespace simwarden
