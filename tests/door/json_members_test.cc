// SPDX-License-Identifier: Apache-2.0
#include "door/json_members.h"

#include <string>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

std::string shown(std::string_view text, size_t most = 9) {
  const JsonMembers members = split_json_array(text, most);
  if (members.too_many) return "too many";
  if (!members.wrong.empty()) {
    return std::string(members.wrong) + " " + std::to_string(members.wrong_at);
  }
  std::string out;
  for (const std::string_view member : members.texts) {
    out.append("<").append(member).append(">");
  }
  return out;
}

BOOST_AUTO_TEST_CASE(members_are_found_whatever_is_wrong_in_them) {
  const std::pair<const char*, const char*> rows[] = {
      {"[]", ""},
      {" [ \n] ", ""},
      {"[1]", "<1>"},
      {"[ {\"a\":[1,2]} ,\n {} ]", "<{\"a\":[1,2]}><{}>"},
      {R"([{"a":"],}\"["},2])", R"(<{"a":"],}\"["}><2>)"},
      {R"([{"n":1e400},{"t":"\ud83d"},nonsense, "\\"])",
       R"(<{"n":1e400}><{"t":"\ud83d"}><nonsense><"\\">)"},
      {"[\"\xff\",1]", "<\"\xff\"><1>"},
      {"[1,]", "a member is missing 3"},
      {"[,1]", "a member is missing 1"},
      {"[1", "it ends in the middle 2"},
      {"[\"a", "it ends in the middle 3"},
      {"[1}", "a } that nothing opened 2"},
      {"[1] 2", "something follows it 4"},
      {"{}", "no [ begins it 0"}};
  for (const auto& [text, wanted] : rows) {
    BOOST_TEST(shown(text) == wanted);
  }
  BOOST_TEST(shown("[1,2]", 2) == "<1><2>");
  BOOST_TEST(shown("[1,2,3]", 2) == "too many");
  BOOST_TEST(shown(std::string(100'000, '[')) ==
             "it ends in the middle 100000");
}

}  // namespace
}  // namespace simwarden
