// SPDX-License-Identifier: Apache-2.0
#include "policy/list_slips.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "policy/odd_letters.h"

namespace simwarden {
namespace {

bool has_blank(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ';
  });
}

bool is_url(std::string_view value) {
  return value.find("://") != value.npos;
}

// Hosts are asked for as links have them.
bool can_be_host(std::string_view value) {
  const auto is_sign = [](char c) {
    return is_ascii_letter(c) || is_digit(c) || c == '.' || c == '-' ||
           c == '_';
  };
  const bool in_brackets = value.starts_with('[');  // IPv6
  return in_brackets || (std::all_of(value.begin(), value.end(), is_sign) &&
                         !value.starts_with('.') && !value.ends_with('.'));
}

// Digits are all that is compared: letters ("1-800-SIM") would be lost.
bool can_be_phone(std::string_view value) {
  constexpr std::string_view kSigns = " +-()./*#";
  const auto is_sign = [&](char c) {
    return is_digit(c) || kSigns.find(c) != kSigns.npos;
  };
  return std::all_of(value.begin(), value.end(), is_sign) &&
         std::any_of(value.begin(), value.end(), is_digit);
}

// "telegram:demo_operator", as the eye for contacts asks.
bool is_kind_and_name(std::string_view value) {
  const size_t colon = value.find(':');
  if (colon == 0 || colon == value.npos || colon + 1 == value.size()) {
    return false;
  }
  const std::string_view kind = value.substr(0, colon);
  return std::all_of(kind.begin(), kind.end(), is_ascii_letter) &&
         value[colon + 1] != '@' && !has_blank(value) && !is_url(value);
}

// A list of other handles is asked for what its rules ask.
bool can_be_handle(const NamedList& list, std::string_view value) {
  const bool official =
      list.name == "official_handles" || list.adds_to == "official_handles";
  return official ? is_kind_and_name(value) : !is_url(value);
}

// Values of records have no blanks at their ends, and letters as they are
// typed.
std::optional<ListSlip> odd_slip(std::string_view of, std::string_view value) {
  if (value.empty()) return ListSlip{"an entry is empty", "take it out"};
  if (of != "phone" && without_blank_ends(value).size() != value.size()) {
    return ListSlip{
        fmt::format("'{}' has a blank at an end, which no value has", value),
        "leave it out"};
  }
  auto odd = odd_letter(value);
  if (!odd) return std::nullopt;
  return ListSlip{fmt::format("{}: {}", value, odd->said), odd->help};
}

}  // namespace

std::optional<ListSlip> slip_of(const NamedList& list, std::string_view value) {
  const auto slip = [&](std::string_view what, std::string_view help) {
    return ListSlip{fmt::format("{} is no {}", value, what), std::string(help)};
  };
  const std::string_view of = list.of;
  if (auto odd = odd_slip(of, value)) return odd;
  if ((of == "domain" || of == "host") && !can_be_host(value)) {
    return slip("link's host",
                "write it in punycode, without scheme, port, path or *");
  }
  if (of == "phone" && !can_be_phone(value)) {
    return slip("telephone number",
                "write its digits, with + and the country code where it has "
                "one: '+447700900123', '10086'");
  }
  if (of == "handle" && !can_be_handle(list, value)) {
    return slip("account as it is asked for",
                "write kind and name, without @ and link: "
                "telegram:demo_operator");
  }
  if (of == "app_id" && (is_url(value) || has_blank(value))) {
    return slip("name of an app",
                "write the package or bundle name: com.example.operator");
  }
  return std::nullopt;
}

// Trunk prefix, area and subscriber; shorter ones are short codes.
constexpr size_t kDigitsOfNumberMin = 9;

bool lacks_country_code(std::string_view value) {
  return value.find('+') == value.npos &&
         NamedList::canonical("phone", value).size() >= kDigitsOfNumberMin;
}

bool is_national_number(std::string_view value) {
  constexpr std::array<std::string_view, 3> kAtHomeOnly = {"0800", "0808",
                                                           "0900"};
  if (value.find('+') != value.npos) return false;
  const std::string digits = NamedList::canonical("phone", value);
  const bool at_home_only =
      std::any_of(kAtHomeOnly.begin(), kAtHomeOnly.end(),
                  [&](std::string_view at) { return digits.starts_with(at); });
  return digits.size() >= kDigitsOfNumberMin && digits.starts_with('0') &&
         !digits.starts_with("00") && !at_home_only;
}

}  // namespace simwarden
