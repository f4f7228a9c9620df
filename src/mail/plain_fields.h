// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "mail/mail.h"

// Values of header fields in the form that most have: what GMime reads of them
// (mime.h), at a tenth of the time. Nothing of other values, which are GMime's.
namespace simwarden {

struct PlainMailbox {
  std::string_view name;  // "" when there is none
  std::string_view address;
};
// "demo@mail.example" and "Demo Name <demo@mail.example>" of nothing but atoms
// (RFC 5322, 3.2.3), as parts of the value.
std::optional<PlainMailbox> plain_mailbox(std::string_view value);

// "Mon, 02 Mar 2026 10:00:00 +0100" (RFC 5322, 3.3), with or without its day
// of the week, whichever that is.
std::optional<MailTime> plain_time(std::string_view value);

}  // namespace simwarden
