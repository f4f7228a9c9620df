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
    BOOST_TEST(spell(walk->fact(i)) == expected[i], i);
  }
  BOOST_TEST_REQUIRE(walk->items(8).size() == 2u);
  BOOST_TEST_REQUIRE(walk->items(9).size() == 2u);
  BOOST_TEST(spell(walk->items(8)[1]) == "text biometric");
  BOOST_TEST(spell(walk->items(9)[0]) == "text pass");
  BOOST_TEST(spell(walk->items(9)[1]) == "absent");
  BOOST_TEST_REQUIRE(walk->items(10).size() == 2u);
  BOOST_TEST(spell(walk->items(10)[1]) == "null");
  BOOST_TEST(int(walk->kind()) == int(Kind::request));
  // The second record forgets the first.
  BOOST_TEST_REQUIRE(must(walk->next()));
  BOOST_TEST(int(walk->kind()) == int(Kind::message));
  BOOST_TEST(walk->items(8).empty());
  BOOST_TEST(walk->items(10).empty());
  BOOST_TEST(spell(walk->fact(1)) == "absent");
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

BOOST_AUTO_TEST_CASE(damaged_facts_are_an_error_that_names_the_block) {
  struct Case {
    const char* sql;
    const char* what;
  };
  const Case cases[] = {
      {"UPDATE kept_facts SET facts = x'00'", "cannot be read"},
      {"UPDATE kept_facts SET bytes = bytes + 1", "not as long"},
      {"UPDATE kept_facts SET bytes = 1 << 40", "too large"},
      {"UPDATE kept_facts SET bytes = -1", "cannot be read"},
      {"UPDATE kept_facts SET records = 2", "another number of records"},
      {"UPDATE block SET verdicts = 2; UPDATE kept_facts SET records = 2",
       "fewer kept records"},
      {"DELETE FROM verdict_row", "verdict 1 is missing"},
      {"UPDATE verdict_row SET action = 4", "no such action"},
  };
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    fill(folder, {{R"({"kind":"request"})"}});
    must(must(Database::open(folder.db(), Access::write))->run(tried.sql));
    const auto walk =
        must(KeptRecords::open(folder.db(), {"reason"}, {.verdicts = true}));
    Result<bool> more = walk->next();
    if (more && *more) more = walk->next();
    BOOST_TEST_REQUIRE(!more.ok(), tried.sql);
    BOOST_TEST(more.error().what.find("block 1") != std::string::npos);
    BOOST_TEST(more.error().what.find(tried.what) != std::string::npos,
               tried.sql << ": " << more.error().what);
  }
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_json_is_an_error) {
  for (const char* line : {"{\"kind\":", "[1]", "{\"reason\":}", "x"}) {
    const ScratchFolder folder;
    fill(folder, {{line}});
    const auto walk = must(KeptRecords::open(folder.db(), {"reason"}));
    BOOST_TEST(!walk->next().ok(), line);
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
