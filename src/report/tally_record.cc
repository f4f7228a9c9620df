// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

#include "record/channel_kinds.h"
#include "record/factor_kinds.h"
#include "record/fields.h"
#include "record/time.h"
#include "report/clusters.h"
#include "report/places.h"
#include "report/records.h"
#include "report/tally_message.h"
#include "report/units.h"

namespace simwarden {
namespace {

// The facts that are read, by their places in facts_of_records(); what they are
// called says kFacts.
enum Fact : size_t {
  kRequestType,
  kReason,
  kSimForm,
  kChannelType,
  kOfficialStatus,
  kDocumentType,
  kPresentedAs,
  kReadMethod,
  kAuthenticity,
  kRegistry,
  kBiometricType,
  kBiometricResult,
  kLiveness,
  kAlternativePath,
  kDocumentCountry,
  kForwardReset,
  kVoicemailReset,
  kPartiesNotified,
  kState,
  // Up to here values are counted.
  kWeakOnly,
  kDecision,
  kChannelId,
  kAgentId,
  kCreatedAt,
  kCompletedAt,
  kActivatedAt,
  kPortOutAt,
  kFraudConfirmed,
  kFraudReportedAt,
  kRemediatedAt,
  kRegulatorAt,
  kSmsBarUntil,
  kPortBarUntil,
  kFactors,
  kFactorType,
  kFactorCategory,
  kFactorDestination,
  kFactorResult,
  kNoticeEvent,
  kNoticeSentAt,
  kNoticeStatus,
  kNoticeResponse,
  kOverrideUsed,
  kOverrideReason,
  // One of each kind of cluster.
  kSharedDocument,
  kSharedDevice,
  kSharedEid,
  kSharedAddress,
  kSharedIp,
};
constexpr size_t kCounted = kState + 1;
constexpr size_t kClusters = kSharedDocument;

struct FactName {
  Fact fact;
  std::string_view name;
};
constexpr FactName kFacts[] = {
    {kRequestType, "request_type"},
    {kReason, "reason"},
    {kSimForm, "sim.new.form"},
    {kChannelType, "channel.type"},
    {kOfficialStatus, "channel.official_status"},
    {kDocumentType, "identity.document.type"},
    {kPresentedAs, "identity.document.presented_as"},
    {kReadMethod, "identity.document.read_method"},
    {kAuthenticity, "identity.document.authenticity_result"},
    {kRegistry, "identity.registry_check.result"},
    {kBiometricType, "identity.biometric.type"},
    {kBiometricResult, "identity.biometric.result"},
    {kLiveness, "identity.biometric.liveness_type"},
    {kAlternativePath, "identity.alternative_path"},
    {kDocumentCountry, "identity.document.country"},
    {kForwardReset, "control.call_forward_reset"},
    {kVoicemailReset, "control.voicemail_pin_reset"},
    {kPartiesNotified, "control.relying_parties_notified"},
    {kState, "outcome.state"},
    {kWeakOnly, "auth.weak_only"},
    {kDecision, "outcome.decision"},
    {kChannelId, "channel.id"},
    {kAgentId, "agent.id"},
    {kCreatedAt, "created_at"},
    {kCompletedAt, "completed_at"},
    {kActivatedAt, "activated_at"},
    {kPortOutAt, "outcome.port_out_at"},
    {kFraudConfirmed, "outcome.fraud_confirmed"},
    {kFraudReportedAt, "outcome.fraud_reported_at"},
    {kRemediatedAt, "outcome.remediated_at"},
    {kRegulatorAt, "outcome.regulator_notified_at"},
    {kSmsBarUntil, "control.sms_bar_until"},
    {kPortBarUntil, "control.port_bar_until"},
    {kFactors, "auth.factors"},
    {kFactorType, "auth.factors[].type"},
    {kFactorCategory, "auth.factors[].category"},
    {kFactorDestination, "auth.factors[].destination_type"},
    {kFactorResult, "auth.factors[].result"},
    {kNoticeEvent, "notifications[].event"},
    {kNoticeSentAt, "notifications[].sent_at"},
    {kNoticeStatus, "notifications[].status"},
    {kNoticeResponse, "notifications[].response"},
    {kOverrideUsed, "agent.override_used"},
    {kOverrideReason, "agent.override_reason"},
    {kSharedDocument, "identity.document.number_hash"},
    {kSharedDevice, "device.new.imei"},
    {kSharedEid, "sim.new.eid"},
    {kSharedAddress, "delivery.address_hash"},
    {kSharedIp, "session.ip"},
};

constexpr bool stand_at_their_places() {
  for (size_t at = 0; at < std::size(kFacts); ++at) {
    if (kFacts[at].fact != at) return false;
  }
  return true;
}
static_assert(stand_at_their_places(), "a name for each Fact, in their order");
static_assert(std::size(kFacts) == kClusters + kClusterKinds);

// What every profile demands of a request; a group as a whole.
std::vector<std::string> mandatory_fields() {
  std::vector<std::string> names;
  for (const Field& row : fields_of(Kind::request)) {
    if (row.mandatory) names.emplace_back(row.name);
  }
  for (const Group& row : groups()) {
    if (row.kind == Kind::request && row.mandatory)
      names.emplace_back(row.name);
  }
  return names;
}

constexpr int64_t kReportSeconds = int64_t{48} * 3600;  // NCC: a refusal
// Kinds of factors that a month names.
constexpr size_t kMethodsMax = 40;

bool is_one_of(std::string_view value,
               std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// 47 CFR 64.2010(h) is about changes of the SIM, 52.37 about ports.
bool is_sim_change(std::string_view type) {
  return !type.empty() &&
         !is_one_of(type, {"port_out", "port_in", "ownership_transfer"});
}

// "" when there is no value that could be shown.
std::string_view value_of(const KeptFact& fact) {
  switch (fact.state) {
    case KeptState::text: return fact.text;
    case KeptState::boolean: return fact.boolean ? "true" : "false";
    default: return {};
  }
}

std::optional<int64_t> seconds_at(const KeptFact& fact) {
  if (!fact.is_text()) return std::nullopt;
  const auto time = parse_timestamp(fact.text);
  return time ? std::optional(time->seconds) : std::nullopt;
}

// Once each: some mandatory fields are counted by their values too.
struct ReadFacts {
  std::vector<std::string> names;
  std::vector<std::pair<std::string, size_t>> mandatory;
  size_t messages = 0;

  ReadFacts() {
    for (const FactName& row : kFacts) names.emplace_back(row.name);
    for (std::string& name : mandatory_fields()) {
      const size_t at = place_of(name);
      mandatory.emplace_back(std::move(name), at);
    }
    messages = names.size();
    for (const std::string& name : facts_of_messages()) names.push_back(name);
  }

 private:
  size_t place_of(const std::string& name) {
    const auto known = std::find(names.begin(), names.end(), name);
    if (known != names.end()) return size_t(known - names.begin());
    names.push_back(name);
    return names.size() - 1;
  }
};

const ReadFacts& read_facts() {
  static const ReadFacts facts;
  return facts;
}

// The oldest stay, whatever order they come in.
void keep_oldest(std::vector<Override>& log, size_t size) {
  std::sort(log.begin(), log.end(), [](const Override& a, const Override& b) {
    return std::tie(a.created, a.verdict) < std::tie(b.created, b.verdict);
  });
  if (log.size() > size) log.resize(size);
}

}  // namespace

std::vector<std::string> facts_of_records() {
  return read_facts().names;
}

struct RecordTally::Parts {
  explicit Parts(size_t units_max) : agents(units_max), outlets(units_max) {
    for (const auto& [name, at] : read_facts().mandatory) {
      mandatory.push_back({&numbers.mandatory[name], at, name == "agent.id"});
    }
    for (size_t at = 0; at < kCounted; ++at) {
      choices.emplace_back(numbers.choices[std::string(kFacts[at].name)],
                           kChoicesMax);
    }
  }

