// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "door/mail_judging.h"

namespace simwarden {

// Where the header of a mail ends: behind its empty line, or all of it.
size_t header_end(std::string_view mail);

// What names of our header fields begin with, in any case.
inline constexpr std::string_view kOwnFields = "X-Simwarden-";
bool begins_as_ours(std::string_view line);

// Names of fields of ours that the mail brings: its sender wrote them. As he
// wrote them, without those that differ in the case of letters only.
std::vector<std::string> forged_fields(std::string_view mail);

// The mail with `fields` in front. Header fields whose names begin with one of
// `prefixes` (in any case) are taken away, folded lines and all. Lines end as
// the mail's first one does. Linear in the bytes.
std::string with_fields(std::string_view mail,
                        const std::vector<MailField>& fields,
                        const std::vector<std::string_view>& prefixes);

}  // namespace simwarden
