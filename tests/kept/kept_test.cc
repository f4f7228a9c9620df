// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "facts/loaded.h"
#include "files.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "kept/court.h"
#include "kept/kept_judge.h"
#include "kept/kept_writer.h"
#include "notation/json_text.h"
#include "record/verdict_json.h"
#include "store/kept_records.h"
#include "store/told_verdict.h"

// What is kept of a record, and that it judges as the record does. The corpus
// is judged by the shipped policies.
namespace simwarden {
namespace {

std::vector<Record> corpus() {
  std::vector<Record> records;
  for (const char* path : {"corpus/requests.jsonl", "corpus/messages.jsonl"}) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      Item item = parse_json(line, {});
      if (!item.bad) records.push_back(std::move(item.record));
    }
  }
  BOOST_REQUIRE(records.size() > 1000);
  return records;
}

std::vector<Record> mails() {
  std::vector<Record> records;
  IntakeOptions options;
  options.authserv_id = "mx.example";
  for (const auto& entry :
       std::filesystem::directory_iterator("tests/mail/mails")) {
    if (entry.path().extension() != ".eml") continue;
    const std::string bytes = read_all(entry.path());
    Item item = parse_mail(bytes, options);
    if (!item.bad) records.push_back(std::move(item.record));
  }
  BOOST_REQUIRE(records.size() > 20);
  return records;
}

// Everything that the rules about mails look for.
constexpr std::string_view kHostileMail =
    "From: \"Singtel Care demo_desk@singtel.com\" <demo_care@mail.example>\n"
    "Reply-To: demo_desk@other.test\n"
    "Subject: Your SIM will be blocked today\n"
    "Content-Type: multipart/mixed; boundary=demo\n"
    "\n"
    "--demo\n"
    "Content-Type: text/html; charset=utf-8\n"
    "\n"
    "<p>Dear Singtel customer, your SIM card will be blocked today.</p>\n"
    "<p><a href='https://login.other.test/sim/demo'>www.singtel.com</a></p>\n"
    "<p style='display:none'>write to Telegram @demo_kaka88</p>\n"
    "--demo\n"
    "Content-Type: application/pdf\n"
    "Content-Disposition: attachment; filename=\"demo_anna.pdf.exe\"\n"
    "\n"
    "demo\n"
    "--demo--\n";

Record hostile_mail() {
  Item item = parse_mail(kHostileMail, {});
  BOOST_REQUIRE(!item.bad);
  return std::move(item.record);
}

// "RULE outcome" of every rule that was asked.
std::map<std::string, std::string> outcomes_of(Judge& judge) {
  std::map<std::string, std::string> outcomes;
  for (const auto& asked : judge.outcomes()) {
    outcomes[asked.rule->rule->id] =
        std::string(name_of(asked.outcome)) + (asked.shadow ? " shadow" : "");
  }
  return outcomes;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_verdict_on_the_corpus_is_read_back_as_it_was_told) {
  const auto told = [](const Verdict& verdict) {
    std::string json;
    append_json(json, verdict, {});
    return json;
  };
  for (const Record& record : corpus()) {
    const std::string json = told(court().judge.judge(record));
    const auto read = read_verdict(json);
    BOOST_REQUIRE(read);
    BOOST_TEST(told(*read) == json);
  }
}

BOOST_AUTO_TEST_CASE(a_request_is_kept_by_the_class_of_each_fact) {
  const Record record = record_of(
      R"({"kind":"request","request_id":"demo-1","created_at":)"
      R"("2026-03-02T10:15:30+08:00","phone_number":"+8613800138000",)"
      R"("reason":"lost","reason_text":"It fell into the river.",)"
      R"("attempt_no":2,"urgency_claimed":null,"channel":{"type":"teashop",)"
      R"("id":"BJ-HD-0042","hotline_number":"10086"},"agent":{"id":"a-7731",)"
      R"("override_reason":""},"sim":{"new":{)"
      R"("activation_code_hash":"demo"}},"auth":{"factors":[{"type":)"
      R"("otp_sms","result":"pass"}]}})");
  std::string phone;
  std::string agent;
  TokenMaker tokens(demo_key());
  tokens.append(phone, "+8613800138000");
  tokens.append(agent, "a-7731");
  BOOST_TEST(phone == token(demo_key(), "+8613800138000"));
  BOOST_TEST(
      court().keep(record) ==
      R"({"agent":{"id":{"token":")" + agent +
          R"("},"override_reason":""},"attempt_no":2,"auth":{"factors":)"
          R"([{"result":"pass","type":"otp_sms"}]},"channel":)"
          R"({"hotline_number":"10086","id":"BJ-HD-0042","type":)"
          R"({"invalid":true}},"created_at":"2026-03-02T10:15:30+08:00",)"
          R"("kind":"request","phone_number":{"token":")" +
          phone +
          R"("},"reason":"lost","reason_text":{"masked":true},)"
          R"("request_id":{"masked":true},"sim":{"new":)"
          R"({"activation_code_hash":{"masked":true}}},)"
          R"("urgency_claimed":null})"
          "\n");
}

