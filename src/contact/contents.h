// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "contact/contact.h"

// What a QR code says, and where the links of an attached file lead, stands
// beside a text and not in it.
namespace simwarden {

struct Content {
  std::string_view text;
  Beside beside;  // becomes Link::beside and so on
  Span span;      // of a code drawn in the text; empty for all others
};

// Adds the links, contacts and codes in the contents to what was found in the
// text, each judged as if the content were a message of its own.
void add_contents(const std::vector<Content>& contents,
                  const Registry& registry, std::string_view region,
                  Followable& found);

}  // namespace simwarden
