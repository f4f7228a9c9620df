// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "contact/finders.h"

// What goes on behind a link to a messenger although the link ends: the rest
// of a number ("wa.me/1 202 555 0143"), a name that stands apart ("t.me :
// demo_x").
namespace simwarden {

struct LinkTail {
  size_t end = 0;    // behind it; 0 when nothing goes on
  std::string path;  // of the link with it: "/12025550143", "/demo_x"
};

// `parts` is a whole URL in `text`.
LinkTail tail_of(std::string_view text, const UrlParts& parts);

}  // namespace simwarden
