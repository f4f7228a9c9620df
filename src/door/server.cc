// SPDX-License-Identifier: Apache-2.0
#include "door/server.h"

#include <atomic>
#include <csignal>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "door/doors.h"
#include "door/listening.h"
#include "door/socket_wire.h"
#include "door/tls.h"

namespace simwarden {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using Acceptor = net::basic_socket_acceptor<net::generic::stream_protocol>;
using std::chrono::milliseconds;

// After accept failed for want of descriptors: long enough for some to close.
constexpr milliseconds kPause{50};
// Conversations beyond the limit that are told so at one time.
constexpr uint32_t kRefusalsMax = 64;

// The wires that are open, so that the end of the program can reach them.
class OpenWires {
 public:
  void add(const std::shared_ptr<Wire>& wire) {
    const std::lock_guard lock(mutex_);
    wires_.insert(wire);
  }
  void drop(const std::shared_ptr<Wire>& wire) {
    const std::lock_guard lock(mutex_);
    wires_.erase(wire);
  }
  void nudge_all() {
    const std::lock_guard lock(mutex_);
    for (const auto& wire : wires_) wire->nudge();
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    wires_.clear();
  }
  size_t size() {
    const std::lock_guard lock(mutex_);
    return wires_.size();
  }

 private:
  std::mutex mutex_;
  std::set<std::shared_ptr<Wire>> wires_;
};

struct Listener {
  Listener(const ListenerSettings& l, ListeningSocket&& opened,
           const net::any_io_executor& executor,
           std::unique_ptr<net::ssl::context> with)
      : settings(&l),
        door(find_door(l.door)),
        acceptor(executor, net::generic::stream_protocol(opened.family, 0),
                 opened.descriptor),
        place(std::move(opened.place)),
        file_(std::move(opened.file)),
        tls_(std::move(with)) {
    if (tls_) digests_ = digests_of(*tls_);
  }
  ~Listener() { close(); }

  // The place first: as long as we listen there nobody takes it over.
  void close() {
    forget_place(file_);
    error_code ignored;
    acceptor.close(ignored);
  }

  // Null: without. A connection that began by one goes on by it.
  std::shared_ptr<net::ssl::context> tls() {
    const std::lock_guard lock(tls_mutex_);
    return tls_;
  }
  // Gives those of the context before.
  TlsDigests use(std::shared_ptr<net::ssl::context> newer, TlsDigests digests) {
    const std::lock_guard lock(tls_mutex_);
    tls_.swap(newer);
    return std::exchange(digests_, std::move(digests));
  }

  const ListenerSettings* settings;
  const DoorRow* door;
  // Its executor does one thing after the other: accept and close.
  Acceptor acceptor;
  std::string place;
  std::atomic<uint32_t> conversations{0};
  // Those that are told no take nobody's place, however long they stay.
  std::atomic<uint32_t> refusals{0};
  // Of its accepting coroutine alone.
  uint64_t not_accepted = 0;  // since that was last said
  std::optional<std::chrono::steady_clock::time_point> said;

 private:
  SocketFile file_;
  std::mutex tls_mutex_;
  std::shared_ptr<net::ssl::context> tls_;
  TlsDigests digests_;
};

uint32_t thread_count(uint32_t wanted) {
  if (wanted > 0) return wanted;
  return std::max(1U, std::thread::hardware_concurrency());
}

// The end is under way and asking again changes nothing: without this, whoever
// does so while the last things are put away would end the process by the
// signal, and with its exit code. Not given back: a set that goes restores
// what a signal does by default.
void hold_end_signals() {
  struct Held {
    net::io_context context;
    net::signal_set signals{context, SIGTERM, SIGINT};
  };
  static const Held* const held = new Held;
  (void)held;
}

class SocketServer final : public Server {
 public:
  SocketServer(const ServeSettings& settings, Service& service,
               ServerEvents events)
      : settings_(settings),
        service_(service),
        events_(std::move(events)),
        threads_(thread_count(settings.threads)),
        context_(int(threads_)),
        signals_(context_, SIGTERM, SIGINT),
        reload_signal_(context_, SIGHUP),
        drained_(context_),
        alive_(context_),
        tick_(context_) {}

