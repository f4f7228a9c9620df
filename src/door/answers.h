// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "record/verdict.h"

// How a verdict is told to a mail server: the same words at every door that
// speaks to one (docs/serve.md). A mail that passes is never touched.
namespace simwarden {

// In the order of what they cost the sender. The words are rspamd's, for that
// is what administrators know.
enum class Told : uint8_t {
  no_action,
  add_header,
  rewrite_subject,
  quarantine,  // kept by the server for a person; where it cannot: add_header
  soft_reject,
  reject,
};
inline constexpr std::array<std::string_view, 6> kToldNames = {
    "no action",  "add header",  "rewrite subject",
    "quarantine", "soft reject", "reject"};
inline std::string_view name_of(Told told) {
  return kToldNames[size_t(told)];
}
std::optional<Told> told_of(std::string_view name);

// `answers:` of a door. As it is no mail is lost: what is not refused arrives.
struct MailAnswers {
  Told review = Told::add_header;
  Told hold = Told::quarantine;
  Told refuse = Told::reject;

  Told of(Action action) const;
};

// What a door says that knows no quarantine.
inline Told without_quarantine(Told told) {
  return told == Told::quarantine ? Told::add_header : told;
}

}  // namespace simwarden
