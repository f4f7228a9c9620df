// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "door/mail_judging.h"

namespace simwarden {

// Where the header of a mail ends: behind its empty line, or all of it.
size_t header_end(std::string_view mail);

// The mail with `fields` in front. Header fields whose names begin with one of
// `prefixes` (in any case) are taken away, folded lines and all. Lines end as
// the mail's first one does. Linear in the bytes.
std::string with_fields(std::string_view mail,
                        const std::vector<MailField>& fields,
                        const std::vector<std::string_view>& prefixes);

}  // namespace simwarden
