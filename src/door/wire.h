// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>  // Boost 1.74 forgets it

#include <boost/asio/awaitable.hpp>

// One connection as a conversation sees it, whatever carries it: TCP, a Unix
// socket, TLS, a script of a test.
namespace simwarden {

template <typename T>
using Task = boost::asio::awaitable<T>;

enum class WireState : uint8_t {
  open,
  ended,     // the other side has said all it will say; it may still listen
  too_slow,  // the time-out passed
  broken,    // reset, TLS failure, cancelled by the end of the program
};

// Why a wire ended that no conversation tells.
enum class WireTrouble : uint8_t {
  none,
  no_tls,    // the handshake failed: no TLS, an old one, no certificate
  not_read,  // who was answered did not read in time
};

struct Arrived {
  size_t bytes = 0;  // more than 0 exactly when the state is open
  WireState state = WireState::open;
};

class Wire {
 public:
  virtual ~Wire() = default;
  virtual Task<Arrived> read(std::span<char> into,
                             std::chrono::milliseconds wait) = 0;
  // The same when nothing was begun: ends at once when the program drains.
  virtual Task<Arrived> read_next(std::span<char> into,
                                  std::chrono::milliseconds wait) = 0;
  // From now on what was read is acknowledged at once. Who sends a request in
  // pieces, each only when the one before was acknowledged (Postfix), would
  // else wait 40 ms for that. Costs a system call a read.
  virtual void acknowledge_at_once() {}
  // So many of the first bytes as go out without waiting: of a short answer
  // nearly always all, and nobody has to be woken when the rest is out.
  virtual size_t write_now(std::string_view) { return 0; }
  // All of it, or the state that stopped it.
  virtual Task<WireState> write(std::string_view bytes,
                                std::chrono::milliseconds wait) = 0;
  // Ours is the last word: the other side reads an end after it.
  virtual Task<void> end() = 0;
  // After it: takes what still comes and keeps none of it, until the other side
  // ends too. Who is told no in the middle of sending, and finds the connection
  // closed, never reads why. Bounded in bytes and time.
  virtual Task<void> read_away() { co_return; }
  // Who is at the other side (client_name.h); empty: not known.
  virtual std::string client() { return {}; }
  // What went wrong so far; the first of it.
  virtual WireTrouble trouble() const { return WireTrouble::none; }
  // Whether the program drains: finish what was begun, begin nothing new.
  virtual bool is_closing() const = 0;
  // Looks at is_closing() again. From any thread.
  virtual void nudge() = 0;
};

}  // namespace simwarden
