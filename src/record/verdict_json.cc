// SPDX-License-Identifier: Apache-2.0
#include "record/verdict_json.h"

#include "notation/json_object.h"

namespace simwarden {
namespace {

using Json = BasicJsonObject<TextPen>;

void append_evidence(TextPen& out, const Evidence& evidence) {
  Json keys(out);
  keys.text("fact", evidence.fact);
  const bool is_span = evidence.end > evidence.begin;
  if (is_span) {
    keys.whole("begin", evidence.begin);
    keys.whole("end", evidence.end);
    keys.text("text", evidence.text);
    keys.text("seen_as", evidence.seen_as);
    keys.text("by", evidence.by);
    return keys.close();
  }
  switch (evidence.state) {
    case Evidence::State::not_recorded:
      keys.text("state", "not_recorded");
      return keys.close();
    case Evidence::State::null: keys.text("state", "null"); return keys.close();
    case Evidence::State::invalid: keys.text("state", "invalid"); break;
    case Evidence::State::value: break;
  }
  if (evidence.quoted || evidence.state == Evidence::State::invalid) {
    append_json_string(keys.key("value"), evidence.value);
  } else {
    keys.key("value") += evidence.value;
  }
  keys.close();
}

void append_waiver(TextPen& out, const WaiverNote& waiver) {
  Json keys(out);
  keys.text("id", waiver.id);
  keys.text("asked_by", waiver.asked_by);
  keys.text("approved_by", waiver.approved_by);
  keys.text("why", waiver.why);
  keys.text("until", waiver.until);
  keys.close();
}

void append_finding(TextPen& out, const Finding& finding) {
  Json keys(out);
  keys.text("rule", finding.rule);
  keys.text("outcome", name_of(finding.outcome));
  if (finding.shadow) keys.key("shadow") += "true";
  keys.text("family", finding.family);
  keys.text("severity", finding.severity);
  keys.number("score", finding.score);
  keys.text("title", finding.title);
  keys.text("reason", finding.reason);
  keys.text("remedy", finding.remedy);
  keys.each("evidence", finding.evidence, append_evidence);
  if (finding.waiver) append_waiver(keys.key("waiver"), *finding.waiver);
  keys.texts("controls", finding.controls);
  keys.close();
}

void append_failed(TextPen& out, const FailedRule& failed) {
  Json keys(out);
  keys.text("rule", failed.rule);
  keys.text("error", failed.error);
  keys.close();
}

void append_block(TextPen& out, const BlockVerdict& block) {
  Json keys(out);
  keys.whole("block", block.block);
  keys.text("fact", block.fact);
  keys.whole("begin", block.begin);
  keys.whole("end", block.end);
  keys.text("action", name_of(block.action));
  keys.number("score", block.score);
  keys.texts("rules", block.rules);
  keys.close();
}

void append_invalid(TextPen& out, const InvalidField& field) {
  Json keys(out);
  keys.text("fact", field.fact);
  append_json_string(keys.key("value"), field.value);
  keys.text("expected", field.expected);
  keys.close();
}

void append_closed(TextPen& out, const ClosedNote& closed) {
  Json keys(out);
  keys.whole("attachment", closed.attachment);
  keys.text("name", closed.name);
  keys.text("reading", closed.reading);
  keys.close();
}

}  // namespace

std::string policy_json(std::string_view digest,
                        const std::vector<std::string>& packs,
                        std::string_view profile) {
  std::string json;
  JsonObject policy(json);
  policy.text("digest", digest);
  policy.texts("packs", packs);
  policy.text("profile", profile);
  policy.close();
  return json;
}

void append_origin_keys(TextPen& out, const Verdict& verdict,
                        const VerdictOrigin& origin) {
  Json keys = Json::begun(out);
  if (!origin.source.empty()) {
    Json source(keys.key("source"));
    source.text("name", origin.source);
    source.whole("line", verdict.position.line);
    source.text("stored_as", origin.stored_as);
    if (origin.repeated) source.key("repeated") += "true";
    source.text("correlator", origin.correlator);
    source.close();
  } else {
    keys.text("correlator", origin.correlator);
  }
  if (!origin.policy.empty()) keys.key("policy") += origin.policy;
  keys.close();
}

void append_verdict_keys(TextPen& out, const Verdict& verdict) {
  Json keys(out);
  keys.text("id", verdict.id);
  keys.text("kind", name_of(verdict.kind));
  keys.text("action", name_of(verdict.action));
  keys.number("score", verdict.score);
  keys.each("findings", verdict.findings, append_finding);
  keys.each("blocks", verdict.blocks, append_block);
  if (verdict.blocks_left > 0) keys.whole("blocks_left", verdict.blocks_left);
  keys.texts("undetermined", verdict.undetermined);
  keys.each("failed", verdict.failed, append_failed);
  keys.texts("not_recorded", verdict.not_recorded);
  keys.each("invalid", verdict.invalid, append_invalid);
  keys.each("closed", verdict.closed, append_closed);
  if (verdict.closed_left > 0) keys.whole("closed_left", verdict.closed_left);
  keys.texts("would_pass_if", verdict.would_pass_if);
  if (!verdict.would_pass_if.empty() && verdict.would_become != Action::pass) {
    keys.text("would_become", name_of(verdict.would_become));
  }
}

void append_json(std::string& out, const Verdict& verdict,
                 const VerdictOrigin& origin) {
  thread_local TextPen keys;
  keys.clear();
  append_verdict_keys(keys, verdict);
  append_origin_keys(keys, verdict, origin);
  out += keys.text();
}

void append_error_json(std::string& out, std::string_view code,
                       std::string_view message, Position position,
                       std::string_view source) {
  JsonObject keys(out);
  JsonObject error(keys.key("error"));
  error.text("code", code);
  error.text("message", message);
  if (position.line > 0) {
    error.whole("line", position.line);
    error.whole("byte", position.byte);
  }
  error.close();
  JsonObject from(keys.key("source"));
  from.text("name", source);
  from.close();
  keys.close();
}

}  // namespace simwarden
