// SPDX-License-Identifier: Apache-2.0
#include "judge/gates.h"

#include <bit>
#include <filesystem>
#include <fstream>
#include <random>

#include <boost/test/unit_test.hpp>

#include "files.h"
#include "judge/twins.h"
#include "policy/sample.h"

using namespace simwarden;

namespace {

Twins& twins() {
  static const auto files = disk_files();
  static Twins shipped(*files, "policies");
  return shipped;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  BOOST_REQUIRE_MESSAGE(!lines.empty(), path);
  return lines;
}

// Some fields of `record` get another value, some lose theirs.
void shake(Record& record, std::mt19937& random, uint32_t one_in) {
  const FieldId first = first_field(record.kind());
  for (size_t i = 0; i < fields_of(record.kind()).size(); ++i) {
    const auto id = static_cast<FieldId>(first + i);
    const Field& row = field(id);
    if (random() % one_in != 0) continue;
    if (row.group != kNoGroup) {
      const Slot& head = record.group_slot(row.group);
      if (head.state != SlotState::given || head.list.count == 0) continue;
      record.set_member(id, static_cast<uint32_t>(random() % head.list.count),
                        any_slot(record, row, random));
    } else if (!row.list && row.name != "policy_profile") {
      record.set(id, any_slot(record, row, random));
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(gates_change_no_byte_over_the_corpus) {
  for (const char* path : {"corpus/requests.jsonl", "corpus/messages.jsonl"}) {
    for (const std::string& line : lines_of(path)) {
      const Item item = parse_json(line, {});
      if (!item.bad) twins().compare(item.record, line);
    }
  }
}

BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_mails) {
  size_t seen = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("tests/mail/mails")) {
    if (entry.path().extension() != ".eml") continue;
    const std::string bytes = read_all(entry.path());
    const Item item = parse_mail(bytes, {});
    if (item.bad) continue;
    ++seen;
    twins().compare(item.record, entry.path().string());
    std::mt19937 random(11);
    for (int round = 0; round < 40; ++round) {
      Record shaken = item.record;
      shake(shaken, random, 5);
      twins().compare(shaken, entry.path().string());
    }
  }
  BOOST_TEST(seen > 20u);
}

BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_records_that_were_shaken) {
  std::mt19937 random(20'261'126);
  const auto requests = lines_of("corpus/requests.jsonl");
  for (int round = 0; round < 1500; ++round) {
    const std::string& line = requests[random() % requests.size()];
    Item item = parse_json(line, {});
    if (item.bad) continue;
    shake(item.record, random, round % 3 == 0 ? 3 : 20);
    twins().compare(item.record, "round " + std::to_string(round));
  }
}

BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_texts_that_were_cut_and_joined) {
  std::mt19937 random(7);
  const auto messages = lines_of("corpus/messages.jsonl");
  static const FieldId kText = *find_field(Kind::message, "text");
  const auto text_of = [&](const Record& record) {
    const Slot& slot = record.slot(kText);
    return slot.state == SlotState::given ? std::string(record.text(slot))
                                          : std::string();
  };
  for (int round = 0; round < 800; ++round) {
    Item item = parse_json(messages[random() % messages.size()], {});
    const Item other = parse_json(messages[random() % messages.size()], {});
    if (item.bad || other.bad || item.record.kind() != Kind::message) continue;
    std::string text = text_of(item.record);
    const std::string more = text_of(other.record);
    text.resize(random() % (text.size() + 1));
    text += more.substr(random() % (more.size() + 1));
    shake(item.record, random, 10);
    item.record.set(kText, item.record.make_text(text));
    twins().compare(item.record, text);
  }
}

// Of long groups nothing is told, and their rules are asked.
BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_long_groups) {
  std::mt19937 random(16);
  const auto requests = lines_of("corpus/requests.jsonl");
  for (const uint32_t count : {0u, 1u, 2u, 3u, 16u, 17u, 40u}) {
    for (int round = 0; round < 30; ++round) {
      Item item = parse_json(requests[random() % requests.size()], {});
      if (item.bad) continue;
      for (const char* name : {"auth.factors", "notifications", "evidence"}) {
        const GroupId id = *find_group(Kind::request, name);
        item.record.set_group(id, count);
        for (uint32_t i = 0; i < count; ++i) {
          for (uint8_t m = 0; m < group(id).size; ++m) {
            const auto member = static_cast<FieldId>(group(id).first + m);
            item.record.set_member(
                member, i, any_slot(item.record, field(member), random));
          }
        }
      }
      twins().compare(item.record, std::to_string(count) + " elements");
    }
  }
}

