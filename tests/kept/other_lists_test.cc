// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "kept/court.h"

// What was kept says nothing of what other patterns, lists and weights would
// have made of the text.
namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(another_set_of_patterns_than_then_is_not_answered) {
  OtherFiles files;
  files.path = "policies/smishing/pack.yaml";
  const auto& packs = court().plan.ruleset().packs;
  const auto pack = std::find_if(packs.begin(), packs.end(),
                                 [](auto& p) { return p.name == "smishing"; });
  BOOST_REQUIRE(pack != packs.end());
  KeptBinding same(court().plan.ruleset(), court().plan);
  BOOST_TEST(same.same_lists());
  for (uint32_t set = 0; set < court().plan.sets().size(); ++set) {
    BOOST_TEST(!same.set_of_then(set).empty());
  }
  files.old_text = "patterns:\n";
  files.new_text = "patterns:\n  demo_other_set:\n    any: ['demo']\n";
  Court other(files);
  KeptBinding binding(court().plan.ruleset(), other.plan);
  size_t unknown = 0;
  for (uint32_t set = 0; set < other.plan.sets().size(); ++set) {
    if (binding.set_of_then(set).empty()) ++unknown;
  }
  BOOST_TEST(unknown == 1u);
}

BOOST_AUTO_TEST_CASE(links_say_nothing_to_other_lists_of_official_hosts) {
  OtherFiles files;
  files.path = "policies/lists/shorteners.yaml";
  files.old_text = "entries:";
  files.new_text =
      "entries:\n  - {value: demo-short.example, confidence: secondary, "
      "source: demo}";
  const Record record = record_of(
      R"({"kind":"message","id":"m","text":"see https://bit.ly/demo"})");
  const std::string line = court().keep(record);
  const Restored restored(line);
  cel::Scratch scratch;
  const FactSchema& schema = court().schema;
  uint32_t links = 0;
  while (schema.name(links) != "message.links") ++links;
  Facts facts(schema, court().plan.registry());
  facts.look_at(restored.kept.record(), "");
  const KeptBinding same(court().plan.ruleset(), court().plan);
  const auto known =
      KeptView(restored.kept, same, "", "").fact(links, facts, scratch);
  BOOST_REQUIRE(known && known->is(cel::Tag::list));
  BOOST_TEST(known->as_list().size() == 1u);
  // Nor to a profile of another country, which reads numbers otherwise.
  const auto abroad =
      KeptView(restored.kept, same, "CN", "GB").fact(links, facts, scratch);
  BOOST_REQUIRE(abroad && abroad->is(cel::Tag::missing));
  BOOST_TEST(!abroad->is_absent());
  Court other(files);
  const KeptBinding binding(court().plan.ruleset(), other.plan);
  BOOST_TEST(!binding.same_lists());
  const auto withheld =
      KeptView(restored.kept, binding, "", "").fact(links, facts, scratch);
  BOOST_REQUIRE(withheld && withheld->is(cel::Tag::missing));
  BOOST_TEST(!withheld->is_absent());
}

// It was taken for one that is not empty, and mails for such that show another
// name than their own.
BOOST_AUTO_TEST_CASE(a_shown_name_is_not_decided_under_other_lists_of_brands) {
  OtherFiles files;
  files.path = "policies/lists/official_domains.yaml";
  files.old_text = "entries:";
  files.new_text =
      "entries:\n  - {value: demo.example, confidence: secondary, source: "
      "demo}";
  const Court other(files);
  const Restored restored(court().keep(record_of(
      R"({"kind":"message","id":"m","text":"see you","display_name":"Demo"})")));
  const KeptBinding binding(court().plan.ruleset(), other.plan);
  const KeptView view(restored.kept, binding, "", "");
  Judge judge(other.plan, {});
  judge.judge(restored.kept.record(), {.kept = &view});
  size_t withheld = 0;
  for (const auto& asked : judge.outcomes()) {
    if (asked.rule->rule->id != "MAIL-002") continue;
    BOOST_TEST((asked.outcome == Outcome::not_applicable));
    withheld += asked.withheld.size();
  }
  BOOST_TEST(withheld == 1u);
}

// It was the share by the weights of then, said to be that by those of now.
BOOST_AUTO_TEST_CASE(a_likeness_says_nothing_to_other_weights_of_phrases) {
  OtherFiles files;
  files.path = "policies/lists/scam_phrases.txt";
  files.old_text = "\n-";
  files.new_text = "\n0.10 demo zorgle\n-";
  const Restored restored(court().keep(record_of(
      R"({"kind":"message","id":"m","text":"your sim is blocked"})")));
  const FactSchema& schema = court().schema;
  cel::Scratch scratch;
  Facts facts(schema, court().plan.registry());
  facts.look_at(restored.kept.record(), "");
  const KeptBinding same(court().plan.ruleset(), court().plan);
  const Court other(files);
  const KeptBinding binding(court().plan.ruleset(), other.plan);
  BOOST_TEST(binding.same_lists());
  for (const char* name : {"message.likeness", "message.likeness_phrases",
                           "message.reads_honest"}) {
    uint32_t slot = 0;
    while (schema.name(slot) != name) ++slot;
    const auto known =
        KeptView(restored.kept, same, "", "").fact(slot, facts, scratch);
    BOOST_TEST((known && !known->is(cel::Tag::missing)), name);
    const auto withheld =
        KeptView(restored.kept, binding, "", "").fact(slot, facts, scratch);
    BOOST_REQUIRE((withheld && withheld->is(cel::Tag::missing)));
    BOOST_TEST(!withheld->is_absent(), name);
  }
}

// A paragraph that leads to a stranger may be what the likeness is of.
BOOST_AUTO_TEST_CASE(a_likeness_of_paragraphs_wants_the_same_official_lists) {
  OtherFiles files;
  files.path = "policies/lists/official_domains.yaml";
  files.old_text = "entries:";
  files.new_text =
      "entries:\n  - {value: demo.example, confidence: secondary, source: "
      "demo}";
  const Court other(files);
  const KeptBinding binding(court().plan.ruleset(), other.plan);
  const FactSchema& schema = court().schema;
  uint32_t slot = 0;
  while (schema.name(slot) != "message.likeness") ++slot;
  for (const auto& [text, known] : {std::pair{"your sim is blocked", true},
                                    {"see you\\nyour sim is blocked", false}}) {
    const Restored restored(court().keep(record_of(
        fmt::format(R"({{"kind":"message","id":"m","text":"{}"}})", text))));
    cel::Scratch scratch;
    Facts facts(schema, court().plan.registry());
    facts.look_at(restored.kept.record(), "");
    const auto value =
        KeptView(restored.kept, binding, "", "").fact(slot, facts, scratch);
    BOOST_REQUIRE(value.has_value());
    BOOST_TEST(!value->is(cel::Tag::missing) == known, text);
  }
}

// A line of a program that did not know the fact: it is not known to be 0,
// which would make every text a short one.
BOOST_AUTO_TEST_CASE(a_length_that_nobody_kept_is_not_known) {
  const FactSchema& schema = court().schema;
  uint32_t slot = 0;
  while (schema.name(slot) != "message.read_length") ++slot;
  const KeptBinding same(court().plan.ruleset(), court().plan);
  const std::string line = court().keep(
      record_of(R"({"kind":"message","id":"m","text":"your sim is blocked"})"));
  const std::string kept = ",\"read_length\":19";
  std::string older = line;
  BOOST_REQUIRE(older.find(kept) != older.npos);
  older.erase(older.find(kept), kept.size());
  for (const auto& [from, known] : {std::pair{line, true}, {older, false}}) {
    const Restored restored(from);
    cel::Scratch scratch;
    Facts facts(schema, court().plan.registry());
    facts.look_at(restored.kept.record(), "");
    const auto value =
        KeptView(restored.kept, same, "", "").fact(slot, facts, scratch);
    BOOST_REQUIRE(value.has_value());
    BOOST_TEST(!value->is(cel::Tag::missing) == known, from);
  }
}

BOOST_AUTO_TEST_CASE(what_reads_honest_is_known_from_what_was_kept) {
  const FactSchema& schema = court().schema;
  uint32_t slot = 0;
  while (schema.name(slot) != "message.reads_honest") ++slot;
  const KeptBinding same(court().plan.ruleset(), court().plan);
  // The second has no phrase at all.
  for (const auto& [text, honest] :
       {std::pair{"Thanks for dinner, the kids loved the pie and the garden",
                  true},
        std::pair{"...", false}}) {
    const std::string line =
        fmt::format(R"({{"kind":"message","id":"m","text":"{}"}})", text);
    const Restored restored(court().keep(record_of(line)));
    cel::Scratch scratch;
    Facts facts(schema, court().plan.registry());
    facts.look_at(restored.kept.record(), "");
    const auto known =
        KeptView(restored.kept, same, "", "").fact(slot, facts, scratch);
    BOOST_REQUIRE(known && known->is(cel::Tag::boolean));
    BOOST_TEST(known->is_true() == honest, text);
  }
}

}  // namespace
}  // namespace simwarden
