// SPDX-License-Identifier: Apache-2.0
#include "intake/json_rows.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "intake/each_item.h"
#include "intake/intake.h"
#include "intake/json_fault.h"
#include "intake/shown.h"
#include "intake/slow_mapping.h"

namespace simwarden {
namespace {

constexpr auto npos = std::string_view::npos;

BOOST_AUTO_TEST_SUITE(json_rows)

Item request(const std::string& json) {
  IntakeOptions options;
  options.kind = KindChoice::request;
  Item item = parse_json(json, options);
  BOOST_TEST(!item.bad, json << ": " << (item.bad ? item.bad->message : ""));
  return item;
}

struct FieldCase {
  std::string json;
  std::string_view field;
  std::string_view wanted;
};

BOOST_AUTO_TEST_CASE(values_land_in_their_fields) {
  const FieldCase kCases[] = {
      {R"({"phone_number":"+447700900123"})", "phone_number", "+447700900123"},
      {R"({"phoneNumber":"+447700900123"})", "phone_number", "+447700900123"},
      {R"({"channel":{"type":"dealer"}})", "channel.type", "dealer"},
      {R"({"channel.type":"dealer"})", "channel.type", "dealer"},
      {R"({"channel":{"officialStatus":"official"}})",
       "channel.official_status", "official"},
      {R"({"channel.officialStatus":"official"})", "channel.official_status",
       "official"},
      {R"({"history":{"simSwaps30d":2}})", "history.sim_swaps_30d", "2"},
      {R"({"history":{"sim_swaps_30d":2}})", "history.sim_swaps_30d", "2"},
      {R"({"counter":{"agentSwaps1h":2}})", "counter.agent_swaps_1h", "2"},
      {R"({"identity":{"document":{"presentedAs":"copy"}}})",
       "identity.document.presented_as", "copy"},
      {R"({"identity.document":{"presentedAs":"copy"}})",
       "identity.document.presented_as", "copy"},
      {R"({"identity":{"document.presentedAs":"copy"}})",
       "identity.document.presented_as", "copy"},
      {R"({"PhoneNumber":"+447700900123"})", "phone_number", "+447700900123"},
      {R"({"Channel":{"Type":"dealer"}})", "channel.type", "dealer"},
      {R"({"sim":{"new":{"smdpAddress":"smdp.example.com"}}})",
       "sim.new.smdp_address", "smdp.example.com"},
      // States.
      {R"({"reason":"lost"})", "request_type", "(absent)"},
      {R"({"reason":null})", "reason", "(null)"},
      {R"({"outcome":{"fraudConfirmed":null}})", "outcome.fraud_confirmed",
       "(null)"},
      {R"({"channel":null})", "channel.type", "(absent)"},
      {R"({"reason":"bored"})", "reason", "!bored"},
      {R"({"reason":""})", "reason", "!"},
      {R"({"reason_text":""})", "reason_text", ""},
      {R"({"reason":["lost"]})", "reason", R"(!["lost"])"},
      {R"({"reason":{"code":"lost"}})", "reason", R"(!{"code":"lost"})"},
      {R"({"reason":7})", "reason", "!7"},
      // Types.
      {R"({"agent":{"registered":true}})", "agent.registered", "true"},
      {R"({"agent":{"registered":"true"}})", "agent.registered", "!true"},
      {R"({"agent":{"registered":1}})", "agent.registered", "!1"},
      {R"({"applicant":{"nameMatch":true}})", "applicant.name_match", "true"},
      {R"({"applicant":{"nameMatch":"false"}})", "applicant.name_match",
       "false"},
      {R"({"attempt_no":3})", "attempt_no", "3"},
      {R"({"attempt_no":"3"})", "attempt_no", "!3"},
      {R"({"attempt_no":3.5})", "attempt_no", "!3.5"},
      {R"({"attempt_no":-1})", "attempt_no", "!-1"},
      {R"({"fee":{"amount":10}})", "fee.amount", "10"},
      {R"({"fee":{"amount":10.25}})", "fee.amount", "10.25"},
      {R"({"fee":{"amount":"10"}})", "fee.amount", "!10"},
      {R"({"created_at":"2026-03-02T10:15:30"})", "created_at",
       "!2026-03-02T10:15:30"},
      {R"({"created_at":1772417730})", "created_at", "!1772417730"},
      {R"({"reason_text":5})", "reason_text", "!5"},
      {R"({"request_id":4711})", "request_id", "4711"},
      {R"({"agent":{"id":12}})", "agent.id", "12"},
      {R"({"agent":{"id":12.5}})", "agent.id", "!12.5"},
      {R"({"phone_number":447700900123})", "phone_number", "!447700900123"},
      // Beyond 64 bits and still to the digit.
      {R"({"sim":{"new":{"eid":89049032123451234512345678901235}}})",
       "sim.new.eid", "89049032123451234512345678901235"},
      {R"({"sim":{"new":{"iccid":8986001212345678900}}})", "sim.new.iccid",
       "8986001212345678900"},
      {R"({"attempt_no":123456789012345678901234567890})", "attempt_no",
       "!123456789012345678901234567890"},
      {R"({"fee":{"amount":1e999}})", "fee.amount", "!1e999"},
      {R"({"reason_text":1e999})", "reason_text", "!1e999"},
      {R"({"reason_text":"1e999","attempt_no":99999999999999999999})",
       "reason_text", "1e999"},
      // Escapes and other alphabets.
      {R"({"reason_text":"a\u0041\ud83d\ude00\n."})", "reason_text",
       "aA\xf0\x9f\x98\x80\n."},
      {"{\"reason_text\":\"\xe4\xb8\xa2\xe5\xa4\xb1\"}", "reason_text",
       "\xe4\xb8\xa2\xe5\xa4\xb1"},
      // Lists.
      {R"({"linked_services":["bank_2fa","social"]})", "linked_services",
       "[bank_2fa, social]"},
      {R"({"linked_services":[]})", "linked_services", "[]"},
      {R"({"linked_services":"bank_2fa"})", "linked_services", "[bank_2fa]"},
      {R"({"linked_services":null})", "linked_services", "(null)"},
      {R"({"outcome":{"reasonCodes":["A-1"]}})", "outcome.reason_codes",
       "[A-1]"},
      // The old names of forms.
      {R"({"sim":{"old":{"form":"TM"},"new":{"form":"euicc"}}})",
       "sim.old.form", "physical"},
      {R"({"sim":{"old":{"form":"TM"},"new":{"form":"euicc"}}})",
       "sim.new.form", "eSIM"},
  };
  for (const FieldCase& c : kCases) {
    const Item item = request(c.json);
    BOOST_TEST(shown(item.record, c.field) == c.wanted, c.json);
    BOOST_TEST(item.unknown_keys.empty(), c.json);
  }
}

BOOST_AUTO_TEST_CASE(the_text_of_a_message_with_nothing_to_read_is_invalid) {
  const std::pair<std::string, std::string_view> kCases[] = {
      {R"({"kind":"message"})", "!"},
      {R"({"kind":"message","text":null,"sender":"demo_a"})", "!"},
      {R"({"kind":"message","authentication_results":[{"method":"spf"}]})",
       "!"},
      {R"({"kind":"message","text":""})", ""},
      {R"({"kind":"message","text":5})", "!5"},
      {R"({"kind":"message","subject":"Hello"})", "(absent)"},
      {R"({"kind":"message","attachments":["form.pdf"]})", "(absent)"},
  };
  for (const auto& [json, wanted] : kCases) {
    const Item item = parse_json(json, IntakeOptions());
    BOOST_TEST(!item.bad, json);
    BOOST_TEST(shown(item.record, "text") == wanted, json);
  }
}

BOOST_AUTO_TEST_CASE(groups_are_lists_of_objects) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {R"([{"type":"otp_sms","result":"pass","attempts":1},{"type":"bad"}])",
       "type=otp_sms result=pass attempts=1; type=!bad"},
      {R"([{"destinationType":"email_on_file"}])",
       "destination_type=email_on_file"},
      {R"([{"type":null}])", "type=(null)"},
      {R"([{}])", ""},
      {R"([])", ""},
      {R"(null)", "(null)"},
      {R"("otp_sms")", R"(!"otp_sms")"},
      {R"({"type":"otp_sms"})", R"(!{"type":"otp_sms"})"},
      {R"([{"type":"otp_sms"},3])", R"(![{"type":"otp_sms"},3])"}};
  for (const auto& [json, wanted] : kCases) {
    const Item item =
        request("{\"auth\":{\"factors\":" + std::string(json) + "}}");
    BOOST_TEST(shown_group(item.record, "auth.factors") == wanted);
  }
  BOOST_TEST(shown_group(request(R"({"reason":"lost"})").record,
                         "auth.factors") == "(absent)");
}

