// SPDX-License-Identifier: Apache-2.0
#include "mail/css.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "diag/hex.h"
#include "mail/words.h"

namespace simwarden {
namespace {

struct NamedColour {
  std::string_view name;
  int32_t value;
};
// CSS 2.1's, and the light ones that hide text on white.
constexpr std::array kColours = {
    NamedColour{"black", 0x000000},       NamedColour{"white", 0xFFFFFF},
    NamedColour{"red", 0xFF0000},         NamedColour{"green", 0x008000},
    NamedColour{"blue", 0x0000FF},        NamedColour{"yellow", 0xFFFF00},
    NamedColour{"gray", 0x808080},        NamedColour{"grey", 0x808080},
    NamedColour{"silver", 0xC0C0C0},      NamedColour{"maroon", 0x800000},
    NamedColour{"olive", 0x808000},       NamedColour{"lime", 0x00FF00},
    NamedColour{"aqua", 0x00FFFF},        NamedColour{"cyan", 0x00FFFF},
    NamedColour{"teal", 0x008080},        NamedColour{"navy", 0x000080},
    NamedColour{"fuchsia", 0xFF00FF},     NamedColour{"magenta", 0xFF00FF},
    NamedColour{"purple", 0x800080},      NamedColour{"orange", 0xFFA500},
    NamedColour{"snow", 0xFFFAFA},        NamedColour{"ivory", 0xFFFFF0},
    NamedColour{"azure", 0xF0FFFF},       NamedColour{"mintcream", 0xF5FFFA},
    NamedColour{"ghostwhite", 0xF8F8FF},  NamedColour{"whitesmoke", 0xF5F5F5},
    NamedColour{"floralwhite", 0xFFFAF0}, NamedColour{"aliceblue", 0xF0F8FF},
    NamedColour{"honeydew", 0xF0FFF0},    NamedColour{"seashell", 0xFFF5EE},
    NamedColour{"lightyellow", 0xFFFFE0}, NamedColour{"lightgrey", 0xD3D3D3},
    NamedColour{"lightgray", 0xD3D3D3},   NamedColour{"darkgray", 0xA9A9A9}};

int32_t hex_colour(std::string_view digits) {
  for (const char c : digits) {
    if (hex_digit(c) < 0) return kUnknownColour;
  }
  const bool is_short = digits.size() == 3 || digits.size() == 4;
  if (!is_short && digits.size() != 6 && digits.size() != 8) {
    return kUnknownColour;
  }
  int32_t value = 0;
  for (size_t i = 0; i < (is_short ? 3U : 6U); ++i) {
    const int digit = hex_digit(digits[i]);
    value = value * 16 + digit;
    if (is_short) value = value * 16 + digit;
  }
  const bool has_alpha = digits.size() == 4 || digits.size() == 8;
  if (has_alpha && digits.substr(is_short ? 3 : 6).find_first_not_of('0') ==
                       std::string_view::npos) {
    return kNoColour;
  }
  return value;
}

// The number at the front, and what stands behind it.
struct Number {
  double value = 0;
  std::string_view unit;
  bool is_number = false;
};

Number read_number_of(std::string_view text) {
  text = without_blanks(text);
  size_t end = 0;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.' ||
                               text[end] == '-' || text[end] == '+')) {
    ++end;
  }
  constexpr size_t kDigitsMax = 32;
  if (end == 0 || end > kDigitsMax) return {};
  const std::string digits(text.substr(0, end));
  char* stop = nullptr;
  const double value = std::strtod(digits.c_str(), &stop);
  if (stop == digits.c_str()) return {};
  return {value, without_blanks(text.substr(end)), true};
}

