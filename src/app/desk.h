// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/house.h"
#include "app/judged.h"
#include "app/serve_tokens.h"
#include "door/service.h"

// The daemon's side of the doors: rulesets in force and their exchange.
namespace simwarden {

class Desk final : public Service {
 public:
  // Loads the policies. Keeps `settings` by reference.
  static Result<std::unique_ptr<Desk>> open(const ServeSettings& settings);
  ~Desk() override;

  std::shared_ptr<const InForce> in_force(
      const ListenerSettings& listener) const override;
  void reload(std::function<void(const Reloaded&)> done) override;
  void settle(Ticket ticket, std::function<void(Kept)> done) override;
  void note(const ListenerSettings& listener, DoorEvent event) override;
  Health health() const override;
  Figures figures() const override { return figures_.figures(); }
  uint8_t roles_of(std::string_view token) const override;

 private:
  struct Rules;
  explicit Desk(const ServeSettings& settings);
  Result<std::shared_ptr<const Rules>> load(Issues& issues) const;
  Reloaded exchange();
  void work();

  const ServeSettings& settings_;
  ServeTokens tokens_;
  mutable FigureKeeper figures_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Rules> rules_;
  std::string last_trouble_;  // of the newest reload; empty when it was well
  uint64_t reloads_ = 0;
  // Reloads, one after the other, on their own thread.
  std::condition_variable wanted_;
  std::vector<std::function<void(const Reloaded&)>> waiting_;
  bool ends_ = false;
  std::thread worker_;
};

}  // namespace simwarden
