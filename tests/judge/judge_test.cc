// SPDX-License-Identifier: Apache-2.0
#include "judge/judge.h"

#include <boost/test/unit_test.hpp>

#include "judge/blocks.h"
#include "judge/court.h"

using namespace simwarden;
using sample::rule;

// The heart of the program: what a fact that is not there does to a duty and
// to a sign. `at` is the fact of the condition, `on` that of the guard.
BOOST_AUTO_TEST_CASE(missing_facts_fail_duties_and_leave_signs_undetermined) {
  const std::string guard = "    applies: request.urgency_claimed\n";
  Court court("request",
              rule("DUTY", "require: request.agent.registered", guard) +
                  rule("SIGN", "flag: request.agent.registered", guard));
  struct Row {
    const char* guard;  // urgency_claimed
    const char* fact;   // agent.registered
    const char* duty;
    const char* sign;
  };
  const Row rows[] = {
      {"true", "true", "clear", "hit"},
      {"true", "false", "hit", "clear"},
      {"true", "", "hit", "undetermined"},
      {"true", "null", "hit", "undetermined"},
      {"true", "\"maybe\"", "hit", "undetermined"},
      {"false", "true", "not_applicable", "not_applicable"},
      {"false", "", "not_applicable", "not_applicable"},
      {"", "true", "clear", "undetermined"},
      {"", "false", "hit", "clear"},
      {"", "", "hit", "undetermined"},
  };
  for (const Row& row : rows) {
    std::string json = "{\"kind\":\"request\"";
    if (*row.guard) json += std::string(",\"urgency_claimed\":") + row.guard;
    if (*row.fact) {
      json += std::string(",\"agent\":{\"registered\":") + row.fact + "}";
    }
    court(json + "}");
    BOOST_TEST(court.outcome("DUTY") == row.duty, json);
    BOOST_TEST(court.outcome("SIGN") == row.sign, json);
  }
}

// No fact is missing, and yet there is no answer: 10 / 0.
BOOST_AUTO_TEST_CASE(what_failed_is_told_from_what_is_missing) {
  const std::string fails = "10 / request.history.sim_swaps_30d > 2";
  const std::string guard = "    applies: request.urgency_claimed\n";
  const std::string rules = rule("DUTY", "require: " + fails) +
                            rule("MISS", "flag: request.agent.registered") +
                            rule("SIGN", "flag: " + fails, guard);
  using Ids = std::vector<std::string>;
  using Failed = std::vector<std::pair<std::string, std::string>>;
  const std::string error = "division by zero";
  struct Row {
    const char* json;
    Failed failed;
    Ids undetermined;
  };
  const Row rows[] = {
      {R"("urgency_claimed":true,"history":{"sim_swaps_30d":0})",
       {{"DUTY", error}, {"SIGN", error}},
       {"MISS", "SIGN"}},
      {R"("history":{"sim_swaps_30d":0})", {{"DUTY", error}}, {"MISS", "SIGN"}},
      {R"("urgency_claimed":true)", {}, {"MISS", "SIGN"}},
      {R"("urgency_claimed":true,"history":{"sim_swaps_30d":2})",
       {},
       {"MISS"}}};
  for (const bool gates : {true, false}) {
    Court court("request", rules, "", {.gates = gates});
    for (const Row& row : rows) {
      const Verdict verdict =
          court(std::string(R"({"kind":"request",)") + row.json + "}");
      Failed failed;
      for (const FailedRule& each : verdict.failed) {
        failed.emplace_back(each.rule, each.error);
      }
      BOOST_TEST((failed == row.failed), row.json);
      BOOST_TEST(verdict.undetermined == row.undetermined, row.json);
    }
  }
}

