// SPDX-License-Identifier: Apache-2.0
#include "intake/mapping.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "intake/json_rows.h"
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

// Everything that a row says, or the last digits of what is wrong with it,
// which are the same for every format.
std::string told(const Item& item) {
  if (item.bad) return "bad " + item.bad->code.substr(1);
  const Record& record = item.record;
  std::string out(name_of(record.kind()));
  for (const Field& row : fields_of(record.kind())) {
    if (row.group != kNoGroup) continue;
    const std::string value = shown(record, row.name);
    if (value != "(absent)") out += " " + std::string(row.name) + "=" + value;
  }
  for (const Group& row : groups()) {
    if (row.kind != record.kind()) continue;
    const std::string items = shown_group(record, row.name);
    if (items != "(absent)") out += " " + std::string(row.name) + ": " + items;
  }
  for (const std::string& key : item.unknown_keys) out += " ?" + key;
  return out;
}

IntakeOptions mapped_by(const std::string& yaml) {
  Issues issues;
  IntakeOptions options;
  options.mapping = Mapping::read(SourceText("map.yaml", yaml), issues);
  BOOST_REQUIRE_MESSAGE(options.mapping, yaml << render(issues));
  return options;
}

std::string told_of_table(const std::string& csv,
                          const IntakeOptions& options) {
  const TestFolder folder;
  const ReadOut out = read_path(folder.write("a.csv", csv), options);
  BOOST_TEST(out.error == "");
  BOOST_REQUIRE(out.items.size() == 1u);
  return told(out.items[0]);
}

struct SameCase {
  std::string yaml;
  std::string json;
  std::string csv;
  std::string_view told;
};

BOOST_AUTO_TEST_CASE(a_mapping_means_the_same_for_json_and_tables) {
  const std::string kArt = "columns: {art: kind, nr: request_id, inhalt: text}";
  const std::string kFactors =
      "kind: request\ncolumns:\n"
      "  f1: auth.factors[0].type\n"
      "  r1: auth.factors[0].result\n"
      "  f7: auth.factors[6].type\n"
      "  nr: request_id\n";
  const std::string kTo = "columns: {b: 'recipients[1]', a: 'recipients[0]'}";
  const std::vector<SameCase> cases = {
      // What a row is.
      {"kind: request\ncolumns: {kind: ~, nr: request_id}",
       R"({"kind":"message","nr":"a"})", "kind,nr\nmessage,a\n",
       "request request_id=a"},
      {"columns: {kind: channel.type, nr: request_id}",
       R"({"kind":"dealer","nr":"a"})", "kind,nr\ndealer,a\n",
       "request request_id=a channel.type=dealer"},
      {kArt, R"({"art":"message","nr":"1","inhalt":"hi"})",
       "art,nr,inhalt\nmessage,1,hi\n", "message text=hi ?nr"},
      {kArt, R"({"nr":"1","inhalt":"hi","art":"request"})",
       "nr,inhalt,art\n1,hi,request\n", "request request_id=1 ?inhalt"},
      {kArt, R"({"art":"bogus","nr":"1"})", "art,nr\nbogus,1\n", "bad 107"},
      {kArt, R"({"nr":"1"})", "art,nr\n,1\n", "request request_id=1"},
      {kArt, R"({"kind":"message","inhalt":"hi"})", "kind,inhalt\nmessage,hi\n",
       "message text=hi"},
      {"kind: request\ncolumns: {art: kind}",
       R"({"art":"message","text":"hi"})", "art,text\nmessage,hi\n",
       "message text=hi"},
      {"columns: {log.art: kind, log.inhalt: text}",
       R"({"log":{"x":1,"inhalt":"hi","art":"message"}})",
       "log.x,log.inhalt,log.art\n1,hi,message\n", "message text=hi ?log.x"},
      {"columns: {log.inhalt: text}", R"({"log":{"inhalt":"hi"}})",
       "log.inhalt\nhi\n", "message text=hi"},
      // Numbered items.
      {kFactors, R"({"f7":"passkey","r1":"pass","f1":"otp_sms","nr":"1"})",
       "f7,r1,f1,nr\npasskey,pass,otp_sms,1\n",
       "request request_id=1 auth.factors: "
       "type=otp_sms result=pass; type=passkey"},
      {kFactors, R"({"f7":"passkey"})", "f1,f7\n,passkey\n",
       "request auth.factors: type=passkey"},
      {kFactors, R"({"f1":"smoke"})", "f1\nsmoke\n",
       "request auth.factors: type=!smoke"},
      {kTo, R"({"b":"b@mail.example","a":"a@mail.example","text":"hi"})",
       "b,a,text\nb@mail.example,a@mail.example,hi\n",
       "message text=hi recipients=[a@mail.example, b@mail.example]"},
      {"columns: {anhang: 'attachments[0]'}",
       R"({"anhang":"form.pdf","text":"hi"})", "anhang,text\nform.pdf,hi\n",
       "message text=hi attachments: name=form.pdf"},
      {"columns: {log.f: 'auth.factors[0].type'}",
       R"({"log":{"f":"passkey"},"request_id":"1"})",
       "log.f,request_id\npasskey,1\n",
       "request request_id=1 auth.factors: type=passkey"},
  };
  for (const SameCase& c : cases) {
    const IntakeOptions options = mapped_by(c.yaml);
    BOOST_TEST(told(parse_json(c.json, options)) == c.told, c.yaml << c.json);
    BOOST_TEST(told_of_table(c.csv, options) == c.told, c.yaml << c.csv);
  }
}

