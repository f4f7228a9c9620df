// SPDX-License-Identifier: Apache-2.0
#include "door/listening.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace simwarden {
namespace {

// Connections that wait for us to accept them; the kernel has its own lid.
constexpr int kBacklog = 1024;

Error cannot(const ListenerSettings& listener, std::string_view why) {
  return {Trouble::environment,
          fmt::format("{}: cannot listen at {}: {}", listener.name,
                      to_text(listener.at), why)};
}

// A descriptor that is closed unless it is taken.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  int take() { return std::exchange(number_, -1); }

 private:
  int number_;
};

struct Address {
  sockaddr_storage bytes = {};
  socklen_t size = 0;
  const sockaddr* get() const {
    return reinterpret_cast<const sockaddr*>(&bytes);
  }
};

Address address_of(const Endpoint& at) {
  Address address;
  if (at.kind == Endpoint::Kind::local) {
    auto& local = reinterpret_cast<sockaddr_un&>(address.bytes);
    local.sun_family = AF_UNIX;
    std::copy(at.path.begin(), at.path.end(), local.sun_path);
    address.size = sizeof(local);
  } else if (at.host.find(':') != std::string::npos) {
    auto& six = reinterpret_cast<sockaddr_in6&>(address.bytes);
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(at.port);
    inet_pton(AF_INET6, at.host.c_str(), &six.sin6_addr);
    address.size = sizeof(six);
  } else {
    auto& four = reinterpret_cast<sockaddr_in&>(address.bytes);
    four.sin_family = AF_INET;
    four.sin_port = htons(at.port);
    inet_pton(AF_INET, at.host.c_str(), &four.sin_addr);
    address.size = sizeof(four);
  }
  return address;
}

bool somebody_listens(const Address& address) {
  const Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(probe.get(), address.get(), address.size) == 0 ||
         errno != ECONNREFUSED;
}

Status make_room(const ListenerSettings& listener, const Address& address) {
  struct stat there = {};
  if (lstat(listener.at.path.c_str(), &there) != 0) return Done{};
  if (!S_ISSOCK(there.st_mode)) {
    return cannot(listener, "there is a file of that name");
  }
  if (somebody_listens(address)) {
    return cannot(listener, "another program listens there");
  }
  if (unlink(listener.at.path.c_str()) != 0) {
    return cannot(listener, std::strerror(errno));
  }
  return Done{};
}

std::string place_of(const ListenerSettings& listener, int descriptor) {
  Endpoint at = listener.at;
  sockaddr_storage bound = {};
  socklen_t size = sizeof(bound);
  if (at.kind == Endpoint::Kind::tcp &&
      getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &size) ==
          0) {
    at.port = bound.ss_family == AF_INET6
                  ? ntohs(reinterpret_cast<sockaddr_in6&>(bound).sin6_port)
                  : ntohs(reinterpret_cast<sockaddr_in&>(bound).sin_port);
  }
  return to_text(at);
}

// As it was bound. A socket at a port has none.
SocketFile file_of(const ListenerSettings& listener) {
  struct stat there = {};
  if (listener.at.kind != Endpoint::Kind::local ||
      lstat(listener.at.path.c_str(), &there) != 0) {
    return {};
  }
  return {listener.at.path, there.st_dev, there.st_ino};
}

