// SPDX-License-Identifier: Apache-2.0
#include "desk/desk.h"

#include <filesystem>

#include <fmt/format.h>
#include <malloc.h>

#include "desk/decision_rows.h"
#include "desk/found_json.h"
#include "desk/own_cases.h"
#include "desk/status_page.h"
#include "diag/counted.h"
#include "house/verdict_row.h"
#include "notation/json_object.h"
#include "store/decisions.h"
#include "store/migrations.h"
#include "terminal/terminal.h"

namespace simwarden {

namespace {

std::vector<std::string> all_files(const ServeSettings& settings) {
  std::vector<std::string> files = settings.policies;
  files.insert(files.end(), settings.lists.begin(), settings.lists.end());
  files.insert(files.end(), settings.waivers.begin(), settings.waivers.end());
  return files;
}

// Whoever reads the log need not know where the program was started.
std::string absolute(const std::string& path) {
  std::error_code unknown;
  const auto whole = std::filesystem::absolute(path, unknown);
  return unknown ? path : whole.lexically_normal().string();
}

std::vector<std::string> key_files(const ServeSettings& settings) {
  std::vector<std::string> files = {settings.tokens_file};
  for (const ListenerSettings& listener : settings.listeners) {
    const TlsSettings& tls = listener.tls;
    for (const auto& file : {tls.certificate, tls.key, tls.client_ca}) {
      files.push_back(file);
    }
  }
  std::erase(files, std::string());
  return files;
}

}  // namespace

Desk::Desk(const ServeSettings& settings)
    : settings_(settings),
      watch_(all_files(settings)),
      keys_watch_(key_files(settings)),
      log_(settings.log),
      incidents_(settings.listeners, log_),
      memory_(settings.memory, settings.listeners.size()),
      meters_(std::make_unique<Meters>(settings.listeners)),
      figures_(SIMWARDEN_VERSION) {
  for (size_t i = 0; i < settings.listeners.size(); ++i) {
    given_.push_back(std::make_unique<GivenAnswers>());
  }
}

Desk::~Desk() {
  end();
}

void Desk::end() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  wanted_.notify_all();
  if (worker_.joinable()) worker_.join();
  if (ledger_) ledger_->end();
  for (const auto& tell : std::exchange(waiting_, {})) {
    tell({.why = "the program ends"});
  }
}

Result<std::unique_ptr<Desk>> Desk::open(const ServeSettings& settings) {
  std::unique_ptr<Desk> desk(new Desk(settings));
  if (!settings.tokens_file.empty()) {
    auto tokens = ServeTokens::read(settings.tokens_file);
    if (!tokens) return tokens.error();
    desk->tokens_ = std::make_shared<ServeTokens>(std::move(*tokens));
  }
  return desk;
}

namespace {

// Reading policies takes and frees many small pieces; without this the program
// stays a fifth larger than what it holds.
void give_back_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

Status Desk::begin(OtherKey change) {
  if (Status opened = open_ledger(change); !opened) {
    (void)load_rules();  // says what is wrong with them, too
    return opened;
  }
  if (Status opened = open_rules(); !opened) return opened;
  give_back_memory();
  worker_ = std::thread([this] { work(); });
  return Done{};
}

Result<std::string> Desk::check() {
  auto rules = load_rules();
  if (!rules) return rules.error();
  return (*rules)->house().ruleset().digest;
}

Status Desk::open_ledger(OtherKey change) {
  if (settings_.store.db.empty()) return Done{};
  const bool is_new = !std::filesystem::exists(settings_.store.db);
  const std::string& key = settings_.store.site_key;
  auto ledger = Ledger::open(
      {.db = settings_.store.db,
       .site_key = key.empty() ? site_key_path(settings_.store.db) : key,
       .key_change = change,
       .on_change =
           [this](const std::string& what, bool well) {
             forget_finder();
             log_.write({.level = well ? LogLevel::info : LogLevel::error,
                         .name = well ? "store_is_back" : "store_failed",
                         .fields = {{"what", what}}});
             if (well) look_again();
           },
       .on_other_file =
           [this] {
             for (const auto& given : given_) given->forget_all();
           },
       .on_brought_up =
           [this](int64_t from) {
             log_.write({.name = "store_brought_up",
                         .fields = {{"from", std::to_string(from)},
                                    {"to", std::to_string(schema_version())}}});
           }});
  if (!ledger) return ledger.error();
  ledger_ = std::move(*ledger);
  if (!ledger_->counts().well) return Done{};  // that was said
  log_.write({.level = LogLevel::info,
              .name = is_new ? "store_made" : "store_opened",
              .fields = {{"db", absolute(settings_.store.db)}}});
  return Done{};
}

ServeSinks Desk::sinks() {
  return {.meters = meters_.get(),
          .figures = &figures_,
          .log = &log_,
          .ledger = ledger_.get(),
          .given = &given_};
}

Result<std::shared_ptr<ServeRules>> Desk::load_rules() {
  if (Status named = check_named_files(policy_options(settings_)); !named) {
    return named.error();
  }
  Issues issues;
  auto rules = ServeRules::load(settings_, sinks(), nullptr, issues);
  if (!issues.has_errors()) return rules;
  say_text(render(issues, wants_colour(stderr)));
  if (!rules && rules.error().trouble != Trouble::usage) return rules;
  return Error{Trouble::usage,
               fmt::format("{} in the settings; no door was opened",
                           how_many(issues.error_count(), "mistake"))};
}

Status Desk::open_rules() {
  auto rules = load_rules();
  if (!rules) return rules.error();
  if (Status opened = (*rules)->open_book(nullptr); !opened) return opened;
  rules_ = std::move(*rules);
  meters_->begun_with(
      {rules_->house().ruleset().digest, rules_->house().profile()});
  return Done{};
}

std::shared_ptr<const ServeRules> Desk::rules() const {
  const std::lock_guard lock(mutex_);
  return rules_;
}

std::shared_ptr<const InForce> Desk::in_force(
    const ListenerSettings& listener) const {
  return rules()->at(listener);
}

void Desk::reload(std::function<void(const Reloaded&)> done) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(done));
  }
  wanted_.notify_one();
}

