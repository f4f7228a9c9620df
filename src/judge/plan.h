// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/run/suite.h"
#include "cel/value/scratch.h"
#include "contact/contact.h"
#include "facts/schema.h"
#include "judge/gates.h"
#include "policy/ruleset.h"

// A ruleset made ready for judging: which rules are asked of which kind of
// record, in which order, and what they stand on. Immutable; shared by all
// judges.
namespace simwarden {

struct PlanOptions {
  bool prefilter = true;  // off: every pattern one by one; same verdicts
  bool gates = true;      // off: every rule of every record; same verdicts
};

struct PlannedRule {
  const Rule* rule;
  const Pack* pack;
  // Indices of the suite of its kind.
  std::optional<size_t> applies;
  size_t condition = 0;
  struct PlannedWaiver {
    const Waiver* waiver;
    size_t when;
  };
  std::vector<PlannedWaiver> waivers;  // by id
};

class Plan {
 public:
  // Keeps `schema` by reference: it must outlive the plan.
  Plan(std::shared_ptr<const Ruleset> ruleset, const FactSchema& schema,
       const PlanOptions& options = {});

  const Ruleset& ruleset() const { return *ruleset_; }
  const FactSchema& schema() const { return schema_; }
  const Registry& registry() const { return registry_; }
  // What a slot is called: "request.channel.type", "profile.min_factors",
  // "patterns.otp_request", "windows.agent_1h".
  std::string name_of(uint32_t slot) const;

  // Active and shadow rules of the packs that ask for `kind`, by pack and id.
  const std::vector<PlannedRule>& rules(Kind kind) const {
    return kind == Kind::request ? request_rules_ : message_rules_;
  }
  // All conditions of these rules, made to be asked together.
  const cel::Suite& suite(Kind kind) const {
    return kind == Kind::request ? *request_suite_ : *message_suite_;
  }
  // Which of these rules to ask; null with PlanOptions::gates off.
  const Gates* gates(Kind kind) const {
    return kind == Kind::request ? request_gates_.get() : message_gates_.get();
  }
  // What its rules may ask for, whether or not they do of a record.
  struct Reach {
    bool text = false;      // the views of a message
    bool contacts = false;  // what it leads to
    bool unseen = false;    // what a mail holds and does not show
  };
  const Reach& reach(Kind kind) const {
    return kind == Kind::request ? request_reach_ : message_reach_;
  }
  // Values of profile.* in slot order. REQUIRES: a profile of the ruleset.
  const std::vector<cel::Value>& parameters(const Profile& profile) const;

  // Pattern sets by their index, across packs.
  const std::vector<const PatternSet*>& sets() const { return sets_; }
  const Scanner* scanner(PatternView view) const;
  // Scanner pattern of a view -> index of its set.
  const std::vector<uint32_t>& set_of(PatternView view) const;

 private:
  void keep_parameters();
  void order_rules();
  std::unique_ptr<const cel::Suite> make_suite(
      std::vector<PlannedRule>& rules) const;
  Reach reach_of(const std::vector<PlannedRule>& rules) const;
  void add_reach(const Condition& condition, Reach& reach) const;
  void index_patterns(bool prefilter);
  std::vector<std::string> texts_of(const PatternPlan& plan) const;

  std::shared_ptr<const Ruleset> ruleset_;
  const FactSchema& schema_;
  Registry registry_;
  std::vector<PlannedRule> request_rules_;
  std::vector<PlannedRule> message_rules_;
  std::unique_ptr<const cel::Suite> request_suite_;
  std::unique_ptr<const cel::Suite> message_suite_;
  std::unique_ptr<const Gates> request_gates_;
  std::unique_ptr<const Gates> message_gates_;
  Reach request_reach_;
  Reach message_reach_;
  cel::Scratch kept_;  // memory of the parameters' values
  std::map<std::string, std::vector<cel::Value>, std::less<>> parameters_;
  std::vector<const PatternSet*> sets_;
  std::vector<std::unique_ptr<const Scanner>> plain_scanners_;
  const Scanner* scanners_[3] = {};
  std::vector<uint32_t> set_of_[3];
};

// The ruleset's lists as the eye for contacts wants them.
Registry make_registry(const Ruleset& ruleset);

}  // namespace simwarden