BOOST_AUTO_TEST_CASE(evidence_tells_absent_null_and_invalid_apart) {
  Court court("request", rule("D", "require: request.agent.registered"));
  struct Row {
    const char* json;
    const char* evidence;
  };
  const Row rows[] = {
      {R"({"kind":"request"})",
       R"("evidence":[{"fact":"request.agent.registered","state":"not_recorded"}])"},
      {R"({"kind":"request","agent":{"registered":null}})",
       R"("evidence":[{"fact":"request.agent.registered","state":"null"}])"},
      {R"({"kind":"request","agent":{"registered":"maybe"}})",
       R"("evidence":[{"fact":"request.agent.registered","state":"invalid","value":"maybe"}])"},
      {R"({"kind":"request","agent":{"registered":false}})",
       R"("evidence":[{"fact":"request.agent.registered","value":false}])"},
  };
  for (const Row& row : rows) {
    const std::string json = as_json(court(row.json));
    BOOST_TEST(json.find(row.evidence) != std::string::npos, json);
  }
}

BOOST_AUTO_TEST_CASE(a_pattern_in_traditional_characters_finds_both_scripts) {
  Court court("message",
              rule("PLAIN", "flag: patterns.plain") +
                  rule("SQUEEZED", "flag: patterns.squeezed") +
                  rule("RAW", "flag: patterns.raw"),
              "patterns:\n"
              "  plain: {any: ['[驗验]證碼']}\n"
              "  squeezed: {view: squeezed, any: ['驗證碼']}\n"
              "  raw: {view: raw, any: ['驗證碼']}\n");
  for (const char* text : {"請勿提供驗證碼", "请勿提供验证码"}) {
    const Verdict verdict =
        court(std::string(R"({"kind":"message","text":")") + text + "\"}");
    BOOST_TEST(court.outcome("PLAIN") == "hit", text);
    BOOST_TEST(court.outcome("SQUEEZED") == "hit", text);
    BOOST_TEST(as_json(verdict).find(std::string(text).substr(12)) !=
               std::string::npos);
  }
  BOOST_TEST(court.outcome("RAW") == "clear");
}

BOOST_AUTO_TEST_CASE(a_rule_for_grave_cases_waits_for_the_score_of_the_others) {
  Court court("request",
              rule("A-1", "flag: request.urgency_claimed") +
                  rule("A-2", "require: has(request.agent.second_approver_id)",
                       "    from_score: profile.grave\n"),
              "parameters:\n  grave: {type: int, default: 40, doc: D, source: "
              "S, confidence: default}\n");
  court(R"({"kind":"request","urgency_claimed":false})");
  BOOST_TEST(court.outcome("A-2") == "not_applicable");
  const Verdict grave = court(R"({"kind":"request","urgency_claimed":true})");
  BOOST_TEST(court.outcome("A-2") == "hit");
  BOOST_TEST(grave.score == 50);
  court(
      R"({"kind":"request","urgency_claimed":true,"agent":{"second_approver_id":"a-2"}})");
  BOOST_TEST(court.outcome("A-2") == "clear");
}

namespace {

// One fact of a record was recorded and is not here.
class Without final : public KeptAnswers {
 public:
  explicit Without(uint32_t slot)
      : missing_{slot, 0, nullptr, nullptr, &kAny} {}
  std::optional<cel::Value> fact(uint32_t slot, Facts&,
                                 cel::Scratch&) const override {
    if (slot != missing_.slot) return std::nullopt;
    return cel::Value::of_missing(&missing_);
  }
  cel::Value pattern(uint32_t, cel::Scratch&) const override { return {}; }
  cel::Value window(uint32_t, cel::Scratch&) const override { return {}; }
  bool was_cut() const override { return false; }

 private:
  static constexpr cel::Withheld kAny{};
  cel::Missing missing_;
};

}  // namespace

// Nor are those in shadow, of which no points are waited for.
BOOST_AUTO_TEST_CASE(rules_that_wait_are_not_undecided_for_each_other) {
  const std::string parameters =
      "parameters:\n"
      "  soon: {type: int, default: 0, doc: D, source: S, confidence: "
      "default}\n"
      "  late: {type: int, default: 40, doc: D, source: S, confidence: "
      "default}\n";
  const std::string masked = "flag: request.agent.id == 'a'";
  const auto late_is_decided = [&](const std::string& first) {
    Court court("request",
                first + rule("LATE", "flag: request.urgency_claimed",
                             "    from_score: profile.late\n"),
                parameters);
    court.item = parse_json(R"({"kind":"request","urgency_claimed":true})", {});
    const Without kept(*find_field(Kind::request, "agent.id"));
    court.judge->judge(court.item.record, {.kept = &kept});
    return court.judge->outcomes().back().withheld.empty();
  };
  BOOST_TEST(!late_is_decided(rule("A", masked)));
  BOOST_TEST(late_is_decided(rule("A", masked, "    status: shadow\n")));
  BOOST_TEST(
      late_is_decided(rule("A", masked, "    from_score: profile.soon\n")));
}

