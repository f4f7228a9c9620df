// SPDX-License-Identifier: Apache-2.0
// Each declaration becomes numbers at once; a cascade keeps the one of most
// weight for each property.
#include "mail/css_style.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// What declares `display` besides 1, which is none.
constexpr double kInLine = 0;  // or anything else
constexpr double kBlock = 2;

double display(std::string_view value) {
  constexpr std::array kBlocks = {"block"sv, "inline-block"sv, "list-item"sv,
                                  "flow-root"sv};
  if (same_word(value, "none")) return 1;
  const bool is_block =
      std::any_of(kBlocks.begin(), kBlocks.end(),
                  [&](std::string_view one) { return same_word(value, one); });
  return is_block ? kBlock : kInLine;
}
double visibility(std::string_view value) {
  return same_word(value, "hidden") || same_word(value, "collapse") ? 1 : 0;
}
double opacity(std::string_view value) {
  return is_opacity_near_zero(value) ? 1 : 0;
}
double far_off(std::string_view value) {
  return is_far_off(value) ? 1 : 0;
}
double near_zero(std::string_view value) {
  return is_length_near_zero(value) ? 1 : 0;
}
double overflow(std::string_view value) {
  return same_word(value, "hidden") ? 1 : 0;
}
// 1: out of the line; 2: beside its place in it.
constexpr double kRelative = 2;
double position(std::string_view value) {
  if (same_word(value, "relative")) return kRelative;
  return same_word(value, "absolute") || same_word(value, "fixed") ? 1 : 0;
}
double opened(std::string_view value) {
  constexpr double kRoom = 5;  // pixels: less shows no line
  return has_length(value, kRoom) ? 1 : 0;
}
double moved(std::string_view value) {
  constexpr double kFar = 300;  // pixels, of the 900 that are far off
  return has_length(value, kFar) ? 1 : 0;
}
double enlarged(std::string_view value) {
  return same_word(value, "1") || same_word(value, "100%") ||
                 same_word(value, "normal") || same_word(value, "none")
             ? 0
             : 1;
}
double painted(std::string_view value) {
  return same_word(value, "none") ? 0 : 1;
}
double drawn(std::string_view value) {
  const bool is_drawn =
      value.find('(') != value.npos && read_colour(value) == kUnknownColour;
  return is_drawn ? 1 : 0;
}
double inner_shadow(std::string_view value) {
  return contains_word(value, "inset") ? 1 : 0;
}
double colour(std::string_view value) {
  return read_colour(value);
}
// "#fff", "#fff url(a.png) repeat"; what is in another order is unknown.
double background(std::string_view value) {
  const int32_t whole = read_colour(value);
  if (whole != kUnknownColour) return whole;
  return read_colour(value.substr(0, value.find(' ')));
}
double keeps_blanks(std::string_view value) {
  return value.starts_with("pre") ? 1 : 0;
}
double right_to_left(std::string_view value) {
  return same_word(value, "rtl") ? 1 : 0;
}
double one_direction(std::string_view value) {
  return contains_word(value, "override") ? 1 : 0;
}
double items(std::string_view value) {
  return contains_word(value, "flex") || contains_word(value, "grid") ? 1 : 0;
}
double from_last(std::string_view value) {
  return contains_word(value, "reverse") ? 1 : 0;
}
double order(std::string_view value) {
  constexpr double kFar = 1e6;
  const double number = std::strtod(std::string(value).c_str(), nullptr);
  return number >= -kFar && number <= kFar ? number : 0;
}
double side(std::string_view value) {
  if (same_word(value, "right")) return 1;
  return same_word(value, "left") ? -1 : 0;
}
// "scaleX(-1)", "scale(-1, 1)", "rotateY(180deg)", "matrix(-1, 0, …)".
double in_mirror(std::string_view value) {
  constexpr std::array kMirrors = {"scalex(-"sv, "scale(-"sv,
                                   "rotatey(180deg"sv, "rotatey(-180deg"sv,
                                   "matrix(-"sv};
  std::string small = small_letters(value);
  std::erase(small, ' ');
  return std::any_of(
             kMirrors.begin(), kMirrors.end(),
             [&](auto mirror) { return small.find(mirror) != small.npos; })
             ? 1
             : 0;
}
// "translateX(-3em)", "translate(40px, 0)".
double translation(std::string_view value) {
  constexpr std::array kMoves = {"translatex("sv, "translate("sv,
                                 "translate3d("sv};
  const std::string small = small_letters(value);
  for (const std::string_view move : kMoves) {
    const size_t at = small.find(move);
    if (at == small.npos) continue;
    const std::string_view rest = std::string_view(small).substr(at);
    return place_of(rest.substr(move.size(), rest.find(')') - move.size()));
  }
  return 0;
}
double no(std::string_view) {
  return 0;
}
// Of a function, calc(0px), we do not know what it gives.
double function(std::string_view value) {
  return value.find('(') == value.npos ? 0 : 1;
}
double transparent(std::string_view value) {
  return read_colour(value) == kNoColour ? 1 : 0;
}

