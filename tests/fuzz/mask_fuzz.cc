// SPDX-License-Identifier: Apache-2.0
// Masked text has as many code points as the text, leaves no long number in
// clear.
#include "diag/characters.h"
#include "fuzz/input.h"
#include "notation/utf8.h"
#include "privacy/masks.h"

using namespace simwarden;

namespace {

// Shorter numbers are dates and hotlines; longer ones can be amounts up to
// the second bound. Hosts and handles stay whatever they are made of.
constexpr size_t kDigitsInClearMax = 6;
constexpr size_t kAmountDigitsMax = 9;

bool is_spared_word(std::string_view word) {
  const bool has_letter =
      word.find_first_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
          "_") != word.npos;
  return has_letter && word.find_first_of("@.:") != word.npos;
}

bool has_currency(std::string_view text) {
  constexpr std::string_view kSigns[] = {
      "$",  "¥",  "￥", "€",  "£",    "₹",   "₦",   "₱",   "฿",   "₩",     "元",
      "圆", "块", "円", "원", "yuan", "rmb", "cny", "usd", "eur", "dollar"};
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
  });
  return std::any_of(
      std::begin(kSigns), std::end(kSigns),
      [&](std::string_view sign) { return small.find(sign) != small.npos; });
}

// A number in clear that should not be.
bool leaks(std::string_view masked, bool amounts) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kBlanks = " \t\r\n";
  for (size_t at = 0;;) {
    const size_t begin = masked.find_first_of(kDigits, at);
    if (begin == masked.npos) return false;
    at = std::min(masked.find_first_not_of(kDigits, begin), masked.size());
    const size_t size = at - begin;
    if (size <= kDigitsInClearMax) continue;
    if (amounts && size <= kAmountDigitsMax) continue;
    const size_t word = masked.find_last_of(kBlanks, begin) + 1;
    const size_t end =
        std::min(masked.find_first_of(kBlanks, at), masked.size());
    if (!is_spared_word(masked.substr(word, end - word))) return true;
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = fuzz::as_text(data, size);
  const std::string masked = mask_text(text);
  CHECK(!leaks(masked, has_currency(text)), "no long number in clear");
  if (utf8_prefix(text) == text.size()) {
    CHECK(count_characters(masked) == count_characters(text), "spans line up");
    CHECK(utf8_prefix(masked) == masked.size(), "no character is cut");
  }
  for (int mask = 0; mask <= int(Mask::free_text); ++mask) {
    (void)mask_value(text, Mask(mask));
  }
  if (size < 2) return 0;
  const size_t begin = data[0] % size;
  (void)mask_excerpt(text, begin, begin + data[1] % (size - begin + 1));
  return 0;
}
