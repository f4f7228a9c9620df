// SPDX-License-Identifier: Apache-2.0
// What the desk asks its store, and what it has it write, beside verdicts.
#include <fmt/format.h>

#include "desk/decision_rows.h"
#include "desk/desk.h"
#include "desk/found_json.h"
#include "desk/own_cases.h"
#include "notation/json_object.h"
#include "store/decisions.h"

namespace simwarden {

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
