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

}  // namespace

WaiverNote note_of(const Waiver& waiver) {
  return {waiver.id, waiver.asked_by, waiver.approved_by, mask_text(waiver.why),
          waiver.until.text};
}

Finding explain_ended(const Waiver& waiver, const std::optional<Timestamp>& now,
                      std::string_view language) {
  const bool chinese = language.starts_with("zh");
  Finding finding;
  finding.rule = std::string(kWaiverEndedRule);
  finding.family = "waivers";
  finding.severity = "info";
  finding.title = chinese ? "豁免已失效" : "A waiver no longer holds";
  finding.reason = chinese ? reason_zh(waiver, now) : reason_en(waiver, now);
  finding.remedy =
      chinese ? fmt::format("满足规则 {}，或申请新的豁免。", waiver.rule)
              : fmt::format("Meet {}, or ask for a new waiver.", waiver.rule);
  finding.waiver = note_of(waiver);
  return finding;
}

}  // namespace simwarden
