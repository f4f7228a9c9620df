// SPDX-License-Identifier: Apache-2.0
#include "privacy/secrets.h"

#include <algorithm>

#include "diag/ascii.h"
#include "privacy/signs.h"

// A secret may be written in words, emoji, letters in place of digits or
// escapes. So it is not looked for: every sign in its span is hidden that could
// tell something, which leaves blanks, marks and what is invisible.

namespace simwarden {
namespace {

// A telephone number without its area.
constexpr size_t kNumberDigits = 7;
constexpr size_t kVisible = 2;
// Letters that people write in the place of digits.
constexpr std::string_view kLettersForDigits = "oOlIiSZB";

std::vector<ByteRange> telling_signs(std::string_view text, ByteRange in) {
  std::vector<ByteRange> signs;
  for (size_t at = in.begin; at < in.end;) {
    const size_t begin = at;
    if (is_telling(take_code_point(text, at))) signs.push_back({begin, at});
  }
  return signs;
}

bool stands_for_digit(char c) {
  return kLettersForDigits.find(c) != kLettersForDigits.npos;
}

// From the first digit or plus on, and letters in the place of digits before
// it; everything where none is ("one three eight").
ByteRange number_in(std::string_view text, ByteRange in) {
  size_t at = in.begin;
  while (at < in.end) {
    size_t next = at;
    const char32_t c = take_code_point(text, next);
    if (c == '+' || c == U'＋' || is_any_digit(c)) break;
    at = next;
  }
  if (at == in.end) return in;
  while (at > in.begin && stands_for_digit(text[at - 1])) --at;
  return {at, in.end};
}

// Of any script; an escape ("%34") counts as two.
size_t digits_in(std::string_view text, ByteRange in) {
  size_t count = 0;
  for (size_t at = in.begin; at < in.end;) {
    count += is_any_digit(take_code_point(text, at)) ? 1 : 0;
  }
  return count;
}

// Whether a word stands at the end that is not of letters for digits alone.
bool ends_in_word(std::string_view text) {
  const size_t at = text.find_last_not_of(kLettersForDigits);
  return at != text.npos && is_ascii_letter(text[at]);
}

// "https://…", "wa.example/…". Slashes and the like stand in numbers, too
// ("138<b>0013</b>8000"), and part nothing there.
bool is_link(std::string_view text) {
  const std::string_view head = text.substr(0, text.find_first_of("/?&=#"));
  if (head.size() == text.size()) return false;
  if (text.substr(head.size()).starts_with("//") && head.ends_with(':')) {
    return ends_in_word(head.substr(0, head.size() - 1));
  }
  return head.find('.') != head.npos && ends_in_word(head);
}

// The parts of a link that are long enough for a number; of what is none, all.
std::vector<ByteRange> parts_with_number(std::string_view text, ByteRange in) {
  if (!is_link(text.substr(in.begin, in.end - in.begin))) return {in};
  std::vector<ByteRange> parts;
  for (size_t begin = in.begin; begin < in.end;) {
    const size_t end = std::min(text.find_first_of("/?&=#", begin), in.end);
    if (digits_in(text, {begin, end}) >= kNumberDigits) {
      parts.push_back({begin, end});
    }
    begin = end + 1;
  }
  if (parts.empty()) parts.push_back(in);
  return parts;
}

std::vector<ByteRange> hidden_of_number(std::string_view text, ByteRange in) {
  std::vector<ByteRange> hidden;
  for (const ByteRange& part : parts_with_number(text, in)) {
    const auto signs = telling_signs(text, number_in(text, part));
    const size_t visible = signs.size() > 2 * kVisible ? kVisible : 0;
    hidden.insert(hidden.end(), signs.begin(), signs.end() - long(visible));
  }
  return hidden;
}

// The part before the sign; everything where it is written otherwise.
ByteRange local_part(std::string_view text, ByteRange in) {
  const std::string_view address = text.substr(in.begin, in.end - in.begin);
  size_t end = address.npos;
  for (const std::string_view sign : {"@", "＠", "﹫", "%40"}) {
    end = std::min(end, address.find(sign));
  }
  const std::string_view local = address.substr(0, end);
  const size_t colon = local.rfind(':');  // "mailto:"
  const size_t begin = colon == local.npos ? 0 : colon + 1;
  return {in.begin + begin, in.begin + local.size()};
}

std::vector<ByteRange> hidden_of_address(std::string_view text, ByteRange in) {
  std::vector<ByteRange> signs = telling_signs(text, local_part(text, in));
  if (signs.size() >= kAddressShownMin) signs.erase(signs.begin());
  return signs;
}

}  // namespace

std::vector<ByteRange> hidden_in(std::string_view text, const Secret& secret) {
  const ByteRange in{secret.begin, secret.end};
  switch (secret.is) {
    case Secret::Is::number: return hidden_of_number(text, in);
    case Secret::Is::address: return hidden_of_address(text, in);
    case Secret::Is::code: break;
  }
  return telling_signs(text, in);
}

}  // namespace simwarden
