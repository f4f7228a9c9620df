// SPDX-License-Identifier: Apache-2.0
#include "mail/css_values.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "diag/hex.h"
#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

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

// Black on white that is no more of it than this is 1.25 times as dark.
constexpr double kNearlyNothing = 0.1;

int32_t hex_colour(std::string_view digits) {
  for (const char c : digits) {
    if (hex_digit(c) < 0) return kUnknownColour;
  }
  const bool is_short = digits.size() == 3 || digits.size() == 4;
  if (!is_short && digits.size() != 6 && digits.size() != 8) {
    return kUnknownColour;
  }
  // Two digits of red, green, blue and what is seen of it.
  std::array<int32_t, 4> parts{0, 0, 0, 255};
  const size_t each = is_short ? 1 : 2;
  for (size_t i = 0; i * each < digits.size(); ++i) {
    const int first = hex_digit(digits[i * each]);
    parts[i] =
        first * 16 + (is_short ? first : hex_digit(digits[i * each + 1]));
  }
  if (parts[3] <= kNearlyNothing * 255) return kNoColour;
  return (parts[0] * 256 + parts[1]) * 256 + parts[2];
}

struct Number {
  double value = 0;
  std::string unit;  // in small letters
};

// "12", "-1.5", "1e2": not the "e" of "1em".
size_t end_of_number(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  const size_t end =
      std::min(text.find_first_not_of("0123456789+-."), text.size());
  const std::string_view behind = text.substr(end);
  if (!behind.starts_with('e') && !behind.starts_with('E')) return end;
  const bool sign =
      behind.substr(1).starts_with('+') || behind.substr(1).starts_with('-');
  const size_t digits = sign ? 2 : 1;
  const size_t last =
      std::min(behind.find_first_not_of(kDigits, digits), behind.size());
  return last > digits ? end + last : end;
}

// A number and its unit, and nothing else: "1.5em", "0", "1e2px".
std::optional<Number> read_number(std::string_view text) {
  constexpr size_t kNumberMax = 32;
  text = without_blanks(text);
  if (text.size() > kNumberMax) return {};
  const std::string digits(text.substr(0, end_of_number(text)));
  char* stop = nullptr;
  const double value = std::strtod(digits.c_str(), &stop);
  if (digits.empty() || *stop != '\0') return {};
  std::string unit = small_letters(text.substr(digits.size()));
  const bool is_unit = std::all_of(unit.begin(), unit.end(), [](char c) {
    return is_ascii_letter(c) || c == '%';
  });
  if (!is_unit) return {};
  return Number{value, std::move(unit)};
}

struct Unit {
  std::string_view name;
  double pixels;
};
constexpr std::array kUnits = {Unit{"px", 1},         Unit{"pt", 96.0 / 72},
                               Unit{"pc", 16},        Unit{"in", 96},
                               Unit{"cm", 96 / 2.54}, Unit{"mm", 96 / 25.4},
                               Unit{"q", 96 / 101.6}};

std::optional<double> absolute_pixels(const Number& number) {
  if (number.value == 0) return 0;
  for (const Unit& unit : kUnits) {
    if (number.unit == unit.name) return number.value * unit.pixels;
  }
  return {};
}

// Of em and its kin, of the size of a font.
std::optional<double> times_font(const Number& number) {
  if (number.unit == "em") return number.value;
  if (number.unit == "ex" || number.unit == "ch") return number.value / 2;
  return {};
}

// Of a box: its font may be large, but not any size.
std::optional<double> box_pixels(std::string_view text) {
  const auto number = read_number(text);
  if (!number) return {};
  if (const auto pixels = absolute_pixels(*number)) return pixels;
  const auto times =
      number->unit == "rem" ? number->value : times_font(*number);
  if (!times) return {};
  return *times * kFontPixels;
}

// Calls take(token) for what blanks part.
template <typename Take>
void for_each_token(std::string_view text, const Take& take) {
  text = without_blanks(text);
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(" \t\r\n\f"), text.size());
    take(text.substr(0, end));
    text = without_blanks(text.substr(end));
  }
}

// "255, 255, 255", "255 255 255 / 0)".
int32_t rgb_colour(std::string_view list) {
  const size_t close = std::min(list.find(')'), list.size());
  if (!without_blanks(list.substr(std::min(close + 1, list.size()))).empty()) {
    return kUnknownColour;
  }
  std::string numbers(list.substr(0, close));
  std::replace_if(
      numbers.begin(), numbers.end(),
      [](char c) { return c == ',' || c == '/'; }, ' ');
  std::array<double, 4> values{0, 0, 0, 1};
  size_t count = 0;
  bool is_known = true;
  for_each_token(numbers, [&](std::string_view token) {
    const auto number = read_number(token);
    const bool percent = number && number->unit == "%";
    is_known = is_known && number && count < values.size() &&
               (percent || number->unit.empty());
    if (!is_known) return;
    const double whole = count < 3 ? 255 : 1;
    values[count] = number->value * (percent ? whole / 100 : 1);
    ++count;
  });
  if (!is_known || count < 3) return kUnknownColour;
  if (values[3] <= kNearlyNothing) return kNoColour;
  int32_t colour = 0;
  for (size_t i = 0; i < 3; ++i) {
    colour = colour * 256 +
             static_cast<int32_t>(std::clamp(values[i] + 0.5, 0.0, 255.0));
  }
  return colour;
}

