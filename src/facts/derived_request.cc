// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "contact/check_digits.h"
#include "diag/check.h"
#include "facts/derived.h"

// Request facts that are worked out from others. Each says which fact it
// misses when it cannot be worked out.
namespace simwarden {
namespace {

using cel::Scratch;
using cel::Value;

FieldId id_of(std::string_view name) {
  const auto id = find_field(Kind::request, name);
  CHECK(id.has_value(), "derived facts name fields of the table");
  return *id;
}

Value missing(FieldId id, const Slot& slot, Scratch& scratch) {
  WhyMissing why = WhyMissing::absent;
  if (slot.state == SlotState::null) why = WhyMissing::null;
  if (slot.state == SlotState::invalid) why = WhyMissing::invalid;
  return scratch.make_missing(id, uint8_t(why));
}

Value as_given(Facts& facts, FieldId id) {
  return facts.value_of(id, facts.record().slot(id));
}

std::string_view choice(const Record& record, FieldId id, uint32_t item) {
  const Slot& slot = record.member(id, item);
  if (slot.state != SlotState::given) return {};
  return field(id).choices[static_cast<size_t>(slot.integer)];
}

// What the authentication factors of a request show; empty when none are
// recorded.
struct Factors {
  FieldId type = id_of("auth.factors[].type");
  FieldId category = id_of("auth.factors[].category");
  FieldId destination = id_of("auth.factors[].destination_type");
  FieldId result = id_of("auth.factors[].result");
  GroupId group = *find_group(Kind::request, "auth.factors");

