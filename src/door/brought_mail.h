// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "door/http_routes.h"
#include "door/memory_budget.h"
#include "door/rspamd_request.h"

namespace simwarden {

// The mail that a client of rspamd brought, unpacked. Points into the body that
// was asked with, or into itself.
class BroughtMail {
 public:
  explicit BroughtMail(const HttpAsk& ask)
      : held_(ask.service.memory(ask.settings)), bytes_(ask.body) {}
  BroughtMail(const BroughtMail&) = delete;
  BroughtMail& operator=(const BroughtMail&) = delete;

  // What is wrong with it, as unpack_body() says it: it has no bytes then.
  std::optional<HttpReply> unpack(const HttpAsk& ask,
                                  const RspamdRequest& request);
  std::string_view bytes() const { return bytes_; }

 private:
  HeldMemory held_;
  std::string unpacked_;
  std::string_view bytes_;
};

}  // namespace simwarden
