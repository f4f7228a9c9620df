// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "door/wire.h"

namespace simwarden {

// Hands over its pieces one by one, each after a turn of the loop as a socket
// does, then says how it ended; keeps what is written and how long each read
// would have waited.
class ScriptedWire final : public Wire {
 public:
  explicit ScriptedWire(std::deque<std::string> pieces,
                        WireState last = WireState::ended)
      : pieces_(std::move(pieces)), last_(last) {}

  Task<Arrived> read(std::span<char> into,
                     std::chrono::milliseconds wait) override {
    waits.push_back(wait);
    const auto executor = co_await boost::asio::this_coro::executor;
    co_await boost::asio::post(executor, boost::asio::use_awaitable);
    if (pieces_.empty()) co_return Arrived{0, last_};
    const std::string piece = pieces_.front();
    pieces_.pop_front();
    std::memcpy(into.data(), piece.data(), std::min(piece.size(), into.size()));
    co_return Arrived{piece.size(), WireState::open};
  }
  Task<Arrived> read_next(std::span<char> into,
                          std::chrono::milliseconds wait) override {
    ++begun;
    co_return co_await read(into, wait);
  }
  Task<WireState> write(std::string_view bytes,
                        std::chrono::milliseconds) override {
    written += bytes;
    co_return WireState::open;
  }
  Task<void> end() override { co_return; }
  bool is_closing() const override { return false; }
  void nudge() override {}

  std::string written;
  std::vector<std::chrono::milliseconds> waits;
  int begun = 0;  // how often nothing was begun

 private:
  std::deque<std::string> pieces_;
  WireState last_;
};

// Runs it to its end; false when it hangs: nothing is left that could wake it.
inline bool runs_to_its_end(Task<void> task) {
  boost::asio::io_context context;
  bool ended = false;
  boost::asio::co_spawn(context, std::move(task),
                        [&](std::exception_ptr trouble) {
                          if (trouble) std::rethrow_exception(trouble);
                          ended = true;
                        });
  context.run();
  return ended;
}

}  // namespace simwarden
