// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/intake.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(inputs)

std::vector<std::string> names_in(const TestFolder& folder,
                                  const Inputs& inputs) {
  std::vector<std::string> names;
  const size_t prefix = (folder / "").size();
  for (const std::string& path : inputs.paths) {
    names.push_back(path.substr(prefix));
  }
  return names;
}

using Names = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(folders_are_walked_in_order_without_hidden_files) {
  const TestFolder folder;
  for (const char* name : {"logs/b.jsonl", "logs/a.csv", "logs/.hidden",
                           "logs/.git/x.csv", "logs/sub/c.txt", "logs/z"}) {
    folder.write(name, "x");
  }
  const auto inputs = expand_inputs({folder / "logs"});
  BOOST_REQUIRE(inputs.ok());
  const Names kWanted = {"logs/a.csv", "logs/b.jsonl", "logs/sub/c.txt",
                         "logs/z"};
  BOOST_TEST(names_in(folder, *inputs) == kWanted);
  BOOST_TEST(inputs->unreadable.empty());
  const auto slash = expand_inputs({folder / "logs/"});
  BOOST_TEST(names_in(folder, *slash) == kWanted);
}

BOOST_AUTO_TEST_CASE(of_a_maildir_the_mails_are_read_and_nothing_else) {
  const TestFolder folder;
  for (const char* name :
       {"box/cur/1.a:2,S", "box/new/2.b", "box/tmp/3.c", "box/dovecot-uidlist",
        "box/.Sent/cur/4.d", "box/.Sent/new/5.e", "box/.Sent/maildirfolder",
        "box/.git/config"}) {
    folder.write(name, "From: demo@mail.example\n\nx\n");
  }
  const auto inputs = expand_inputs({folder / "box"});
  BOOST_REQUIRE(inputs.ok());
  const Names kWanted = {"box/.Sent/cur/4.d", "box/.Sent/new/5.e",
                         "box/cur/1.a:2,S", "box/new/2.b"};
  BOOST_TEST(names_in(folder, *inputs) == kWanted);
}

BOOST_AUTO_TEST_CASE(links_that_lead_in_circles_end) {
  const TestFolder folder;
  folder.write("logs/sub/a.csv", "x");
  std::filesystem::create_directory_symlink(folder / "logs",
                                            folder / "logs/sub/up");
  std::filesystem::create_symlink(folder / "nowhere", folder / "logs/dangling");
  BOOST_REQUIRE(::mkfifo((folder / "logs/pipe").c_str(), 0600) == 0);
  const auto inputs = expand_inputs({folder / "logs"});
  BOOST_REQUIRE(inputs.ok());
  BOOST_TEST(names_in(folder, *inputs) == Names{"logs/sub/a.csv"});
  BOOST_REQUIRE(inputs->unreadable.size() == 2u);
  BOOST_TEST(inputs->unreadable[0].path.find("dangling") != std::string::npos);
  BOOST_TEST(inputs->unreadable[1].error.what.find(
                 "pipe: cannot be read: it is no file but a pipe") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(patterns_match_when_no_file_has_that_very_name) {
  const TestFolder folder;
  folder.write("b.csv", "x");
  folder.write("a.csv", "x");
  folder.write("odd[1].csv", "x");
  folder.write("odd1.csv", "x");
  const auto stars = expand_inputs({folder / "?.csv", "-"});
  BOOST_REQUIRE(stars.ok());
  BOOST_REQUIRE(stars->paths.size() == 3u);
  BOOST_TEST(stars->paths[0] == folder / "a.csv");
  BOOST_TEST(stars->paths[2] == "-");
  const auto very_name = expand_inputs({folder / "odd[1].csv"});
  BOOST_REQUIRE(very_name.ok());
  BOOST_TEST(names_in(folder, *very_name) == Names{"odd[1].csv"});
}

BOOST_AUTO_TEST_CASE(a_bad_match_of_a_pattern_does_not_cost_the_others) {
  const TestFolder folder;
  folder.write("logs/a.csv", "x");
  folder.write("logs/z.csv", "x");
  std::filesystem::create_directory(folder / "logs/empty");
  std::filesystem::create_symlink(folder / "nowhere", folder / "logs/dangling");
  const auto inputs = expand_inputs({folder / "logs/*"});
  BOOST_REQUIRE(inputs.ok());
  const Names kWanted = {"logs/a.csv", "logs/z.csv"};
  BOOST_TEST(names_in(folder, *inputs) == kWanted);
  BOOST_REQUIRE(inputs->unreadable.size() == 2u);
  BOOST_TEST(inputs->unreadable[0].path == folder / "logs/dangling");
  BOOST_TEST(inputs->unreadable[1].path == folder / "logs/empty");
}

BOOST_AUTO_TEST_CASE(two_stars_of_a_pattern_are_one) {
  const TestFolder folder;
  folder.write("logs/sub/deep/a.csv", "x");
  folder.write("logs/sub/b.csv", "x");
  const auto inputs = expand_inputs({folder / "logs/**/*.csv"});
  BOOST_REQUIRE(inputs.ok());
  BOOST_TEST(names_in(folder, *inputs) == Names{"logs/sub/b.csv"});
}

BOOST_AUTO_TEST_CASE(what_does_not_exist_is_named) {
  const TestFolder folder;
  for (const char* name : {"none.csv", "*.csv"}) {
    const auto inputs = expand_inputs({folder / name});
    BOOST_REQUIRE(!inputs.ok());
    BOOST_TEST((inputs.error().trouble == Trouble::input));
    BOOST_TEST(inputs.error().what.find(name) != std::string::npos);
    BOOST_TEST(inputs.error().what.find("No such file") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(folders_that_may_not_be_entered_are_collected) {
  if (::geteuid() == 0) {
    BOOST_TEST_MESSAGE("run by root, whom no permission stops: not run");
    return;
  }
  const TestFolder folder;
  folder.write("logs/a.csv", "x");
  folder.write("logs/shut/b.csv", "x");
  folder.write("logs/shut.csv", "x");
  ::chmod((folder / "logs/shut").c_str(), 0);
  ::chmod((folder / "logs/shut.csv").c_str(), 0);
  const auto inputs = expand_inputs({folder / "logs"});
  const auto stars = expand_inputs({folder / "logs/*"});
  const auto through = expand_inputs({folder / "logs/*/*.csv"});
  ::chmod((folder / "logs/shut").c_str(), 0700);
  BOOST_REQUIRE(inputs.ok());
  BOOST_TEST(names_in(folder, *inputs) == Names{"logs/a.csv"});
  BOOST_TEST(inputs->unreadable.size() == 2u);
  BOOST_REQUIRE(stars.ok());
  BOOST_TEST(names_in(folder, *stars) == Names{"logs/a.csv"});
  BOOST_TEST(stars->unreadable.size() == 2u);
  BOOST_REQUIRE(through.ok());
  BOOST_REQUIRE(through->unreadable.size() == 1u);
  BOOST_TEST(through->unreadable[0].path == folder / "logs/shut");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
