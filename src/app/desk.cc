// SPDX-License-Identifier: Apache-2.0
#include "app/desk.h"

#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/explained.h"
#include "app/leads.h"
#include "notation/json_object.h"
#include "policy/pack_tests.h"
#include "record/verdict_json.h"
#include "trial/case_run.h"

namespace simwarden {
namespace {

PolicyOptions policy_options(const ServeSettings& settings) {
  return {.paths = settings.policies,
          .lists = settings.lists,
          .waivers = settings.waivers,
          .profile = settings.profile,
          .language = settings.language};
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
  bool first = true;
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      if (!first) rules += ',';
      first = false;
      JsonObject row(rules);
      row.text("rule", rule.id);
      row.text("pack", pack.name);
      row.text("asks", pack.asks);
      row.text("family", rule.family);
      row.text("severity", rule.severity);
      row.number("score", rule.score);
      row.text("title", rule.title);
      row.close();
    }
  }
  rules += ']';
  policy.close();
  out += '\n';
  return out;
}

// The first few, for a log line.
std::string mistakes_in(const Issues& issues) {
  constexpr size_t kShown = 5;
  std::string text;
  size_t shown = 0;
  for (const Issue& issue : issues.sorted()) {
    if (issue.severity != Severity::error) continue;
    if (++shown > kShown) break;
    text += fmt::format("{}{}:{}:{}: {}", text.empty() ? "" : "; ", issue.file,
                        issue.place.line, issue.place.column, issue.message);
  }
  if (issues.error_count() > shown) {
    text += fmt::format("; and {} more", issues.error_count() - shown);
  }
  return text;
}

// The packs prove themselves before they judge anybody: what the first case
// that fails says; empty when all pass.
std::string failed_case(const House& house) {
  Issues issues;
  const auto packs = load_cases(*disk_files(), house.ruleset(), issues);
  if (!packs) return packs.error().what;
  if (issues.has_errors()) return mistakes_in(issues);
  for (const CaseResult& result : run_cases(house.plan(), *packs)) {
    if (result.passed()) continue;
    return fmt::format("{}: the case '{}' fails: {}", result.pack,
                       result.wanted->name, result.differences.front());
  }
  return {};
}

}  // namespace

// One ruleset in force, for every profile that a door has.
struct Desk::Rules {
  std::unique_ptr<const House> house;
  std::string language;
  std::string document;
  std::map<std::string, std::unique_ptr<JudgePool>> pools;  // by profile
};

namespace {

// Lends a judge to one question.
class Lent {
 public:
  explicit Lent(JudgePool& pool) : pool_(pool), judge_(pool.borrow()) {}
  ~Lent() { pool_.give_back(std::move(judge_)); }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  Judge& operator*() const { return *judge_; }
  Judge* operator->() const { return judge_.get(); }

 private:
  JudgePool& pool_;
  std::unique_ptr<Judge> judge_;
};

}  // namespace

class RulesAtDoor final : public InForce {
 public:
  RulesAtDoor(std::shared_ptr<const void> keeps, const House& house,
              JudgePool& pool, const std::string& profile,
              const std::string& document, FigureKeeper& figures)
      : keeps_(std::move(keeps)),
        house_(house),
        pool_(pool),
        profile_(profile),
        document_(document),
        figures_(figures) {}

  Answer judge(const Record& record, const RecordPlace& place) const override {
    const Lent judge(pool_);
    Answer answer;
    const auto begin = std::chrono::steady_clock::now();
    answer.verdict = judge->judge(record);
    figures_.count(answer.verdict, place.source,
                   std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::steady_clock::now() - begin));
    if (place.leads) answer.leads = leads_of(judge->bench().facts());
    append_json(answer.line, answer.verdict,
                {.source = place.source,
                 .digest = house_.ruleset().digest,
                 .packs = &house_.packs(),
                 .profile = judge->profile().name});
    return answer;
  }

  std::string explain(const Record& record) const override {
    const Lent judge(pool_);
    return explained(record, *judge, Paint{false});
  }

  ActionScores scores() const override {
    const Thresholds& t = house_.ruleset().profile(profile_)->thresholds;
    return {.review = t.review, .hold = t.hold, .refuse = t.refuse};
  }
  const std::string& digest() const override { return house_.ruleset().digest; }
  const std::string& policy_json() const override { return document_; }

 private:
  std::shared_ptr<const void> keeps_;  // what the references point into
  const House& house_;
  JudgePool& pool_;
  const std::string& profile_;
  const std::string& document_;
  FigureKeeper& figures_;
};

