// SPDX-License-Identifier: Apache-2.0
#include "record/factor_kinds.h"

#include <algorithm>

namespace simwarden {
namespace {

struct KindOfFactor {
  std::string_view type;
  std::string_view category;
  bool weak = false;
};

constexpr KindOfFactor kKinds[] = {
    {"otp_sms", "possession"},           {"otp_voice", "possession"},
    {"otp_email", "possession"},         {"otp_app", "possession"},
    {"push_app", "possession"},          {"passkey", "possession"},
    {"app_login", "possession"},         {"callback", "possession"},
    {"pin_account", "knowledge"},        {"password", "knowledge"},
    {"port_pin", "knowledge"},           {"kba_static", "knowledge", true},
    {"kba_call_log", "knowledge", true}, {"kba_payment", "knowledge", true},
    {"biographical", "knowledge", true}, {"account_info", "knowledge", true},
    {"digital_id", "evidence"},          {"id_in_person", "evidence"},
    {"biometric", "inherence"},
};

KindOfFactor kind_of_factor(std::string_view type) {
  const auto* found = std::find_if(
      std::begin(kKinds), std::end(kKinds),
      [type](const KindOfFactor& row) { return row.type == type; });
  return found == std::end(kKinds) ? KindOfFactor{} : *found;
}

}  // namespace

std::string_view factor_category(std::string_view type) {
  return kind_of_factor(type).category;
}

bool is_weak_factor(std::string_view type) {
  return kind_of_factor(type).weak;
}

// A code to the number that is replaced proves something while its SIM is in
// its owner's hands.
FactorWorth worth_of(const PassedFactor& factor, std::string_view reason) {
  const bool to_old_line = factor.destination == "number_being_replaced";
  const bool gone = reason == "lost" || reason == "stolen";
  if (is_weak_factor(factor.type) || (to_old_line && gone)) {
    return FactorWorth::weak;
  }
  const bool may_be_a_question =
      factor.category.empty() || factor.category == "knowledge";
  if (factor.type.empty() && may_be_a_question) return FactorWorth::open_type;
  if (to_old_line && reason.empty()) return FactorWorth::open_reason;
  return FactorWorth::strong;
}

}  // namespace simwarden
