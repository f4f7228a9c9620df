// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "diag/result.h"
#include "facts/schema.h"
#include "house/policy_options.h"
#include "intake/mapping.h"
#include "judge/plan.h"
#include "store/stored_rulesets.h"

// What every command that judges builds first: schema, ruleset, plan.
namespace simwarden {

class House {
 public:
  // Loads the policies. Mistakes are shown on stderr and come back as an Error
  // of trouble `policy`; of warnings only that one of `lists` is not used.
  static Result<std::unique_ptr<House>> open(const PolicyOptions& options,
                                             const PlanOptions& plan = {});
  // The same, but the mistakes are left in `issues` and not shown.
  static Result<std::unique_ptr<House>> load(const PolicyOptions& options,
                                             Issues& issues,
                                             const PlanOptions& plan = {});
  // A ruleset of which a database keeps the text (stored_house.cc); records
  // that name no profile are judged by `generic`. An Error of trouble `policy`
  // when the text is not kept, or does not make the same ruleset again.
  static Result<std::unique_ptr<House>> open_stored(
      const StoredRuleset& stored);

  const FactSchema& schema() const { return schema_; }
  const Ruleset& ruleset() const { return plan_->ruleset(); }
  const Plan& plan() const { return *plan_; }
  // The profile for records that name none.
  const std::string& profile() const { return profile_; }
  // "name@version" of the packs.
  const std::vector<std::string>& packs() const { return packs_; }
  // What a verdict by the profile says of its policy (VerdictOrigin::policy).
  // REQUIRES: it is the ruleset's.
  const std::string& policy_of(const Profile& profile) const {
    return policies_.find(&profile)->second;
  }

 private:
  // Makes all that is made of a ruleset.
  void take(const std::shared_ptr<const Ruleset>& ruleset,
            const PlanOptions& options);

  FactSchema schema_;
  std::unique_ptr<const Plan> plan_;
  std::string profile_;
  std::vector<std::string> packs_;
  std::map<const Profile*, std::string> policies_;
};

// The files and folders that are named, or that of the shipped policies. An
// Error says where was looked for it.
Result<std::vector<std::string>> policy_paths(const PolicyOptions& options);
// Reads policies; what is wrong with them is in `issues`, and then null. Shows
// nothing.
Result<std::shared_ptr<const Ruleset>> load_policies(
    const PolicyOptions& options, const FactSchema& schema, Issues& issues,
    PolicySources* sources = nullptr);
// PolicyOptions::profile is a file, and not the name of a profile.
bool is_profile_file(const std::string& profile);
// What helps who names a profile that is not there.
std::string profile_help(const Ruleset& ruleset, const std::string& name);
// "3 mistakes in the policies; nothing was judged".
Error wrong_policies(size_t mistakes);

// Reads --map FILE; "" gives null.
Result<std::shared_ptr<const Mapping>> read_mapping(const std::string& path);

// Whether the files of policy that are named one by one are there: an Error of
// trouble `usage` when one is not, or is a folder where a file is wanted. Of
// the packs load_policies() says so.
Status check_named_files(const PolicyOptions& options);

// A whole file as text: what a command is told by (settings, mappings,
// retention). Of one that is larger than kYamlBytesMax a byte more than that:
// to whoever reads it that is a mistake in its contents. Trouble `usage` when
// it is not there or a folder; `environment` when it cannot be read.
Result<std::string> read_text_file(const std::string& path);

}  // namespace simwarden
