// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "lint/findings.h"

// What is allowed and yet seldom meant. Mistakes that make a policy useless
// are the loader's; a lint says what works, and why it looks wrong.
//
//   const Reading reading(*ruleset, sources, as_of);
//   const std::vector<Issue> found = lint(reading, issues_of_the_loader);
//
// A new lint is a file with its function, and a line in the table of lints.cc.
namespace simwarden {

struct Lint {
  std::string_view code;  // stable: L and three digits
  Severity severity;      // warning, or note where nothing has to be mended
  std::string_view title;
  std::string_view help;  // what to do about it
  // Null for the lint about excuses, which comes after all others.
  void (*look)(const Reading& reading, Findings& findings);
};

std::span<const Lint> lints();

// The lint of entries that a list of domains is never found by.
inline constexpr std::string_view kNotRegistrable = "L143";
void look_for_unregistrable(const ListSite& site, Findings& findings);

// What kNotRegistrable says of these lists, where they do not excuse it: it is
// told in every run whose lists they are.
std::vector<Issue> unmatched_entries(const PolicySources& sources);

// All that the lints find and all of `others` but its excused warnings and
// notes; sorted by severity, then by place. Excuses are
// `lint: {CODE: 'why it is right here'}` in a rule, a parameter, a pattern set
// or a list: they hold for that code inside it.
std::vector<Issue> lint(const Reading& reading, const Issues& others);

}  // namespace simwarden
