// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "judge/court.h"
#include "judge/twins.h"
#include "judge/window_questions.h"
#include "policy/sample.h"

using namespace simwarden;

// Rules that end at a bound of the condition language: that is the end of them
// and of nobody else, and it is told.
namespace {

std::string rule(const std::string& id, const std::string& condition) {
  return "  - id: " + id +
         "\n    title: T\n    severity: low\n    score: 50\n    family: a\n   "
         " " +
         condition + "\n    reason: R.\n    remedy: Do.\n";
}

std::string message(const std::string& text, const std::string& more = "") {
  return R"({"kind":"message","transport":"email","text":")" + text + "\"" +
         more + "}";
}

// Cut at its blanks it is more texts than one evaluation may make.
std::string many_blanks() {
  return std::string(1'030'000, ' ');
}

std::string attachments(size_t count, const std::string& last = "") {
  std::string items;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) items += ',';
    const bool ends = i + 1 == count && !last.empty();
    items += R"({"name":"p)" + std::to_string(i) + R"(.png","type":")" +
             (ends ? last : "image/png") + "\"}";
  }
  return ",\"attachments\":[" + items + "]";
}

std::string links(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    text += "https://h" + std::to_string(i) + ".example/ ";
  }
  return text;
}

constexpr char kFlagOfPairs[] =
    "flag: \"message.attachments.exists(a, message.links.exists(l, l.host == "
    "a.name) && a.type == 'application/x-msdownload')\"";
constexpr char kDutyOfPairs[] =
    "require: \"message.attachments.all(a, message.links.all(l, l.host != "
    "a.name) || a.type != 'application/x-msdownload')\"";
constexpr char kHeavyBefore[] =
    "flag: \"message.links.exists(l, message.links.exists(m, l.host == "
    "m.path)) "
    "&& message.attachments.exists(a, a.type == 'application/x-msdownload')\"";

}  // namespace

// What a look tells of 16 elements is what the rule says of them, though it
// spends all its steps beside them; of 17 it cannot be told, and is asked.
BOOST_AUTO_TEST_CASE(gates_change_nothing_where_a_rule_ends_at_a_bound) {
  sample::MapFiles files;
  files.put("p/demo/pack.yaml",
            sample::pack("message", rule("R-1", kFlagOfPairs) +
                                        rule("R-2", kDutyOfPairs) +
                                        rule("R-3", kHeavyBefore)));
  files.put("p/profiles/generic.yaml",
            "profile: generic\ntitle: G\nstatus: example\ncountry: ''\n");
  Twins twins(files, "p");
  for (const size_t count : {1, 3, 15, 16, 17, 40}) {
    for (const char* last : {"", "application/x-msdownload"}) {
      const std::string json = message(links(600), attachments(count, last));
      const Item item = parse_json(json, {});
      BOOST_REQUIRE(!item.bad);
      twins.compare(item.record, std::to_string(count) + " pictures " + last);
      const Verdict verdict = twins.fast->judge(item.record);
      const bool decided = count <= 16 && std::string_view(last).empty();
      BOOST_TEST(verdict.failed.empty() == decided);
    }
  }
}

