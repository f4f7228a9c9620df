// SPDX-License-Identifier: Apache-2.0
#include "record/factor_kinds.h"

#include <algorithm>
#include <iterator>

#include "record/choices.h"

namespace simwarden {
namespace {

struct FactorRow {
  std::string_view type;
  std::string_view category;
  FactorKind kind = FactorKind::other;
  bool weak = false;
};

constexpr FactorRow kRows[] = {
    // Codes to a telephone: where they went decides, see factor_kind().
    {"otp_sms", "possession", FactorKind::replaced_number},
    {"otp_voice", "possession", FactorKind::replaced_number},
    {"otp_email", "possession", FactorKind::other_code},
    {"otp_app", "possession", FactorKind::app},
    {"push_app", "possession", FactorKind::app},
    {"passkey", "possession", FactorKind::app},
    {"pin_account", "knowledge", FactorKind::knowledge},
    {"password", "knowledge", FactorKind::knowledge},
    {"app_login", "possession", FactorKind::app},
    {"port_pin", "knowledge", FactorKind::knowledge},
    {"kba_static", "knowledge", FactorKind::knowledge, true},
    {"kba_call_log", "knowledge", FactorKind::knowledge, true},
    {"kba_payment", "knowledge", FactorKind::knowledge, true},
    {"biographical", "knowledge", FactorKind::knowledge, true},
    {"account_info", "knowledge", FactorKind::knowledge, true},
    {"callback", "possession", FactorKind::other_code},
    {"digital_id", "evidence", FactorKind::document},
    {"id_in_person", "evidence", FactorKind::document},
    {"biometric", "inherence", FactorKind::biometric},
};

static_assert(std::ranges::equal(kRows, choices::kAuthFactorsType, {},
                                 &FactorRow::type),
              "a word of auth.factors[].type says what it proves");

FactorRow row_of(std::string_view type) {
  const auto* found = std::ranges::find(kRows, type, &FactorRow::type);
  return found == std::end(kRows) ? FactorRow{} : *found;
}

constexpr std::string_view kOldLine = "number_being_replaced";

}  // namespace

std::string_view factor_category(std::string_view type) {
  return row_of(type).category;
}

bool is_weak_factor(std::string_view type) {
  return row_of(type).weak;
}

FactorKind factor_kind(std::string_view type, std::string_view destination) {
  const FactorKind kind = row_of(type).kind;
  if (kind != FactorKind::replaced_number) return kind;
  return destination == kOldLine ? kind : FactorKind::other_code;
}

// A code to the number that is replaced proves something while its SIM is in
// its owner's hands.
FactorWorth worth_of(const PassedFactor& factor, std::string_view reason) {
  const bool to_old_line = factor.destination == kOldLine;
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
