// SPDX-License-Identifier: Apache-2.0
#include "store/verdict_store.h"

#include <random>
#include <set>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "privacy/sha256.h"
#include "scratch_store.h"

using namespace simwarden;

namespace {

using Rows = std::vector<std::string>;

std::string lines(size_t from, size_t to) {
  std::string out;
  for (size_t i = from; i < to; ++i) {
    out += (i % 7 == 3 ? "!bad " : "r-") + std::to_string(i) + "\n";
  }
  return out;
}

VerdictRow held_request() {
  VerdictRow row;
  row.line = 17;
  row.byte = 4211;
  row.record_id = "r-17";
  row.action = Action::hold;
  row.score = 61.5;
  row.profile = "cn-realname";
  row.subject = "t1:00000000:0123456789abcdef0123456789abcdef";
  row.event_time = "2026-03-02T10:00:00+08:00";
  row.top_rule = "IDV-002";
  row.json =
      R"({"id":"r-17","kind":"request","action":"hold","score":61.5,)"
      R"("findings":[{"rule":"IDV-002","outcome":"hit","family":"identity",)"
      R"("severity":"high","score":45,"title":"A copy","reason":"It was 验",)"
      R"("remedy":"Ask again","evidence":[{"fact":"request.x","value":"copy"}]},)"
      R"({"rule":"SES-002","outcome":"hit","score":5,"shadow":true}]})";
  return row;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_verdict_is_read_back_as_it_was_stored) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const int64_t source = must(store->begin_source(run, "demo \"1\".jsonl"));
  Block block;
  block.source = source;
  block.identity = identify_block("", "0123456789");
  block.begin_byte = 4211;
  block.end_byte = 4221;
  block.verdicts.push_back(held_request());
  VerdictRow passed;
  passed.kind = Kind::message;
  passed.line = 18;
  passed.byte = 4215;
  passed.record_id = std::string("a\0b", 3);
  block.verdicts.push_back(passed);
  block.errors.push_back({19, 4218, "J102", "no closing brace"});
  block.invalid["request.created_at"] = 2;
  must(store->append(block));
  must(store->end_source(source, {3, 2, 1, 0, 10, block.identity.digest}));
  must(store->end_run(run, RunStatus::done));

