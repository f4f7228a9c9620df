// SPDX-License-Identifier: Apache-2.0
#include "record/fields.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "record/record.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(fields_table)

bool is_snake_part(std::string_view part) {
  if (part.empty() || part.back() == '_' || part[0] == '_') return false;
  char before = '_';
  for (const char c : part) {
    const bool letter = c >= 'a' && c <= 'z';
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !digit && c != '_') return false;
    if (c == '_' && before == '_') return false;
    before = c;
  }
  return part[0] < '0' || part[0] > '9';
}

bool is_snake_name(std::string_view name) {
  while (true) {
    const size_t dot = name.find('.');
    std::string_view part = name.substr(0, dot);
    if (part.ends_with("[]")) part.remove_suffix(2);
    if (!is_snake_part(part)) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

BOOST_AUTO_TEST_CASE(every_name_is_snake_case_and_stands_once_a_kind) {
  std::set<std::pair<Kind, std::string_view>> seen;
  for (const Field& row : fields()) {
    BOOST_TEST(is_snake_name(row.name), row.name);
    BOOST_TEST(seen.insert({row.kind, row.name}).second, row.name);
  }
}

BOOST_AUTO_TEST_CASE(every_row_is_found_under_its_own_id) {
  for (size_t id = 0; id < fields().size(); ++id) {
    const Field& row = field(FieldId(id));
    BOOST_TEST((find_field(row.kind, row.name) == FieldId(id)), row.name);
  }
  BOOST_TEST(!find_field(Kind::message, "phone_number"));
  BOOST_TEST(!find_field(Kind::request, "phoneNumber"));
  BOOST_TEST(!find_group(Kind::message, "evidence"));
}

BOOST_AUTO_TEST_CASE(kinds_stand_in_one_piece_each) {
  const auto requests = fields_of(Kind::request);
  const auto messages = fields_of(Kind::message);
  BOOST_TEST(requests.size() + messages.size() == fields().size());
  BOOST_TEST(first_field(Kind::request) == 0);
  BOOST_TEST(first_field(Kind::message) == requests.size());
  for (const Field& row : requests) BOOST_TEST((row.kind == Kind::request));
  for (const Field& row : messages) BOOST_TEST((row.kind == Kind::message));
}

BOOST_AUTO_TEST_CASE(members_of_a_group_are_neighbours_and_numbered) {
  size_t members = 0;
  for (size_t g = 0; g < groups().size(); ++g) {
    const Group& owner = groups()[g];
    BOOST_TEST((find_group(owner.kind, owner.name) == GroupId(g)));
    BOOST_TEST(owner.size > 0);
    for (uint8_t i = 0; i < owner.size; ++i) {
      const Field& row = field(FieldId(owner.first + i));
      BOOST_TEST(row.group == g);
      BOOST_TEST(row.member == i);
      BOOST_TEST(row.name.starts_with(std::string(owner.name) + "[]."));
      ++members;
    }
  }
  BOOST_TEST(members == size_t(std::count_if(fields().begin(), fields().end(),
                                             [](const Field& f) {
                                               return f.group != kNoGroup;
                                             })));
}

BOOST_AUTO_TEST_CASE(every_row_is_documented_in_one_sentence) {
  for (const Field& row : fields()) {
    BOOST_TEST(row.doc.size() > 10, row.name);
    BOOST_TEST(row.doc.ends_with("."), row.name);
    BOOST_TEST(row.doc.find(". ") == std::string_view::npos, row.name);
    BOOST_TEST(!row.example.empty(), row.name);
    BOOST_TEST(expected(row).size() > 5, row.name);
  }
}

BOOST_AUTO_TEST_CASE(choices_have_words_and_only_choices_have_them) {
  for (const Field& row : fields()) {
    BOOST_TEST((row.type == FieldType::choice) == !row.choices.empty(),
               row.name);
    const std::set<std::string_view> words(row.choices.begin(),
                                           row.choices.end());
    BOOST_TEST(words.size() == row.choices.size(), row.name);
    BOOST_TEST(words.count("") == 0u, row.name);
  }
}

// Formats are of texts or of numbers, never the other way round.
BOOST_AUTO_TEST_CASE(formats_fit_their_types) {
  for (const Field& row : fields()) {
    switch (row.format) {
      case FieldFormat::any: break;
      case FieldFormat::hour:
        BOOST_TEST((row.type == FieldType::integer), row.name);
        break;
      case FieldFormat::fraction:
        BOOST_TEST((row.type == FieldType::number), row.name);
        break;
      case FieldFormat::not_negative:
        BOOST_TEST(
            (row.type == FieldType::number || row.type == FieldType::integer),
            row.name);
        break;
      default: BOOST_TEST((row.type == FieldType::text), row.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(names_that_policies_are_written_against_are_there) {
  for (const std::string_view name :
       {"channel.official_status", "history.sim_swaps_30d",
        "counter.agent_swaps_1h", "session.ip_country", "local_hour",
        "auth.passed_factor_count", "auth.failed_count", "auth.weak_only",
        "pii_in_clear", "applicant.name_match", "sim.new.eid",
        "auth.factors[].destination_type", "notifications[].sent_at",
        "evidence[].sha256", "identity.document.presented_as",
        "account_lock.sim_change_removed_at", "outcome.fraud_confirmed"}) {
    BOOST_TEST(find_field(Kind::request, name).has_value(), name);
  }
  for (const std::string_view name : {"id",
                                      "text",
                                      "subject",
                                      "sender",
                                      "recipients",
                                      "transport",
                                      "language",
                                      "country",
                                      "received_at",
                                      "policy_profile",
                                      "conversation_id",
                                      "from",
                                      "display_name",
                                      "reply_to",
                                      "return_path",
                                      "authentication_results[].method",
                                      "attachments[].name",
                                      "images[].alt",
                                      "qr_codes[].content",
                                      "html_links[].target",
                                      "hidden_text",
                                      "mail_faults"}) {
    BOOST_TEST(find_field(Kind::message, name).has_value(), name);
  }
}

BOOST_AUTO_TEST_CASE(the_mandatory_fields_are_these) {
  std::vector<std::string_view> names;
  for (const Field& row : fields()) {
    if (row.mandatory) names.push_back(row.name);
  }
  const std::vector<std::string_view> kWanted = {
      "schema_version",
      "request_id",
      "country",
      "policy_profile",
      "created_at",
      "phone_number",
      "request_type",
      "reason",
      "channel.type",
      "channel.official_status",
      "agent.id",
      "identity.document.type",
      "identity.document.presented_as",
      "outcome.state",
      "outcome.decision"};
  BOOST_TEST(names == kWanted, boost::test_tools::per_element());
  BOOST_TEST(group(*find_group(Kind::request, "auth.factors")).mandatory);
}

// Nobody's, or somebody's: which, is said, and a text of whom that is forgotten
// is not kept.
BOOST_AUTO_TEST_CASE(
    every_text_says_its_privacy_class_and_only_texts_have_one) {
  for (const Field& row : fields()) {
    BOOST_TEST(
        (row.type == FieldType::text) == (row.privacy != Privacy::unsaid),
        row.name);
  }
  BOOST_TEST((keep_of({.type = FieldType::text}) == Keep::presence));
  BOOST_TEST((keep_of({.type = FieldType::integer}) == Keep::value));
}

// Values that must never be shown in clear have their class.
BOOST_AUTO_TEST_CASE(personal_fields_have_their_privacy_class) {
  const std::pair<std::string_view, Privacy> kRows[] = {
      {"phone_number", Privacy::phone},
      {"identity.document.number_hash", Privacy::document},
      {"delivery.address_hash", Privacy::address},
      {"sim.new.activation_code_hash", Privacy::code},
      {"sim.old.iccid", Privacy::sim},
      {"sim.new.imsi", Privacy::sim},
      {"sim.new.eid", Privacy::sim},
      {"device.new.imei", Privacy::sim},
      {"session.ip", Privacy::ip},
      {"reason_text", Privacy::free_text},
      {"agent.override_reason", Privacy::free_text}};
  for (const auto& [name, privacy] : kRows) {
    BOOST_TEST((field(*find_field(Kind::request, name)).privacy == privacy),
               name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
