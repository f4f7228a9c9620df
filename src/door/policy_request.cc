// SPDX-License-Identifier: Apache-2.0
#include "door/policy_request.h"

#include <algorithm>

namespace simwarden {

size_t policy_request_size(std::string_view bytes) {
  if (bytes.starts_with("\n")) return 1;
  const size_t end = bytes.find("\n\n");
  return end == std::string_view::npos ? 0 : end + 2;
}

bool read_policy_request(std::string_view bytes, PolicyRequest& request) {
  bool is_one = false;
  while (!bytes.empty() && bytes != "\n") {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string_view name = line.substr(0, equals);
    const std::string_view value = line.substr(equals + 1);
    if (name == "request") is_one = value == "smtpd_access_policy";
    if (name == "sender") request.sender = value;
    if (name == "recipient") request.recipient = value;
    if (name == "queue_id") request.queue_id = value;
    if (name == "instance") request.instance = value;
  }
  return is_one;
}

}  // namespace simwarden
