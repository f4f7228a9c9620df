// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "desk/files_watch.h"
#include "desk/incidents.h"
#include "desk/serve_rules.h"
#include "desk/serve_tokens.h"
#include "door/server.h"
#include "store/stored_verdict.h"

// The daemon's side of the doors: the ruleset in force and its exchange, the
// store, the counts.
namespace simwarden {

struct DecisionRows;
struct DecisionsStored;

class Desk final : public Service {
 public:
  // Reads the tokens, which may be for root's eyes only. Keeps `settings` by
  // reference.
  static Result<std::unique_ptr<Desk>> open(const ServeSettings& settings);
  // Opens the store and loads the policies, as whom the program runs from now
  // on. Once, before any door asks. Refuses another site key than until now, if
  // it is not meant.
  Status begin(OtherKey change);
  // Instead of begin(): what is wrong with the policies, or the digest of the
  // ruleset. Opens no store.
  Result<std::string> check();
  // What is in force. After begin().
  std::string ruleset() const { return rules()->house().ruleset().digest; }
  // What an exchange reads again besides tokens and policies, on a thread of
  // its own: the certificates of the doors.
  // Before begin(); while the desk has not ended.
  void at_exchange(std::function<RenewedCertificates()> renew) {
    renew_certificates_ = std::move(renew);
  }
  // Says in the log what was only counted until now. Every few seconds, on one
  // thread.
  void say_due();
  // Begins no exchange any more: who asked for one that has not begun is told
  // so, and whoever asks from now on. When the doors are closed; from any
  // thread.
  void begin_no_exchange();
  // Stores what it has taken and tells everybody who waits; takes nothing more.
  // While the server stands, to whose threads the answers go, and nobody asks
  // any more.
  void end();
  ~Desk() override;

  std::shared_ptr<const InForce> in_force(
      const ListenerSettings& listener) const override;
  void reload(std::function<void(const Reloaded&)> done) override;
  void settle(Ticket ticket, std::function<void(Kept)> done) override;
  using Service::note;
  void note(const ListenerSettings& listener, DoorEvent event,
            const NoteWords& words) override;
  MemoryBudget& memory(const ListenerSettings& listener) override {
    return memory_.of(index_of(listener));
  }
  Health health() const override;
  void note_learned() override { figures_.count_learned(); }
  DoorFigures figures() const override { return figures_.figures(); }
  Caller caller_of(std::string_view token) const override;
  std::string metrics() const override;
  std::string status_page() const override;
  StoreReply stored_verdict(std::string_view id) const override;
  StoreReply decide(std::string_view rows, const std::string& by) override;

  ServeLog& log() { return log_; }

 private:
  explicit Desk(const ServeSettings& settings);
  size_t index_of(const ListenerSettings& listener) const {
    return settings_.index_of(listener);
  }
  Status open_ledger(OtherKey change);
  Result<std::shared_ptr<ServeRules>> load_rules();
  Status open_rules();
  std::shared_ptr<const ServeRules> rules() const;
  ServeSinks sinks();
  Reloaded exchange(bool asked_for);
  Status try_rules(std::shared_ptr<ServeRules>& rules);
  Status read_settled_rules(std::shared_ptr<ServeRules>& rules);
  bool is_store_well() const;
  Status find_decided(DecisionRows& rows) const;
  Result<DecisionsStored> store_decisions(const DecisionRows& rows);
  void forget_finder();
  bool is_ending() const;
  // Nobody's policy: tokens and certificates. What is no good stays as it was.
  void renew_keys();
  std::string renew_tokens();  // what is wrong with them, or nothing
  void say_exchanged(const RenewedCertificates::Door& door);
  void say_stays(std::string_view what, const std::string& why);
  static void give_back_memory();
  void look_again();
  void work();
  bool wait_for_work(std::vector<std::function<void(const Reloaded&)>>& asked);

  const ServeSettings& settings_;
  // Made before the policies are read: a change meanwhile is one.
  FilesWatch watch_;
  FilesWatch keys_watch_;  // tokens, certificates
  ServeLog log_;
  Incidents incidents_;
  uint64_t dropped_said_ = 0;  // lines of the log
  DoorBudgets memory_;
  std::unique_ptr<Meters> meters_;
  FigureKeeper figures_;
  std::vector<std::unique_ptr<GivenAnswers>> given_;  // by listener
  std::unique_ptr<Ledger> ledger_;                    // null: nothing is stored
  std::function<RenewedCertificates()> renew_certificates_;
  mutable std::mutex mutex_;
  std::shared_ptr<const ServeTokens> tokens_;  // null: nobody's
  std::shared_ptr<const ServeRules> rules_;    // after ledger_: ends before it
  std::string last_trouble_;  // of the newest reload; empty when it was well
  std::string keys_trouble_;  // of tokens and certificates; empty: as the files
  uint64_t reloads_ = 0;
  mutable std::mutex finder_mutex_;
  mutable std::unique_ptr<VerdictFinder> finder_;  // opened when first asked
  // Reloads, one after the other, on their own thread.
  std::condition_variable wanted_;
  std::vector<std::function<void(const Reloaded&)>> waiting_;
  bool looks_again_ = false;
  bool ends_ = false;
  std::thread worker_;
};

}  // namespace simwarden