int32_t named_colour(std::string_view word) {
  for (const NamedColour& colour : kColours) {
    if (word == colour.name) return colour.value;
  }
  return kUnknownColour;
}

}  // namespace

int32_t read_colour(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('#')) return hex_colour(text.substr(1));
  const std::string word = small_letters(text);
  if (word == "transparent") return kNoColour;
  if (word == "inherit") return kParentColour;
  for (const std::string_view function : {"rgb("sv, "rgba("sv}) {
    if (!word.starts_with(function)) continue;
    return rgb_colour(std::string_view(word).substr(function.size()));
  }
  return named_colour(word);
}

int32_t read_attribute_colour(std::string_view text) {
  text = without_blanks(text);
  const bool hash = text.starts_with('#');
  const std::string_view digits = text.substr(hash ? 1 : 0);
  if (digits.size() == 6 || (hash && digits.size() == 3)) {
    const int32_t colour = hex_colour(digits);
    if (hash || colour != kUnknownColour) return colour;
  }
  return hash ? kUnknownColour : named_colour(small_letters(text));
}

double read_font_size(std::string_view text) {
  const std::string word = small_letters(without_blanks(text));
  if (word == "inherit" || word == "unset") return -1;
  const auto number = read_number(word);
  if (!number || number->value < 0) return kFontPixels;
  if (const auto pixels = absolute_pixels(*number)) return *pixels;
  if (number->unit == "%") return -number->value / 100;
  const auto times = times_font(*number);
  return times ? -*times : kFontPixels;
}

double read_font(std::string_view text) {
  std::optional<double> size;
  for_each_token(text, [&](std::string_view token) {
    token = token.substr(0, token.find('/'));
    const auto number = read_number(token);
    const bool is_weight = number && number->unit.empty() && number->value > 0;
    if (!size && number && !is_weight) size = read_font_size(token);
  });
  if (size) return *size;
  return same_word(without_blanks(text), "inherit") ? -1 : kFontPixels;
}

bool is_length_near_zero(std::string_view text) {
  const auto pixels = box_pixels(text);
  return pixels && *pixels >= 0 && *pixels <= kUnreadPixels;
}

double place_of(std::string_view text) {
  constexpr double kFar = 2000;  // pixels; pages are narrower
  const std::string_view first = text.substr(0, text.find_first_of(" ,"));
  const auto number = read_number(first);
  const bool bare = number && number->unit.empty();
  const double pixels = bare ? number->value : box_pixels(first).value_or(0);
  return std::clamp(pixels, -kFar, kFar);
}

int order_of_place(double across, double down) {
  constexpr double kRow = 4096;  // wider than places go
  return static_cast<int>(down * kRow + across);
}

bool has_length(std::string_view text, double pixels_min) {
  bool found = false;
  for_each_token(text, [&](std::string_view token) {
    const bool is_word = same_word(token, "auto") || same_word(token, "none");
    const auto pixels = box_pixels(token);
    found = found || !(is_word || (pixels && *pixels < pixels_min));
  });
  return found;
}

bool is_far_off(std::string_view text) {
  constexpr double kFarOff = -900;  // pixels: less than that is a column
  const auto pixels = box_pixels(text);
  return pixels && *pixels <= kFarOff;
}

bool is_opacity_near_zero(std::string_view text) {
  const auto number = read_number(text);
  if (!number) return false;
  if (number->unit == "%") return number->value <= kNearlyNothing * 100;
  return number->unit.empty() && number->value <= kNearlyNothing;
}

size_t skip_css(std::string_view css, size_t i) {
  const char c = css[i];
  if (c == '\\') return std::min(i + 2, css.size());
  if (c == '"' || c == '\'') {
    for (++i; i < css.size() && css[i] != c && css[i] != '\n'; ++i) {
      if (css[i] == '\\') ++i;
    }
    return std::min(i + 1, css.size());
  }
  constexpr std::string_view kUrl = "url(";
  if ((c != 'u' && c != 'U') || !same_word(css.substr(i, 4), kUrl)) {
    return i + 1;
  }
  // With a quote behind it, it is brackets around a string.
  const size_t value = css.find_first_not_of(" \t\r\n\f", i + kUrl.size());
  if (value != css.npos && (css[value] == '"' || css[value] == '\'')) {
    return i + kUrl.size() - 1;
  }
  const size_t close = css.find(')', i);
  return close == css.npos ? css.size() : close + 1;
}

size_t find_css(std::string_view css, std::string_view signs) {
  size_t depth = 0;
  for (size_t i = 0; i < css.size(); i = skip_css(css, i)) {
    if (depth == 0 && signs.find(css[i]) != signs.npos) return i;
    if (css[i] == '(' || css[i] == '[') ++depth;
    if ((css[i] == ')' || css[i] == ']') && depth > 0) --depth;
  }
  return css.size();
}

std::string without_css_comments(std::string_view css) {
  std::string out;
  for (size_t i = 0; i < css.size();) {
    if (!css.substr(i).starts_with("/*")) {
      const size_t end = skip_css(css, i);
      out.append(css.substr(i, end - i));
      i = end;
      continue;
    }
    const size_t end = css.find("*/", i + 2);
    i = end == css.npos ? css.size() : end + 2;
  }
  return out;
}

}  // namespace simwarden