struct Row {
  std::string_view name;  // "margin*": and all that begin so
  Property property;
  double (*read)(std::string_view value);
};
constexpr std::array kRows = {
    Row{"display", Property::display, display},
    Row{"display", Property::items, items},
    Row{"flex-direction", Property::from_last, from_last},
    Row{"flex-flow", Property::from_last, from_last},
    Row{"-webkit-box-direction", Property::from_last, from_last},
    Row{"order", Property::order, order},
    Row{"float", Property::side, side},
    Row{"grid-column", Property::order, order},
    Row{"grid-column-start", Property::order, order},
    Row{"left", Property::across, place_of},
    Row{"top", Property::down, place_of},
    Row{"right", Property::backward, place_of},
    Row{"margin-left", Property::pushed, place_of},
    Row{"transform", Property::pulled, translation},
    Row{"-webkit-transform", Property::pulled, translation},
    Row{"translate", Property::pulled, place_of},
    Row{"transform", Property::mirrored, in_mirror},
    Row{"-webkit-transform", Property::mirrored, in_mirror},
    Row{"visibility", Property::visibility, visibility},
    Row{"opacity", Property::opacity, opacity},
    Row{"color", Property::colour, colour},
    Row{"background", Property::background, background},
    Row{"background", Property::drawn, drawn},
    Row{"background-color", Property::background, colour},
    Row{"background-image", Property::drawn, drawn},
    Row{"font", Property::font_size, read_font},
    Row{"font-size", Property::font_size, read_font_size},
    Row{"direction", Property::right_to_left, right_to_left},
    Row{"unicode-bidi", Property::one_direction, one_direction},
    Row{"white-space", Property::keeps_blanks, keeps_blanks},
    Row{"text-indent", Property::indent, far_off},
    Row{"height", Property::height, near_zero},
    Row{"max-height", Property::max_height, near_zero},
    Row{"width", Property::width, near_zero},
    Row{"width", Property::moved, moved},
    Row{"max-width", Property::max_width, near_zero},
    Row{"overflow", Property::overflow, overflow},
    Row{"overflow-x", Property::overflow, overflow},
    Row{"overflow-y", Property::overflow, overflow},
    Row{"position", Property::position, position},
    Row{"left", Property::left, far_off},
    Row{"left", Property::moved, moved},
    Row{"top", Property::top, far_off},
    Row{"top", Property::moved, moved},
    Row{"right", Property::right, far_off},
    Row{"right", Property::moved, moved},
    Row{"bottom", Property::moved, moved},
    Row{"inset*", Property::moved, painted},
    Row{"margin-left", Property::margin_left, far_off},
    Row{"margin", Property::margin_left, no},
    Row{"margin*", Property::moved, moved},
    Row{"padding*", Property::moved, moved},
    Row{"padding*", Property::opened, opened},
    Row{"min-*", Property::opened, opened},
    Row{"min-width", Property::moved, moved},
    Row{"block-size", Property::opened, opened},
    Row{"inline-size", Property::opened, opened},
    Row{"transform", Property::moved, painted},
    Row{"transform", Property::enlarged, painted},
    Row{"translate", Property::moved, painted},
    Row{"scale", Property::enlarged, enlarged},
    Row{"zoom", Property::enlarged, enlarged},
    Row{"text-shadow", Property::painted, painted},
    Row{"-webkit-text-*", Property::painted, painted},
    Row{"filter", Property::painted, painted},
    Row{"box-shadow", Property::drawn, inner_shadow},
    Row{"clip", Property::doubtful, function},
    Row{"clip-path", Property::doubtful, painted},
    Row{"-webkit-clip-path", Property::doubtful, painted},
    Row{"mask*", Property::doubtful, function},
    Row{"-webkit-mask*", Property::doubtful, function},
    Row{"transform", Property::doubtful, painted},
    Row{"scale", Property::doubtful, enlarged},
    Row{"zoom", Property::doubtful, enlarged},
    Row{"translate", Property::doubtful, painted},
    Row{"filter", Property::doubtful, painted},
    Row{"content-visibility", Property::doubtful, visibility},
    Row{"-webkit-text-*", Property::doubtful, transparent},
    Row{"text-indent", Property::doubtful, far_off},
    Row{"font*", Property::doubtful, function},
    Row{"opacity", Property::doubtful, function},
    Row{"display", Property::doubtful, function},
    Row{"visibility", Property::doubtful, function},
    Row{"color", Property::doubtful, drawn},
    Row{"left", Property::doubtful, function},
    Row{"right", Property::doubtful, function},
    Row{"top", Property::doubtful, function},
    Row{"margin-left", Property::doubtful, function}};