// The store is back, which an exchange may have failed for.
void Desk::look_again() {
  {
    const std::lock_guard lock(mutex_);
    looks_again_ = true;
  }
  wanted_.notify_one();
}

// False at the end of the program. Nobody asked: it is time to look at the
// files.
bool Desk::wait_for_work(
    std::vector<std::function<void(const Reloaded&)>>& asked) {
  const auto is_wanted = [this] {
    return ends_ || looks_again_ || !waiting_.empty();
  };
  std::unique_lock lock(mutex_);
  if (settings_.watch.count() > 0) {
    wanted_.wait_for(lock, settings_.watch, is_wanted);
  } else {
    wanted_.wait(lock, is_wanted);
  }
  if (ends_) return false;  // end() tells them
  asked.swap(waiting_);
  looks_again_ = false;
  return true;
}

bool Desk::is_ending() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

bool Desk::is_store_well() const {
  return !ledger_ || ledger_->counts().well;
}

// Who asked before the exchange began is answered by it, all at once.
void Desk::work() {
  std::vector<std::function<void(const Reloaded&)>> asked;
  bool failed = false;
  const bool watches = settings_.watch.count() > 0;
  while (wait_for_work(asked)) {
    const bool keys_changed = watches && keys_watch_.has_changed();
    if (!asked.empty() || keys_changed) renew_keys();
    const bool changed = watches && watch_.has_changed();
    // No file changes when a disk has room again, or a file can be read.
    const bool again = failed && is_store_well();
    if (asked.empty() && !changed && !again) continue;
    Reloaded done = exchange(!asked.empty() || changed);
    done.keys_stay = keys_trouble_;
    failed = done.world_fails;
    give_back_memory();
    for (const auto& tell : asked) tell(done);
    asked.clear();
  }
}

void Desk::renew_keys() {
  std::string trouble;
  if (!settings_.tokens_file.empty()) trouble = renew_tokens();
  const RenewedCertificates renewed =
      renew_certificates_ ? renew_certificates_() : RenewedCertificates();
  for (const auto& door : renewed.came) say_exchanged(door);
  for (const std::string& why : renewed.wrong) {
    say_stays("certificates", why);
    trouble += (trouble.empty() ? "" : "; ") + why;
  }
  meters_->keys_renewed(trouble.empty());
  const std::lock_guard lock(mutex_);
  keys_trouble_ = std::move(trouble);
}

std::string Desk::renew_tokens() {
  auto read = ServeTokens::read(settings_.tokens_file);
  if (!read) {
    say_stays("tokens", read.error().what);
    return read.error().what;
  }
  auto tokens = std::make_shared<const ServeTokens>(std::move(*read));
  {
    const std::lock_guard lock(mutex_);
    tokens_.swap(tokens);
  }
  const std::string gone = tokens->not_in(*tokens_);
  const std::string came = tokens_->not_in(*tokens);
  if (gone.empty() && came.empty()) return {};
  log_.write(
      {.name = "tokens_exchanged", .fields = {{"gone", gone}, {"came", came}}});
  return {};
}

// What stayed as it was has no word in the line.
void Desk::say_exchanged(const RenewedCertificates::Door& door) {
  LogEvent line{.name = "certificates_exchanged",
                .fields = {{"door", door.name}}};
  const auto add = [&line](std::string_view name, const std::string& was,
                           const std::string& is) {
    if (was != is) line.fields.emplace_back(name, is);
  };
  add("certificate", door.was.certificate, door.is.certificate);
  add("chain", door.was.chain, door.is.chain);
  add("client_ca", door.was.client_ca, door.is.client_ca);
  log_.write(line);
}