  bool recorded(const Record& r) const {
    return r.group_slot(group).state == SlotState::given;
  }
  uint32_t count(const Record& r) const {
    return r.group_slot(group).list.count;
  }
};

const Factors& factors() {
  static const Factors known;
  return known;
}

// A factor without a category counts by its type, so that leaving the
// category out does not make two factors of one.
std::string_view category_of(const Record& record, uint32_t item) {
  const auto& f = factors();
  const std::string_view given = choice(record, f.category, item);
  if (!given.empty()) return given;
  const std::string_view type = choice(record, f.type, item);
  static constexpr std::array<std::string_view, 7> kKnowledge = {
      "pin_account",  "password",    "port_pin",    "kba_static",
      "kba_call_log", "kba_payment", "biographical"};
  if (type == "biometric") return "inherence";
  if (type == "id_in_person" || type == "digital_id") return "evidence";
  if (type == "account_info") return "knowledge";
  if (std::count(kKnowledge.begin(), kKnowledge.end(), type)) {
    return "knowledge";
  }
  return "possession";
}

Value passed_factor_count(Facts& facts, Scratch&) {
  const Record& record = facts.record();
  const auto& f = factors();
  if (!f.recorded(record)) {
    static const FieldId given = id_of("auth.passed_factor_count");
    return as_given(facts, given);
  }
  // Few: the schema has four categories.
  std::vector<std::string_view> categories;
  for (uint32_t i = 0; i < f.count(record); ++i) {
    if (choice(record, f.result, i) != "pass") continue;
    const std::string_view category = category_of(record, i);
    if (!std::count(categories.begin(), categories.end(), category)) {
      categories.push_back(category);
    }
  }
  return Value::of_int(static_cast<int64_t>(categories.size()));
}

Value failed_count(Facts& facts, Scratch&) {
  const Record& record = facts.record();
  const auto& f = factors();
  if (!f.recorded(record)) {
    static const FieldId given = id_of("auth.failed_count");
    return as_given(facts, given);
  }
  int64_t failed = 0;
  for (uint32_t i = 0; i < f.count(record); ++i) {
    const std::string_view result = choice(record, f.result, i);
    if (result == "fail" || result == "expired") ++failed;
  }
  return Value::of_int(failed);
}

bool is_weak(const Record& record, uint32_t item, bool sim_gone) {
  const auto& f = factors();
  const std::string_view type = choice(record, f.type, item);
  if (type.starts_with("kba_") || type == "biographical" ||
      type == "account_info") {
    return true;
  }
  return sim_gone &&
         choice(record, f.destination, item) == "number_being_replaced";
}

// Every passed factor is easy to know or went to the SIM that is gone. No
// passed factor at all is not "weak only": that is a missing factor.
Value weak_only(Facts& facts, Scratch&) {
  const Record& record = facts.record();
  const auto& f = factors();
  if (!f.recorded(record)) {
    static const FieldId given = id_of("auth.weak_only");
    return as_given(facts, given);
  }
  static const FieldId reason = id_of("reason");
  const Slot& why = record.slot(reason);
  bool sim_gone = false;
  if (why.state == SlotState::given) {
    const auto text = field(reason).choices[static_cast<size_t>(why.integer)];
    sim_gone = text == "lost" || text == "stolen";
  }
  bool any_passed = false;
  for (uint32_t i = 0; i < f.count(record); ++i) {
    if (choice(record, f.result, i) != "pass") continue;
    any_passed = true;
    if (!is_weak(record, i, sim_gone)) return Value::of_bool(false);
  }
  return Value::of_bool(any_passed);
}

// Minutes of the local day at which the request was made; -1 when unknown.
int64_t local_minutes(const Record& record) {
  static const FieldId created_at = id_of("created_at");
  const Slot& made = record.slot(created_at);
  if (made.state != SlotState::given) return -1;
  constexpr int64_t kDay = 86400;
  const int64_t local = made.integer + int64_t{made.zone_minutes} * 60;
  return (((local % kDay) + kDay) % kDay) / 60;
}

Value local_hour(Facts& facts, Scratch&) {
  const int64_t minutes = local_minutes(facts.record());
  if (minutes < 0) {
    static const FieldId given = id_of("local_hour");
    return as_given(facts, given);
  }
  return Value::of_int(minutes / 60);
}

// "09:00" -> 540. REQUIRES: text of Format::hours.
int64_t minutes_of(std::string_view hh_mm) {
  int64_t hours = 0;
  int64_t minutes = 0;
  std::from_chars(hh_mm.data(), hh_mm.data() + 2, hours);
  std::from_chars(hh_mm.data() + 3, hh_mm.data() + 5, minutes);
  return hours * 60 + minutes;
}

Value within_open_hours(Facts& facts, Scratch& scratch) {
  static const FieldId open_hours = id_of("channel.open_hours");
  static const FieldId created_at = id_of("created_at");
  const Record& record = facts.record();
  const Slot& hours = record.slot(open_hours);
  if (hours.state != SlotState::given) {
    return missing(open_hours, hours, scratch);
  }
  const int64_t now = local_minutes(record);
  if (now < 0) return missing(created_at, record.slot(created_at), scratch);
  const std::string_view text = record.text(hours);
  const int64_t from = minutes_of(text.substr(0, 5));
  const int64_t to = minutes_of(text.substr(6, 5));
  if (from <= to) return Value::of_bool(now >= from && now < to);
  return Value::of_bool(now >= from || now < to);  // open over midnight
}

Value registrable(Facts& facts, Scratch& scratch) {
  static const FieldId domain = id_of("channel.domain");
  const Slot& slot = facts.record().slot(domain);
  if (slot.state != SlotState::given) return missing(domain, slot, scratch);
  return scratch.make_string(registrable_domain(facts.record().text(slot)));
}

Value domain_lookalike(Facts& facts, Scratch& scratch) {
  static const FieldId domain = id_of("channel.domain");
  const Slot& slot = facts.record().slot(domain);
  if (slot.state != SlotState::given) return missing(domain, slot, scratch);
  const Link host = examine_host(facts.record().text(slot), facts.registry());
  return scratch.make_string(host.lookalike_of);
}

bool is_staffed(const Record& record) {
  static const FieldId type = id_of("channel.type");
  const Slot& slot = record.slot(type);
  if (slot.state != SlotState::given) return false;
  const auto channel = field(type).choices[static_cast<size_t>(slot.integer)];
  static constexpr std::array<std::string_view, 6> kStaffed = {
      "store_own", "store_franchise", "authorised_outlet",
      "dealer",    "retail_partner",  "hotline"};
  return std::count(kStaffed.begin(), kStaffed.end(), channel) > 0;
}

std::vector<FieldId> fields_where(bool (*wanted)(const Field&)) {
  std::vector<FieldId> ids;
  for (size_t i = 0; i < fields().size(); ++i) {
    if (wanted(fields()[i])) ids.push_back(static_cast<FieldId>(i));
  }
  return ids;
}

// A group is mandatory as a whole; its members depend on what each item is.
Value missing_mandatory(Facts& facts, Scratch& scratch) {
  static const FieldId agent = id_of("agent.id");
  static const std::vector<FieldId> mandatory =
      fields_where([](const Field& row) {
        return row.kind == Kind::request && row.mandatory;
      });
  const Record& record = facts.record();
  std::vector<Value> names;
  for (const FieldId id : mandatory) {
    if (record.slot(id).state == SlotState::given) continue;
    if (id == agent && !is_staffed(record)) continue;
    names.push_back(Value::of_string(field(id).name));
  }
  for (size_t i = 0; i < groups().size(); ++i) {
    const Group& row = groups()[i];
    if (row.kind != Kind::request || !row.mandatory) continue;
    const Slot& slot = record.group_slot(static_cast<GroupId>(i));
    if (slot.state != SlotState::given) {
      names.push_back(Value::of_string(row.name));
    }
  }
  return scratch.make_list(names);
}

// Free text must not carry what the masked fields hide.
Value pii_in_clear(Facts& facts, Scratch&) {
  static const FieldId given = id_of("pii_in_clear");
  static const std::array<FieldId, 2> texts = {id_of("reason_text"),
                                               id_of("agent.override_reason")};
  const Record& record = facts.record();
  const Slot& said = record.slot(given);
  if (said.state == SlotState::given && said.boolean) {
    return Value::of_bool(true);
  }
  for (const FieldId id : texts) {
    const Slot& slot = record.slot(id);
    if (slot.state != SlotState::given) continue;
    const Views views = see(record.text(slot));
    const Followable found =
        find_followable(views, facts.registry(), facts.region());
    if (!found.codes.empty()) return Value::of_bool(true);
    for (const Contact& contact : found.contacts) {
      if (contact.kind == "phone" && !contact.official) {
        return Value::of_bool(true);
      }
    }
  }
  return Value::of_bool(false);
}

bool is_request_time(const Field& row) {
  return row.kind == Kind::request && row.type == FieldType::timestamp &&
         row.group == kNoGroup && !row.list;
}

Value changes_7d(Facts& facts, Scratch& scratch) {
  static const std::vector<FieldId> times = fields_where([](const Field& row) {
    return is_request_time(row) && row.name.starts_with("recent.");
  });
  static const FieldId created_at = id_of("created_at");
  constexpr int64_t kWeek = int64_t{7} * 86400;
  const Record& record = facts.record();
  const Slot& made = record.slot(created_at);
  if (made.state != SlotState::given) return missing(created_at, made, scratch);
  int64_t changes = 0;
  bool any = false;
  for (const FieldId id : times) {
    const Slot& slot = record.slot(id);
    if (slot.state != SlotState::given) continue;
    any = true;
    const int64_t before = made.integer - slot.integer;
    if (before >= 0 && before <= kWeek) ++changes;
  }
  if (!any) return missing(times[0], record.slot(times[0]), scratch);
  return Value::of_int(changes);
}

// The clock of rules: the newest time that the record itself knows. Times
// that lie ahead by meaning (…_until) do not count.
Value newest_at(Facts& facts, Scratch& scratch) {
  static const std::vector<FieldId> times = fields_where([](const Field& row) {
    return is_request_time(row) && !row.name.ends_with("_until");
  });
  const Record& record = facts.record();
  const Slot* newest = nullptr;
  for (const FieldId id : times) {
    const Slot& slot = record.slot(id);
    if (slot.state != SlotState::given) continue;
    if (!newest || slot.integer > newest->integer) newest = &slot;
  }
  if (!newest) {
    static const FieldId created_at = id_of("created_at");
    return missing(created_at, record.slot(created_at), scratch);
  }
  return Value::of_timestamp(newest->integer, newest->nanos);
}

// Whether a field that was given passes `check`. An invalid slot has failed
// already; a field that is not there leaves the fact missing.
Value valid(Facts& facts, FieldId id, Scratch& scratch,
            bool (*check)(std::string_view)) {
  const Slot& slot = facts.record().slot(id);
  if (slot.state == SlotState::invalid) return Value::of_bool(false);
  if (slot.state != SlotState::given) return missing(id, slot, scratch);
  return Value::of_bool(check(facts.record().text(slot)));
}

Value phone_valid(Facts& facts, Scratch& scratch) {
  static const FieldId id = id_of("phone_number");
  return valid(facts, id, scratch, [](std::string_view) { return true; });
}
Value old_iccid_valid(Facts& facts, Scratch& scratch) {
  static const FieldId id = id_of("sim.old.iccid");
  return valid(facts, id, scratch, is_iccid);
}
Value new_iccid_valid(Facts& facts, Scratch& scratch) {
  static const FieldId id = id_of("sim.new.iccid");
  return valid(facts, id, scratch, is_iccid);
}
Value eid_valid(Facts& facts, Scratch& scratch) {
  static const FieldId id = id_of("sim.new.eid");
  return valid(facts, id, scratch, is_eid);
}
Value imei_valid(Facts& facts, Scratch& scratch) {
  static const FieldId id = id_of("device.new.imei");
  return valid(facts, id, scratch, is_imei);
}

const cel::Type* texts_type() {
  return cel::list_type(cel::string_type());
}

constexpr Kind kRequest = Kind::request;
constexpr DerivedFact kRows[] = {
    {kRequest, "channel.within_open_hours", cel::bool_type,
     "The request was made while the outlet was open, by its local time.",
     "true", within_open_hours},
    {kRequest, "channel.registrable_domain", cel::string_type,
     "Registrable domain of channel.domain.", "10086.cn", registrable},
    {kRequest, "channel.domain_lookalike_of", cel::string_type,
     "The official domain that channel.domain imitates; '' for none.", "",
     domain_lookalike},
    {kRequest, "missing_mandatory", texts_type,
     "Mandatory fields that are not recorded.", "[agent.id]",
     missing_mandatory},
    {kRequest, "phone_number_valid", cel::bool_type,
     "phone_number is a number in E.164 form.", "true", phone_valid},
    {kRequest, "sim.old.iccid_valid", cel::bool_type,
     "sim.old.iccid has the right length, prefix and check digit.", "true",
     old_iccid_valid, kKept},
    {kRequest, "sim.new.iccid_valid", cel::bool_type,
     "sim.new.iccid has the right length, prefix and check digit.", "true",
     new_iccid_valid, kKept},
    {kRequest, "sim.new.eid_valid", cel::bool_type,
     "sim.new.eid has 32 digits and the right check digits.", "true", eid_valid,
     kKept},
    {kRequest, "device.new.imei_valid", cel::bool_type,
     "device.new.imei has 15 digits and the right check digit.", "true",
     imei_valid, kKept},
    {kRequest, "recent.changes_7d", cel::int_type,
     "How many account details changed in the 7 days before the request.", "1",
     changes_7d},
    {kRequest, "newest_at", cel::timestamp_type,
     "The newest time in the record; rules use it as their clock.",
     "2026-03-02T10:25:00+08:00", newest_at},
};

}  // namespace

std::span<const DerivedFact> derived_request_facts() {
  return kRows;
}

WorkOut work_out_of(FieldId id) {
  static const std::array<std::pair<FieldId, WorkOut>, 5> table = {{
      {id_of("auth.passed_factor_count"), passed_factor_count},
      {id_of("auth.failed_count"), failed_count},
      {id_of("auth.weak_only"), weak_only},
      {id_of("local_hour"), local_hour},
      {id_of("pii_in_clear"), pii_in_clear},
  }};
  for (const auto& row : table) {
    if (row.first == id) return row.second;
  }
  return nullptr;
}

bool keeps_worked_out(FieldId id) {
  static const FieldId from_texts = id_of("pii_in_clear");
  return id == from_texts;
}

}  // namespace simwarden
