// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "mail/css_values.h"

// Declarations, "color: #fff; font-size: 0", and what the winning ones make of
// the look of a text. Text counts as hidden only where that is certain: what is
// not understood shows.
namespace simwarden {

// How text inside an element looks.
struct Look {
  bool gone = false;  // with everything inside: display: none, opacity: 0
  // A child can undo the others, by its own place, size or colour.
  bool clipped = false;   // in a box of no size
  bool far_off = false;   // off the page
  bool indented = false;  // its first line is off the page
  bool invisible = false;
  bool enlarged = false;      // by an unknown factor
  bool painted = false;       // beside its colour: text-shadow and the like
  bool keeps_blanks = false;  // white-space: pre
  bool right_to_left = false;
  bool turned = false;    // letters stand from right to left
  bool mirrored = false;  // all of it does
  bool doubtful = false;  // shown here, though some programs may hide it
  double font_pixels = kFontPixels;
  int32_t colour = 0x000000;
  int32_t background = 0xFFFFFF;

  bool is_shown() const;
};

// What can be declared of an element. 1 is what a hidden text has, up to
// `position`; what shows it, from `opened`; of display and of the values that
// are none of both, see css_style.cc.
enum class Property : uint8_t {
  visibility,
  opacity,
  indent,
  height,
  max_height,
  width,
  max_width,
  overflow,
  left,
  top,
  right,
  margin_left,
  position,
  opened,  // its box has room
  moved,   // it could be moved back on the page
  enlarged,
  painted,
  drawn,  // a picture lies behind it
  display,
  font_size,
  colour,
  background,
  // Nothing of what hides.
  keeps_blanks,
  right_to_left,  // the direction
  one_direction,  // of all letters, whatever they are: unicode-bidi
  items,          // what is in it is laid out as items
  from_last,      // these from the last to the first
  order,          // among the items of its parent, a number
  side,           // float: -1 left, 1 right
  across,         // where it is put: pixels from the left
  backward,       // from the right
  down,
  pushed,    // beside what stands before it, with all behind: pixels
  pulled,    // beside its place: pixels
  mirrored,  // as in a mirror, the last letter first
  doubtful,  // by what may hide, or not
};
inline constexpr size_t kProperties = 36;

struct Declaration {
  Property property{};
  double value = 0;
  bool important = false;
};
using Declarations = std::vector<Declaration>;
// All properties, as they are where text is shown.
Declarations shown_in_any_case(bool important);
// The last of each property: a rule can be for many names.
Declarations settled(const Declarations& declarations);
// What is left of them where it is not certain that they count: they can show
// and not hide.
Declarations unclear(const Declarations& declarations);
// Whether an element with these, and nothing else, may be hidden.
bool may_hide(const Declarations& declarations);

// Reads "color: #fff; font-size: 0".
Declarations read_style(std::string_view declarations);

// Whether an element is a box that can be smaller than what is in it, if
// nothing else is declared: a part of a line is not, nor is one of a table.
enum class Layout : uint8_t { in_line, block };

// Where an element stands among those beside it, and in which order it shows
// what is in it (CSS Flexible Box Layout 1, floats and relative positions of
// CSS 2.2, `dir`).
struct Placement {
  int order = 0;
  int side = 0;
  bool from_last = false;   // its items stand from the last to the first
  bool from_right = false;  // so they do unless their script does
  // Pixels to the right of where it would stand; the second moves all behind.
  double shift = 0;
  double push = 0;
};

// The declarations that win for one element. Of two the one of more weight
// does, of the same weight the later one.
class Cascade {
 public:
  // Below all rules: what the browser and the attributes say.
  static constexpr uint32_t kAttribute = 1;
  static constexpr uint32_t kInline = uint32_t{1} << 30;
  static constexpr uint32_t kImportant = uint32_t{1} << 31;

  void take(Property property, double value, uint32_t weight);
  void take(const Declarations& declarations, uint32_t weight);
  void take(const Cascade& other);
  // `look` is that of the parent before, and of the element behind it.
  void apply(Layout layout, Look& look) const;
  // `look` is that of the element. `is_row`: of a table.
  Placement placement(bool is_row, const Look& look) const;

 private:
  struct Declared {
    double value = 0;
    uint32_t weight = 0;  // 0: not declared
  };
  const Declared& at(Property property) const {
    return declared_[static_cast<size_t>(property)];
  }
  bool is(Property property) const { return at(property).value == 1; }
  bool is_box(Layout layout) const;
  void apply_box(Layout layout, Look& look) const;
  void apply_direction(Layout layout, Look& look) const;
  void apply_colours(Look& look) const;

  std::array<Declared, kProperties> declared_;
};

}  // namespace simwarden
