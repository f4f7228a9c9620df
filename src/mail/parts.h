// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mail/mime.h"

namespace simwarden {

// What a mail program shows of the parts, into `mail`: text, what is hidden,
// links, pictures, files. Of alternatives the HTML is shown, and where there is
// none the last that can be; messages inside are shown behind the text, with
// their subject. Gives the charset of the first text that is more than ASCII;
// "" when there is none.
std::string show_parts(const MimePart& body, const MailOptions& options,
                       MailMessage& mail);

// Of an attached plain text. Longer ones are logs and tables, and not shown.
inline constexpr size_t kAttachedTextBytesMax = size_t{64} << 10;

// A file that stands in a file of the mail, shown behind the text as one that
// is attached, and added to its files; behind it those of a mail that it is.
void show_inner_file(const MimePart& part, const MailOptions& options,
                     MailMessage& mail);

// What a document of the mail says, behind the text.
void show_document(std::string_view text, std::string_view hidden,
                   MailMessage& mail);

}  // namespace simwarden
