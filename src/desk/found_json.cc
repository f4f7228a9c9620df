// SPDX-License-Identifier: Apache-2.0
#include "desk/found_json.h"

#include "notation/json_object.h"

namespace simwarden {
namespace {

void append_tally(std::string& to, const StoredTally& tally) {
  JsonObject row(to);
  row.text("action", name_of(tally.action));
  row.number("score", tally.score);
  row.text("top_rule", tally.top_rule);
  row.text("event_time", tally.event_time);
  row.close();
}

void append_purge(std::string& to, const StoredPurge& purge) {
  JsonObject row(to);
  row.text("class", purge.of);
  row.text("at", purge.at);
  row.close();
}

}  // namespace

std::string json_of(const FoundVerdict& verdict, std::string_view id) {
  std::string out;
  JsonObject object(out);
  object.text("stored_as", id);
  object.whole("verdict_id", uint64_t(verdict.verdict_id));
  object.text("ruleset", verdict.ruleset);
  object.text("source", verdict.source);
  object.whole("line", uint64_t(verdict.line));
  object.key("verdict") += verdict.json.empty() ? "null" : verdict.json;
  if (verdict.json.empty()) append_tally(object.key("left"), verdict.tally);
  if (verdict.purge) append_purge(object.key("purged"), *verdict.purge);
  object.each("decisions", verdict.decisions,
              [](std::string& to, const StoredDecision& decision) {
                JsonObject row(to);
                row.whole("verdict_id", uint64_t(decision.verdict_id));
                row.text("stored_at", decision.stored_at);
                row.text("decided_at", decision.decided_at);
                row.text("decided_by", decision.decided_by);
                row.text("outcome", decision.outcome);
                row.text("state", decision.state);
                row.text("owner", decision.owner);
                row.text("due", decision.due);
                row.text("note", decision.note);
                row.close();
              });
  object.close();
  out += '\n';
  return out;
}

}  // namespace simwarden
