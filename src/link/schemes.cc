// SPDX-License-Identifier: Apache-2.0
#include "link/schemes.h"

#include <algorithm>
#include <array>

#include "text/look_around.h"

namespace simwarden {
namespace {

struct AppScheme {
  std::string_view scheme;
  std::string_view starts;  // "" for anything that is no space
};

constexpr std::array kApps = {
    AppScheme{"tg", "resolve"},     AppScheme{"tg", "join"},
    AppScheme{"tg", "addlist"},     AppScheme{"tg", "msg"},
    AppScheme{"tg", "user"},        AppScheme{"mailto", ""},
    AppScheme{"whatsapp", "send"},  AppScheme{"market", "details"},
    AppScheme{"intent", "#"},       AppScheme{"smsto", "+"},
    AppScheme{"sms", "+"},          AppScheme{"tel", "+"},
    AppScheme{"mmsto", "+"},        AppScheme{"facetime", "+"},
    AppScheme{"itms-services", "?"}};

// Of "https" and "http", with a letter lost or doubled.
constexpr std::array<std::string_view, 9> kMistyped = {
    "ttps",   "htps",  "htpps",  "ttp",  "htp",
    "htttps", "htttp", "hhttps", "hhttp"};

}  // namespace

bool is_scheme_char(char c) {
  return is_alnum(c) || is_one_of(c, "+-.*");
}

std::string real_scheme(std::string_view written) {
  if (written == "hxxp" || written == "h**p") return "http";
  if (written == "hxxps" || written == "h**ps") return "https";
  return is_one_of(written, kMistyped) ? "https" : std::string(written);
}

size_t scheme_begin(std::string_view word) {
  for (const std::string_view name :
       {"https", "hxxps", "h**ps", "http", "hxxp", "h**p"}) {
    if (word.ends_with(name)) return word.size() - name.size();
  }
  return 0;
}

bool is_app_link(std::string_view t, size_t i, std::string_view scheme) {
  return std::any_of(kApps.begin(), kApps.end(), [&](const AppScheme& app) {
    return app.scheme == scheme && starts_at(t, i, app.starts);
  });
}

}  // namespace simwarden
