// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "contact/check_digits.h"
#include "diag/ascii.h"
#include "diag/check.h"
#include "facts/derived.h"
#include "facts/local_clock.h"
#include "record/channel_kinds.h"
#include "record/event_time.h"
#include "record/factor_kinds.h"
#include "record/open_hours.h"
#include "record/person.h"
#include "text/views.h"

// Request facts that are worked out from others. Each says which fact it
// misses when it cannot be worked out.
namespace simwarden {
namespace {

using namespace std::string_view_literals;
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

// Of a choice among a few: which of its values are meant, a bit each.
class Choices {
 public:
  Choices(FieldId id, bool (*meant)(std::string_view)) {
    const std::span<const std::string_view> choices = field(id).choices;
    CHECK(choices.size() <= 64, "a choice has few values");
    for (size_t i = 0; i < choices.size(); ++i) {
      if (meant(choices[i])) bits_ |= uint64_t{1} << i;
    }
  }
  // False of a value that is not recorded.
  bool have(const Slot& slot) const {
    return slot.state == SlotState::given && (bits_ >> slot.integer & 1) != 0;
  }

 private:
  uint64_t bits_ = 0;
};

// The word of a choice; "" of what is not recorded.
std::string_view word(FieldId id, const Slot& slot) {
  if (slot.state != SlotState::given) return {};
  return field(id).choices[size_t(slot.integer)];
}

// The authentication factors of a request, as their members stand in an item.
class Factors {
 public:
  GroupId group = *find_group(Kind::request, "auth.factors");

  bool recorded(const Record& r) const {
    return r.group_slot(group).state == SlotState::given;
  }
  uint32_t count(const Record& r) const {
    return r.group_slot(group).list.count;
  }

  using Item = std::span<const Slot>;
  const Slot& type(Item item) const { return item[type_]; }
  bool passed(Item item) const { return passed_.have(item[result_]); }
  bool failed(Item item) const { return failed_.have(item[result_]); }
  // A bit; none of a factor that says neither its category nor its type.
  uint64_t category(Item item) const {
    const Slot& given = item[category_];
    if (given.state == SlotState::given) return uint64_t{1} << given.integer;
    const Slot& of = type(item);
    return of.state == SlotState::given ? by_type_[size_t(of.integer)] : 0;
  }
  PassedFactor words(Item item) const {
    return {word(type_id_, item[type_]), word(category_id_, item[category_]),
            word(destination_id_, item[destination_])};
  }

 private:
  static FieldId member(std::string_view name) {
    return id_of("auth.factors[]." + std::string(name));
  }
  static uint64_t category_called(std::string_view name) {
    static const auto choices = field(member("category")).choices;
    const auto found = std::find(choices.begin(), choices.end(), name);
    CHECK(found != choices.end(), "the schema has the category");
    return uint64_t{1} << (found - choices.begin());
  }
  static std::vector<uint64_t> categories_by_type() {
    std::vector<uint64_t> categories;
    for (const std::string_view type : field(member("type")).choices) {
      categories.push_back(category_called(factor_category(type)));
    }
    return categories;
  }

