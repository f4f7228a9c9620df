// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

// Texts of others in what people read: a control character, or one that turns
// the direction of text, stands there as an escape, "a\u{202e}b", so that no
// name looks like another. Line breaks stay.
namespace simwarden {

Document made_visible(Document document);
ReportTable made_visible(ReportTable table);

}  // namespace simwarden