bool is_named(std::string_view name, std::string_view row) {
  if (!row.ends_with('*')) return name == row;
  return name.starts_with(row.substr(0, row.size() - 1));
}

bool hides(Property property) {
  return property <= Property::position;
}
bool shows(Property property) {
  return property >= Property::opened && property <= Property::drawn;
}

// What could say anything of an element.
bool is_sweeping(std::string_view name) {
  return name == "all" || name.starts_with("animation") ||
         name.starts_with("-webkit-animation") || name.find('\\') != name.npos;
}

// As little hidden as `declaration` allows; nothing when it can only hide.
std::optional<double> shown_value(const Declaration& declaration) {
  const Property property = declaration.property;
  const double value = declaration.value;
  if (hides(property)) {
    return value != 1 ? std::optional(value) : std::nullopt;
  }
  if (shows(property)) {
    return value == 1 ? std::optional(value) : std::nullopt;
  }
  switch (property) {
    case Property::display:
      return value == 1 ? std::nullopt : std::optional(kInLine);
    case Property::font_size: {
      constexpr double kSmall = 5;
      const bool is_seen = value < 0 || value > kSmall;
      return is_seen ? std::optional(kFontPixels) : std::nullopt;
    }
    case Property::colour:
    case Property::background: return kUnknownColour;
    default: return {};
  }
}

void read_declaration(std::string_view name, std::string_view value,
                      bool important, Declarations& out) {
  if (is_sweeping(name)) {
    const Declarations all = shown_in_any_case(important);
    out.insert(out.end(), all.begin(), all.end());
    return;
  }
  for (const Row& row : kRows) {
    if (!is_named(name, row.name)) continue;
    const double read = row.read(value);
    // Several names say so: none takes back what another said.
    const bool says_one =
        shows(row.property) && row.property != Property::drawn;
    const bool is_silent =
        (says_one || row.property == Property::doubtful) && read == 0;
    if (!is_silent) out.push_back({row.property, read, important});
  }
}

// "none !important" without its end; nothing when something else stands there.
std::optional<std::string_view> without_important(std::string_view value,
                                                  bool& important) {
  const size_t sign = find_css(value, "!");
  important = sign < value.size();
  if (important &&
      !same_word(without_blanks(value.substr(sign + 1)), "important")) {
    return {};
  }
  return without_blanks(value.substr(0, sign));
}

}  // namespace

