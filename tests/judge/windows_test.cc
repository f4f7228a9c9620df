// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "judge/window_questions.h"
#include "policy/sample.h"
#include "windows/window_counts.h"

using namespace simwarden;

namespace {

constexpr char kPack[] = R"(pack: demo
version: 1.0.0
asks: request
title: Windows
families: {f: F}
windows:
  agent_1h:
    doc: Requests by one clerk.
    count: requests
    by: request.agent.id
    over: 1h
    where: request.reason != 'upgrade'
    given: request.counter.agent_swaps_1h
  lines_1d: {doc: Numbers of one clerk., distinct: request.phone_number, by: request.agent.id, over: 1d}
  overrides_1d: {doc: Overrides., share: request.agent.override_used, by: request.agent.id, over: 1d}
  since_swap: {doc: The last one., since: requests, by: request.phone_number, over: 7d, given: request.history.latest_sim_change}
rules:
  - {id: R-1, title: t, family: f, severity: low, score: 10, flag: windows.agent_1h >= 2, reason: '{windows.agent_1h} by {request.agent.id}'}
  - {id: R-2, title: t, family: f, severity: low, score: 10, flag: windows.lines_1d >= 2, reason: r}
  - {id: R-3, title: t, family: f, severity: low, score: 10, flag: windows.overrides_1d > 0.4, reason: {en: '{windows.overrides_1d} of all', zh: '占{windows.overrides_1d}'}}
  - {id: R-4, title: t, family: f, severity: low, score: 10, flag: windows.since_swap < duration('48h'), reason: '{windows.since_swap}'}
  - {id: R-5, title: t, family: f, severity: low, score: 10, flag: windows.late, reason: r}
  - {id: R-6, title: t, family: f, severity: low, score: 10, require: windows.agent_1h < 5, reason: '{windows.agent_1h}'}
  - {id: R-7, title: t, family: f, severity: low, score: 10, flag: request.channel.type == 'website' && windows.agent_1h >= 2, reason: r}
)";

class Desk : public WindowSink {
 public:
  explicit Desk(const char* pack = kPack, PlanOptions options = {}) {
    sample::MapFiles shelf;
    shelf.put("p/demo/pack.yaml", pack);
    plan_ = std::make_unique<Plan>(load_packs(shelf, "p", schema_), schema_,
                                   options);
    judge_ = std::make_unique<Judge>(*plan_, JudgeOptions{});
  }

  // Outcomes of the last of these records, "R-1 hit R-2 clear …".
  std::string ask(const std::vector<std::string>& records, bool count = true) {
    HashKey key;
    WindowQuestions questions(*plan_, key, "generic");
    WindowCounts counts(counted_windows(plan_->ruleset()), {});
    std::vector<std::vector<WindowEntry>> entries;
    Item item;
    last_ = records.size() - 1;
    for (const std::string& json : records) {
      item = parse_json(json, {});
      BOOST_REQUIRE(!item.bad);
      entries.emplace_back(questions.size());
      questions.read(item.record, entries.back());
      counts.take({window_time(item.record), entries.back()}, *this);
    }
    counts.flush(*this);
    WindowAnswers answers{timing_, values_};
    verdict = judge_->judge(item.record, {}, count ? &answers : nullptr);
    answers = {};
    if (count) first_figure = figure(plan_->ruleset().window_slot(0));
    std::string out;
    for (const auto& asked : judge_->outcomes()) {
      if (asked.rule->rule->id == "R-7") continue;  // of another test
      out += asked.rule->rule->id + " " + std::string(name_of(asked.outcome)) +
             " ";
    }
    return out;
  }

  void answered(uint64_t ticket, Timing timing,
                std::span<const WindowValue> values) override {
    if (ticket != last_) return;
    timing_ = timing;
    values_.assign(values.begin(), values.end());
  }

  const Plan& plan() const { return *plan_; }

  Verdict verdict;
  int64_t first_figure = 0;  // of the first window, asked for after the verdict

 private:
  int64_t figure(uint32_t slot) {
    cel::Scratch scratch;
    return judge_->bench().fact(slot, scratch).as_int();
  }

  FactSchema schema_;
  std::unique_ptr<Plan> plan_;
  std::unique_ptr<Judge> judge_;
  uint64_t last_ = 0;
  Timing timing_ = Timing::in_time;
  std::vector<WindowValue> values_;
};

std::string record(std::string_view time, std::string_view number,
                   std::string_view more) {
  return std::string(R"({"kind":"request","created_at":"2026-03-02T)") +
         std::string(time) + R"(Z","phone_number":"+120255501)" +
         std::string(number) + "\"" + std::string(more) + "}";
}
constexpr char kClerk[] =
    R"(,"reason":"lost","agent":{"id":"A-1","override_used":true})";