// One record takes no others of its block with it.
BOOST_AUTO_TEST_CASE(a_number_of_any_size_is_read_back) {
  const FieldId amount = *find_field(Kind::request, "fee.amount");
  for (int power = -3; power <= 307; ++power) {
    for (const char* digits :
         {"1", "1.2345678901234567", "9.999999999999998"}) {
      const std::string number =
          std::string(digits) + 'e' + std::to_string(power);
      const Record record =
          record_of(R"({"kind":"request","fee":{"amount":)" + number + "}}");
      BOOST_TEST_REQUIRE(bool(record.slot(amount).state == SlotState::given));
      const Restored restored(court().keep(record));
      BOOST_TEST(restored.kept.record().slot(amount).number ==
                     record.slot(amount).number,
                 number);
    }
  }
}

// The writer does not look at them.
BOOST_AUTO_TEST_CASE(choices_are_words_that_json_writes_as_they_are) {
  for (const Field& row : fields()) {
    for (const std::string_view choice : row.choices) {
      std::string written;
      append_json_string(written, choice);
      BOOST_TEST(written == '"' + std::string(choice) + '"');
    }
  }
}

BOOST_AUTO_TEST_CASE(a_message_keeps_what_was_seen_and_an_excerpt) {
  const Record record = record_of(
      R"({"kind":"message","id":"demo-2","sender":"+8613800138000",)"
      R"("text":"Your code is 482913. Write to demo_helper@demo.example or )"
      R"(see https://sim.demo.example/a?b=c","received_at":)"
      R"("2026-03-02T02:15:30Z","recipients":["+8613800138001"]})");
  const std::string line = court().keep(record);
  BOOST_TEST(line.find("482913") == std::string::npos, line);
  BOOST_TEST(line.find("demo_helper") == std::string::npos, line);
  BOOST_TEST(line.find("13800138") == std::string::npos, line);
  BOOST_TEST(line.find(R"("host":"sim.demo.example")") != std::string::npos,
             line);
  BOOST_TEST(line.find(R"("recipients":{"count":1,"masked":true})") !=
                 std::string::npos,
             line);
  BOOST_TEST(
      line.find(R"("excerpt":"Your code is ******. )") != std::string::npos,
      line);
}

BOOST_AUTO_TEST_CASE(no_identifier_of_the_corpus_is_kept_in_clear) {
  size_t looked_for = 0;
  for (const Record& record : corpus()) {
    const std::string line = court().keep(record);
    const auto look_for = [&](const Field& row, const Slot& slot) {
      if (row.type != FieldType::text || keep_of(row) == Keep::value) return;
      if (keep_of(row) == Keep::excerpt) return;  // masked: excerpts_test.cc
      if (slot.state != SlotState::given && slot.state != SlotState::invalid) {
        return;
      }
      std::string text;
      append_json_string(text, record.text(slot));
      // Short numbers belong to nobody; a short text may stand in a word. A
      // name that the text of the message has, too, is in its excerpt.
      if (text.size() <= sizeof("\"10086\"") - 1) return;
      ++looked_for;
      BOOST_TEST(line.find(text) == std::string::npos, row.name << " " << line);
    };
    for (size_t i = 0; i < fields().size(); ++i) {
      const auto id = static_cast<FieldId>(i);
      const Field& row = field(id);
      if (row.kind != record.kind() || row.list) continue;
      if (row.group == kNoGroup) {
        look_for(row, record.slot(id));
        continue;
      }
      const Slot& head = record.group_slot(row.group);
      if (head.state != SlotState::given) continue;
      for (uint32_t k = 0; k < head.list.count; ++k) {
        look_for(row, record.member(id, k));
      }
    }
  }
  BOOST_TEST(looked_for > 2000);
}

