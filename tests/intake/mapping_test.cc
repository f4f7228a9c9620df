// SPDX-License-Identifier: Apache-2.0
#include "intake/mapping.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "intake/shown.h"
#include "intake/sources.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(mapping)

constexpr std::string_view kGood =
    "kind: request\n"
    "columns:\n"
    "  手机号: phone_number\n"
    "  渠道: channel.type\n"
    "  备注: ~\n"
    "  client.mobile: device.new.imei\n"
    "  made: created_at\n"
    "  seen: agent.registered\n"
    "  f1: auth.factors[0].type\n"
    "values:\n"
    "  channel.type:\n"
    "    营业厅: store_own\n"
    "  agent.registered:\n"
    "    是: 'true'\n"
    "    否: 'false'\n"
    "  auth.factors[].type:\n"
    "    短信: otp_sms\n"
    "constants:\n"
    "  country: CN\n"
    "  attempt_no: '1'\n"
    "time_zone: '+08:00'\n";

std::shared_ptr<const Mapping> read_good() {
  Issues issues;
  auto mapping =
      Mapping::read(SourceText("map.yaml", std::string(kGood)), issues);
  BOOST_REQUIRE_MESSAGE(mapping, render(issues));
  return mapping;
}

BOOST_AUTO_TEST_CASE(a_table_is_read_in_its_own_words) {
  const TestFolder folder;
  IntakeOptions options;
  options.mapping = read_good();
  const ReadOut out = read_path(
      folder.write("a.csv",
                   "手机号,渠道,备注,made,seen,f1,attempt_no\n"
                   "+447700900123,营业厅,x,2026-03-02 10:15:30,是,短信,\n"
                   "+447700900124,dealer,,2026-03-02T10:15:30Z,否,,4\n"
                   "+447700900125,小摊,,soon,,,\n"),
      options);
  BOOST_TEST(out.error == "");
  BOOST_REQUIRE(out.items.size() == 3u);
  const Record& first = out.items[0].record;
  BOOST_TEST(shown(first, "phone_number") == "+447700900123");
  BOOST_TEST(shown(first, "channel.type") == "store_own");
  BOOST_TEST(shown(first, "created_at") == "2026-03-02T10:15:30+08:00");
  BOOST_TEST(shown(first, "agent.registered") == "true");
  BOOST_TEST(shown(first, "country") == "CN");
  BOOST_TEST(shown(first, "attempt_no") == "1");
  BOOST_TEST(shown_group(first, "auth.factors") == "type=otp_sms");
  BOOST_TEST(out.items[0].unknown_keys.empty());
  const Record& second = out.items[1].record;
  BOOST_TEST(shown(second, "channel.type") == "dealer");
  BOOST_TEST(shown(second, "created_at") == "2026-03-02T10:15:30Z");
  BOOST_TEST(shown(second, "attempt_no") == "4");
  BOOST_TEST(shown(out.items[2].record, "channel.type") == "!小摊");
  BOOST_TEST(shown(out.items[2].record, "created_at") == "!soon");
}

BOOST_AUTO_TEST_CASE(json_keys_are_mapped_at_any_depth) {
  IntakeOptions options;
  options.mapping = read_good();
  const Item item = parse_json(
      R"({"手机号":"+447700900123","client":{"mobile":"356938035643809",
          "name":"anna"},"备注":{"any":1},"seen":"是","渠道":"营业厅"})",
      options);
  BOOST_REQUIRE(!item.bad);
  BOOST_TEST(shown(item.record, "phone_number") == "+447700900123");
  BOOST_TEST(shown(item.record, "device.new.imei") == "356938035643809");
  BOOST_TEST(shown(item.record, "agent.registered") == "true");
  BOOST_TEST(shown(item.record, "channel.type") == "store_own");
  BOOST_TEST(item.unknown_keys == std::vector<std::string>{"client.name"});
  const Item twice = parse_json(
      R"({"手机号":"+447700900123","phone_number":"+447700900123"})", options);
  BOOST_REQUIRE(twice.bad.has_value());
  BOOST_TEST(twice.bad->code == "J104");
}

struct BadCase {
  std::string_view yaml;
  std::string_view code;
  uint32_t line;
  std::string_view words;
};

BOOST_AUTO_TEST_CASE(every_mistake_is_an_issue_at_its_place) {
  const BadCase kCases[] = {
      {"columns:\n  a: phone_numbr\n", "M101", 2, "phone_number"},
      {"columns:\n  a: channel\n", "M101", 2, "no field channel"},
      {"kind: message\ncolumns:\n  a: phone_number\n", "M101", 3,
       "no field phone_number"},
      {"values:\n  chanel.type:\n    a: dealer\n", "M101", 2, "channel.type"},
      {"values:\n  channel.type:\n    a: deler\n", "M102", 3, "dealer"},
      {"values:\n  channel.type:\n    a: [dealer]\n", "M102", 3, "text"},
      {"values:\n  channel.type: dealer\n", "M105", 2, "mapping"},
      {"values: 3\n", "M105", 1, "mapping"},
      {"columns: [a]\n", "M105", 1, "mapping"},
      {"constants: x\n", "M105", 1, "mapping"},
      {"constants:\n  country: China\n", "M103", 2, "two capital letters"},
      {"constants:\n  auth.factors[].type: otp_sms\n", "M103", 2, "constant"},
      {"constants:\n  cuntry: CN\n", "M101", 2, "country"},
      {"time_zone: CST\n", "M104", 1, "+08:00"},
      {"time_zone: '+0800'\n", "M104", 1, "+08:00"},
  };
  for (const BadCase& c : kCases) {
    Issues issues;
    const SourceText file("map.yaml", std::string(c.yaml));
    BOOST_TEST(!Mapping::read(file, issues), c.yaml);
    const auto found = issues.sorted();
    BOOST_REQUIRE_MESSAGE(found.size() == 1u, c.yaml << render(issues));
    BOOST_TEST(found[0].code == c.code, c.yaml);
    BOOST_TEST(found[0].place.line == c.line, c.yaml);
    BOOST_TEST(render(issues).find(c.words) != std::string::npos,
               render(issues));
  }
}

BOOST_AUTO_TEST_CASE(all_mistakes_are_told_at_once) {
  Issues issues;
  const SourceText file("map.yaml",
                        "kind: letter\nclumns: {}\ncolumns:\n  a: nothing\n"
                        "  b: phone_number\n  b: reason\n");
  BOOST_TEST(!Mapping::read(file, issues));
  BOOST_TEST(issues.error_count() >= 1u);
  Issues more;
  const SourceText two("map.yaml",
                       "kind: letter\ncolumns:\n  a: nothing\n"
                       "constants:\n  country: China\n");
  BOOST_TEST(!Mapping::read(two, more));
  BOOST_TEST(more.error_count() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
