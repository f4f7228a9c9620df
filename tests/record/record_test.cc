// SPDX-License-Identifier: Apache-2.0
#include "record/record.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "record/time.h"
#include "record/verdict.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(record_values)

FieldId id_of(std::string_view name, Kind kind = Kind::request) {
  return *find_field(kind, name);
}

// Elements of an example like "[a, b]".
std::vector<std::string> elements_of(std::string_view example) {
  std::vector<std::string> out;
  example = example.substr(1, example.size() - 2);
  while (true) {
    const size_t comma = example.find(", ");
    out.emplace_back(example.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    example.remove_prefix(comma + 2);
  }
}

BOOST_AUTO_TEST_CASE(every_example_reads_back_as_given_and_prints_the_same) {
  for (size_t i = 0; i < fields().size(); ++i) {
    const auto id = FieldId(i);
    const Field& row = field(id);
    Record record(row.kind);
    if (row.list) {
      std::vector<Slot> slots;
      for (const std::string& word : elements_of(row.example)) {
        slots.push_back(read_scalar(record, row, word));
        BOOST_TEST((slots.back().state == SlotState::given), row.name);
      }
      record.set_list(id, slots);
      BOOST_TEST(to_text(record, row, record.slot(id)) == row.example);
      continue;
    }
    const Slot slot = read_scalar(record, row, row.example);
    BOOST_TEST((slot.state == SlotState::given), row.name);
    BOOST_TEST(to_text(record, row, slot) == row.example);
  }
}

// Every word of every choice is read as itself, and near misses are not.
BOOST_AUTO_TEST_CASE(choices_are_read_to_the_letter) {
  for (const Field& row : fields()) {
    Record record(row.kind);
    for (size_t i = 0; i < row.choices.size(); ++i) {
      const std::string word(row.choices[i]);
      const Slot slot = read_scalar(record, row, word);
      BOOST_TEST((slot.state == SlotState::given), row.name);
      BOOST_TEST(slot.integer == int64_t(i));
      for (const std::string& wrong : {word + " ", " " + word, word + "x"}) {
        BOOST_TEST(
            (read_scalar(record, row, wrong).state == SlotState::invalid));
      }
    }
  }
  Record record;
  BOOST_TEST(
      (read_scalar(record, field(id_of("channel.type")), "Dealer").state ==
       SlotState::invalid));
}

struct Case {
  std::string_view field;
  std::string_view text;
  std::string_view printed;  // "" when the value is not allowed
};

BOOST_AUTO_TEST_CASE(values_are_taken_or_kept_as_invalid) {
  const Case kCases[] = {
      {"sim.old.form", "tm", "physical"},
      {"sim.old.form", "TM", "physical"},
      {"sim.new.form", "plastic", "physical"},
      {"sim.new.form", "2FF", "physical"},
      {"sim.new.form", "3FF", "physical"},
      {"sim.new.form", "4FF", "physical"},
      {"sim.new.form", "euicc", "eSIM"},
      {"sim.new.form", "eUICC", "eSIM"},
      {"sim.new.form", "esim", ""},
      {"channel.type", "tm", ""},
      {"agent.registered", "true", "true"},
      {"agent.registered", "TRUE", "true"},
      {"agent.registered", "FALSE", "false"},
      {"agent.registered", "True", ""},
      {"agent.registered", "1", ""},
      {"agent.registered", "yes", ""},
      {"agent.registered", "", ""},
      {"applicant.name_match", "not_available", "not_available"},
      {"applicant.name_match", "TRUE", "true"},
      {"applicant.name_match", "FALSE", "false"},
      {"applicant.name_match", "unknown", ""},
      {"channel.type", "TRUE", ""},
      {"attempt_no", "0", "0"},
      {"attempt_no", "-0", "0"},
      {"attempt_no", "3.0", "3"},
      {"attempt_no", "3.5", ""},
      {"attempt_no", "-1", ""},
      {"sim.new.iccid", "8986001212345678918", "8986001212345678918"},
      {"sim.new.iccid", "8.98600121234568E+18", ""},
      {"sim.old.iccid", "8,986E+18", ""},
      {"device.new.imei", "3.57E+14", ""},
      {"request_id", "2.02603E+15", ""},
      {"request_id", "2e+15", ""},
      {"fee.receipt_no", "2E+15", ""},
      {"request_id", "2E15", "2E15"},
      {"request_id", "2E+5", "2E+5"},
      {"request_id", "12E+15", "12E+15"},
      {"request_id", "2.E+15", "2.E+15"},
      {"request_id", "2E+15-a", "2E+15-a"},
      {"request_id", "E+15", "E+15"},
      {"reason_text", "2E+15", "2E+15"},
      {"attempt_no", "+1", ""},
      {"attempt_no", " 1", ""},
      {"attempt_no", "1 ", ""},
      {"attempt_no", "1e3", "1000"},
      {"attempt_no", "9223372036854775807", "9223372036854775807"},
      {"attempt_no", "9223372036854775808", ""},
      {"attempt_no", "1e30", ""},
      {"attempt_no", "0x10", ""},
      {"local_hour", "23", "23"},
      {"local_hour", "24", ""},
      {"fee.amount", "0", "0"},
      {"fee.amount", "10.00", "10"},
      {"fee.amount", "0.1", "0.1"},
      {"fee.amount", "-0.1", ""},
      {"fee.amount", "nan", ""},
      {"fee.amount", "inf", ""},
      {"fee.amount", "1e999", ""},
      {"fee.amount", "1,5", ""},
      {"identity.biometric.threshold", "1", "1"},
      {"identity.biometric.threshold", "1.01", ""},
      {"phone_number", "+447700900123", "+447700900123"},
      {"phone_number", "+12345", "+12345"},
      {"phone_number", "+1234", ""},
      {"phone_number", "+123456789012345", "+123456789012345"},
      {"phone_number", "+1234567890123456", ""},
      {"phone_number", "+0123456", ""},
      {"phone_number", "447700900123", ""},
      {"phone_number", "+44 7700 900123", ""},
      {"phone_number", "", ""},
      {"country", "GB", "GB"},
      {"country", "gb", ""},
      {"country", "GBR", ""},
      {"fee.currency", "EUR", "EUR"},
      {"fee.currency", "eur", ""},
      {"correlation_id", "a-b_c:d;e.f/g<h>{i}", "a-b_c:d;e.f/g<h>{i}"},
      {"correlation_id", "a b", ""},
      {"schema_version", "1.0.0", "1.0.0"},
      {"schema_version", "10.20.30-rc.1+5", "10.20.30-rc.1+5"},
      {"schema_version", "1.0", ""},
      {"schema_version", "01.0.0", ""},
      {"schema_version", "1.0.0-", ""},
      {"schema_version", "1.0.0x", ""},
      {"channel.open_hours", "00:00-24:00", "00:00-24:00"},
      {"channel.open_hours", "22:00-06:00", "22:00-06:00"},
      {"channel.open_hours", "24:00-06:00", ""},
      {"channel.open_hours", "09:60-18:00", ""},
      {"channel.open_hours", "9-18", ""},
      {"channel.domain", "www.example.com", "www.example.com"},
      {"channel.domain", "https://www.example.com/sim?a=b#c",
       "www.example.com"},
      {"channel.domain", "HTTP://www.example.com:8443", "www.example.com"},
      {"channel.domain", "www.example.com:443", "www.example.com"},
      {"channel.domain", "www.example.com/sim", "www.example.com"},
      {"channel.domain", "www.example.com:443@other.example", ""},
      {"channel.domain", "https://www.example.com\\@other.example", ""},
      {"channel.domain", "https://user@www.example.com/", ""},
      {"channel.domain", "https:///sim", ""},
      {"channel.domain", "/sim", ""},
      {"channel.domain", "our web form", ""},
      {"channel.domain", "ftp://www.example.com", ""},
      {"evidence[].sha256",
       "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
       "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"},
      {"evidence[].sha256", "e3b0c442", ""},
      // A wrong check digit is for a rule to say.
      {"sim.new.iccid", "8900000000000000000", "8900000000000000000"},
      {"reason_text", "", ""},
  };
  for (const Case& c : kCases) {
    Record record;
    const Field& row = field(id_of(c.field));
    const Slot slot = read_scalar(record, row, c.text);
    const bool allowed = !c.printed.empty() || c.field == "reason_text";
    BOOST_TEST((slot.state == SlotState::given) == allowed,
               c.field << " " << c.text);
    BOOST_TEST(to_text(record, row, slot) == (allowed ? c.printed : c.text));
  }
}

struct TimeCase {
  std::string_view text;
  std::string_view printed;  // "" when it is no time
  int64_t seconds;
};

BOOST_AUTO_TEST_CASE(times_are_rfc_3339_with_a_zone) {
  const TimeCase kCases[] = {
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0},
      {"1970-01-01T08:00:00+08:00", "1970-01-01T08:00:00+08:00", 0},
      {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", -1},
      {"2026-03-02T10:15:30+08:00", "2026-03-02T10:15:30+08:00", 1772417730},
      {"2026-03-01T21:45:30-04:30", "2026-03-01T21:45:30-04:30", 1772417730},
      {"2026-03-02t02:15:30z", "2026-03-02T02:15:30Z", 1772417730},
      {"2026-03-02 02:15:30+00:00", "2026-03-02T02:15:30Z", 1772417730},
      {"2026-03-02T02:15:30.5Z", "2026-03-02T02:15:30.5Z", 1772417730},
      {"2026-03-02T02:15:30.123456789Z", "2026-03-02T02:15:30.123456789Z",
       1772417730},
      {"2026-03-02T02:15:30.000000001Z", "2026-03-02T02:15:30.000000001Z",
       1772417730},
      {"2026-03-02T02:15:30.100Z", "2026-03-02T02:15:30.1Z", 1772417730},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", 1709164800},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", -62135596800},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 253402300799},
      {"2026-03-02T02:15:30", "", 0},
      {"2026-03-02T02:15Z", "", 0},
      {"2026-03-02", "", 0},
      {"2026-02-29T00:00:00Z", "", 0},
      {"2026-13-01T00:00:00Z", "", 0},
      {"2026-00-01T00:00:00Z", "", 0},
      {"0000-01-01T00:00:00Z", "", 0},
      {"2016-12-31T23:59:60Z", "", 0},  // a leap second
      {"2026-03-02T24:00:00Z", "", 0},
      {"2026-03-02T02:60:00Z", "", 0},
      {"2026-03-02T02:15:30.Z", "", 0},
      {"2026-03-02T02:15:30.1234567890Z", "", 0},
      {"2026-03-02T02:15:30+0800", "", 0},
      {"2026-03-02T02:15:30+24:00", "", 0},
      {"2026-03-02T02:15:30+08:60", "", 0},
      {"2026-03-02T02:15:30Z ", "", 0},
      {"2026-3-2T02:15:30Z", "", 0},
      {"20260302T021530Z", "", 0},
      {"", "", 0},
      {"yesterday", "", 0},
  };
  for (const TimeCase& c : kCases) {
    const auto time = parse_timestamp(c.text);
    BOOST_TEST(time.has_value() == !c.printed.empty(), c.text);
    if (!time) continue;
    BOOST_TEST(time->seconds == c.seconds, c.text);
    BOOST_TEST(to_text(*time) == c.printed);
  }
}

