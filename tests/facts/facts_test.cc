// SPDX-License-Identifier: Apache-2.0
#include "facts/facts.h"

#include <set>

#include <boost/test/unit_test.hpp>

#include "cel/run/program.h"
#include "facts/asked.h"
#include "intake/intake.h"

using namespace simwarden;

namespace {

std::string ask(Kind kind, const std::string& json, const std::string& what) {
  static const Registry registry = [] {
    Registry made;
    made.official_domains = {"10086.cn"};
    made.brands = {{"10086", "10086.cn"}};
    return made;
  }();
  const Item item = parse_json(json, {});
  BOOST_REQUIRE_MESSAGE(!item.bad.has_value(),
                        (item.bad ? item.bad->message : ""));
  BOOST_REQUIRE(item.record.kind() == kind);
  return asked(item.record, registry, what);
}

std::string of_request(const std::string& fields, const std::string& what) {
  return ask(Kind::request, "{\"kind\":\"request\"," + fields + "}", what);
}

std::string of_message(const std::string& text, const std::string& what) {
  return ask(Kind::message, "{\"kind\":\"message\",\"text\":\"" + text + "\"}",
             what);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_fact_has_one_name_a_type_and_a_sentence) {
  const FactSchema schema;
  std::set<std::string> names;
  for (const FactRow& row : schema.rows()) {
    BOOST_TEST(names.insert(row.name).second, row.name);
    BOOST_TEST(!row.type.empty(), row.name);
    BOOST_TEST(row.doc.ends_with("."), row.name);
    BOOST_TEST(row.name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                   std::string::npos,
               row.name);
  }
  BOOST_TEST(names.size() > 200u);
}

BOOST_AUTO_TEST_CASE(worked_out_request_facts) {
  const std::string factors =
      R"("reason":"lost","auth":{"passed_factor_count":9,"weak_only":false,
         "factors":[
          {"type":"otp_sms","destination_type":"number_being_replaced","result":"pass"},
          {"type":"kba_static","category":"knowledge","result":"pass"},
          {"type":"biometric","result":"fail"},
          {"type":"otp_email","result":"expired"}]})";
  const std::string night =
      R"("created_at":"2026-03-02T18:30:00Z","channel":{"open_hours":"22:00-06:00"})";
  const std::string local =
      R"("created_at":"2026-03-02T17:59:00+08:00","channel":{"open_hours":"09:00-18:00"})";
  struct Row {
    std::string fields;
    const char* what;
    const char* answer;
  };
  const Row rows[] = {
      // Factors that are recorded are believed before what is claimed.
      {factors, "request.auth.passed_factor_count", "2"},
      {factors, "request.auth.failed_count", "2"},
      {factors, "request.auth.weak_only", "true"},
      {R"("auth":{"passed_factor_count":1})",
       "request.auth.passed_factor_count", "1"},
      {R"("auth":{})", "request.auth.passed_factor_count",
       "missing request.auth.passed_factor_count"},
      {R"("auth":{"factors":[]})", "request.auth.passed_factor_count", "0"},
      {R"("auth":{"factors":[]})", "request.auth.weak_only", "false"},
      // What does not say what it is counts as nothing, and may be weak.
      {R"("auth":{"factors":[{"type":"kba_static","result":"pass"},
          {"type":"our_question","result":"pass"}]})",
       "request.auth.passed_factor_count", "1"},
      {R"("auth":{"factors":[{"type":"kba_static","result":"pass"},
          {"type":"our_question","result":"pass"}]})",
       "request.auth.weak_only", "missing request.auth.factors[].type"},
      {R"("auth":{"factors":[{"category":"knowledge","result":"pass"}]})",
       "request.auth.weak_only", "missing request.auth.factors[].type"},
      {R"("auth":{"factors":[{"category":"possession","result":"pass"}]})",
       "request.auth.weak_only", "false"},
      {R"("auth":{"factors":[{"result":"pass"},
          {"type":"passkey","result":"pass"}]})",
       "request.auth.weak_only", "false"},
      {R"("auth":{"factors":[{"type":"otp_sms","result":"pass",
          "destination_type":"number_being_replaced"}]})",
       "request.auth.weak_only", "missing request.reason"},
      {R"("reason":"upgrade","auth":{"factors":[{"type":"otp_sms",
          "destination_type":"number_being_replaced","result":"pass"}]})",
       "request.auth.weak_only", "false"},
      {local, "request.local_hour", "17"},
      {local, "request.channel.within_open_hours", "true"},
      {night, "request.channel.within_open_hours", "false"},
      {R"("created_at":"2026-03-02T23:30:00Z","channel":{"open_hours":"22:00-06:00"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-02T18:00:00+08:00","channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "missing request.created_at"},
      // The channel's own hour, where the time is written in UTC.
      {R"("created_at":"2026-03-02T02:15:30Z","local_hour":10,"channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-02T02:15:30Z","local_hour":18,"channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("country":"GB","created_at":"2026-11-26T23:30:00Z","local_hour":14,"channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("country":"GB","created_at":"2026-08-01T23:30:00Z","local_hour":14,"channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "true"},
      // Days are those of the channel's clock.
      {R"("created_at":"2026-03-01T10:00:00+08:00","channel":{"open_hours":"Mo-Sa 09:00-18:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("created_at":"2026-03-02T10:00:00+08:00","channel":{"open_hours":"Mo-Sa 09:00-18:00"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-01T23:30:00Z","local_hour":7,"channel":{"open_hours":"Mo 07:00-09:00"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-02T01:30:00Z","local_hour":20,"channel":{"open_hours":"Mo 09:00-21:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("local_hour":7,"channel":{"open_hours":"Mo 07:00-09:00"})",
       "request.channel.within_open_hours", "missing request.created_at"},
      {R"("created_at":"2026-03-02T03:50:00Z","local_hour":9,"channel":{"open_hours":"09:30-18:00"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-02T02:15:30Z","local_hour":10)",
       "request.local_hour", "10"},
      {R"("created_at":"2026-03-02T09:20:00Z","local_hour":9,"channel":{"open_hours":"09:15-09:45"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-02T09:20:00Z","local_hour":9,"channel":{"open_hours":"09:45-09:15"})",
       "request.channel.within_open_hours", "true"},
      {R"("created_at":"2026-03-02T09:20:00Z","local_hour":9,"channel":{"open_hours":"10:00-09:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("created_at":"2026-03-02T09:20:00Z","local_hour":9,"channel":{"open_hours":"10:00-11:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("local_hour":3,"channel":{"open_hours":"00:00-24:00"})",
       "request.channel.within_open_hours", "true"},
      // All day for some, closed for others: not told which.
      {R"("local_hour":3,"channel":{"open_hours":"00:00-00:00"})",
       "request.channel.within_open_hours",
       "missing request.channel.open_hours"},
      {R"("local_hour":3,"channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "false"},
      {R"("created_at":"2026-03-02T10:15:30+08:00","local_hour":3,"channel":{"open_hours":"09:00-18:00"})",
       "request.channel.within_open_hours", "true"},
      {R"("channel":{"domain":"shop.10086.cn"})",
       "request.channel.registrable_domain", "'10086.cn'"},
      {R"("channel":{"domain":"10086.cn.demo.example"})",
       "request.channel.domain_lookalike_of", "'10086.cn'"},
      {R"("channel":{"domain":"www.10086.cn"})",
       "request.channel.domain_lookalike_of", "''"},
      {R"("channel":{"domain":"https://shop.10086.cn:443/sim"})",
       "request.channel.registrable_domain", "'10086.cn'"},
      {R"("channel":{"domain":"https://10086.cn@demo.example/"})",
       "request.channel.registrable_domain", "missing request.channel.domain"},
      {R"("channel":{"hotline_number":"138 0013 8000"})",
       "request.channel.hotline_number", "'+8613800138000'"},
      {R"("channel":{"hotline_number":"100 86"})",
       "request.channel.hotline_number", "'100 86'"},
      {R"("channel":{"hotline_number":"+44 7700 900123"})",
       "request.channel.hotline_number", "'+44 7700 900123'"},
      {R"("channel":{"hotline_number":"1380013800 or so"})",
       "request.channel.hotline_number", "'1380013800 or so'"},
      {R"("channel":{})", "request.channel.hotline_number",
       "missing request.channel.hotline_number"},
      {R"("sim":{"new":{"eid":"89049032123451234512345678901235"}})",
       "request.sim.new.eid_valid", "true"},
      {R"("sim":{"new":{"eid":"89049032123451234512345678901234"}})",
       "request.sim.new.eid_valid", "false"},
      {R"("sim":{})", "request.sim.new.eid_valid",
       "missing request.sim.new.eid"},
      {R"("device":{"old":{"imei":"490154203237518"}})",
       "request.device.old.imei_valid", "true"},
      {R"("device":{"old":{"imei":"490154203237519"}})",
       "request.device.old.imei_valid", "false"},
      {R"("phone_number":"13800138000")", "request.phone_number_valid",
       "false"},
      {R"("phone_number":"+8613800138000")", "request.phone_number_valid",
       "true"},
      {R"("reason_text":"holder called back on 138 0013 8000")",
       "request.pii_in_clear", "true"},
      {R"("reason_text":"lost in a taxi")", "request.pii_in_clear", "false"},
      {R"("created_at":"2026-03-10T00:00:00Z","recent":{
          "password_changed_at":"2026-03-09T00:00:00Z",
          "email_changed_at":"2026-03-01T00:00:00Z",
          "address_changed_at":"2026-03-11T00:00:00Z"})",
       "request.recent.changes_7d", "1"},
      {R"("created_at":"2026-03-10T00:00:00Z")", "request.recent.changes_7d",
       "missing request.recent.password_changed_at"},
      {R"("created_at":"2026-03-10T00:00:00Z","control":{
          "sms_bar_until":"2030-01-01T00:00:00Z"},
          "activated_at":"2026-03-10T02:00:00+01:00")",
       "request.newest_at == timestamp('2026-03-10T01:00:00Z')", "true"},
      {R"("created_at":"2026-03-10T00:00:00.2Z",
          "activated_at":"2026-03-10T00:00:00.7Z")",
       "request.newest_at == request.activated_at", "true"},
      {R"("channel":{"type":"store_own"})",
       "'agent.id' in request.missing_mandatory", "true"},
      {R"("channel":{"type":"app"})", "'agent.id' in request.missing_mandatory",
       "false"},
      {R"("channel":{"type":"app"})",
       "'auth.factors' in request.missing_mandatory", "true"},
      {R"("auth":{"factors":[]})",
       "'auth.factors' in request.missing_mandatory", "false"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(of_request(row.fields, row.what) == row.answer,
               row.what << " of " << row.fields);
  }
}

