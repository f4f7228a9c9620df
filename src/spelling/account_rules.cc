// SPDX-License-Identifier: Apache-2.0
#include "spelling/account_rules.h"

#include <algorithm>
#include <array>

#include "text/look_around.h"

namespace simwarden {
namespace {

// Lengths: the messengers' own limits where known, domain notes D.1.
constexpr std::array kRules = {
    AccountRule{"telegram", 5, 32, "_", true, 8, 15, true, "@"},
    AccountRule{"whatsapp", 0, 0, "", true, 8, 15, true},
    AccountRule{"wechat", 6, 20, "_-", true, 6, 11, false},
    AccountRule{"qq", 0, 0, "", true, 5, 11, false},
    AccountRule{"line", 4, 20, "._-", false, 0, 0, false},
    AccountRule{"signal", 6, 35, "._", true, 8, 15, true},
    AccountRule{"viber", 0, 0, "", true, 8, 15, true},
    AccountRule{"zalo", 0, 0, "", true, 8, 15, true},
    AccountRule{"discord", 3, 32, "._#", true, 0, 0, false},
    AccountRule{"kakao", 4, 20, "._-", false, 0, 0, false},
    AccountRule{"skype", 6, 32, "._-:", true, 0, 0, false},
    AccountRule{"instagram", 3, 30, "._", false, 0, 0, false, "@"},
    // Of no named service: as long as Telegram's.
    AccountRule{"handle", 5, 32, "_", true, 0, 0, false, "@"},
};

}  // namespace

const AccountRule* account_rule_of(std::string_view kind) {
  const auto* found =
      std::find_if(kRules.begin(), kRules.end(),
                   [&](const AccountRule& r) { return r.kind == kind; });
  return found == kRules.end() ? nullptr : found;
}

bool is_flight(std::string_view name) {
  size_t letters = 0;
  while (letters < name.size() && is_letter(name[letters])) ++letters;
  const std::string_view rest = name.substr(letters);
  return letters <= 3 && rest.size() <= 4 &&
         std::all_of(rest.begin(), rest.end(), is_digit);
}

bool is_signal_name(std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == name.npos || dot < 3 || name.size() - dot < 3) return false;
  const std::string_view number = name.substr(dot + 1);
  return std::all_of(number.begin(), number.end(), is_digit);
}

bool is_tagged(std::string_view name) {
  constexpr size_t kDigits = 4;
  const size_t sign = name.rfind('#');
  return sign != name.npos && name.size() - sign == kDigits + 1 &&
         std::all_of(name.end() - kDigits, name.end(), is_digit);
}

bool names_a_number(std::string_view label) {
  return label.ends_with("号") || label == "zangi" || label == "زنگی" ||
         label == "icq";
}

bool is_behind_number_label(std::string_view text, size_t i) {
  constexpr std::array<std::string_view, 16> kLabels = {
      "qq",     "qq号",  "q号", "扣扣", "抠抠", "企鹅", "扣号", "蝙蝠号",
      "土豆号", "bat号", "加q", "加扣", "加抠", "加v",  "加vx", "加wx"};
  constexpr size_t kSignsMax = 2;
  for (size_t n = 0; n < kSignsMax && is_one_of(before(text, i), " :"); ++n) {
    --i;
  }
  return std::any_of(kLabels.begin(), kLabels.end(), [&](auto label) {
    return i >= label.size() && starts_at(text, i - label.size(), label) &&
           is_parted_before(text, i - label.size());
  });
}

bool hides_its_users(std::string_view label) {
  return label == "蝙蝠号" || label == "bat号" || label == "土豆号";
}

bool has_telling_sign(std::string_view name) {
  return std::any_of(name.begin(), name.end(),
                     [](char c) { return !is_letter(c); });
}

bool is_dotted_name(std::string_view name) {
  constexpr size_t kLettersMin = 3;
  size_t letters = 0;
  while (is_letter(at(name, letters))) ++letters;
  return letters >= kLettersMin && at(name, letters) == '.' &&
         is_letter(at(name, letters + 1));
}

bool is_aside_of_number(std::string_view text, size_t begin, size_t end,
                        const AccountRule& rule) {
  const bool numbered = rule.kind == "wechat" || rule.kind == "qq";
  return numbered && before(text, begin) == '(' && at(text, end) == ')';
}

}  // namespace simwarden
