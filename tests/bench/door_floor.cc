// SPDX-License-Identifier: Apache-2.0
// What an answer costs a daemon that judges nothing: beside our doors in
// tests/bench/daemons, so that one sees what of a mail is ours and what is the
// way to it.
//
//   door_floor beast|httplib|kernel|accept PORT
//   door_floor has httplib
//
// On 127.0.0.1, until it is ended; `has` says by its exit code whether it was
// built with a library.
//
// beast: HTTP by Boost.Beast, connections kept, one thread. httplib: by
// cpp-httplib, a thread a connection, where it is installed. kernel: the same
// bytes, found and sent by hand: the system calls are all there is. accept: the
// answer of SPAMC to each connection, which is closed behind it.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>  // Boost 1.74 forgets it

#include <arpa/inet.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef SIMWARDEN_HTTPLIB
#include <httplib.h>
#endif

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace net = boost::asio;
using net::ip::tcp;
using std::string;
using std::string_view;

// As large as our answer to a mail that passes; tests/bench/daemons looks
// whether a daemon is there by asking for symbols.
constexpr string_view kBody =
    R"({"is_skipped":false,"score":0.0,"required_score":80.0,)"
    R"("action":"no action","thresholds":{"reject":80.0,"soft reject":50.0,)"
    R"("add header":25.0},"symbols":{},"messages":{},"emails":[],)"
    R"("message-id":"0.120@sender.example","time_real":0.000020})";
constexpr string_view kSpamd =
    "SPAMD/1.1 0 EX_OK\r\nContent-length: 0\r\n"
    "Spam: False ; 0.0 / 25.0\r\n\r\n";

[[noreturn]] void fail(const char* what) {
  fmt::print(stderr, "door_floor: {}: {}\n", what, std::strerror(errno));
  std::exit(1);
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(tcp::socket socket) : stream_(std::move(socket)) {
    stream_.socket().set_option(tcp::no_delay(true));
  }

  void read() {
    request_ = {};
    http::async_read(
        stream_, buffer_, request_,
        [self = shared_from_this()](beast::error_code why, size_t) {
          if (!why) self->answer();
        });
  }

 private:
  void answer() {
    reply_ = {http::status::ok, request_.version()};
    reply_.set(http::field::server, "door_floor");
    reply_.set(http::field::content_type, "application/json");
    reply_.keep_alive(request_.keep_alive());
    reply_.body() = string(kBody);
    reply_.prepare_payload();
    http::async_write(
        stream_, reply_,
        [self = shared_from_this()](beast::error_code why, size_t) {
          if (!why) self->read();
        });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> reply_;
};

void accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([&](beast::error_code why, tcp::socket socket) {
    if (!why) std::make_shared<Session>(std::move(socket))->read();
    accept(acceptor);
  });
}

void run_beast(uint16_t port) {
  net::io_context context(1);
  tcp::acceptor acceptor(context, {net::ip::address_v4::loopback(), port});
  accept(acceptor);
  context.run();
}

bool is_built_with(string_view library) {
#ifdef SIMWARDEN_HTTPLIB
  if (library == "httplib") return true;
#endif
  return library == "beast";
}

#ifdef SIMWARDEN_HTTPLIB
constexpr size_t kThreads = 64;  // more than door_load has connections

void run_httplib(uint16_t port) {
  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_keep_alive_max_count(std::numeric_limits<size_t>::max());
  server.set_tcp_nodelay(true);
  server.Post(".*", [](const httplib::Request&, httplib::Response& reply) {
    reply.set_content(kBody.data(), kBody.size(), "application/json");
  });
  server.listen("127.0.0.1", port);
}
#endif

int listening(uint16_t port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 ||
      ::listen(listener, SOMAXCONN) != 0) {
    fail("listen");
  }
  return listener;
}

// The size of the request at the front, if all of it is there.
size_t whole_request(string_view bytes) {
  constexpr string_view kLength = "\r\nContent-Length: ";
  const size_t head = bytes.find("\r\n\r\n");
  if (head == bytes.npos) return 0;
  const size_t at = bytes.substr(0, head).find(kLength);
  const size_t body =
      at == bytes.npos ? 0 : strtoull(&bytes[at + kLength.size()], nullptr, 10);
  return bytes.size() < head + 4 + body ? 0 : head + 4 + body;
}

// False when the connection is over.
bool answer_by_hand(int socket, string& arrived, string_view answer) {
  static std::array<char, 65536> piece;
  const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
  if (got <= 0) return false;
  arrived.append(piece.data(), size_t(got));
  while (const size_t size = whole_request(arrived)) {
    arrived.erase(0, size);
    if (::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) {
      return false;
    }
  }
  return true;
}

void run_kernel(uint16_t port) {
  const string answer = fmt::format(
      "HTTP/1.1 200 OK\r\nServer: door_floor\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      kBody.size(), kBody);
  const int listener = listening(port);
  const int events = ::epoll_create1(0);
  epoll_event wanted{EPOLLIN, {.fd = listener}};
  ::epoll_ctl(events, EPOLL_CTL_ADD, listener, &wanted);
  std::unordered_map<int, string> arrived;
  std::array<epoll_event, 128> ready;
  while (true) {
    const int count = ::epoll_wait(events, ready.data(), int(ready.size()), -1);
    for (int i = 0; i < count; ++i) {
      const int socket = ready[size_t(i)].data.fd;
      if (socket == listener) {
        const int made = ::accept(listener, nullptr, nullptr);
        const int on = 1;
        ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event more{EPOLLIN, {.fd = made}};
        ::epoll_ctl(events, EPOLL_CTL_ADD, made, &more);
      } else if (!answer_by_hand(socket, arrived[socket], answer)) {
        ::close(socket);
        arrived.erase(socket);
      }
    }
  }
}

// Reads to the end of what a client says that closes its side behind it.
void run_accept(uint16_t port) {
  const int listener = listening(port);
  std::array<char, 65536> piece;
  while (true) {
    const int made = ::accept(listener, nullptr, nullptr);
    if (made < 0) continue;
    while (::recv(made, piece.data(), piece.size(), 0) > 0) {
    }
    ::send(made, kSpamd.data(), kSpamd.size(), MSG_NOSIGNAL);
    ::close(made);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const string how = argc == 3 ? argv[1] : "";
  if (how == "has") return is_built_with(argv[2]) ? 0 : 1;
  const auto port = uint16_t(argc == 3 ? std::atoi(argv[2]) : 0);
  if (how == "beast") run_beast(port);
#ifdef SIMWARDEN_HTTPLIB
  if (how == "httplib") run_httplib(port);
#endif
  if (how == "kernel") run_kernel(port);
  if (how == "accept") run_accept(port);
  fmt::print(stderr, "usage: door_floor beast|httplib|kernel|accept PORT\n");
  return 3;
}
