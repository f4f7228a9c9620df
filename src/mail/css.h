// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/css_values.h"

// As much of style sheets as decides whether a reader sees a text. Text counts
// as hidden only where that is certain: what is not understood shows.
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
  double font_pixels = kFontPixels;
  int32_t colour = 0x000000;
  int32_t background = 0xFFFFFF;

  bool is_shown() const;
};

// What can be declared of an element. 1 is what a hidden text has, up to
// `position`; what shows it, from `opened`; of display and of the values that
// are none of both, see css.cc.
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
  keeps_blanks,
};
inline constexpr size_t kProperties = 23;

struct Declaration {
  Property property{};
  double value = 0;
  bool important = false;
};
using Declarations = std::vector<Declaration>;

// Reads "color: #fff; font-size: 0".
Declarations read_style(std::string_view declarations);

// Whether an element is a box that can be smaller than what is in it, if
// nothing else is declared: a part of a line is not, nor is one of a table.
enum class Layout : uint8_t { in_line, block };

// The declarations that win for one element. Of two the one of more weight
// does, of the same weight the later one.
class Cascade {
 public:
  // Below all rules: what the browser and the attributes say.
  static constexpr uint32_t kAttribute = 1;
  static constexpr uint32_t kInline = uint32_t{1} << 30;

  void take(Property property, double value, uint32_t weight);
  void take(const Declarations& declarations, uint32_t weight);
  void take(const Cascade& other);
  // `look` is that of the parent before, and of the element behind it.
  void apply(Layout layout, Look& look) const;

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
  void apply_colours(Look& look) const;

  std::array<Declared, kProperties> declared_;
};

// For which reader a style sheet is.
enum class Media : uint8_t { screen, other, unclear };
Media read_media(std::string_view query);

// The rules of <style> elements. Those with a selector of one part ("p",
// ".name", "#name", "p.name") count as they are written. Those with a longer
// one, or for media that may be the reader's, can show text and not hide it,
// of all elements that their last part could mean.
class StyleSheet {
 public:
  void read(std::string_view css, Media media = Media::screen);
  bool empty() const { return rules_.empty() && unclear_.empty() && !cut_; }
  // Takes what is written for an element.
  void apply(std::string_view element, std::string_view classes,
             std::string_view id, Cascade& cascade) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>()(name);
    }
  };
  // By what an element is called in a selector. One cascade for all rules of
  // a name: elements are many.
  using Rules = std::unordered_map<std::string, Cascade, Hash, std::equal_to<>>;

  void read_rules(std::string_view css, bool is_clear, int depth);
  void read_block(std::string_view selectors, std::string_view block,
                  bool is_clear, int depth);
  void add(std::string_view selectors, const Declarations& declarations,
           bool is_clear);
  void put(Rules& rules, const std::string& name,
           const Declarations& declarations, uint32_t weight);
  void apply_name(std::string_view name, Cascade& cascade) const;

  Rules rules_;
  Rules unclear_;  // names in small letters
  uint32_t order_ = Cascade::kAttribute;
  size_t bytes_ = 0;
  bool cut_ = false;  // at a bound: nothing is certain
};

// Names in rules, and bytes of style sheets that are read; of a mail's HTML.
inline constexpr size_t kStyleRulesMax = 4000;
inline constexpr size_t kStyleBytesMax = size_t{256} << 10;
// Names in one class attribute.
inline constexpr size_t kClassesMax = 16;
// Blocks inside each other: @media in @supports.
inline constexpr int kStyleDepthMax = 8;

}  // namespace simwarden
