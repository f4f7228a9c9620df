// SPDX-License-Identifier: Apache-2.0
#include "house/verdict_row.h"

#include <cstdlib>

#include <unistd.h>

#include "store/database.h"

namespace simwarden {
namespace {

// What a row says of its record, by the record's kind.
struct RowFields {
  FieldId subject;
  FieldId time;
};

RowFields row_fields(Kind kind) {
  static const RowFields kRequest = {*find_field(Kind::request, "phone_number"),
                                     *find_field(Kind::request, "created_at")};
  static const RowFields kMessage = {*find_field(Kind::message, "sender"),
                                     *find_field(Kind::message, "received_at")};
  return kind == Kind::request ? kRequest : kMessage;
}

std::string text_of(const Record& record, FieldId id) {
  const Slot& slot = record.slot(id);
  if (slot.state != SlotState::given) return {};
  return to_text(record, field(id), slot);
}

}  // namespace

VerdictRow verdict_row(const Record& record, const Verdict& verdict,
                       TextPen& keys, VerdictOrigin origin,
                       const RowMeans& means) {
  const auto kept = [&](std::string_view text) {
    return std::pmr::string(text, means.memory);
  };
  const RowFields fields = row_fields(record.kind());
  // Source and ruleset are columns of the store, not part of each row.
  origin.source = {};
  origin.policy = {};
  const size_t size = keys.size();
  append_origin_keys(keys, verdict, origin);
  VerdictRow row{
      .line = record.position.line,
      .byte = record.position.byte,
      .record_id = kept(verdict.id),
      .kind = verdict.kind,
      .action = verdict.action,
      .score = verdict.score,
      .profile = kept(origin.profile),
      .subject = kept(means.tokens.of(text_of(record, fields.subject))),
      .event_time = kept(text_of(record, fields.time)),
      .top_rule = kept({}),
      .shadow = {},
      .waived = {},
      .json = kept(keys.text()),
  };
  keys.cut(size);
  for (const Finding& finding : verdict.findings) {
    if (finding.acts()) {
      if (row.top_rule.empty()) row.top_rule = finding.rule;
    } else if (finding.outcome == Outcome::waived && finding.waiver) {
      row.waived.push_back({finding.rule, finding.score, *finding.waiver});
    } else {
      row.shadow.push_back({finding.rule, finding.score});
    }
  }
  return row;
}

std::vector<RulesetFile> files_of(const Ruleset& ruleset) {
  std::vector<RulesetFile> files;
  for (const DigestedFile& file : ruleset.files) {
    files.push_back({file.path, canonical(file)});
  }
  return files;
}

std::string site_key_path(const std::string& db) {
  const char* named = std::getenv("SIMWARDEN_SITE_KEY");
  if (named && *named) return named;
  const std::string own = database_file(db) + ".key";
  const bool made = ::access(own.c_str(), F_OK) == 0;
  const std::string of_link = db + ".key";
  return !made && ::access(of_link.c_str(), F_OK) == 0 ? of_link : own;
}

std::string_view name_of(KindChoice kind) {
  if (kind == KindChoice::request) return "request";
  return kind == KindChoice::message ? "message" : "auto";
}

}  // namespace simwarden
