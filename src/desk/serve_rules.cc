// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_rules.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <set>

#include <fmt/format.h>

#include "desk/arrival.h"
#include "desk/leads.h"
#include "house/explained.h"
#include "house/verdict_row.h"
#include "notation/json_object.h"
#include "policy/pack_tests.h"
#include "trial/case_run.h"

namespace simwarden {

const Record& Seat::with_arrival(const Record& record, Arrival then) {
  arrival.reset();
  if (!lacks_arrival(record)) return record;
  arrived = record;
  arrival = then ? then : std::chrono::system_clock::now();
  say_arrival(arrived, *arrival);
  return arrived;
}

PolicyOptions policy_options(const ServeSettings& settings) {
  PolicyOptions options{.paths = settings.policies,
                        .lists = settings.lists,
                        .waivers = settings.waivers,
                        .profile = settings.profile,
                        .language = settings.language,
                        .unknown_profile = settings.unknown_profile,
                        .unknown_language = settings.unknown_language};
  for (const ListenerSettings& listener : settings.listeners) {
    if (listener.profile.empty()) continue;
    options.more_profiles.push_back(
        {listener.profile, listener.unknown_profile});
  }
  return options;
}

namespace {

void append_rule(std::string& out, const Pack& pack, const Rule& rule) {
  JsonObject row(out);
  row.text("rule", rule.id);
  row.text("pack", pack.name);
  row.text("asks", pack.asks);
  row.text("family", rule.family);
  row.text("severity", rule.severity);
  row.number("score", rule.score);
  row.text("title", in_language(rule.title));
  row.close();
}

std::string policy_document(const House& house) {
  const Ruleset& ruleset = house.ruleset();
  std::string out;
  JsonObject policy(out);
  policy.text("digest", ruleset.digest);
  policy.texts("packs", house.packs());
  policy.text("profile", house.profile());
  std::string& rules = policy.key("rules");
  rules += '[';
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      if (rules.back() != '[') rules += ',';
      append_rule(rules, pack, rule);
    }
  }
  rules += ']';
  policy.close();
  out += '\n';
  return out;
}

// A judge in another language for one answer; an empty one is no other.
class Spoken {
 public:
  Spoken(Judge& judge, std::string_view language)
      : judge_(judge), usual_(judge.language()) {
    if (!language.empty()) judge_.speak(std::string(language));
  }
  ~Spoken() { judge_.speak(usual_); }
  Spoken(const Spoken&) = delete;
  Spoken& operator=(const Spoken&) = delete;

 private:
  Judge& judge_;
  std::string usual_;
};

}  // namespace

// What one door asks. A part of the rules, which live longer.
class RulesAtDoor final : public InForce {
 public:
  RulesAtDoor(const ServeRules& rules, const ListenerSettings& listener)
      : rules_(&rules),
        listener_(listener),
        door_(rules_->settings_.index_of(listener)),
        profile_(listener.profile.empty() ? rules_->house_->profile()
                                          : listener.profile),
        thresholds_(rules_->house_->ruleset().profile(profile_)->thresholds),
        pool_(*rules_->pools_.at(profile_)) {}

  std::unique_ptr<Sitting> sit() const override;
  Answer judge(const Record& record, const RecordPlace& place) const override;

  Ticket unreadable(const BadRow& bad,
                    const RecordPlace& place) const override {
    if (place.line_to != nullptr) {
      append_error_json(*place.line_to, bad.code, bad.message, bad.position,
                        place.source);
    }
    rules_->sinks_.meters->unreadable(door_);
    if (!keeps()) return {};
    LedgerEntry entry{
        .mark = token(rules_->sinks_.ledger->site_key(), place.bytes),
        .error = ErrorRow{.code = bad.code, .message = bad.message}};
    return rules_->sinks_.ledger->enter(rules_->book_, door_, std::move(entry))
        .ticket;
  }

  std::string explain(const Record& record,
                      std::string_view language) const override {
    const auto seat = pool_.borrow();
    seat->judge.answer_with(true, true);
    const Spoken spoken(seat->judge, language);
    return explained(seat->with_arrival(record), seat->judge, Paint{false});
  }

  ActionScores scores() const override {
    return {.review = thresholds_.review,
            .hold = thresholds_.hold,
            .refuse = thresholds_.refuse};
  }
  const std::string& digest() const override {
    return rules_->house_->ruleset().digest;
  }
  const std::string& policy_json() const override { return rules_->document_; }

