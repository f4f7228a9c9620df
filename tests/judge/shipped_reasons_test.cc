// SPDX-License-Identifier: Apache-2.0
// What the shipped rules say in Chinese.
#include <set>

#include <boost/test/unit_test.hpp>
#include <re2/re2.h>

#include "facts/loaded.h"
#include "judge/value_words.h"
#include "policy/ruleset.h"

using namespace simwarden;

namespace {

const FactSchema& schema() {
  static const FactSchema made;
  return made;
}

template <typename Take>
void each_rule(Take take) {
  const auto ruleset = load_packs(*disk_files(), "policies", schema());
  for (const Pack& pack : ruleset->packs) {
    for (const Rule& rule : pack.rules) take(rule, ruleset->schema_slots);
  }
}

// Called so in Chinese, too.
const std::set<std::string_view> kNames = {"ussd", "IAL1", "IAL2", "IAL3"};

void check_choices(const Field& field) {
  if (field.list || field.type != FieldType::choice) return;
  for (const std::string_view choice : field.choices) {
    const bool has_word = kNames.contains(choice) ||
                          said_choice(field.name, choice, "zh") != choice;
    BOOST_TEST(has_word, field.name << ": " << choice);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_choice_that_a_chinese_reason_shows_has_a_word) {
  size_t shown = 0;
  each_rule([&](const Rule& rule, uint32_t slots) {
    for (const TemplatePart& part : in_language(rule.reason, "zh")) {
      if (!part.slot || *part.slot >= slots) continue;
      const Field* field = schema().field_of(*part.slot);
      if (field == nullptr) continue;
      ++shown;
      check_choices(*field);
    }
  });
  BOOST_TEST(shown > 100u);
}

BOOST_AUTO_TEST_CASE(one_choice_of_two_fields_has_two_words) {
  BOOST_TEST(said_choice("line_status", "active", "zh") == "正常");
  BOOST_TEST(said_choice("identity.biometric.liveness_type", "active", "zh") ==
             "交互式");
  BOOST_TEST(said_choice("line_status", "active", "en") == "active");
}

BOOST_AUTO_TEST_CASE(
    a_choice_with_a_word_in_chinese_has_one_in_every_language) {
  for (const Field& field : fields()) {
    for (const std::string_view choice : field.choices) {
      if (said_choice(field.name, choice, "zh") == choice) continue;
      for (const std::string_view language : {"es", "pt", "de"}) {
        BOOST_TEST(said_choice(field.name, choice, language) != "",
                   language << " " << choice);
      }
    }
  }
  BOOST_TEST(said("not recorded", "es-MX") == "no consta");
  BOOST_TEST(said("not recorded", "pt-BR") == "não registrado");
  BOOST_TEST(said_choice("reason", "lost", "de") == "verloren");
  BOOST_TEST(said_boolean(true, "de") == "ja");
  BOOST_TEST(said_boolean(false, "zh") == "否");
  BOOST_TEST(said_boolean(false, "en") == "false");
  BOOST_TEST(said_boolean(true, "fr") == "true");
}

BOOST_AUTO_TEST_CASE(chinese_texts_have_chinese_punctuation) {
  const RE2 narrow(R"(\p{Han}[,;:?!(]|[,;:?!)]\p{Han})");
  each_rule([&](const Rule& rule, uint32_t) {
    std::string all = in_language(rule.title, "zh") + "\n" +
                      in_language(rule.remedy, "zh") + "\n";
    for (const TemplatePart& part : in_language(rule.reason, "zh")) {
      all += part.slot ? "值" : part.text;
    }
    BOOST_TEST(!RE2::PartialMatch(all, narrow), rule.id << ": " << all);
  });
}
