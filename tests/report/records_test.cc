// SPDX-License-Identifier: Apache-2.0
#include "report/records.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "report/clusters.h"
#include "report/demo_store.h"
#include "report/formats.h"
#include "report/statistics.h"
#include "report/units.h"
#include "store/decisions.h"

// What is counted of the kept facts of every request.
namespace simwarden {
namespace {

Numbers count_all(const ScratchFolder& folder) {
  return must(count_stores({folder.db()}, demo_question()));
}

// The blocks of a store: requests begin to end of February, and their facts.
struct Piece {
  size_t begin = 0;
  size_t end = 0;
  bool kept = true;
};

void make_store(const ScratchFolder& folder, const std::vector<Piece>& pieces) {
  write_site_key(folder.options().site_key_path);
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  const auto records = demo_requests(2);
  const auto facts = demo_facts(records);
  for (const Piece& piece : pieces) {
    const auto begin = std::ptrdiff_t(piece.begin);
    const auto end = std::ptrdiff_t(piece.end);
    std::vector<std::string> kept;
    if (piece.kept) kept.assign(facts.begin() + begin, facts.begin() + end);
    store_records(*store, run, fmt::format("{}.jsonl", piece.begin),
                  {records.begin() + begin, records.begin() + end}, 0, kept);
  }
  must(store->end_run(run, RunStatus::done));
}

std::string tables_of_records(const Document& document) {
  std::string out;
  for (const char* id :
       {"requests_by", "delays", "channel_shares", "channel_status", "flow",
        "verification_shares", "factors", "factor_mix", "notice_by_channel",
        "notice_delay", "notice_responses", "holds", "swap_to_port",
        "funnel_agents", "funnel_outlets", "fcc", "ncc"}) {
    const ReportTable* table = find_table(document, id);
    BOOST_TEST_REQUIRE(table != nullptr, id);
    out += fmt::format("{}\n{}", id, to_csv(*table));
  }
  return out;
}

BOOST_AUTO_TEST_CASE(values_are_counted_of_every_request_by_its_verdict) {
  const ScratchFolder folder;
  make_store(folder, {{0, 40}});
  const RecordNumbers records = count_all(folder).records;
  BOOST_TEST(records.known == 40u);
  // Every fourth comes by each channel; 2, 12, 22 and 32 are stopped: by app,
  // in a store, by app, in a store.
  const ChoiceCounts& types = records.choices.at("channel.type");
  BOOST_TEST(types.size() == 4u);
  BOOST_TEST(types.at("app").total() == 10u);
  BOOST_TEST(types.at("app").stopped() == 2u);
  BOOST_TEST(types.at("store_own").stopped() == 2u);
  BOOST_TEST(types.at("dealer").stopped() == 0u);
  BOOST_TEST(records.choices.at("reason").at("damaged").total() == 14u);
  BOOST_TEST(
      records.choices.at("identity.biometric.liveness_type").at("").total() ==
      40u);
  BOOST_TEST(records.code_to_replaced.at("true").total() == 10u);
  BOOST_TEST(records.factors.at("pin_account").asked == 10u);
  BOOST_TEST(records.factors.at("pin_account").passed == 0u);
  const auto& store = records.channels.at("store_own");
  BOOST_TEST(store.factors[size_t(FactorKind::replaced_number)] == 10u);
  BOOST_TEST(store.activated == 8u);
  BOOST_TEST(store.statuses[4] == 10u);
}

BOOST_AUTO_TEST_CASE(a_request_stands_at_its_strongest_verification) {
  const ScratchFolder folder;
  make_store(folder, {{0, 40}});
  const RecordNumbers records = count_all(folder).records;
  const auto stands = [&records](const char* channel, Verified at) {
    uint64_t sum = 0;
    for (const uint64_t count :
         records.channels.at(channel).verified[size_t(at)]) {
      sum += count;
    }
    return sum;
  };
  BOOST_TEST(stands("store_own", Verified::document) == 10u);
  BOOST_TEST(stands("dealer", Verified::biometric) == 10u);
  BOOST_TEST(stands("app", Verified::document) == 10u);
  BOOST_TEST(stands("hotline", Verified::biometric) == 10u);
}

BOOST_AUTO_TEST_CASE(delays_are_those_between_the_times_of_the_record) {
  const ScratchFolder folder;
  make_store(folder, {{0, 40}});
  const RecordNumbers records = count_all(folder).records;
  // 36 activated, 31 to 70 minutes after the request.
  BOOST_TEST(records.request_to_activation.counted() == 36u);
  BOOST_TEST(records.request_to_activation.between(31, 32) == 1u);
  BOOST_TEST(*records.request_to_activation.quantile(1) == 70u);
  // 4, 9, … 39 had no notice, all of these were activated; 6, 13, 20, 27 were
  // told when it was too late (34 too, but without a notice).
  BOOST_TEST(records.no_notice == 8u);
  BOOST_TEST(records.notice_to_activation.before() == 4u);
  BOOST_TEST(records.notice_to_activation.counted() == 24u);
  // 0, 9, 18, 36.
  BOOST_TEST(records.swap_to_port.counted() == 4u);
  BOOST_TEST(records.swap_to_port.longer() == 0u);
}

BOOST_AUTO_TEST_CASE(quantiles_are_nearest_ranks) {
  Delays delays;
  BOOST_TEST(!delays.quantile(0.5));
  for (int minute = 1; minute <= 100; ++minute) delays.add(minute * 60 + 59);
  delays.add(-1);
  BOOST_TEST(*delays.quantile(0.5) == 50u);
  BOOST_TEST(*delays.quantile(0.95) == 95u);
  BOOST_TEST(delays.counted() == 100u);
  BOOST_TEST(delays.before() == 1u);
  for (int i = 0; i < 100; ++i) delays.add(int64_t{91} * 86400);
  BOOST_TEST(!delays.quantile(0.95));
  BOOST_TEST(delays.longer() == 100u);
}

BOOST_AUTO_TEST_CASE(the_order_of_blocks_changes_no_byte) {
  const ScratchFolder whole;
  make_store(whole, {{0, 40}});
  const std::string tables = tables_of_records(report_of(whole));
  const ScratchFolder forth;
  make_store(forth, {{0, 7}, {7, 20}, {20, 40}});
  BOOST_TEST(tables_of_records(report_of(forth)) == tables);
  const ScratchFolder back;
  make_store(back, {{20, 40}, {7, 20}, {0, 7}});
  BOOST_TEST(tables_of_records(report_of(back)) == tables);
}

BOOST_AUTO_TEST_CASE(several_stores_are_walked_as_one) {
  const ScratchFolder whole;
  make_store(whole, {{0, 40}});
  const ScratchFolder first;
  make_store(first, {{0, 15}});
  const ScratchFolder second;
  make_store(second, {{15, 40}});
  const RecordNumbers a = count_all(whole).records;
  const RecordNumbers b =
      must(count_stores({first.db(), second.db()}, demo_question())).records;
  BOOST_TEST(a.known == b.known);
  BOOST_TEST(a.agents.known.size() == b.agents.known.size());
  for (const auto& [name, unit] : a.agents.known) {
    BOOST_TEST(b.agents.known.at(name).requests == unit.requests);
    BOOST_TEST(b.agents.known.at(name).stopped == unit.stopped);
  }
  BOOST_TEST(*a.request_to_activation.quantile(0.5) ==
             *b.request_to_activation.quantile(0.5));
}

BOOST_AUTO_TEST_CASE(of_records_without_kept_facts_the_report_says_how_many) {
  const ScratchFolder folder;
  make_store(folder, {{0, 30}, {30, 40, false}});
  BOOST_TEST(count_all(folder).records.known == 30u);
  const std::string text = to_markdown(report_of(folder));
  BOOST_TEST(text.find("of requests of the period: 30 of 40;") !=
             std::string::npos);
  // Every month has such a record: no count of some in place of all.
  const Document document = report_of(folder);
  const ReportTable* fcc = find_table(document, "fcc");
  BOOST_TEST_REQUIRE(fcc != nullptr);
  BOOST_TEST(int(fcc->rows[0][2].kind) == int(Cell::Kind::not_stored));
  const ScratchFolder none;
  make_store(none, {{0, 40, false}});
  const Document without = report_of(none);
  BOOST_TEST(find_table(without, "funnel_agents") == nullptr);
  BOOST_TEST(to_markdown(without).find("kept facts") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_damaged_block_is_named_and_the_others_are_counted) {
  const ScratchFolder folder;
  make_store(folder, {{0, 10}, {10, 30}, {30, 40}});
  tamper(folder.db(),
         "UPDATE kept_facts SET facts = CAST(substr(facts, 1, 20) || "
         "x'00' || substr(facts, 22) AS BLOB) WHERE block_id = 2");
  const Numbers numbers = count_all(folder);
  BOOST_TEST(numbers.totals[0].total() == 40u);
  BOOST_TEST(numbers.records.known == 20u);
  const Damage& damage = numbers.records.damage;
  BOOST_TEST(damage.blocks == 1u);
  BOOST_TEST(damage.records == 20u);
  BOOST_TEST_REQUIRE(damage.named.size() == 1u);
  BOOST_TEST(damage.named[0].block == "2");
  BOOST_TEST(damage.named[0].source == "10.jsonl");
  const Document document = report_of(folder);
  const ReportTable* table = find_table(document, "damaged");
  BOOST_TEST_REQUIRE(table != nullptr);
  BOOST_TEST(table->rows[0][1].text == "10.jsonl");
  const std::string text = to_markdown(document);
  BOOST_TEST(text.find("Blocks whose kept facts are not as they were written, "
                       "or cannot be read: "
                       "1. ") != std::string::npos);
  BOOST_TEST(text.find("of requests of the period: 20 of 40;") !=
             std::string::npos);
}

// In the middle of a block whose digest somebody made to fit.
BOOST_AUTO_TEST_CASE(what_comes_before_a_line_that_is_no_json_is_counted) {
  const ScratchFolder folder;
  write_site_key(folder.options().site_key_path);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    const auto records = demo_requests(2);
    auto facts = demo_facts(records);
    facts[30] = "{\"kind\":";
    store_records(*store, run, "0.jsonl", records, 0, facts);
    must(store->end_run(run, RunStatus::done));
  }
  const RecordNumbers records = count_all(folder).records;
  BOOST_TEST(records.known == 30u);
  BOOST_TEST(records.damage.records == 10u);
}

// What the first so many of forty requests keep, for the others are silent.
RecordNumbers count_kept(const ScratchFolder& folder,
                         const std::vector<std::string>& kept) {
  write_site_key(folder.options().site_key_path);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    const auto records = demo_requests(2);
    std::vector<std::string> facts(records.size(), R"({"kind":"request"})");
    std::copy(kept.begin(), kept.end(), facts.begin());
    store_records(*store, run, "0.jsonl", records, 0, facts);
    must(store->end_run(run, RunStatus::done));
  }
  return count_all(folder).records;
}

BOOST_AUTO_TEST_CASE(weak_factors_are_told_by_the_factors) {
  const ScratchFolder folder;
  const std::string lost =
      R"({"kind":"request","reason":"lost","auth":{"weak_only":false,"factors":)";
  const auto records = count_kept(
      folder,
      {lost + R"([{"type":"kba_static","result":"pass"}]}})",
       lost +
           R"([{"type":"otp_sms","destination_type":"number_being_replaced","result":"pass"}]}})",
       lost +
           R"([{"type":"kba_static","result":"pass"},{"type":"passkey","result":"pass"}]}})",
       lost +
           R"([{"type":{"invalid":true},"result":"pass"},{"type":"kba_static","result":"pass"}]}})",
       lost + R"([{"type":"passkey","result":"fail"}]}})",
       lost + R"([{"category":"possession","result":"pass"}]}})",
       lost + R"([{"category":"knowledge","result":"pass"}]}})",
       R"({"kind":"request","auth":{"factors":[{"type":"otp_sms","destination_type":"number_being_replaced","result":"pass"}]}})",
       R"({"kind":"request","auth":{"weak_only":true}})",
       // None was asked for is recorded too: what is claimed beside it is none.
       R"({"kind":"request","auth":{"weak_only":true,"factors":[]}})",
       R"({"kind":"request","auth":{"weak_only":true,"factors":null}})"});
  const ChoiceCounts& weak = records.choices.at("auth.weak_only");
  BOOST_TEST(weak.at("true").total() == 4u);
  BOOST_TEST(weak.at("false").total() == 4u);
  BOOST_TEST(weak.at("").total() == 32u);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_reported_in_time_from_its_end_on) {
  const ScratchFolder folder;
  const auto refused = [](const std::string& closed, const std::string& told) {
    return fmt::format(
        R"({{"kind":"request","created_at":"2026-02-01T00:00:00Z",{}"outcome":{{"decision":"refuse","regulator_notified_at":"{}"}}}})",
        closed, told);
  };
  const std::string closed = R"("completed_at":"2026-02-04T00:00:00Z",)";
  const auto records =
      count_kept(folder, {refused(closed, "2026-02-06T00:00:00Z"),
                          refused(closed, "2026-02-06T00:00:01Z"),
                          refused("", "2026-02-03T00:00:00Z"),
                          refused("", "2026-02-03T00:00:01Z"),
                          refused("", "2026-01-31T23:59:59Z")});
  uint64_t reported = 0;
  uint64_t in_time = 0;
  for (const auto& [profile, months] : records.months) {
    for (const auto& [month, sums] : months) {
      reported += sums.reported;
      in_time += sums.reported_in_time;
    }
  }
  BOOST_TEST(reported == 5u);
  BOOST_TEST(in_time == 2u);
}

BOOST_AUTO_TEST_CASE(ports_and_new_holders_are_no_sim_changes) {
  const ScratchFolder folder;
  const auto of_type = [](const std::string& type) {
    return R"({"kind":"request","request_type":")" + type +
           R"(","outcome":{"state":"completed"}})";
  };
  const auto records = count_kept(
      folder, {of_type("sim_replacement"), of_type("esim_conversion"),
               of_type("port_out"), of_type("port_in"),
               of_type("ownership_transfer"), R"({"kind":"request"})"});
  const auto sum = [](const auto& profiles, auto member) {
    uint64_t all = 0;
    for (const auto& [profile, months] : profiles) {
      for (const auto& [month, sums] : months) all += sums.*member;
    }
    return all;
  };
  BOOST_TEST(sum(records.months, &MonthNumbers::with_type) == 5u);
  BOOST_TEST(sum(records.months, &MonthNumbers::successful) == 5u);
  BOOST_TEST(sum(records.sim_changes, &MonthNumbers::known) == 2u);
  BOOST_TEST(sum(records.sim_changes, &MonthNumbers::successful) == 2u);
}

