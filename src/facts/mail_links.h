// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "contact/markup_links.h"
#include "record/record.h"

namespace simwarden {

// The links of message.html_links in their order, and behind them the pictures
// that are fetched from elsewhere. `body`: Facts::body(), of whose bytes the
// spans are. Views into the record.
std::vector<MarkupLink> markup_links_of(const Record& record,
                                        std::string_view body,
                                        uint32_t text_begin);

// Whether a record has links beside its text: of HTML, in QR codes or in files.
// False when there can be none.
bool has_links_beside_text(const Record& record);

}  // namespace simwarden
