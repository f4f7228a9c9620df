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

StoreReply unavailable(const Error& why) {
  return {.how = StoreReply::How::unavailable, .why = why.what};
}

bool is_not_filled_in(const DecisionRows& rows) {
  return rows.without_outcome > 0 && rows.decisions.empty() &&
         rows.faults.empty();
}

std::string told(const DecisionsStored& stored, uint64_t without_outcome) {
  std::string json;
  JsonObject object(json);
  object.whole("stored", stored.ids.size());
  object.whole("repeated", stored.repeated);
  object.whole("without_outcome", without_outcome);
  object.close();
  return json + '\n';
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
    if (!opened) return unavailable(opened.error());
    finder_ = std::move(*opened);
  }
  auto found = finder_->find(*name);
  if (!found) {
    finder_.reset();
    return unavailable(found.error());
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
  if (Status found = find_decided(rows); !found) {
    return unavailable(found.error());
  }
  if (is_not_filled_in(rows)) {
    return {.how = StoreReply::How::empty,
            .why = "no decision stands in it: no row has an outcome"};
  }
  leave_out_wrong(rows);
  const auto stored = store_decisions(rows);
  if (!stored) return unavailable(stored.error());
  add_faults(rows, stored->faults);
  if (!rows.faults.empty()) {
    return {.how = StoreReply::How::wrong, .why = faults_of(rows)};
  }
  if (!stored->ahead_of_clock.empty()) {
    log_.write({.level = LogLevel::warning,
                .name = "clock_behind",
                .fields = {{"what", stored->ahead_of_clock}}});
  }
  return {.json = told(*stored, rows.without_outcome)};
}

// What they are about, and under four eyes whether somebody else took it.
Status Desk::find_decided(DecisionRows& rows) const {
  Status found = find_named(rows, ledger_->path());
  if (!found || !settings_.store.four_eyes) return found;
  return refuse_own_cases(rows, ledger_->path(), ledger_->site_key());
}

// All of them or, where something is wrong with one, none.
Result<DecisionsStored> Desk::store_decisions(const DecisionRows& rows) {
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
  if (!written) return written.error();
  return stored;
}

}  // namespace simwarden
