// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <random>
#include <string>

#include <boost/test/unit_test.hpp>

#include "judge/gates.h"
#include "judge/twins.h"
#include "policy/sample.h"

using namespace simwarden;

// Random packs, of every kind of look that a gate can take, over random
// records: behind gates they say what they say without.
namespace {

template <size_t kCount>
std::string one_of(std::mt19937& random, const char* const (&texts)[kCount]) {
  return texts[random() % kCount];
}

// Conditions; $ in a fragment is a further one, of the type that its letter
// says: $b bool, $i int, $d double, $s string, $t timestamp, $u duration,
// $e what is asked of an element f. Few facts, so that rules meet.
class Conditions {
 public:
  Conditions(std::mt19937& random, Kind kind) : random_(random), kind_(kind) {}

  std::string write(char type, int depth) {
    const std::string pattern = fragment(type, depth);
    std::string out = "(";
    for (size_t i = 0; i < pattern.size(); ++i) {
      out += pattern[i] == '$' ? write(pattern[++i], depth - 1)
                               : std::string(1, pattern[i]);
    }
    return out + ")";
  }

 private:
  std::string fragment(char type, int depth) {
    switch (type) {
      case 'b': return depth > 0 ? branch() : leaf();
      case 'e': return depth > 0 ? element_branch() : element();
      case 'i': return whole();
      case 'd': return real();
      case 's': return text();
      case 't': return moment();
      default: return span();
    }
  }

  std::string branch() {
    return one_of(
        random_,
        {"($b && $b)", "($b && $b)", "($b || $b)", "($b || $b)", "!($b)",
         "($b ? $b : $b)", "($b && $b && $b)", "($b || $b || $b)", "($b == $b)",
         "cel.bind(v, $i, v > 2 || $b)", "$b"});
  }

  std::string leaf() {
    return kind_ == Kind::request || random_() % 3 == 0 ? asked_of_any()
                                                        : asked_of_message();
  }

  std::string asked_of_any() {
    return kind_ == Kind::request
               ? one_of(random_,
                        {"request.urgency_claimed",
                         "request.agent.registered",
                         "request.agent.second_person",
                         "request.channel.within_open_hours",
                         "has(request.channel.type)",
                         "has(request.fee.amount)",
                         "has(request.agent.registered)",
                         "request.channel.type == 'dealer'",
                         "'website' != request.channel.type",
                         "request.channel.type in ['dealer', 'website', "
                         "'no_such']",
                         "request.channel.type in profile.channels",
                         "request.channel.type == profile.channel",
                         "request.channel.type == $s",
                         "request.urgency_claimed == profile.strict",
                         "request.urgency_claimed == (profile.strict ? "
                         "request.agent.registered : profile.strict)",
                         "profile.strict",
                         "profile.most > 3",
                         "'dealer' in profile.channels",
                         "($i < $i)",
                         "($i >= $i)",
                         "($i == $i)",
                         "($d <= $d)",
                         "($d != $d)",
                         "($i > $d)",
                         "($s == $s)",
                         "($s != $s)",
                         "($t < $t)",
                         "($t >= $t)",
                         "($t == $t)",
                         "($u < $u)",
                         "($u > $u)",
                         "$s in ['x-1', '10086', '']",
                         "$s.startsWith('x')",
                         "request.attempt_no > (profile.strict ? 3 : "
                         "profile.most)",
                         "request.fee.amount < ($b ? 1.5 : profile.fee)",
                         "1 / request.attempt_no > 0",
                         "lists.range(300).exists(x, lists.range(300).exists(y,"
                         " x + y == request.attempt_no))",
                         "(profile.channel + 'x' == request.channel.id)",
                         "'dealer' in profile.many",
                         "size(request.linked_services) > 1",
                         "request.linked_services.exists(x, x == 'social')",
                         "request.linked_services.all(x, x != 'bank_2fa')",
                         "'social' in request.linked_services",
                         "request.missing_mandatory.exists(x, x == 'agent.id')",
                         "request.auth.factors.exists(f, $e)",
                         "request.auth.factors.exists(f, $e)",
                         "request.auth.factors.all(f, $e)",
                         "request.auth.factors.all(f, $e)",
                         "request.auth.factors.exists_one(f, $e)",
                         "request.auth.factors.filter(f, $e).size() > 1",
                         "request.auth.factors[0].attempts > 1",
                         "windows.by_agent > 2",
                         "windows.since_swap < duration('48h')",
                         "windows.overrides > 0.4",
                         "windows.late"})
               : one_of(random_,
                        {"message.transport == 'sms'",
                         "message.transport in ['sms', 'email']",
                         "has(message.sender)", "message.sender == '10086'",
                         "has(message.subject)", "size(message.recipients) > 1",
                         "message.attachments.exists(f, f.size > 3)",
                         "message.attachments.all(f, has(f.name))",
                         "profile.strict", "message.received_at.getHours() > 7",
                         "size(message.body) > 30"});
  }

