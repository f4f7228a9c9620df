// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "cel/check/compared_choices.h"
#include "cel/study/trial.h"
#include "diag/issue.h"
#include "policy/pack.h"

// Conditions with the values that profiles give to parameters, before any
// record is seen: duration(profile.fresh) with '3d' fails for every one (P158,
// at the value), and `document.type in profile.accepted` finds no value that no
// document has (P159).
//
//   (set_default | set_by)* try_pack*
namespace simwarden {

class ValueTrial {
 public:
  // `names`: of parameters, in slot order; read when packs are tried.
  ValueTrial(const std::vector<std::string>& names, uint32_t first_slot,
             Issues& issues)
      : names_(names), first_slot_(first_slot), issues_(issues) {}

  // The first pack that declares a parameter counts.
  void set_default(const std::string& name, const SourceText& file, Place at);
  // In place of what was known of the profile.
  void set_by(const std::string& profile, const SourceText& file,
              const std::map<std::string, Place>& values);

  // Each value is complained about once.
  void try_pack(const Pack& pack,
                const std::map<std::string, Profile>& profiles);

 private:
  struct Written {
    std::shared_ptr<const SourceText> file;
    Place at;
  };
  void try_rule(const Rule& rule,
                const std::map<std::string, Profile>& profiles);
  void try_condition(const Condition& condition, const std::string& where,
                     const std::map<std::string, Profile>& profiles);
  void try_choices(const Condition& condition, const std::string& where,
                   const std::map<std::string, Profile>& profiles);
  void complain_of_choice(const std::string& value,
                          const cel::ComparedChoices& compared,
                          const std::string& where, const std::string& profile);
  // False for a value that was complained about before.
  bool is_news(const Written& written);
  void complain(const cel::CertainFailure& failure, const std::string& where,
                const std::string& profile);
  bool reads_parameters(const Condition& condition) const;
  bool is_parameter(uint32_t slot) const {
    return slot >= first_slot_ && slot - first_slot_ < names_.size();
  }
  const Written* to_blame(const std::vector<uint32_t>& slots,
                          const std::string& profile) const;

  const std::vector<std::string>& names_;
  uint32_t first_slot_;
  Issues& issues_;
  std::map<std::string, Written> defaults_;
  std::map<std::string, std::map<std::string, Written>> set_;  // by profile
  // Values that were complained about: file, line, column.
  std::set<std::tuple<std::string, uint32_t, uint32_t>> told_;
};

}  // namespace simwarden
