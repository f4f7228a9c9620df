// SPDX-License-Identifier: Apache-2.0
#include "door/web_page.h"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include "diag/characters.h"
#include "diag/printable.h"

namespace simwarden {
namespace {

constexpr size_t kNameShownMax = 64;  // bytes

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) {
    return host.substr(1, std::min(host.find(']'), host.size()) - 1);
  }
  return host.substr(0, host.find(':'));
}

// "localhost", "filter": nobody outside can own a name without a dot.
bool is_own_name(std::string_view host) {
  boost::system::error_code none;
  boost::asio::ip::make_address(std::string(host), none);
  return !none || host.find('.') == host.npos || host.ends_with(".localhost");
}

HttpReply refusal(std::string_view what, std::string_view name) {
  return problem(
      403, fmt::format("{} {}: a door without tokens answers no web pages; "
                       "give it `auth: tokens`, or a Unix socket",
                       what, escaped_text(cut(name, kNameShownMax))));
}

}  // namespace

std::optional<HttpReply> refuse_web_page(const HttpHead& head, TokenRole role,
                                         const ListenerSettings& settings) {
  const Endpoint& at = settings.at;
  if (settings.tokens || at.kind == Endpoint::Kind::local) return std::nullopt;
  const std::string_view origin = head.field("origin");
  if (!origin.empty()) return refusal("this comes from a page of", origin);
  const std::string_view host = without_port(head.field("host"));
  const bool is_loopback = at.kind == Endpoint::Kind::tcp && is_local_only(at);
  if (role == TokenRole::read && is_loopback && !is_own_name(host)) {
    return refusal("this door is not called", host);
  }
  return std::nullopt;
}

}  // namespace simwarden
