// SPDX-License-Identifier: Apache-2.0
#include "policy/style.h"

#include "policy/rule_reader.h"

namespace simwarden {

const std::vector<YamlKeyOrder>& policy_key_orders() {
  static const std::vector<YamlKeyOrder> orders = {{"rules[]", rule_keys()}};
  return orders;
}

}  // namespace simwarden
