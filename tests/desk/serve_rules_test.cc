// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_rules.h"

#include <boost/test/unit_test.hpp>

#include "files.h"
#include "intake/intake.h"
#include "policy/sample.h"

using namespace simwarden;

namespace {

// A pack of one rule with its cases, and settings of a door that has it in
// force.
struct Site {
  TestFolder folder;
  ServeSettings settings;
  Meters meters;
  FigureKeeper figures{"demo"};
  ServeLog log;

  Site() : settings(one_door()), meters(settings.listeners), log({}) {
    write("flag: message.text == 'bad'", "clear");
    settings.policies = {folder / "p"};
    settings.log.verdicts = LogVerdicts::none;
  }
  static ServeSettings one_door() {
    ServeSettings made;
    made.listeners = {{.name = "door", .door = "http"}};
    return made;
  }

  void write(const std::string& body, const std::string& of_other) const {
    folder.write("p/demo/pack.yaml",
                 sample::pack("message", sample::rule("A-1", body)));
    folder.write("p/demo/tests.yaml",
                 "cases:\n"
                 "  - {name: a, text: bad, expect: {hit: [A-1]}}\n"
                 "  - {name: b, text: good, expect: {clear: [A-1]}}\n"
                 "  - {name: c, text: other, expect: {" +
                     of_other + ": [A-1]}}\n");
    folder.write("p/profiles/generic.yaml",
                 "profile: generic\ntitle: G\nstatus: example\ncountry: ''\n");
  }
  Result<std::shared_ptr<ServeRules>> load(Issues& issues) {
    return ServeRules::load(
        settings, {.meters = &meters, .figures = &figures, .log = &log},
        nullptr, issues);
  }
  std::shared_ptr<ServeRules> loaded() {
    Issues issues;
    auto rules = load(issues);
    BOOST_REQUIRE_MESSAGE(rules.ok(), mistakes_in(issues));
    return *std::move(rules);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(serve_rules)

BOOST_AUTO_TEST_CASE(rules_whose_cases_pass_are_proven_and_judge_at_the_door) {
  Site site;
  const auto rules = site.loaded();
  BOOST_TEST(rules->prove().ok());
  const auto in_force = rules->at(site.settings.listeners[0]);
  BOOST_TEST(in_force->digest() == rules->house().ruleset().digest);
  const Item item = parse_json(R"({"kind":"message","text":"bad"})", {});
  BOOST_REQUIRE(!item.bad);
  BOOST_TEST(in_force->explain(item.record, {}).find("A-1") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_case_that_fails_is_named) {
  Site site;
  site.write("flag: message.text == 'bad'", "hit");
  const Status proven = site.loaded()->prove();
  BOOST_REQUIRE(!proven.ok());
  BOOST_TEST((proven.error().trouble == Trouble::policy));
  BOOST_TEST(proven.error().what.find("demo: the case 'c' fails: ") == 0u,
             proven.error().what);
}

// At the end of the program nobody waits for them.
BOOST_AUTO_TEST_CASE(cases_are_left_alone_once_they_are_stopped) {
  Site site;
  site.write("flag: message.text == 'bad'", "hit");
  int asked = 0;
  BOOST_TEST(site.loaded()->prove([&asked] { return ++asked > 0; }).ok());
  BOOST_TEST(asked > 0);
}

// Rules are proven by the files that they were read from.
BOOST_AUTO_TEST_CASE(rules_whose_files_changed_meanwhile_are_not_proven) {
  Site site;
  const auto rules = site.loaded();
  site.write("flag: message.text == 'worse'", "clear");
  const Status proven = rules->prove();
  BOOST_REQUIRE(!proven.ok());
  BOOST_TEST(proven.error().what.find("changed while they were read") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_with_their_place) {
  Site site;
  site.write("flag: message.txt == 'bad'", "clear");
  Issues issues;
  BOOST_TEST(!site.load(issues).ok());
  BOOST_TEST(
      mistakes_in(issues).find("demo/pack.yaml:14:11: ") != std::string::npos,
      mistakes_in(issues));
}

BOOST_AUTO_TEST_SUITE_END()