 private:
  friend class SittingAtDoor;
  bool keeps() const {
    return rules_->sinks_.ledger != nullptr && listener_.keep;
  }

  const ServeRules* rules_;
  const ListenerSettings& listener_;
  size_t door_;
  const std::string& profile_;
  const Thresholds& thresholds_;
  Pool<Seat>& pool_;
};

// Has a judge for itself, and counts without anybody else's locks.
class SittingAtDoor final : public InForce::Sitting {
 public:
  explicit SittingAtDoor(const RulesAtDoor& at)
      : at_(at),
        house_(*at.rules_->house_),
        counts_(at.rules_->counts_.get()),
        sinks_(at.rules_->sinks_),
        given_(sinks_.given == nullptr ? nullptr
                                       : (*sinks_.given)[at.door_].get()),
        lent_(at.pool_.borrow()),
        seat_(*lent_) {}
  SittingAtDoor(const SittingAtDoor&) = delete;
  SittingAtDoor& operator=(const SittingAtDoor&) = delete;
  ~SittingAtDoor() override {
    try {
      tell();
    } catch (const std::bad_alloc&) {
      seat_.tally.clear();  // what there is no memory for goes uncounted
    }
  }

  InForce::Answer judge(const Record& came, const RecordPlace& place) override {
    if (seat_.tally.is_full()) tell();
    const auto begun = std::chrono::steady_clock::now();
    Asked asked{.place = place, .mark = mark_of(place)};
    GivenAnswers::Turn turn(given_, known_by(came, place, asked.mark), begun);
    asked.before = that_stands(turn);
    asked.repeated =
        asked.before != nullptr && is_of_these_rules(*asked.before);
    const Record& record = seat_.with_arrival(
        came,
        asked.before == nullptr ? Seat::Arrival() : asked.before->arrived);
    InForce::Answer answer;
    const Entered entered = judge_and_keep(record, asked, answer.verdict);
    if (!asked.repeated && !entered.id.empty()) turn.give(given_by(entered));
    answer.ticket = entered.ticket;
    answer.stored_as = entered.id;
    if (place.line_to != nullptr) write_line(asked, answer);
    count(asked, answer.verdict, std::chrono::steady_clock::now() - begun);
    if (place.leads != LeadsWanted::none) {
      answer.leads = leads_of(seat_.judge.bench().facts(), place.leads);
    }
    log(answer.verdict, entered, place, asked.repeated);
    return answer;
  }

 private:
  // One record on its way through judge().
  struct Asked {
    const RecordPlace& place;
    std::string mark = {};
    const GivenAnswer* before = nullptr;  // null: nothing that stands
    bool repeated = false;                // and that is by these rules
    VerdictOrigin origin = {};            // once it is judged
  };

  // While nobody takes over the counts: it is counted and kept, or neither.
  Entered judge_and_keep(const Record& record, Asked& asked, Verdict& verdict) {
    const RecordPlace& place = asked.place;
    const bool whole = place.line_to != nullptr || at_.keeps();
    seat_.judge.answer_with(whole || place.reasons, whole);
    LiveCounts::Hold hold;
    if (counts_ != nullptr) hold = counts_->hold();
    const bool counted = recall_figures(asked.before);
    verdict = judged(record, counted);
    asked.origin = {.source = place.source,
                    .policy = house_.policy_of(seat_.judge.profile()),
                    .profile = seat_.judge.profile().name,
                    .correlator = place.correlator.kept,
                    .repeated = asked.repeated};
    seat_.keys.clear();
    if (whole) append_verdict_keys(seat_.keys, verdict);
    if (asked.repeated) return pass_over(*asked.before);
    return keep(record, verdict, asked.origin, std::move(asked.mark), counted);
  }

  // What the caller is told; the keys of the verdict lie at the seat.
  void write_line(const Asked& asked, const InForce::Answer& answer) {
    VerdictOrigin origin = asked.origin;
    origin.stored_as = answer.stored_as;
    origin.correlator = asked.place.correlator.told;
    append_origin_keys(seat_.keys, answer.verdict, origin);
    *asked.place.line_to += seat_.keys.text();
  }

