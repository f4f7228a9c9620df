// SPDX-License-Identifier: Apache-2.0
#include "judge/waived.h"

#include <fmt/format.h>

#include "privacy/masks.h"

// The only finding that no pack writes: its texts are here, in the languages
// that every shipped rule has.
namespace simwarden {
namespace {

std::string reason_en(const Waiver& waiver,
                      const std::optional<Timestamp>& now) {
  if (!now) {
    return fmt::format(
        "The waiver {} of {} holds until {}, but the record has no time.",
        waiver.id, waiver.rule, waiver.until.text);
  }
  return fmt::format("The waiver {} of {} ended on {}; the record is of {}.",
                     waiver.id, waiver.rule, waiver.until.text, to_text(*now));
}

std::string reason_zh(const Waiver& waiver,
                      const std::optional<Timestamp>& now) {
  if (!now) {
    return fmt::format("规则 {} 的豁免 {} 有效期至 {}，但记录没有时间。",
                       waiver.rule, waiver.id, waiver.until.text);
  }
  return fmt::format("规则 {} 的豁免 {} 已于 {} 到期；记录时间为 {}。",
                     waiver.rule, waiver.id, waiver.until.text, to_text(*now));
}

const char* title_of(bool timed, bool chinese) {
  if (timed) return chinese ? "豁免已失效" : "A waiver no longer holds";
  return chinese ? "豁免无法适用" : "A waiver could not be applied";
}

std::string remedy_of_ended(const Waiver& waiver, bool chinese) {
  return chinese
             ? fmt::format("满足规则 {}，或申请新的豁免。", waiver.rule)
             : fmt::format("Meet {}, or ask for a new waiver.", waiver.rule);
}

// A new waiver would not help.
std::string remedy_of_untimed(const RecordTime& at, bool chinese) {
  const char* field = at.kind == Kind::message ? "received_at" : "created_at";
  return chinese
             ? fmt::format("为记录填写 {}，并注明时区，以便判断豁免是否有效。",
                           field)
             : fmt::format(
                   "Give the record {} with its zone, so that it can "
                   "be seen whether the waiver holds.",
                   field);
}

}  // namespace

WaiverNote note_of(const Waiver& waiver) {
  return {waiver.id, waiver.asked_by, waiver.approved_by, mask_text(waiver.why),
          waiver.until.text};
}

Finding explain_ended(const Waiver& waiver, const RecordTime& at,
                      std::string_view language) {
  const bool chinese = language.starts_with("zh");
  Finding finding;
  finding.rule = std::string(kWaiverEndedRule);
  finding.family = "waivers";
  finding.severity = "info";
  finding.title = title_of(at.now.has_value(), chinese);
  finding.reason =
      chinese ? reason_zh(waiver, at.now) : reason_en(waiver, at.now);
  finding.remedy = at.now ? remedy_of_ended(waiver, chinese)
                          : remedy_of_untimed(at, chinese);
  finding.waiver = note_of(waiver);
  return finding;
}

}  // namespace simwarden
