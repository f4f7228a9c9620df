// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mail/css_style.h"

namespace simwarden {

// The items of a page's elements where they are shown in another order than
// they are written. Told of every element, in the order of the page; `text` is
// the shown text so far, which only grows.
//
//   (begin end)*, one in the other
class ItemOrder {
 public:
  explicit ItemOrder(const std::string& text) : text_(text) {}

  void begin(const Placement& placement);
  // What the ending element shows, its items in the order in which they stand,
  // nothing between them; of items that are moved along their line those from
  // the first to the last one that stands elsewhere. "" where that is the
  // written order or too long.
  std::string end();

 private:
  struct Item {
    size_t begin = 0;
    size_t end = 0;
    int order = 0;
    int side = 0;
    double shift = 0;
    double push = 0;
  };
  struct Open {
    Placement placement;
    size_t begin = 0;
    bool reordered = false;  // by one of its items
    bool moved = false;      // one of these along its line
    std::vector<Item> items;
  };

  static void add_item(Open& parent, const Placement& placement, size_t begin);
  std::string_view words_of(const Item& item) const;
  std::vector<Item> all_items(const Open& open) const;
  void sort_as_laid_out(std::vector<Item>& items, bool turns) const;
  std::vector<Item> moved_items(const std::vector<Item>& items) const;
  std::string in_order(const std::vector<Item>& items) const;

  const std::string& text_;
  std::vector<Open> open_;
};

}  // namespace simwarden
