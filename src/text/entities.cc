// SPDX-License-Identifier: Apache-2.0
#include "text/entities.h"

#include <algorithm>
#include <string>
#include <vector>

#include "text/tables.h"

namespace simwarden {
namespace {

struct Entity {
  std::string_view name;
  std::u32string text;
};

const std::vector<Entity>& entities() {
  static const std::vector<Entity> kEntities = [] {
    std::vector<Entity> list;
    for (const TableRow& row : rows_of(tables::html_entities, 2)) {
      Entity entity{row[0], {}};
      std::string_view points = row[1];
      for (size_t end = 0; !points.empty(); points.remove_prefix(end)) {
        end = std::min(points.find(' '), points.size());
        entity.text.push_back(code_point_of(points.substr(0, end)));
        if (end < points.size()) ++end;
      }
      list.push_back(std::move(entity));
    }
    std::sort(list.begin(), list.end(),
              [](const Entity& a, const Entity& b) { return a.name < b.name; });
    return list;
  }();
  return kEntities;
}

}  // namespace

std::u32string_view html_character(std::string_view name) {
  const auto found = std::lower_bound(
      entities().begin(), entities().end(), name,
      [](const Entity& e, std::string_view n) { return e.name < n; });
  if (found == entities().end() || found->name != name) return {};
  return found->text;
}

}  // namespace simwarden