BOOST_AUTO_TEST_CASE(shadow_rules_are_shown_and_never_count) {
  Court court("request",
              rule("LIVE", "flag: request.urgency_claimed") +
                  rule("SHADE", "flag: request.urgency_claimed",
                       "    status: shadow\n    at_least: refuse\n") +
                  rule("DRAFT", "flag: request.urgency_claimed",
                       "    status: draft\n"));
  const Verdict verdict = court(R"({"kind":"request","urgency_claimed":true})");
  BOOST_TEST(verdict.score == 40);
  BOOST_TEST((verdict.action == Action::hold));
  BOOST_TEST(court.outcome("DRAFT") == "not asked");
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 2u);
  BOOST_TEST(verdict.findings[0].rule == "LIVE");
  BOOST_TEST(verdict.findings[1].shadow);
}

BOOST_AUTO_TEST_CASE(only_the_factor_that_is_to_blame_is_evidence) {
  Court court("request", rule("F",
                              "flag: request.auth.factors.exists(f, f.type == "
                              "'otp_sms' && f.result == 'fail')"));
  const Verdict verdict = court(
      R"({"kind":"request","auth":{"factors":[
          {"type":"passkey","result":"pass"},
          {"type":"otp_sms","result":"fail"},
          {"type":"otp_sms","result":"pass"}]}})");
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  const auto& evidence = verdict.findings[0].evidence;
  BOOST_REQUIRE_EQUAL(evidence.size(), 1u);
  BOOST_TEST(evidence[0].fact == "request.auth.factors[1]");
  BOOST_TEST(evidence[0].value == "type=otp_sms result=fail");
}

BOOST_AUTO_TEST_CASE(spans_point_into_subject_and_text) {
  Court court("message", rule("P", "flag: patterns.one && patterns.two"),
              "patterns:\n  one: {any: ['apple']}\n  two: {any: ['pear']}\n");
  const Verdict verdict = court(
      R"({"kind":"message","subject":"ＡＰＰＬＥ pie","text":"补a Pear"})");
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  const auto& evidence = verdict.findings[0].evidence;
  BOOST_REQUIRE_EQUAL(evidence.size(), 2u);
  BOOST_TEST(evidence[0].fact == "message.subject");
  BOOST_TEST(evidence[0].begin == 0u);
  BOOST_TEST(evidence[0].end == 15u);
  BOOST_TEST(evidence[0].seen_as == "apple");
  BOOST_TEST(evidence[0].by == "patterns.one");
  BOOST_TEST(evidence[1].fact == "message.text");
  BOOST_TEST(evidence[1].begin == 5u);
  BOOST_TEST(evidence[1].end == 9u);
  BOOST_TEST(evidence[1].text == "Pear");
}

BOOST_AUTO_TEST_CASE(nearness_counts_characters_to_a_private_contact) {
  Court court("message", rule("NEAR", "flag: patterns.near"),
              "patterns:\n  near: {near_contact: 20, any: ['esim']}\n");
  const auto hits = [&](const std::string& text) {
    return !court("{\"kind\":\"message\",\"text\":\"" + text + "\"}")
                .findings.empty();
  };
  const std::string contact = "telegram @demo_kaka88";
  BOOST_TEST(hits("eSIM " + contact));
  BOOST_TEST(hits(contact + " eSIM"));
  BOOST_TEST(!hits("eSIM here"));
  // Twenty Chinese characters are twenty characters, not sixty bytes.
  const std::string near = "\xE8\xA1\xA5";
  std::string gap;
  for (int i = 0; i < 17; ++i) gap += near;
  BOOST_TEST(hits("esim " + gap + " " + contact));
  gap += gap;
  BOOST_TEST(!hits("esim " + gap + " " + contact));
}

