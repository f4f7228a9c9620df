// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/record.h"

namespace simwarden {

// What is shown beside a text and says as much as one becomes part of it: adds
// names of the sender that are adverts (mail/shown_names.h) and what QR codes
// say in words to message.text, as paragraphs behind it, unless they
// stand there.
// Every reader of records calls it.
// REQUIRES: a message.
void add_shown_words(Record& record);

}  // namespace simwarden
