// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judge/bench.h"
#include "kept/kept_record.h"

// What a record that was kept in part answers to the rules of a ruleset, its
// own or another.
namespace simwarden {

struct MemberFact;

// How far what was kept under one ruleset speaks for another: a set of
// patterns or a window must have been the same, and what the eye saw in a text
// hangs on the lists of official hosts, brands and so on, as its likeness does
// on the weights of phrases.
class KeptBinding {
 public:
  // Keeps neither.
  KeptBinding(const Ruleset& then, const Plan& now);

  // The lists of the eye hold the same; the weights of phrases do.
  bool same_lists() const { return same_lists_; }
  bool same_phrases() const { return same_phrases_; }
  // "pack/set" of a set of the plan; empty when it was another set then.
  const std::string& set_of_then(uint32_t set) const { return sets_[set]; }
  bool is_near_contact(uint32_t set) const { return near_contact_[set]; }
  // As rules of the plan know it.
  uint32_t slot_of(uint32_t set) const { return first_slot_ + set; }
  // Of a window of the plan, by its slot, likewise.
  struct Window {
    std::string then;  // "pack/window"; empty when it was another
    WindowKind kind = WindowKind::count;
  };
  const Window& window(uint32_t slot) const {
    return windows_[slot - first_window_];
  }
  bool is_late_slot(uint32_t slot) const {
    return slot == first_window_ + windows_.size();
  }
  bool had_windows() const { return had_windows_; }

 private:
  bool same_lists_ = false;
  bool same_phrases_ = false;
  uint32_t first_slot_ = 0;
  std::vector<std::string> sets_;
  std::vector<bool> near_contact_;
  uint32_t first_window_ = 0;
  std::vector<Window> windows_;
  bool had_windows_ = false;
};

class KeptView final : public KeptAnswers {
 public:
  // Keeps the record and the binding. National numbers are read as the
  // profile's country writes them: the country of then and of now.
  KeptView(const KeptRecord& record, const KeptBinding& binding,
           std::string_view country_then, std::string_view country_now);

  std::optional<cel::Value> fact(uint32_t slot, Facts& facts,
                                 cel::Scratch& scratch) const override;
  cel::Value pattern(uint32_t set, cel::Scratch& scratch) const override;
  cel::Value window(uint32_t slot, cel::Scratch& scratch) const override;
  bool was_cut() const override;

 private:
  std::optional<cel::Value> field_value(FieldId id, Facts& facts,
                                        cel::Scratch& scratch) const;
  std::optional<cel::Value> group_value(GroupId id, Facts& facts,
                                        cel::Scratch& scratch) const;
  // What was worked out of an item of a group.
  cel::Value member_fact(uint32_t slot, const KeptRecord::Json& item,
                         const MemberFact& row, cel::Scratch& scratch) const;
  std::optional<cel::Value> derived(uint32_t slot, cel::Scratch& scratch) const;
  cel::Value list_of(uint32_t slot, const cel::Type* item,
                     cel::Scratch& scratch) const;
  cel::Value from_contacts(uint32_t slot, cel::Scratch& scratch) const;
  cel::Value from_likeness(uint32_t slot, cel::Scratch& scratch) const;

  bool has_paragraphs() const;

  // Of a fact of `slot` or a member of it: what was kept of `name`.
  static cel::Value value_in(const KeptRecord::Json& object,
                             std::string_view name, const cel::Type* type,
                             uint32_t slot, cel::Scratch& scratch);
  std::optional<cel::Value> plain(std::string_view name) const;

  const KeptRecord& kept_;
  const KeptBinding& binding_;
  bool same_eye_;
};

}  // namespace simwarden