Declarations settled(const Declarations& declarations) {
  std::array<bool, 2 * kProperties> known{};
  Declarations out;
  for (size_t i = declarations.size(); i-- > 0;) {
    const Declaration& one = declarations[i];
    const size_t place =
        static_cast<size_t>(one.property) * 2 + (one.important ? 1 : 0);
    if (!std::exchange(known[place], true)) out.push_back(one);
  }
  return out;
}

bool may_hide(const Declarations& declarations) {
  Cascade alone;
  alone.take(declarations, Cascade::kAttribute);
  Look look;
  alone.apply(Layout::block, look);
  return look.doubtful || !look.is_shown();
}

Declarations unclear(const Declarations& declarations) {
  Declarations out;
  for (const Declaration& one : declarations) {
    const auto value = shown_value(one);
    if (value) out.push_back({one.property, *value, one.important});
  }
  return out;
}

Declarations shown_in_any_case(bool important) {
  Declarations out;
  for (size_t i = 0; i < kProperties; ++i) {
    const auto property = static_cast<Property>(i);
    if (property >= Property::keeps_blanks) break;
    const Declaration any{property, shows(property) ? 1.0 : 0.0, important};
    const double none = property == Property::font_size ? kFontPixels : 0;
    out.push_back({property, shown_value(any).value_or(none), important});
  }
  return out;
}

namespace {

int channel(int32_t colour, int shift) {
  return (colour >> shift) & 0xFF;
}

// How bright it is, 0 to 1 (WCAG 2.2, relative luminance).
double luminance(int32_t colour) {
  struct Light {
    int shift;
    double weight;
  };
  double sum = 0;
  for (const auto& [shift, weight] :
       {Light{16, 0.2126}, Light{8, 0.7152}, Light{0, 0.0722}}) {
    const double part = channel(colour, shift) / 255.0;
    const double linear =
        part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    sum += weight * linear;
  }
  return sum;
}

// WCAG asks for a contrast of 4.5; the pale small print of newsletters, #999 on
// white, has 2.8, #ccc 1.6 and #e6e6e6, which nobody reads, 1.25. Yellow on
// white has 1.07, and is seen for its colour.
bool is_readable_on(int32_t colour, int32_t background) {
  constexpr double kContrastMin = 1.25;
  constexpr int kColourMin = 120;  // differences of red, green and blue, summed
  int difference = 0;
  for (const int shift : {0, 8, 16}) {
    difference += std::abs(channel(colour, shift) - channel(background, shift));
  }
  if (difference >= kColourMin) return true;
  const auto [low, high] =
      std::minmax({luminance(colour), luminance(background)});
  constexpr double kGlare = 0.05;
  return (high + kGlare) / (low + kGlare) > kContrastMin;
}

}  // namespace

bool Look::is_shown() const {
  if (gone || clipped || far_off || indented || invisible) return false;
  if (font_pixels <= kUnreadPixels && !enlarged) return false;
  if (painted) return true;
  if (colour == kNoColour) return false;
  if (colour == kUnknownColour || background == kUnknownColour) return true;
  return is_readable_on(colour, background);
}

Declarations read_style(std::string_view declarations) {
  std::string cleaned;
  if (declarations.find("/*") != declarations.npos) {
    cleaned = without_css_comments(declarations);
    declarations = cleaned;
  }
  Declarations out;
  while (!declarations.empty()) {
    const size_t end = find_css(declarations, ";");
    const std::string_view one = declarations.substr(0, end);
    declarations.remove_prefix(std::min(end + 1, declarations.size()));
    const size_t colon = one.find(':');
    if (colon == one.npos) continue;
    bool important = false;
    const auto value = without_important(one.substr(colon + 1), important);
    if (!value || value->empty()) continue;
    read_declaration(small_letters(without_blanks(one.substr(0, colon))),
                     *value, important, out);
  }
  return out;
}

void Cascade::take(Property property, double value, uint32_t weight) {
  Declared& here = declared_[static_cast<size_t>(property)];
  if (weight >= here.weight) here = {value, weight};
}

