// SPDX-License-Identifier: Apache-2.0
#include "contact/account_keys.h"

#include <algorithm>

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

size_t hex_digits_at(std::string_view t, size_t i) {
  return std::min(t.find_first_not_of(kHex, i), t.size()) - i;
}

// Behind so many hexadecimal digits that begin at `i`, as people part them; 0
// where there are more or fewer.
size_t behind_parted_hex(std::string_view t, size_t i, size_t digits) {
  size_t found = 0;
  while (found < digits) {
    const size_t group = hex_digits_at(t, i);
    const bool space = found > 0 && at(t, i - 1) == ' ';
    constexpr size_t kGroupMin = 4;
    if (group == 0 || (space && group < kGroupMin)) return 0;
    found += group;
    i += group;
    if (found < digits && is_one_of(at(t, i), " -")) ++i;
  }
  return found == digits && !is_alnum(at(t, i)) ? i : 0;
}
}  // namespace

size_t account_key_at(std::string_view t, size_t i) {
  constexpr size_t kKeySize = 66;
  constexpr size_t kReach = 40;
  if (!starts_at(t, i, "05") || is_alnum(before(t, i))) return 0;
  const size_t from = i - std::min(i, kReach);
  if (t.substr(from, i - from).find("session") == t.npos) return 0;
  const size_t end = behind_parted_hex(t, i, kKeySize);
  return end == 0 ? 0 : end - i;
}

size_t service_key_at(const Scene& scene, std::string_view service, size_t i) {
  constexpr size_t kToxSize = 76;
  constexpr size_t kThreemaSize = 8;
  const std::string_view t = scene.text();
  size_t end = i;
  while (is_alnum(at(t, end))) ++end;
  const Range key{i, end};
  if (service.starts_with("tox")) {
    const bool hex = hex_digits_at(t, i) == kToxSize;
    return hex && end - i == kToxSize ? kToxSize : 0;
  }
  if (service != "threema" || end - i != kThreemaSize) return 0;
  const std::string_view written = scene.raw(key);
  const bool small = std::any_of(written.begin(), written.end(), is_small);
  const bool figure = std::any_of(written.begin(), written.end(), is_digit);
  return figure && !small ? kThreemaSize : 0;
}

}  // namespace simwarden