  void count(const Asked& asked, const Verdict& verdict,
             std::chrono::steady_clock::duration took) {
    if (asked.place.self_test) {
      seat_.tally.add_self_test();
    } else if (asked.repeated) {
      seat_.tally.add_repeat();
    } else {
      seat_.tally.add(verdict, took);
    }
  }

  void tell() {
    if (seat_.tally.is_empty()) return;
    sinks_.meters->judged(at_.door_, seat_.tally);
    sinks_.figures->count(seat_.tally, at_.listener_.name);
    seat_.tally.clear();
  }

  // Of the record's bytes, as they are told in the source of a door.
  std::string mark_of(const RecordPlace& place) {
    if (!at_.keeps() || place.bytes.empty()) return {};
    return std::string(seat_.marks->of(place.bytes));
  }

  // What tells the record from all others at this door; nothing where it may
  // not be known again. Without an id the same text is two messages, unless
  // their sender says that it is one.
  std::string known_by(const Record& record, const RecordPlace& place,
                       const std::string& mark) const {
    if (given_ == nullptr || mark.empty() || !place.sent_by) return {};
    std::string name;
    constexpr size_t kCallerBytes = 32;  // most names are shorter
    name.reserve(mark.size() + kCallerBytes);
    name.append(mark).append(1, ' ').append(place.sent_by->caller);
    if (!record.id().empty()) return name;
    if (place.sent_by->key.empty()) return {};
    name.append(1, ' ').append(std::to_string(place.line));
    return name.append(1, ' ').append(place.sent_by->key);
  }

  // Null: it is the first time, or what was given then is not stored.
  const GivenAnswer* that_stands(const GivenAnswers::Turn& turn) const {
    const auto& before = turn.before();
    if (!before || sinks_.ledger->is_lost(before->ticket)) return nullptr;
    return &*before;
  }

  static bool is_same(const std::weak_ptr<const void>& a,
                      const std::weak_ptr<const void>& b) {
    return !a.owner_before(b) && !b.owner_before(a);
  }
  // Others give a verdict of their own, in a run of their own.
  bool is_of_these_rules(const GivenAnswer& before) const {
    return is_same(before.rules, at_.rules_->weak_from_this());
  }

  std::weak_ptr<const void> these_counts() const { return at_.rules_->counts_; }

  // False: the record is yet to be counted.
  bool recall_figures(const GivenAnswer* before) {
    if (counts_ == nullptr || before == nullptr) return false;
    if (!is_same(before->counts, these_counts())) return false;
    seat_.figures.timing = before->timing;
    seat_.figures.values = before->values;
    seat_.figures.values.resize(seat_.questions->size());
    return true;
  }

  GivenAnswer given_by(const Entered& entered) const {
    GivenAnswer given{.rules = at_.rules_->weak_from_this(),
                      .counts = these_counts(),
                      .arrived = seat_.arrival,
                      .ticket = entered.ticket,
                      .stored_as = entered.id};
    if (counts_ == nullptr) return given;
    const auto& values = seat_.figures.values;
    const bool is_looked_at =
        std::any_of(values.begin(), values.end(), [](const WindowValue& value) {
          return value.state != WindowValue::State::no_key;
        });
    given.timing = seat_.figures.timing;
    if (is_looked_at) given.values = values;
    return given;
  }

  Entered pass_over(const GivenAnswer& before) const {
    return {.ticket = sinks_.ledger->pass_over(at_.rules_->book_, at_.door_,
                                               before.ticket),
            .id = before.stored_as};
  }

  Verdict judged(const Record& record, bool counted) {
    if (counts_ == nullptr) return seat_.judge.judge(record);
    if (!counted) counts_->count(record, *seat_.questions, seat_.figures);
    const WindowAnswers answers = seat_.figures.answers();
    return seat_.judge.judge(record, {}, &answers);
  }

  // Of the verdict whose keys the seat holds.
  Entered keep(const Record& record, const Verdict& verdict,
               const VerdictOrigin& origin, std::string mark, bool counted) {
    if (!at_.keeps()) return {};
    LedgerEntry entry;
    entry.verdict =
        verdict_row(record, verdict, seat_.keys, origin, {*seat_.marks});
    if (mark.empty()) mark = seat_.marks->of(entry.verdict->json);
    entry.mark = std::move(mark);
    if (at_.rules_->settings_.store.facts) {
      seat_.writer->append(entry.kept, seat_.judge.bench());
    }
    for (const InvalidField& field : verdict.invalid) {
      entry.invalid.push_back(field.fact);
    }
    if (counts_ != nullptr && !counted) {
      entry.counted = counts_->event_of(seat_.figures);
    }
    return sinks_.ledger->enter(at_.rules_->book_, at_.door_, std::move(entry));
  }