void Cascade::take(const Declarations& declarations, uint32_t weight) {
  for (const Declaration& one : declarations) {
    take(one.property, one.value, weight | (one.important ? kImportant : 0));
  }
}

void Cascade::take(const Cascade& other) {
  for (size_t i = 0; i < kProperties; ++i) {
    const Declared& one = other.declared_[i];
    if (one.weight > 0) take(static_cast<Property>(i), one.value, one.weight);
  }
}

// Whether its size can be less than that of what is in it.
bool Cascade::is_box(Layout layout) const {
  if (is(Property::position)) return true;
  if (at(Property::display).weight == 0) return layout == Layout::block;
  return at(Property::display).value == kBlock;
}

void Cascade::apply_box(Layout layout, Look& look) const {
  const bool placed = is(Property::position);
  const bool box = is_box(layout);
  const bool back = is(Property::moved);
  if (placed) look.clipped = false;
  if (placed || back) look.far_off = false;
  const bool flat = is(Property::height) || is(Property::max_height) ||
                    is(Property::width) || is(Property::max_width);
  if (box && flat && is(Property::overflow) && !is(Property::opened)) {
    look.clipped = true;
  }
  const bool off = is(Property::left) || is(Property::top) ||
                   is(Property::right) || is(Property::margin_left);
  if (placed && off && !back) look.far_off = true;
  if (at(Property::indent).weight > 0) {
    look.indented = is(Property::indent) && (box || look.indented);
  }
}

void Cascade::apply_colours(Look& look) const {
  const Declared& colour = at(Property::colour);
  if (colour.weight > 0 && colour.value != kParentColour) {
    look.colour = static_cast<int32_t>(colour.value);
  }
  const Declared& background = at(Property::background);
  if (background.weight > 0 && background.value != kNoColour &&
      background.value != kParentColour) {
    look.background = static_cast<int32_t>(background.value);
  }
  if (is(Property::drawn)) look.background = kUnknownColour;
}

void Cascade::apply_direction(Layout layout, Look& look) const {
  if (at(Property::right_to_left).weight > 0) {
    look.right_to_left = is(Property::right_to_left);
  }
  // Boxes in it are laid out by themselves.
  if (at(Property::one_direction).weight > 0 || is_box(layout)) {
    look.turned = is(Property::one_direction) && look.right_to_left;
  }
  if (is(Property::mirrored)) look.mirrored = !look.mirrored;
}

void Cascade::apply(Layout layout, Look& look) const {
  look.gone = look.gone || is(Property::display) || is(Property::opacity);
  if (at(Property::visibility).weight > 0) {
    look.invisible = is(Property::visibility);
  }
  if (const Declared& size = at(Property::font_size); size.weight > 0) {
    look.font_pixels =
        size.value < 0 ? look.font_pixels * -size.value : size.value;
  }
  if (at(Property::keeps_blanks).weight > 0) {
    look.keeps_blanks = is(Property::keeps_blanks);
  }
  look.enlarged = look.enlarged || is(Property::enlarged);
  look.painted = look.painted || is(Property::painted);
  look.doubtful = look.doubtful || is(Property::doubtful);
  apply_box(layout, look);
  apply_direction(layout, look);
  apply_colours(look);
}

Placement Cascade::placement(bool is_row, const Look& look) const {
  Placement made;
  made.order = static_cast<int>(at(Property::order).value);
  if (is(Property::position)) {
    made.order +=
        order_of_place(at(Property::across).value, at(Property::down).value);
  }
  made.side = static_cast<int>(at(Property::side).value);
  made.push = at(Property::pushed).value;
  made.shift = at(Property::pulled).value;
  if (at(Property::position).value == kRelative) {
    const bool by_left = at(Property::across).weight > 0;
    made.shift +=
        by_left ? at(Property::across).value : -at(Property::backward).value;
  }
  made.from_last = is(Property::from_last);
  made.from_right = look.right_to_left && (is_row || is(Property::items));
  return made;
}

}  // namespace simwarden