BOOST_AUTO_TEST_CASE(keys_that_no_field_has_are_named) {
  const Item item = request(
      R"({"shoe_size":43,"channel":{"colour":"red","type":"dealer"},
          "auth":{"factors":[{"mood":1},{"mood":2}]},"agent":"anna",
          "sim":{"new":{"form":"eSIM","x":{"y":[1,{"z":2}]}}}})");
  const std::vector<std::string> kWanted = {"shoe_size", "channel.colour",
                                            "auth.factors[].mood", "agent",
                                            "sim.new.x"};
  BOOST_TEST(item.unknown_keys == kWanted, boost::test_tools::per_element());
  BOOST_TEST(shown(item.record, "channel.type") == "dealer");
}

BOOST_AUTO_TEST_CASE(names_of_unknown_keys_are_bounded) {
  std::string json = "{\"reason\":\"lost\"";
  for (int i = 0; i < 1000; ++i) {
    json += ",\"k" + std::to_string(i) + std::string(500, 'x') + "\":1";
  }
  const Item item = request(json + "}");
  BOOST_TEST(item.unknown_keys.size() == 64u);
  for (const std::string& key : item.unknown_keys) {
    BOOST_TEST(key.size() <= 128u);
  }
}

BOOST_AUTO_TEST_CASE(attachments_may_be_objects_or_names_alone) {
  IntakeOptions options;
  const Item item = parse_json(
      R"({"text":"hi","attachments":["a.pdf",{"name":"b.apk","size":3},
          {"size":4}],"recipients":"info@example.com"})",
      options);
  BOOST_REQUIRE(!item.bad);
  BOOST_TEST((item.record.kind() == Kind::message));
  BOOST_TEST(shown_group(item.record, "attachments") ==
             "name=a.pdf; name=b.apk size=3; size=4");
  BOOST_TEST(shown(item.record, "recipients") == "[info@example.com]");
  const Item typed = parse_json(
      R"({"text":"hi","attachments":[{"name":"A.PDF","type":"Application/PDF",
          "detected_type":"application/x-DOSEXEC"}]})",
      options);
  BOOST_TEST(shown_group(typed.record, "attachments") ==
             "name=A.PDF type=application/pdf "
             "detected_type=application/x-dosexec");
  const Item odd = parse_json(R"({"text":"hi","attachments":[4]})", options);
  BOOST_TEST(shown_group(odd.record, "attachments") == "![4]");
}