BOOST_AUTO_TEST_CASE(records_tell_how_long_a_remedy_took) {
  const ScratchFolder folder;
  const auto records = count_kept(
      folder,
      {R"({"kind":"request","outcome":{"fraud_reported_at":"2026-02-01T00:00:00Z","remediated_at":"2026-02-01T05:00:00Z"}})",
       R"({"kind":"request","outcome":{"fraud_reported_at":"2026-02-01T00:00:00Z"}})"});
  BOOST_TEST(records.fraud_to_remedy.counted() == 1u);
  BOOST_TEST(*records.fraud_to_remedy.quantile(0.5) == 300u);
}

// Two remedied after 24 hours by their records, one of them after 2 by what
// people say, another one likewise without a time in its record.
BOOST_AUTO_TEST_CASE(remedies_by_people_and_by_records_count_together) {
  const ScratchFolder folder;
  const std::string remedied =
      R"({"kind":"request","request_type":"sim_replacement","outcome":{"fraud_confirmed":true,"fraud_reported_at":"2026-02-01T00:00:00Z","remediated_at":"2026-02-02T00:00:00Z"}})";
  const std::string fraud =
      R"({"kind":"request","request_type":"sim_replacement","outcome":{"fraud_confirmed":true}})";
  count_kept(folder,
             {remedied, remedied, fraud, fraud, R"({"kind":"request"})"});
  std::vector<Decision> decisions;
  for (const int64_t verdict : {2, 3}) {
    for (const auto& [outcome, at] :
         {std::pair("fraud_confirmed", "2026-04-02T10:00:00Z"),
          std::pair("remedied", "2026-04-02T12:00:00Z")}) {
      decisions.push_back({.verdict_id = verdict,
                           .decided_by = "demo_lead",
                           .decided_at = at,
                           .outcome = outcome});
    }
  }
  BOOST_TEST_REQUIRE(must(decide(folder.db(), decisions)).faults.empty());
  const RecordNumbers records = count_all(folder).records;
  MonthNumbers all;
  for (const auto& [profile, months] : records.sim_changes) {
    for (const auto& [month, sums] : months) {
      all.to_remedy += sums.to_remedy;
      all.remedied += sums.remedied;
      all.remedy_hours += sums.remedy_hours;
    }
  }
  BOOST_TEST(all.to_remedy == 4u);
  BOOST_TEST(all.remedied == 3u);
  BOOST_TEST(all.remedy_hours == 28.0);
}

