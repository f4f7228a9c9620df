// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simwarden {

// Where a page is in drawings and formulas (HTML Standard, 13.2.6.5): there
// <style> holds markup, "/>" ends an element, and <p>, <div> and some dozen
// others close what is open of them. Names in any case.
class ForeignElements {
 public:
  // What comes next is SVG or MathML, no HTML.
  bool is_here() const { return !open_.empty() && !open_.back().holds_html; }
  // Whether HTML's element of this name closes them. Of <font> its attributes
  // say it.
  static bool is_closed_by(std::string_view name);

  // Follow what is written. `says_html`: by its attribute `encoding`.
  void begin(std::string_view name, bool says_html);
  void end(std::string_view name);
  // Closes them as far as HTML goes on; gives the end tags.
  std::string leave();

 private:
  struct Open {
    std::string_view name;
    bool holds_html;
  };
  bool is_holder(std::string_view name, bool says_html) const;

  std::vector<Open> open_;  // roots, and what holds HTML in them
};

}  // namespace simwarden
