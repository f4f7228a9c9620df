// SPDX-License-Identifier: Apache-2.0
#include "contact/host_endings.h"

#include <algorithm>
#include <array>

#include "contact/ascii.h"

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
    Pair{"točka", "hr"}, Pair{"tačka", "rs"}};

// How people write them by ear.
constexpr std::array kForeign = {
    Pair{"ру", "ru"},    Pair{"ком", "com"},  Pair{"орг", "org"},
    Pair{"コム", "com"}, Pair{"こむ", "com"}, Pair{"컴", "com"},
    Pair{"كوم", "com"},  Pair{"کام", "com"},  Pair{"คอม", "com"},
    Pair{"कॉम", "com"},  Pair{"কম", "com"},   Pair{"קום", "com"}};

}  // namespace

bool is_host_ending(std::string_view word) {
  return is_one_of(word, kEndings);
}

bool is_wordy_ending(std::string_view word) {
  return is_one_of(word, kWordy);
}

bool is_own_ending(std::string_view dot, std::string_view ending) {
  return std::any_of(kOwn.begin(), kOwn.end(), [&](const Pair& pair) {
    return pair.first == dot && pair.second == ending;
  });
}

ForeignEnding foreign_ending_at(std::string_view t, size_t i) {
  if (is_ascii(at(t, i))) return {};
  for (const Pair& pair : kForeign) {
    const size_t end = i + pair.first.size();
    if (starts_at(t, i, pair.first) && is_parted_behind(t, end)) {
      return {pair.first.size(), pair.second};
    }
  }
  return {};
}

}  // namespace simwarden
