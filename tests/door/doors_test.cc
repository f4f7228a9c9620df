// SPDX-License-Identifier: Apache-2.0
#include "door/doors.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "files.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(table_of_doors)

BOOST_AUTO_TEST_CASE(every_door_is_whole_and_found_by_its_name) {
  std::set<std::string_view> names;
  for (const DoorRow& door : doors()) {
    BOOST_TEST(names.insert(door.name).second, door.name);
    BOOST_TEST(find_door(door.name) == &door);
    BOOST_TEST(!door.doc.empty(), door.name);
    BOOST_TEST(door.converse != nullptr, door.name);
    BOOST_TEST(door.refuse != nullptr, door.name);
    BOOST_TEST(door.idle.count() > 0, door.name);
    BOOST_TEST(std::filesystem::exists(fmt::format("docs/{}.md", door.manual)),
               door.name);
  }
  BOOST_TEST(find_door("telex") == nullptr);
}

std::string keys_of(const DoorRow& door) {
  std::string text;
  for (const std::string_view key : door.own_keys) {
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", key);
  }
  return text;
}

std::string odd_about(const DoorRow& door) {
  std::string text;
  const auto say = [&text](std::string_view words) {
    text += fmt::format("{}{}", text.empty() ? "" : "; ", words);
  };
  if (!door.takes_country) say("no `country`: its records say it");
  if (!door.takes_tokens) say("no `auth: tokens`: no place for one");
  if (!door.keeps) say("`keep` is `false` unless it is said");
  if (door.idle != DoorTimeouts().idle) {
    say(fmt::format("`idle` is {}m", door.idle.count() / 60'000));
  }
  return text;
}

std::string table() {
  std::string text =
      "| `door` | what speaks to it | keys of its own | besides |\n"
      "|---|---|---|---|\n";
  for (const DoorRow& door : doors()) {
    text += fmt::format("| `{}` | {} ([{}]({}.md)) | {} | {} |\n", door.name,
                        door.doc, door.manual, door.manual, keys_of(door),
                        odd_about(door));
  }
  return text;
}

// UPDATE_GOLDEN=1 writes it anew.
BOOST_AUTO_TEST_CASE(the_manual_has_the_table_of_the_program) {
  const std::filesystem::path page = "docs/serve.md";
  const std::string text = read_all(page);
  const std::string begin = "<!-- doors -->\n";
  const size_t at = text.find(begin);
  BOOST_REQUIRE(at != std::string::npos);
  const size_t end = text.find("<!-- end -->", at);
  BOOST_REQUIRE(end != std::string::npos);
  const std::string wanted =
      text.substr(0, at + begin.size()) + table() + text.substr(end);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(page, std::ios::binary) << wanted;
    return;
  }
  BOOST_TEST(text == wanted);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