// The heart: what was kept says what the record said, rule by rule, or says
// that it cannot say.
BOOST_AUTO_TEST_CASE(the_corpus_is_judged_alike_from_what_was_kept) {
  Judge again(court().plan, {});
  const KeptBinding binding(court().plan.ruleset(), court().plan);
  std::map<std::string, std::set<std::string>> undecided;
  size_t decided = 0;
  size_t whole = 0;
  size_t records = 0;
  std::vector<Record> all_records = corpus();
  const size_t of_corpus = all_records.size();
  for (Record& mail : mails()) all_records.push_back(std::move(mail));
  all_records.push_back(hostile_mail());
  for (const Record& record : all_records) {
    const Verdict verdict = court().judge.judge(record);
    const auto then = outcomes_of(court().judge);
    std::string line;
    court().writer.append(line, court().judge.bench());
    const Restored restored(line);
    const std::string& country = court().judge.profile().country;
    const KeptView view(restored.kept, binding, country, country);
    const Verdict kept = again.judge(restored.kept.record(), {.kept = &view});
    const auto now = outcomes_of(again);
    bool all = true;
    for (const auto& asked : again.outcomes()) {
      const std::string& rule = asked.rule->rule->id;
      if (!asked.withheld.empty()) {
        all = false;
        for (const uint32_t slot : asked.withheld) {
          undecided[rule].insert(again.bench().plan().name_of(slot));
        }
        continue;
      }
      ++decided;
      BOOST_TEST(then.at(rule) == now.at(rule),
                 verdict.id << " " << rule << ": " << then.at(rule) << ", from "
                            << "what was kept " << now.at(rule) << "\n"
                            << line);
    }
    ++records;
    if (!all) continue;
    whole += records <= of_corpus ? 1 : 0;
    BOOST_TEST(name_of(verdict.action) == name_of(kept.action), verdict.id);
    BOOST_TEST(verdict.score == kept.score, verdict.id);
    BOOST_TEST(verdict.not_recorded == kept.not_recorded,
               boost::test_tools::per_element());
  }
  BOOST_TEST_MESSAGE(decided << " outcomes, " << whole << " of " << of_corpus
                             << " records whole");
  for (const auto& [rule, facts] : undecided) {
    std::string line = rule;
    for (const std::string& fact : facts) line += " " + fact;
    BOOST_TEST_MESSAGE(line);
  }
  // A policy may come to read more that is not kept; most must stay.
  BOOST_TEST(decided > 100000u);
  BOOST_TEST(whole * 10 > of_corpus * 3);
  BOOST_TEST(undecided.size() * 10 <
             court().plan.rules(Kind::request).size() +
                 court().plan.rules(Kind::message).size());
}

BOOST_AUTO_TEST_CASE(a_mail_keeps_what_is_wrong_with_it_and_no_address) {
  const std::string line = court().keep(hostile_mail());
  for (const std::string_view secret :
       {"demo_desk", "demo_care", "Singtel Care", "demo_anna", "demo_kaka88",
        "sim/demo"}) {
    BOOST_TEST(line.find(secret) == std::string::npos,
               secret << " in " << line);
  }
  for (
      const std::string_view told :
      {R"("attachments":[{"detected_type":"","name":{"masked":true},"part":"2")",
       R"("double_extension":true)", R"("runs":true)",
       R"("display_name":{"masked":true})", R"("from":{"token":")",
       R"("display_name_address":{"token":")",
       R"("hidden_text":{"masked":true})", R"("differs":true)",
       R"("hidden_contacts":[{"kind":"telegram","value":{"token":")",
       R"("host":"login.other.test")", R"("reply_to_differs":true)",
       R"("reply_to":[{"token":")", R"("display_name_of":"singtel.com")"}) {
    BOOST_TEST(line.find(told) != std::string::npos, told << " in " << line);
  }
}