constexpr char kOther[] =
    R"(,"reason":"lost","agent":{"id":"A-2","override_used":false})";

}  // namespace

// A spreadsheet made one text of all numbers: that is no number, and none more.
BOOST_AUTO_TEST_CASE(invalid_values_are_not_counted_as_different_ones) {
  Desk desk;
  const auto invalid = [](std::string time, std::string number) {
    return R"({"kind":"request","created_at":"2026-03-02T)" + time +
           R"(Z","phone_number":")" + number + "\"" + kClerk + "}";
  };
  // R-2 counts different numbers, R-1 requests.
  BOOST_TEST(desk.ask({record("10:00:00", "00", kClerk),
                       invalid("10:10:00", "4.477E+11"),
                       invalid("10:20:00", "4.478E+11")}) ==
             "R-1 hit R-2 clear R-3 hit R-4 undetermined R-5 clear R-6 clear ");
  BOOST_TEST(desk.ask({record("10:00:00", "00", kClerk),
                       record("10:10:00", "01", kClerk),
                       invalid("10:20:00", "4.478E+11")}) ==
             "R-1 hit R-2 hit R-3 hit R-4 undetermined R-5 clear R-6 clear ");
  constexpr char kRounded[] = R"(,"reason":"lost","agent":{"id":"2.02E+15"}})";
  std::string by_nobody = record("10:20:00", "02", "");
  by_nobody.replace(by_nobody.size() - 1, 1, kRounded);
  BOOST_TEST(desk.ask({by_nobody, by_nobody, by_nobody}) ==
             "R-1 undetermined R-2 undetermined R-3 undetermined R-4 hit R-5 "
             "clear R-6 hit ");
}

BOOST_AUTO_TEST_CASE(rules_read_what_was_counted_over_records) {
  Desk desk;
  BOOST_TEST(desk.ask({record("10:00:00", "00", kClerk)}) ==
             "R-1 clear R-2 clear R-3 hit R-4 clear R-5 clear R-6 clear ");
  BOOST_TEST(desk.ask({record("10:00:00", "00", kClerk),
                       record("10:10:00", "01", kOther),
                       record("10:20:00", "00", kClerk)}) ==
             "R-1 hit R-2 clear R-3 hit R-4 hit R-5 clear R-6 clear ");
  BOOST_TEST(desk.verdict.findings[0].reason == "2 by A-1");
  // What is kept of a record is asked for when it is judged.
  BOOST_TEST(desk.first_figure == 2);
  BOOST_TEST(desk.verdict.findings[0].evidence[0].fact == "windows.agent_1h");
  BOOST_TEST(desk.verdict.findings[0].evidence[0].value == "2");
  BOOST_TEST(desk.verdict.findings[2].reason == "20m");
  BOOST_TEST(desk.ask({record("10:00:00", "00", kOther),
                       record("10:20:00", "01", kOther)}) ==
             "R-1 hit R-2 hit R-3 clear R-4 clear R-5 clear R-6 clear ");
}

BOOST_AUTO_TEST_CASE(a_share_is_told_in_per_cent) {
  constexpr char kSame[] =
      R"(,"reason":"upgrade","agent":{"id":"A-1","override_used":false})";
  Desk desk;
  (void)desk.ask({record("10:00:00", "00", kSame),
                  record("10:10:00", "00", kClerk),
                  record("10:20:00", "00", kClerk)});
  const auto found = std::find_if(
      desk.verdict.findings.begin(), desk.verdict.findings.end(),
      [](const Finding& finding) { return finding.rule == "R-3"; });
  BOOST_REQUIRE(found != desk.verdict.findings.end());
  BOOST_TEST(found->reason == "66.7 % of all");
  BOOST_TEST(found->evidence[0].value == "0.6667");
}

BOOST_AUTO_TEST_CASE(a_key_is_counted_however_a_system_spells_it) {
  Desk desk(R"(pack: demo
version: 1.0.0
asks: request
title: Windows
families: {f: F}
windows:
  lines: {doc: Numbers in one telephone., distinct: request.phone_number, by: request.device.new.imei, over: 30d}
rules:
  - {id: R-1, title: t, family: f, severity: low, score: 10, flag: windows.lines >= 3, reason: r}
)");
  BOOST_TEST(
      desk.ask({record("10:00:00", "00",
                       R"(,"device":{"new":{"imei":"490154203237518"}})"),
                record("10:10:00", "01",
                       R"(,"device":{"new":{"imei":"49-015420-323751-8"}})"),
                record("10:20:00", "02",
                       R"(,"device":{"new":{"imei":"4901542032375102"}})")}) ==
      "R-1 hit ");
}

