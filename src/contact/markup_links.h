// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "contact/contact.h"

// Links that stand beside a text and not in it: those of a mail's HTML, whose
// text was taken out of the markup.
namespace simwarden {

struct MarkupLink {
  std::string_view target;
  std::string_view shown;
  Span span;             // of what is shown, in the text; empty for nothing
  bool picture = false;  // counts only on an image host
};

// Adds the links, and the accounts that they open, to what was found in the
// text, judged as "<a href=target>shown</a>" in a text is. A link that is the
// shown text of another one to the same host is taken away. Gives
// for each of `links` whether it names another place than it leads to.
std::vector<bool> add_markup_links(const std::vector<MarkupLink>& links,
                                   const Registry& registry,
                                   std::string_view region, Followable& found);

}  // namespace simwarden