  std::string asked_of_message() {
    return one_of(
        random_,
        {"patterns.words", "patterns.words", "patterns.capitals",
         "patterns.squeezed", "patterns.near",
         "message.links.exists(l, l.official)",
         "message.links.all(l, !l.official)", "size(message.links) > 1",
         "message.links.size() == 0", "size(message.private_contacts) > 0",
         "message.private_contact_kinds > 0", "message.body.contains('code')",
         "message.contacts.exists(c, c.kind == 'telegram')",
         "message.disguise.invisible > 0", "patterns.words == profile.strict"});
  }

  std::string element() {
    return one_of(
        random_,
        {"f.result == 'pass'", "f.result != 'fail'", "f.type == 'otp_sms'",
         "f.type in ['otp_sms', 'passkey']", "f.type in profile.channels",
         "f.attempts > 2", "f.attempts <= profile.most", "has(f.result)",
         "f.age_seconds > f.attempts", "f.attempts == $i",
         "f.destination_changed_at < request.created_at",
         "request.created_at - f.destination_changed_at < duration('720h')",
         "request.urgency_claimed", "f.type == request.channel.type",
         "profile.strict", "1 / f.attempts > 0",
         "lists.range(90).exists(x, lists.range(90).exists(y, x + y == "
         "f.attempts + 900))",
         "f.?result == "
         "optional.of('pass')",
         "request.linked_services.exists(x, x == f.type)"});
  }

  std::string element_branch() {
    return one_of(random_, {"($e && $e)", "($e || $e)", "!($e)",
                            "($e ? $e : $e)", "$e", "($e && $e && $e)"});
  }

  std::string whole() {
    if (kind_ == Kind::message) {
      return one_of(random_, {"size(message.links)", "message.block_count", "1",
                              "profile.most", "size(message.attachments)"});
    }
    return one_of(random_,
                  {"request.attempt_no",
                   "request.history.sim_swaps_30d",
                   "3",
                   "0",
                   "-1",
                   "7",
                   "profile.most",
                   "(profile.most + 1)",
                   "request.recent.changes_7d",
                   "size(request.auth.factors)",
                   "size(request.linked_services)",
                   "request.created_at.getHours()",
                   "request.newest_at.getHours()",
                   "(request.created_at - request.verified_at).getHours()",
                   "(request.created_at - "
                   "request.history.latest_sim_change).getMinutes()",
                   "9007199254740993",
                   "-9223372036854775808",
                   "9223372036854775807",
                   "request.local_hour",
                   "(request.attempt_no + 1)",
                   "request.counter.agent_swaps_1h",
                   "windows.by_agent"});
  }

  std::string real() {
    return one_of(
        random_,
        {"request.fee.amount", "request.fee.tariff_amount", "2.5", "0.0",
         "-0.0", "profile.fee", "(request.fee.tariff_amount * profile.fee)",
         "request.session.distance_km", "9007199254740992.0", "1e300", "3.0"});
  }

  std::string text() {
    return one_of(random_, {"request.channel.id", "request.agent.id",
                            "request.agent.second_approver_id", "'x-1'", "''",
                            "profile.channel", "'dealer'", "'10086'",
                            "request.channel.registrable_domain"});
  }

  std::string moment() {
    return one_of(
        random_,
        {"request.created_at", "request.verified_at",
         "request.history.latest_sim_change", "request.newest_at",
         "request.subscription_start_date",
         "request.identity.document.expiry_date",
         "timestamp('2026-04-01T00:00:00Z')",
         "timestamp('0001-01-01T00:00:00Z')", "timestamp(profile.day)"});
  }

  std::string span() {
    return one_of(random_,
                  {"($t - $t)", "($t - $t)", "duration('48h')", "duration('0')",
                   "duration(profile.fresh)", "windows.since_swap"});
  }

  std::mt19937& random_;
  Kind kind_;
};

constexpr char kRequestHead[] = R"(
windows:
  by_agent: {doc: By one clerk., count: requests, by: request.agent.id, over: 1h, given: request.counter.agent_swaps_1h}
  overrides: {doc: Overrides., share: request.agent.override_used, by: request.agent.id, over: 1d}
  since_swap: {doc: The last one., since: requests, by: request.phone_number, over: 7d, given: request.history.latest_sim_change}
)";