BOOST_AUTO_TEST_CASE(what_is_null_or_not_valid_is_missing_too) {
  BOOST_TEST(
      of_request(R"("urgency_claimed":null)", "request.urgency_claimed") ==
      "missing request.urgency_claimed");
  BOOST_TEST(
      of_request(R"("urgency_claimed":"yes")", "request.urgency_claimed") ==
      "missing request.urgency_claimed");
  BOOST_TEST(of_request(R"("urgency_claimed":null)",
                        "has(request.urgency_claimed)") == "false");
}

BOOST_AUTO_TEST_CASE(message_facts) {
  struct Row {
    const char* text;
    const char* what;
    const char* answer;
  };
  const Row rows[] = {
      {"see http://10086.cn/x", "message.links[0].official", "true"},
      {"see http://10086.cn/x", "message.links.size()", "1"},
      {"TG @demo_kaka88", "message.private_contacts[0].value",
       "'@demo_kaka88'"},
      {"TG @demo_kaka88 and WhatsApp +1 202 555 0142",
       "message.private_contact_kinds", "2"},
      {"hello", "message.contacts.size()", "0"},
      {"one\\n\\ntwo\\nthree", "message.block_count", "3"},
      {"TG @demo_kaka88\\nhonest\\nagain TG @demo_kaka88",
       "message.wrapper_contact", "true"},
      {"TG @demo_kaka88\\nhonest\\nTG @demo_other", "message.wrapper_contact",
       "false"},
      {"TG @demo_kaka88\\nTG @demo_kaka88", "message.wrapper_contact", "false"},
      {"LPA:1$smdp.example.com$ABCD-1234",
       "message.codes.exists(c, c.kind == 'activation_code')", "true"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(of_message(row.text, row.what) == row.answer,
               row.what << " of " << row.text);
  }
}