// "255, 255, 255", "255 255 255 / 0".
int32_t rgb_colour(std::string_view list) {
  std::array<double, 4> values{0, 0, 0, 1};
  size_t count = 0;
  while (!list.empty() && count < values.size()) {
    const size_t begin = list.find_first_of("0123456789.-+");
    if (begin == list.npos) break;
    list.remove_prefix(begin);
    const Number number =
        read_number_of(list.substr(0, list.find_first_of(", /%")));
    if (!number.is_number) return kUnknownColour;
    const size_t end = std::min(list.find_first_of(", /%"), list.size());
    const bool percent = end < list.size() && list[end] == '%';
    values[count] = number.value * (percent && count < 3 ? 2.55 : 1);
    ++count;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  if (count < 3) return kUnknownColour;
  constexpr double kNearlyNothing = 0.05;
  if (values[3] < kNearlyNothing) return kNoColour;
  int32_t colour = 0;
  for (size_t i = 0; i < 3; ++i) {
    colour = colour * 256 +
             static_cast<int32_t>(std::clamp(values[i] + 0.5, 0.0, 255.0));
  }
  return colour;
}

bool is_length_near_zero(std::string_view text) {
  const Number number = read_number_of(text);
  if (!number.is_number) return false;
  const std::string unit = small_letters(number.unit);
  if (unit == "em" || unit == "rem" || unit == "ex") return number.value < 0.1;
  if (unit == "%") return number.value < 5;
  return number.value <= 1;
}

bool is_far_off(std::string_view text) {
  constexpr double kFarOff = -400;  // pixels; or so many of anything larger
  const Number number = read_number_of(text);
  return number.is_number && number.value <= kFarOff;
}

bool is_length(std::string_view text) {
  return read_number_of(text).is_number;
}

// What one list of declarations says of a box; it is settled at its end.
struct Box {
  bool flat = false;     // a height or a width of about nothing
  bool clipped = false;  // overflow: hidden
  bool placed = false;   // position: absolute or fixed
  bool far_off = false;

  void read(std::string_view name, std::string_view value) {
    if (name == "height" || name == "max-height" || name == "width" ||
        name == "max-width") {
      flat = flat || is_length_near_zero(value);
    } else if (name == "overflow" || name == "overflow-y") {
      clipped = clipped || same_word(value, "hidden");
    } else if (name == "position") {
      placed = same_word(value, "absolute") || same_word(value, "fixed");
    } else if (name == "left" || name == "top" || name == "right" ||
               name == "margin-left") {
      far_off = far_off || is_far_off(value);
    }
  }
  bool hides() const { return (flat && clipped) || (placed && far_off); }
};

void read_declaration(std::string_view name, std::string_view value,
                      StyleEffect& effect, Box& box) {
  if (name == "display") {
    effect.gone = effect.gone || same_word(value, "none");
  } else if (name == "visibility") {
    effect.invisible =
        same_word(value, "hidden") || same_word(value, "collapse");
  } else if (name == "opacity") {
    const Number number = read_number_of(value);
    constexpr double kNearlyNothing = 0.05;
    effect.gone =
        effect.gone || (number.is_number && number.value < kNearlyNothing);
  } else if (name == "font-size") {
    if (is_length(value)) effect.tiny = is_length_near_zero(value);
  } else if (name == "color") {
    effect.colour = read_colour(value);
  } else if (name == "background" || name == "background-color") {
    const int32_t colour = read_colour(value.substr(0, value.find(' ')));
    if (colour != kNoColour) effect.background = colour;
    const bool drawn =
        value.find("url(") != value.npos || value.find("grad") != value.npos;
    if (drawn) effect.background = kUnknownColour;
  } else if (name == "background-image") {
    if (!same_word(value, "none")) effect.background = kUnknownColour;
  } else if (name == "white-space") {
    effect.keeps_blanks = value.starts_with("pre");
  } else if (name == "text-indent") {
    effect.gone = effect.gone || is_far_off(value);
  } else {
    box.read(name, value);
  }
}

std::string without_css_comments(std::string_view css) {
  std::string out;
  while (true) {
    const size_t begin = css.find("/*");
    out.append(css.substr(0, begin));
    if (begin == css.npos) return out;
    const size_t end = css.find("*/", begin + 2);
    if (end == css.npos) return out;
    css.remove_prefix(end + 2);
  }
}

// Up to the ";" that ends the declaration; one inside "url(data:…;…)" does not.
size_t declaration_end(std::string_view css) {
  size_t depth = 0;
  for (size_t i = 0; i < css.size(); ++i) {
    if (css[i] == '(') ++depth;
    if (css[i] == ')' && depth > 0) --depth;
    if (css[i] == ';' && depth == 0) return i;
  }
  return css.size();
}

}  // namespace

int32_t read_colour(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('#')) return hex_colour(text.substr(1));
  const std::string word = small_letters(text);
  if (word == "transparent") return kNoColour;
  if (word.starts_with("rgb")) {
    const size_t open = word.find('(');
    return open == word.npos
               ? kUnknownColour
               : rgb_colour(std::string_view(word).substr(open + 1));
  }
  for (const NamedColour& colour : kColours) {
    if (word == colour.name) return colour.value;
  }
  // <font color=ffffff>
  return hex_colour(word);
}