struct BadCase {
  std::string json;
  std::string_view code;
  size_t byte;
  std::string_view words;  // that the message must have
};

BOOST_AUTO_TEST_CASE(bad_rows_say_what_is_wrong_and_where) {
  const std::string deep = "{\"a\":" + std::string(100000, '[');
  const BadCase kCases[] = {
      {"7", "J101", 0, "object"},
      {"\"text\"", "J101", 0, "object"},
      {"null", "J101", 0, "object"},
      {R"([{"reason":"lost"}])", "J110", 0, "one object a line"},
      {R"({"reason":"lost"},)", "J109", 17, "comma"},
      {R"({"reason":"lost"} {"reason":"lost"})", "J109", 18, "more text"},
      {R"({"reason":"lost"})"
       "x",
       "J109", 17, "more text"},
      {R"({"reason":"lost")", "J111", 16, "}"},
      {R"({"reason":"lo)", "J111", 13, "quote"},
      {R"({"reason")", "J111", 9, "colon"},
      {R"({"reason":)", "J111", 10, "value"},
      {"{", "J111", 1, "}"},
      {R"({"reason":"lost",})", "J102", 17, "key"},
      {R"({"reason" "lost"})", "J102", 10, "colon"},
      {R"({reason:"lost"})", "J102", 1, "key"},
      {R"({'reason':'lost'})", "J102", 1, "key"},
      {R"({"a":tru})", "J102", 5, "value"},
      {R"({"a":True})", "J102", 5, "value"},
      {R"({"a":NaN})", "J102", 5, "value"},
      {R"({"a":01})", "J102", 5, "begin with 0"},
      {R"({"a":+1})", "J102", 5, "value"},
      {R"({"a":1.})", "J102", 7, "digit"},
      {R"({"a":.5})", "J102", 5, "value"},
      {R"({"a":1e})", "J102", 7, "digit"},
      {R"({"a":-})", "J102", 6, "digit"},
      {R"({"a":"\x"})", "J102", 7, "escape"},
      {R"({"a":"\u12g4"})", "J102", 10, "hex"},
      {R"({"a":"\ud800"})", "J102", 12, "surrogate"},
      {R"({"a":"\udc00"})", "J102", 12, "surrogate"},
      {"{\"a\":\"x\ty\"}", "J102", 7, "control"},
      {std::string("{\"a\":\"x\0y\"}", 11), "J102", 7, "control"},
      {std::string("{\"a\":1}\0", 8), "J109", 7, "more text"},
      {R"({"a":[1 2]})", "J102", 8, "comma"},
      {R"({"a":[1,]})", "J102", 8, "value"},
      {R"({"a":[1})", "J102", 7, "comma"},
      {"{\"a\":\"\xff\"}", "J103", 6, "0xff"},
      {"{\"a\":\"\xc0\xaf\"}", "J103", 6, "0xc0"},
      {"{\"a\":\"\xed\xa0\x80\"}", "J103", 6, "0xed"},
      {"{\"a\":\"\xe4\xb8\"}", "J103", 6, "0xe4"},
      {deep, "J105", 5 + 63, "deeper"},
      {std::string(100000, '['), "J110", 0, "array"},
      {R"({"reason":"lost","reason":"stolen"})", "J104", 0, "reason"},
      {R"({"phone_number":"+1234567","phoneNumber":"+1234567"})", "J104", 0,
       "phoneNumber"},
      {R"({"channel":{"type":"dealer"},"channel.type":"app"})", "J104", 0,
       "channel.type"},
      {R"({"channel":{"type":"app"},"channel":{"id":"x"}})", "J104", 0,
       "channel"},
      {R"({"reason":"lost","x":1,"x":2})", "J104", 0, "x is given twice"},
      {R"({"kind":"message","kind":"request"})", "J104", 0,
       "kind is given twice"},
      {R"({"kind":"message","text":"x","kind":"message"})", "J104", 0,
       "kind is given twice"},
      {R"({"text":"x","+8613800138000 code 482913":1,)"
       R"("+8613800138000 code 482913":2})",
       "J104", 0, "+************* code ****** is given twice"},
      {R"({"text":"x","a\u001b[2J":1,"a\u001b[2J":2})", "J104", 0,
       "a·[2J is given twice"},
      {R"({"auth":{"factors":[{"type":"pin_account","type":"passkey"}]}})",
       "J104", 0, "auth.factors[].type"},
      {R"({"auth":{"factors":[],"factors":[]}})", "J104", 0, "auth.factors"},
      {R"({"linked_services":[],"linkedServices":[]})", "J104", 0,
       "linkedServices"},
      {R"({"kind":"sms","text":"hi"})", "J107", 0, "kind"},
      {R"({"kind":5,"text":"hi"})", "J107", 0, "kind"},
      {R"({"shoe_size":43})", "J108", 0, "--kind"},
      {R"({})", "J108", 0, "--kind"},
      {R"({"country":"GB"})", "J108", 0, "neither"},
      {R"({"text":"hi","reason":"lost"})", "J108", 0, "1 fields of each"},
  };
  for (const BadCase& c : kCases) {
    const Item item = parse_json(c.json, IntakeOptions());
    const std::string label = c.json.substr(0, 60);
    BOOST_TEST_REQUIRE(item.bad.has_value(), label);
    BOOST_TEST(item.bad->code == c.code, label);
    BOOST_TEST(item.bad->position.byte == c.byte, label);
    BOOST_TEST(with_advice(*item.bad).find(c.words) != std::string::npos,
               label << ": " << item.bad->message);
    // Who asks a daemon has no options.
    BOOST_TEST(item.bad->message.find("--") == std::string::npos, label);
  }
}

BOOST_AUTO_TEST_CASE(depth_is_bounded_at_the_same_place_by_both_readers) {
  for (size_t depth = 1; depth <= 100; ++depth) {
    const std::string json =
        "{\"reason\":\"lost\",\"x\":" + std::string(depth, '[') +
        std::string(depth, ']') + "}";
    const Item item = parse_json(json, IntakeOptions());
    BOOST_TEST(item.bad.has_value() == (depth + 1 > kJsonDepthMax), depth);
    BOOST_TEST(find_fault(json).has_value() == item.bad.has_value(), depth);
  }
}

BOOST_AUTO_TEST_CASE(the_kind_is_settled_in_this_order) {
  const auto kind_of = [](const std::string& json, KindChoice told) {
    IntakeOptions options;
    options.kind = told;
    const Item item = parse_json(json, options);
    return item.bad ? std::string(item.bad->code)
                    : std::string(name_of(item.record.kind()));
  };
  const auto automatic = KindChoice::automatic;
  BOOST_TEST(kind_of(R"({"text":"hi"})", automatic) == "message");
  BOOST_TEST(kind_of(R"({"subject":"hi"})", automatic) == "message");
  BOOST_TEST(kind_of(R"({"phone_number":"+1234567"})", automatic) == "request");
  BOOST_TEST(kind_of(R"({"channel":{"type":"app"}})", automatic) == "request");
  BOOST_TEST(kind_of(R"({"channel.type":"app"})", automatic) == "request");
  BOOST_TEST(kind_of(R"({"id":"x","reason":"lost"})", automatic) == "request");
  BOOST_TEST(kind_of(R"({"id":"x"})", automatic) == "J108");
  BOOST_TEST(kind_of(R"({"text":"hi","sender":"x","reason":"lost"})",
                     automatic) == "message");
  BOOST_TEST(kind_of(R"({"text":"hi"})", KindChoice::request) == "request");
  BOOST_TEST(kind_of(R"({"kind":"message","text":"hi"})",
                     KindChoice::request) == "message");
  BOOST_TEST(kind_of(R"({"x":1,"kind":"request"})", automatic) == "request");
}

BOOST_AUTO_TEST_CASE(rows_of_a_chunk_know_their_place) {
  Chunk chunk;
  chunk.bytes =
      "{\"text\":\"one\"}\n\n  \r\n{\"text\":\"two\"}\r\n{\"text\":tru}\n"
      "{\"text\":\"three\"}";
  chunk.first_byte = 1000;
  chunk.first_line = 50;
  std::vector<Item> items;
  parse_chunk(chunk, Format::json_lines, IntakeOptions(), items);
  BOOST_REQUIRE(items.size() == 4u);
  BOOST_TEST(shown(items[0].record, "text") == "one");
  BOOST_TEST((items[0].record.position == Position{50, 1000}));
  BOOST_TEST(shown(items[1].record, "text") == "two");
  BOOST_TEST((items[1].record.position == Position{53, 1020}));
  BOOST_REQUIRE(items[2].bad.has_value());
  BOOST_TEST((items[2].bad->position == Position{54, 1020 + 16 + 8}));
  BOOST_TEST(shown(items[3].record, "text") == "three");
  BOOST_TEST((items[3].record.position == Position{55, 1020 + 16 + 13}));
}

// What is read into an Item that was used before is as if it were new.
BOOST_AUTO_TEST_CASE(nothing_of_a_row_stays_for_the_next_one) {
  const std::vector<std::string> rows = {
      R"({"request_id":"r1","country":"DE","auth":{"factors":[{"type":"pin"}]},)"
      R"("linked_services":["bank"],"phone_number":"none","colour":"red"})",
      R"({"request_id":"r2"})",
      R"({"request_id":"r3","country":"DE",)",
      R"({"text":"hi","subject":4,"colour":"blue"})",
      R"({"request_id":"r4","request_id":"r5"})",
      R"({"request_id":"r6"})",
      R"({"text":"hi"})"};
  Chunk chunk;
  for (const std::string& row : rows) chunk.bytes += row + "\n";
  chunk.too_long = {{"J106", "too long", {99, 9000}}};
  std::vector<Item> items;
  for_each_item(chunk, Format::json_lines, IntakeOptions(),
                [&items](Item& item) { items.push_back(item); });
  BOOST_REQUIRE(items.size() == rows.size() + 1);
  for (size_t i = 0; i < rows.size(); ++i) {
    Item alone = parse_json(rows[i], IntakeOptions());
    alone.record.position = items[i].record.position;
    BOOST_TEST((items[i].record == alone.record), rows[i]);
    BOOST_TEST((items[i].unknown_keys == alone.unknown_keys), rows[i]);
    BOOST_TEST(items[i].bad.has_value() == alone.bad.has_value(), rows[i]);
  }
  BOOST_TEST(items.back().bad->code == "J106");
}

// Blanks and escapes are read in another way than what has none, and a reader
// that saw other rows before expects other keys: nobody can tell from what
// comes out.
BOOST_AUTO_TEST_CASE(one_row_says_the_same_however_it_is_written) {
  const std::string plain =
      R"({"kind":"request","request_id":"r-1","created_at":)"
      R"("2026-03-01T09:52:17+08:00","line_active_on_network":false,)"
      R"("sim":{"old":{"iccid":"8986000000299087496"}},"reason":"damaged",)"
      R"("fee":{"amount":10.25},"history":{"sim_swaps_30d":2},)"
      R"("linked_services":["social","bank_2fa"],"auth":{"factors":[)"
      R"({"type":"otp_sms","attempts":1},{"type":"biometric","result":null})"
      R"(]},"stranger":{"a":[1,{"b":"c"}]}})";
  std::string spaced;  // as most libraries write it
  std::string wide;
  std::string escaped;
  bool in_text = false;
  for (const char c : plain) {
    if (c == '"') in_text = !in_text;
    const bool mark = !in_text && std::string_view("{}[]:,").find(c) != npos;
    spaced += c;
    if (!in_text && (c == ':' || c == ',')) spaced += ' ';
    wide += mark ? std::string(" \t") + c + " \r\n" : std::string(1, c);
    const bool letter = in_text && c >= 'a' && c <= 'z';
    escaped += letter ? fmt::format("\\u{:04x}", c) : std::string(1, c);
  }
  const std::string camel =
      R"({"kind":"request","requestId":"r-1","phoneNumber":null})";
  const Item wanted = parse_json(plain, IntakeOptions());
  BOOST_REQUIRE(!wanted.bad);
  const IntakeOptions options;
  JsonReader reader(options);
  for (const std::string& row :
       {plain, wide, camel, spaced, escaped, plain, spaced, wide}) {
    const Item item = reader.read(row, {1, 0}, 0);
    BOOST_REQUIRE(!item.bad);
    if (row == camel) continue;
    BOOST_TEST((item.record == wanted.record), row);
    BOOST_TEST(item.unknown_keys == wanted.unknown_keys, row);
  }
}

// All ways in which a row can be wrong in one place, and many in which it is
// right in another way.
std::vector<std::string> spoilt(const std::string& row) {
  std::vector<std::string> all = {row};
  for (size_t at = 0; at <= row.size(); ++at) {
    for (const char c : std::string_view("\"{}[]:,\\ 0.-tn")) {
      all.push_back(row.substr(0, at) + c + row.substr(at));
      if (at == row.size()) continue;
      all.push_back(row.substr(0, at) + c + row.substr(at + 1));
    }
    all.push_back(row.substr(0, at));
    if (at < row.size()) all.push_back(row.substr(0, at) + row.substr(at + 1));
  }
  return all;
}

// Of an unknown object a mapping is told the keys inside.
bool is_of(const std::string& key, const std::vector<std::string>& all) {
  return std::any_of(all.begin(), all.end(), [&](const std::string& one) {
    return key == one || key.starts_with(one + ".");
  });
}

void check_same(const Item& item, const Item& wanted) {
  BOOST_REQUIRE(item.bad.has_value() == wanted.bad.has_value());
  for (const std::string& key : wanted.unknown_keys) {
    BOOST_REQUIRE(is_of(key, item.unknown_keys));
  }
  if (!item.bad) {
    BOOST_REQUIRE((item.record == wanted.record));
    return;
  }
  BOOST_REQUIRE(item.bad->message == wanted.bad->message);
  BOOST_REQUIRE((item.bad->position == wanted.bad->position));
}

BOOST_AUTO_TEST_CASE(a_spoilt_row_is_the_same_to_the_fast_way_and_to_the_slow) {
  const std::string rows[] = {
      R"({"kind":"request","created_at":"2026-03-01T09:52:17+08:00","sim":)"
      R"({"old":{"iccid":"89","form":"eSIM"},"new":{}},"reason":"damaged",)"
      R"("fee":{"amount":10.25},"attempt_no":12,"x":{"y":[1]},"agent":)"
      R"({"registered":true,"last_trained_at":"2026-01-15"}})",
      R"({"text":"hi","links":3,"attachments":["a.pdf",{"name":"b","type":"A/b"}],)"
      R"("received_at":"2024-02-29T23:59:60Z","country":"GB","recipients":"r"})",
      R"({"id":"1","auth":{"factors":[{"type":"otp_sms","attempts":1},)"
      R"({"result":"pass"}]},"linked_services":["social"],"reason":null})",
      R"({"kind": "message", "text": "caf\u00e9 \n 短信 of more bytes than a",)"
      R"( "recipients": ["r", "\"s\""], "attachments": [{"name": "b"}],)"
      R"( "sender": null})",
      R"({"kind":"request","fee":{"amount":-1.5e3,"tariff_amount":123456789.5},)"
      R"("auth":{"factors":[],"failed_count":0},"linked_services":[],)"
      R"("created_at":"2026-03-01T09:52:17.25Z","attempt_no":1234567890})"};
  IntakeOptions mapped;
  mapped.mapping = mapping_with_a_say_everywhere();
  JsonReader slow(mapped);
  const IntakeOptions options;
  JsonReader fast(options);
  // A row is first read as one of the kind of the last.
  const std::string_view before[] = {R"({"kind":"request"})",
                                     R"({"kind":"message"})"};
  Item item;
  for (const std::string& row : rows) {
    for (std::string text : spoilt(row)) {
      const size_t size = text.size();
      text.append(64, '"');
      const auto json = std::string_view(text).substr(0, size);
      fast.read(json, {1, 0}, 64, item);
      for (const std::string_view last : before) {
        slow.read(last, {1, 0}, 0);
        const Item wanted = slow.read(json, {1, 0}, 64);
        BOOST_TEST_CONTEXT(json) {
          check_same(item, wanted);
        }
      }
    }
  }
}

// simdjson may look at what follows a row, the walk may not take it for more.
BOOST_AUTO_TEST_CASE(what_follows_a_row_is_none_of_it) {
  const IntakeOptions options;
  JsonReader reader(options);
  for (const std::string row :
       {R"({"reason":{"a":1})", R"({"reason":)", R"({"reason")",
        R"({"sim":{"old":{}})", R"({"reason":"lost","a":[)", R"({"a":1)"}) {
    for (const char c : std::string_view("{}[]:,\"1tn")) {
      const std::string text = row + std::string(64, c);
      const Item item =
          reader.read(std::string_view(text).substr(0, row.size()), {1, 0}, 64);
      BOOST_TEST(item.bad.has_value(), text);
    }
  }
}

BOOST_AUTO_TEST_CASE(one_object_may_stand_on_several_lines) {
  const Item good =
      parse_json("{\n  \"text\":\n  \"hi\"\n}\n", IntakeOptions());
  BOOST_TEST(!good.bad);
  const Item bad = parse_json("{\n  \"text\":\n  hi\n}\n", IntakeOptions());
  BOOST_REQUIRE(bad.bad.has_value());
  BOOST_TEST((bad.bad->position == Position{3, 14}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
