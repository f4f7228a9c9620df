// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "mail/mail_faults.h"

namespace simwarden {

// A header field's value as its reader sees it: encoded words (RFC 2047)
// decoded, raw bytes taken for text in `charset` ("" for a guess). UTF-8
// without line breaks or NULs. Neighbouring words of one charset are joined
// before they are decoded: senders cut characters in two. What is no whole
// encoded word stays as it is.
std::string header_text(std::string_view value, std::string_view charset);

struct PartText {
  std::string text;
  std::string charset;  // that it was in (Charset::name); "" for plain ASCII
  // As other programs read it: those that believe the declared charset, where
  // the bytes are partly in it (Utf8Text::doubted), and those that know
  // ISO-2022-JP by its escape sequences; else empty.
  std::string believed;
};
// Text of a part as UTF-8, with LF between lines and without NULs; says in
// `faults` when the charset was not what was declared. `fallback` is for parts
// that declare none.
PartText part_text(std::string_view bytes, std::string_view declared,
                   std::string_view fallback, MailFaults& faults);

}  // namespace simwarden
