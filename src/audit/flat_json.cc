// SPDX-License-Identifier: Apache-2.0
#include "audit/flat_json.h"

#include <charconv>

namespace simwarden {
namespace {

struct Pair {
  std::string_view key;
  std::string_view value;
};

// Takes one string off the front, quotes and all.
std::string_view take_string(std::string_view& rest) {
  size_t end = 1;
  while (end < rest.size() && rest[end] != '"') {
    end += rest[end] == '\\' ? 2 : 1;
  }
  const std::string_view taken = rest.substr(0, end + 1);
  rest.remove_prefix(taken.size());
  return taken;
}

std::string_view unquoted(std::string_view text) {
  const bool quoted =
      text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// False at the end, or where it is no object of ours.
bool take_pair(std::string_view& rest, Pair& pair) {
  if (rest.empty() || (rest.front() != '{' && rest.front() != ',')) {
    return false;
  }
  rest.remove_prefix(1);
  if (!rest.starts_with('"')) return false;
  pair.key = unquoted(take_string(rest));
  if (!rest.starts_with(':')) return false;
  rest.remove_prefix(1);
  if (rest.starts_with('"')) {
    pair.value = unquoted(take_string(rest));
    return true;
  }
  pair.value = rest.substr(0, rest.find_first_of(",}"));
  rest.remove_prefix(pair.value.size());
  return true;
}

}  // namespace

std::string_view flat_value(std::string_view object, std::string_view key) {
  Pair pair;
  while (take_pair(object, pair)) {
    if (pair.key == key) return pair.value;
  }
  return {};
}

int64_t flat_number(std::string_view object, std::string_view key) {
  const std::string_view digits = flat_value(object, key);
  int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

void add_to_number(std::string& object, std::string_view key, int64_t by) {
  if (by == 0) return;
  const std::string_view digits = flat_value(object, key);
  if (digits.empty()) return;
  const size_t at = size_t(digits.data() - object.data());
  const size_t size = digits.size();
  const int64_t number = flat_number(object, key);
  object.replace(at, size, std::to_string(number + by));
}

std::string_view changed_key(std::string_view before, std::string_view now) {
  Pair was;
  Pair is;
  while (take_pair(before, was)) {
    if (!take_pair(now, is) || was.key != is.key || was.value != is.value) {
      return was.key;
    }
  }
  return {};
}

}  // namespace simwarden
