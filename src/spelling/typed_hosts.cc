// SPDX-License-Identifier: Apache-2.0
#include "spelling/typed_hosts.h"

#include <algorithm>
#include <array>
#include <string>

#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

struct Typed {
  std::string_view typed;
  std::string_view meant;
};

constexpr std::array kEndings = {Typed{"c0m", "com"}, Typed{"c.o.m", "com"},
                                 Typed{"c o m", "com"}, Typed{"n3t", "net"},
                                 Typed{"0rg", "org"}};

constexpr size_t kLabelMin = 3;

bool goes_on(std::string_view t, size_t i) {
  return is_alnum(at(t, i)) || is_one_of(at(t, i), "-_@") ||
         (at(t, i) == '.' && is_alnum(at(t, i + 1)));
}

// An ending that is no word of a sentence.
bool is_sure_ending(std::string_view word) {
  return is_host_ending(word) && !is_wordy_ending(word);
}

// "www-demo-sim-com": the dots are the first sign and the last.
bool read_joined_www(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kWww = 4;  // with its sign
  const char sign = t[i + kWww - 1];
  size_t end = i + kWww;
  size_t last = end;
  for (; is_alnum(at(t, end)) || at(t, end) == sign; ++end) {
    if (t[end] == sign) last = end;
  }
  const std::string_view label = t.substr(i + kWww, last - (i + kWww));
  if (label.size() < kLabelMin || goes_on(t, end)) return false;
  const std::string_view ending = t.substr(last + 1, end - last - 1);
  if (!is_sure_ending(ending)) return false;
  out = {i, end, "www." + std::string(label) + "." + std::string(ending),
         How::spelled_dot};
  return true;
}

}  // namespace

bool may_be_typed_ending(std::string_view t, size_t dot) {
  const char second = at(t, dot + 2);
  switch (at(t, dot + 1)) {
    case 'c': return is_one_of(second, "0. ");
    case 'n': return second == '3';
    case '0': return second == 'r';
    default: return false;
  }
}

bool read_typed_ending(std::string_view t, size_t dot, Respelling& out) {
  if (dot - label_before(t, dot).begin < kLabelMin) return false;
  for (const Typed& one : kEndings) {
    const size_t end = dot + 1 + one.typed.size();
    if (!starts_at(t, dot + 1, one.typed) || goes_on(t, end)) continue;
    out = {dot + 1, end, std::string(one.meant), How::spelled_dot};
    return true;
  }
  return false;
}

bool may_be_typed_www(std::string_view t, size_t i) {
  const bool begins =
      i == 0 || is_one_of(t[i - 1], " ([{") || !is_ascii(t[i - 1]);
  return starts_at(t, i, "www") && is_one_of(at(t, i + 3), " ,-_") && begins;
}

bool read_typed_www(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kLabelsMax = 3;
  if (is_one_of(t[i + 3], "-_")) return read_joined_www(t, i, out);
  out = {i, i + 3, "www", How::spelled_dot};
  for (size_t n = 0; n <= kLabelsMax && at(t, out.end) == t[i + 3]; ++n) {
    const size_t end = behind_label(t, out.end + 1);
    const std::string_view label = t.substr(out.end + 1, end - out.end - 1);
    if (label.empty()) return false;
    const bool ends = n > 0 && is_sure_ending(label) && !goes_on(t, end);
    if (!ends && label.size() < kLabelMin) return false;
    out.with += "." + std::string(label);
    out.end = end;
    if (ends) return true;
  }
  return false;
}

bool read_comma_host(std::string_view t, size_t slash, Respelling& out) {
  constexpr std::string_view kCom = "com";
  const size_t com = slash - std::min(slash, kCom.size());
  if (!starts_at(t, com, kCom) || !is_alnum(at(t, slash + 1))) return false;
  const size_t space = before(t, com) == ' ' ? com - 1 : com;
  const char sign = before(t, space);
  if (sign != (space == com ? ',' : '.')) return false;
  const LabelBefore label = label_before(t, space - 1);
  const bool prose =
      starts_at(t, slash, "/sem ") || starts_at(t, slash, "/de ");
  if (space - 1 - label.begin < kLabelMin || !label.letter || prose ||
      is_one_of(before(t, label.begin), "./@_")) {
    return false;
  }
  out = {space - 1, com, ".", How::spelled_dot};
  return true;
}

}  // namespace simwarden
