// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "cel/value/environment.h"
#include "facts/facts.h"

// Members of a group's items that no record carries: worked out from those
// that it does. They stand behind the given ones. One row a member.
namespace simwarden {

struct MemberFact {
  std::string_view group;  // "attachments"
  std::string_view name;
  const cel::Type* (*type)();
  std::string_view doc;
  // For item `index` of the group, which is given.
  cel::Value (*get)(Facts& facts, uint32_t index);
  // Worked out of what a message leads to (Facts::followable()).
  bool of_contacts = false;
};

// Those of one group, in the order of the table.
std::span<const MemberFact> member_facts(std::string_view group);

}  // namespace simwarden
