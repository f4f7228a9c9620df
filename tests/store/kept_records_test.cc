// SPDX-License-Identifier: Apache-2.0
#include "store/kept_records.h"

#include "store/kept_facts.h"
#include "store/scratch_store.h"

using namespace simwarden;

namespace {

// Blocks whose records keep these lines; "" keeps nothing of its block.
void fill(const ScratchFolder& folder,
          const std::vector<std::vector<std::string>>& blocks) {
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const int64_t source = must(store->begin_source(run, "a.jsonl"));
  std::string parent;
  uint64_t begin = 0;
  for (const auto& lines : blocks) {
    std::string bytes;
    std::string kept;
    for (const std::string& line : lines) {
      bytes += "rec-" + std::to_string(begin + bytes.size()) + "\n";
      if (!line.empty()) kept += line + "\n";
    }
    Block block = judge_lines(source, parent, bytes, begin, 1);
    if (!kept.empty()) block.kept = seal_facts(kept, lines.size());
    must(store->append(block));
    parent = block.identity.digest;
    begin = block.end_byte;
  }
}

std::string spell(const KeptFact& fact) {
  switch (fact.state) {
    case KeptState::absent: return "absent";
    case KeptState::null: return "null";
    case KeptState::invalid: return "invalid";
    case KeptState::masked: return "masked";
    case KeptState::token: return "token " + std::string(fact.text);
    case KeptState::text: return "text " + std::string(fact.text);
    case KeptState::number: return "number " + std::to_string(fact.number);
    case KeptState::boolean: return fact.boolean ? "true" : "false";
  }
  return "?";
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_what_was_asked_for_is_read_in_every_state) {
  const ScratchFolder folder;
  fill(folder,
       {{R"({"agent":{"id":{"token":"t1:k:a"}},"auth":{"factors":[{"result":)"
         R"("pass","type":"otp_sms"},{"type":"biometric"}]},"channel":{"id":)"
         R"("BJ \"1\"","type":{"invalid":true}},"kind":"request","reason":)"
         R"({"masked":true},"recipients":["a",null],"score":2.5,"x":null,)"
         R"("y":true})"},
        {R"({"kind":"message","recipients":{"count":3,"masked":true}})"}});
  const auto walk = must(KeptRecords::open(
      folder.db(),
      {"channel.type", "channel.id", "agent.id", "reason", "score", "x", "y",
       "z.q", "auth.factors[].type", "auth.factors[].result", "recipients[]"}));
  BOOST_TEST_REQUIRE(must(walk->next()));
  const char* expected[] = {"invalid", "text BJ \"1\"",   "token t1:k:a",
                            "masked",  "number 2.500000", "null",
                            "true",    "absent"};
  for (size_t i = 0; i < std::size(expected); ++i) {
    BOOST_TEST(spell(walk->facts().fact(i)) == expected[i], i);
  }
  BOOST_TEST_REQUIRE(walk->facts().items(8).size() == 2u);
  BOOST_TEST_REQUIRE(walk->facts().items(9).size() == 2u);
  BOOST_TEST(spell(walk->facts().items(8)[1]) == "text biometric");
  BOOST_TEST(spell(walk->facts().items(9)[0]) == "text pass");
  BOOST_TEST(spell(walk->facts().items(9)[1]) == "absent");
  BOOST_TEST_REQUIRE(walk->facts().items(10).size() == 2u);
  BOOST_TEST(spell(walk->facts().items(10)[1]) == "null");
  BOOST_TEST(int(walk->facts().kind()) == int(Kind::request));
  // The second record forgets the first.
  BOOST_TEST_REQUIRE(must(walk->next()));
  BOOST_TEST(int(walk->facts().kind()) == int(Kind::message));
  BOOST_TEST(walk->facts().items(8).empty());
  BOOST_TEST(walk->facts().items(10).empty());
  BOOST_TEST(spell(walk->facts().fact(1)) == "absent");
  BOOST_TEST(!must(walk->next()));
}

