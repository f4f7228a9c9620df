// SPDX-License-Identifier: Apache-2.0
#include "door/client_name.h"

#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace simwarden {
namespace {

std::string text_of(int family, const void* address) {
  char text[INET6_ADDRSTRLEN];
  const bool known = ::inet_ntop(family, address, text, sizeof text);
  return known ? text : "";
}

std::string text_of(const in6_addr& address) {
  constexpr std::string_view kMapped = "::ffff:";
  std::string text = text_of(AF_INET6, &address);
  if (!IN6_IS_ADDR_V4MAPPED(&address)) return text;
  return text.substr(kMapped.size());
}

std::string user_behind(int descriptor) {
  ucred who{};
  socklen_t size = sizeof who;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) {
    return {};
  }
  return "uid:" + std::to_string(who.uid);
}

}  // namespace

std::string client_name(const SocketAddress& from, int descriptor) {
  const void* const bytes = from.data();
  switch (from.protocol().family()) {
    case AF_INET:
      return text_of(AF_INET,
                     &static_cast<const sockaddr_in*>(bytes)->sin_addr);
    case AF_INET6:
      return text_of(static_cast<const sockaddr_in6*>(bytes)->sin6_addr);
    case AF_UNIX: return user_behind(descriptor);
    default: return {};
  }
}

}  // namespace simwarden
