// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "diag/result.h"
#include "door/service.h"
#include "door/settings.h"
#include "door/tls.h"

// Listens at every door and holds the conversations, on a few threads.
namespace simwarden {

inline constexpr std::chrono::seconds kTick{5};

struct ServerEvents {
  std::function<void()> on_reload;    // SIGHUP; on a thread of its own
  std::function<void()> on_ready;     // every door is open
  std::function<void()> on_draining;  // SIGTERM or SIGINT came
  std::function<void(const std::string&)> on_trouble;  // for the log
  std::function<void()> on_alive;  // every alive_every, from its event loop
  std::chrono::milliseconds alive_every{0};  // 0: never
  std::function<void()> on_tick;             // every kTick, from its event loop
};

struct RenewedCertificates {
  struct Door {
    std::string name;
    TlsDigests was;
    TlsDigests is;
  };
  std::vector<Door> came;          // those that have others now
  std::vector<std::string> wrong;  // what keeps the others as they were
};

class Server {
 public:
  // Opens every door or none. Keeps `settings` and `service` by reference.
  static Result<std::unique_ptr<Server>> open(const ServeSettings& settings,
                                              Service& service,
                                              ServerEvents events);
  virtual ~Server() = default;

  // Where the doors are open, as "http tcp:127.0.0.1:43121".
  virtual std::vector<std::string> places() const = 0;

  // Reads the certificates and keys of TLS again, for connections that come
  // from now on. A door whose files are no good goes on with what it has.
  // Thread-safe.
  virtual RenewedCertificates renew_certificates() = 0;

  // Until SIGTERM or SIGINT came and the conversations have ended, or the
  // time for draining is over. How many conversations were cut off.
  virtual size_t run() = 0;
};

}  // namespace simwarden
