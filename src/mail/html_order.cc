// SPDX-License-Identifier: Apache-2.0
#include "mail/html_order.h"

#include <algorithm>
#include <utility>

#include "mail/shown_text.h"
#include "mail/words.h"

namespace simwarden {
namespace {

// A contact in pieces is short; what is longer is a page in columns, whose
// columns say the same in any order.
constexpr size_t kOrderedBytesMax = 200;
constexpr size_t kItemsMax = 128;
// Elements stand in each other: what is longer is not looked through again for
// each of them.
constexpr size_t kLookedBytesMax = size_t{16} << 10;

// About as wide as browsers show it: letters are half as wide as a font is
// high, those of East Asia and emoji all of it.
double pixels_of(std::string_view words) {
  double pixels = 0;
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || (byte >= 0xC0 && byte < 0xE3)) pixels += kFontPixels / 2;
    if (byte >= 0xE3) pixels += kFontPixels;
  }
  return pixels;
}

}  // namespace

void ItemOrder::begin(const Placement& placement) {
  if (!open_.empty()) add_item(open_.back(), placement, text_.size());
  open_.push_back({placement, text_.size(), false, false, {}});
}

void ItemOrder::add_item(Open& parent, const Placement& placement,
                         size_t begin) {
  if (placement.order != 0 || placement.side != 0) parent.reordered = true;
  if (placement.shift != 0 || placement.push < 0) parent.moved = true;
  if (parent.items.size() >= kItemsMax) return;
  parent.items.push_back({begin, begin, placement.order, placement.side,
                          placement.shift, placement.push});
}

std::string ItemOrder::end() {
  if (open_.empty()) return "";
  const Open open = std::move(open_.back());
  open_.pop_back();
  if (!open_.empty() && !open_.back().items.empty()) {
    open_.back().items.back().end = text_.size();
  }
  const std::string_view written = std::string_view(text_).substr(open.begin);
  if (written.size() > kLookedBytesMax) return "";
  const bool turns =
      open.placement.from_last !=
      (open.placement.from_right && !is_written_from_right(written));
  const bool reordered = turns || open.reordered;
  if ((!reordered && !open.moved) || open.items.size() >= kItemsMax) return "";
  std::vector<Item> items = all_items(open);
  if (!reordered) return in_order(moved_items(items));
  sort_as_laid_out(items, turns);
  const bool as_written = std::is_sorted(
      items.begin(), items.end(),
      [](const Item& a, const Item& b) { return a.begin < b.begin; });
  return as_written ? "" : in_order(items);
}

// The first one to the right is the outermost. Where `order` counts nothing
// floats.
void ItemOrder::sort_as_laid_out(std::vector<Item>& items, bool turns) const {
  const auto is_right = [](const Item& item) { return item.side > 0; };
  std::stable_sort(
      items.begin(), items.end(), [](const Item& a, const Item& b) {
        return std::pair(a.order, a.side) < std::pair(b.order, b.side);
      });
  std::reverse(std::find_if(items.begin(), items.end(), is_right), items.end());
  if (turns) std::reverse(items.begin(), items.end());
}

// By where each begins, line by line.
std::vector<ItemOrder::Item> ItemOrder::moved_items(
    const std::vector<Item>& items) const {
  struct Place {
    size_t line;
    double across;
    size_t index;
  };
  std::vector<Place> places;
  size_t line = 0;
  double across = 0;
  for (const Item& item : items) {
    const std::string_view words = words_of(item);
    const size_t feed = words.rfind('\n');
    if (feed != words.npos) {
      ++line;
      across = 0;
    }
    across += item.push;
    places.push_back({line, across + item.shift, places.size()});
    across += pixels_of(words.substr(feed == words.npos ? 0 : feed + 1));
  }
  std::stable_sort(
      places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::pair(a.line, a.across) < std::pair(b.line, b.across);
      });
  size_t first = 0;
  size_t last = places.size();
  while (first < last && places[first].index == first) ++first;
  while (last > first && places[last - 1].index == last - 1) --last;
  std::vector<Item> moved;
  for (; first < last; ++first) moved.push_back(items[places[first].index]);
  return moved;
}

std::string_view ItemOrder::words_of(const Item& item) const {
  return std::string_view(text_).substr(item.begin, item.end - item.begin);
}

// What stands between two elements is an item, too.
std::vector<ItemOrder::Item> ItemOrder::all_items(const Open& open) const {
  std::vector<Item> items;
  size_t at = open.begin;
  const auto add = [&](const Item& item) {
    if (!without_blanks(words_of(item)).empty()) items.push_back(item);
  };
  for (const Item& item : open.items) {
    add({at, item.begin});
    add(item);
    at = item.end;
  }
  add({at, text_.size()});
  return items;
}

std::string ItemOrder::in_order(const std::vector<Item>& items) const {
  std::string out;
  for (const Item& item : items) out += without_blanks(words_of(item));
  return out.size() > kOrderedBytesMax ? "" : out;
}

}  // namespace simwarden