void Desk::say_due() {
  incidents_.say_due();
  const uint64_t dropped = log_.dropped();
  if (dropped == dropped_said_ || log_.fails()) return;  // lost itself
  log_.write({.level = LogLevel::warning,
              .name = "lines_dropped",
              .fields = {{"times", std::to_string(dropped - dropped_said_)}}});
  dropped_said_ = dropped;
}

// Like a policy that does not pass.
void Desk::say_stays(std::string_view what, const std::string& why) {
  log_.write({.level = LogLevel::error,
              .name = "keys_stay",
              .fields = {{"what", std::string(what)}, {"why", why}}});
}

namespace {

// Who asks while a copy is under way, or an editor writes, gets what was there
// in the middle: files that changed while they were read are read again, for so
// long. A reading that ends at a mistake takes no time worth counting by.
constexpr std::chrono::seconds kSettlingMax{10};
constexpr std::chrono::milliseconds kBetweenReadings{200};

}  // namespace

Status Desk::try_rules(std::shared_ptr<ServeRules>& rules) {
  Issues issues;
  auto loaded =
      ServeRules::load(settings_, sinks(), this->rules().get(), issues);
  if (issues.has_errors()) return Error{Trouble::policy, mistakes_in(issues)};
  if (!loaded) return loaded.error();
  rules = std::move(*loaded);
  return rules->prove();
}

Status Desk::read_settled_rules(std::shared_ptr<ServeRules>& rules) {
  const auto ends = std::chrono::steady_clock::now() + kSettlingMax;
  while (true) {
    const std::string before = watch_.look();
    Status read = try_rules(rules);
    if (read || watch_.look() == before) return read;
    if (std::chrono::steady_clock::now() >= ends || is_ending()) {
      return Error{read.error().trouble,
                   "the files of policy changed all the time while they were "
                   "read; ask again when they are written. The last reading "
                   "said: " +
                       read.error().what};
    }
    std::this_thread::sleep_for(kBetweenReadings);
  }
}

// What is only tried again is logged when it is another story. Rules that are
// in force already go on, with their run and their counts.
Reloaded Desk::exchange(bool asked_for) {
  const std::shared_ptr<const ServeRules> in_force = rules();
  std::shared_ptr<ServeRules> rules;
  Status taken = read_settled_rules(rules);
  const bool is_same =
      taken && is_store_well() &&
      rules->house().ruleset().digest == in_force->house().ruleset().digest;
  if (taken && !is_same) taken = rules->open_book(in_force.get());
  Reloaded done{.ok = taken.ok()};
  if (!taken) {
    done.why = taken.error().what;
    done.world_fails = taken.error().trouble == Trouble::environment;
  }
  bool is_news = done.ok || asked_for;
  {
    const std::lock_guard lock(mutex_);
    is_news = is_news || done.why != last_trouble_;
    last_trouble_ = done.why;
    if (done.ok && !is_same) rules_ = std::move(rules);
    if (done.ok) ++reloads_;
    done.digest = rules_->house().ruleset().digest;
    meters_->reloaded(done.ok, {done.digest, rules_->house().profile()});
  }
  if (!is_news) return done;
  const std::string_view name = !done.ok  ? "policy_stays"
                                : is_same ? "policy_unchanged"
                                          : "policy_exchanged";
  LogEvent line{.level = done.ok ? LogLevel::info : LogLevel::error,
                .name = name,
                .fields = {{"in_force", done.digest}}};
  if (!done.ok) line.fields.emplace_back("why", done.why);
  log_.write(line);
  return done;
}

void Desk::settle(Ticket ticket, std::function<void(Kept)> done) {
  ledger_->settle(ticket, std::move(done));
}

void Desk::note(const ListenerSettings& listener, DoorEvent event,
                const NoteWords& words) {
  const size_t door = index_of(listener);
  meters_->note(door, event, words.times);
  incidents_.note(door, event, Incidents::Clock::now(), words);
}

Health Desk::health() const {
  const std::lock_guard lock(mutex_);
  Health health{.ready = true};
  LedgerCounts counts;
  if (ledger_) {
    counts = ledger_->counts();
    health.ready = counts.well;
  }
  JsonObject object(health.json);
  object.flag("ready", health.ready);
  object.text("ruleset", rules_->house().ruleset().digest);
  object.texts("packs", rules_->house().packs());
  object.whole("reloads", reloads_);
  object.text("last_reload_failed", last_trouble_);
  object.text("keys_stay", keys_trouble_);
  object.text("store_failed", counts.trouble);
  object.close();
  health.json += '\n';
  return health;
}

