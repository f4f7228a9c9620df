// SPDX-License-Identifier: Apache-2.0
#include "spelling/joined_hosts.h"

#include "spelling/asked_hosts.h"
#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kWordsMax = 3;  // of a name, beside its last one
constexpr size_t kSignsMax = 3;  // between the ending and what is said of it
constexpr std::string_view kAt = " at ";

size_t letters_end(std::string_view t, size_t i) {
  while (is_letter(at(t, i))) ++i;
  return i;
}

bool is_said_joined(std::string_view t, size_t i) {
  for (size_t n = 0; n < kSignsMax && is_one_of(at(t, i), " ,;:.(-"); ++n) ++i;
  return told_behind(Saying::joined, t, i) != 0;
}

// Where the name begins whose last word ends at `end`: behind a word or a sign
// that leads to it, or one word in front.
size_t name_begin(std::string_view t, size_t end) {
  const size_t last = label_before(t, end).begin;
  size_t begin = last;
  size_t second = last;
  for (size_t n = 0; n <= kWordsMax; ++n) {
    if (begin == 0) return second;
    if (before(t, begin) != ' ') return begin;
    if (leads_to_host(t, begin - 1)) return begin;
    const size_t next = label_before(t, begin - 1).begin;
    if (next == begin - 1) return begin;
    begin = next;
    if (n == 0) second = begin;
  }
  return second;
}

std::string without_spaces(std::string_view text) {
  std::string joined;
  for (const char c : text) {
    if (c != ' ') joined.push_back(c);
  }
  return joined;
}

}  // namespace

bool read_joined_host(std::string_view t, Range dot, Respelling& out) {
  const size_t end = letters_end(t, dot.end);
  const size_t label = label_before(t, dot.begin).begin;
  if (label == dot.begin || !is_said_joined(t, end)) return false;
  const bool mail = label > kAt.size() && starts_at(t, label - kAt.size(), kAt);
  const size_t name = mail ? label - kAt.size() : dot.begin;
  const size_t begin = name_begin(t, name);
  if (begin == name) return false;
  std::string with = without_spaces(t.substr(begin, name - begin));
  if (mail) with.append("@").append(t.substr(label, dot.begin - label));
  with.append(".").append(t.substr(dot.end, end - dot.end));
  out = {begin, end, std::move(with), How::spelled_dot};
  return true;
}

bool read_spaced_host(std::string_view t, Range dot, Respelling& out) {
  constexpr size_t kLettersMax = 8;
  std::string ending;
  size_t end = dot.end;
  while (is_letter(at(t, end)) && !is_alnum(at(t, end + 1)) &&
         ending.size() < kLettersMax) {
    ending += t[end++];
    if (at(t, end) != ' ' || !is_letter(at(t, end + 1)) ||
        is_alnum(at(t, end + 2))) {
      break;
    }
    ++end;
  }
  if (ending.size() < 2 || !is_host_ending(ending)) return false;
  std::string label;
  size_t begin = dot.begin;
  while (begin > 0 && is_alnum(t[begin - 1]) &&
         !is_alnum(before(t, begin - 1)) && label.size() < kLettersMax) {
    label.insert(0, 1, t[--begin]);
    if (before(t, begin) != ' ') break;
    --begin;
  }
  if (label.empty()) return false;
  if (before(t, begin + 1) == ' ') ++begin;
  out = {begin, end, label + "." + ending, How::spaced};
  return true;
}

}  // namespace simwarden
