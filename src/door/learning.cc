// SPDX-License-Identifier: Apache-2.0
#include "door/learning.h"

#include <simdjson.h>

#include "door/settling.h"
#include "notation/json_object.h"

namespace simwarden {
namespace {

// Of a stored verdict's JSON.
std::optional<uint64_t> verdict_id_of(const StoreReply& stored) {
  if (stored.how != StoreReply::How::done) return std::nullopt;
  simdjson::dom::parser parser;
  uint64_t id = 0;
  const simdjson::padded_string json(stored.json);
  if (parser.parse(json)["verdict_id"].get_uint64().get(id)) {
    return std::nullopt;
  }
  return id;
}

std::string decision_row(uint64_t id, std::string_view outcome,
                         const std::string& by) {
  std::string row;
  JsonObject object(row);
  object.whole("verdict_id", id);
  object.text("decided_by", by);
  object.text("outcome", outcome);
  object.close();
  return row + '\n';
}

std::string_view outcome_of(bool spam, Action action) {
  if (spam) return "refused";
  return action == Action::pass ? "approved" : "false_alarm";
}

}  // namespace

Task<Learned> learn(const HandedIn& handed, const ListenerSettings& settings,
                    Service& service, const InForce& rules) {
  if (!settings.learn) {
    co_return Learned{.why = "this door does not learn (learn: true)"};
  }
  const MailAnswer answer = judged_or_on_error(service, settings, [&] {
    return judge_mail(handed.mail, handed.envelope, settings, rules);
  });
  if (answer.skipped) co_return Learned{.why = "there is no mail to judge"};
  if (answer.stored_as.empty()) {
    co_return Learned{.why =
                          "this door keeps no verdicts: what a person decided "
                          "has nowhere to go"};
  }
  if (!co_await may_be_told(service, settings, answer.ticket)) {
    co_return Learned{.why = "the store cannot be written now"};
  }
  const auto id = verdict_id_of(service.stored_verdict(answer.stored_as));
  if (!id) co_return Learned{.why = "the store cannot be read now"};
  const std::string_view outcome =
      outcome_of(handed.spam, answer.verdict.action);
  const StoreReply decided =
      service.decide(decision_row(*id, outcome, handed.by), handed.by);
  if (decided.how != StoreReply::How::done) {
    co_return Learned{.why = decided.why};
  }
  service.note_learned();
  co_return Learned{.done = true};
}

}  // namespace simwarden
