// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/found_accounts.h"
#include "contact/label_gaps.h"
#include "spelling/account_rules.h"
#include "spelling/numbers.h"

namespace simwarden {

// Accounts that are numbers, beside the name of their service:
// "WhatsApp +1 555 …", "Q:123456789", "13800138000 微信同号".
class AccountNumbers {
 public:
  AccountNumbers(const Scene& scene, FoundAccounts& accounts)
      : scene_(scene), t_(scene.text()), accounts_(accounts) {}

  // "Q:123456789", but not "Q: 12345 or more?".
  void take_behind_colon(const LabelHit& hit);
  // Behind the name; true when there is one.
  bool take(const LabelHit& hit, const AccountRule& rule, const Gap& gap);
  // 蝙蝠号123456789 where cards are offered; true when there is one.
  bool take_of_service(const LabelHit& hit, const Gap& gap);
  // "+1 555 555 0101 (WhatsApp)", "13800138000 微信同号",
  // "13800138000（微信）".
  void take_before(const LabelHit& hit, const AccountRule& rule,
                   const Gap& gap);

 private:
  bool take_single_figures(const LabelHit& hit, size_t begin,
                           const AccountRule& rule);
  bool goes_on(size_t begin, size_t end) const;
  bool is_account(const LabelHit& hit, const AccountRule& rule, const Gap& gap,
                  const NumberRun& run) const;
  bool is_counted(const Gap& gap, const NumberRun& run) const;
  std::string value_of(const AccountRule& rule, const NumberRun& run) const;
  NumberRun run_ending_at(size_t end) const;

  const Scene& scene_;
  std::string_view t_;
  FoundAccounts& accounts_;
};

}  // namespace simwarden
