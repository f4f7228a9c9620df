// SPDX-License-Identifier: Apache-2.0
#include "policy/ruleset.h"

#include <filesystem>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "policy/list_reader.h"
#include "policy/names.h"
#include "policy/pack_tests.h"
#include "policy/parameters.h"
#include "policy/sample.h"
#include "policy/two_packs.h"

namespace simwarden {
namespace {

using namespace two_packs;

BOOST_AUTO_TEST_CASE(a_folder_of_packs_becomes_one_ruleset) {
  const auto loaded = sample::load(good_packs("p"), {"p"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
  const Ruleset& made = *loaded.ruleset;
  BOOST_TEST_REQUIRE(made.packs.size() == 2u);
  BOOST_TEST(made.packs[0].name == "asks");
  BOOST_TEST(made.packs[1].rules[0].condition.source ==
             "patterns.otp && !patterns.near");
  BOOST_TEST(made.packs[0].rules[1].duty);
  const std::vector<std::string> parameters = {"limit", "words"};
  BOOST_TEST(made.parameter_names == parameters,
             boost::test_tools::per_element());
  const std::vector<std::string> sets = {"otp", "raw_one", "near"};
  BOOST_TEST(made.pattern_names == sets, boost::test_tools::per_element());
  BOOST_TEST(made.profile_slot(1) == 101u);
  BOOST_TEST(made.pattern_slot(2) == 104u);
  const auto slots = made.packs[1].rules[0].condition.program->slots();
  BOOST_TEST((std::vector<uint32_t>(slots.begin(), slots.end()) ==
              std::vector<uint32_t>{102, 104}));
}

BOOST_AUTO_TEST_CASE(patterns_of_a_view_share_a_scanner) {
  const auto loaded = sample::load(good_packs("p"), {"p"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr));
  const auto& plans = loaded.ruleset->patterns;
  BOOST_TEST_REQUIRE(plans.size() == 2u);
  BOOST_TEST((plans[0].view == PatternView::raw));
  BOOST_TEST((plans[0].set_of == std::vector<uint32_t>{1}));
  BOOST_TEST((plans[1].set_of == std::vector<uint32_t>{0, 0, 2}));
  std::vector<Hit> hits;
  const auto scratch = plans[1].scanner->make_scratch();
  plans[1].scanner->scan("your code for the sim", *scratch, hits);
  BOOST_TEST_REQUIRE(hits.size() == 2u);
  BOOST_TEST(plans[1].set_of[hits[0].pattern] == 0u);
  BOOST_TEST(plans[1].set_of[hits[1].pattern] == 2u);
  const auto& near = loaded.ruleset->packs[1].patterns[2];
  BOOST_TEST((near.near_contact == 80u));
}

BOOST_AUTO_TEST_CASE(profiles_hold_every_parameter) {
  const auto loaded = sample::load(good_packs("p"), {"p"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
  const Profile* strict = loaded.ruleset->profile("strict");
  BOOST_TEST_REQUIRE((strict != nullptr));
  BOOST_TEST_REQUIRE(strict->parameters.size() == 2u);
  BOOST_TEST((strict->parameters[0].value == ParameterValue(2.0)));
  BOOST_TEST(strict->parameters[0].source == "example");
  const Profile* generic = loaded.ruleset->profile("generic");
  BOOST_TEST((generic->parameters[0].value == ParameterValue(10.0)));
  BOOST_TEST(generic->thresholds.review == 10);
  BOOST_TEST(generic->thresholds.refuse == 70);
  cel::Scratch scratch;
  const cel::Value words = to_cel(strict->parameters[1].value, scratch);
  BOOST_TEST_REQUIRE(words.as_list().size() == 2u);
  BOOST_TEST(words.as_list()[1].as_string() == "b");
}

BOOST_AUTO_TEST_CASE(a_pack_without_profiles_gets_its_defaults) {
  sample::MapFiles files;
  files.put("x/demo/pack.yaml",
            head("demo", "request") +
                "parameters:\n  limit: {type: int, default: 4, doc: x}\n"
                "rules:\n" +
                rule("D-1", "flag: request.counter.swaps > profile.limit"));
  const auto loaded = sample::load(files, {"x/demo/"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
  const Profile* generic = loaded.ruleset->profile("generic");
  BOOST_TEST_REQUIRE((generic != nullptr));
  BOOST_TEST((generic->parameters[0].value == ParameterValue(int64_t{4})));
}

struct Recorded final : cel::Activation {
  cel::Value fact(uint32_t, cel::Scratch&) override {
    return cel::Value::of_string("Shop.Test");
  }
};

// What in_list answers for the only rule of a pack in "p/demo".
bool listed(const sample::MapFiles& files) {
  const auto loaded = sample::load(files, {"p/demo"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
  Recorded facts;
  cel::Scratch scratch;
  return loaded.ruleset->packs[0]
      .rules[0]
      .condition.program->evaluate(facts, scratch)
      .is_true();
}

BOOST_AUTO_TEST_CASE(a_pack_s_own_list_hides_the_shared_one) {
  sample::MapFiles files;
  files.put("p/demo/pack.yaml",
            head("demo", "request") + "rules:\n" +
                rule("D-1", "flag: in_list('shops', request.channel.domain)"));
  files.put("p/lists/shops.yaml", list_file("shops", "shop.test"));
  BOOST_TEST(listed(files));
  files.put("p/demo/lists/shops.yaml", list_file("shops", "other.test"));
  BOOST_TEST(!listed(files));
}

// What a pack sees of the list "shops" with overlays and plain files.
class ListsOfADemo {
 public:
  ListsOfADemo() {
    files.put(
        "p/demo/pack.yaml",
        head("demo", "request") + "rules:\n" +
            rule("D-1", "flag: in_list('shops', request.channel.domain)"));
    files.put("p/lists/shops.yaml", list_file("shops", "demo.test"));
  }
  std::string values(std::vector<std::string> extra = {}) const {
    const auto loaded = sample::load(files, {"p/demo"}, {}, std::move(extra));
    BOOST_TEST_REQUIRE(loaded.ruleset, loaded.error + render(loaded.issues));
    std::string all;
    for (const auto& key : loaded.ruleset->list("shops")->keys)
      all += key + " ";
    return all;
  }
  sample::MapFiles files;
};

std::string overlay(const std::string& name, const std::string& entries) {
  return "list: " + name +
         "\ntitle: A list\nof: domain\nstatus: example\nversion: v1\n"
         "checked: never\nsource: invented\nadds_to: shops\nentries: " +
         entries + "\n";
}

BOOST_AUTO_TEST_CASE(an_overlay_adds_to_a_list_and_takes_away) {
  ListsOfADemo demo;
  demo.files.put("p/lists/ours.yaml", overlay("ours", "[a.test]"));
  BOOST_TEST(demo.values() == "demo.test a.test ");
  demo.files.put(
      "t/theirs.yaml",
      overlay("theirs", "[{value: DEMO.test, remove: true}, b.test]"));
  BOOST_TEST(demo.values({"t"}) == "a.test b.test ");
  BOOST_TEST(demo.values() == "demo.test a.test ");
}

BOOST_AUTO_TEST_CASE(a_list_of_the_command_line_takes_the_place_of_another) {
  ListsOfADemo demo;
  demo.files.put("t/shops.yaml", list_file("shops", "other.test"));
  BOOST_TEST(demo.values({"t"}) == "other.test ");
}

BOOST_AUTO_TEST_CASE(a_plain_file_fills_a_list_and_is_part_of_the_digest) {
  ListsOfADemo demo;
  demo.files.put("p/lists/shops.yaml",
                 "list: shops\ntitle: A list\nof: domain\nstatus: example\n"
                 "version: v1\nchecked: never\nsource: invented\n"
                 "entries_from: shops.txt\nentries: [first.test]\n");
  demo.files.put("p/lists/shops.txt", "# ours\r\n\r\n A.test \r\nb.test");
  BOOST_TEST(demo.values() == "first.test a.test b.test ");
  const auto digest = [&] {
    return sample::load(demo.files, {"p/demo"}).ruleset->digest;
  };
  const std::string before = digest();
  demo.files.put("p/lists/shops.txt", "# ours\r\n\r\n A.test \r\nc.test");
  BOOST_TEST(digest() != before);
  demo.files.put("p/lists/shops.yaml",
                 "list: shops\ntitle: A list\nof: domain\nstatus: example\n"
                 "version: v1\nchecked: never\nsource: invented\n"
                 "entries_from: nowhere.txt\n");
  const sample::Loaded lost = sample::load(demo.files, {"p/demo"});
  BOOST_TEST(lost.error == "");
  BOOST_TEST(lost.issues.has_errors());
}

BOOST_AUTO_TEST_CASE(a_plain_file_is_utf8_with_or_without_its_mark) {
  struct Row {
    std::string of;
    std::string text;
    std::vector<std::string> keys;
    std::vector<uint32_t> bad_lines;
  };
  const std::vector<Row> rows = {
      {"domain",
       "\xEF\xBB\xBF"
       "demo.test\nother.test\n",
       {"demo.test", "other.test"},
       {}},
      {"domain", "\xEF\xBB\xBF# ours\ndemo.test\n", {"demo.test"}, {}},
      {"text", "a\n\xB2\xB9\nb\nc\xE4\xBD\n", {"a", "b"}, {2, 4}},
      {"text", "caf\xE9\n", {}, {1}},
      {"phrase", "1.5 demo\n1.5 caf\xE9\n", {"demo"}, {2}}};
  for (const Row& row : rows) {
    NamedList list;
    list.of = row.of;
    Issues issues;
    read_plain_list(SourceText("list.txt", row.text), list, issues);
    const std::vector<std::string> keys(list.keys.begin(), list.keys.end());
    BOOST_TEST(keys == row.keys, boost::test_tools::per_element());
    std::vector<uint32_t> bad_lines;
    for (const Issue& issue : issues.sorted()) {
      BOOST_TEST(issue.code == "P161");
      bad_lines.push_back(issue.place.line);
    }
    BOOST_TEST(bad_lines == row.bad_lines, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(lists_compare_as_their_kind_says) {
  struct Row {
    const char* of;
    const char* entry;
    const char* asked;
    bool in;
  };
  const std::vector<Row> rows = {
      {"domain", "Demo.Test", "demo.TEST", true},
      {"domain", "demo.test", "sub.demo.test", false},
      {"phone", "+1 555 0100", "1-555-0100", true},
      {"phone", "10086", "+", false},
      {"sender_id", "DEMO", "demo", false},
      {"text", "Demo", "Demo", true},
      {"handle", "@Demo_x", "@demo_X", true},
  };
  for (const Row& row : rows) {
    NamedList list;
    list.of = row.of;
    list.keys.insert(NamedList::canonical(row.of, row.entry));
    BOOST_TEST(list.contains(row.asked) == row.in, row.entry << row.asked);
  }
}

BOOST_AUTO_TEST_CASE(a_suffix_counts_for_what_was_registered_under_it) {
  struct Row {
    const char* asked;
    bool in;
  };
  constexpr Row kRows[] = {
      {"www.gov.test", true},      {"WWW.Gov.Test", true},
      {"tax.city.gov.test", true}, {"shop.test", true},
      {"sub.shop.test", false},    {"govv.test", false},
      {"www-gov.test", false},     {"www.gov.test.demo.example", false},
      {"gov.test.example", false}, {"xgov.test", false},
      {".gov.test", false},        {"", false},
  };
  ListsOfADemo demo;
  demo.files.put("p/lists/shops.yaml", list_file("shops", "shop.test"));
  demo.files.put("p/lists/offices.yaml",
                 overlay("offices", "[{value: Gov.test, suffix: true}]"));
  const auto loaded = sample::load(demo.files, {"p/demo"});
  BOOST_TEST_REQUIRE(loaded.ruleset, loaded.error + render(loaded.issues));
  const NamedList& shops = *loaded.ruleset->list("shops");
  for (const Row& row : kRows) {
    BOOST_TEST(shops.contains(row.asked) == row.in, row.asked);
  }
  const std::string longest = std::string(253 - 9, 'a') + ".gov.test";
  BOOST_TEST(shops.contains(longest));
  BOOST_TEST(!shops.contains('a' + longest));
  demo.files.put("t/theirs.yaml",
                 overlay("theirs", "[{value: gov.test, remove: true}]"));
  const auto without = sample::load(demo.files, {"p/demo"}, {}, {"t"});
  BOOST_TEST_REQUIRE(without.ruleset);
  BOOST_TEST(!without.ruleset->list("shops")->contains("www.gov.test"));
}

BOOST_AUTO_TEST_CASE(waivers_are_part_of_the_digest) {
  sample::MapFiles files = good_packs("p");
  const auto load = [&] { return sample::load(files, {"p"}).ruleset; };
  const auto without = load();
  BOOST_TEST_REQUIRE(without != nullptr);
  const std::string rule = without->packs[0].rules[0].id;
  const auto waive = [&](const std::string& until) {
    files.put("p/waivers.yaml",
              "waivers:\n  - {id: W-1, rule: " + rule +
                  ", when: {request.channel.id: DL-1}, asked_by: A, "
                  "approved_by: B, why: C, until: " +
                  until + "}\n");
    const auto made = load();
    BOOST_TEST_REQUIRE(made != nullptr);
    BOOST_TEST_REQUIRE(made->waivers.size() == 1u);
    return made->digest;
  };
  const std::string first = waive("2026-12-31");
  BOOST_TEST(first != without->digest);
  BOOST_TEST(waive("2027-12-31") != first);
  BOOST_TEST(waive("2026-12-31") == first);
}

BOOST_AUTO_TEST_CASE(the_digest_speaks_of_content_alone) {
  const auto digest = [](const sample::MapFiles& files,
                         const std::string& path) {
    const auto loaded = sample::load(files, {path});
    BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
    return loaded.ruleset->digest;
  };
  const std::string first = digest(good_packs("p"), "p");
  BOOST_TEST(first.starts_with("sha256:"));
  BOOST_TEST(first.size() == 7u + 64u);
  BOOST_TEST(digest(good_packs("deep/er/q"), "deep/er/q/") == first);
  sample::MapFiles files = good_packs("p");
  files.put("p/asks/tests.yaml", "cases: []\n");
  files.put("p/asks/README.md", "why\n");
  BOOST_TEST(digest(files, "p") == first);
  files.put("p/lists/shops.yaml", list_file("shops", "demo2.test"));
  const std::string other_list = digest(files, "p");
  BOOST_TEST(other_list != first);
  // One pack alone is the same whether it is named with its folder or not.
  BOOST_TEST(digest(good_packs("p"), "p/asks") ==
             digest(good_packs("x/y"), "x/y/asks"));
}

BOOST_AUTO_TEST_CASE(the_same_files_by_two_paths_are_the_same_ruleset) {
  const auto both = sample::load(good_packs("p"), {"p/reads", "p/asks"});
  const auto folder = sample::load(good_packs("p"), {"p", "p/asks"});
  BOOST_TEST_REQUIRE((both.ruleset != nullptr), render(both.issues));
  BOOST_TEST_REQUIRE((folder.ruleset != nullptr), render(folder.issues));
  BOOST_TEST(both.ruleset->digest == folder.ruleset->digest);
}

// Ten mistakes of ten kinds in four files: all are shown, each at its place.
BOOST_AUTO_TEST_CASE(all_mistakes_are_shown_at_once) {
  sample::MapFiles files = good_packs("p");
  files.put("p/asks/pack.yaml",
            "pack: asks\n"
            "version: one\n"  // 2:10
            "asks: request\n"
            "title: On\n"  // 4:8
            "families: {general: General}\n"
            "parameters:\n"
            "  limit: {type: double, default: ten, doc: x}\n"  // 7:34
            "rules:\n"
            "  - id: A-1\n"
            "    title: A rule\n"
            "    family: generl\n"  // 11:13
            "    severity: low\n"
            "    score: 1000\n"  // 13:12
            "    flag: |\n"
            "      request.fee.amount > profile.limit &&\n"
            "      request.chanel.type == 'dealer'\n"     // 16:7
            "    reason: It is {request.fee.amont}.\n");  // 17:20
  files.put("p/reads/pack.yaml",
            head("reads", "message") +
                "patterns:\n  otp: {any: ['ab(cd', 'x{3,1}']}\n"  // 7:15
                "rules:\n" +
                rule("A-1", "flag: patterns.otp"));          // 9:9
  files.put("p/lists/shops.yaml", list_file("shops", "5"));  // 8:19
  files.put("p/profiles/strict.yaml",
            profile_file("strict",
                         "parameters:\n  limt: {value: 2, source: "
                         "x}\n"));  // 6:3
  const auto loaded = sample::load(files, {"p"});
  BOOST_TEST((loaded.ruleset == nullptr));
  std::vector<std::string> places;
  for (const Issue& issue : loaded.issues.sorted()) {
    places.push_back(issue.code + " " + issue.file + ":" +
                     std::to_string(issue.place.line) + ":" +
                     std::to_string(issue.place.column));
  }
  const std::vector<std::string> expected = {
      "P104 p/asks/pack.yaml:2:10",      "Y109 p/asks/pack.yaml:4:8",
      "P150 p/asks/pack.yaml:7:34",      "P112 p/asks/pack.yaml:11:13",
      "P113 p/asks/pack.yaml:13:12",     "C110 p/asks/pack.yaml:16:7",
      "P130 p/asks/pack.yaml:17:20",     "Y124 p/lists/shops.yaml:8:19",
      "P153 p/profiles/strict.yaml:6:3", "P140 p/reads/pack.yaml:7:15",
      "P140 p/reads/pack.yaml:7:26",     "P111 p/reads/pack.yaml:9:9",
  };
  BOOST_TEST(places == expected, boost::test_tools::per_element());
}

// Whatever one character does to a pack: a ruleset without errors, or errors
// without a ruleset.
BOOST_AUTO_TEST_CASE(a_wrong_character_never_loads_half_a_pack) {
  const std::string text =
      head("demo", "request") + "rules:\n" +
      rule("D-1",
           "flag: {any_of: [request.verified, {request.reason: lost}]}\n"
           "    remedy: {en: Ask.}\n    applies: 'request.fee.amount > 1.0'");
  for (size_t at = 0; at < text.size(); at += 3) {
    for (const char c : std::string("{}[]'\":|\n -x)(&\t")) {
      std::string broken = text;
      broken[at] = c;
      sample::MapFiles files;
      files.put("p/demo/pack.yaml", broken);
      const auto loaded = sample::load(files, {"p/demo"});
      BOOST_TEST_CONTEXT(broken) {
        BOOST_TEST((loaded.ruleset == nullptr) == loaded.issues.has_errors());
        if (loaded.ruleset)
          BOOST_TEST(loaded.ruleset->packs[0].rules.size() == 1u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(files_on_disk_are_read_as_they_are) {
  namespace fs = std::filesystem;
  const TestFolder folder;
  folder.write("demo/b.yaml", "x\r\n");
  folder.write("demo/a.yaml", "");
  const fs::path root = folder.path();
  const auto files = disk_files();
  const auto names = files->list((root / "demo").string());
  BOOST_TEST_REQUIRE(names.ok());
  BOOST_TEST((*names == std::vector<std::string>{"a.yaml", "b.yaml"}));
  const auto text = files->read((root / "demo" / "b.yaml").string());
  BOOST_TEST_REQUIRE(text.ok());
  BOOST_TEST(*text == "x\r\n");
  BOOST_TEST(!files->read((root / "demo" / "none.yaml").string()).ok());
  BOOST_TEST(!files->list((root / "demo" / "b.yaml").string()).ok());
  BOOST_TEST(!files->read((root / "demo").string()).ok());
  fs::create_symlink("nowhere", root / "demo" / "dangling");
  for (const char* there : {"demo", "demo/a.yaml", "demo/dangling"}) {
    const auto has = files->has((root / there).string());
    BOOST_TEST((has.ok() && *has), there);
  }
  for (const char* absent : {"none", "none/a.yaml", "demo/a.yaml/x"}) {
    const auto has = files->has((root / absent).string());
    BOOST_TEST((has.ok() && !*has), absent);
  }
  BOOST_TEST(!files->has((root / std::string(300, 'x')).string()).ok());
}

// A pipe would keep a daemon waiting that loads its policies anew.
BOOST_AUTO_TEST_CASE(pipes_and_devices_are_no_files_of_policies) {
  namespace fs = std::filesystem;
  const TestFolder folder;
  const fs::path root = folder.path();
  fs::create_directories(root / "folder");
  BOOST_TEST_REQUIRE(::mkfifo((root / "pipe.yaml").c_str(), 0600) == 0);
  fs::create_symlink("/dev/zero", root / "zero.yaml");
  const auto files = disk_files();
  for (const char* name : {"pipe.yaml", "zero.yaml"}) {
    const std::string path = (root / name).string();
    const auto read = files->read(path);
    BOOST_TEST_REQUIRE(!read.ok(), name);
    BOOST_TEST(read.error().what ==
               path + ": a pipe or a device; policies are files and folders");
    BOOST_TEST(!files->read_plain(path).ok(), name);
    const auto list = files->list(path);  // which says whether it is a folder
    BOOST_TEST((!list.ok() && list.error().what == read.error().what), name);
  }
  BOOST_TEST(!files->read((root / "folder").string()).ok());
  const auto named = files->read("/dev/null");  // by whoever runs us
  BOOST_TEST((named.ok() && named->empty()));
}

// A folder that cannot be listed could hide a pack or a list of the eye.
class Forbidden final : public PolicyFiles {
 public:
  Forbidden(sample::MapFiles files, std::string folder)
      : files_(std::move(files)), folder_(std::move(folder)) {}
  Result<std::string> read(const std::string& path) const override {
    return path.starts_with(folder_) ? refused() : files_.read(path);
  }
  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    if (folder.starts_with(folder_)) return refused();
    return files_.list(folder);
  }
  Result<bool> has(const std::string& path) const override {
    return files_.has(path);
  }

 private:
  Error refused() const {
    return {Trouble::environment, folder_ + ": permission denied"};
  }
  sample::MapFiles files_;
  std::string folder_;
};

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_never_passed_over) {
  for (const std::string folder : {"p/asks", "p/lists", "p/profiles",
                                   "p/lists/shops.yaml", "p/reads/pack.yaml"}) {
    const Forbidden files(good_packs("p"), folder);
    const auto loaded = sample::load(files, {"p"});
    BOOST_TEST((loaded.ruleset == nullptr), folder);
    BOOST_TEST(loaded.error == folder + ": permission denied");
  }
}

// Whose entries may be read by their names only, as a folder of mode 0711.
class Unlistable final : public PolicyFiles {
 public:
  Unlistable(sample::MapFiles files, std::string folder, std::string unknown)
      : files_(std::move(files)),
        folder_(std::move(folder)),
        unknown_(std::move(unknown)) {}
  Result<std::string> read(const std::string& path) const override {
    return files_.read(path);
  }
  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    if (folder == folder_) return refused(folder);
    return files_.list(folder);
  }
  Result<bool> has(const std::string& path) const override {
    if (path == unknown_) return refused(path);
    return files_.has(path);
  }

 private:
  static Error refused(const std::string& path) {
    return {Trouble::environment, path + ": permission denied"};
  }
  sample::MapFiles files_;
  std::string folder_;
  std::string unknown_;
};

// Lists, profiles and waivers decide what is refused: they are never left out
// because nobody could say whether they are there.
BOOST_AUTO_TEST_CASE(what_lies_beside_a_pack_is_found_by_its_name) {
  sample::MapFiles files = good_packs("p");
  files.put("p/waivers.yaml",
            "waivers:\n- {id: W-1, rule: A-1, when: {request.channel.id: "
            "demo}, asked_by: A, approved_by: B, why: C, until: "
            "2026-12-31}\n");
  const auto listed = sample::load(files, {"p/asks"});
  BOOST_TEST_REQUIRE((listed.ruleset != nullptr), render(listed.issues));
  BOOST_TEST(listed.ruleset->waivers.size() == 1u);
  const auto found = sample::load(Unlistable(files, "p", ""), {"p/asks"});
  BOOST_TEST_REQUIRE((found.ruleset != nullptr),
                     found.error + render(found.issues));
  BOOST_TEST(found.ruleset->digest == listed.ruleset->digest);
  for (const std::string unknown :
       {"p/lists", "p/asks/profiles", "p/controls", "p/waivers.yaml"}) {
    const auto loaded =
        sample::load(Unlistable(files, "p", unknown), {"p/asks"});
    BOOST_TEST((loaded.ruleset == nullptr), unknown);
    BOOST_TEST(loaded.error == unknown + ": permission denied");
  }
}

BOOST_AUTO_TEST_CASE(
    a_control_says_its_name_and_what_no_rule_can_see_in_languages) {
  sample::MapFiles files = good_packs("p");
  files.put("p/controls/demo-act.yaml",
            "control: demo-act\ntitle: {en: An act, zh: 某法}\nissuer: A\n"
            "country: ''\nkind: law\nstatus: example\nversion: 2026-11-26\n"
            "checked: never\nsource: memory\nconfidence: memory\nclauses:\n"
            "- {clause: '1', title: T, duty: D, "
            "not_checkable: {en: Not seen., zh: 看不出。}}\n"
            "- {clause: '2', title: T, duty: D, not_checkable: Not seen.}\n");
  const auto loaded = sample::load(files, {"p/asks"});
  BOOST_TEST_REQUIRE((loaded.ruleset != nullptr), render(loaded.issues));
  const Control& act = loaded.ruleset->controls.at("demo-act");
  BOOST_TEST(in_language(act.title, "zh") == "某法");
  BOOST_TEST(in_language(act.title, "ms") == "An act");
  BOOST_TEST(in_language(act.clauses[0].not_checkable, "zh") == "看不出。");
  BOOST_TEST(in_language(act.clauses[1].not_checkable, "zh") == "Not seen.");
}

BOOST_AUTO_TEST_CASE(names_and_versions) {
  for (const char* good :
       {"1.0.0", "0.10.2", "1.2.3-rc.1", "1.2.3+b.5", "1.2.3-a-b+c"}) {
    BOOST_TEST(is_version(good), good);
  }
  for (const char* bad : {"", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.x",
                          "1.0.0-", "1.0.0+", "v1.0.0", "1..0", "-1.0.0"}) {
    BOOST_TEST(!is_version(bad), bad);
  }
  BOOST_TEST(is_name("sim-replacement", '-'));
  BOOST_TEST(!is_name("sim_replacement", '-'));
  BOOST_TEST(!is_name("-x", '-'));
  BOOST_TEST(!is_name("x-", '-'));
  BOOST_TEST(!is_name("", '-'));
  BOOST_TEST(is_language("zh-Hant"));
  BOOST_TEST(!is_language("e"));
  BOOST_TEST(!is_language("en-"));
}

}  // namespace
}  // namespace simwarden
