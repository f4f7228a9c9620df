// SPDX-License-Identifier: Apache-2.0
#include "spelling/spoken_hosts.h"

#include <algorithm>
#include <array>
#include <vector>

#include "spelling/tables.h"
#include "text/look_around.h"
#include "text/tables.h"

namespace simwarden {
namespace {

// One part of a host and a way to say it.
struct Spoken {
  std::string_view text;
  std::string_view part;
};

const std::vector<Spoken>& spoken() {
  static const std::vector<Spoken> kSpoken = [] {
    std::vector<Spoken> all;
    for (const TableRow& row : rows_of(tables::spoken_hosts, 2)) {
      for (std::string_view rest = row[1]; !rest.empty();) {
        const size_t end = std::min(rest.find(','), rest.size());
        all.push_back({trimmed(rest.substr(0, end)), row[0]});
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return all;
  }();
  return kSpoken;
}

// The hosts that are made of them.
constexpr std::array<std::string_view, 9> kHosts = {
    "t.me",  "wa.me",  "line.me",    "vk.me",      "m.me",
    "ig.me", "vk.com", "discord.gg", "telegram.me"};

// Over the signs between a part and the dot: "тэ-точка-мэ".
bool is_between(char c) {
  return is_one_of(c, " -");
}

// The longest name of a part that ends at `i`.
const Spoken* label_before(std::string_view t, size_t i) {
  const Spoken* longest = nullptr;
  for (const Spoken& one : spoken()) {
    const size_t size = one.text.size();
    if (one.part[0] == '.' || size > i) continue;
    if (longest != nullptr && size <= longest->text.size()) continue;
    if (starts_at(t, i - size, one.text) && is_parted_before(t, i - size)) {
      longest = &one;
    }
  }
  return longest;
}

const Spoken* ending_at(std::string_view t, size_t i) {
  const Spoken* longest = nullptr;
  for (const Spoken& one : spoken()) {
    const size_t size = one.text.size();
    if (one.part[0] != '.' || !starts_at(t, i, one.text)) continue;
    if (longest != nullptr && size <= longest->text.size()) continue;
    if (is_parted_behind(t, i + size)) longest = &one;
  }
  return longest;
}

}  // namespace

SpokenHost spoken_host_around(std::string_view t, Range dot) {
  const size_t left =
      is_between(before(t, dot.begin)) ? dot.begin - 1 : dot.begin;
  const size_t right = is_between(at(t, dot.end)) ? dot.end + 1 : dot.end;
  const Spoken* ending = ending_at(t, right);
  if (ending == nullptr) return {};
  const Spoken* label = label_before(t, left);
  if (label == nullptr) return {};
  const std::string host = std::string(label->part) + std::string(ending->part);
  if (!is_one_of(host, kHosts)) return {};
  return {{left - label->text.size(), right + ending->text.size()}, host};
}

}  // namespace simwarden
