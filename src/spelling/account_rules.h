// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace simwarden {

// How accounts of a messenger look.
struct AccountRule {
  std::string_view kind;
  size_t name_min = 0;  // 0: it has no names
  size_t name_max = 0;
  std::string_view signs;  // in names, beside letters and digits
  bool letter_first = true;
  size_t digits_min = 0;  // 0: it has no numbers
  size_t digits_max = 0;
  bool is_phone = false;    // the number is a telephone number
  std::string_view prefix;  // of the canonical name
};

// Of the kind, or nullptr.
const AccountRule* account_rule_of(std::string_view kind);

// Letters of a flight or an order: "ca1234", "no12".
bool is_flight(std::string_view name);
// "demo_x.42": Signal puts a number behind a dot.
bool is_signal_name(std::string_view name);
// "demo#0001", as Discord named people.
bool is_tagged(std::string_view name);
// "demo.kai": three letters and more in front; no "v1.2".
bool is_dotted_name(std::string_view name);
// 蝙蝠号, "zangi": a service by whose name a number is an account.
bool names_a_number(std::string_view label);
// A name of a service whose accounts are numbers ends at `i`, or in front of
// the colon there: "QQ: ", 蝙蝠号.
bool is_behind_number_label(std::string_view text, size_t i);
// 蝙蝠号: of a messenger for those who want to be found by nobody else.
bool hides_its_users(std::string_view label);
bool has_telling_sign(std::string_view name);

// "13800138000(微信)", "1000100010 (QQ)": the service, at [begin, end), alone
// in brackets.
bool is_aside_of_number(std::string_view text, size_t begin, size_t end,
                        const AccountRule& rule);

}  // namespace simwarden