// The tab is what Chinese exports put behind a number to keep its digits.
BOOST_AUTO_TEST_CASE(blanks_at_the_ends_of_values_are_no_part_of_them) {
  const std::string kYaml =
      "kind: request\n"
      "values: {channel.type: {'营业厅 ': store_own}}\n"
      "absent: ['N/A']\n"
      "time_zone: '+08:00'\n"
      "country: CN\n";
  const std::vector<std::string> values = {"U1\\t",
                                           "营业厅\u3000",
                                           " official",
                                           "13800138000\u00a0",
                                           "2026-03-05T15:05:00 ",
                                           "lost ",
                                           " N/A\\t"};
  const std::vector<std::string> names = {
      "request_id",   "channel.type", "channel.official_status",
      "phone_number", "created_at",   "reason",
      "country"};
  std::string json;
  std::string head;
  std::string cells;
  for (size_t i = 0; i < names.size(); ++i) {
    json += (i ? ",\"" : "{\"") + names[i] + "\":\"" + values[i] + '"';
    head += (i ? "," : "") + names[i];
    std::string cell = values[i];
    if (const size_t tab = cell.find("\\t"); tab != cell.npos) {
      cell.replace(tab, 2, "\t");
    }
    cells += (i ? "," : "") + cell;
  }
  const std::string_view kTold =
      "request request_id=U1 created_at=2026-03-05T15:05:00+08:00 "
      "phone_number=+8613800138000 reason=lost channel.type=store_own "
      "channel.official_status=official";
  const IntakeOptions options = mapped_by(kYaml);
  BOOST_TEST(told(parse_json(json + "}", options)) == kTold);
  BOOST_TEST(told_of_table(head + "\n" + cells + "\n", options) == kTold);
}

BOOST_AUTO_TEST_CASE(blanks_of_what_a_person_wrote_stay) {
  IntakeOptions options;
  const std::string_view kTold = "message id=7 text= hi  sender=demo_a";
  BOOST_TEST(told(parse_json(R"({"kind":"message ","id":"7 ","text":" hi ",)"
                             R"("sender":"\tdemo_a"})",
                             options)) == kTold);
  BOOST_TEST(told_of_table("kind,id,text,sender\nmessage ,7 , hi ,\tdemo_a\n",
                           options) == kTold);
}

BOOST_AUTO_TEST_CASE(a_numbered_place_is_given_once) {
  const IntakeOptions options = mapped_by(
      "kind: request\ncolumns: {a: 'auth.factors[0].type', "
      "b: 'auth.factors[0].type', c: 'outcome.reason_codes[0]'}");
  const std::pair<std::string, std::string_view> kCases[] = {
      {R"({"a":"passkey","b":"otp_sms"})",
       "auth.factors[0].type is given twice"},
      {R"({"a":"passkey","a":"passkey"})",
       "auth.factors[0].type is given twice"},
      {R"({"c":"A","c":"B"})", "outcome.reason_codes[0] is given twice"},
      {R"({"a":"passkey","auth":{"factors":[]}})",
       "auth.factors is given twice"},
      {R"({"outcome":{"reason_codes":null},"c":"A"})",
       "outcome.reason_codes is given twice"}};
  for (const auto& [json, message] : kCases) {
    const Item item = parse_json(json, options);
    BOOST_REQUIRE_MESSAGE(item.bad, json);
    BOOST_TEST(item.bad->code == "J104");
    BOOST_TEST(item.bad->message == message);
  }
}

