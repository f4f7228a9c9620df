// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// A request of Postfix' SMTP access policy delegation (SMTPD_POLICY_README):
// lines name=value, ended by an empty one.
namespace simwarden {

// A request has some forty attributes; the longest are names of certificates.
inline constexpr size_t kPolicyRequestBytesMax = size_t{64} << 10;

// Bytes of the first request with its empty line, or 0 when it is not whole.
size_t policy_request_size(std::string_view bytes);

// The attributes that are used; others are for others.
struct PolicyRequest {
  std::string sender;  // empty: a bounce
  std::string recipient;
  std::string queue_id;
  std::string instance;  // of all requests about one mail
};

// False when a line is no name=value, or it is no request for a policy.
bool read_policy_request(std::string_view bytes, PolicyRequest& request);

}  // namespace simwarden