BOOST_AUTO_TEST_CASE(a_judge_remembers_nothing_of_the_record_before) {
  const std::string patterns = "patterns:\n  one: {any: ['apple']}\n";
  const std::string rules = rule("P", "flag: patterns.one") +
                            rule("L", "flag: message.links.size() > 0");
  Court used("message", rules, patterns);
  const char* records[] = {
      R"({"kind":"message","text":"an apple at http://a.example/x"})",
      R"({"kind":"message","text":"nothing"})",
      R"({"kind":"message","subject":"apple","text":""})",
      R"({"kind":"message"})",
  };
  for (int round = 0; round < 2; ++round) {
    for (const char* record : records) {
      Court fresh("message", rules, patterns);
      BOOST_TEST(as_json(used(record)) == as_json(fresh(record)));
    }
  }
}

BOOST_AUTO_TEST_CASE(padding_is_never_the_way_to_pass) {
  Court court("message", rule("L", "flag: message.links.exists(l, l.is_ip)"));
  const auto with_links = [](size_t count) {
    std::string json = "{\"kind\":\"message\",\"text\":\"";
    for (size_t i = 0; i < count; ++i) json += "http://a.example/ ";
    return json + "\"}";
  };
  BOOST_TEST((court(with_links(kLinksMax)).action == Action::pass));
  const Verdict verdict = court(with_links(kLinksMax + 1));
  BOOST_TEST((verdict.action == Action::review));
  BOOST_REQUIRE_EQUAL(verdict.invalid.size(), 1u);
  BOOST_TEST(verdict.invalid[0].fact == "message.text");
}

BOOST_AUTO_TEST_CASE(an_unknown_profile_is_said_and_the_default_judges) {
  Court court("request", rule("F", "flag: request.urgency_claimed"));
  const Verdict verdict =
      court(R"({"kind":"request","policy_profile":"atlantis"})");
  BOOST_REQUIRE_EQUAL(verdict.invalid.size(), 1u);
  BOOST_TEST(verdict.invalid[0].fact == "request.policy_profile");
  BOOST_TEST(verdict.invalid[0].value == "atlantis");
}

BOOST_AUTO_TEST_CASE(an_unknown_profile_is_masked_and_cut) {
  Court court("request", rule("A", "flag: request.urgency_claimed"));
  const Verdict verdict =
      court(R"({"kind":"request","policy_profile":"+12025550199 )" +
            std::string(1000, 'x') + R"("})");
  BOOST_REQUIRE_EQUAL(verdict.invalid.size(), 1u);
  BOOST_TEST(verdict.invalid[0].value ==
             "+*********99 " + std::string(147, 'x') + "…");
}

BOOST_AUTO_TEST_CASE(the_digest_of_a_file_is_told_whole) {
  Court court("request",
              rule("A", "flag: request.evidence.exists(e, has(e.sha256))"));
  const std::string digest =
      "7eb8fac13800138000ab80c92fb7180013800138000c0ffee461380013ba79b7";
  const auto told = [&](const std::string& sha256) {
    return as_json(
        court(R"({"kind":"request","evidence":[{"type":"form","sha256":")" +
              sha256 + R"("}]})"));
  };
  BOOST_TEST(told(digest).find("sha256=" + digest) != std::string::npos);
  // What is none may be a number of somebody.
  BOOST_TEST(told(digest + "+8613800138000").find("13800138000") ==
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_profile_is_one_that_was_not_recorded) {
  Court court("request", rule("R",
                              "require: '!(\"policy_profile\" in "
                              "request.missing_mandatory)'"));
  const auto hits = [&](const std::string& profile) {
    return court(R"({"kind":"request","policy_profile":)" + profile + "}")
        .findings.size();
  };
  BOOST_TEST(hits("\"generic\"") == 0u);
  BOOST_TEST(hits("\"atlantis\"") == 1u);
  BOOST_TEST(hits("null") == 1u);
  BOOST_TEST(hits("\"generic\"") == 0u);
}

