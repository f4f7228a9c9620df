// SPDX-License-Identifier: Apache-2.0
#include "door/brought_mail.h"

#include "door/unpacking.h"

namespace simwarden {
namespace {

// Packed as rspamc says it in a field of its own.
bool is_packed(const HttpAsk& ask, const RspamdRequest& request) {
  return request.packs_body && ask.head.field("content-encoding").empty();
}

}  // namespace

std::optional<HttpReply> BroughtMail::unpack(const HttpAsk& ask,
                                             const RspamdRequest& request) {
  if (!is_packed(ask, request)) return std::nullopt;
  unpacked_ = ask.body;
  auto wrong =
      unpack_body("zstd", unpacked_, ask.settings.limits.request_bytes, held_);
  bytes_ = wrong ? std::string_view() : std::string_view(unpacked_);
  return wrong;
}

}  // namespace simwarden