BOOST_AUTO_TEST_CASE(rules_about_mails_are_decided_from_what_was_kept) {
  const Record record = hostile_mail();
  const Verdict verdict = court().judge.judge(record);
  std::string line;
  court().writer.append(line, court().judge.bench());
  const Restored restored(line);
  const KeptBinding binding(court().plan.ruleset(), court().plan);
  const std::string& country = court().judge.profile().country;
  const KeptView view(restored.kept, binding, country, country);
  Judge again(court().plan, {});
  (void)again.judge(restored.kept.record(), {.kept = &view});
  const auto outcomes = outcomes_of(again);
  for (const char* rule :
       {"MAIL-001", "MAIL-002", "MAIL-003", "MAIL-004", "MAIL-005"}) {
    BOOST_TEST(outcomes.at(rule) == "hit", rule);
  }
  // What the eye saw in it says nothing to a profile of another country.
  const KeptView abroad(restored.kept, binding, "CN", "GB");
  (void)again.judge(restored.kept.record(), {.kept = &abroad});
  for (const auto& asked : again.outcomes()) {
    if (asked.rule->rule->id != "MAIL-001") continue;
    BOOST_TEST(!asked.withheld.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_mail_that_was_cut_is_for_review_again) {
  Record record = record_of(R"({"kind":"message","id":"demo-3","text":"Hello",)"
                            R"("mail_faults":["cut_links"]})");
  const Verdict verdict = court().judge.judge(record);
  BOOST_TEST(name_of(verdict.action) == name_of(Action::review));
  std::string line;
  court().writer.append(line, court().judge.bench());
  const Restored restored(line);
  const KeptBinding binding(court().plan.ruleset(), court().plan);
  const KeptView view(restored.kept, binding, "", "");
  Judge again(court().plan, {});
  const Verdict kept = again.judge(restored.kept.record(), {.kept = &view});
  BOOST_TEST(name_of(kept.action) == name_of(Action::review));
  BOOST_REQUIRE(kept.invalid.size() == 1u);
  BOOST_TEST(kept.invalid.front().fact == "message.mail_faults");
}

BOOST_AUTO_TEST_CASE(what_is_no_text_or_no_list_is_for_review_again) {
  std::string many = R"({"kind":"message","id":"demo-4","attachments":["a")";
  for (size_t i = 0; i < kGroupItemsMax; ++i) many += R"(,"a")";
  many += "]}";
  for (const std::string& line :
       {std::string(R"({"kind":"message","id":"demo-4","text":5})"),
        std::string(R"({"kind":"message","id":"demo-4","text":["Hello"]})"),
        std::string(
            R"({"kind":"message","id":"demo-4","subject":5,"text":"Hello"})"),
        std::string(
            R"({"kind":"message","id":"demo-4","attachments":"demo.apk"})"),
        std::string(
            R"({"kind":"message","id":"demo-4","attachments":["demo.apk",5]})"),
        many}) {
    Record record = record_of(line);
    const Verdict verdict = court().judge.judge(record);
    BOOST_TEST(name_of(verdict.action) == name_of(Action::review), line);
    BOOST_TEST(verdict.invalid.size() == 1u, line);
    std::string kept_line;
    court().writer.append(kept_line, court().judge.bench());
    const Restored restored(kept_line);
    const KeptBinding binding(court().plan.ruleset(), court().plan);
    const KeptView view(restored.kept, binding, "", "");
    Judge again(court().plan, {});
    const Verdict kept = again.judge(restored.kept.record(), {.kept = &view});
    BOOST_TEST(name_of(kept.action) == name_of(Action::review), line);
  }
}

BOOST_AUTO_TEST_CASE(a_line_that_is_none_is_an_error_not_a_record) {
  KeptRecord kept;
  for (const std::string_view line : {"", "[]", "{\"kind\":", "nonsense"}) {
    std::string memory(line);
    memory.resize(memory.size() + KeptLine::kPadding);
    BOOST_TEST(!kept.read({memory.data(), line.size()}).ok(), line);
  }
}

BOOST_AUTO_TEST_CASE(values_of_another_type_come_back_invalid) {
  std::string memory =
      R"({"kind":"request","attempt_no":"many","channel":{"type":7},)"
      R"("unknown":{"x":[1]},"auth":{"factors":[5,{"type":"otp_sms"}]}})";
  const size_t size = memory.size();
  memory.resize(size + KeptLine::kPadding);
  KeptRecord kept;
  BOOST_REQUIRE(kept.read({memory.data(), size}).ok());
  const Record& record = kept.record();
  const auto state = [&](std::string_view name) {
    return record.slot(*find_field(Kind::request, name)).state;
  };
  BOOST_TEST(int(state("attempt_no")) == int(SlotState::invalid));
  BOOST_TEST(int(state("channel.type")) == int(SlotState::invalid));
  const auto group = *find_group(Kind::request, "auth.factors");
  BOOST_TEST(record.group_slot(group).list.count == 2u);
}

}  // namespace simwarden
