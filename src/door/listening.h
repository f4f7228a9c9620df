// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "diag/result.h"
#include "door/settings.h"

namespace simwarden {

// Where a Unix socket lies. The name alone is anybody's: a program that takes
// over gives it to a socket of its own.
struct SocketFile {
  std::string path;  // empty: no file of ours
  dev_t device = 0;
  ino_t number = 0;
};

struct ListeningSocket {
  int descriptor = -1;
  int family = 0;     // AF_INET, AF_INET6, AF_UNIX
  std::string place;  // with the port that was free, when 0 was asked for
  SocketFile file;
};

// Opens the socket of a listener, ready to accept, non-blocking. A Unix socket
// that a dead program left is taken over; one that somebody listens at is not.
// The caller closes it.
Result<ListeningSocket> listen_at(const ListenerSettings& listener);

// Names of sockets that systemd has handed over and no door takes: one whose
// name is none, or the second of a name. Their clients wait for ever.
std::vector<std::string> sockets_without_door(
    const std::vector<ListenerSettings>& listeners);

// Removes it while it is still ours, and never again.
// REQUIRES: its descriptor is open. Else the number may be another's by now.
void forget_place(SocketFile& file);

}  // namespace simwarden
