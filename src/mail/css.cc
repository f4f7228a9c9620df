// SPDX-License-Identifier: Apache-2.0
// Each declaration becomes numbers at once; a cascade keeps the one of most
// weight for each property. A weight is made of what beats what: important,
// style="", the kind of selector, the order.
#include "mail/css.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr uint32_t kImportant = uint32_t{1} << 31;
constexpr uint32_t kOrderBits = 26;  // more than bytes of style sheets

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
double position(std::string_view value) {
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
double no(std::string_view) {
  return 0;
}

struct Row {
  std::string_view name;  // "margin*": and all that begin so
  Property property;
  double (*read)(std::string_view value);
};
constexpr std::array kRows = {
    Row{"display", Property::display, display},
    Row{"visibility", Property::visibility, visibility},
    Row{"opacity", Property::opacity, opacity},
    Row{"color", Property::colour, colour},
    Row{"background", Property::background, background},
    Row{"background", Property::drawn, drawn},
    Row{"background-color", Property::background, colour},
    Row{"background-image", Property::drawn, drawn},
    Row{"font", Property::font_size, read_font},
    Row{"font-size", Property::font_size, read_font_size},
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
    Row{"box-shadow", Property::drawn, inner_shadow}};

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
    return value == 0 ? std::optional(value) : std::nullopt;
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

// The last of each property: a rule can be for many names.
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

Declarations unclear(const Declarations& declarations) {
  Declarations out;
  for (const Declaration& one : declarations) {
    const auto value = shown_value(one);
    if (value) out.push_back({one.property, *value, one.important});
  }
  return out;
}

// All that shows.
void add_sweeping(bool important, Declarations& out) {
  for (size_t i = 0; i < kProperties; ++i) {
    const auto property = static_cast<Property>(i);
    if (property == Property::keeps_blanks) continue;
    const Declaration any{property, shows(property) ? 1.0 : 0.0, important};
    const double none = property == Property::font_size ? kFontPixels : 0;
    out.push_back({property, shown_value(any).value_or(none), important});
  }
}

void read_declaration(std::string_view name, std::string_view value,
                      bool important, Declarations& out) {
  if (is_sweeping(name)) return add_sweeping(important, out);
  for (const Row& row : kRows) {
    if (!is_named(name, row.name)) continue;
    const double read = row.read(value);
    // Several names say so: none takes back what another said.
    const bool is_silent =
        shows(row.property) && row.property != Property::drawn && read == 0;
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

std::string without_comments(std::string_view css) {
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
  if (part.starts_with('*'))
    part.remove_prefix(1);
  else if (!part.empty() && is_name_char(part[0]) && !is_name_begin(part[0])) {
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

}  // namespace

bool Look::is_shown() const {
  constexpr double kSeenPixels = 1.5;
  if (gone || clipped || far_off || indented || invisible) return false;
  if (font_pixels <= kSeenPixels && !enlarged) return false;
  if (painted) return true;
  if (colour == kNoColour) return false;
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

Declarations read_style(std::string_view declarations) {
  std::string cleaned;
  if (declarations.find("/*") != declarations.npos) {
    cleaned = without_comments(declarations);
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
  apply_box(layout, look);
  apply_colours(look);
}

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
  read_rules(without_comments(css), media == Media::screen, 0);
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
  while (!selectors.empty() && !cut_) {
    const size_t comma = find_css(selectors, ",");
    const Part part = read_selector(without_blanks(selectors.substr(0, comma)));
    selectors.remove_prefix(std::min(comma + 1, selectors.size()));
    const bool counts = is_clear && part.kind != Kind::unclear;
    const uint32_t weight =
        weight_of(counts ? part.kind : Kind::unclear, order_);
    if (counts) put(rules_, part.name, clear, weight);
    // Of names in other letters: some pages tell them apart, some do not.
    const bool is_name = part.name.find_first_of(".#") != part.name.npos;
    if (counts && !is_name) continue;
    put(unclear_, small_letters(part.name), shown, weight);
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
  Declarations any;
  add_sweeping(true, any);
  cascade.take(any, Cascade::kInline);
}

}  // namespace simwarden