BOOST_AUTO_TEST_CASE(a_number_is_told_to_be_no_time) {
  Court court("request", rule("F", "flag: request.urgency_claimed"));
  const auto expected = [&](const std::string& time) {
    const Verdict verdict =
        court(R"({"kind":"request","created_at":)" + time + "}");
    return verdict.invalid.empty() ? "" : verdict.invalid[0].expected;
  };
  const std::string_view about = "seconds since 1970 are not read as one";
  for (const auto number : {"1700000000", "1700000000.5", "\"1700000000\""}) {
    BOOST_TEST(expected(number).ends_with(about), number);
  }
  BOOST_TEST(expected("\"yesterday\"").ends_with("+08:00"));
  BOOST_TEST(expected("true").ends_with("+08:00"));
}

BOOST_AUTO_TEST_CASE(a_number_that_a_spreadsheet_rounded_is_told_its_cure) {
  Court court("request", rule("F", "flag: request.urgency_claimed"));
  const std::pair<std::string, bool> kCases[] = {
      {R"("sim":{"new":{"iccid":"8.98600121234568E+18"}})", true},
      {R"("phone_number":"4.477E+11")", true},
      {R"("correlation_id":"2.02603E+15")", true},
      {R"("phone_number":"447700900123")", false},
      {R"("sim":{"new":{"iccid":true}})", false},
  };
  for (const auto& [key, rounded] : kCases) {
    const Verdict verdict = court(R"({"kind":"request",)" + key + "}");
    BOOST_REQUIRE_MESSAGE(verdict.invalid.size() == 1u, key);
    const std::string_view told = verdict.invalid[0].expected;
    BOOST_TEST((told.find("format the column as text") != told.npos) == rounded,
               key << ": " << told);
  }
}

BOOST_AUTO_TEST_CASE(a_way_out_is_named_in_the_authors_words) {
  Court court("request",
              rule("D",
                   "require: |\n      request.agent.registered\n        "
                   "|| request.applicant.in_person"));
  const Verdict verdict = court(R"({"kind":"request"})");
  BOOST_REQUIRE_EQUAL(verdict.would_pass_if.size(), 1u);
  BOOST_TEST(verdict.would_pass_if[0] ==
             "request.agent.registered || request.applicant.in_person");
  BOOST_TEST((verdict.would_become == Action::pass));
  BOOST_TEST(verdict.not_recorded.size() == 2u);
}

// A condition over the paragraphs of a text points at the paragraph to blame.
BOOST_AUTO_TEST_CASE(only_the_block_that_is_to_blame_is_evidence) {
  Court court("message",
              rule("BLOCK",
                   "flag: message.blocks.exists(b, b.private_contacts > 0 && "
                   "!b.wrapper)"));
  const Verdict verdict = court(
      R"({"kind":"message","text":"Go to a store.\n\nTG @demo_seller\nBring papers."})");
  BOOST_TEST(court.outcome("BLOCK") == "hit");
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  const auto& evidence = verdict.findings[0].evidence;
  BOOST_REQUIRE_EQUAL(evidence.size(), 1u);
  BOOST_TEST(evidence[0].fact == "message.text");
  BOOST_TEST(evidence[0].by == "block");
  BOOST_TEST(evidence[0].begin == 16u);
  BOOST_TEST(evidence[0].end == 31u);
}

// The word that makes a number a code may stand outside of what a pattern
// matches.
BOOST_AUTO_TEST_CASE(what_is_hidden_in_the_text_is_not_told_as_what_it_reads) {
  Court court("message", rule("P", "flag: patterns.one"),
              "patterns:\n  one: {any: ['is [0-9]{6}']}\n");
  const Verdict verdict =
      court(R"({"kind":"message","text":"Your cоde IS 482913"})");
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  const auto& evidence = verdict.findings[0].evidence;
  BOOST_REQUIRE_EQUAL(evidence.size(), 1u);
  BOOST_TEST(evidence[0].text == "IS ******");
  BOOST_TEST(evidence[0].seen_as == "IS ******");
}

