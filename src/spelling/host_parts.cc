// SPDX-License-Identifier: Apache-2.0
#include "spelling/host_parts.h"

#include <string>

#include "link/hosts.h"
#include "spelling/host_endings.h"
#include "spelling/placed_signs.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kLabelMax = 63;  // RFC 1035, 2.3.4

}  // namespace

LabelBefore label_before(std::string_view t, size_t i) {
  LabelBefore label{i};
  while (label.begin > 0 && i - label.begin < kLabelMax) {
    const char c = t[label.begin - 1];
    if (!is_alnum(c) && c != '-') break;
    label.letter = label.letter || is_letter(c);
    label.telling = label.telling || !is_letter(c);
    --label.begin;
  }
  return label;
}

size_t behind_label(std::string_view t, size_t i) {
  size_t k = i;
  while (k - i < kLabelMax && (is_alnum(at(t, k)) || at(t, k) == '-')) ++k;
  return k;
}

std::string_view ending_letters(std::string_view t, size_t i) {
  constexpr size_t kEndingMax = 8;
  size_t end = i;
  while (end < t.size() && end - i < kEndingMax && is_letter(t[end])) ++end;
  return t.substr(i, end - i);
}

bool is_ending(std::string_view t, size_t i, Endings endings) {
  const std::string_view word = ending_letters(t, i);
  const char next = at(t, i + word.size());
  if (is_alnum(next) || next == '-' || next == '_') return false;
  if (is_host_ending(word)) return true;
  return endings == Endings::all && word.size() >= 2 &&
         is_known_suffix(std::string(word));
}

bool is_host_at(std::string_view t, size_t i, Endings endings) {
  for (size_t n = 0; n < kHostLabelsMax; ++n) {
    const size_t behind = behind_label(t, i);
    if (behind == i) return false;
    if (at(t, behind) == '.') return is_ending(t, behind + 1, endings);
    size_t next = behind;
    while (next - behind < kSideMax && is_one_of(at(t, next), " ,([{'\"")) {
      ++next;
    }
    const Sign sign = sign_at(t, next);
    if (sign.size == 0 || sign.begin > next) return false;
    if (sign.sign == '.' && is_ending(t, sign.end, endings)) return true;
    if (sign.sign == '.' && spelled_ending_at(t, sign.end).size != 0) {
      return true;
    }
    if (sign.sign == '.' && endings == Endings::of_adverts) return false;
    if (sign.sign != '-' && sign.sign != '.') return false;
    i = sign.end;
  }
  return false;
}

}  // namespace simwarden
