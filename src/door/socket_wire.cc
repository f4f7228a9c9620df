// SPDX-License-Identifier: Apache-2.0
#include "door/socket_wire.h"

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace simwarden {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

using LowSocket = StreamSocket::lowest_layer_type;

// A handshake and a long answer are many steps: between two of them nothing
// waits that could be ended, and the next begins as if there were time.
constexpr milliseconds kRingAgain{20};

// Ends what a socket waits for when the time is over, and goes on ending it
// until stop(). The alarm is not set anew for each wait, which would be two
// system calls a request: it stays at the earlier time, and when it rings for
// nothing it is set to what is left. A ring that was queued before stop() finds
// itself disarmed: it must not end what is waited for next, nor look at a
// socket that is gone.
class Deadline {
 public:
  explicit Deadline(LowSocket& socket)
      : alarm_(std::make_shared<Alarm>(socket)) {}
  ~Deadline() {
    alarm_->armed = false;
    error_code ignored;
    alarm_->timer.cancel(ignored);
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  void start(milliseconds wait) {
    Alarm& alarm = *alarm_;
    alarm.until = Clock::now() + wait;
    alarm.armed = true;
    alarm.passed = false;
    if (!alarm.set || alarm.timer.expiry() > alarm.until) {
      set(alarm_, alarm.until);
    }
  }
  // Whether it passed.
  bool stop() {
    alarm_->armed = false;
    return alarm_->passed;
  }

 private:
  using Clock = net::steady_timer::clock_type;
  struct Alarm {
    explicit Alarm(LowSocket& of) : socket(of), timer(of.get_executor()) {}
    LowSocket& socket;
    net::steady_timer timer;
    Clock::time_point until;
    bool set = false;  // rings at timer.expiry()
    bool armed = false;
    bool passed = false;
  };

  static void set(const std::shared_ptr<Alarm>& alarm, Clock::time_point at) {
    alarm->set = true;
    alarm->timer.expires_at(at);
    alarm->timer.async_wait([alarm](error_code stopped) {
      if (!stopped) ring(alarm);
    });
  }

  static void ring(const std::shared_ptr<Alarm>& alarm) {
    // Set anew after this ring was queued.
    if (alarm->timer.expiry() > Clock::now()) return;
    alarm->set = false;
    if (!alarm->armed) return;
    if (alarm->until > Clock::now()) return set(alarm, alarm->until);
    alarm->passed = true;
    error_code ignored;
    alarm->socket.cancel(ignored);
    set(alarm, Clock::now() + kRingAgain);
  }

  std::shared_ptr<Alarm> alarm_;
};

// Of read_away(): the largest mails that servers take are hardly larger (Gmail:
// 50 MB), and it costs some ten milliseconds.
constexpr size_t kReadAwayBytesMax = size_t{64} << 20;
// Who says nothing for so long waits for the end of the connection.
constexpr milliseconds kReadAwayWait{2'000};
// As long as a request may take, unless a door says otherwise.
constexpr milliseconds kReadAwayInAll{30'000};
// Who does not answer a goodbye of TLS is gone.
constexpr milliseconds kGoodbyeWait{2'000};

// What is written goes out at once: an answer in pieces would else wait for
// what the other side acknowledges late (40 ms). The first that is written does
// not wait if it is one piece, and many connections have no other: they are not
// asked to. Not of a Unix socket.
class Haste {
 public:
  void make(LowSocket& socket, size_t bytes) {
    constexpr size_t kPieceBytes = 536;  // on any way (RFC 9293, 3.7.1)
    const bool is_one = std::exchange(is_first_, false) && bytes <= kPieceBytes;
    if (is_one || std::exchange(is_made_, true)) return;
    const int on = 1;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NODELAY, &on,
                 sizeof on);
  }

 private:
  bool is_first_ = true;
  bool is_made_ = false;
};

template <typename Stream>
class SocketWire : public Wire,
                   public std::enable_shared_from_this<SocketWire<Stream>> {
 public:
  template <typename... Made>
  SocketWire(const SocketAddress& from, const Closing& closing, Made&&... made)
      : stream_(std::forward<Made>(made)...),
        from_(from),
        deadline_(lowest()),
        closing_(closing) {
    if (!kIsPlain) haste_.make(lowest(), SIZE_MAX);  // a handshake has pieces
  }

  void acknowledge_at_once() override { acknowledges_ = true; }

  Task<Arrived> read(std::span<char> into, milliseconds wait) override {
    return receive(into, wait, false);
  }
  Task<Arrived> read_next(std::span<char> into, milliseconds wait) override {
    return receive(into, wait, true);
  }

  size_t write_now(std::string_view bytes) override {
    haste_.make(lowest(), bytes.size());
    return give_at_once(bytes);
  }

  Task<WireState> write(std::string_view bytes, milliseconds wait) override {
    bytes.remove_prefix(write_now(bytes));
    if (bytes.empty()) co_return WireState::open;
    deadline_.start(wait);
    error_code why;
    if constexpr (!kIsPlain) co_await prepare(why);
    if (!why) {
      co_await net::async_write(stream_,
                                net::buffer(bytes.data(), bytes.size()),
                                net::redirect_error(net::use_awaitable, why));
    }
    const bool late = deadline_.stop();
    if (why && late) note(WireTrouble::not_read);
    co_return why ? state_of(why, late) : WireState::open;
  }

  Task<void> end() override {
    if (std::exchange(has_ended_, true)) co_return;
    error_code ignored;
    if constexpr (!kIsPlain) {
      deadline_.start(kGoodbyeWait);
      co_await say_goodbye();
      deadline_.stop();
    }
    lowest().shutdown(StreamSocket::shutdown_send, ignored);
  }

  // Below TLS, which has said goodbye.
  Task<void> read_away() override {
    using Clock = net::steady_timer::clock_type;
    constexpr size_t kPieceBytes = size_t{16} << 10;
    const auto piece = std::make_unique_for_overwrite<char[]>(kPieceBytes);
    const auto until = Clock::now() + kReadAwayInAll;
    size_t bytes = 0;
    between_ = true;  // the end of the program does not wait for it
    while (bytes < kReadAwayBytesMax && Clock::now() < until && !is_closing()) {
      deadline_.start(kReadAwayWait);
      error_code why;
      bytes += co_await socket().async_read_some(
          net::buffer(piece.get(), kPieceBytes),
          net::redirect_error(net::use_awaitable, why));
      deadline_.stop();
      if (why) co_return;
    }
  }

  std::string client() override {
    return client_name(from_, lowest().native_handle());
  }
  WireTrouble trouble() const override { return trouble_; }
  bool is_closing() const override {
    return closing_.now.load(std::memory_order_relaxed);
  }
  void nudge() override {
    net::post(lowest().get_executor(), [self = this->shared_from_this()] {
      error_code ignored;
      if (self->between_ && self->is_closing()) self->lowest().cancel(ignored);
    });
  }

 protected:
  virtual Task<void> prepare(error_code& why) {
    why = {};
    co_return;
  }
  virtual Task<void> say_goodbye() { co_return; }
  void note(WireTrouble trouble) {
    if (trouble_ == WireTrouble::none) trouble_ = trouble;
  }

  auto& lowest() { return stream_.lowest_layer(); }
  StreamSocket& socket() {
    if constexpr (kIsPlain) {
      return stream_;
    } else {
      return stream_.next_layer();
    }
  }

  Stream stream_;

 private:
  Task<Arrived> receive(std::span<char> into, milliseconds wait, bool between) {
    if (between && is_closing()) co_return Arrived{0, WireState::ended};
    if (const size_t there = take_first(into)) {
      acknowledge();
      co_return Arrived{there, WireState::open};
    }
    between_ = between;
    deadline_.start(wait);
    error_code why;
    if constexpr (!kIsPlain) co_await prepare(why);
    size_t bytes = 0;
    if (!why) {
      bytes = co_await stream_.async_read_some(
          net::buffer(into.data(), into.size()),
          net::redirect_error(net::use_awaitable, why));
    }
    const bool late = deadline_.stop();
    between_ = false;
    if (why) co_return Arrived{0, state_of(why, late)};
    acknowledge();
    co_return Arrived{bytes, WireState::open};
  }

  // It does not last (tcp(7)). A Unix socket knows no such thing.
  void acknowledge() {
    if (!acknowledges_) return;
    const int on = 1;
    ::setsockopt(lowest().native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on,
                 sizeof on);
  }

  // Nearly every answer fits into what the kernel takes at once, which saves a
  // turn of the reactor with its poll and an alarm. Of TLS, and of what is left
  // or wrong, the reactor knows.
  static constexpr bool kIsPlain = std::is_same_v<Stream, StreamSocket>;

  // What came with the connection. Of later requests nothing is there yet.
  size_t take_first(std::span<char> into) {
    if (!kIsPlain || std::exchange(has_read_, true)) return 0;
    const ssize_t got = ::recv(lowest().native_handle(), into.data(),
                               into.size(), MSG_DONTWAIT);
    return got > 0 ? size_t(got) : 0;
  }
  size_t give_at_once(std::string_view bytes) {
    if (!kIsPlain) return 0;
    const ssize_t sent = ::send(lowest().native_handle(), bytes.data(),
                                bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent > 0 ? size_t(sent) : 0;
  }

  static WireState state_of(error_code why, bool late) {
    if (late) return WireState::too_slow;
    return why == net::error::eof ? WireState::ended : WireState::broken;
  }

  const SocketAddress from_;
  Deadline deadline_;
  Haste haste_;
  const Closing& closing_;
  bool has_read_ = false;
  bool has_ended_ = false;
  WireTrouble trouble_ = WireTrouble::none;
  bool acknowledges_ = false;
  bool between_ = false;  // waits for what the other side need not begin
};

using TlsStream = net::ssl::stream<StreamSocket>;

class TlsWire final : public SocketWire<TlsStream> {
 public:
  using SocketWire::SocketWire;

 private:
  Task<void> prepare(error_code& why) override {
    if (shaken_) co_return;
    co_await stream_.async_handshake(
        net::ssl::stream_base::server,
        net::redirect_error(net::use_awaitable, why));
    shaken_ = !why;
    // Who goes away without a word, as a look at the port does, failed at
    // nothing.
    if (why.category() == net::error::get_ssl_category()) {
      note(WireTrouble::no_tls);
    }
  }
  // Best effort: who is gone needs no goodbye.
  Task<void> say_goodbye() override {
    if (!shaken_) co_return;
    error_code ignored;
    co_await stream_.async_shutdown(
        net::redirect_error(net::use_awaitable, ignored));
  }

  bool shaken_ = false;
};

}  // namespace

std::shared_ptr<Wire> plain_wire(StreamSocket socket, const SocketAddress& from,
                                 const Closing& closing) {
  return std::make_shared<SocketWire<StreamSocket>>(from, closing,
                                                    std::move(socket));
}

std::shared_ptr<Wire> tls_wire(StreamSocket socket, const SocketAddress& from,
                               net::ssl::context& context,
                               const Closing& closing) {
  return std::make_shared<TlsWire>(from, closing, std::move(socket), context);
}

}  // namespace simwarden
