// SPDX-License-Identifier: Apache-2.0
#include "intake/json_fault.h"

#include <string>

#include <boost/test/unit_test.hpp>
#include <simdjson.h>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(json_fault)

bool is_object_for_simdjson(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  return parser.parse(json).get(root) == simdjson::SUCCESS && root.is_object();
}

// Spoils a good text in every way that a byte can be spoilt, and asks both
// readers. Numbers beyond 64 bits, which only one of them takes, are put into
// quotes first.
BOOST_AUTO_TEST_CASE(both_readers_agree_on_spoilt_texts) {
  const std::string good =
      "{\"a\":[1,-2.5e+3,0,true,false,null],\"b\":{\"c\":\"x\\n\\u00e9\\ud83d"
      "\\ude00\\\\\"},\"\xe4\xb8\xad\":\"\xf0\x9f\x98\x80\",\"d\":{},\"e\":[]}";
  BOOST_REQUIRE(is_object_for_simdjson(good));
  BOOST_REQUIRE(!find_fault(good));
  size_t broken = 0;
  size_t checked = 0;
  const auto check = [&](const std::string& json) {
    const bool faulty = find_fault(json).has_value();
    const bool taken =
        is_object_for_simdjson(faulty ? json : quote_big_numbers(json));
    BOOST_TEST(faulty == !taken, json);
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

BOOST_AUTO_TEST_CASE(only_numbers_beyond_64_bits_are_quoted) {
  const std::pair<std::string, std::string> kCases[] = {
      {"{\"a\":1}", "{\"a\":1}"},
      {"{\"a\":123456789012345678}", "{\"a\":123456789012345678}"},
      {"{\"a\":12345678901234567890123}",
       "{\"a\":\"\\u0000number:12345678901234567890123\"}"},
      {"{\"a\":[1e999,2],\"b\":1e300}",
       "{\"a\":[\"\\u0000number:1e999\",2],\"b\":1e300}"},
      {"{\"12345678901234567890123\":\"12345678901234567890123\"}",
       "{\"12345678901234567890123\":\"12345678901234567890123\"}"}};
  for (const auto& [json, wanted] : kCases) {
    BOOST_TEST(quote_big_numbers(json) == wanted);
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
