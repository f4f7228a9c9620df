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

}  // namespace

void ItemOrder::begin(const Placement& placement) {
  if (!open_.empty()) add_item(open_.back(), placement);
  open_.push_back({placement, text_.size(), false, {}});
}

void ItemOrder::add_item(Open& parent, const Placement& placement) const {
  if (placement.order != 0 || placement.side != 0) parent.reordered = true;
  if (parent.items.size() >= kItemsMax ||
      text_.size() - parent.begin > kOrderedBytesMax) {
    return;
  }
  parent.items.push_back(
      {text_.size(), text_.size(), placement.order, placement.side});
}

std::string ItemOrder::end() {
  if (open_.empty()) return "";
  const Open open = std::move(open_.back());
  open_.pop_back();
  if (!open_.empty() && !open_.back().items.empty()) {
    open_.back().items.back().end = text_.size();
  }
  const std::string_view written = std::string_view(text_).substr(open.begin);
  const bool turns =
      open.placement.from_last !=
      (open.placement.from_right && !is_written_from_right(written));
  if (!turns && !open.reordered) return "";
  if (written.size() > kOrderedBytesMax || open.items.size() >= kItemsMax) {
    return "";
  }
  std::vector<Item> items = all_items(open);
  const auto is_right = [](const Item& item) { return item.side > 0; };
  std::stable_sort(
      items.begin(), items.end(), [](const Item& a, const Item& b) {
        return std::pair(a.order, a.side) < std::pair(b.order, b.side);
      });
  // The first one to the right is the outermost. Where `order` counts nothing
  // floats.
  std::reverse(std::find_if(items.begin(), items.end(), is_right), items.end());
  if (turns) std::reverse(items.begin(), items.end());
  const bool as_written = std::is_sorted(
      items.begin(), items.end(),
      [](const Item& a, const Item& b) { return a.begin < b.begin; });
  return as_written ? "" : in_order(items);
}

// What stands between two elements is an item, too.
std::vector<ItemOrder::Item> ItemOrder::all_items(const Open& open) const {
  std::vector<Item> items;
  size_t at = open.begin;
  const auto add = [&](Item item) {
    const std::string_view words =
        std::string_view(text_).substr(item.begin, item.end - item.begin);
    if (!without_blanks(words).empty()) items.push_back(item);
  };
  for (const Item& item : open.items) {
    add({at, item.begin, 0, 0});
    add(item);
    at = item.end;
  }
  add({at, text_.size(), 0, 0});
  return items;
}

std::string ItemOrder::in_order(const std::vector<Item>& items) const {
  std::string out;
  for (const Item& item : items) {
    out += without_blanks(
        std::string_view(text_).substr(item.begin, item.end - item.begin));
  }
  return out;
}

}  // namespace simwarden
