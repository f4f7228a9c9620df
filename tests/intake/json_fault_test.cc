// SPDX-License-Identifier: Apache-2.0
#include "intake/json_fault.h"

#include <string>

#include <boost/test/unit_test.hpp>
#include <simdjson.h>

#include "intake/intake.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(json_fault)

bool is_object_for_simdjson(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  return parser.parse(json).get(root) == simdjson::SUCCESS && root.is_object();
}

bool is_taken(const std::string& json) {
  IntakeOptions options;
  options.kind = KindChoice::request;
  return !parse_json(json, options).bad;
}

// Spoils a good text in every way that a byte can be spoilt, and asks all
// readers: the one that takes rows, the one that finds faults, and simdjson.
BOOST_AUTO_TEST_CASE(all_readers_agree_on_spoilt_texts) {
  const std::string good =
      "{\"kaa\":[0,1,-2.5e+3,true,false,null],\"kbb\":{\"c\":\"x\\n\\u00e9"
      "\\ud83d\\ude00\\\\\"},\"\xe4\xb8\xad\":\"\xf0\x9f\x98\x80\",\"kdd\":{},"
      "\"kee\":[]}";
  BOOST_REQUIRE(is_object_for_simdjson(good));
  BOOST_REQUIRE(!find_fault(good));
  size_t broken = 0;
  size_t checked = 0;
  const auto check = [&](const std::string& json) {
    const bool faulty = find_fault(json).has_value();
    BOOST_TEST(faulty == !is_object_for_simdjson(json), json);
    BOOST_TEST(faulty == !is_taken(json), json);
    ++checked;
    if (faulty) ++broken;
  };
  const std::string letters =
      "{}[]:,\"\\0123456789.eE+-tfnu \t\n\x01\x7f\x80\xff";
  for (size_t at = 0; at < good.size(); ++at) {
    check(good.substr(0, at));
    check(good.substr(0, at) + good.substr(at + 1));
    for (const char letter : letters) {
      check(good.substr(0, at) + letter + good.substr(at + 1));
      check(good.substr(0, at) + letter + good.substr(at));
    }
  }
  BOOST_TEST(checked > 5000u);
  BOOST_TEST(broken > checked / 2);
  BOOST_TEST(broken < checked);
}

BOOST_AUTO_TEST_CASE(a_fault_lies_inside_the_text_or_at_its_end) {
  for (const std::string json :
       {"", " ", "{", "{\"a\"", "{\"a\":\"\\", "{\"a\":\"\\u1", "{\"a\":1,"}) {
    const auto fault = find_fault(json);
    BOOST_REQUIRE(fault.has_value());
    BOOST_TEST(fault->byte <= json.size());
  }
}

BOOST_AUTO_TEST_CASE(bad_utf_8_is_found_at_its_first_byte) {
  BOOST_TEST(!find_bad_utf8("plain \xe4\xb8\xad \xf0\x9f\x98\x80").has_value());
  const std::pair<std::string, size_t> kCases[] = {
      {"ab\xff", 2},           {"a\xc0\x80", 1}, {"\xed\xa0\x80", 0},
      {"\xf4\x90\x80\x80", 0}, {"x\xe4\xb8", 1}, {"x\x80y", 1},
      {"\xe4\xb8\xad\xfe", 3}};
  for (const auto& [text, byte] : kCases) {
    BOOST_TEST((find_bad_utf8(text) == byte));
  }
}

// The fast parser must pick its instructions when it runs: a program that was
// built for any 64-bit processor would otherwise read at a third of the rate.
BOOST_AUTO_TEST_CASE(the_fast_parser_uses_the_processor_it_runs_on) {
  bool better = false;
  for (const auto* one : simdjson::get_available_implementations()) {
    if (one->name() != "fallback" && one->supported_by_runtime_system()) {
      better = true;
    }
  }
  const std::string name = simdjson::get_active_implementation()->name();
  BOOST_TEST((name != "fallback") == better, name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
