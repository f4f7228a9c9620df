// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_pages.h"

#include <unordered_set>

#include "document/names.h"

namespace simwarden {
namespace {

// Remarks have contents as well: a string.
bool is_page(const PdfMembers& members, PdfObjects& objects) {
  const std::string_view contents = value_of(members, "Contents");
  return contents.starts_with('[') || objects.reference(contents).has_value();
}

// Where the tree of pages begins, by what the file says of itself.
std::vector<uint32_t> top_of_tree(PdfObjects& objects) {
  const auto& catalog = objects.members(objects.root());
  const auto top = objects.reference(value_of(catalog, "Pages"));
  return top ? std::vector{*top} : std::vector<uint32_t>();
}

// Pages of pages that are no part of others.
std::vector<uint32_t> tops_by_number(PdfObjects& objects) {
  std::vector<uint32_t> out;
  for (const auto& [object, text] : objects.all()) {
    if (!has_name(text, "Kids")) continue;
    const PdfMembers& members = objects.members(object);
    const bool has_kids = !value_of(members, "Kids").empty();
    if (has_kids && value_of(members, "Parent").empty()) out.push_back(object);
  }
  return out;
}

std::vector<uint32_t> pages_below(std::vector<uint32_t> open,
                                  PdfObjects& objects, size_t pages_max) {
  std::vector<uint32_t> pages;
  std::unordered_set<uint32_t> seen;
  while (!open.empty() && pages.size() < pages_max) {
    const uint32_t object = open.back();
    open.pop_back();
    if (!seen.insert(object).second) continue;
    const PdfMembers& members = objects.members(object);
    if (is_page(members, objects)) pages.push_back(object);
    const auto kids = objects.references(value_of(members, "Kids"));
    open.insert(open.end(), kids.rbegin(), kids.rend());
  }
  return pages;
}

}  // namespace

std::vector<uint32_t> first_pages(PdfObjects& objects, size_t pages_max) {
  auto pages = pages_below(top_of_tree(objects), objects, pages_max);
  if (pages.empty()) {
    auto tops = tops_by_number(objects);
    pages = pages_below({tops.rbegin(), tops.rend()}, objects, pages_max);
  }
  if (!pages.empty()) return pages;
  for (const auto& [object, text] : objects.all()) {
    if (pages.size() >= pages_max) break;
    if (!has_name(text, "Contents")) continue;
    if (is_page(objects.members(object), objects)) pages.push_back(object);
  }
  return pages;
}

}  // namespace simwarden
