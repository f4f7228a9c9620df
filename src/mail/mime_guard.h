// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "mail/mail_faults.h"

namespace simwarden {

// GMime builds an object for each header field and each part before anyone can
// ask how many there are. So they are counted first, by a reading that finds
// at least as many as GMime does: the bytes that may be given to it. What is
// cut off is a fault.
size_t guarded_size(std::string_view mail, MailFaults& faults);

}  // namespace simwarden
