// SPDX-License-Identifier: Apache-2.0
#include "contact/link_places.h"

#include <algorithm>
#include <array>

#include "contact/finders.h"
#include "text/look_around.h"

// Everything that looks ahead has a bound, so that a megabyte of brackets
// costs a megabyte of steps.
namespace simwarden {
namespace {

// Shown texts, targets and tags longer than this are not links that people
// click.
constexpr size_t kShownMax = 300;
constexpr size_t kShownHtmlMax = 1000;  // with tags and pictures inside
constexpr size_t kTargetMax = 4096;
constexpr size_t kTagMax = 4096;

// The ")" that closes the target; "(" inside it are counted.
size_t first_closing(std::string_view t, size_t begin, size_t end) {
  size_t open = 0;
  for (size_t k = begin; k < end; ++k) {
    if (t[k] == '(') ++open;
    if (t[k] != ')') continue;
    if (open == 0) return k;
    --open;
  }
  return end;
}

// "[shown](target" with anything behind the target: a title, a size.
std::optional<LinkPlace> markdown(std::string_view t, size_t i) {
  const size_t close = t.substr(i + 1, kShownMax).find_first_of("[]");
  if (close == t.npos || !starts_at(t, i + 1 + close, "](")) {
    return std::nullopt;
  }
  size_t begin = i + 1 + close + 2;
  const bool angle = at(t, begin) == '<';
  if (angle) ++begin;
  // The next link ends this one, so that a row of "[](" is read once.
  const size_t next = t.substr(begin, kTargetMax).find("](");
  const size_t limit =
      next == t.npos ? std::min(t.size(), begin + kTargetMax) : begin + next;
  const std::string_view line = t.substr(0, limit);
  const size_t space = std::min(line.find(angle ? '>' : ' ', begin), limit);
  const size_t stop = angle ? space : first_closing(line, begin, space);
  const size_t end = stop < space ? stop : line.find(')', space);
  if (end == line.npos || end >= limit) return std::nullopt;
  const bool picture = before(t, i) == '!';
  LinkPlace place;
  place.target = {begin, stop};
  place.whole = {picture ? i - 1 : i, end + 1};
  place.shown = {i + 1, i + 1 + close};
  place.picture = picture;
  place.exact = angle;
  return place;
}

// "[url=target]shown[/url]", "[url]target[/url]", "[img]target[/img]".
std::optional<LinkPlace> forum(std::string_view t, size_t i) {
  const bool picture = starts_at(t, i, "[img]");
  const bool plain = picture || starts_at(t, i, "[url]");
  if (!plain && !starts_at(t, i, "[url=")) return std::nullopt;
  const size_t begin = i + 5;
  const size_t stop =
      t.substr(begin, kTargetMax).find_first_of(plain ? "[ " : "] [");
  if (stop == t.npos || stop == 0) return std::nullopt;
  LinkPlace place;
  place.target = {begin, begin + stop};
  place.picture = picture;
  const std::string_view closing = picture ? "[/img]" : "[/url]";
  const size_t shown = plain ? begin : begin + stop + 1;
  const size_t end =
      t.substr(shown, plain ? kTargetMax : kShownMax).find(closing);
  if (end == t.npos) return std::nullopt;
  place.whole = {i, shown + end + closing.size()};
  if (!plain) place.shown = {shown, shown + end};
  return place;
}

struct Tag {
  std::string_view name;
  std::string_view attribute;
  bool picture = false;
};

constexpr std::array kTags = {
    Tag{"a", "href"},          Tag{"area", "href"},
    Tag{"img", "src", true},   Tag{"form", "action"},
    Tag{"iframe", "src"},      Tag{"frame", "src"},
    Tag{"embed", "src"},       Tag{"object", "data"},
    Tag{"video", "src"},       Tag{"audio", "src"},
    Tag{"source", "src"},      Tag{"button", "formaction"},
    Tag{"input", "src", true}, Tag{"meta", "content"}};

const Tag* tag_at(std::string_view t, size_t i) {
  for (const Tag& tag : kTags) {
    if (!starts_at(t, i, tag.name)) continue;
    if (is_one_of(at(t, i + tag.name.size()), " /")) return &tag;
  }
  return nullptr;
}

// The attributes of one tag, from behind its name.
struct Attributes {
  Range wanted;    // the value; empty when not there
  size_t end = 0;  // behind ">"; 0 when the tag does not end
};

Attributes read_attributes(std::string_view t, size_t begin,
                           std::string_view name) {
  Attributes found;
  t = t.substr(0, std::min(t.size(), begin + kTagMax));
  for (size_t i = begin; i < t.size();) {
    if (t[i] == '>') {
      found.end = i + 1;
      return found;
    }
    if (t[i] == '<') return found;
    if (is_one_of(t[i], " /=\"'")) {
      ++i;
      continue;
    }
    const size_t word = i;
    while (i < t.size() && !is_one_of(t[i], " /=<>")) ++i;
    const bool is_wanted = t.substr(word, i - word) == name;
    if (at(t, i) == ' ' && at(t, i + 1) == '=') ++i;
    if (at(t, i) != '=') continue;
    ++i;
    if (at(t, i) == ' ') ++i;
    const char quote = is_one_of(at(t, i), "\"'") ? t[i] : '\0';
    Range value{quote == '\0' ? i : i + 1, 0};
    value.end = quote == '\0' ? t.find_first_of(" <>", value.begin)
                              : t.find(quote, value.begin);
    if (value.end == t.npos) return found;
    if (is_wanted && found.wanted.end == 0) found.wanted = value;
    i = quote == '\0' ? value.end : value.end + 1;
  }
  return found;
}

// content="0; url='target'" of <meta http-equiv=refresh>.
bool read_refresh(std::string_view t, size_t i, LinkPlace& place) {
  const std::string_view tag = t.substr(i, place.whole.end - place.whole.begin);
  if (tag.find("refresh") == tag.npos) return false;
  const size_t url =
      t.substr(0, place.target.end).find("url", place.target.begin);
  if (url == t.npos) return false;
  size_t begin = url + 3;
  while (begin < place.target.end && is_one_of(t[begin], " ='\"")) ++begin;
  place.target.begin = begin;
  const size_t quote =
      t.substr(begin, place.target.end - begin).find_first_of("'\"");
  if (quote != t.npos) place.target.end = begin + quote;
  return true;
}

}  // namespace

std::optional<LinkPlace> bracket_place(std::string_view t, size_t i) {
  if (at(t, i + 1) == 'u' || at(t, i + 1) == 'i') {
    if (auto place = forum(t, i)) return place;
  }
  return markdown(t, i);
}

std::optional<LinkPlace> tag_place(std::string_view t, size_t i) {
  const Tag* tag = tag_at(t, i + 1);
  if (tag == nullptr) return std::nullopt;
  const Attributes attributes =
      read_attributes(t, i + 1 + tag->name.size(), tag->attribute);
  if (attributes.end == 0 || attributes.wanted.end == 0) return std::nullopt;
  LinkPlace place;
  place.target = attributes.wanted;
  place.whole = {i, attributes.end};
  place.picture = tag->picture;
  place.exact = true;
  if (tag->name == "meta" && !read_refresh(t, i, place)) return std::nullopt;
  if (tag->name == "a") {
    const size_t shown = attributes.end;
    const size_t end = t.substr(shown, kShownHtmlMax).find("</a");
    if (end != t.npos) {
      place.shown = {shown, shown + end};
      const size_t last = shown + end + 3;
      place.whole.end = at(t, last) == '>' ? last + 1 : last;
    }
  }
  return place;
}

}  // namespace simwarden