BOOST_AUTO_TEST_CASE(mandatory_fields_are_counted_of_every_request) {
  const ScratchFolder folder;
  make_store(folder, {{0, 40}});
  const auto& fields = count_all(folder).records.mandatory;
  BOOST_TEST(fields.size() == 16u);
  BOOST_TEST(fields.at("schema_version").recorded == 0u);
  BOOST_TEST(fields.at("country").asked == 40u);
  BOOST_TEST(fields.at("country").recorded == 35u);
  BOOST_TEST(fields.at("policy_profile").unusable == 4u);
  // A factor is a group: recorded as a whole. Nobody takes requests in an app.
  BOOST_TEST(fields.at("auth.factors").recorded == 40u);
  BOOST_TEST(fields.at("agent.id").asked == 30u);
}

BOOST_AUTO_TEST_CASE(messages_are_counted_by_what_they_show) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const MessageNumbers messages = count_all(folder).records.messages;
  BOOST_TEST(messages.known == 2u);
  BOOST_TEST(messages.languages.at("zh-Hans").stopped() == 1u);
  BOOST_TEST(messages.languages.at("").total() == 1u);
  BOOST_TEST(messages.transports.at("chat").total() == 1u);
  BOOST_TEST(messages.contacts.at("wechat").total() == 1u);
  BOOST_TEST(messages.contacts.at("official").total() == 1u);
  BOOST_TEST(messages.link_signs.at("shortener").total() == 1u);
  BOOST_TEST(messages.link_signs.at("any").total() == 1u);
  BOOST_TEST(messages.lookalikes.at("bank-<b>.example\nbank.example").total() ==
             1u);
}

