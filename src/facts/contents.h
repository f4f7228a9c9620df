// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "contact/contents.h"
#include "record/record.h"

namespace simwarden {

// What message.qr_codes and message.file_links say, where it may lead
// somewhere. `body`: Facts::body(), of whose bytes the spans are. Views into
// the record.
std::vector<Content> contents_of(const Record& record, std::string_view body,
                                 uint32_t text_begin);

// Of a group: both count bytes of message.text.
struct SpanFields {
  FieldId begin;
  FieldId end;
};

// The span that an item's fields say; empty, at the beginning of the text,
// where they say none or one that does not fit.
Span text_span(const Record& record, SpanFields fields, uint32_t index,
               std::string_view body, uint32_t text_begin);

}  // namespace simwarden
