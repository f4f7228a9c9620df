// SPDX-License-Identifier: Apache-2.0
// The weight of a rule is made of what beats what: the kind of its selector,
// then the order.
#include "mail/css.h"

#include <algorithm>
#include <array>

#include "mail/html_elements.h"
#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr uint32_t kOrderBits = 26;  // more than bytes of style sheets

// Behind the "}" of a block whose "{" stands before.
size_t end_of_block(std::string_view css) {
  size_t depth = 1;
  for (size_t i = 0; i < css.size(); i = skip_css(css, i)) {
    if (css[i] == '{') ++depth;
    if (css[i] == '}' && --depth == 0) return i + 1;
  }
  return css.size();
}

bool is_combinator(char c) {
  return c == '>' || c == '+' || c == '~';
}
bool is_name_begin(char c) {
  return is_ascii_letter(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_char(char c) {
  return is_name_begin(c) || is_digit(c) || c == '-';
}

// The parts of a selector between its blanks and combinators.
constexpr std::string_view kPartEnds = " \t\r\n\f>+~";

// "p", ".name", "p.name.other", "*"; nothing else that browsers understand.
bool is_sound_part(std::string_view part) {
  if (part.starts_with('*')) {
    part.remove_prefix(1);
  } else if (!part.empty() && is_name_char(part[0]) &&
             !is_name_begin(part[0])) {
    return false;
  }
  for (size_t i = 0; i < part.size(); ++i) {
    const bool sign = part[i] == '.' || part[i] == '#';
    if (sign && (i + 1 >= part.size() || !is_name_begin(part[i + 1]))) {
      return false;
    }
    if (!sign && !is_name_char(part[i])) return false;
  }
  return true;
}

// One selector that no browser understands ends its whole list: only of these
// it is certain that they all do.
bool is_sound(std::string_view selector) {
  bool after_name = false;
  while (!selector.empty()) {
    const size_t end =
        std::min(selector.find_first_of(kPartEnds), selector.size());
    if (end > 0) {
      if (!is_sound_part(selector.substr(0, end))) return false;
      after_name = true;
      selector.remove_prefix(end);
      continue;
    }
    if (is_combinator(selector[0])) {
      if (!after_name) return false;
      after_name = false;
    }
    selector.remove_prefix(1);
  }
  return after_name;
}

bool is_sound_list(std::string_view selectors) {
  while (true) {
    const size_t comma = std::min(selectors.find(','), selectors.size());
    if (!is_sound(selectors.substr(0, comma))) return false;
    if (comma == selectors.size()) return true;
    selectors.remove_prefix(comma + 1);
  }
}

// How much a selector weighs; the last is for those that are not understood.
enum class Kind : uint32_t { any, element, name, element_name, id, unclear };

uint32_t weight_of(Kind kind, uint32_t order) {
  return static_cast<uint32_t>(kind) << kOrderBits | order;
}

// The elements that a selector of one part is for, as a name of rules.
struct Part {
  std::string name;
  Kind kind = Kind::unclear;
};

Part read_part(std::string_view part) {
  const size_t element = std::min(part.find_first_of(".#:[*"), part.size());
  const std::string_view rest = part.substr(element);
  const std::string name = small_letters(part.substr(0, element));
  const bool single = rest.find_first_of(".#:[*", 1) == rest.npos;
  if (rest.empty()) return {name, Kind::element};
  if (rest == "*" && element == 0) return {"*", Kind::any};
  if (rest[0] == '.' && single) {
    return {name + std::string(rest),
            name.empty() ? Kind::name : Kind::element_name};
  }
  if (rest[0] == '#' && single && name.empty()) {
    return {std::string(rest), Kind::id};
  }
  if (!name.empty()) return {name};
  if (rest[0] != '.' && rest[0] != '#') return {"*"};
  return {std::string(rest.substr(0, rest.find_first_of(".#:[*", 1)))};
}

Part read_selector(std::string_view selector) {
  // Brackets and escapes can hold the signs that part others.
  if (selector.find_first_of("([\"'\\&|{;") != selector.npos) return {"*"};
  const size_t last = selector.find_last_of(kPartEnds);
  if (last == selector.npos) return read_part(selector);
  return {read_part(selector.substr(last + 1)).name};
}

// A name of no rule: of any element that can be a piece of a line.
constexpr std::string_view kAnyPiece = "*piece";

bool is_piece(std::string_view element) {
  const auto is_in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), element) != list.end();
  };
  return !is_in(elements::kBlocks) && !is_in(elements::kParagraphs) &&
         element != "td" && element != "th" && element != "html" &&
         element != elements::kPage;
}

// The name of rules by what stands last, before brackets: "i" of "p >
// i[title]".
// "" for one that says nothing of the page as it is read.
std::string likely_name(std::string_view selector) {
  for (const auto now : {":hover"sv, ":active"sv, ":focus"sv, ":visited"sv}) {
    if (selector.find(now) != selector.npos) return "";
  }
  size_t last = 0;
  for (size_t i = 0; i < selector.size();) {
    const size_t end = find_css(selector.substr(i), kPartEnds) + i;
    if (end + 1 < selector.size()) last = end + 1;
    i = end + 1;
  }
  std::string_view part = selector.substr(last);
  part = part.substr(0, part.find_first_of("[:("));
  const std::string name = part.empty() ? "*" : read_part(part).name;
  return name == "*" ? std::string(kAnyPiece) : name;
}

}  // namespace