BOOST_AUTO_TEST_CASE(a_text_without_a_mask_shows_no_number_of_anybody) {
  Court court("request", rule("A", "flag: has(request.agent.id)"));
  const auto shown = [&](const std::string& id) {
    return court(R"({"kind":"request","agent":{"id":")" + id + R"("}})")
        .findings.at(0)
        .evidence.at(0)
        .value;
  };
  BOOST_TEST(shown("DL-0977") == "DL-0977");
  BOOST_TEST(shown("+12025550199") == "+*********99");
  BOOST_TEST(shown("wang.li@mail.example") == "w******@mail.example");
}

BOOST_AUTO_TEST_CASE(a_contact_that_is_asked_for_twice_is_shown_once) {
  Court court("message", rule("TWICE",
                              "flag: size(message.contacts) > 0 && "
                              "size(message.private_contacts) > 0"));
  const Verdict verdict =
      court(R"({"kind":"message","text":"TG @demo_one or TG @demo_two"})");
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  const auto& evidence = verdict.findings[0].evidence;
  BOOST_REQUIRE_EQUAL(evidence.size(), 2u);
  BOOST_TEST(evidence[0].begin == 0u);
  BOOST_TEST(evidence[1].begin == 16u);
}

// An advert wrapped round an honest article is flagged at the wrapper only, and
// its second half is no honester for saying less.
BOOST_AUTO_TEST_CASE(blocks_that_do_not_pass_alone_are_named) {
  Court court(
      "message",
      rule("ADVERT",
           "flag: message.text.contains('eSIM') && message.contacts.exists(c, "
           "!c.official)"));
  const Verdict wrapped = court(
      R"({"kind":"message","subject":"News","text":"eSIM: TG @demo_seller\nTake your passport.\nMore: 10010\nTG @demo_seller"})");
  BOOST_REQUIRE_EQUAL(wrapped.blocks.size(), 2u);
  BOOST_TEST(wrapped.blocks[0].block == 1u);  // the subject is the first
  BOOST_TEST(wrapped.blocks[0].begin == 0u);
  BOOST_TEST(wrapped.blocks[0].end == 21u);
  BOOST_TEST(wrapped.blocks[1].block == 4u);
  BOOST_TEST((wrapped.blocks[1].action == Action::hold));
  BOOST_TEST(wrapped.blocks[1].rules == std::vector<std::string>{"ADVERT"},
             boost::test_tools::per_element());
  const Verdict apart =
      court(R"({"kind":"message","text":"eSIM\nTG @demo_seller"})");
  BOOST_TEST((apart.action == Action::hold));
  BOOST_TEST(apart.blocks.empty());
  const Verdict single =
      court(R"({"kind":"message","text":"eSIM TG @demo_seller"})");
  BOOST_TEST((single.action == Action::hold));
  BOOST_TEST(single.blocks.empty());
}

