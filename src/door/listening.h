// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diag/result.h"
#include "door/settings.h"

namespace simwarden {

struct ListeningSocket {
  int descriptor = -1;
  int family = 0;     // AF_INET, AF_INET6, AF_UNIX
  std::string place;  // with the port that was free, when 0 was asked for
};

// Opens the socket of a listener, ready to accept, non-blocking. A Unix socket
// that a dead program left is taken over; one that somebody listens at is not.
// The caller closes it.
Result<ListeningSocket> listen_at(const ListenerSettings& listener);

// Names of sockets that systemd has handed over and no door takes: one whose
// name is none, or the second of a name. Their clients wait for ever.
std::vector<std::string> sockets_without_door(
    const std::vector<ListenerSettings>& listeners);

// Whether a Unix socket of ours is to be removed at the end.
void forget_place(const ListenerSettings& listener);

}  // namespace simwarden
