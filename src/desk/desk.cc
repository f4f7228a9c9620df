// SPDX-License-Identifier: Apache-2.0
#include "desk/desk.h"

#include <filesystem>

#include <fmt/format.h>

#include "desk/status_page.h"
#include "diag/counted.h"
#include "house/unused_lists.h"
#include "house/verdict_row.h"
#include "notation/json_object.h"
#include "policy/folders.h"
#include "store/migrations.h"
#include "terminal/terminal.h"

namespace simwarden {

namespace {

// Whatever the rules come from. A profile that is no file is a name: nothing
// lies there.
std::vector<std::string> all_files(const ServeSettings& settings) {
  std::vector<std::string> files = settings.policies;
  files.insert(files.end(), settings.lists.begin(), settings.lists.end());
  files.insert(files.end(), settings.waivers.begin(), settings.waivers.end());
  files.push_back(settings.profile);
  for (const ListenerSettings& door : settings.listeners) {
    if (!door.profile.empty()) files.push_back(door.profile);
  }
  const auto disk = disk_files();
  for (const std::string& path : settings.policies) {
    const auto shared = shared_beside(*disk, path);
    files.insert(files.end(), shared.begin(), shared.end());
  }
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
  const Issues shown =
      issues.has_errors() ? issues : unused_lists(issues, settings_.lists);
  if (!shown.empty()) say_text(render(shown, wants_colour(stderr)));
  if (!issues.has_errors()) return rules;
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

void Desk::say_due() {
  incidents_.say_due();
  const uint64_t dropped = log_.dropped();
  if (dropped == dropped_said_ || log_.fails()) return;  // lost itself
  log_.write({.level = LogLevel::warning,
              .name = "lines_dropped",
              .fields = {{"times", std::to_string(dropped - dropped_said_)}}});
  dropped_said_ = dropped;
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

}  // namespace simwarden
