// SPDX-License-Identifier: Apache-2.0
#include "door/policy_request.h"

#include <algorithm>

namespace simwarden {

// Of lines that a person or a test ended by CRLF, too.
size_t policy_request_size(std::string_view bytes) {
  size_t begin = 0;
  while (begin < bytes.size()) {
    const std::string_view rest = bytes.substr(begin);
    if (rest.starts_with("\n")) return begin + 1;
    if (rest.starts_with("\r\n")) return begin + 2;
    const size_t end = rest.find('\n');
    if (end == std::string_view::npos) return 0;
    begin += end + 1;
  }
  return 0;
}

bool read_policy_request(std::string_view bytes, PolicyRequest& request) {
  bool is_one = false;
  while (!bytes.empty() && bytes != "\n" && bytes != "\r\n") {
    std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
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
