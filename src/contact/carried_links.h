// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "contact/contact.h"

namespace simwarden {

// Web addresses in the path or query of a web link, as redirects have them:
// "google.com/url?q=https%3A%2F%2Fdemo.test". One inside the other, as many as
// a bound allows; none of the owner of the link around it. Span and block are
// left to the caller: those of the link around it, so that only these overlap.
std::vector<Link> carried_links(const Link& link, const Registry& registry);

}  // namespace simwarden