constexpr char kMessageHead[] = R"(
patterns:
  words: {view: plain, any: ['send the code', 'sim card']}
  capitals: {view: raw, any: ['[A-Z]{3,}']}
  squeezed: {view: squeezed, any: ['esim']}
  near: {view: plain, near_contact: 20, any: ['call', 'sim']}
)";

constexpr char kParameters[] = R"(
parameters:
  strict: {type: bool, default: true, doc: d., source: s, confidence: default}
  most: {type: int, default: 3, doc: d., source: s, confidence: default}
  fee: {type: double, default: 1.5, doc: d., source: s, confidence: default}
  wait: {type: double, default: 20, doc: d., source: s, confidence: default}
  channel: {type: string, default: dealer, doc: d., source: s, confidence: default}
  day: {type: string, default: '2026-03-20T00:00:00Z', doc: d., source: s, confidence: default}
  fresh: {type: string, default: 72h, doc: d., source: s, confidence: default}
  channels: {type: list(string), default: [dealer, otp_sms], doc: d., source: s, confidence: default}
)";

// So many that looking through them costs a step.
std::string parameters() {
  std::string out = kParameters;
  out += "  many: {type: list(string), default: [website, passkey";
  for (int i = 0; i < 80; ++i) out += ", demo_" + std::to_string(i);
  return out + "], doc: d., source: s, confidence: default}\n";
}

constexpr char kGeneric[] =
    "profile: generic\ntitle: G\nstatus: example\ncountry: ''\n";
constexpr char kOther[] = R"(
profile: other
title: O
status: example
country: ''
parameters:
  strict: {value: false, source: s, confidence: default}
  most: {value: 5, source: s, confidence: default}
  channel: {value: website, source: s, confidence: default}
  channels: {value: [website], source: s, confidence: default}
)";

// Three rules and a waiver now and then wait for a score, begin or end.
class Packs {
 public:
  Packs(std::mt19937& random, Kind kind)
      : random_(random), kind_(kind), conditions_(random, kind) {}

  sample::MapFiles write(size_t count) {
    std::string rules;
    std::string waivers = "waivers:\n";
    for (size_t i = 0; i < count; ++i) {
      const std::string id = "R-" + std::to_string(100 + i);
      rules += rule(id);
      if (i % 6 == 0) waivers += waiver(id);
    }
    sample::MapFiles files;
    put(files, rules);
    files.put("p/waivers.yaml", waivers);
    return files;
  }

 private:
  // One that a pack may have: neither always true nor always an error.
  std::string condition() {
    for (;;) {
      std::string made =
          "\"" + conditions_.write('b', static_cast<int>(random_() % 4)) + "\"";
      sample::MapFiles files;
      put(files, sample::rule("R-1", "flag: " + made));
      Issues issues;
      const auto loaded =
          load_ruleset(files, load_options({"p"}, schema_), issues);
      if (loaded && *loaded) return made;
    }
  }

  void put(sample::MapFiles& files, const std::string& rules) const {
    const bool request = kind_ == Kind::request;
    files.put("p/demo/pack.yaml",
              sample::pack(request ? "request" : "message", rules,
                           parameters() + std::string(request ? kRequestHead
                                                              : kMessageHead)));
    files.put("p/profiles/generic.yaml", kGeneric);
    files.put("p/profiles/other.yaml", kOther);
  }

  std::string rule(const std::string& id) {
    std::string out =
        "  - id: " + id + "\n    title: T\n    severity: low\n    score: " +
        std::to_string(1 + random_() % 20) + "\n    family: " + "a" + "\n";
    if (random_() % 6 == 0) out += "    from_score: profile.wait\n";
    if (random_() % 8 == 0) out += "    status: shadow\n";
    if (random_() % 8 == 0) out += "    active_from: 2026-03-20\n";
    if (random_() % 8 == 0) out += "    active_until: 2026-04-20\n";
    if (random_() % 2 == 0) out += "    applies: " + condition() + "\n";
    out += random_() % 2 == 0 ? "    flag: " : "    require: ";
    return out + condition() + "\n    reason: R.\n    remedy: Do.\n";
  }

  std::string waiver(const std::string& id) {
    return "  - {id: W-" + id + ", rule: " + id + ", when: " + condition() +
           ", asked_by: A, approved_by: B, why: W., until: 2026-04-10}\n";
  }

  std::mt19937& random_;
  Kind kind_;
  Conditions conditions_;
  FactSchema schema_;
};

