// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "policy/ruleset.h"
#include "policy/sample.h"
#include "policy/two_packs.h"

// What several folders that are named together see of each other.
namespace simwarden {
namespace {

using namespace two_packs;

BOOST_AUTO_TEST_CASE(a_pack_too_deep_is_lost_unless_it_is_named) {
  sample::MapFiles files = good_packs("p");
  files.put("p/group/more/pack.yaml",
            head("more", "request") + "rules:\n" +
                rule("M-1", "flag: request.fee.amount > 1.0"));
  const auto lost = sample::load(files, {"p"});
  BOOST_TEST((lost.ruleset == nullptr));
  const auto first = lost.issues.sorted().at(0);
  BOOST_TEST(first.file == "p/group/more/pack.yaml");
  for (const char* also : {"p/group", "p/group/more", "p/group/more/"}) {
    const auto loaded = sample::load(files, {"p", also});
    BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
    BOOST_TEST(loaded.ruleset->packs.size() == 3u);
  }
}

std::string overlay(const std::string& name, const std::string& base,
                    const std::string& value) {
  return list_file(name, value) + "adds_to: " + base + "\n";
}

// "ours/more" asks the list `shops` of the folder p.
sample::MapFiles two_folders() {
  sample::MapFiles files = good_packs("p");
  files.put("ours/more/pack.yaml",
            head("more", "request") + "rules:\n" +
                rule("M-1", "flag: in_list('shops', request.channel.domain)"));
  files.put("ours/lists/our_shops.yaml",
            overlay("our_shops", "shops", "ours.test"));
  return files;
}

BOOST_AUTO_TEST_CASE(a_folder_of_lists_is_no_policy) {
  const auto loaded = sample::load(two_folders(), {"p", "ours/lists"});
  BOOST_TEST((loaded.ruleset == nullptr));
  BOOST_TEST(loaded.error.ends_with("named by their folder: --lists"));
}

BOOST_AUTO_TEST_CASE(lists_of_another_folder_that_is_named_are_seen) {
  const auto loaded = sample::load(two_folders(), {"p", "ours"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
  BOOST_TEST(loaded.issues.empty(), render(loaded.issues));
  BOOST_TEST(loaded.ruleset->list("shops")->contains("demo.test"));
  BOOST_TEST(loaded.ruleset->list("shops")->contains("ours.test"));
  const auto alone = sample::load(two_folders(), {"ours"});
  BOOST_TEST((alone.ruleset == nullptr));
}

BOOST_AUTO_TEST_CASE(a_list_beside_a_pack_is_nearer_than_another_folders) {
  sample::MapFiles files = two_folders();
  files.put("ours/lists/shops.yaml", list_file("shops", "near.test"));
  const auto loaded = sample::load(files, {"p", "ours"});
  const auto said = loaded.issues.sorted();
  BOOST_TEST_REQUIRE(said.size() == 1u, render(loaded.issues));
  BOOST_TEST(said[0].code == "P163");
  BOOST_TEST(said[0].help.find("adds_to: shops") != std::string::npos);
  BOOST_TEST(said[0].help.find("--lists") != std::string::npos);
}

struct NoBase {
  const char* path;
  std::string text;
  const char* message;
  const char* help;
};

BOOST_AUTO_TEST_CASE(an_overlay_without_a_list_is_told_what_works) {
  const NoBase rows[] = {
      {"p/lists/loop.yaml", overlay("loop", "loop", "a.test"),
       "the list loop would lie over itself",
       "give it a name and a file of its own"},
      {"p/lists/upper.yaml", overlay("upper", "lower", "a.test"),
       "lower is laid over a list itself", "add to the list below: shops"},
      {"p/lists/upper.yaml", overlay("upper", "shop", "a.test"),
       "there is no list shop", "did you mean shops?"},
      {"p/lists/upper.yaml", overlay("upper", "elsewhere", "a.test"),
       "there is no list elsewhere", "name the policies that have it, too"},
      {"p/lists/upper.yaml", overlay("upper", "inner", "a.test"),
       "the list inner is another pack's own",
       "lay it over from a folder that --lists names"},
  };
  for (const NoBase& row : rows) {
    sample::MapFiles files = good_packs("p");
    files.put("p/lists/lower.yaml", overlay("lower", "shops", "b.test"));
    files.put("p/asks/lists/inner.yaml", list_file("inner", "c.test"));
    files.put(row.path, row.text);
    Issue said;
    for (const Issue& issue : sample::load(files, {"p"}).issues.sorted()) {
      if (issue.code == "P166") said = issue;
    }
    BOOST_TEST(said.message == row.message);
    BOOST_TEST(said.help == row.help);
  }
}

}  // namespace
}  // namespace simwarden