BOOST_AUTO_TEST_CASE(masked_texts_are_of_stopped_messages) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = count_all(folder);
  BOOST_TEST_REQUIRE(numbers.texts.size() == 1u);
  BOOST_TEST(numbers.texts[0].of.verdict_id == 81);
  BOOST_TEST(numbers.texts[0].excerpt ==
             "加微信 <b>demo_handle</b> +** *** **00");
}

std::string token_of(uint64_t value) {
  return fmt::format("t1:k:{:016x}{:016x}", value, 0);
}

// Chance, always the same.
std::vector<std::pair<uint64_t, uint64_t>> shared_values() {
  std::mt19937_64 chance(7);
  std::vector<std::pair<uint64_t, uint64_t>> pairs;
  for (uint64_t cluster = 0; cluster < 400; ++cluster) {
    const uint64_t value = chance();
    for (uint64_t i = 0; i <= cluster % 7; ++i) {
      const uint64_t number = chance();
      pairs.emplace_back(value, number);
      if (i % 2 == 0) pairs.emplace_back(value, number);
    }
  }
  return pairs;
}

BOOST_AUTO_TEST_CASE(clusters_are_values_that_three_numbers_share) {
  ClusterTally tally;
  for (const auto& [value, number] : shared_values()) {
    tally.add(token_of(value), number, {number % 2 == 0, 1});
  }
  tally.add("no pseudonym", 1, {false, 1});
  const ClusterNumbers found = tally.finish();
  BOOST_TEST(found.values == 400u);
  BOOST_TEST(found.shared == 5 * 57u);  // of 7: 3, 4, 5, 6, 7 numbers
  BOOST_TEST(found.halvings == 0u);
  BOOST_TEST(found.largest.size() == kClustersKept);
  BOOST_TEST(found.largest[0].subjects.size() == 7u);
  BOOST_TEST(found.largest[0].requests == 7u + 4u);
}