// At the borders of their types, as far as their formats let a reader take it:
// facts are worked out of hours that are hours.
Slot extreme(const Field& row, std::mt19937& random) {
  constexpr int64_t kWhole[] = {INT64_MIN, INT64_MAX, -1, 0,
                                (int64_t{1} << 53) + 1};
  constexpr double kReal[] = {-0.0, 1e308, -1e308, 9007199254740992.0,
                              std::numeric_limits<double>::quiet_NaN()};
  constexpr int64_t kSeconds[] = {-62135596800, 253402300799, -1, 0,
                                  9223372036};
  const size_t pick = random() % 5;
  switch (row.type) {
    case FieldType::integer:
      if (!in_range(row.format, static_cast<double>(kWhole[pick]))) return {};
      return Slot::of_integer(kWhole[pick]);
    case FieldType::number:
      if (!in_range(row.format, kReal[pick])) return {};
      return Slot::of_number(kReal[pick]);
    case FieldType::timestamp: {
      Slot slot = Slot::of_integer(kSeconds[pick]);
      slot.nanos = pick % 2 == 0 ? 0 : 999'999'999;
      return slot;
    }
    case FieldType::date:
      return Slot::of_integer(kSeconds[pick] / kSecondsPerDay);
    default: return {};
  }
}

constexpr const char* kTexts[] = {"Your SIM CARD is ready",
                                  "send the code to https://pay.demo.example/a",
                                  "call me on telegram @demo_kaka88",
                                  "e S I M t.me/demo_kaka88",
                                  "nothing to see",
                                  "https://10086.cn and https://a.test",
                                  "sim\xE2\x80\x8B card"};

Slot any_value(Record& record, const Field& row, std::mt19937& random) {
  return random() % 10 == 0 ? extreme(row, random)
                            : any_slot(record, row, random);
}

void set_list(Record& record, FieldId id, std::mt19937& random) {
  std::vector<Slot> items(random() % 3);
  for (Slot& item : items) {
    item = any_slot(record, field(id), random);
    if (item.state == SlotState::absent) item = record.make_invalid("?");
  }
  record.set_list(id, items);
}

void set_field(Record& record, FieldId id, std::mt19937& random) {
  const Field& row = field(id);
  if (row.list) return set_list(record, id, random);
  if (row.name == "policy_profile") {
    if (random() % 2 == 0) record.set(id, record.make_text("other"));
  } else if (row.name == "text") {
    record.set(id, record.make_text(one_of(random, kTexts)));
  } else {
    record.set(id, any_value(record, row, random));
  }
}

void set_group(Record& record, GroupId id, std::mt19937& random) {
  const auto count = static_cast<uint32_t>(random() % 4);
  record.set_group(id, count);
  for (uint32_t i = 0; i < count; ++i) {
    for (uint8_t m = 0; m < group(id).size; ++m) {
      const auto member = static_cast<FieldId>(group(id).first + m);
      if (field(member).list || random() % 4 == 0) continue;
      record.set_member(member, i, any_value(record, field(member), random));
    }
  }
}

Record any_record(Kind kind, std::mt19937& random) {
  Record record(kind);
  for (size_t i = 0; i < fields_of(kind).size(); ++i) {
    const auto id = static_cast<FieldId>(first_field(kind) + i);
    if (field(id).group != kNoGroup || random() % 4 == 0) continue;
    set_field(record, id, random);
  }
  for (GroupId id = 0; id < groups().size(); ++id) {
    if (field(group(id).first).kind != kind || random() % 4 == 0) continue;
    set_group(record, id, random);
  }
  return record;
}

// What may have been counted over other records.
std::vector<WindowValue> any_figures(size_t windows, std::mt19937& random) {
  std::vector<WindowValue> figures(windows);
  for (WindowValue& figure : figures) {
    figure.state = WindowValue::State(random() % 8 < 4 ? 0 : random() % 4);
    figure.number = static_cast<int64_t>(random() % 6) *
                    (random() % 2 == 0 ? 1 : 100'000'000'000);
    figure.share = double(random() % 5) / 4;
  }
  return figures;
}

void compare_random_packs(Kind kind, uint32_t seed) {
  std::mt19937 random(seed);
  Packs packs(random, kind);
  for (int round = 0; round < 12; ++round) {
    const sample::MapFiles files = packs.write(80);
    Twins twins(files, "p");
    const size_t windows = twins.ruleset->window_names.size();
    for (int i = 0; i < 40; ++i) {
      const auto figures = any_figures(windows, random);
      const WindowAnswers answers{
          random() % 2 == 0 ? Timing::in_time : Timing::late, figures};
      twins.compare(
          any_record(kind, random),
          "pack " + std::to_string(round) + ", record " + std::to_string(i),
          random() % 3 == 0 ? nullptr : &answers);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_random_packs_of_requests) {
  compare_random_packs(Kind::request, 1);
}

BOOST_AUTO_TEST_CASE(gates_change_no_byte_of_random_packs_of_messages) {
  compare_random_packs(Kind::message, 2);
}