  FieldId type_id_ = member("type");
  FieldId category_id_ = member("category");
  FieldId destination_id_ = member("destination_type");
  size_t type_ = field(type_id_).member;
  size_t category_ = field(category_id_).member;
  size_t destination_ = field(destination_id_).member;
  size_t result_ = field(member("result")).member;
  std::vector<uint64_t> by_type_ = categories_by_type();
  Choices passed_{member("result"),
                  [](std::string_view result) { return result == "pass"; }};
  Choices failed_{member("result"), [](std::string_view result) {
                    return result == "fail" || result == "expired";
                  }};
};

const Factors& factors() {
  static const Factors known;
  return known;
}

Value passed_factor_count(Facts& facts, Scratch&) {
  const Record& record = facts.record();
  const auto& f = factors();
  if (!f.recorded(record)) {
    static const FieldId given = id_of("auth.passed_factor_count");
    return as_given(facts, given);
  }
  uint64_t categories = 0;
  for (uint32_t i = 0; i < f.count(record); ++i) {
    const auto item = record.members(f.group, i);
    if (f.passed(item)) categories |= f.category(item);
  }
  return Value::of_int(std::popcount(categories));
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
    if (f.failed(record.members(f.group, i))) ++failed;
  }
  return Value::of_int(failed);
}

// One that does not say what it is leaves it unknown, where the others are
// weak.
Value weak_only(Facts& facts, Scratch& scratch) {
  static const FieldId reason = id_of("reason");
  static const FieldId type = id_of("auth.factors[].type");
  const Record& record = facts.record();
  const auto& f = factors();
  if (!f.recorded(record)) {
    static const FieldId given = id_of("auth.weak_only");
    return as_given(facts, given);
  }
  const Slot& why = record.slot(reason);
  auto all = FactorWorth::nothing;
  Value unknown;
  const uint32_t count = f.count(record);
  for (uint32_t i = 0; i < count && all != FactorWorth::strong; ++i) {
    const auto item = record.members(f.group, i);
    if (!f.passed(item)) continue;
    const FactorWorth worth = worth_of(f.words(item), word(reason, why));
    all = std::max(all, worth);
    if (worth == FactorWorth::open_type) {
      unknown = missing(type, f.type(item), scratch);
    } else if (worth == FactorWorth::open_reason) {
      unknown = missing(reason, why, scratch);
    }
  }
  return is_open(all) ? unknown : Value::of_bool(all == FactorWorth::weak);
}

Value local_hour(Facts& facts, Scratch&) {
  const auto minutes = local_minutes(facts.record());
  if (!minutes) {
    static const FieldId given = id_of("local_hour");
    return as_given(facts, given);
  }
  return Value::of_int(minutes->first / 60);
}

Value within_open_hours(Facts& facts, Scratch& scratch) {
  static const FieldId open_hours = id_of("channel.open_hours");
  static const FieldId created_at = id_of("created_at");
  const Record& record = facts.record();
  const Slot& hours = record.slot(open_hours);
  if (hours.state != SlotState::given) {
    return missing(open_hours, hours, scratch);
  }
  const auto now = local_minutes(record);
  if (!now) return missing(created_at, record.slot(created_at), scratch);
  const std::string_view text = record.text(hours);
  const Slot& made = record.slot(created_at);
  const bool knows_day = made.state == SlotState::given;
  if (!knows_day && names_days(text)) return missing(created_at, made, scratch);
  const int day = knows_day ? local_weekday(record, *now) : 0;
  return Value::of_bool(is_open_at(text, {day, now->first, now->last}));
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

// A national number is found in a list of full ones, as in messages.
Value hotline_number(Facts& facts, Scratch& scratch) {
  static const FieldId number = id_of("channel.hotline_number");
  const Record& record = facts.record();
  const Slot& slot = record.slot(number);
  if (slot.state != SlotState::given) return missing(number, slot, scratch);
  return scratch.make_string(
      read_hotline(record.text(slot), facts.registry(), facts.region()));
}

bool a_person_took(const Record& record) {
  static const FieldId type = id_of("channel.type");
  static const Choices staffed(type, is_staffed);
  return staffed.have(record.slot(type));
}

std::vector<FieldId> fields_where(bool (*wanted)(const Field&)) {
  std::vector<FieldId> ids;
  for (size_t i = 0; i < fields().size(); ++i) {
    if (wanted(fields()[i])) ids.push_back(static_cast<FieldId>(i));
  }
  return ids;
}

std::vector<GroupId> mandatory_groups_of_requests() {
  std::vector<GroupId> ids;
  for (size_t i = 0; i < groups().size(); ++i) {
    const Group& row = groups()[i];
    if (row.kind == Kind::request && row.mandatory) {
      ids.push_back(static_cast<GroupId>(i));
    }
  }
  return ids;
}

// A group is mandatory as a whole; its members depend on what each item is. A
// profile that there is not says no more than none.
Value missing_mandatory(Facts& facts, Scratch& scratch) {
  static const FieldId agent = id_of("agent.id");
  static const FieldId profile = id_of("policy_profile");
  static const std::vector<FieldId> mandatory =
      fields_where([](const Field& row) {
        return row.kind == Kind::request && row.mandatory;
      });
  static const std::vector<GroupId> mandatory_groups =
      mandatory_groups_of_requests();
  const Record& record = facts.record();
  std::vector<Value> names;
  for (const FieldId id : mandatory) {
    const bool says_nothing = id == profile && facts.profile_is_unknown();
    if (record.slot(id).state == SlotState::given && !says_nothing) continue;
    if (id == agent && !a_person_took(record)) continue;
    names.push_back(Value::of_string(field(id).name));
  }
  for (const GroupId id : mandatory_groups) {
    if (record.group_slot(id).state != SlotState::given) {
      names.push_back(Value::of_string(group(id).name));
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
  constexpr int64_t kWeek = 7 * kSecondsPerDay;
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

// The clock of rules: the newest time that the record itself knows.
Value newest_at(Facts& facts, Scratch& scratch) {
  static const std::vector<FieldId> times = fields_where([](const Field& row) {
    return is_request_time(row) && !lies_ahead(row);
  });
  const Record& record = facts.record();
  const Slot* newest = nullptr;
  for (const FieldId id : times) {
    const Slot& slot = record.slot(id);
    if (slot.state != SlotState::given) continue;
    const auto moment = [](const Slot& of) {
      return std::pair(of.integer, of.nanos);
    };
    if (!newest || moment(slot) > moment(*newest)) newest = &slot;
  }
  if (!newest) {
    static const FieldId created_at = id_of("created_at");
    return missing(created_at, record.slot(created_at), scratch);
  }
  return Value::of_timestamp(newest->integer, newest->nanos);
}

Value second_person(Facts& facts, Scratch& scratch) {
  static const FieldId first = id_of("agent.id");
  static const FieldId second = id_of("agent.second_approver_id");
  const Record& record = facts.record();
  const Slot& approver = record.slot(second);
  if (approver.state != SlotState::given) {
    return missing(second, approver, scratch);
  }
  if (!names_somebody(record.text(approver))) return Value::of_bool(false);
  const Slot& agent = record.slot(first);
  // Where the subscriber helps himself nobody else took part.
  if (agent.state != SlotState::given) return Value::of_bool(true);
  return Value::of_bool(
      !same_person(record.text(approver), record.text(agent)));
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
Value old_imei_valid(Facts& facts, Scratch& scratch) {
  static const FieldId id = id_of("device.old.imei");
  return valid(facts, id, scratch, is_imei);
}
Value new_imei_valid(Facts& facts, Scratch& scratch) {
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
     "Mandatory fields that are not recorded; policy_profile also when it "
     "names a profile that there is not.",
     "[agent.id]", missing_mandatory},
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
    {kRequest, "device.old.imei_valid", cel::bool_type,
     "device.old.imei has 15 digits and the right check digit.", "true",
     old_imei_valid, kKept},
    {kRequest, "device.new.imei_valid", cel::bool_type,
     "device.new.imei has 15 digits and the right check digit.", "true",
     new_imei_valid, kKept},
    {kRequest, "agent.second_person", cel::bool_type,
     "agent.second_approver_id names somebody (not '', '-', 'N/A', '000' and "
     "the "
     "like) who is not agent.id, where that is recorded.",
     "true", second_person, kKept},
    {kRequest, "recent.changes_7d", cel::int_type,
     "How many account details are recorded as changed in the 7 days before "
     "the request.",
     "1", changes_7d},
    {kRequest, "newest_at", cel::timestamp_type,
     "The newest time in the record, but for what lies ahead by its name "
     "(…_until); rules use it as their clock.",
     "2026-03-02T10:25:00+08:00", newest_at},
};

}  // namespace

std::span<const DerivedFact> derived_request_facts() {
  return kRows;
}

WorkOut work_out_of(FieldId id) {
  static const std::array<std::pair<FieldId, WorkOut>, 6> table = {{
      {id_of("auth.passed_factor_count"), passed_factor_count},
      {id_of("auth.failed_count"), failed_count},
      {id_of("auth.weak_only"), weak_only},
      {id_of("local_hour"), local_hour},
      {id_of("pii_in_clear"), pii_in_clear},
      {id_of("channel.hotline_number"), hotline_number},
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
