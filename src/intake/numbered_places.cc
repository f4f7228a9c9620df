// SPDX-License-Identifier: Apache-2.0
#include "intake/numbered_places.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

namespace simwarden {
namespace {

bool is_member(const Column& place) {
  return place.what == Column::What::member;
}

// The group of a member, the list of an element.
uint32_t whole_of(const Column& place) {
  return is_member(place) ? field(place.id).group : place.id;
}

auto order_of(const Column& place) {
  return std::tuple(is_member(place), whole_of(place), place.item, place.id);
}

std::string_view name_of_whole(const Column& place) {
  const Field& row = field(place.id);
  return is_member(place) ? group(row.group).name : row.name;
}

// "auth.factors[0].type", "recipients[1]"
std::string name_of(const Column& place) {
  const std::string_view whole = name_of_whole(place);
  const std::string item = fmt::format("{}[{}]", whole, place.item);
  if (!is_member(place)) return item;
  constexpr size_t kBrackets = 2;
  return item +
         std::string(field(place.id).name.substr(whole.size() + kBrackets));
}

}  // namespace

std::string NumberedPlaces::put(Record& record) {
  std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) {
    return order_of(a.at) < order_of(b.at);
  });
  const auto twice = std::adjacent_find(
      places_.begin(), places_.end(),
      [](const Place& a, const Place& b) { return a.at == b.at; });
  if (twice != places_.end()) return name_of(twice->at);
  for (Run begin = places_.begin(); begin != places_.end();) {
    const Run end = end_of_run(begin);
    const bool done = is_member(begin->at) ? put_group(record, begin, end)
                                           : put_list(record, begin, end);
    if (!done) return std::string(name_of_whole(begin->at));
    begin = end;
  }
  return {};
}

// Of those that belong to one list or group.
NumberedPlaces::Run NumberedPlaces::end_of_run(Run begin) const {
  return std::find_if(begin, places_.end(), [&](const Place& place) {
    return is_member(place.at) != is_member(begin->at) ||
           whole_of(place.at) != whole_of(begin->at);
  });
}

bool NumberedPlaces::put_list(Record& record, Run begin, Run end) {
  const FieldId id = begin->at.id;
  if (record.slot(id).state != SlotState::absent) return false;
  std::vector<Slot> elements;
  for (; begin != end; ++begin) elements.push_back(begin->slot);
  record.set_list(id, elements);
  return true;
}

bool NumberedPlaces::put_group(Record& record, Run begin, Run end) {
  const GroupId id = field(begin->at.id).group;
  if (record.group_slot(id).state != SlotState::absent) return false;
  uint32_t items = 0;
  for (Run at = begin; at != end; ++at) {
    items += at == begin || at->at.item != std::prev(at)->at.item;
  }
  record.set_group(id, items);
  uint32_t item = 0;
  for (Run at = begin; at != end; ++at) {
    item += at != begin && at->at.item != std::prev(at)->at.item;
    record.set_member(at->at.id, item, at->slot);
  }
  return true;
}

}  // namespace simwarden
