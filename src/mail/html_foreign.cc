// SPDX-License-Identifier: Apache-2.0
#include "mail/html_foreign.h"

#include <algorithm>
#include <array>

#include "mail/html.h"
#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRoots = {"svg"sv, "math"sv};
constexpr std::array kSvgHolders = {"foreignobject"sv, "desc"sv, "title"sv};
constexpr std::array kMathHolders = {"mi"sv, "mo"sv, "mn"sv, "ms"sv, "mtext"sv};
constexpr std::string_view kAnnotation = "annotation-xml";
constexpr std::array kClosing = {
    "b"sv,     "big"sv,    "blockquote"sv, "body"sv, "br"sv,     "center"sv,
    "code"sv,  "dd"sv,     "div"sv,        "dl"sv,   "dt"sv,     "em"sv,
    "embed"sv, "h1"sv,     "h2"sv,         "h3"sv,   "h4"sv,     "h5"sv,
    "h6"sv,    "head"sv,   "hr"sv,         "i"sv,    "img"sv,    "li"sv,
    "menu"sv,  "meta"sv,   "nobr"sv,       "ol"sv,   "p"sv,      "pre"sv,
    "ruby"sv,  "s"sv,      "small"sv,      "span"sv, "strong"sv, "strike"sv,
    "sub"sv,   "sup"sv,    "table"sv,      "tt"sv,   "u"sv,      "ul"sv,
    "var"sv,   "listing"sv};

// The name as the list has it; empty when it is none of them.
template <size_t size>
std::string_view find_in(const std::array<std::string_view, size>& list,
                         std::string_view name) {
  const auto found =
      std::find_if(list.begin(), list.end(),
                   [&](std::string_view one) { return same_word(name, one); });
  return found == list.end() ? std::string_view() : *found;
}

}  // namespace

bool ForeignElements::is_closed_by(std::string_view name) {
  return !find_in(kClosing, name).empty();
}

bool ForeignElements::is_holder(std::string_view name, bool says_html) const {
  if (open_.back().name == kRoots[0]) {
    return !find_in(kSvgHolders, name).empty();
  }
  return !find_in(kMathHolders, name).empty() ||
         (says_html && same_word(name, kAnnotation));
}

void ForeignElements::begin(std::string_view name, bool says_html) {
  // The page is cut there.
  if (open_.size() > kHtmlDepthMax) return;
  if (const std::string_view root = find_in(kRoots, name); !root.empty()) {
    open_.push_back({root, false});
  } else if (is_here() && is_holder(name, says_html)) {
    open_.push_back({name, true});
  }
}

void ForeignElements::end(std::string_view name) {
  const auto found =
      std::find_if(open_.rbegin(), open_.rend(), [&](const Open& one) {
        return one.name.size() == name.size() &&
               std::equal(name.begin(), name.end(), one.name.begin(),
                          [](char a, char b) {
                            return small_letter(a) == small_letter(b);
                          });
      });
  if (found != open_.rend()) open_.erase(found.base() - 1, open_.end());
}

std::string ForeignElements::leave() {
  std::string tags;
  for (; is_here(); open_.pop_back()) {
    tags.append("</").append(open_.back().name).append(">");
  }
  return tags;
}

}  // namespace simwarden