  SocketServer(const SocketServer&) = delete;
  SocketServer& operator=(const SocketServer&) = delete;
  ~SocketServer() override {
    open_.clear();  // before the context that their sockets belong to
  }

  Status open_all() {
    for (const ListenerSettings& l : settings_.listeners) {
      if (auto opened = open_one(l); !opened) return opened;
    }
    for (const std::string& name : sockets_without_door(settings_.listeners)) {
      trouble(
          fmt::format("systemd has handed over a socket {} that no door takes: "
                      "who connects "
                      "there waits for ever",
                      name));
    }
    return Done{};
  }

  std::vector<std::string> places() const override {
    std::vector<std::string> places;
    for (const auto& listener : listeners_) {
      places.push_back(listener->settings->name + ' ' + listener->place);
    }
    return places;
  }

  RenewedCertificates renew_certificates() override {
    RenewedCertificates renewed;
    for (const auto& listener : listeners_) {
      const ListenerSettings& settings = *listener->settings;
      if (!settings.tls.wanted()) continue;
      auto made = valid_tls_context(settings.tls);
      if (!made) {
        renewed.wrong.push_back(
            fmt::format("{}: {}", settings.name, made.error().what));
        continue;
      }
      TlsDigests is = digests_of(**made);
      TlsDigests was = listener->use(std::move(*made), is);
      if (was == is) continue;
      renewed.came.push_back({settings.name, std::move(was), std::move(is)});
    }
    return renewed;
  }

  size_t run() override {
    for (const auto& listener : listeners_) {
      net::co_spawn(listener->acceptor.get_executor(), accept(*listener),
                    net::detached);
    }
    wait_for_reload();
    say_alive();
    tick();
    signals_.async_wait([this](error_code stopped, int) {
      if (!stopped) drain();
    });
    if (events_.on_ready) events_.on_ready();
    std::vector<std::jthread> threads;
    for (uint32_t i = 1; i < threads_; ++i) {
      threads.emplace_back([this] { context_.run(); });
    }
    context_.run();
    hold_end_signals();
    threads.clear();
    for (const auto& listener : listeners_) listener->close();
    return cut_off_;
  }

 private:
  Status open_one(const ListenerSettings& l) {
    std::unique_ptr<net::ssl::context> tls;
    if (l.tls.wanted()) {
      auto made = tls_context(l.tls);
      if (!made) return made.error();
      tls = std::move(*made);
      const std::string why = not_valid_now(l.tls, *tls);
      if (!why.empty()) trouble(fmt::format("{}: {}", l.name, why));
    }
    auto socket = listen_at(l);
    if (!socket) return socket.error();
    listeners_.push_back(std::make_unique<Listener>(
        l, std::move(*socket), executor_of_one(), std::move(tls)));
    return Done{};
  }

  Task<void> accept(Listener& listener) {
    while (!closing_.now) {
      error_code why;
      StreamSocket socket(executor_of_one());
      SocketAddress from;
      co_await listener.acceptor.async_accept(
          socket, from, net::redirect_error(net::use_awaitable, why));
      if (why == net::error::operation_aborted || closing_.now) co_return;
      if (why) {
        say_not_accepted(listener, why.message());
        net::steady_timer pause(context_, kPause);
        co_await pause.async_wait(net::redirect_error(net::use_awaitable, why));
        continue;
      }
      begin(listener, std::move(socket), from);
    }
  }

  // For as long as descriptors are wanting: once a minute, as with requests
  // that come to no verdict.
  void say_not_accepted(Listener& listener, const std::string& why) {
    constexpr std::chrono::minutes kBetweenLines{1};
    const auto now = std::chrono::steady_clock::now();
    ++listener.not_accepted;
    if (listener.said && now - *listener.said < kBetweenLines) return;
    listener.said = now;
    trouble(fmt::format("{}: cannot accept: {} (times: {})",
                        listener.settings->name, why,
                        std::exchange(listener.not_accepted, 0)));
  }

  // What happens on one connection, or at one door, happens one after the
  // other.
  net::any_io_executor executor_of_one() {
    if (threads_ == 1) return context_.get_executor();
    return net::make_strand(context_);
  }

