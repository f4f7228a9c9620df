// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/scene.h"
#include "spelling/account_rules.h"

namespace simwarden {

// The letters, figures and signs of a name of that service that begin at
// `begin`; of a longer one than names are no more than shows it.
Range account_name_at(const Scene& scene, const AccountRule& rule,
                      size_t begin);

// Not "demo@example.com", not "demo.example.com".
bool is_account_name(const Scene& scene, const AccountRule& rule, Range name,
                     size_t shortest);

}  // namespace simwarden