BOOST_AUTO_TEST_CASE(the_order_of_input_does_not_matter) {
  Desk desk;
  BOOST_TEST(desk.ask({record("10:30:00", "01", kOther),
                       record("10:20:00", "00", kOther),
                       record("10:25:00", "02", kOther)}) ==
             "R-1 hit R-2 hit R-3 clear R-4 clear R-5 clear R-6 clear ");
}

BOOST_AUTO_TEST_CASE(a_counter_of_the_record_stands_before_ours) {
  Desk desk;
  const std::string given =
      std::string(kClerk) +
      R"(,"counter":{"agent_swaps_1h":7},"history":{"latest_sim_change":"2026-03-01T10:00:00Z"})";
  const std::string outcomes = desk.ask({record("10:00:00", "00", given)});
  BOOST_TEST(outcomes ==
             "R-1 hit R-2 clear R-3 hit R-4 hit R-5 clear R-6 hit ");
  BOOST_TEST(desk.ask({record("10:00:00", "00", given)}, false) ==
             "R-1 hit R-2 undetermined R-3 undetermined R-4 hit R-5 clear "
             "R-6 hit ");
}

BOOST_AUTO_TEST_CASE(a_zero_of_the_record_is_no_figure_beside_a_count) {
  Desk desk;
  const std::string zero =
      std::string(kClerk) + R"(,"counter":{"agent_swaps_1h":0})";
  const std::vector<std::string> three = {record("10:00:00", "00", zero),
                                          record("10:05:00", "01", zero),
                                          record("10:10:00", "02", zero)};
  BOOST_TEST(desk.ask(three).starts_with("R-1 hit "));
  BOOST_TEST(desk.first_figure == 3);
  BOOST_TEST(desk.ask(three, false).starts_with("R-1 clear "));
}

