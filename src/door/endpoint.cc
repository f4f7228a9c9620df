// SPDX-License-Identifier: Apache-2.0
#include "door/endpoint.h"

#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/un.h>

namespace simwarden {
namespace {

bool is_address(const std::string& host, int family) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(family, host.c_str(), bytes) == 1;
}

std::optional<Endpoint> read_tcp(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Endpoint endpoint;
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, wrong] = std::from_chars(
      digits.data(), digits.data() + digits.size(), endpoint.port);
  if (wrong != std::errc() || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  std::string_view host = text.substr(0, colon);
  const bool bracketed =
      host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  endpoint.host = std::string(host);
  if (!is_address(endpoint.host, bracketed ? AF_INET6 : AF_INET)) {
    return std::nullopt;
  }
  return endpoint;
}

}  // namespace

std::optional<Endpoint> read_endpoint_text(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view scheme = text.substr(0, colon);
  const std::string_view rest = text.substr(colon + 1);
  if (scheme == "tcp") return read_tcp(rest);
  Endpoint endpoint;
  endpoint.path = std::string(rest);
  if (rest.empty()) return std::nullopt;
  if (scheme == "systemd") {
    endpoint.kind = Endpoint::Kind::systemd;
    return endpoint;
  }
  if (scheme != "unix" || rest.size() >= sizeof(sockaddr_un::sun_path)) {
    return std::nullopt;
  }
  endpoint.kind = Endpoint::Kind::local;
  return endpoint;
}

std::string to_text(const Endpoint& endpoint) {
  switch (endpoint.kind) {
    case Endpoint::Kind::local: return "unix:" + endpoint.path;
    case Endpoint::Kind::systemd: return "systemd:" + endpoint.path;
    case Endpoint::Kind::tcp: break;
  }
  const bool six = endpoint.host.find(':') != std::string::npos;
  return six ? fmt::format("tcp:[{}]:{}", endpoint.host, endpoint.port)
             : fmt::format("tcp:{}:{}", endpoint.host, endpoint.port);
}

bool is_local_only(const Endpoint& endpoint) {
  if (endpoint.kind != Endpoint::Kind::tcp) return true;
  return endpoint.host.starts_with("127.") || endpoint.host == "::1";
}

}  // namespace simwarden