// More questions about the elements of one group than a word has bits, of
// numbers with more bounds than are counted one by one.
BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_many_rules_about_elements) {
  std::string pack =
      "pack: many\nversion: 1.0.0\nasks: request\ntitle: Many\n"
      "families:\n  tries: Tries\nrules:\n";
  for (int i = 0; i < 150; ++i) {
    const char* said = i % 3 == 0 ? "all" : "exists";
    pack += "  - id: MAN-" + std::to_string(100 + i) +
            "\n    title: Tries\n    family: tries\n    severity: low\n"
            "    score: 1\n    flag: request.auth.factors." +
            said + "(f, f.attempts > " + std::to_string(i % 12) +
            (i % 2 == 0 ? " && f.result == 'pass')" : ")") +
            "\n    reason: Tries.\n";
  }
  sample::MapFiles files;
  files.put("many/pack.yaml", pack);
  Twins many(files, "many");
  std::mt19937 random(5);
  const GroupId id = *find_group(Kind::request, "auth.factors");
  static const FieldId kTries =
      *find_field(Kind::request, "auth.factors[].attempts");
  for (int round = 0; round < 400; ++round) {
    Record record(Kind::request);
    const auto count = static_cast<uint32_t>(random() % 5);
    record.set_group(id, count);
    for (uint32_t i = 0; i < count; ++i) {
      for (uint8_t m = 0; m < group(id).size; ++m) {
        const auto member = static_cast<FieldId>(group(id).first + m);
        record.set_member(member, i, any_slot(record, field(member), random));
      }
      if (random() % 8 == 0) continue;
      record.set_member(kTries, i, Slot::of_integer(int64_t(random() % 14)));
    }
    many.compare(record, "round " + std::to_string(round));
  }
}

// Links that a mail does not show in its text count, too.
BOOST_AUTO_TEST_CASE(a_short_mail_of_many_links_was_cut) {
  static const GroupId kLinks = *find_group(Kind::message, "html_links");
  static const FieldId kTarget =
      *find_field(Kind::message, "html_links[].target");
  static const FieldId kText = *find_field(Kind::message, "text");
  Record record(Kind::message);
  record.set(kText, record.make_text("see https://demo.example/ "));
  record.set_group(kLinks, 1000);
  for (uint32_t i = 0; i < 1000; ++i) {
    record.set_member(
        kTarget, i,
        record.make_text("https://a" + std::to_string(i) + ".example/"));
  }
  twins().compare(record, "a mail of links");
  const Verdict verdict = twins().fast->judge(record);
  BOOST_TEST((verdict.action >= Action::review));
  BOOST_TEST(twins().fast->was_cut());
}

// A text of many links is for review even where no rule was woken to look.
BOOST_AUTO_TEST_CASE(what_was_cut_does_not_depend_on_what_was_asked) {
  std::string text;
  for (int i = 0; i < 1100; ++i) {
    text += "http://a" + std::to_string(i) + ".example/ ";
  }
  Record record(Kind::message);
  static const FieldId kText = *find_field(Kind::message, "text");
  record.set(kText, record.make_text(text));
  twins().compare(record, "many links");
  const Verdict verdict = twins().fast->judge(record);
  BOOST_TEST((verdict.action >= Action::review));
  BOOST_TEST(twins().fast->was_cut());
}

BOOST_AUTO_TEST_CASE(most_rules_stay_asleep) {
  const auto asked = [](Kind kind, const char* path) {
    const Plan& plan = *twins().gated;
    const Profile& profile = *twins().ruleset->profile("generic");
    const GateTable& table =
        plan.gates(kind)->table(profile, plan.parameters(profile));
    Bench bench(plan);
    cel::Scratch scratch;
    Woken woken;
    size_t count = 0;
    size_t rules = 0;
    for (const std::string& line : lines_of(path)) {
      const Item item = parse_json(line, {});
      if (item.bad || item.record.kind() != kind) continue;
      scratch.clear();
      bench.look_at(item.record, profile);
      table.wake(bench, scratch, woken);
      rules += plan.rules(kind).size();
      for (const uint64_t word : woken.asked) {
        count += static_cast<size_t>(std::popcount(word));
      }
    }
    BOOST_TEST_MESSAGE(count << " of " << rules << " rules were asked");
    return static_cast<double>(count) / static_cast<double>(rules);
  };
  BOOST_TEST(asked(Kind::request, "corpus/requests.jsonl") < 0.05);
  BOOST_TEST(asked(Kind::message, "corpus/messages.jsonl") < 0.15);
}