// A row is first read as one of the kind of the last: what it says of its own
// kind is the same then.
BOOST_AUTO_TEST_CASE(what_a_row_is_does_not_depend_on_the_row_before) {
  const std::pair<std::string, std::string> kCases[] = {
      {"columns: {phone_number.art: kind}",
       R"({"phone_number":{"art":"message"},"request_id":"1"})"},
      {"columns: {x.y: text, x.y.z: reason}",
       R"({"x":{"y":{"z":"lost"}},"request_id":"1"})"},
      {"columns: {x.y: text, x.y.z: reason}", R"({"x":{"y":{"z":"lost"}}})"},
      {"columns: {log.tel: phone_number, text: ~}",
       R"({"text":"hi","log":{"tel":"+447700900123"}})"},
      {"columns: {art: kind}", R"({"request_id":"1","art":"message"})"}};
  for (const auto& [yaml, json] : kCases) {
    const IntakeOptions options = mapped_by(yaml);
    JsonReader reader(options);
    std::vector<std::string> ways;
    for (const std::string_view last :
         {R"({"kind":"request"})", R"({"kind":"message"})"}) {
      (void)reader.read(last, {1, 0}, 0);
      ways.push_back(told(reader.read(json, {1, 0}, 0)));
    }
    BOOST_TEST(ways[0] == ways[1], yaml << json);
  }
}

