// SPDX-License-Identifier: Apache-2.0
#include "store/person_search.h"

#include "store/scratch_store.h"

namespace simwarden {
namespace {

const SiteKey kKey = {.id = "0badcafe", .bytes = {7}};

Pseudonyms sought(const std::string& identifier) {
  return pseudonyms_of(std::vector{identifier}, std::vector{kKey});
}

BOOST_AUTO_TEST_CASE(a_number_is_sought_in_the_ways_that_records_write_it) {
  for (const char* given : {"+2348030000003", "2348030000003",
                            "00234 803-000-0003", "+234 (803) 000.0003"}) {
    const Pseudonyms found = sought(given);
    for (const char* written :
         {"+2348030000003", "2348030000003", "002348030000003", given}) {
      BOOST_TEST(found.tokens.contains(token(kKey, written)),
                 given << " is not sought as " << written);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_name_is_sought_in_its_letters_and_is_no_number) {
  const Pseudonyms found = sought("Demo_Clerk 7");
  for (const char* written : {"Demo_Clerk 7", "demo_clerk 7", "DEMO_CLERK 7"}) {
    BOOST_TEST(found.tokens.contains(token(kKey, written)), written);
  }
  BOOST_TEST(!found.tokens.contains(token(kKey, "+7")));
  BOOST_TEST(!found.tokens.contains(token(kKey, "7")));
}

// Equal digits of a short number are another's.
BOOST_AUTO_TEST_CASE(a_short_number_is_sought_as_it_is) {
  BOOST_TEST(sought("1008").tokens.size() == 1u);
}

BOOST_AUTO_TEST_CASE(each_key_has_its_pseudonyms) {
  const SiteKey other = {.id = "00000001", .bytes = {8}};
  const Pseudonyms both =
      pseudonyms_of(std::vector<std::string>{"1008"}, std::vector{kKey, other});
  BOOST_TEST(both.tokens.size() == 2u);
  BOOST_TEST(both.key_ids.contains("00000001"));
  BOOST_TEST(both.tokens.contains(token(other, "1008")));
}

// A fact of any name and depth, also inside a list.
BOOST_AUTO_TEST_CASE(a_person_is_found_in_whatever_fact_has_the_pseudonym) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    Block block = judge_lines(must(store->begin_source(run, "a.jsonl")), "",
                              "rec-a\nrec-b\nrec-c\n", 0, 1);
    for (const size_t about : {0, 2}) {
      block.verdicts[about].subject = token(kKey, "demo");
    }
    const std::string named = R"({"token":")" + token(kKey, "demo") + "\"}";
    block.kept =
        seal_facts(R"({"a":{"b":)" + named + R"(},"c":[{"d":)" + named +
                       R"(},{"d":)" + named + "}],\"kind\":\"request\"}\n" +
                       R"({"a":")" + token(kKey, "demo") +
                       "\",\"kind\":\"request\"}\n{\"kind\":\"request\"}\n",
                   3);
    must(store->append(block));
    must(store->end_run(run, RunStatus::done));
  }
  std::vector<std::string> rows;
  const PersonSearch search =
      must(find_person(folder.db(), sought("demo"), [&](const PersonRow& row) {
        rows.push_back(row.record_id + " " + row.found_in);
      }));
  const std::vector<std::string> expected = {"rec-a a.b, c[].d, phone_number",
                                             "rec-c phone_number"};
  BOOST_TEST(rows == expected, boost::test_tools::per_element());
  BOOST_TEST(search.found == 2u);
  BOOST_TEST(search.hidden.size() == 1u);
  BOOST_TEST(search.hidden.at(0).verdicts == 3);
}

}  // namespace
}  // namespace simwarden
