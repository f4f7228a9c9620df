// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

bool is_card_type(std::string_view type);

// What a reader is shown of an invitation (iCalendar, RFC 5545) or a contact
// card (vCard, RFC 6350, and 2.1): a line for each title, place, description,
// person, number, address and link, in their order.
std::string card_text(std::string_view text);

}  // namespace simwarden