// Only one item is open at a time.
BOOST_AUTO_TEST_CASE(inside_an_item_a_mapping_leads_to_no_other_items) {
  const std::pair<std::string, std::string> kCases[] = {
      {"html_links", R"([{"target":"https://a.example"}])"},
      {"recipients", R"(["a@mail.example","b@mail.example"])"},
      {"'recipients[0]'", R"("a@mail.example")"},
      {"kind", R"("request")"}};
  for (const auto& [ours, value] : kCases) {
    const IntakeOptions options =
        mapped_by("kind: message\ncolumns: {'attachments[].f': " + ours + "}");
    const Item item =
        parse_json(R"({"attachments":[{"name":"a","f":)" + value +
                       R"(},{"name":"b","f":)" + value + R"(},{"name":"c"}]})",
                   options);
    BOOST_TEST(told(item) ==
                   "message attachments: name=a; name=b; name=c "
                   "?attachments[].f",
               ours);
  }
}

struct BadCase {
  std::string_view yaml;
  std::string_view code;
  uint32_t line;
  std::string_view words;
};

BOOST_AUTO_TEST_CASE(an_unknown_key_hides_no_other_mistake) {
  Issues issues;
  const SourceText file("map.yaml",
                        "date_format: x\ntime_zone: CST\n"
                        "columns:\n  a: phone_numbr\n  a: phone_number\n"
                        "constants:\n  cuntry: CN\n");
  BOOST_TEST(!Mapping::read(file, issues));
  std::vector<uint32_t> lines;
  for (const Issue& issue : issues.sorted()) lines.push_back(issue.place.line);
  const std::vector<uint32_t> wanted = {1, 2, 4, 5, 7};
  BOOST_TEST(lines == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_says_nothing_is_not_recorded) {
  const std::string yaml =
      "kind: request\n"
      "columns:\n  f1: auth.factors[0].type\n  f2: auth.factors[1].type\n"
      "values:\n"
      "  poa.type: {'-': none}\n"
      "  channel.type: {unknown: ~}\n"
      "absent: ['N/A', '-', '0']\n";
  Issues issues;
  IntakeOptions options;
  options.mapping = Mapping::read(SourceText("map.yaml", yaml), issues);
  BOOST_REQUIRE_MESSAGE(options.mapping, render(issues));
  const TestFolder folder;
  const ReadOut table = read_path(
      folder.write("a.csv",
                   "request_id,channel.type,poa.type,reason_text,attempt_no,"
                   "f1,f2\n"
                   "demo-1,unknown,-,N/A,0,-,passkey\n"
                   "demo-2,dealer,N/A,N/A!,1,N/A,\n"),
      options);
  BOOST_REQUIRE_MESSAGE(table.items.size() == 2u, table.error);
  const Item keys = parse_json(
      R"({"request_id":"demo-1","channel":{"type":"unknown"},"poa.type":"-",)"
      R"("reason_text":"N/A","attempt_no":0,"f1":"-","f2":"passkey"})",
      options);
  for (const Record* first : {&table.items[0].record, &keys.record}) {
    BOOST_TEST(shown(*first, "channel.type") == "(absent)");
    BOOST_TEST(shown(*first, "poa.type") == "none");
    BOOST_TEST(shown(*first, "reason_text") == "(absent)");
    BOOST_TEST(shown(*first, "attempt_no") == "(absent)");
    BOOST_TEST(shown_group(*first, "auth.factors") == "type=passkey");
  }
  const Record& second = table.items[1].record;
  BOOST_TEST(shown(second, "channel.type") == "dealer");
  BOOST_TEST(shown(second, "poa.type") == "(absent)");
  BOOST_TEST(shown(second, "reason_text") == "N/A!");
  BOOST_TEST(shown(second, "attempt_no") == "1");
  BOOST_TEST(shown_group(second, "auth.factors") == "(absent)");
}

BOOST_AUTO_TEST_CASE(what_says_nothing_is_no_element_of_a_list) {
  Issues issues;
  IntakeOptions options;
  options.mapping =
      Mapping::read(SourceText("map.yaml", "absent: ['-']\n"), issues);
  BOOST_REQUIRE_MESSAGE(options.mapping, render(issues));
  const Item two = parse_json(
      R"({"kind":"message","text":"a","recipients":["-","demo_a"]})", options);
  BOOST_TEST(shown(two.record, "recipients") == "[demo_a]");
  const Item alone =
      parse_json(R"({"kind":"message","text":"a","recipients":"-"})", options);
  BOOST_TEST(shown(alone.record, "recipients") == "(absent)");
  const TestFolder folder;
  const ReadOut table = read_path(
      folder.write("a.csv", "text,recipients[0],recipients[1]\na,-,demo_b\n"),
      options);
  BOOST_REQUIRE_MESSAGE(table.items.size() == 1u, table.error);
  BOOST_TEST(shown(table.items[0].record, "recipients") == "[demo_b]");
}

BOOST_AUTO_TEST_CASE(telephone_numbers_are_read_as_people_write_them) {
  struct Case {
    std::string_view theirs;
    std::string_view without_country;
    std::string_view of_britain;
  };
  constexpr Case kCases[] = {
      {"+447700900123", "+447700900123", "+447700900123"},
      {"+44 (0)7700 900123", "+447700900123", "+447700900123"},
      {"0044 7700-900.123", "+447700900123", "+447700900123"},
      {"+1 (202) 555-0143", "+12025550143", "+12025550143"},
      {"07700 900123", "!07700 900123", "+447700900123"},
      {"7700900123", "!7700900123", "+447700900123"},
      {"4.47700900123E+11", "!4.47700900123E+11", "!4.47700900123E+11"},
      {"+44 7700 CALLME", "!+44 7700 CALLME", "!+44 7700 CALLME"},
      {"+44+7700900123", "!+44+7700900123", "!+44+7700900123"},
      {"0044", "!0044", "!0044"},
      {"0808 157 0192", "!0808 157 0192", "!0808 157 0192"},  // free of charge
      {"+44 808 157 0192", "+448081570192", "+448081570192"},
      {"12", "!12", "!12"},
      {"+４４７７００９００１２３", "+447700900123", "+447700900123"},
  };
  for (const bool britain : {false, true}) {
    Issues issues;
    IntakeOptions options;
    options.kind = KindChoice::request;
    options.mapping = Mapping::read(
        SourceText("map.yaml", britain ? "country: GB\n" : "columns: {}\n"),
        issues);
    BOOST_REQUIRE_MESSAGE(options.mapping, render(issues));
    for (const Case& c : kCases) {
      const std::string_view wanted =
          britain ? c.of_britain : c.without_country;
      const Item keys = parse_json(
          "{\"phone_number\":\"" + std::string(c.theirs) + "\"}", options);
      BOOST_TEST(shown(keys.record, "phone_number") == wanted, c.theirs);
      const TestFolder folder;
      const ReadOut table =
          read_path(folder.write("a.csv", "phone_number\n" +
                                              std::string(c.theirs) + "\n"),
                    options);
      BOOST_REQUIRE_MESSAGE(table.items.size() == 1u, table.error);
      BOOST_TEST(shown(table.items[0].record, "phone_number") == wanted,
                 c.theirs);
    }
  }
}

// Nine digits that a service could have are a line's without its area code.
BOOST_AUTO_TEST_CASE(national_numbers_of_services_are_no_lines) {
  Issues issues;
  IntakeOptions options;
  options.kind = KindChoice::request;
  options.mapping =
      Mapping::read(SourceText("map.yaml", "country: BR\n"), issues);
  BOOST_REQUIRE_MESSAGE(options.mapping, render(issues));
  const TestFolder folder;
  const ReadOut out =
      read_path(folder.write("a.csv",
                             "phone_number\n900000001\n90000-0001\n0900000001\n"
                             "(11) 90000-0001\n"),
                options);
  BOOST_REQUIRE(out.items.size() == 4u);
  const char* const kNumbers[] = {"!900000001", "!90000-0001", "!0900000001",
                                  "+5511900000001"};
  for (size_t at = 0; at < 4; ++at) {
    BOOST_TEST(shown(out.items[at].record, "phone_number") == kNumbers[at]);
  }
}

BOOST_AUTO_TEST_CASE(columns_that_a_table_lacks_are_named) {
  const auto mapping = read_good();
  const std::vector<std::string> kMissing = {"made", "渠道"};
  BOOST_TEST(
      mapping->not_among({"手机号", "client.mobile", "seen", "f1"}) == kMissing,
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_mistake_is_an_issue_at_its_place) {
  const BadCase kCases[] = {
      {"columns:\n  a: phone_numbr\n", "M101", 2, "phone_number"},
      {"columns:\n  a: channel\n", "M101", 2, "no field channel"},
      {"columns:\n  a: time of channel.type\n", "M101", 2,
       "no field time of channel.type"},
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
      {"country: UK\n", "M107", 1, "GB"},
      {"country: gb\n", "M107", 1, "GB"},
      {"time_zone: CST\n", "M104", 1, "Europe/Berlin"},
      {"time_zone: '+0800'\n", "M104", 1, "+08:00"},
      {"time_zone: '.5+08:00'\n", "M104", 1, "+08:00"},
      {"time_zone: ''\n", "M104", 1, "+08:00"},
      {"times: day/month/year hour:minute\n", "M106", 1, "time_zone: '+08:00'"},
      {"time_zone: Z\ntimes: dd/mm/yyyy\n", "Y127", 2,
       "day/month/year hour:minute"},
      {"decimal: ';'\n", "Y127", 1, "decimal cannot be ;"},
      {"kind: message\ncolumns:\n  a: phone_number\n", "M101", 3,
       "help: it is one of requests, and the mapping says kind: message"},
      {"kind: request\nconstants:\n  text: hi\n", "M101", 3,
       "help: it is one of messages"},
      {"kind: message\ncolumns:\n  a: txt\n", "M101", 3, "mean text?"},
      {"columns:\n  a: auth.factors[].result\n", "M101", 2,
       "help: of which item? The first is auth.factors[0].result"},
      {"columns:\n  a: auth.factors[].rsult\n", "M101", 2, "no such field"},
      {"columns:\n  a: auth.factor\n", "M101", 2, "mean auth.factors?"},
      {"values:\n  auth.factors[].typ:\n    a: passkey\n", "M101", 2,
       "mean auth.factors[].type?"},
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

BOOST_AUTO_TEST_CASE(no_suggestion_is_what_was_refused) {
  for (const std::string_view name :
       {"auth.factors[].result", "auth.factors[].rsult", "phone_number"}) {
    Issues issues;
    const SourceText file("map.yaml", "kind: message\ncolumns:\n  a: \"" +
                                          std::string(name) + "\"\n");
    BOOST_TEST(!Mapping::read(file, issues));
    BOOST_TEST(render(issues).find("did you mean") == std::string::npos,
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
