// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// What an authentication factor proves, by the word of its type:
//
//   factor_category("otp_sms")     // "possession"
//   factor_category("telepathy")   // ""
namespace simwarden {

// "knowledge", "possession", "inherence" or "evidence"; "" of what is no word
// of auth.factors[].type.
std::string_view factor_category(std::string_view type);

// What others find out or bring about beforehand: questions, biographical and
// account details.
bool is_weak_factor(std::string_view type);

}  // namespace simwarden