  void log(const Verdict& verdict, const Entered& entered,
           const RecordPlace& place, bool repeated) const {
    const LogVerdicts wanted = sinks_.log->verdicts();
    if (wanted == LogVerdicts::none) return;
    const bool is_flagged = verdict.action != Action::pass || place.self_test;
    if (wanted == LogVerdicts::flagged && !is_flagged) return;
    std::string hits;
    for (const Finding& finding : verdict.findings) {
      if (!finding.acts()) continue;
      if (!hits.empty()) hits += ',';
      hits += finding.rule;
    }
    LogEvent event{.name = "verdict",
                   .fields = {{"door", at_.listener_.name},
                              {"action", std::string(name_of(verdict.action))},
                              {"score", fmt::format("{}", verdict.score)}}};
    const auto add = [&event](std::string_view name, std::string value) {
      if (!value.empty()) event.fields.emplace_back(name, std::move(value));
    };
    add("tenant", at_.listener_.tenant);
    add("rules", std::move(hits));
    add("invalid", invalid_facts(verdict));
    add("self_test", place.self_test ? "yes" : "");
    add("repeated", repeated ? "yes" : "");
    add("correlator", std::string(place.correlator.kept));
    const bool is_one_of_many = place.line_to != nullptr;
    add("line", is_one_of_many ? std::to_string(place.line) : "");
    if (!at_.keeps()) return sinks_.log->write(event);
    sinks_.ledger->settle(entered.ticket,
                          [log = sinks_.log, id = entered.id,
                           event = std::move(event)](Kept kept) mutable {
                            event.fields.push_back(where_kept(kept, id));
                            log->write(event);
                          });
  }

  // What was not stored has no name there.
  static std::pair<std::string_view, std::string> where_kept(
      Kept kept, const std::string& id) {
    switch (kept) {
      case Kept::yes: return {"stored_as", id};
      case Kept::busy: return {"not_stored", "busy"};
      case Kept::failed: break;
    }
    return {"not_stored", "failed"};
  }

  const RulesAtDoor& at_;
  const House& house_;
  LiveCounts* counts_;  // null: no pack has a window
  const ServeSinks& sinks_;
  GivenAnswers* given_;  // null: nothing is known again
  const Pool<Seat>::Lent lent_;
  Seat& seat_;
};

std::unique_ptr<InForce::Sitting> RulesAtDoor::sit() const {
  return std::make_unique<SittingAtDoor>(*this);
}

InForce::Answer RulesAtDoor::judge(const Record& record,
                                   const RecordPlace& place) const {
  return SittingAtDoor(*this).judge(record, place);
}

Result<std::shared_ptr<ServeRules>> ServeRules::load(
    const ServeSettings& settings, const ServeSinks& sinks,
    const ServeRules* before, Issues& issues) {
  auto house = House::load(policy_options(settings), issues);
  if (!house) return house.error();
  std::shared_ptr<ServeRules> rules(new ServeRules(settings, sinks));
  rules->house_ = std::move(*house);
  rules->document_ = policy_document(*rules->house_);
  const Ruleset& ruleset = rules->house_->ruleset();
  const bool goes_on =
      before && before->counts_ && before->counts_->fits(ruleset);
  rules->counts_ =
      goes_on
          ? before->counts_
          : LiveCounts::make(
                ruleset, sinks.ledger
                             ? hash_key_for(sinks.ledger->site_key(), "windows")
                             : random_hash_key());
  std::set<std::string> profiles = {rules->house_->profile()};
  for (const ListenerSettings& listener : settings.listeners) {
    if (!listener.profile.empty()) profiles.insert(listener.profile);
  }
  const SiteKey* key = sinks.ledger ? &sinks.ledger->site_key() : nullptr;
  for (const std::string& profile : profiles) {
    const auto make = [&plan = rules->house_->plan(), key,
                       counts = rules->counts_.get(),
                       options = JudgeOptions{.profile = profile,
                                              .language = settings.language}] {
      return std::make_unique<Seat>(plan, options, key, counts);
    };
    rules->pools_[profile] = std::make_unique<Pool<Seat>>(make);
  }
  for (const ListenerSettings& listener : settings.listeners) {
    rules->doors_.push_back(std::make_unique<RulesAtDoor>(*rules, listener));
  }
  return rules;
}