  struct MandatoryField {
    FieldNumbers* numbers;
    size_t at;
    bool staffed_only;  // where a person took the request
  };

  const KeptFact& fact(size_t at) const { return walk->fact(at); }
  bool passed(size_t factor) const {
    return value_of(walk->items(kFactorResult)[factor]) == "pass";
  }
  std::string_view factor_type(size_t factor) const {
    return value_of(walk->items(kFactorType)[factor]);
  }
  size_t factor_count() const { return walk->items(kFactorType).size(); }

  std::string_view weak_only() const;
  void add_choices();
  void add_factors();
  Verified verified() const;
  std::optional<int64_t> first_notice() const;
  void add_times();
  void add_responses();
  void add_units();
  void add_mandatory();
  void add_clusters();
  void add_override();
  void add_month();
  void add_month(MonthNumbers& sums);
  void add_remedy(MonthNumbers& sums) const;
  // By people or by the record.
  bool is_fraud() const {
    return verdict->is_fraud || fact(kFraudConfirmed).is_true();
  }
  void add_outcome(MonthNumbers& sums);
  void add_refusal(MonthNumbers& sums);

  RecordNumbers numbers;
  std::vector<Places<ActionCounts>> choices;
  Places<ActionCounts> weak{numbers.choices["auth.weak_only"], kChoicesMax};
  Places<ActionCounts> codes{numbers.code_to_replaced, kChoicesMax};
  Places<ChannelNumbers> channels{numbers.channels, kChoicesMax};
  Places<FactorNumbers> factors{numbers.factors, kChoicesMax};
  Places<uint64_t> responses{numbers.responses, kChoicesMax};
  Places<std::map<int64_t, MonthNumbers>> months{numbers.months};
  Places<std::map<int64_t, MonthNumbers>> sim_changes{numbers.sim_changes};
  UnitTally agents;
  UnitTally outlets;
  std::vector<MandatoryField> mandatory;
  std::array<ClusterTally, kClusterKinds> clusters;
  MessageTally messages{numbers.messages, read_facts().messages};
  // Of the record at hand.
  const KeptLine* walk = nullptr;
  const WalkedVerdict* verdict = nullptr;
  ChannelNumbers* channel = nullptr;
  Action action = Action::pass;
};

// As rules take it: from the factors, where these are recorded. "" when they
// leave it open.
std::string_view RecordTally::Parts::weak_only() const {
  if (!fact(kFactors).is_recorded()) return value_of(fact(kWeakOnly));
  auto all = FactorWorth::nothing;
  for (size_t i = 0; i < factor_count(); ++i) {
    if (!passed(i)) continue;
    const PassedFactor factor = {
        .type = factor_type(i),
        .category = value_of(walk->items(kFactorCategory)[i]),
        .destination = value_of(walk->items(kFactorDestination)[i])};
    all = std::max(all, worth_of(factor, value_of(fact(kReason))));
  }
  if (is_open(all)) return "";
  return all == FactorWorth::weak ? "true" : "false";
}

void RecordTally::Parts::add_choices() {
  for (size_t at = 0; at < kCounted; ++at) {
    ++choices[at].at(value_of(walk->fact(at))).by[size_t(action)];
  }
  ++weak.at(weak_only()).by[size_t(action)];
  channel = &channels.at(value_of(fact(kChannelType)));
  ++channel->actions.by[size_t(action)];
  const std::string_view status = value_of(fact(kOfficialStatus));
  const auto* known = std::find(kStatuses.begin(), kStatuses.end() - 1, status);
  ++channel->statuses[size_t(known - kStatuses.begin())];
}

void RecordTally::Parts::add_factors() {
  const size_t count = factor_count();
  bool to_replaced = false;
  for (size_t i = 0; i < count; ++i) {
    const std::string_view type = factor_type(i);
    FactorNumbers& sums = factors.at(type);
    ++sums.asked;
    if (!passed(i)) continue;
    ++sums.passed;
    const FactorKind kind =
        factor_kind(type, value_of(walk->items(kFactorDestination)[i]));
    ++channel->factors[size_t(kind)];
    to_replaced = to_replaced || kind == FactorKind::replaced_number;
  }
  const std::string_view said = count == 0    ? ""
                                : to_replaced ? "true"
                                              : "false";
  ++codes.at(said).by[size_t(action)];
}

Verified RecordTally::Parts::verified() const {
  const bool document =
      is_one_of(value_of(fact(kPresentedAs)),
                {"original", "certified_copy", "digital_id"}) &&
      value_of(fact(kAuthenticity)) != "fail";
  const bool biometric = value_of(fact(kBiometricResult)) == "match";
  if (document && biometric) return Verified::document_and_biometric;
  if (document) return Verified::document;
  if (biometric) return Verified::biometric;
  bool any = false;
  for (size_t i = 0; i < factor_count(); ++i) any = any || passed(i);
  if (!any) return Verified::nothing;
  return weak_only() == "true" ? Verified::weak : Verified::factors;
}

// Of what is to come: a notice of the activation itself is none.
std::optional<int64_t> RecordTally::Parts::first_notice() const {
  std::optional<int64_t> first;
  const auto events = walk->items(kNoticeEvent);
  for (size_t i = 0; i < events.size(); ++i) {
    const bool announces =
        is_one_of(value_of(events[i]),
                  {"request_received", "before_activation"}) &&
        is_one_of(value_of(walk->items(kNoticeStatus)[i]),
                  {"sent", "delivered"});
    if (!announces) continue;
    const auto sent = seconds_at(walk->items(kNoticeSentAt)[i]);
    if (sent && (!first || *sent < *first)) first = sent;
  }
  return first;
}

void RecordTally::Parts::add_times() {
  const auto activated = seconds_at(fact(kActivatedAt));
  if (!activated) return;
  ++channel->activated;
  ++numbers.after.activated;
  const auto created = seconds_at(fact(kCreatedAt));
  if (created) numbers.request_to_activation.add(*activated - *created);
  const auto notice = first_notice();
  if (notice) {
    numbers.notice_to_activation.add(*activated - *notice);
    if (*notice <= *activated) ++channel->noticed;
  } else {
    ++numbers.no_notice;
  }
  const auto ported = seconds_at(fact(kPortOutAt));
  if (ported) numbers.swap_to_port.add(*ported - *activated);
  const auto is_later = [&activated](std::optional<int64_t> time) {
    return time && *time > *activated;
  };
  if (is_later(seconds_at(fact(kSmsBarUntil)))) ++numbers.after.sms_barred;
  if (is_later(seconds_at(fact(kPortBarUntil)))) ++numbers.after.port_barred;
}

void RecordTally::Parts::add_responses() {
  for (const KeptFact& response : walk->items(kNoticeResponse)) {
    ++responses.at(value_of(response));
  }
}

void RecordTally::Parts::add_units() {
  const bool stopped = action >= Action::hold;
  // A pseudonym, or a number that is too short to be anybody's.
  const auto name = [](const KeptFact& fact) {
    const bool named =
        fact.state == KeptState::token || fact.state == KeptState::text;
    return named ? fact.text : std::string_view();
  };
  const std::string_view agent = name(fact(kAgentId));
  const std::string_view outlet = name(fact(kChannelId));
  if (!agent.empty()) agents.add(agent, stopped);
  if (!outlet.empty()) outlets.add(outlet, stopped);
}

void RecordTally::Parts::add_mandatory() {
  const bool staffed = is_staffed(value_of(fact(kChannelType)));
  for (const MandatoryField& field : mandatory) {
    if (field.staffed_only && !staffed) continue;
    const KeptState state = fact(field.at).state;
    ++field.numbers->asked;
    if (state >= KeptState::masked) {
      ++field.numbers->recorded;
    } else if (state != KeptState::absent) {
      ++field.numbers->unusable;
    }
  }
}

void RecordTally::Parts::add_clusters() {
  for (size_t kind = 0; kind < kClusterKinds; ++kind) {
    const KeptFact& value = fact(kClusters + kind);
    if (value.state != KeptState::token) continue;
    clusters[kind].add(value.text, verdict->subject,
                       {action >= Action::hold, verdict->label});
  }
}

void RecordTally::Parts::add_override() {
  OverrideNumbers& sums = numbers.overrides;
  const KeptFact& used = fact(kOverrideUsed);
  if (used.state != KeptState::boolean) return;
  ++sums.known;
  if (!used.boolean) return;
  ++sums.used;
  const KeptFact& reason = fact(kOverrideReason);
  if (!reason.is_recorded()) ++sums.without_reason;
  const KeptFact& agent = fact(kAgentId);
  const bool named =
      agent.state == KeptState::token || agent.state == KeptState::text;
  sums.log.push_back({.created = seconds_at(fact(kCreatedAt)).value_or(0),
                      .verdict = verdict->label,
                      .source = verdict->source,
                      .line = verdict->line,
                      .action = action,
                      .created_at = std::string(value_of(fact(kCreatedAt))),
                      .agent = std::string(named ? agent.text : ""),
                      .reason = std::string(reason.excerpt),
                      .reason_recorded = reason.is_recorded()});
  if (sums.log.size() >= 2 * kOverridesMax) {
    keep_oldest(sums.log, kOverridesMax);
  }
}

void RecordTally::Parts::add_month() {
  add_month(months.at(verdict->profile)[verdict->month]);
  const auto reported = seconds_at(fact(kFraudReportedAt));
  const auto remedied = seconds_at(fact(kRemediatedAt));
  if (reported && remedied) numbers.fraud_to_remedy.add(*remedied - *reported);
  if (!is_sim_change(value_of(fact(kRequestType)))) return;
  add_month(sim_changes.at(verdict->profile)[verdict->month]);
}

// What people said of it goes before what the record says.
void RecordTally::Parts::add_remedy(MonthNumbers& sums) const {
  const auto reported = seconds_at(fact(kFraudReportedAt));
  const auto remedied = seconds_at(fact(kRemediatedAt));
  if (is_fraud() || reported || verdict->remedy) ++sums.to_remedy;
  const bool by_record = reported && remedied;
  if (!verdict->remedy && !by_record) return;
  const Remedy remedy =
      verdict->remedy ? *verdict->remedy
                      : Remedy{.hours = double(*remedied - *reported) / 3600,
                               .ends_before = *remedied < *reported};
  if (remedy.ends_before) {
    ++sums.ends_before;
    return;
  }
  ++sums.remedied;
  sums.remedy_hours += remedy.hours;
}

void RecordTally::Parts::add_month(MonthNumbers& sums) {
  ++sums.known;
  if (!value_of(fact(kRequestType)).empty()) ++sums.with_type;
  if (action >= Action::hold) ++sums.stopped;
  if (verdict->is_complaint) ++sums.complaints;
  if (verdict->is_fraud) ++sums.decided_fraud;
  if (is_fraud()) ++sums.fraud;
  add_remedy(sums);
  add_outcome(sums);
  add_refusal(sums);
}

void RecordTally::Parts::add_outcome(MonthNumbers& sums) {
  const std::string_view state = value_of(fact(kState));
  const std::string_view type = value_of(fact(kChannelType));
  if (!state.empty()) ++sums.with_state;
  if (!type.empty()) ++sums.with_channel;
  const bool says_fraud = fact(kFraudConfirmed).state == KeptState::boolean;
  if (says_fraud) ++sums.with_fraud;
  if (is_one_of(state, {"rejected", "cancelled", "failed"})) ++sums.failed;
  if (state != "completed") return;
  ++sums.successful;
  if (is_fraud()) ++sums.fraudulent;
  if (action >= Action::hold) {
    ++sums.doubtful;
    if (says_fraud || verdict->is_decided) ++sums.doubts_settled;
  }
  if (taker_of(type) == Taker::staff) ++sums.by_staff;
  if (taker_of(type) == Taker::agent) ++sums.by_agents;
  for (size_t i = 0; i < factor_count(); ++i) {
    if (!passed(i) || factor_type(i).empty()) continue;
    if (sums.methods.size() < kMethodsMax) {
      sums.methods.emplace(factor_type(i));
    }
  }
}

void RecordTally::Parts::add_refusal(MonthNumbers& sums) {
  const std::string_view decision = value_of(fact(kDecision));
  if (!decision.empty()) ++sums.with_decision;
  if (decision != "refuse") return;
  ++sums.refused;
  const auto told = seconds_at(fact(kRegulatorAt));
  if (!told) return;
  ++sums.reported;
  const auto created = seconds_at(fact(kCreatedAt));
  const auto refused =
      fact(kCompletedAt).is_text() ? seconds_at(fact(kCompletedAt)) : created;
  const bool in_time = created && refused && *told >= *created &&
                       *told - *refused <= kReportSeconds;
  if (in_time) ++sums.reported_in_time;
}

RecordTally::RecordTally(size_t units_max)
    : parts_(std::make_unique<Parts>(units_max)) {}
RecordTally::~RecordTally() = default;

void RecordTally::add(const KeptLine& facts, const WalkedVerdict& verdict) {
  Parts& p = *parts_;
  if (facts.kind() != Kind::request) return p.messages.add(facts, verdict);
  p.walk = &facts;
  p.verdict = &verdict;
  p.action = verdict.action;
  ++p.numbers.known;
  p.add_choices();
  p.add_factors();
  ++p.channel->verified[size_t(p.verified())][size_t(p.action)];
  p.add_times();
  p.add_responses();
  p.add_units();
  p.add_mandatory();
  p.add_clusters();
  p.add_override();
  if (verdict.month != WalkedVerdict::kNoMonth) p.add_month();
}

void RecordTally::add_damaged(DamagedBlock block) {
  Damage& damage = parts_->numbers.damage;
  ++damage.blocks;
  damage.records += block.records;
  if (damage.named.size() < Damage::kNamedMax) {
    damage.named.push_back(std::move(block));
  }
}

RecordNumbers RecordTally::finish() {
  Parts& p = *parts_;
  p.numbers.agents = p.agents.finish();
  p.numbers.outlets = p.outlets.finish();
  keep_oldest(p.numbers.overrides.log, kOverridesMax);
  for (size_t kind = 0; kind < kClusterKinds; ++kind) {
    p.numbers.clusters[kind] = p.clusters[kind].finish();
  }
  return std::move(p.numbers);
}

}  // namespace simwarden
