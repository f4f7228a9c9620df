// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <boost/test/unit_test.hpp>
#include <zlib.h>
#include <zstd.h>

#include "door/marked_mail.h"
#include "door/rspamd_reply.h"
#include "door/rspamd_request.h"
#include "door/unpacking.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(rspamd)

const ActionScores kScores{.review = 20, .hold = 40, .refuse = 70};

BOOST_AUTO_TEST_CASE(header_fields_are_the_envelope) {
  HttpHead head;
  head.fields = {{"IP", "192.0.2.4"},
                 {"from", "<bounce@mail.example>"},
                 {"Rcpt", "<demo_bo@mail.example>, demo_cai@mail.example"},
                 {"Rcpt", "demo_di@mail.example"},
                 {"Raw", "yes"},
                 {"Flags", "groups, body_block,unheard_of"},
                 {"File", "/etc/passwd"},
                 {"Shm", "/demo"},
                 {"Deliver-To", "demo_bo"}};
  head.query = "Queue-Id=4Xy%37&Subject=a+b&x&=";
  const RspamdRequest request = read_rspamd_request(head);
  const Envelope& envelope = request.envelope;
  BOOST_TEST(*envelope.mail_from == "bounce@mail.example");
  const std::vector<std::string> recipients = {
      "demo_bo@mail.example", "demo_cai@mail.example", "demo_di@mail.example"};
  BOOST_TEST(envelope.recipients == recipients);
  BOOST_TEST(envelope.queue_id == "4Xy7");
  BOOST_TEST(envelope.subject == "a b");
  BOOST_TEST(envelope.plain);
  BOOST_TEST(request.groups);
  BOOST_TEST(request.body_block);
  BOOST_TEST(!request.skip);
}

BOOST_AUTO_TEST_CASE(an_empty_from_is_a_bounce_and_none_is_unknown) {
  HttpHead head;
  BOOST_TEST(!read_rspamd_request(head).envelope.mail_from);
  head.fields = {{"From", ""}};
  BOOST_TEST(*read_rspamd_request(head).envelope.mail_from == "");
}

BOOST_AUTO_TEST_CASE(recipients_have_a_bound) {
  HttpHead head;
  head.fields = {{"Rcpt", std::string(3 * kRspamdRecipientsMax, ',')}};
  for (size_t i = 0; i < kRspamdRecipientsMax + 5; ++i) {
    head.fields.emplace_back("Rcpt", "a@mail.example");
  }
  BOOST_TEST(read_rspamd_request(head).envelope.recipients.size() ==
             kRspamdRecipientsMax);
}

MailAnswer held() {
  MailAnswer answer{.told = Told::quarantine, .subject = "Hi"};
  answer.verdict.id = "demo-1@mail.example";
  answer.verdict.action = Action::hold;
  answer.verdict.score = 45.5;
  answer.verdict.findings = {
      {.rule = "MSG-022",
       .family = "contact",
       .score = 45.5,
       .title = "A \"title\"",
       .evidence = {{.fact = "message.text", .text = "@demo_fix"}}}};
  answer.leads = Leads{.links = {{.url = "https://a.test/x", .host = "a.test"},
                                 {.url = "https://a.test/y", .host = "a.test"},
                                 {.url = "weixin://dl", .scheme = "weixin"}},
                       .emails = {"d***@other.test"}};
  return answer;
}

BOOST_AUTO_TEST_CASE(the_reply_has_rspamds_keys_in_their_order) {
  BOOST_TEST(
      rspamd_json(held(), {.groups = true}, {}, kScores, {}) ==
      R"({"is_skipped":false,"score":45.5,"required_score":70,)"
      R"("action":"add header","thresholds":{"reject":70,"add header":20},)"
      R"("symbols":{"MSG_022":{"name":"MSG_022","score":45.5,)"
      R"("metric_score":45.5,"description":"A \"title\"",)"
      R"("options":["message.text: @demo_fix"]}},)"
      R"("groups":{"contact":{"score":45.5}},"messages":{},)"
      R"("urls":["a.test","weixin:"],"emails":["d***@other.test"],)"
      R"("message-id":"demo-1@mail.example","time_real":0.000000,)"
      R"("milter":{"add_headers":{"X-Simwarden-Action":"hold",)"
      R"("X-Simwarden-Score":"45.50","X-Simwarden-Rules":"MSG_022"},)"
      R"("remove_headers":{"X-Simwarden-Action":0,"X-Simwarden-Score":0,)"
      R"("X-Simwarden-Rules":0}}})");
}

