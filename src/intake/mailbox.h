// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mail/mail.h"

// Mails behind each other in one file: mbox (RFC 4155), as its dialects mboxo
// and mboxrd write it. A mail begins with a line "From ADDRESS TIME" at the
// front, behind an empty line or before a header field; lines of a body that
// look like it are quoted with ">".
namespace simwarden {

// A separator and what is looked at behind it are no longer.
inline constexpr size_t kMailSeparatorBytesMax = 1024;

bool is_mailbox(std::string_view bytes);
// Programs that put mailboxes together leave empty lines in front: their bytes.
// 0 when no mailbox is behind them.
size_t lines_before_mailbox(std::string_view bytes);

// The size of the first mail of `rest` with its separator; 0 when more bytes
// are needed to know.
size_t cut_mail(std::string_view rest, bool at_end);

// A mail of a mailbox without its separator, its lines unquoted (mboxrd's way:
// one ">" of each ">From ").
std::string unwrapped_mail(std::string_view mail);

}  // namespace simwarden