Result<ListeningSocket> open_own(const ListenerSettings& listener) {
  const Address address = address_of(listener.at);
  const bool local = listener.at.kind == Endpoint::Kind::local;
  if (local) {
    if (auto free = make_room(listener, address); !free) return free.error();
  }
  const int family = address.bytes.ss_family;
  Descriptor made(
      socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (made.get() < 0) return cannot(listener, std::strerror(errno));
  const int on = 1;
  if (!local) {
    setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  }
  if (family == AF_INET6) {
    setsockopt(made.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
  }
  // Nobody may connect before the mode is what was asked for.
  const mode_t mask = umask(0177);
  const int bound = bind(made.get(), address.get(), address.size);
  const int why = errno;
  umask(mask);
  if (bound != 0) return cannot(listener, std::strerror(why));
  if (local && chmod(listener.at.path.c_str(), listener.mode) != 0) {
    return cannot(listener, std::strerror(errno));
  }
  if (listen(made.get(), kBacklog) != 0) {
    return cannot(listener, std::strerror(errno));
  }
  const std::string place = place_of(listener, made.get());
  return ListeningSocket{made.take(), family, place, file_of(listener)};
}

// Names of the sockets that systemd has opened for us (FileDescriptorName): the
// first stands for SD_LISTEN_FDS_START.
std::vector<std::string> handed_names() {
  char** names = nullptr;
  const int count = sd_listen_fds_with_names(0, &names);
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) {
    out.emplace_back(names[i]);
    std::free(names[i]);
  }
  std::free(names);
  return out;
}

// "0.0.0.0:8480"; "" where only this machine can reach it.
std::string reached_from_outside(const sockaddr_storage& bound) {
  if (bound.ss_family == AF_UNIX) return {};
  Endpoint at;
  char text[INET6_ADDRSTRLEN] = "?";
  if (bound.ss_family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(bound);
    at.host = inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
    at.port = ntohs(four.sin_port);
  } else if (bound.ss_family == AF_INET6) {
    const auto& six = reinterpret_cast<const sockaddr_in6&>(bound);
    at.host = inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
    at.port = ntohs(six.sin6_port);
  }
  return is_local_only(at) ? std::string() : to_text(at);
}

Result<ListeningSocket> take_handed(const ListenerSettings& listener) {
  const std::vector<std::string> names = handed_names();
  const auto named = std::find(names.begin(), names.end(), listener.at.path);
  if (named == names.end()) {
    return cannot(listener, "systemd has handed over no socket of that name");
  }
  const int found = SD_LISTEN_FDS_START + int(named - names.begin());
  if (sd_is_socket(found, AF_UNSPEC, SOCK_STREAM, 1) <= 0) {
    return cannot(listener,
                  "what systemd has handed over is no stream socket that "
                  "listens (ListenStream=)");
  }
  sockaddr_storage bound = {};
  socklen_t size = sizeof(bound);
  if (getsockname(found, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    return cannot(listener, std::strerror(errno));
  }
  const std::string outside = reached_from_outside(bound);
  if (!outside.empty() && is_unguarded(listener)) {
    Error open = cannot(
        listener, fmt::format("{} can be reached from other machines, without "
                              "TLS: {}",
                              outside, kHowToGuard));
    open.trouble = Trouble::usage;
    return open;
  }
  fcntl(found, F_SETFL, fcntl(found, F_GETFL) | O_NONBLOCK);
  return ListeningSocket{found, bound.ss_family, to_text(listener.at), {}};
}

}  // namespace

Result<ListeningSocket> listen_at(const ListenerSettings& listener) {
  return listener.at.kind == Endpoint::Kind::systemd ? take_handed(listener)
                                                     : open_own(listener);
}

std::vector<std::string> sockets_without_door(
    const std::vector<ListenerSettings>& listeners) {
  std::vector<std::string> left = handed_names();
  for (const ListenerSettings& listener : listeners) {
    if (listener.at.kind != Endpoint::Kind::systemd) continue;
    const auto taken = std::find(left.begin(), left.end(), listener.at.path);
    if (taken != left.end()) left.erase(taken);
  }
  return left;
}

void forget_place(SocketFile& file) {
  const SocketFile was = std::exchange(file, {});
  struct stat there = {};
  if (was.path.empty() || lstat(was.path.c_str(), &there) != 0) return;
  if (there.st_dev != was.device || there.st_ino != was.number) return;
  unlink(was.path.c_str());
}

}  // namespace simwarden