BOOST_AUTO_TEST_CASE(overrides_are_logged_by_time_with_masked_reasons) {
  const ScratchFolder folder;
  write_site_key(folder.options().site_key_path);
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  auto records = demo_requests(2);
  std::erase_if(records, [](const auto& record) {
    return !record.time.starts_with("2026-02-1");
  });
  BOOST_TEST_REQUIRE(records.size() >= 4U);
  records.resize(4);
  const auto line = [](const char* created, const char* agent) {
    return fmt::format(R"({{"agent":{},"created_at":"{}","kind":"request"}})",
                       agent, created);
  };
  const std::vector<std::string> kept = {
      line("2026-02-03T09:00:00Z",
           R"({"id":{"token":"t1:00000000:abcdef0123456789"},)"
           R"("override_reason":{"excerpt":"reader broken, called **00",)"
           R"("size":40,"token":"t1:00000000:1"},"override_used":true})"),
      line("2026-02-02T09:00:00Z", R"({"override_used":true})"),
      line("2026-02-01T09:00:00Z", R"({"override_used":false})"),
      line("2026-02-01T10:00:00Z", "{}")};
  store_records(*store, run, "demo.jsonl", records, 0, kept);
  must(store->end_run(run, RunStatus::done));
  const OverrideNumbers& overrides = count_all(folder).records.overrides;
  BOOST_TEST(overrides.known == 3U);
  BOOST_TEST(overrides.used == 2U);
  BOOST_TEST(overrides.without_reason == 1U);
  const Document document = report_of(folder);
  const ReportTable* table = find_table(document, "overrides");
  BOOST_TEST_REQUIRE(table != nullptr);
  const std::string csv = to_csv(*table);
  BOOST_TEST(csv.find("2026-02-02T09:00:00Z") <
             csv.find("2026-02-03T09:00:00Z"));
  BOOST_TEST(csv.find("abcdef01…") != std::string::npos);
  BOOST_TEST(csv.find("reader broken, called **00") != std::string::npos);
  // Who and why are not for everybody.
  BOOST_TEST(find_table(report_of(folder, true), "overrides") == nullptr);
}

