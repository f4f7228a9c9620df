// SPDX-License-Identifier: Apache-2.0
#include "spelling/told_hosts.h"

#include <algorithm>
#include <array>

#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// From the word for the dot to the one for "between".
constexpr size_t kBetweenReach = 40;
// From the host to the word for the dot: "(zwischen die beiden Wörter einen …".
constexpr size_t kHostReach = 48;
constexpr size_t kLabelMin = 5;  // shorter ones are words of a sentence

// "and", as it stands between the two.
constexpr std::array kAnd = {"and"sv, "y"sv,  "e"sv,  "et"sv, "und"sv, "en"sv,
                             "i"sv,   "og"sv, "ve"sv, "и"sv,  "和"sv,  "와"sv};

// "demoshop,com (a dot for the comma)".
bool is_gap(char c) {
  return c == ' ' || c == ',';
}

bool is_between_told(std::string_view t, Range dot) {
  const size_t from = dot.begin - std::min(dot.begin, kBetweenReach);
  const Words& words = told_words(Saying::between);
  return words.found_in(t.substr(from, dot.begin - from)) ||
         words.found_in(t.substr(dot.end, kBetweenReach));
}

// "my demoshop", "the flower shop" is somebody's shop.
bool is_owned(std::string_view t, size_t label) {
  constexpr std::array kOwners = {"the"sv, "a"sv,   "my"sv,   "our"sv, "your"sv,
                                  "el"sv,  "la"sv,  "una"sv,  "le"sv,  "der"sv,
                                  "die"sv, "das"sv, "this"sv, "new"sv, "any"sv};
  if (before(t, label) != ' ') return false;
  const size_t begin = label_before(t, label - 1).begin;
  return is_one_of(t.substr(begin, label - 1 - begin), kOwners);
}

// Where the word that ends at `end` begins behind "and", else `end`.
size_t skip_and(std::string_view t, size_t end) {
  for (const std::string_view word : kAnd) {
    if (end <= word.size() + 1 || t[end - word.size() - 1] != ' ') continue;
    if (starts_at(t, end - word.size(), word)) return end - word.size() - 1;
  }
  return end;
}

// "demoshop com" with its ending at `ending`, or "demoshop and com".
bool read_pair(std::string_view t, size_t ending, Respelling& out) {
  const std::string_view letters = ending_letters(t, ending);
  if (!is_ending(t, ending, Endings::of_adverts)) return false;
  if (is_wordy_ending(letters) || !is_gap(before(t, ending))) return false;
  const size_t end = skip_and(t, ending - 1);
  const LabelBefore label = label_before(t, end);
  if (!label.letter || end - label.begin < kLabelMin) return false;
  if (!is_parted_before(t, label.begin) || is_owned(t, label.begin)) {
    return false;
  }
  out = {label.begin, ending + letters.size(),
         std::string(t.substr(label.begin, end - label.begin)) + "." +
             std::string(letters),
         How::spelled_dot};
  return true;
}

// "demoshop (put a dot between the two) com", "demoshop (a dot) com": from the
// name to the ending.
bool read_around(std::string_view t, Range dot, bool told, Respelling& out) {
  constexpr size_t kArticleMax = 8;  // "一个", "einen "
  const size_t from = dot.begin - std::min(dot.begin, kHostReach);
  const size_t inside = t.substr(from, dot.begin - from).rfind('(');
  const size_t close = t.substr(0, dot.end + kHostReach).find(')', dot.end);
  if (inside == t.npos || close == t.npos) return false;
  const size_t open = from + inside;
  const bool bare = close == dot.end && dot.begin - open <= kArticleMax + 1;
  if (!told && !bare) return false;
  const size_t end = before(t, open) == ' ' ? open - 1 : open;
  const size_t ending = at(t, close + 1) == ' ' ? close + 2 : close + 1;
  const LabelBefore label = label_before(t, end);
  if (!label.letter || end - label.begin < kLabelMin ||
      !is_ending(t, ending, Endings::of_adverts)) {
    return false;
  }
  const std::string_view letters = ending_letters(t, ending);
  out = {label.begin, ending + letters.size(),
         std::string(t.substr(label.begin, end - label.begin)) + "." +
             std::string(letters),
         How::spelled_dot};
  return true;
}

}  // namespace

bool read_told_host(std::string_view t, Range dot, Respelling& out) {
  const bool told = is_between_told(t, dot);
  if (read_around(t, dot, told, out)) return true;
  if (!told) return false;
  const size_t from = dot.begin - std::min(dot.begin, kHostReach);
  for (size_t i = dot.begin; i > from; --i) {
    if (is_gap(t[i - 1]) && read_pair(t, i, out)) return true;
  }
  const size_t until = std::min(t.size(), dot.end + kHostReach);
  for (size_t i = dot.end; i < until; ++i) {
    if (t[i] == ' ' && read_pair(t, i + 1, out) && out.begin >= dot.end) {
      return true;
    }
  }
  return false;
}

}  // namespace simwarden
