// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "contact/contact.h"

// What a QR or bar code says stands beside a text and not in it.
namespace simwarden {

struct CodeContent {
  std::string_view content;
  int32_t index = 0;  // becomes Link::qr_code and so on
  Span span;          // of one drawn in the text; empty for one in a picture
};

// Adds the links, contacts and codes in the contents to what was found in the
// text, each judged as if the content were a message of its own.
void add_code_contents(const std::vector<CodeContent>& contents,
                       const Registry& registry, std::string_view region,
                       Followable& found);

}  // namespace simwarden