Media read_media(std::string_view query) {
  constexpr std::array kScreen = {""sv, "all"sv, "screen"sv, "only screen"sv};
  constexpr std::array kOther = {"print"sv, "only print"sv, "speech"sv,
                                 "aural"sv, "braille"sv,    "embossed"sv};
  const std::string small = small_letters(without_blanks(query));
  const auto is_in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), small) != list.end();
  };
  if (is_in(kScreen)) return Media::screen;
  return is_in(kOther) ? Media::other : Media::unclear;
}

void StyleSheet::read(std::string_view css, Media media) {
  if (media == Media::other) return;
  bytes_ += css.size();
  if (bytes_ > kStyleBytesMax) cut_ = true;
  read_rules(without_css_comments(css), media == Media::screen, 0);
}

void StyleSheet::read_rules(std::string_view css, bool is_clear, int depth) {
  if (depth > kStyleDepthMax) cut_ = true;
  while (!css.empty() && !cut_) {
    css = without_blanks(css);
    for (const std::string_view sign : {"<!--"sv, "-->"sv}) {
      if (css.starts_with(sign)) css = without_blanks(css.substr(sign.size()));
    }
    const size_t open = find_css(css, css.starts_with('@') ? "{;" : "{");
    if (open == css.size()) return;
    const std::string_view selectors = without_blanks(css.substr(0, open));
    const bool is_statement = css[open] == ';';
    css.remove_prefix(open + 1);
    if (is_statement) continue;
    const size_t end = end_of_block(css);
    const bool whole = end > 0 && css[end - 1] == '}';
    read_block(selectors, css.substr(0, end - (whole ? 1 : 0)), is_clear,
               depth);
    css.remove_prefix(end);
  }
}

void StyleSheet::read_block(std::string_view selectors, std::string_view block,
                            bool is_clear, int depth) {
  constexpr std::string_view kMedia = "@media";
  if (same_word(selectors.substr(0, kMedia.size()), kMedia)) {
    const Media media = read_media(selectors.substr(kMedia.size()));
    if (media == Media::other) return;
  }
  // Some readers leave out all blocks of this kind.
  if (selectors.starts_with('@')) return read_rules(block, false, depth + 1);
  add(selectors, read_style(block), is_clear);
  // Rules inside a rule are for what is in its elements.
  if (block.find('{') != block.npos) read_rules(block, false, depth + 1);
}

void StyleSheet::add(std::string_view selectors,
                     const Declarations& declarations, bool is_clear) {
  ++order_;
  is_clear = is_clear && is_sound_list(selectors);
  const Declarations clear = settled(declarations);
  const Declarations shown = unclear(clear);
  const Declarations doubt =
      may_hide(clear) ? Declarations{{Property::doubtful, 1}} : Declarations();
  while (!selectors.empty() && !cut_) {
    const size_t comma = find_css(selectors, ",");
    const std::string_view selector =
        without_blanks(selectors.substr(0, comma));
    const Part part = read_selector(selector);
    selectors.remove_prefix(std::min(comma + 1, selectors.size()));
    const bool counts = is_clear && part.kind != Kind::unclear;
    const uint32_t weight =
        weight_of(counts ? part.kind : Kind::unclear, order_);
    if (counts) put(rules_, part.name, clear, weight);
    // Of names in other letters: some pages tell them apart, some do not.
    const bool is_name = part.name.find_first_of(".#") != part.name.npos;
    if (counts && !is_name) continue;
    put(unclear_, small_letters(part.name), shown, weight);
    const std::string name = small_letters(likely_name(selector));
    if (!counts && !name.empty()) put(unclear_, name, doubt, weight);
  }
}

void StyleSheet::put(Rules& rules, const std::string& name,
                     const Declarations& declarations, uint32_t weight) {
  if (declarations.empty()) return;
  rules[name].take(declarations, weight);
  if (rules_.size() + unclear_.size() > kStyleRulesMax) cut_ = true;
}

void StyleSheet::apply_name(std::string_view name, Cascade& cascade) const {
  if (const auto found = unclear_.find(small_letters(name));
      found != unclear_.end()) {
    cascade.take(found->second);
  }
  if (const auto found = rules_.find(name); found != rules_.end()) {
    cascade.take(found->second);
  }
}

void StyleSheet::apply(std::string_view element, std::string_view classes,
                       std::string_view id, Cascade& cascade) const {
  if (empty()) return;
  apply_name("*", cascade);
  if (is_piece(element)) apply_name(kAnyPiece, cascade);
  apply_name(element, cascade);
  std::string_view rest = without_blanks(classes);
  std::string selector(element);  // "p.name", of which ".name" is a part
  size_t count = 0;
  for (; !rest.empty() && count < kClassesMax; ++count) {
    const size_t end = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
    selector.resize(element.size());
    selector.append(".").append(rest.substr(0, end));
    apply_name(std::string_view(selector).substr(element.size()), cascade);
    apply_name(selector, cascade);
    rest = without_blanks(rest.substr(end));
  }
  if (!id.empty()) apply_name("#" + std::string(id), cascade);
  if (!cut_ && rest.empty()) return;
  cascade.take(shown_in_any_case(true), Cascade::kInline);
}

}  // namespace simwarden
