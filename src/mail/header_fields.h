// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime.h"

namespace simwarden {

// The fields of the header at the front of a mail (RFC 5322, 2.2), as lenient
// as GMime is with those of parts: a line that is no field is left out with
// the lines folded behind it, blanks may stand before the colon, and the end
// of the mail ends the header.
struct HeaderFields {
  std::vector<MimeHeader> fields;
  std::forward_list<std::string> unfolded;  // values that were folded
  std::string mime;       // the lines of the Content-* fields, as they are
  std::string_view body;  // what stands behind the empty line
};

// A value without its folds (RFC 5322, 2.2.3) and the blanks around it.
std::string unfolded(std::string_view value);

// Without fields when the first line is none. `body` is a part of `mail`, and
// so are names and values that need no change.
HeaderFields read_header(std::string_view mail);

// "23:59:60" as "23:59:59": a leap second has no number of its own.
std::string without_leap_second(std::string_view value);

}  // namespace simwarden
