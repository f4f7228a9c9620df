// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// What an authentication factor proves, by the word of its type:
//
//   factor_category("otp_sms")     // "possession"
//   factor_category("telepathy")   // ""
//
// and what it is worth. All passed factors of a request are worth the most that
// one of them is; rules (auth.weak_only) and reports ask this alike:
//
//   auto worth = FactorWorth::nothing;
//   for (…) worth = std::max(worth, worth_of(passed_factor, reason));
//   worth == FactorWorth::weak      // weak ones and no other
namespace simwarden {

// "knowledge", "possession", "inherence" or "evidence"; "" of what is no word
// of auth.factors[].type.
std::string_view factor_category(std::string_view type);

// What others find out or bring about beforehand: questions, biographical and
// account details.
bool is_weak_factor(std::string_view type);

// What a passed factor proves, as reports count it.
enum class FactorKind : uint8_t {
  replaced_number,  // a code to the number that is being replaced
  other_code,       // a code or a call to somewhere else
  knowledge,        // PIN, password, questions
  app,              // app, passkey
  document,         // in person, or a digital identity
  biometric,
  other,  // no word of auth.factors[].type
};
inline constexpr size_t kFactorKinds = size_t(FactorKind::other) + 1;

// `destination`: where it went, a word of auth.factors[].destination_type.
FactorKind factor_kind(std::string_view type, std::string_view destination);

// In the words of its record; "" where there is none, or one that nobody knows.
struct PassedFactor {
  std::string_view type;
  std::string_view category;
  std::string_view destination;  // its type
};

enum class FactorWorth : uint8_t {
  nothing,      // none has passed: a missing factor, not a weak one
  weak,         // easy to know, or it went to a SIM that others hold
  open_type,    // may be weak: it does not say what it is
  open_reason,  // may be weak: why the SIM is replaced is not recorded
  strong,
};
constexpr bool is_open(FactorWorth worth) {
  return worth == FactorWorth::open_type || worth == FactorWorth::open_reason;
}

// `reason`: why the SIM is replaced.
FactorWorth worth_of(const PassedFactor& factor, std::string_view reason);

}  // namespace simwarden
