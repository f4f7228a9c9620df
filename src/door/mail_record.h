// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "door/settings.h"
#include "intake/intake.h"
#include "record/time.h"

// A mail and what the server knows about its transport -> a record, as
// `screen --format mail` reads the mail.
namespace simwarden {

// What a mail server says besides the mail. Everything may be missing.
struct Envelope {
  std::string queue_id;                  // the server's name of the mail
  std::optional<std::string> mail_from;  // RFC 5321; "": of bounces
  std::vector<std::string> recipients;   // RFC 5321; also those of no header
  std::string subject;                   // of a plain text
  // The caller's name for the request, if any; lives as long as that.
  std::string_view correlator;
  // The bytes are the text of a message, not a mail: an SMS, a post.
  bool plain = false;
  // The bytes end at the limit of the door, the mail did not.
  bool cut = false;
};

// "<demo@mail.example>" without its brackets and blanks.
std::string_view bare_address(std::string_view text);

// What a mail is called that has neither a Message-ID nor a queue id, as in a
// file of mails the one at its first line.
inline constexpr std::string_view kNamelessMail = "line-1";

// Of the envelope, return_path and recipients are facts, in the place of what
// the header says: its fields are the sender's. So are its times: received_at
// is `arrived`. The queue id is the name of a mail that has none. What has no
// header is the text of a mail. Recipients beyond kListItemsMax and text beyond
// kMailTextBytesMax are left out; the second is told by `cut_text` in
// mail_faults, as of every mail, and what the envelope calls cut by
// `cut_mail`. Bad when there are no bytes (E101), or more
// than kMailBytesMax (E102). `item` may have been another mail's: its memory
// stays.
void read_mail_record(std::string_view bytes, const Envelope& envelope,
                      const ListenerSettings& settings,
                      const Timestamp& arrived, Item& item);

}  // namespace simwarden