  const std::string db = folder.db();
  BOOST_TEST(
      ask(db,
          "SELECT run_id, source, line, byte, record_id, kind, action, "
          "score, profile, subject, event_time, top_rule FROM verdict "
          "WHERE line = 17",
          12) == Rows({"1|demo \"1\".jsonl|17|4211|r-17|request|hold|61.5|"
                       "cn-realname|t1:00000000:"
                       "0123456789abcdef0123456789abcdef|2026-03-02T10:00:00+"
                       "08:00|IDV-002"}),
      boost::test_tools::per_element());
  BOOST_TEST(ask(db,
                 "SELECT length(CAST(record_id AS BLOB)), kind, action, "
                 "verdict_json IS NULL FROM verdict WHERE line = 18",
                 4) == Rows({"3|message|pass|1"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      ask(db,
          "SELECT rule, outcome, family, severity, score, title, "
          "reason, remedy, shadow, evidence FROM finding ORDER BY rule",
          10) == Rows({"IDV-002|hit|identity|high|45|A copy|It was 验|Ask "
                       "again|0|[{\"fact\":\"request.x\",\"value\":\"copy\"}]",
                       "SES-002|hit|||5||||1|"}),
      boost::test_tools::per_element());
  BOOST_TEST(ask(db, "SELECT line, byte, code, message FROM error_row", 4) ==
                 Rows({"19|4218|J102|no closing brace"}),
             boost::test_tools::per_element());
  BOOST_TEST(ask(db, "SELECT fact, records FROM invalid_count", 2) ==
                 Rows({"request.created_at|2"}),
             boost::test_tools::per_element());
  BOOST_TEST(ask(db,
                 "SELECT day, kind, records, pass, review, hold, refuse FROM "
                 "by_day ORDER BY day",
                 7) == Rows({"2026-03-02|request|1|0|0|1|0",
                             "not recorded|message|1|1|0|0|0"}),
             boost::test_tools::per_element());
  BOOST_TEST(ask(db,
                 "SELECT source, seen, judged, unreadable, duplicate, state, "
                 "stored_verdicts, stored_errors FROM completeness",
                 8) == Rows({"demo \"1\".jsonl|3|2|1|0|complete|2|1"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      ask(db,
          "SELECT status, program_version, digest, packs, command, "
          "key_id = '" +
              store->site_key().id +
              "', ended_at >= started_at FROM run JOIN ruleset USING "
              "(ruleset_id)",
          7) == Rows({"done|0.1.0|sha256:demo|[\"sim-replacement@1.0.0\","
                      "\"messages@1.0.0\"]|simwarden screen --db out.db "
                      "requests.jsonl|1|1"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(hits_that_do_not_count_have_rows_of_their_own) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const int64_t source = must(store->begin_source(run, "demo.jsonl"));
  std::string parent;
  uint64_t begin = 0;
  // More than one statement's worth of rows, and more than one block.
  for (int b = 0; b < 2; ++b) {
    std::string lines;
    for (int i = 0; i < 30; ++i)
      lines += "r" + std::to_string(b * 30 + i) + "\n";
    Block block =
        judge_lines(source, parent, lines, begin, uint64_t(b) * 30 + 1);
    for (size_t i = 0; i < block.verdicts.size(); i += 7) {
      VerdictRow& row = block.verdicts[i];
      row.shadow = {{"TRY-001", 20}, {"TRY-002", 5}};
      row.waived = {{"IDV-002", 45, {"W-1", "Branch", "Desk", "Till", "2026"}}};
    }
    must(store->append(block));
    parent = block.identity.digest;
    begin += lines.size();
  }
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM shadow_hit") == 20);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM waived_hit") == 10);
  // Each hangs on its own verdict.
  BOOST_TEST(ask(folder.db(),
                 "SELECT record_id, rule, score FROM shadow_hit WHERE line IN "
                 "(8, 38) ORDER BY line, rule",
                 3) == Rows({"r7|TRY-001|20.0", "r7|TRY-002|5.0",
                             "r37|TRY-001|20.0", "r37|TRY-002|5.0"}),
             boost::test_tools::per_element());
  BOOST_TEST(ask(folder.db(),
                 "SELECT record_id, rule, score, waiver, asked_by, "
                 "approved_by, why, until FROM waived_hit WHERE line = 31",
                 8) == Rows({"r30|IDV-002|45.0|W-1|Branch|Desk|Till|2026"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_new_file_is_private) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  struct stat about {};
  BOOST_TEST_REQUIRE(::stat(folder.db().c_str(), &about) == 0);
  BOOST_TEST((about.st_mode & 07777) == 0600u);
}

BOOST_AUTO_TEST_CASE(a_repeated_run_stores_nothing_twice) {
  const ScratchFolder folder;
  const std::string log = lines(0, 100);
  const auto store = open_store(folder);
  const int64_t first = must(store->begin_run(demo_run()));
  BOOST_TEST(screen(*store, first, "a.jsonl", log, 200) >= 3u);
  const int64_t second = must(store->begin_run(demo_run()));
  BOOST_TEST(screen(*store, second, "copy of a.jsonl", log, 200) == 0u);
  // Cut elsewhere, the stored blocks still fit one after the other.
  BOOST_TEST(screen(*store, second, "a.jsonl", log, 100000) == 0u);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 86);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM error_row") == 14);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM ruleset") == 1);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM run") == 2);

  // Another ruleset is another question.
  const int64_t third = must(store->begin_run(demo_run("sha256:other")));
  BOOST_TEST(screen(*store, third, "a.jsonl", log, 200, "sha256:other") >= 3u);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") ==
             172);
}

BOOST_AUTO_TEST_CASE(appending_a_stored_block_adds_nothing) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const int64_t source = must(store->begin_source(run, "a"));
  const Block block = judge_lines(source, "", lines(0, 30), 0, 1);
  must(store->append(block));
  must(store->append(block));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 26);
  // The store goes on taking others.
  must(store->append(
      judge_lines(source, block.identity.digest, "x\n", block.end_byte, 31)));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 27);
}

BOOST_AUTO_TEST_CASE(what_is_stored_together_is_there_wholly_or_not_at_all) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const int64_t source = must(store->begin_source(run, "log"));
  const Block first = judge_lines(source, "", lines(0, 9), 0, 1);
  const Block second =
      judge_lines(source, first.identity.digest, lines(9, 20), 99, 10);
  const Block third =
      judge_lines(source, second.identity.digest, lines(20, 30), 999, 21);
  must(store->together([&]() -> Status {
    Status done = store->append(first);
    BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 0);
    const Covered known = must(store->covered("", kRuleset, lines(0, 20)));
    BOOST_TEST(known.digest == first.identity.digest);
    return done ? store->append(second) : done;
  }));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 2);

  const Status failed = store->together([&]() -> Status {
    Status done = store->append(third);
    return done ? Status(Error{Trouble::environment, "struck"}) : done;
  });
  BOOST_TEST_REQUIRE(!failed.ok());
  BOOST_TEST(failed.error().what == "struck");
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 2);
  // What came out of step with the file stores nothing more.
  BOOST_TEST(!store->append(third).ok());
}