BOOST_AUTO_TEST_CASE(the_old_reply_has_all_under_default) {
  MailAnswer answer = held();
  answer.leads.reset();
  answer.told = Told::no_action;
  BOOST_TEST(
      rspamd_json(answer, {}, {}, kScores, {.legacy = true}) ==
      R"({"default":{"is_spam":false,"is_skipped":false,"score":45.5,)"
      R"("required_score":70,"action":"no action","MSG_022":{)"
      R"("name":"MSG_022","score":45.5,"metric_score":45.5,)"
      R"("description":"A \"title\"","options":["message.text: @demo_fix"]}},)"
      R"("messages":[],"message-id":"demo-1@mail.example","time_real":0.000000})");
}

BOOST_AUTO_TEST_CASE(answers_of_the_door_are_the_limits) {
  const MailAnswers answers{.review = Told::no_action,
                            .hold = Told::soft_reject,
                            .refuse = Told::rewrite_subject};
  MailAnswer answer = held();
  answer.told = Told::rewrite_subject;
  answer.leads.reset();
  const std::string json = rspamd_json(answer, {}, answers, kScores, {});
  BOOST_TEST(json.find(R"("action":"rewrite subject",)"
                       R"("subject":"*** SUSPECT *** Hi",)"
                       R"("thresholds":{"soft reject":40,)"
                       R"("rewrite subject":70},)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_could_not_be_kept_is_told_by_its_verdict) {
  struct Row {
    OnError on_error;
    Action action;
    std::string_view fields;
  };
  const Row rows[] = {
      {OnError::hold, Action::pass, "hold 0.00"},
      {OnError::hold, Action::refuse, "refuse 0.00"},
      {OnError::tempfail, Action::refuse, "pass"},
  };
  for (const Row& row : rows) {
    MailAnswer judged{.ticket = {1, 1}, .stored_as = "3-1"};
    judged.verdict.action = row.action;
    const MailAnswer told = answer_not_kept(judged, {.on_error = row.on_error});
    std::string shown;
    for (const MailField& field : fields_of(told)) {
      shown += (shown.empty() ? "" : " ") + field.value;
    }
    BOOST_TEST(shown == row.fields);
  }
  const auto fields = fields_of(answer_on_error({.on_error = OnError::hold}));
  BOOST_TEST(fields.size() == 1);
  BOOST_TEST(fields[0].value == "hold");
}

BOOST_AUTO_TEST_CASE(a_mark_names_the_verdict_and_the_words_of_faults) {
  MailAnswer answer = held();
  answer.stored_as = "3-4711";
  answer.closed = "encrypted=2";
  answer.verdict.invalid = {{"message.mail_faults", "cut_depth, cut_text",
                             "a mail within the bounds"},
                            {"message.text", "(long)", ""}};
  std::map<std::string, std::string> told;
  for (const MailField& field : fields_of(answer)) {
    told[field.name] = field.value;
  }
  BOOST_TEST(told["X-Simwarden-Verdict"] == "3-4711");
  BOOST_TEST(told["X-Simwarden-Closed"] == "encrypted=2");
  BOOST_TEST(told["X-Simwarden-Invalid"] ==
             "message.mail_faults:cut_depth+cut_text,message.text");
  const Symbol symbol = symbols_of(answer).back();
  BOOST_TEST(symbol.name == "NOT_TAKEN_AS_IT_IS");
  BOOST_TEST(symbol.options.front() == told["X-Simwarden-Invalid"]);
}

BOOST_AUTO_TEST_CASE(a_queue_id_is_a_name_in_clear_and_nothing_else_is) {
  for (const std::string_view id :
       {"4XYZ", "1rABCd-0000Ab-2x", "123456789012", "3F29E1234567"}) {
    BOOST_TEST(queue_correlator(id, "other") == id);
  }
  for (const std::string& id :
       {std::string(), std::string("a b"), std::string("+15555550101"),
        std::string(65, 'a')}) {
    BOOST_TEST(queue_correlator(id, "other") == "other");
  }
}

std::string removed(const MailAnswer& answer, std::string_view mail) {
  const std::string json =
      rspamd_json(answer, {}, {}, kScores, {.forged = forged_fields(mail)});
  const size_t at = json.find("\"remove_headers\":");
  return at == std::string::npos ? "" : json.substr(at + 17);
}

BOOST_AUTO_TEST_CASE(marks_that_the_sender_wrote_are_taken_away) {
  const std::string mail =
      "From: a@mail.example\r\n"
      "X-SIMWARDEN-Action: refuse\r\n"
      "x-simwarden-action: pass\r\n"
      "X-Simwarden-Invalid : \r\n\tx\r\n"
      "X-Simwardens: no\r\n\r\nX-Simwarden-Score: 1\r\n";
  MailAnswer passed = held();
  passed.verdict = {};
  passed.told = Told::no_action;
  BOOST_TEST(removed(passed, mail) ==
             R"({"X-SIMWARDEN-Action":0,"X-Simwarden-Invalid":0}}})");
  BOOST_TEST(removed(held(), mail) ==
             R"({"X-Simwarden-Action":0,"X-Simwarden-Score":0,)"
             R"("X-Simwarden-Rules":0,"X-Simwarden-Invalid":0}}})");
  BOOST_TEST(removed(passed, "From: a@mail.example\n\nhello\n") == "");
}

BOOST_AUTO_TEST_CASE(errors_have_the_historic_numbers) {
  const HttpReply unknown = rspamd_error(problem(404, "nothing"));
  BOOST_TEST(unknown.status == 500);
  BOOST_TEST(unknown.reason == "invalid command");
  BOOST_TEST(unknown.body ==
             R"({"error":"invalid command","error_domain":"protocol-error"})");
  BOOST_TEST(rspamd_error(problem(413, "too large")).status == 513);
  BOOST_TEST(rspamd_error(problem(403, "no")).status == 403);
  BOOST_TEST(rspamd_error(problem(503, "busy")).status == 503);
}

std::string zlib(const std::string& text) {
  std::string out(compressBound(text.size()), '\0');
  uLongf size = out.size();
  compress(reinterpret_cast<Bytef*>(out.data()), &size,
           reinterpret_cast<const Bytef*>(text.data()), text.size());
  out.resize(size);
  return out;
}

BOOST_AUTO_TEST_CASE(zlib_is_unpacked_within_the_limit) {
  const std::string text(100'000, 'a');
  MemoryBudget memory(200'000);
  HeldMemory held(memory);
  std::string body = zlib(text);
  BOOST_TEST((unpack_zlib(body, text.size(), held) == Unpacking::done));
  BOOST_TEST(body == text);
  body = zlib(text);
  BOOST_TEST((unpack_zlib(body, text.size() - 1, held) == Unpacking::wrong));
  for (std::string broken : {std::string(), std::string("abc"),
                             zlib(text).substr(0, 20), zlib(text) + "x"}) {
    BOOST_TEST((unpack_zlib(broken, text.size(), held) == Unpacking::wrong));
  }
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(
      ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
  return out;
}

BOOST_AUTO_TEST_CASE(what_unpacks_is_held_before_it_is_there) {
  const std::string text(300'000, 'a');
  struct {
    uint64_t memory;
    bool zstd_fits;  // its window is as large as the text
    bool zlib_fits;
  } const cases[] = {{800'000, true, true},
                     {400'000, false, true},
                     {290'000, false, false},
                     {1'000, false, false}};
  for (const auto& row : cases) {
    MemoryBudget memory(row.memory);
    {
      HeldMemory held(memory);
      std::string body = zstd(text);
      const auto refusal = unpack_body("zstd", body, 350'000, held);
      BOOST_TEST((refusal ? refusal->status : 200) ==
                 (row.zstd_fits ? 200 : 413));  // nor would it later
      BOOST_TEST((memory.used() >= 2 * text.size()) == row.zstd_fits);
      BOOST_TEST((body == text) == row.zstd_fits);
    }
    HeldMemory held(memory);
    std::string body = zlib(text);
    const Unpacking done = unpack_zlib(body, 350'000, held);
    BOOST_TEST((done == Unpacking::done) == row.zlib_fits);
    BOOST_TEST((done == Unpacking::no_memory) == !row.zlib_fits);
    BOOST_TEST((memory.used() >= text.size()) == row.zlib_fits);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
