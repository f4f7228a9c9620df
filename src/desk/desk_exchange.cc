// SPDX-License-Identifier: Apache-2.0
// The desk's exchange of policies, tokens and certificates, on a thread of its
// own.

#include <fmt/format.h>
#ifdef SIMWARDEN_JEMALLOC
#include <jemalloc/jemalloc.h>
#endif

#include "desk/desk.h"

namespace simwarden {
namespace {

constexpr const char* kEnds = "the program ends; ask again when it runs";

Reloaded not_begun() {
  return {.why = kEnds, .world_fails = true};
}

}  // namespace

// Reading policies takes and frees many small pieces; without this the program
// stays a fifth larger than what it holds.
void Desk::give_back_memory() {
#ifdef SIMWARDEN_JEMALLOC
  const std::string all = fmt::format("arena.{}.purge", MALLCTL_ARENAS_ALL);
  (void)mallctl(all.c_str(), nullptr, nullptr, nullptr, 0);
#endif
}

void Desk::reload(std::function<void(const Reloaded&)> done) {
  std::unique_lock lock(mutex_);
  if (ends_) {
    lock.unlock();
    return done(not_begun());
  }
  waiting_.push_back(std::move(done));
  lock.unlock();
  wanted_.notify_one();
}

void Desk::begin_no_exchange() {
  std::vector<std::function<void(const Reloaded&)>> asked;
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
    asked.swap(waiting_);
  }
  wanted_.notify_all();
  for (const auto& tell : asked) tell(not_begun());
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
  const auto ends = [this] { return is_ending(); };
  Status proven = Done{};
  if (!ends()) proven = rules->prove(ends);
  // Nobody would be judged by them.
  if (ends()) return Error{Trouble::environment, kEnds};
  return proven;
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

}  // namespace simwarden