BOOST_AUTO_TEST_CASE(a_log_that_grew_is_continued) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  std::mt19937 random(11);
  size_t end = 0;
  std::string log;
  for (size_t round = 0; round < 40; ++round) {
    const size_t more = random() % 60;
    log += lines(end, end + more);
    end += more;
    const int64_t run = must(store->begin_run(demo_run()));
    screen(*store, run, "log", log, 300);
    must(store->end_run(run, RunStatus::done));
    // Every line once, in a row of its own, at its own place.
    const int64_t rows = ask_number(
        folder.db(),
        "SELECT (SELECT count(*) FROM verdict_row) + (SELECT count(*) FROM "
        "error_row)");
    BOOST_TEST_REQUIRE(rows == int64_t(end), round);
  }
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(DISTINCT line) FROM (SELECT line FROM "
                        "verdict_row UNION ALL SELECT line FROM error_row)") ==
             int64_t(end));
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM completeness WHERE state <> "
                        "'complete'") == 0);
}

BOOST_AUTO_TEST_CASE(a_log_that_was_changed_is_judged_again_from_there) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  std::string log = lines(0, 100);
  const size_t blocks = screen(*store, run, "log", log, 200);
  log[450] = '#';  // the third block
  BOOST_TEST(screen(*store, run, "log", log, 200) == blocks - 2);
  log[0] = '#';
  BOOST_TEST(screen(*store, run, "log", log, 200) == blocks);
}

BOOST_AUTO_TEST_CASE(covered_never_claims_bytes_that_are_not_stored) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const int64_t source = must(store->begin_source(run, "a"));
  const std::string stored = lines(0, 40);
  must(store->append(judge_lines(source, "", stored, 0, 1)));
  const auto bytes = [&store](std::string_view parent, std::string_view ruleset,
                              std::string_view chunk) {
    return must(store->covered(parent, ruleset, chunk)).bytes;
  };
  BOOST_TEST(bytes("", kRuleset, stored) == stored.size());
  BOOST_TEST(bytes("", kRuleset, stored + "more") == stored.size());
  BOOST_TEST(bytes("", kRuleset, stored.substr(0, stored.size() - 1)) == 0u);
  BOOST_TEST(bytes("", kRuleset, "") == 0u);
  BOOST_TEST(bytes("0", kRuleset, stored) == 0u);
  BOOST_TEST(bytes("", "sha256:other", stored) == 0u);
  std::string changed = stored + "more";
  changed[stored.size() - 2] ^= 1;
  BOOST_TEST(bytes("", kRuleset, changed) == 0u);
}

BOOST_AUTO_TEST_CASE(a_run_that_never_ended_is_visible) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    must(store->begin_source(run, "half.jsonl"));
    const int64_t other = must(store->begin_run(demo_run()));
    const int64_t source = must(store->begin_source(other, "odd.jsonl"));
    must(store->end_source(source, {5, 3, 1, 0, 9, ""}));
    must(store->end_run(other, RunStatus::interrupted));
  }
  BOOST_TEST(ask(folder.db(),
                 "SELECT run_id, status, ended_at IS NULL FROM run ORDER BY 1",
                 3) == Rows({"1|running|1", "2|interrupted|0"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      ask(folder.db(),
          "SELECT source, state, seen, judged, unreadable, duplicate, bytes, "
          "stored_verdicts FROM completeness ORDER BY 1",
          8) == Rows({"half.jsonl|never ended||||||0",
                      "odd.jsonl|does not add up|5|3|1|0|9|0"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(block_digests_are_a_chain) {
  const BlockIdentity first = identify_block("", "abc");
  BOOST_TEST(first.digest == sha256_hex("abc"));
  BOOST_TEST(first.head == sha256_hex("ab"));
  const BlockIdentity second = identify_block(first.digest, "de");
  BOOST_TEST(second.digest == sha256_hex(first.digest + "de"));
  BOOST_TEST(second.parent == first.digest);
  BOOST_TEST(identify_block("", "").digest == sha256_hex(""));
  std::string bytes;
  for (size_t size = 1; size < 70; ++size) {
    bytes += char('a' + size % 26);
    const std::vector<std::string> heads = possible_heads("p", bytes + "tail");
    const std::string head = identify_block("p", bytes).head;
    BOOST_TEST(std::set(heads.begin(), heads.end()).contains(head), size);
  }
}
