// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mail.h"

// Bytes -> the tree of parts. GMime parses (mime.cc is the only file that sees
// it); what comes out are plain values, with the transfer encoding undone and
// the charset not yet.
namespace simwarden {

struct MimeHeader {
  std::string_view name;   // in any case
  std::string_view value;  // unfolded, encoded words as they are
};

struct MimePart {
  std::string path;        // "1.2"
  std::string type;        // "text/plain", lower case
  std::string other_type;  // of a text with two Content-Type, where it differs
  std::string charset;
  std::string name;  // the file's
  std::string content_id;
  std::string start;  // of multipart/related: the content id of its root
  bool attached = false;
  bool named_inline = false;  // Content-Disposition: inline
  bool flowed = false;
  bool delete_space = false;  // of format=flowed
  std::string bytes;
  // As the other of two transfer encodings reads them, where that differs.
  std::string other_bytes;
  std::vector<MimePart> parts;  // of a multipart; the message of message/rfc822
  std::string subject;  // of the message inside message/rfc822, as it is

  bool is_multipart() const { return type.starts_with("multipart/"); }
  bool is_message() const { return !is_multipart() && !parts.empty(); }
};

// Views are parts of the bytes that were read, or of `unfolded`.
struct MimeMessage {
  std::vector<MimeHeader> headers;  // none: it is no mail
  std::forward_list<std::string> unfolded;
  std::optional<MimePart> body;  // nothing when there is none
  MailFaults faults;
};

MimeMessage read_mime(std::string_view bytes);

// The mailboxes of an address list, those of groups too. `value`: UTF-8, a
// field of a MimeMessage (mime_guard.h bounds its groups).
std::vector<MailAddress> read_addresses(std::string_view value);
std::optional<MailTime> read_mail_time(std::string_view value);

// Undo base64 and the "Q" of encoded words (RFC 2047); what is none of it is
// left out.
std::string decode_base64(std::string_view text);
std::string decode_q(std::string_view text);
// Of a value inside a text: a line of a vCard 2.1.
std::string decode_quoted_printable(std::string_view text);

}  // namespace simwarden