BOOST_AUTO_TEST_CASE(clusters_beyond_memory_do_not_depend_on_the_order) {
  auto pairs = shared_values();
  std::mt19937_64 chance(3);
  const auto find = [&pairs] {
    ClusterTally tally(600);
    for (const auto& [value, number] : pairs) {
      tally.add(token_of(value), number,
                {number % 3 == 0, int64_t(number >> 1)});
    }
    return tally.finish();
  };
  const ClusterNumbers first = find();
  BOOST_TEST(first.halvings > 0u);
  BOOST_TEST(first.shared > 20u);
  for (int turn = 0; turn < 5; ++turn) {
    std::shuffle(pairs.begin(), pairs.end(), chance);
    const ClusterNumbers again = find();
    BOOST_TEST(again.halvings == first.halvings);
    BOOST_TEST(again.values == first.values);
    BOOST_TEST(again.shared == first.shared);
    BOOST_TEST_REQUIRE(again.largest.size() == first.largest.size());
    for (size_t i = 0; i < first.largest.size(); ++i) {
      BOOST_TEST(again.largest[i].value == first.largest[i].value);
      BOOST_TEST(again.largest[i].requests == first.largest[i].requests);
      BOOST_TEST(again.largest[i].subjects == first.largest[i].subjects);
      BOOST_TEST((again.largest[i].examples == first.largest[i].examples));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_value_of_a_whole_network_takes_bounded_memory) {
  ClusterTally tally(5000);
  for (uint64_t i = 0; i < 50'000; ++i) {
    tally.add(token_of(0), 2 * (i % 20'000 + 1), {i % 2 == 0, int64_t(i)});
  }
  const ClusterNumbers found = tally.finish();
  BOOST_TEST_REQUIRE(found.largest.size() == 1u);
  BOOST_TEST(found.largest[0].requests == 50'000u);
  BOOST_TEST(found.largest[0].subjects.size() == kClusterNumbersMax);
  BOOST_TEST(found.largest[0].more);
  BOOST_TEST(found.largest[0].examples.size() == kClusterVerdictsMax);
}

BOOST_AUTO_TEST_CASE(a_cluster_names_who_passed_before_it_was_stopped) {
  ClusterTally tally;
  const auto add = [&tally](uint64_t number, bool stopped, int64_t verdict) {
    tally.add(token_of(7), number, {stopped, verdict});
  };
  add(3, true, 10);
  add(1, true, 2);  // of this number another one passed, later
  add(1, false, 9);
  add(2, false, 5);
  add(3, true, 11);
  add(2, false, 8);
  add(0, false, 1);  // nobody knows of which number
  const ClusterNumbers found = tally.finish();
  BOOST_TEST_REQUIRE(found.largest.size() == 1u);
  std::vector<int64_t> verdicts;
  for (const auto& example : found.largest[0].examples) {
    verdicts.push_back(example.verdict);
  }
  BOOST_TEST(verdicts == (std::vector<int64_t>{5, 9, 10}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_block_judged_again_is_walked_once) {
  const ScratchFolder folder;
  make_store(folder, {{0, 40}});
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run("sha256:later")));
    const auto records = demo_requests(2);
    store_records(*store, run, "0.jsonl", records, 0, demo_facts(records));
    must(store->end_run(run, RunStatus::done));
  }
  const Numbers numbers = count_all(folder);
  BOOST_TEST(numbers.superseded == 40u);
  BOOST_TEST(numbers.records.known == 40u);
}

BOOST_AUTO_TEST_CASE(small_bands_of_the_flow_are_pooled_when_it_is_published) {
  const ScratchFolder folder;
  make_store(folder, {{0, 40}});
  const Document whole = report_of(folder);
  const ReportTable* flow = find_table(whole, "flow");
  BOOST_TEST_REQUIRE(flow != nullptr);
  const auto is_small = [](const std::vector<Cell>& row) {
    return row[3].kind == Cell::Kind::count && row[3].number < 5;
  };
  BOOST_TEST(std::any_of(flow->rows.begin(), flow->rows.end(), is_small));
  const Document published = report_of(folder, true);
  const ReportTable* open = find_table(published, "flow");
  BOOST_TEST_REQUIRE(open != nullptr);
  BOOST_TEST(std::none_of(open->rows.begin(), open->rows.end(), is_small));
  BOOST_TEST(find_table(published, "funnel_agents") == nullptr);
}

}  // namespace
}  // namespace simwarden