Desk::Desk(const ServeSettings& settings)
    : settings_(settings), figures_(SIMWARDEN_VERSION) {}

Desk::~Desk() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  wanted_.notify_all();
  if (worker_.joinable()) worker_.join();
}

Result<std::unique_ptr<Desk>> Desk::open(const ServeSettings& settings) {
  std::unique_ptr<Desk> desk(new Desk(settings));
  if (!settings.tokens_file.empty()) {
    auto tokens = ServeTokens::read(settings.tokens_file);
    if (!tokens) return tokens.error();
    desk->tokens_ = std::move(*tokens);
  }
  Issues issues;
  auto rules = desk->load(issues);
  if (issues.has_errors()) {
    fmt::print(stderr, "{}", render(issues, wants_colour(stderr)));
  }
  if (!rules) return rules.error();
  desk->rules_ = std::move(*rules);
  desk->worker_ = std::thread([desk = desk.get()] { desk->work(); });
  return desk;
}

Result<std::shared_ptr<const Desk::Rules>> Desk::load(Issues& issues) const {
  auto house = House::load(policy_options(settings_), issues);
  if (!house) return house.error();
  auto rules = std::make_shared<Rules>();
  rules->house = std::move(*house);
  rules->language = settings_.language;
  rules->document = policy_document(*rules->house);
  std::set<std::string> profiles = {rules->house->profile()};
  for (const ListenerSettings& listener : settings_.listeners) {
    if (listener.profile.empty()) continue;
    if (!rules->house->ruleset().profile(listener.profile)) {
      return Error{
          Trouble::usage,
          fmt::format("{}: no profile {}", listener.name, listener.profile)};
    }
    profiles.insert(listener.profile);
  }
  for (const std::string& profile : profiles) {
    rules->pools[profile] = std::make_unique<JudgePool>(
        rules->house->plan(),
        JudgeOptions{.profile = profile, .language = settings_.language});
  }
  return std::shared_ptr<const Rules>(std::move(rules));
}

std::shared_ptr<const InForce> Desk::in_force(
    const ListenerSettings& listener) const {
  std::shared_ptr<const Rules> rules;
  {
    const std::lock_guard lock(mutex_);
    rules = rules_;
  }
  const std::string& profile =
      listener.profile.empty() ? rules->house->profile() : listener.profile;
  const auto& pool = *rules->pools.find(profile);
  return std::make_shared<RulesAtDoor>(rules, *rules->house, *pool.second,
                                       pool.first, rules->document, figures_);
}

void Desk::reload(std::function<void(const Reloaded&)> done) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(done));
  }
  wanted_.notify_one();
}

// Who asked before the exchange began is answered by it, all at once.
void Desk::work() {
  while (true) {
    std::vector<std::function<void(const Reloaded&)>> waiting;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
      if (ends_) return;
      waiting.swap(waiting_);
    }
    const Reloaded done = exchange();
    for (const auto& tell : waiting) tell(done);
  }
}

Reloaded Desk::exchange() {
  Issues issues;
  auto rules = load(issues);
  std::string why;
  if (issues.has_errors()) {
    why = mistakes_in(issues);
  } else if (!rules) {
    why = rules.error().what;
  } else {
    why = failed_case(*(*rules)->house);
  }
  const std::lock_guard lock(mutex_);
  last_trouble_ = why;
  if (why.empty()) {
    rules_ = std::move(*rules);
    ++reloads_;
  }
  return {.ok = why.empty(),
          .digest = rules_->house->ruleset().digest,
          .why = std::move(why)};
}

void Desk::settle(Ticket, std::function<void(Kept)> done) {
  done(Kept::yes);
}

void Desk::note(const ListenerSettings&, DoorEvent) {}

Health Desk::health() const {
  const std::lock_guard lock(mutex_);
  Health health{.ready = true};
  JsonObject object(health.json);
  object.flag("ready", true);
  object.text("ruleset", rules_->house->ruleset().digest);
  object.texts("packs", rules_->house->packs());
  object.whole("reloads", reloads_);
  object.text("last_reload_failed", last_trouble_);
  object.close();
  health.json += '\n';
  return health;
}

uint8_t Desk::roles_of(std::string_view token) const {
  return tokens_.roles_of(token);
}

}  // namespace simwarden