bool Look::is_shown() const {
  if (gone || invisible || tiny || colour == kNoColour) return false;
  if (colour == kUnknownColour || background == kUnknownColour) return true;
  // Text on its own colour; people see the step from white to #eeeeee.
  constexpr int kContrastMin = 30;
  int contrast = 0;
  for (const int shift : {0, 8, 16}) {
    contrast +=
        std::abs(((colour >> shift) & 0xFF) - ((background >> shift) & 0xFF));
  }
  return contrast >= kContrastMin;
}

StyleEffect read_style(std::string_view declarations) {
  std::string cleaned;
  if (declarations.find("/*") != declarations.npos) {
    cleaned = without_css_comments(declarations);
    declarations = cleaned;
  }
  StyleEffect effect;
  Box box;
  while (!declarations.empty()) {
    const size_t end = declaration_end(declarations);
    const std::string_view one = declarations.substr(0, end);
    declarations.remove_prefix(std::min(end + 1, declarations.size()));
    const size_t colon = one.find(':');
    if (colon == one.npos) continue;
    std::string_view value = one.substr(colon + 1);
    value = without_blanks(value.substr(0, value.find('!')));
    read_declaration(small_letters(without_blanks(one.substr(0, colon))), value,
                     effect, box);
  }
  effect.gone = effect.gone || box.hides();
  return effect;
}

void apply_style(const StyleEffect& effect, Look& look) {
  look.gone = look.gone || effect.gone;
  look.invisible = effect.invisible.value_or(look.invisible);
  look.tiny = effect.tiny.value_or(look.tiny);
  look.keeps_blanks = effect.keeps_blanks.value_or(look.keeps_blanks);
  look.colour = effect.colour.value_or(look.colour);
  look.background = effect.background.value_or(look.background);
}

void StyleSheet::read(std::string_view css) {
  const std::string cleaned =
      without_css_comments(css.substr(0, kStyleBytesMax));
  std::string_view rest = cleaned;
  while (!rest.empty()) {
    const size_t open = rest.find('{');
    if (open == rest.npos) return;
    const std::string_view selectors = without_blanks(rest.substr(0, open));
    rest.remove_prefix(open + 1);
    if (selectors.find('@') == selectors.npos) {
      const size_t close = std::min(rest.find('}'), rest.size());
      add(selectors, rest.substr(0, close));
      rest.remove_prefix(std::min(close + 1, rest.size()));
      continue;
    }
    // "@media … { p { … } }" is for another screen than the reader's.
    size_t depth = 1;
    size_t i = 0;
    for (; i < rest.size() && depth > 0; ++i) {
      if (rest[i] == '{') ++depth;
      if (rest[i] == '}') --depth;
    }
    rest.remove_prefix(i);
  }
}

void StyleSheet::add(std::string_view selectors,
                     std::string_view declarations) {
  const StyleEffect effect = read_style(declarations);
  while (!selectors.empty() && rules_.size() < kStyleRulesMax) {
    const size_t comma = std::min(selectors.find(','), selectors.size());
    const std::string_view one = without_blanks(selectors.substr(0, comma));
    selectors.remove_prefix(std::min(comma + 1, selectors.size()));
    if (one.empty() || one.find_first_of(" \t\r\n>+~:[*") != one.npos) continue;
    StyleEffect& rule = rules_[small_letters(one)];
    rule.gone = rule.gone || effect.gone;
    if (effect.invisible) rule.invisible = effect.invisible;
    if (effect.tiny) rule.tiny = effect.tiny;
    if (effect.keeps_blanks) rule.keeps_blanks = effect.keeps_blanks;
    if (effect.colour) rule.colour = effect.colour;
    if (effect.background) rule.background = effect.background;
  }
}

void StyleSheet::apply_one(std::string_view selector, Look& look) const {
  const auto found = rules_.find(selector);
  if (found != rules_.end()) apply_style(found->second, look);
}

void StyleSheet::apply(std::string_view element, std::string_view classes,
                       std::string_view id, Look& look) const {
  if (rules_.empty()) return;
  apply_one(element, look);
  const std::string names = small_letters(classes);
  std::string_view rest = without_blanks(names);
  std::string selector(element);  // "p.name", of which ".name" is a part
  for (size_t count = 0; !rest.empty() && count < kClassesMax; ++count) {
    const size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    selector.resize(element.size());
    selector.append(".").append(rest.substr(0, end));
    apply_one(std::string_view(selector).substr(element.size()), look);
    apply_one(selector, look);
    rest = without_blanks(rest.substr(end));
  }
  if (!id.empty()) apply_one("#" + small_letters(id), look);
}

}  // namespace simwarden
