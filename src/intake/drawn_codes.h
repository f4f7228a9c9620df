// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "picture/drawn.h"
#include "record/record.h"

namespace simwarden {

// Reads the QR codes that are drawn with signs in message.text and adds them to
// message.qr_codes, behind those that the record has; message.mail_faults says
// cut_pictures when there were too many, or when what the record has is no list
// of codes. Every reader of records calls it.
// `budget`: what was not spent on other drawings of the message.
// REQUIRES: a message.
void add_drawn_codes(Record& record, const DrawnBudget& budget = {});

}  // namespace simwarden
