// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mail/css_style.h"

// As much of style sheets as decides whether a reader sees a text.
namespace simwarden {

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
