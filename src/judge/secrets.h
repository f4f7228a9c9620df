// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/facts.h"
#include "privacy/secrets.h"

// What the eye has found in a text and nobody may read there, for the masks: it
// reads numbers, addresses and codes that are written to be misread.
namespace simwarden {

// Numbers, mail addresses and codes, in the order of the text that was looked
// through. Handles and short numbers stay.
Secrets secrets_of(const Followable& found, std::string_view text);

// Those of a field of a message, by its bytes: subject, text, hidden_text and
// alternative_text; none of the others.
Secrets secrets_in(Facts& facts, std::string_view field);

// Whether a one-time or an activation code stands in a QR code or a link of a
// file.
bool holds_code(const Followable& found, Beside beside);

}  // namespace simwarden