BOOST_AUTO_TEST_CASE(of_a_given_moment_and_a_counted_one_the_nearer_counts) {
  Desk desk;
  const auto changed = [](std::string_view time) {
    return std::string(kOther) + R"(,"history":{"latest_sim_change":")" +
           std::string(time) + "\"}";
  };
  struct {
    const char* given;
    const char* since;  // of R-4, which hits
  } const rows[] = {{"2023-03-01T10:00:00Z", "20m"},
                    {"2026-03-02T10:05:00Z", "15m"},
                    {"2027-01-01T00:00:00Z", "20m"}};
  for (const auto& row : rows) {
    desk.ask({record("10:00:00", "00", kOther),
              record("10:20:00", "00", changed(row.given))});
    BOOST_TEST(desk.verdict.findings.back().rule == "R-4", row.given);
    BOOST_TEST(desk.verdict.findings.back().reason == row.since, row.given);
  }
  // Nobody has counted, and what was after the request was not before it.
  BOOST_TEST(
      desk.ask({record("10:00:00", "00", changed("2027-01-01T00:00:00Z"))},
               false)
          .find("R-4 undetermined") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(where_there_is_no_figure_a_sign_is_undetermined) {
  Desk desk;
  // Nobody has counted; nobody says which clerk it was; there is no time.
  BOOST_TEST(desk.ask({record("10:00:00", "00", kClerk)}, false) ==
             "R-1 undetermined R-2 undetermined R-3 undetermined "
             "R-4 undetermined R-5 clear R-6 hit ");
  BOOST_TEST(desk.ask({record("10:00:00", "00", "")}) ==
             "R-1 undetermined R-2 undetermined R-3 undetermined R-4 clear "
             "R-5 clear R-6 hit ");
  BOOST_REQUIRE(!desk.verdict.not_recorded.empty());
  BOOST_TEST(desk.verdict.not_recorded[0] == "request.agent.id");
  const std::string timeless =
      std::string(R"({"kind":"request")") + kClerk + "}";
  BOOST_TEST(desk.ask({timeless}) ==
             "R-1 undetermined R-2 undetermined R-3 undetermined "
             "R-4 undetermined R-5 clear R-6 hit ");
}

// Gates that know a rule as undetermined do not say why.
BOOST_AUTO_TEST_CASE(a_rule_without_a_figure_failed_with_gates_and_without) {
  using Ids = std::vector<std::string>;
  for (const bool gates : {true, false}) {
    Desk desk(kPack, {.gates = gates});
    desk.ask({record("10:00:00", "00", kClerk)}, false);
    Ids failed;
    for (const FailedRule& each : desk.verdict.failed) {
      failed.push_back(each.rule);
      BOOST_TEST(each.error == "nobody has counted over records");
    }
    BOOST_TEST((failed == Ids{"R-1", "R-2", "R-3", "R-4", "R-6"}));
    // Nobody says which clerk it was: that is missing.
    desk.ask({record("10:00:00", "00", "")});
    BOOST_TEST(desk.verdict.failed.empty());
  }
}

// Whoever reads one verdict knows why a rule had no figure.
BOOST_AUTO_TEST_CASE(a_late_record_says_that_it_is) {
  Desk desk;
  std::vector<std::string> records;
  for (const char minute : {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'}) {
    const std::string at = std::string("10:0") + minute + ":00";
    records.push_back(record(at, "00", kClerk));
  }
  records.push_back(record("09:00:00", "20", kClerk));
  desk.ask(records);
  BOOST_REQUIRE(!desk.verdict.failed.empty());
  for (const FailedRule& each : desk.verdict.failed) {
    BOOST_TEST(each.error ==
               "the record came late: what stood before it is not known");
  }
}

// A look at a figure that nobody counted settles that a sign is undetermined.
// How long before nobody saw one is no distance from anything: a clerk would
// tell a customer of a change that never was.
BOOST_AUTO_TEST_CASE(the_end_of_a_window_is_told_as_no_distance) {
  std::string pack = kPack;
  const std::string flag = "flag: windows.since_swap < duration('48h')";
  pack.replace(pack.find(flag), flag.size(),
               "flag: windows.since_swap > duration('48h')");
  Desk desk(pack.c_str());
  const auto last_one = [&desk](std::vector<std::string> records) {
    desk.ask(records);
    for (const Finding& f : desk.verdict.findings) {
      if (f.rule == "R-4") return f.reason + "; " + f.evidence.at(0).value;
    }
    return std::string("no hit");
  };
  BOOST_TEST(last_one({record("10:00:00", "00", kOther)}) ==
             "none known within 168h; none known within 168h");
  BOOST_TEST(
      last_one({record(
          "10:00:00", "00",
          R"(,"history":{"latest_sim_change":"2020-01-01T00:00:00Z"})")}) ==
      "none known within 168h; none known within 168h");
  BOOST_TEST(
      last_one({record(
          "10:00:00", "00",
          R"(,"history":{"latest_sim_change":"2026-02-27T10:00:00Z"})")}) ==
      "72h; 72h");
}

BOOST_AUTO_TEST_CASE(gates_look_at_windows) {
  Desk desk;
  const Gates& gates = *desk.plan().gates(Kind::request);
  const uint32_t first = desk.plan().ruleset().window_slot(0);
  const auto& watches = gates.watches();
  BOOST_TEST(std::any_of(
      watches.begin(), watches.end(),
      [&](const Gates::Watch& watch) { return watch.look.slot >= first; }));
}

BOOST_AUTO_TEST_CASE(a_window_whose_condition_failed_is_told) {
  Desk desk(R"(pack: demo
version: 1.0.0
asks: request
title: Windows
families: {f: F}
windows:
  b_few: {doc: d., count: requests, over: 1h, where: int(request.agent.id) > 0}
  a_part: {doc: d., share: int(request.agent.id) > 0, over: 1h}
rules:
  - {id: R-1, title: t, family: f, severity: low, score: 10, flag: windows.b_few >= 2, reason: '{windows.b_few}'}
  - {id: R-2, title: t, family: f, severity: low, score: 10, flag: windows.a_part > 0.9, reason: r}
)");
  const auto by = [](const std::string& clerk) {
    return record("10:00:00", "00", R"(,"agent":{"id":")" + clerk + "\"}");
  };
  desk.ask({by("7"), by("8")});
  BOOST_TEST(desk.verdict.failed.empty());
  // The figure is that of the others.
  BOOST_TEST(desk.ask({by("7"), by("8"), by("x")}) == "R-1 hit R-2 clear ");
  BOOST_TEST(desk.first_figure == 2);
  std::vector<std::string> failed;
  for (const FailedRule& each : desk.verdict.failed) {
    failed.push_back(each.rule + ": " + each.error);
  }
  const std::vector<std::string> expected = {
      "windows.a_part: value cannot be converted",
      "windows.b_few: value cannot be converted"};
  BOOST_TEST(failed == expected, boost::test_tools::per_element());
  BOOST_TEST(desk.verdict.undetermined.empty());
}
