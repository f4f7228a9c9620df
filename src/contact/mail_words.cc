// SPDX-License-Identifier: Apache-2.0
#include "contact/mail_words.h"

#include <array>

#include "contact/ascii.h"
#include "contact/spelled_signs.h"
#include "contact/told_words.h"

namespace simwarden {
namespace {

constexpr size_t kNameMin = 3;
constexpr size_t kNameMax = 64;  // RFC 5321, 4.5.3.1.1
// Bytes in front of the name.
constexpr size_t kReach = 32;

// Who is written to is no name: "contact us at", "find me at".
constexpr std::array<std::string_view, 23> kOthers = {
    "you",    "him",     "her",      "them", "here",  "there",
    "now",    "back",    "up",       "look", "team",  "directly",
    "online", "anytime", "today",    "out",  "staff", "questions",
    "mail",   "email",   "tomorrow", "one",  "again"};

bool is_local(char c) {
  return is_alnum(c) || is_one_of(c, "._-+");
}

size_t name_begin(std::string_view t, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin < kNameMax && is_local(t[begin - 1])) --begin;
  return begin;
}

bool is_asked(std::string_view t, size_t begin) {
  const size_t from = begin - std::min(begin, kReach);
  return told_words(Saying::mail).found_in(t.substr(from, begin - from));
}

// "example.com", with an ending that people write.
bool is_host(std::string_view t, size_t i) {
  constexpr size_t kHostMax = 253;  // RFC 1035, 2.3.4
  size_t end = i;
  while (end - i < kHostMax &&
         (is_alnum(at(t, end)) || is_one_of(at(t, end), ".-"))) {
    ++end;
  }
  const std::string_view host = t.substr(i, end - i);
  const size_t dot = host.rfind('.');
  return dot != host.npos && dot > 0 && is_host_ending(host.substr(dot + 1));
}

}  // namespace

bool is_mailed_name(std::string_view t, size_t end) {
  const size_t begin = name_begin(t, end);
  const std::string_view name = t.substr(begin, end - begin);
  return name.size() >= kNameMin && is_letter(name[0]) &&
         !is_one_of(name, kOthers) && is_asked(t, begin);
}

bool read_apart_at(std::string_view t, size_t i, Respelling& out) {
  const size_t left = before(t, i) == ' ' ? i - 1 : i;
  const size_t right = at(t, i + 1) == ' ' ? i + 2 : i + 1;
  if (left == i && right == i + 1) return false;
  const size_t begin = name_begin(t, left);
  const bool name = left - begin >= kNameMin && is_letter(t[begin]);
  if (!name || !is_host(t, right)) return false;
  const bool telling = t.substr(begin, left - begin).find_first_of("._") !=
                       std::string_view::npos;
  if (left != i && !telling && !is_mailed_name(t, left)) return false;
  out = {left, right, "@", How::spaced};
  return true;
}

}  // namespace simwarden
