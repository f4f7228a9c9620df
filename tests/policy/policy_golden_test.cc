// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <sstream>

#include <boost/test/unit_test.hpp>

#include "notation/goldens.h"
#include "policy/codes.h"
#include "policy/pack_tests.h"
#include "policy/sample.h"

// A golden is a small folder in one file:
//
//   #@ file policies/demo/pack.yaml
//   pack: demo
//   …
//   #@ load policies            (policies/demo when it is not said)
//
// and its .out is all that the program says about it.
namespace simwarden {
namespace {

constexpr char kGoldens[] = "tests/policy/goldens";

struct Bundle {
  sample::MapFiles files;
  std::string load = "policies/demo";
  std::string extra_profile;
  std::vector<std::string> extra_lists;
};

Bundle unpack(const std::string& text) {
  Bundle bundle;
  std::istringstream lines(text);
  std::string line, path, content;
  const auto flush = [&] {
    if (!path.empty()) bundle.files.put(path, content);
    content.clear();
  };
  while (std::getline(lines, line)) {
    if (line.starts_with("#@ file ")) {
      flush();
      path = line.substr(8);
    } else if (line.starts_with("#@ load ")) {
      bundle.load = line.substr(8);
    } else if (line.starts_with("#@ profile ")) {
      bundle.extra_profile = line.substr(11);
    } else if (line.starts_with("#@ lists ")) {
      bundle.extra_lists.push_back(line.substr(9));
    } else {
      content += line + "\n";
    }
  }
  flush();
  return bundle;
}

std::string list_cases(const std::vector<PackCases>& packs) {
  std::string out;
  for (const PackCases& pack : packs) {
    for (const PackCase& one : pack.cases) {
      out += pack.pack + " / " + one.name + " / " + one.profile + "\n  " +
             one.record_json + "\n";
    }
  }
  return out;
}

std::string say(const std::string& text) {
  const Bundle bundle = unpack(text);
  sample::Loaded loaded = sample::load(
      bundle.files, {bundle.load}, bundle.extra_profile, bundle.extra_lists);
  std::string cases;
  if (loaded.ruleset) {
    const auto read = load_cases(bundle.files, *loaded.ruleset, loaded.issues);
    if (read) cases = "loaded\n" + list_cases(*read);
  }
  std::string out = render(loaded.issues);
  if (!loaded.error.empty()) out += "trouble: " + loaded.error + "\n";
  return out + cases;
}

BOOST_AUTO_TEST_CASE(every_mistake_is_shown_as_the_golden_says) {
  for (const auto& input : golden::inputs(kGoldens, ".yaml")) {
    golden::compare(input, say(read_all(input)));
  }
}

// The table of codes and the goldens tell the same: every code is shown by
// some golden, and no golden shows another of this room.
BOOST_AUTO_TEST_CASE(every_code_has_a_golden) {
  std::set<std::string> shown;
  for (const auto& input : golden::inputs(kGoldens, ".out")) {
    const std::string text = read_all(input);
    for (size_t at = text.find("[P"); at != std::string::npos;
         at = text.find("[P", at + 1)) {
      if (text.size() > at + 5 && text[at + 5] == ']') {
        shown.insert(text.substr(at + 1, 4));
      }
    }
  }
  std::set<std::string> known;
  for (const PolicyCode& row : kPolicyCodes) known.emplace(row.code);
  for (const std::string& code : known) {
    BOOST_TEST(shown.contains(code), code << " has no golden");
  }
  for (const std::string& code : shown) {
    BOOST_TEST(known.contains(code), code << " is not in the table");
  }
}

}  // namespace
}  // namespace simwarden
