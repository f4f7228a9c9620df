// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "door/http_message.h"
#include "door/memory_budget.h"
#include "door/settings.h"
#include "door/wire.h"

// Requests out of a wire, one after the other: Beast parses, this feeds it.
// Bytes of the next request that came along are kept (pipelining).
namespace simwarden {

// What cannot be read on. `status` 0: the other side is gone, or has said all.
struct HttpStop {
  int status = 0;
  std::string why;
  bool broken = false;  // gone in the middle of a request
};

class HttpReader {
 public:
  HttpReader(Wire& wire, const ListenerSettings& settings,
             MemoryBudget& memory);
  ~HttpReader();
  HttpReader(const HttpReader&) = delete;
  HttpReader& operator=(const HttpReader&) = delete;

  // The next request's head, valid until the one behind it; null: see
  // stopped().
  Task<HttpHead*> head();
  // Tells a client that holds its body back to send it. Reading the body does
  // so too; who answers before that asks first.
  Task<void> ask_for_body();
  // Appends what of the body has arrived, waiting for some. False at its end,
  // and when it cannot be read on: see stopped(). A stream may take as long as
  // it likes, as long as something comes within the time-out.
  Task<bool> some_body(std::string& into);
  // The whole body if it is here already, without waiting for it. False:
  // nothing was taken.
  bool takes_body_now(std::string& into, size_t bytes_max);
  // All of it. False: see stopped(). What it takes is held until the next head.
  Task<bool> whole_body(std::string& into, size_t bytes_max);
  // How much of the body there is in all, when the head says so.
  std::optional<uint64_t> body_size() const;
  // Whether there is a body that was not read to its end.
  bool has_body() const;

  const std::optional<HttpStop>& stopped() const { return stopped_; }

 private:
  struct Parser;
  Task<bool> piece_of_body(std::string& into);
  Task<Arrived> more(bool between);
  bool takes(const Arrived& arrived, bool between);
  std::string wrong_head(const boost::system::error_code& why) const;
  std::chrono::milliseconds time_left();
  void stop(int status, std::string why) {
    stopped_ = {status, std::move(why)};
  }

  Wire& wire_;
  const ListenerSettings& settings_;
  HeldMemory held_;  // for the body that is read as a whole
  std::unique_ptr<Parser> parser_;
  std::string arrived_;  // not parsed yet
  std::unique_ptr<char[]> piece_;
  // Of the request, from when more of it was first waited for; a stream's moves
  // on. Nearly all come whole and have none.
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::optional<HttpStop> stopped_;
  bool continue_wanted_ = false;
};

}  // namespace simwarden