BOOST_AUTO_TEST_CASE(a_link_behind_all_text_belongs_to_no_block) {
  Court court("message", rule("LINK", "flag: size(message.html_links) > 0"));
  const Verdict verdict = court(
      R"({"kind":"message","subject":"News","text":"Take this.\nAnd that.","html_links":[{"target":"https://a.example/","begin":11},{"target":"https://b.example/","begin":9223372036854775807}]})");
  BOOST_REQUIRE_EQUAL(verdict.blocks.size(), 1u);
  BOOST_TEST(verdict.blocks[0].begin == 11u);
}

// Evidence shows the first place of a pattern, and the advert stands elsewhere
// too.
BOOST_AUTO_TEST_CASE(each_block_that_does_not_pass_alone_is_named) {
  Court court("message", rule("P", "flag: patterns.one"),
              "patterns:\n  one: {any: ['(?:buy|get) a sim']}\n");
  const Verdict twice = court(
      R"({"kind":"message","text":"Buy a SIM.\nFine.\nGet a SIM.\nBuy a SIM."})");
  BOOST_REQUIRE_EQUAL(twice.blocks.size(), 3u);
  BOOST_TEST(twice.blocks[0].block == 0u);
  BOOST_TEST(twice.blocks[1].block == 2u);
  BOOST_TEST(twice.blocks[2].block == 3u);
  BOOST_TEST(twice.blocks_left == 0u);
  std::string lines;
  for (size_t i = 0; i < kBlocksJudgedMax; ++i) lines += "Fine.\\n";
  const Verdict last =
      court(R"({"kind":"message","text":")" + lines + R"(Buy a SIM.\nFine."})");
  BOOST_REQUIRE_EQUAL(last.blocks.size(), 1u);
  BOOST_TEST(last.blocks[0].block == kBlocksJudgedMax);
  BOOST_TEST(last.blocks_left == 2u);
  BOOST_TEST(as_json(last).find(R"("blocks_left":2)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_nobody_is_told_changes_no_other_word) {
  Court court("message", rule("ADVERT",
                              "flag: message.contacts.exists(c, "
                              "!c.official)"));
  constexpr std::string_view kMail =
      R"({"kind":"message","text":"TG @demo_seller\nTake a passport.\nMore"})";
  const Verdict whole = court(kMail);
  BOOST_REQUIRE_EQUAL(whole.findings.size(), 1u);
  BOOST_REQUIRE_EQUAL(whole.blocks.size(), 1u);
  BOOST_TEST(!whole.findings[0].evidence.empty());
  court.judge->answer_with(false, false);
  const Verdict bare = court(kMail);
  Verdict without = whole;
  without.blocks.clear();
  for (Finding& finding : without.findings) {
    finding.evidence.clear();
    finding.reason = finding.remedy = "";
  }
  BOOST_TEST(as_json(bare) == as_json(without));
  court.judge->answer_with(true, true);
  BOOST_TEST(as_json(court(kMail)) == as_json(whole));
}

// With and without the reasons, which are in that language as well.
BOOST_AUTO_TEST_CASE(a_finding_has_its_title_in_the_language_that_was_asked) {
  std::string written = rule("ADVERT", "flag: message.contacts.size() > 0");
  const size_t title = written.find("title: T");
  BOOST_REQUIRE(title != std::string::npos);
  written.replace(title, 8, "title: {en: T, zh: 广告}");
  Court court("message", written);
  for (const bool explain : {true, false}) {
    for (const auto& [language, wanted] :
         {std::pair{"zh", "广告"}, {"en", "T"}, {"ms", "T"}}) {
      Judge judge(*court.plan,
                  JudgeOptions{.language = language, .explain = explain});
      const Item item =
          parse_json(R"({"kind":"message","text":"TG @demo_seller"})", {});
      const Verdict verdict = judge.judge(item.record);
      BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
      BOOST_TEST(verdict.findings[0].title == wanted);
    }
  }
}

// Evidence shows values as the record has them.
BOOST_AUTO_TEST_CASE(a_reason_says_values_in_its_own_language) {
  std::string written = rule("DUTY", "flag: request.reason == 'damaged'");
  const size_t reason = written.find("reason: R");
  BOOST_REQUIRE(reason != std::string::npos);
  const std::string slots =
      "{request.reason}, {request.channel.type}, "
      "{request.applicant.in_person}";
  written.replace(reason, 10,
                  "reason: {en: '" + slots + "', zh: '" + slots + "。'}");
  Court court("request", written);
  const Item item = parse_json(R"({"kind":"request","reason":"damaged",)"
                               R"("applicant":{"in_person":false}})",
                               {});
  for (const auto& [language, wanted] :
       {std::pair{"zh", "损坏, 未记录, 否。"},
        {"en", "damaged, not recorded, false"},
        {"ms", "damaged, not recorded, false"}}) {
    Judge judge(*court.plan, JudgeOptions{.language = language});
    const Verdict verdict = judge.judge(item.record);
    BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
    BOOST_TEST(verdict.findings[0].reason == wanted);
  }
}

// A text of many lines has a bound; nothing behind it is lost.
BOOST_AUTO_TEST_CASE(a_text_of_many_lines_is_judged_by_its_blocks) {
  Court court(
      "message",
      rule("BLOCK", "flag: message.blocks.exists(b, b.private_contacts > 0)") +
          rule("MANY", "flag: message.block_count == 1000"));
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "a\\n";
  court(R"({"kind":"message","text":")" + text + R"(TG @demo_seller"})");
  BOOST_TEST(court.outcome("BLOCK") == "hit");
  BOOST_TEST(court.outcome("MANY") == "hit");
}
