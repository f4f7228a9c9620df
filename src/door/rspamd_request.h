// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "door/http_message.h"
#include "door/mail_record.h"

// What a client of rspamd says in header fields and query parameters
// (rspamd: src/libserver/protocol.c).
namespace simwarden {

struct RspamdRequest {
  Envelope envelope;
  bool skip = false;            // Flags: skip
  bool groups = false;          // Flags: groups
  bool urls_at_length = false;  // URL-Format: extended, Flags: ext_urls
  bool body_block = false;      // Flags: body_block
  bool packs_body = false;      // the body is packed with zstd (Compression)
  bool packs_reply = false;  // the answer may be (Accept-Encoding, Flags: zstd)
};

// Unknown fields and flags are no matter. File, Path, Shm and their like are
// never read: no client names a file here. Of fields that count, the envelope
// takes kRspamdRecipientsMax.
RspamdRequest read_rspamd_request(const HttpHead& head);
inline constexpr size_t kRspamdRecipientsMax = 10'000;  // Postfix's is 1,000

}  // namespace simwarden