// Times in the usual forms are read in a way of their own; with a small t they
// are read in the general one.
BOOST_AUTO_TEST_CASE(both_ways_of_reading_a_time_agree) {
  const std::string letters = "0123456789-+:TtZz. /;@\xff";
  for (const std::string good :
       {"2026-03-02T10:15:30Z", "2024-02-29T23:59:59+14:30",
        "0001-01-01T00:00:00-23:59", "9999-12-31T19:09:29+09:19"}) {
    for (size_t at = 0; at < good.size(); ++at) {
      for (const char letter : letters) {
        std::string text = good;
        text[at] = letter;
        if (text[10] != 'T') continue;
        std::string general = text;
        general[10] = 't';
        BOOST_TEST((parse_timestamp(text) == parse_timestamp(general)), text);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(both_ways_of_reading_a_day_agree) {
  for (const int year : {0, 1, 1969, 1970, 2000, 2024, 2026, 2099, 2100}) {
    for (int month = 0; month <= 13; ++month) {
      for (int day = 0; day <= 32; ++day) {
        const std::string text =
            fmt::format("{:04}-{:02}-{:02}", year, month, day);
        const auto general = parse_timestamp(text + "t00:00:00Z");
        const auto usual = parse_timestamp(text + "T00:00:00Z");
        const auto alone = parse_date(text);
        BOOST_TEST((usual == general), text);
        BOOST_TEST(alone.has_value() == general.has_value(), text);
        if (alone) BOOST_TEST(*alone * 86400 == general->seconds, text);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_day_of_the_calendar_is_no_date) {
  for (const char* bad :
       {"2026-2-3", "2026-13-01", "2026-00-10", "2023-02-29", "1900-02-29",
        "2026-04-31", "2026/04/30", "0000-01-01", "2026-04-30 ", ""}) {
    BOOST_TEST(!parse_date(bad), bad);
  }
  BOOST_TEST((parse_date("2000-02-29") == 11016));
}

// Over 400 years, the calendar's period, each day is the one after the last.
BOOST_AUTO_TEST_CASE(days_print_and_read_back_over_the_calendars_period) {
  const int64_t first = *parse_date("1900-01-01");
  const int64_t last = *parse_date("2300-01-01");
  BOOST_TEST(last - first == 146097);
  std::string before;
  for (int64_t day = first; day <= last; ++day) {
    const std::string text = date_text(day);
    BOOST_REQUIRE(parse_date(text) == day);
    BOOST_REQUIRE(before < text);
    before = text;
  }
}

BOOST_AUTO_TEST_CASE(a_slot_tells_its_four_states) {
  Record record;
  const FieldId id = id_of("outcome.fraud_confirmed");
  BOOST_TEST((record.slot(id).state == SlotState::absent));
  Slot null;
  null.state = SlotState::null;
  record.set(id, null);
  BOOST_TEST((record.slot(id).state == SlotState::null));
  record.set(id, read_scalar(record, field(id), "perhaps"));
  BOOST_TEST((record.slot(id).state == SlotState::invalid));
  BOOST_TEST(record.text(record.slot(id)) == "perhaps");
  record.set(id, read_scalar(record, field(id), "false"));
  BOOST_TEST((record.slot(id).state == SlotState::given));
  BOOST_TEST(sizeof(Slot) == 16u);
}

Record sample() {
  Record record;
  const auto put = [&record](std::string_view name, std::string_view text) {
    const FieldId id = id_of(name);
    record.set(id, read_scalar(record, field(id), text));
  };
  put("request_id", "demo-1");
  put("channel.type", "dealer");
  put("created_at", "2026-03-02T10:15:30+08:00");
  record.set_group(*find_group(Kind::request, "auth.factors"), 2);
  const FieldId type = id_of("auth.factors[].type");
  const FieldId result = id_of("auth.factors[].result");
  record.set_member(type, 0, read_scalar(record, field(type), "otp_sms"));
  record.set_member(type, 1, read_scalar(record, field(type), "pin_account"));
  record.set_member(result, 1, read_scalar(record, field(result), "maybe"));
  const FieldId codes = id_of("outcome.reason_codes");
  record.set_list(codes, {record.make_text("A-1"), record.make_text("B-2")});
  return record;
}

BOOST_AUTO_TEST_CASE(groups_and_lists_keep_their_items_apart) {
  const Record record = sample();
  const FieldId type = id_of("auth.factors[].type");
  const FieldId result = id_of("auth.factors[].result");
  const GroupId factors = *find_group(Kind::request, "auth.factors");
  BOOST_TEST(record.group_slot(factors).list.count == 2u);
  BOOST_TEST(to_text(record, field(type), record.member(type, 0)) == "otp_sms");
  BOOST_TEST(to_text(record, field(type), record.member(type, 1)) ==
             "pin_account");
  BOOST_TEST((record.member(result, 0).state == SlotState::absent));
  BOOST_TEST((record.member(result, 1).state == SlotState::invalid));
  const FieldId codes = id_of("outcome.reason_codes");
  BOOST_TEST(to_text(record, field(codes), record.slot(codes)) == "[A-1, B-2]");
  BOOST_TEST(record.text(record.element(codes, 1)) == "B-2");
  BOOST_TEST((record.group_slot(*find_group(Kind::request, "evidence")).state ==
              SlotState::absent));
}

BOOST_AUTO_TEST_CASE(an_empty_list_and_an_empty_group_are_values) {
  Record record;
  record.set_group(*find_group(Kind::request, "notifications"), 0);
  const Slot& slot =
      record.group_slot(*find_group(Kind::request, "notifications"));
  BOOST_TEST((slot.state == SlotState::given));
  BOOST_TEST(slot.list.count == 0u);
  const FieldId services = id_of("linked_services");
  record.set_list(services, {});
  BOOST_TEST((record.slot(services).state == SlotState::given));
  BOOST_TEST(to_text(record, field(services), record.slot(services)) == "[]");
}

BOOST_AUTO_TEST_CASE(a_copy_stands_on_its_own) {
  Record first = sample();
  const Record copy = first;
  BOOST_TEST((copy == first));
  first.clear(Kind::message);
  BOOST_TEST((first.kind() == Kind::message));
  BOOST_TEST(first.id() == "");
  BOOST_TEST(copy.id() == "demo-1");
  BOOST_TEST((copy == sample()));
  BOOST_TEST((first == Record(Kind::message)));
}

BOOST_AUTO_TEST_CASE(records_that_differ_in_one_value_are_not_equal) {
  const Record one = sample();
  Record other = sample();
  const FieldId result = id_of("auth.factors[].result");
  other.set_member(result, 0, read_scalar(other, field(result), "pass"));
  BOOST_TEST(!(one == other));
  other = sample();
  const FieldId created = id_of("created_at");
  // The same moment, written in another zone.
  other.set(created,
            read_scalar(other, field(created), "2026-03-02T02:15:30Z"));
  BOOST_TEST(!(one == other));
  other = sample();
  other.set_list(id_of("outcome.reason_codes"), {other.make_text("A-1")});
  BOOST_TEST(!(one == other));
  other = sample();
  other.set(id_of("reason_text"), other.make_text(""));
  BOOST_TEST(!(one == other));
}

BOOST_AUTO_TEST_CASE(a_message_has_its_id_too) {
  Record record(Kind::message);
  BOOST_TEST(record.id() == "");
  record.set(id_of("id", Kind::message), record.make_text("demo-m1"));
  BOOST_TEST(record.id() == "demo-m1");
}

BOOST_AUTO_TEST_CASE(outcomes_have_their_words) {
  BOOST_TEST(name_of(Outcome::hit) == "hit");
  BOOST_TEST(name_of(Outcome::not_applicable) == "not_applicable");
  BOOST_TEST(name_of(Outcome::waived) == "waived");
  BOOST_TEST(name_of(Action::refuse) == "refuse");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