namespace {

// Of mistakes and of cases that fail: what fits into a line of a log.
constexpr size_t kShown = 5;

// Empty when there are none.
std::string failing_cases(const std::vector<CaseResult>& results) {
  std::string text;
  size_t failing = 0;
  for (const CaseResult& result : results) {
    if (result.passed() || ++failing > kShown) continue;
    text += fmt::format("{}{}: the case '{}' fails: {}",
                        text.empty() ? "" : "; ", result.pack,
                        result.wanted->name, result.differences.front());
  }
  if (failing > kShown) text += fmt::format("; and {} more", failing - kShown);
  return text;
}

// "file:line:column: "; of what stands in no line, "file: ".
std::string place_of(const Issue& issue) {
  if (issue.file.empty()) return {};
  if (issue.place.line == 0) return issue.file + ": ";
  return fmt::format("{}:{}:{}: ", issue.file, issue.place.line,
                     issue.place.column);
}

}  // namespace

Status ServeRules::prove(const std::function<bool()>& is_stopped) const {
  const auto wrong = [](std::string why) {
    return Error{Trouble::policy, std::move(why)};
  };
  Issues issues;
  // On a plan of its own: what patterns remember of the cases, which try them
  // harder than any traffic, would stay with the rules in force.
  const auto proof = House::load(policy_options(settings_), issues);
  if (!proof) return proof.error();
  if ((*proof)->ruleset().digest != house_->ruleset().digest) {
    return wrong("the files of policy changed while they were read");
  }
  // Reading them takes most of the time.
  if (is_stopped && is_stopped()) return Done{};
  const auto packs = load_cases(*disk_files(), (*proof)->ruleset(), issues);
  if (!packs) return packs.error();
  if (issues.has_errors()) return wrong(mistakes_in(issues));
  const std::string failing =
      failing_cases(run_cases((*proof)->plan(), *packs));
  return failing.empty() ? Done{} : Status(wrong(failing));
}

Status ServeRules::open_book(const ServeRules* before) {
  if (sinks_.ledger == nullptr) return Done{};
  RunInfo run{.program_version = SIMWARDEN_VERSION,
              .ruleset_digest = house_->ruleset().digest,
              .ruleset_files = files_of(house_->ruleset()),
              .packs = house_->packs(),
              .profile = house_->profile(),
              .kinds = "auto",
              .command = "serve"};
  std::vector<std::string> doors;
  for (const ListenerSettings& listener : settings_.listeners) {
    doors.push_back(listener.name);
  }
  auto book = sinks_.ledger->open_book(
      std::move(run), std::move(doors),
      {counts_, before == nullptr ? nullptr : before->counts_});
  if (!book) return book.error();
  book_ = std::move(*book);
  return Done{};
}

std::shared_ptr<const InForce> ServeRules::at(
    const ListenerSettings& listener) const {
  return {shared_from_this(), doors_[settings_.index_of(listener)].get()};
}

uint64_t ServeRules::scanner_exhausted() const {
  uint64_t count = 0;
  for (const PatternView view :
       {PatternView::raw, PatternView::plain, PatternView::squeezed}) {
    const Scanner* scanner = house_->plan().scanner(view);
    if (scanner != nullptr) count += scanner->exhausted();
  }
  return count;
}

std::optional<WindowFigures> ServeRules::window_figures() const {
  if (!counts_) return std::nullopt;
  return counts_->figures();
}

std::string mistakes_in(const Issues& issues) {
  std::string text;
  size_t shown = 0;
  for (const Issue& issue : issues.sorted()) {
    if (issue.severity != Severity::error) continue;
    if (++shown > kShown) break;
    text += text.empty() ? "" : "; ";
    text += place_of(issue) + issue.message;
  }
  if (issues.error_count() > shown) {
    text += fmt::format("; and {} more", issues.error_count() - shown);
  }
  return text;
}

}  // namespace simwarden