BOOST_AUTO_TEST_CASE(records_come_with_their_verdicts_and_the_rest_is_counted) {
  const ScratchFolder folder;
  const std::string line = R"({"kind":"request","reason":"lost"})";
  fill(folder, {{line, line}, {"", "", ""}, {line}});
  const auto walk =
      must(KeptRecords::open(folder.db(), {"reason"}, {.verdicts = true}));
  std::string ids;
  while (must(walk->next())) {
    BOOST_TEST(walk->verdict().id == walk->verdict_id());
    ids += std::to_string(walk->verdict_id()) + "=" +
           std::string(walk->verdict().record_id) + " ";
  }
  BOOST_TEST(ids == "1=rec-0 2=rec-6 6=rec-33 ");
  BOOST_TEST(walk->verdicts_without() == 3u);
  const auto one = must(KeptRecords::open(folder.db(), {"reason"},
                                          {.verdicts = true, .verdict = 6}));
  BOOST_TEST_REQUIRE(must(one->next()));
  BOOST_TEST(one->verdict_id() == 6);
  BOOST_TEST(!must(one->next()));
}

// One block of three is damaged: the others come all the same.
BOOST_AUTO_TEST_CASE(damaged_facts_are_passed_over_and_named) {
  struct Case {
    const char* sql;
    const char* what;
  };
  const Case cases[] = {
      {"UPDATE kept_facts SET facts = x'00' WHERE block_id = 2",
       "not as they were written"},
      {"UPDATE kept_facts SET sha256 = '' WHERE block_id = 2",
       "not as they were written"},
      {"UPDATE kept_facts SET bytes = bytes + 1 WHERE block_id = 2",
       "not as long"},
      {"UPDATE kept_facts SET bytes = 1 << 40 WHERE block_id = 2", "too large"},
      {"UPDATE kept_facts SET bytes = -1 WHERE block_id = 2", "cannot be read"},
      {"UPDATE kept_facts SET records = 2 WHERE block_id = 2",
       "another number of records"},
      {"UPDATE block SET verdicts = 2 WHERE block_id = 2; "
       "UPDATE kept_facts SET records = 2 WHERE block_id = 2",
       "fewer kept records"},
      {"DELETE FROM verdict_row WHERE verdict_id = 2", "verdict 2 is missing"},
      {"UPDATE verdict_row SET action = 4 WHERE verdict_id = 2",
       "no such action"},
  };
  const std::string line = R"({"kind":"request"})";
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    fill(folder, {{line}, {line}, {line}});
    tamper(folder.db(), tried.sql);
    const auto walk =
        must(KeptRecords::open(folder.db(), {"reason"}, {.verdicts = true}));
    std::string ids;
    while (must(walk->next())) ids += std::to_string(walk->verdict_id()) + " ";
    BOOST_TEST(ids == "1 3 ", tried.sql << ": " << ids);
    BOOST_TEST(walk->damage().blocks == 1u, tried.sql);
    BOOST_TEST_REQUIRE(walk->damage().named.size() == 1u, tried.sql);
    const DamagedFacts& found = walk->damage().named[0];
    BOOST_TEST(found.block == 2);
    BOOST_TEST(found.source == "a.jsonl");
    BOOST_TEST(found.records >= 1u);
    BOOST_TEST(found.what.find(tried.what) != std::string::npos,
               tried.sql << ": " << found.what);
  }
}

BOOST_AUTO_TEST_CASE(of_a_block_what_comes_before_the_damage_is_read) {
  const std::string fine = R"({"kind":"request"})";
  for (const char* line : {"{\"kind\":", "[1]", "{\"reason\":}", "x"}) {
    const ScratchFolder folder;
    fill(folder, {{fine, line, fine}, {fine}});
    const auto walk = must(KeptRecords::open(folder.db(), {"reason"}));
    std::string ids;
    while (must(walk->next())) ids += std::to_string(walk->verdict_id()) + " ";
    BOOST_TEST(ids == "1 4 ", line);
    BOOST_TEST(walk->damage().records == 2u, line);
  }
}

BOOST_AUTO_TEST_CASE(what_was_sealed_comes_back_as_it_was) {
  const std::string lines = "{\"a\":1}\n{\"a\":2}\n";
  const KeptFacts kept = seal_facts(lines, 2);
  BOOST_TEST(kept.bytes == lines.size());
  BOOST_TEST(is_sealed(kept.facts, kept.sha256));
  std::string back;
  must(unseal_facts(kept.facts, kept.bytes, 3, back));
  BOOST_TEST(back == lines + std::string(3, '\0'));
  BOOST_TEST(seal_facts("", 0).facts.empty());
}