Caller Desk::caller_of(std::string_view token) const {
  std::shared_ptr<const ServeTokens> tokens;
  {
    const std::lock_guard lock(mutex_);
    tokens = tokens_;
  }
  return tokens ? tokens->caller_of(token) : Caller{};
}

std::string Desk::metrics() const {
  LedgerCounts counts;
  if (ledger_) counts = ledger_->counts();
  const auto in_force = rules();
  return meters_->text({.ledger = ledger_ ? &counts : nullptr,
                        .scanner_exhausted = in_force->scanner_exhausted(),
                        .log_lines_dropped = log_.dropped(),
                        .bytes_in_flight = memory_.used(),
                        .windows = in_force->window_figures()});
}

std::string Desk::status_page() const {
  StatusFacts facts;
  const auto in_force = rules();
  facts.digest = in_force->house().ruleset().digest;
  facts.packs = in_force->house().packs();
  facts.profile = in_force->house().profile();
  for (size_t i = 0; i < settings_.listeners.size(); ++i) {
    const ListenerSettings& listener = settings_.listeners[i];
    facts.doors.push_back({.name = listener.name,
                           .protocol = listener.door,
                           .place = to_text(listener.at),
                           .counts = meters_->of_door(i)});
  }
  if (ledger_) facts.ledger = ledger_->counts();
  const std::lock_guard lock(mutex_);
  facts.reloads = reloads_;
  facts.last_trouble = last_trouble_;
  facts.keys_trouble = keys_trouble_;
  return draw_status(facts);
}

namespace {

StoreReply no_store() {
  return {.how = StoreReply::How::not_found,
          .why = "this daemon keeps no verdicts (store: in its settings)"};
}

}  // namespace

// After a failure another file may stand there, a copy that was put back.
void Desk::forget_finder() {
  const std::lock_guard lock(finder_mutex_);
  finder_.reset();
}

StoreReply Desk::stored_verdict(std::string_view id) const {
  if (!ledger_) return no_store();
  const auto name = read_verdict_name(id);
  if (!name) {
    return {.how = StoreReply::How::not_found,
            .why = "no verdict has such a name; it is its `stored_as`"};
  }
  const std::lock_guard lock(finder_mutex_);
  if (!finder_) {
    auto opened = VerdictFinder::open(ledger_->path());
    if (!opened) {
      return {.how = StoreReply::How::unavailable, .why = opened.error().what};
    }
    finder_ = std::move(*opened);
  }
  auto found = finder_->find(*name);
  if (!found) {
    finder_.reset();
    return {.how = StoreReply::How::unavailable, .why = found.error().what};
  }
  if (!*found) {
    return {.how = StoreReply::How::not_found,
            .why = "this store has no such verdict"};
  }
  return {.json = json_of(**found, id)};
}

StoreReply Desk::decide(std::string_view text, const std::string& by) {
  if (!ledger_) return no_store();
  DecisionRows rows = read_decisions(text, by);
  if (rows.decisions.size() > kDecisionsMax) {
    return {.how = StoreReply::How::wrong,
            .why = fmt::format("more than {} decisions", kDecisionsMax)};
  }
  Status found = find_named(rows, ledger_->path());
  if (found && settings_.store.four_eyes) {
    found = refuse_own_cases(rows, ledger_->path(), ledger_->site_key());
  }
  if (!found) {
    return {.how = StoreReply::How::unavailable, .why = found.error().what};
  }
  const bool undecided = rows.without_outcome > 0 && rows.decisions.empty();
  if (undecided && rows.faults.empty()) {
    return {.how = StoreReply::How::empty,
            .why = "no decision stands in it: no row has an outcome"};
  }
  leave_out_wrong(rows);
  DecisionsStored stored;
  Status written =
      ledger_->add([&](Database& database, Chain& chain) -> Status {
        auto done = write_decisions(database, chain, rows.decisions,
                                    {.repeated = Repeated::leave_out,
                                     .four_eyes = settings_.store.four_eyes,
                                     .look_only = !rows.faults.empty()});
        if (!done) return done.error();
        stored = std::move(*done);
        return Done{};
      });
  if (!written) {
    return {.how = StoreReply::How::unavailable, .why = written.error().what};
  }
  add_faults(rows, stored.faults);
  if (!rows.faults.empty()) {
    return {.how = StoreReply::How::wrong, .why = faults_of(rows)};
  }
  if (!stored.ahead_of_clock.empty()) {
    log_.write({.level = LogLevel::warning,
                .name = "clock_behind",
                .fields = {{"what", stored.ahead_of_clock}}});
  }
  StoreReply reply;
  JsonObject object(reply.json);
  object.whole("stored", stored.ids.size());
  object.whole("repeated", stored.repeated);
  object.whole("without_outcome", rows.without_outcome);
  object.close();
  reply.json += '\n';
  return reply;
}

}  // namespace simwarden
