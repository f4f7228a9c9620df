// SPDX-License-Identifier: Apache-2.0
#include "record/person.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(person)

BOOST_AUTO_TEST_CASE(case_width_and_blanks_make_no_other_person) {
  const char* same[] = {
      "demo clerk",      "Demo Clerk",           "DEMO CLERK",
      " demo clerk",     "demo clerk ",          "demo   clerk",
      "demo\u00a0clerk", "ｄｅｍｏ　ｃｌｅｒｋ", "demo\u200b clerk"};
  for (const char* name : same) {
    BOOST_TEST(same_person(name, "demo clerk"), name);
  }
  BOOST_TEST(same_person("Straße ÄÖÜ", "STRASSE äöü"));
  for (const char* name : {"demo clerk2", "democlerk", "demo", "", " "}) {
    BOOST_TEST(!same_person(name, "demo clerk"), name);
  }
}

BOOST_AUTO_TEST_CASE(spellings_are_those_that_systems_write) {
  const auto has = [](const char* name, const char* spelling) {
    const auto all = spellings_of(name);
    return std::find(all.begin(), all.end(), spelling) != all.end();
  };
  for (const char* spelling : {"anna", "Anna", "ANNA"}) {
    BOOST_TEST(has(" aNNa", spelling), spelling);
  }
  BOOST_TEST(has("ag-7X", "ag-7X"));
  BOOST_TEST(has("ag-7x", "AG-7X"));
}

BOOST_AUTO_TEST_SUITE_END()
