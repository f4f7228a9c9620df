// SPDX-License-Identifier: Apache-2.0
#include "judge/plan.h"

#include <memory>
#include <set>
#include <string>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "policy/unasked_lists.h"

using namespace simwarden;

namespace {

// How many names stand in which list of the registry.
std::string shape_of(const Registry& r) {
  return fmt::format(
      "{} {} {} {} {} {} {} {} {} {} {}", r.official_domains.size(),
      r.official_hosts.size(), r.official_hotlines.size(),
      r.official_handles.size(), r.shorteners.size(), r.free_hosting.size(),
      r.image_hosts.size(), r.brands.size(), r.short_brands.size(),
      r.disposable_mail.size(), r.scam_phrases != nullptr);
}

std::shared_ptr<const NamedList> list_of(const UnaskedListRow& row) {
  auto list = std::make_shared<NamedList>();
  list->name = row.name;
  list->of = row.of;
  list->entries.push_back({.value = "demo"});
  list->keys.insert("demo");
  return list;
}

}  // namespace

// A list that counts as used and that nobody reads would be a silent hole.
BOOST_AUTO_TEST_CASE(every_list_that_is_read_unasked_is_read) {
  std::set<std::string> shapes = {shape_of(make_registry(Ruleset()))};
  for (const UnaskedListRow& row : kUnaskedLists) {
    Ruleset ruleset;
    ruleset.lists.emplace(row.name, list_of(row));
    const std::string shape = shape_of(make_registry(ruleset));
    BOOST_TEST(shapes.insert(shape).second, row.name << ": " << shape);
  }
}
