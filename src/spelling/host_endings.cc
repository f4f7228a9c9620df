// SPDX-License-Identifier: Apache-2.0
#include "spelling/host_endings.h"

#include <algorithm>
#include <array>

#include "link/hosts.h"
#include "spelling/spelled_names.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Endings that follow a spelled dot in adverts; a longer list would turn
// sentences into hosts.
constexpr std::array<std::string_view, 64> kEndings = {
    "me",      "com",     "cc",      "cn",   "net",  "org", "top",   "xyz",
    "vip",     "ly",      "io",      "club", "info", "app", "link",  "site",
    "shop",    "online",  "in",      "my",   "ph",   "hk",  "sg",    "tw",
    "ru",      "icu",     "live",    "biz",  "pro",  "fun", "cyou",  "life",
    "invalid", "test",    "example", "co",   "br",   "mx",  "store", "dev",
    "gg",      "tv",      "tk",      "ml",   "cf",   "gq",  "cfd",   "sbs",
    "bet",     "website", "ir",      "vn",   "kr",   "jp",  "pl",    "cz",
    "hu",      "ua",      "kz",      "uz",   "eu",   "uk",  "fr",    "ws"};

constexpr std::array<std::string_view, 5> kWordy = {"me", "in", "my", "test",
                                                    "pro"};

struct Pair {
  std::string_view first;
  std::string_view second;
};

// No sentence of the language goes on so behind the word; "punto es", "punto
// de" are prose.
constexpr std::array kOwn = {
    Pair{"punto", "it"}, Pair{"kropka", "pl"}, Pair{"tečka", "cz"},
    Pair{"bodka", "sk"}, Pair{"chấm", "vn"},   Pair{"punkt", "de"},
    Pair{"point", "fr"}, Pair{"ponto", "br"},  Pair{"titik", "id"},
    Pair{"punct", "ro"}, Pair{"prikk", "no"},  Pair{"piste", "fi"},
    Pair{"točka", "hr"}, Pair{"tačka", "rs"},  Pair{"punto", "mx"},
    Pair{"punto", "ar"}, Pair{"punto", "cl"},  Pair{"punkt", "at"},
    Pair{"punkt", "ch"}, Pair{"punt", "nl"},   Pair{"nokta", "tr"}};
constexpr std::array kAsked = {Pair{"punto", "es"}};

// How people write them by ear.
constexpr std::array kForeign = {
    Pair{"ру", "ru"},    Pair{"ком", "com"},    Pair{"орг", "org"},
    Pair{"コム", "com"}, Pair{"こむ", "com"},   Pair{"컴", "com"},
    Pair{"كوم", "com"},  Pair{"کام", "com"},    Pair{"คอม", "com"},
    Pair{"कॉम", "com"},  Pair{"কম", "com"},     Pair{"קום", "com"},
    Pair{"рф", "рф"},    Pair{"укр", "укр"},    Pair{"آیآر", "ir"},
    Pair{"آی آر", "ir"}, Pair{"ネット", "net"}, Pair{"넷", "net"},
    Pair{"케이알", "kr"}};

// What countries have in front of their own ending.
constexpr std::array<std::string_view, 9> kSecond = {
    "com", "net", "org", "co", "gob", "gov", "gub", "edu", "web"};

template <size_t kSize>
bool is_pair(const std::array<Pair, kSize>& pairs, std::string_view first,
             std::string_view second) {
  return std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
    return pair.first == first && pair.second == second;
  });
}

std::string_view letters_at(std::string_view t, size_t i) {
  size_t end = i;
  while (is_letter(at(t, end))) ++end;
  return i < t.size() ? t.substr(i, end - i) : std::string_view();
}

}  // namespace

bool is_host_ending(std::string_view word) {
  return is_one_of(word, kEndings);
}

bool is_wordy_ending(std::string_view word) {
  return is_one_of(word, kWordy);
}

bool is_own_ending(std::string_view dot, std::string_view ending) {
  return is_pair(kOwn, dot, ending);
}

bool is_asked_ending(std::string_view dot, std::string_view ending) {
  return is_pair(kAsked, dot, ending);
}

SpelledEnding spelled_ending_at(std::string_view t, size_t i) {
  for (const Pair& pair : kForeign) {
    const size_t end = i + pair.first.size();
    if (starts_at(t, i, pair.first) && is_parted_behind(t, end)) {
      return {pair.first.size(), std::string(pair.second)};
    }
  }
  const SpelledName word = spelled_word_at(t, i);
  if (!is_host_ending(word.text)) return {};
  return {word.range.end - i, word.text};
}

SpelledEnding country_ending_at(std::string_view t, size_t i,
                                std::string_view dot) {
  constexpr size_t kCountry = 2;
  const std::string_view second = letters_at(t, i);
  size_t country = i + second.size() + 1;
  if (!is_one_of(second, kSecond) || at(t, country - 1) != ' ') return {};
  const bool told =
      starts_at(t, country, dot) && at(t, country + dot.size()) == ' ';
  if (told) country += dot.size() + 1;
  const std::string_view last = letters_at(t, country);
  const size_t end = country + last.size();
  const size_t next = end + (at(t, end) == ' ' ? 1 : 0);
  const bool goes_on = is_word(code_point_at(t, told ? end : next).c);
  std::string meant = std::string(second) + "." + std::string(last);
  if (last.size() != kCountry || goes_on || !is_known_suffix(meant)) return {};
  return {end - i, std::move(meant)};
}

}  // namespace simwarden
