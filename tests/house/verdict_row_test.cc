// SPDX-License-Identifier: Apache-2.0
#include "house/verdict_row.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "files.h"

using namespace simwarden;

namespace {

constexpr std::string_view kNumber = "+15550100";

Record request() {
  Record record(Kind::request);
  for (const auto& [field, text] :
       {std::pair{"request_id", "demo-request-with-a-long-name"},
        std::pair{"phone_number", kNumber.data()}}) {
    record.set(*find_field(Kind::request, field), record.make_text(text));
  }
  record.position = {.line = 7, .byte = 900};
  return record;
}

Verdict held(const Record& record) {
  Verdict verdict;
  verdict.id = record.id();
  verdict.action = Action::hold;
  verdict.score = 61.5;
  verdict.findings = {{.rule = "DEMO-RULE-WITH-A-LONG-NAME", .score = 60},
                      {.rule = "DEMO-2", .score = 10, .shadow = true}};
  verdict.position = record.position;
  return verdict;
}

struct Made {
  TokenMaker tokens{SiteKey{"01234567", {}}};
  Record record = request();
  Verdict verdict = held(record);
  VerdictOrigin origin{.source = "demo.jsonl",
                       .policy = R"({"digest":"sha256:0"})",
                       .profile = "generic",
                       .correlator = "demo-1"};
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_row_is_the_same_in_any_memory_and_its_copy_outlives_it) {
  Made made;
  TextPen keys;
  append_verdict_keys(keys, made.verdict);
  const VerdictRow plain =
      verdict_row(made.record, made.verdict, keys, made.origin, {made.tokens});
  VerdictRow copy;
  {
    std::pmr::monotonic_buffer_resource texts;
    const VerdictRow row = verdict_row(made.record, made.verdict, keys,
                                       made.origin, {made.tokens, &texts});
    BOOST_TEST(row.json.get_allocator().resource() == &texts);
    copy = VerdictRow(row);
  }
  BOOST_TEST(copy.record_id == "demo-request-with-a-long-name");
  BOOST_TEST(copy.top_rule == "DEMO-RULE-WITH-A-LONG-NAME");
  BOOST_TEST(copy.shadow.size() == 1);
  BOOST_TEST(copy.subject.find(kNumber) == std::string::npos);
  BOOST_TEST(std::string_view(copy.subject) == made.tokens.of(kNumber));
  for (const auto text :
       {&VerdictRow::record_id, &VerdictRow::profile, &VerdictRow::subject,
        &VerdictRow::event_time, &VerdictRow::top_rule, &VerdictRow::json}) {
    BOOST_TEST((copy.*text == plain.*text));
  }
}

BOOST_AUTO_TEST_CASE(what_is_stored_and_what_is_put_out_have_the_same_keys) {
  Made made;
  TextPen keys;
  append_verdict_keys(keys, made.verdict);
  const std::string before(keys.text());
  const VerdictRow row =
      verdict_row(made.record, made.verdict, keys, made.origin, {made.tokens});
  BOOST_TEST(keys.text() == before);
  BOOST_TEST(std::string_view(row.json) ==
             before + R"(,"correlator":"demo-1"})");
  std::string line;
  append_json(line, made.verdict, made.origin);
  BOOST_TEST(line == before + R"(,"source":{"name":"demo.jsonl","line":7,)"
                              R"("correlator":"demo-1"},)"
                              R"("policy":{"digest":"sha256:0"}})");
}

BOOST_AUTO_TEST_CASE(the_site_key_lies_beside_the_file_behind_a_link) {
  namespace fs = std::filesystem;
  const char* named = std::getenv("SIMWARDEN_SITE_KEY");
  if (named != nullptr && *named != '\0') return;
  const TestFolder folder;
  const std::string link = folder / "alias.db";
  fs::create_symlink("served.db", link);
  BOOST_TEST(site_key_path(link) == folder / "served.db.key");
  BOOST_TEST(site_key_path(folder / "served.db") == folder / "served.db.key");
  // Of an older version, which made it beside the link.
  std::ofstream(link + ".key") << "x";
  BOOST_TEST(site_key_path(link) == link + ".key");
  std::ofstream(folder / "served.db.key") << "x";
  BOOST_TEST(site_key_path(link) == folder / "served.db.key");
}
