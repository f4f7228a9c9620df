// SPDX-License-Identifier: Apache-2.0
#include "mail/shown_names.h"

#include <algorithm>
#include <cstddef>

#include "diag/ascii.h"
#include "mail/words.h"

namespace simwarden {
namespace {

// "demo_anna@mail.example", in brackets or quotes too. Nothing else may stand
// in the word: it would go with the address.
bool is_mail_address(std::string_view word) {
  word = trimmed(word, "<>()\"',;:");
  const size_t at = word.find('@');
  return at != word.npos && at > 0 && word.find('.', at) != word.npos &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return is_ascii_word(c) || c == '.' || c == '+' || c == '-' ||
                  c == '@';
         });
}

// "demo.example/order".
bool is_page(std::string_view name) {
  const size_t dot = name.find('.');
  return dot != name.npos && name.find('/', dot) != name.npos;
}

}  // namespace

std::string without_addresses(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::string_view word = name.substr(0, name.find(' '));
    name.remove_prefix(std::min(word.size() + 1, name.size()));
    if (is_mail_address(word)) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

bool is_advert(std::string_view name) {
  constexpr ptrdiff_t kBlanksMin = 4;
  constexpr ptrdiff_t kAsciiMin = 4;  // letters and digits, beside
  constexpr ptrdiff_t kOtherMin = 6;  // bytes of others: two Chinese words
  const auto count = [&](auto is) {
    return std::count_if(name.begin(), name.end(), is);
  };
  const auto blanks = count([](char c) { return c == ' '; });
  if (blanks >= kBlanksMin) return true;
  if (is_ascii(name)) {
    return is_page(name) ||
           (blanks > 0 && name.find_first_of("@/_") != name.npos);
  }
  const auto ascii = count(is_ascii_letter) + count(is_digit);
  const auto other = count([](char c) { return (c & 0x80) != 0; });
  return ascii >= kAsciiMin && other >= kOtherMin;
}

}  // namespace simwarden