  void begin(Listener& listener, StreamSocket socket,
             const SocketAddress& from) {
    service_.note(*listener.settings, DoorEvent::connection);
    // Nobody else adds to a listener's counts.
    const bool welcome =
        listener.conversations < listener.settings->limits.connections;
    if (!welcome) {
      service_.note(*listener.settings, DoorEvent::busy,
                    {.client = client_name(from, socket.native_handle())});
    }
    if (!welcome && listener.refusals >= kRefusalsMax) {
      return;  // a flood: even saying no would be too much
    }
    ++(welcome ? listener.conversations : listener.refusals);
    const auto executor = socket.get_executor();
    const auto tls = listener.tls();
    auto wire = tls ? tls_wire(std::move(socket), from, *tls, closing_)
                    : plain_wire(std::move(socket), from, closing_);
    net::co_spawn(executor, converse(listener, std::move(wire), welcome),
                  net::detached);
  }

  Task<void> converse(Listener& listener, std::shared_ptr<Wire> wire,
                      bool welcome) {
    open_.add(wire);
    try {
      const auto talk =
          welcome ? listener.door->converse : listener.door->refuse;
      co_await talk(*wire, *listener.settings, service_);
      note(listener, *wire);
      co_await wire->end();
    } catch (const std::exception& e) {
      // Where no answer is possible any more: this conversation is lost, the
      // others are not.
      service_.note(*listener.settings, DoorEvent::failed, {.what = e.what()});
    }
    open_.drop(wire);
    --(welcome ? listener.conversations : listener.refusals);
    if (closing_.now && open_.size() == 0) finish();
  }

  void note(const Listener& listener, Wire& wire) {
    switch (wire.trouble()) {
      case WireTrouble::none: break;
      case WireTrouble::no_tls:
        service_.note(*listener.settings, DoorEvent::no_tls,
                      {.client = wire.client()});
        break;
      case WireTrouble::not_read:
        service_.note(*listener.settings, DoorEvent::too_slow,
                      {.client = wire.client()});
        break;
    }
  }

  void drain() {
    closing_.now = true;
    if (events_.on_draining) events_.on_draining();
    for (const auto& listener : listeners_) {
      net::post(listener->acceptor.get_executor(),
                [&listener = *listener] { listener.close(); });
    }
    open_.nudge_all();
    drained_.expires_after(settings_.drain);
    drained_.async_wait([this](error_code) { finish(); });
    if (open_.size() == 0) finish();
  }

  void finish() {
    cut_off_ = open_.size();
    context_.stop();
  }

  void wait_for_reload() {
    reload_signal_.async_wait([this](error_code stopped, int) {
      if (stopped) return;
      if (events_.on_reload) events_.on_reload();
      wait_for_reload();
    });
  }

  void say_alive() {
    if (events_.alive_every.count() == 0) return;
    events_.on_alive();
    alive_.expires_after(events_.alive_every);
    alive_.async_wait([this](error_code stopped) {
      if (!stopped) say_alive();
    });
  }

  void tick() {
    if (!events_.on_tick) return;
    events_.on_tick();
    tick_.expires_after(kTick);
    tick_.async_wait([this](error_code stopped) {
      if (!stopped) tick();
    });
  }

  void trouble(const std::string& what) {
    if (events_.on_trouble) events_.on_trouble(what);
  }

  const ServeSettings& settings_;
  Service& service_;
  ServerEvents events_;
  uint32_t threads_;
  Closing closing_;
  OpenWires open_;
  std::atomic<size_t> cut_off_{0};
  net::io_context context_;
  net::signal_set signals_;
  net::signal_set reload_signal_;
  net::steady_timer drained_;
  net::steady_timer alive_;
  net::steady_timer tick_;
  std::vector<std::unique_ptr<Listener>> listeners_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::open(const ServeSettings& settings,
                                             Service& service,
                                             ServerEvents events) {
  auto server =
      std::make_unique<SocketServer>(settings, service, std::move(events));
  if (auto opened = server->open_all(); !opened) return opened.error();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace simwarden