// Looking through these settings costs a step: where the rule has none left it
// fails, and no gate says otherwise.
BOOST_AUTO_TEST_CASE(settings_that_cost_steps_settle_nothing) {
  std::string head = "parameters:\n  many: {type: list(string), default: [a";
  for (int i = 0; i < 80; ++i) head += ", demo_" + std::to_string(i);
  head += "], doc: d., source: s, confidence: default}\n";
  sample::MapFiles files;
  files.put("p/demo/pack.yaml",
            sample::pack("message",
                         rule("R-1",
                              "flag: \"message.links.exists(l, "
                              "message.links.exists(m, l.host == m.path)) && "
                              "'b' in profile.many\""),
                         head));
  files.put("p/profiles/generic.yaml",
            "profile: generic\ntitle: G\nstatus: example\ncountry: ''\n");
  Twins twins(files, "p");
  const Item item = parse_json(message(links(300)), {});
  twins.compare(item.record, "many settings");
  BOOST_TEST(twins.fast->judge(item.record).failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_rule_spends_nothing_of_what_another_one_needs) {
  Court court(
      "message",
      rule("R-1", "flag: message.text.split(' ').size() > 2000000") +
          rule("R-2", "flag: message.text.lowerAscii().contains('your otp')") +
          rule("R-3", "flag: size(message.links) == 1"));
  const Verdict verdict = court(message("Your OTP https://a.example/" +
                                        many_blanks() + many_blanks() + "."));
  BOOST_TEST(court.outcome("R-1") == "undetermined");
  BOOST_REQUIRE_EQUAL(verdict.failed.size(), 1u);
  BOOST_TEST(verdict.failed[0].rule == "R-1");
  BOOST_TEST(court.outcome("R-2") == "hit");
  BOOST_TEST(court.outcome("R-3") == "hit");
}

// Evidence is found by asking again and again, each time from the start.
BOOST_AUTO_TEST_CASE(long_texts_blame_no_innocent_link) {
  Court court("message",
              rule("R-1",
                   "require: message.text.upperAscii().contains('OTP') && "
                   "message.links.all(l, l.host != 'bad.example')"));
  const Verdict verdict =
      court(message("OTP " + links(60) + "https://bad.example/x" +
                    std::string(600'000, ' ') + "."));
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  std::string links_seen;
  for (const Evidence& one : verdict.findings[0].evidence) {
    if (one.by == "link") links_seen += one.seen_as + ' ';
  }
  BOOST_TEST(links_seen == "https://bad.example/x ");
}

// With one link alone there is no second one: an error that proves nothing.
BOOST_AUTO_TEST_CASE(what_fails_only_without_the_others_is_no_witness) {
  Court court("message",
              rule("R-1",
                   "require: message.links[1].host == 'a.example' && "
                   "message.links.all(l, l.host != 'bad.example')"));
  const Verdict verdict =
      court(message("https://a.example/ https://bad.example/x"));
  BOOST_REQUIRE_EQUAL(verdict.findings.size(), 1u);
  std::string seen;
  for (const Evidence& one : verdict.findings[0].evidence) {
    seen += one.seen_as + one.text + " ";
  }
  BOOST_TEST(seen.find("a.example") == std::string::npos);
  BOOST_TEST(seen.find("bad.example") != std::string::npos);
}

// A window's `where` has a budget of its own, too.
BOOST_AUTO_TEST_CASE(one_window_keeps_no_other_from_counting) {
  const std::string head = R"yaml(windows:
  a_long: {doc: d., count: messages, by: message.sender, over: 1h, where: "message.text.split(' ').size() > 2000000"}
  b_short: {doc: d., count: messages, by: message.sender, over: 1h, where: "message.text.lowerAscii().contains('otp')"}
)yaml";
  FactSchema schema;
  sample::MapFiles files;
  files.put(
      "p/demo/pack.yaml",
      sample::pack("message",
                   rule("R-1", "flag: windows.a_long + windows.b_short > 5"),
                   head));
  files.put("p/profiles/generic.yaml",
            "profile: generic\ntitle: G\nstatus: example\ncountry: ''\n");
  const Plan plan(load_packs(files, "p", schema), schema);
  const HashKey key{};
  WindowQuestions questions(plan, key, "generic");
  const Item item =
      parse_json(message("Your OTP" + many_blanks() + many_blanks() + ".",
                         R"(,"sender":"demo_x")"),
                 {});
  std::vector<WindowEntry> entries(questions.size());
  questions.read(item.record, entries);
  BOOST_TEST(!entries[0].counts);
  BOOST_TEST(entries[0].failed);
  BOOST_TEST(entries[1].counts);
  BOOST_TEST(!entries[1].failed);
}

BOOST_AUTO_TEST_CASE(one_wrong_value_of_many_elements_is_told_once) {
  Court court("request", rule("R-1", "flag: request.urgency_claimed"));
  const Verdict verdict = court(
      R"({"kind":"request","auth":{"factors":[{"type":"pin"},{"type":"pin"},{"type":"pun"},{"type":"pin"}]}})");
  BOOST_REQUIRE_EQUAL(verdict.invalid.size(), 2u);
  BOOST_TEST(verdict.invalid[0].value != verdict.invalid[1].value);
}

namespace {

// Answers with a text of its own, made anew each time.
class FreshSender final : public KeptAnswers {
 public:
  std::optional<cel::Value> fact(uint32_t slot, Facts& facts,
                                 cel::Scratch& scratch) const override {
    if (facts.schema().name(slot) != "message.sender") return std::nullopt;
    return scratch.make_string("demo_sender");
  }
  cel::Value pattern(uint32_t, cel::Scratch&) const override { return {}; }
  cel::Value window(uint32_t, cel::Scratch&) const override { return {}; }
  bool was_cut() const override { return false; }
};

}  // namespace

// Both rules share what was answered; the one between them uses the memory
// that the first one gave back.
BOOST_AUTO_TEST_CASE(what_kept_records_answer_outlives_the_rule_that_asked) {
  Court court(
      "message",
      rule("R-1", "flag: message.sender == 'demo_sender'") +
          rule("R-2", "flag: message.language + '-------------' == 'x'") +
          rule("R-3", "flag: message.sender != 'demo_sender'"));
  const Item item = parse_json(message("a", R"(,"language":"en")"), {});
  const FreshSender kept;
  court.judge->judge(item.record, {.kept = &kept});
  BOOST_TEST(court.outcome("R-1") == "hit");
  BOOST_TEST(court.outcome("R-2") == "clear");
  BOOST_TEST(court.outcome("R-3") == "clear");
}
