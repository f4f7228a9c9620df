// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "door/service.h"

// A house in which there is no memory to judge with.
namespace simwarden {

struct NoMemoryToJudge : InForce {
  std::unique_ptr<Sitting> sit() const override { throw std::bad_alloc(); }
  Ticket unreadable(const BadRow&, const RecordPlace&) const override {
    return {};
  }
  std::string explain(const Record&, std::string_view) const override {
    throw std::bad_alloc();
  }
  ActionScores scores() const override {
    return {.review = 20, .hold = 40, .refuse = 70};
  }
  const std::string& digest() const override { return none; }
  const std::string& policy_json() const override { return none; }
  std::string none;
};

// One in which some records cannot be judged, those whose id is "odd"; the
// others have their id for a verdict.
struct FailsOnOdd final : NoMemoryToJudge {
  struct Judging final : Sitting {
    Answer judge(const Record& record, const RecordPlace& place) override {
      place.line_to->append("{\"id\":\"").append(record.id());
      if (record.id() == "odd") throw std::length_error("too odd");
      place.line_to->append("\"}");
      return {};
    }
  };
  std::unique_ptr<Sitting> sit() const override {
    return std::make_unique<Judging>();
  }
  Ticket unreadable(const BadRow& bad,
                    const RecordPlace& place) const override {
    place.line_to->append("{\"error\":\"" + bad.code + " " + bad.message +
                          "\",\"line\":" + std::to_string(bad.position.line) +
                          "}");
    return {};
  }
};

// And what it was told of that.
struct FailingService : Service {
  using Service::note;
  std::shared_ptr<const InForce> rules = std::make_shared<NoMemoryToJudge>();
  std::shared_ptr<const InForce> in_force(
      const ListenerSettings&) const override {
    return rules;
  }
  void reload(std::function<void(const Reloaded&)>) override {}
  void settle(Ticket, std::function<void(Kept)> done) override {
    done(Kept::yes);
  }
  void note(const ListenerSettings&, DoorEvent event,
            const NoteWords& words) override {
    if (event == DoorEvent::failed) failed.emplace_back(words.what);
  }
  MemoryBudget& memory(const ListenerSettings&) override { return budget; }
  Health health() const override { return {}; }
  void note_learned() override {}
  DoorFigures figures() const override { return {}; }
  Caller caller_of(std::string_view) const override { return {}; }
  std::string metrics() const override { return {}; }
  std::string status_page() const override { return {}; }
  StoreReply stored_verdict(std::string_view) const override { return {}; }
  StoreReply decide(std::string_view, const std::string&) override {
    return {};
  }
  std::vector<std::string> failed;
  MemoryBudget budget{1 << 20};
};

}  // namespace simwarden
