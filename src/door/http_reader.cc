// SPDX-License-Identifier: Apache-2.0
#include "door/http_reader.h"

#include <algorithm>
#include <limits>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

namespace simwarden {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace net = boost::asio;
using boost::system::error_code;

constexpr size_t kPieceBytes = size_t{16} << 10;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

constexpr const char* kTooMuch =
    "too much is in flight at this moment; try again soon";

std::string text_of(beast::string_view text) {
  return {text.data(), text.size()};
}

HttpHead head_of(const http::request_header<>& header, bool keep_alive) {
  HttpHead head;
  head.method = text_of(header.method_string());
  const std::string target = text_of(header.target());
  const size_t question = target.find('?');
  head.path = target.substr(0, question);
  if (question != std::string::npos) head.query = target.substr(question + 1);
  for (const auto& field : header) {
    head.fields.emplace_back(text_of(field.name_string()),
                             text_of(field.value()));
  }
  head.keep_alive = keep_alive;
  return head;
}

}  // namespace

struct HttpReader::Parser {
  http::request_parser<http::buffer_body> parser;
};

HttpReader::HttpReader(Wire& wire, const ListenerSettings& settings,
                       MemoryBudget& memory)
    : wire_(wire), settings_(settings), held_(memory), piece_(kPieceBytes) {}

HttpReader::~HttpReader() = default;

std::chrono::milliseconds HttpReader::time_left() const {
  using std::chrono::milliseconds;
  const auto left = std::chrono::duration_cast<milliseconds>(
      deadline_ - std::chrono::steady_clock::now());
  return std::max(left, milliseconds(1));
}

Task<bool> HttpReader::more(bool between) {
  const auto& timeouts = settings_.timeouts;
  Arrived arrived;  // two branches: see inflow.cc
  if (between) {
    arrived = co_await wire_.read_next(piece_, timeouts.idle);
  } else {
    arrived = co_await wire_.read(piece_, time_left());
  }
  if (between) {
    deadline_ = std::chrono::steady_clock::now() + timeouts.request;
  }
  arrived_.append(piece_.data(), arrived.bytes);
  if (arrived.state == WireState::open) co_return true;
  if (between || arrived.state == WireState::broken) {
    stop(0, {});
    stopped_->broken = !between;
  } else if (arrived.state == WireState::too_slow) {
    stop(408, "the request did not arrive in time");
  } else {
    stop(400, "the request ends in the middle");
  }
  co_return false;
}

Task<std::optional<HttpHead>> HttpReader::head() {
  parser_ = std::make_unique<Parser>();
  auto& parser = parser_->parser;
  parser.header_limit(settings_.limits.header_bytes);
  // Bounded where it is taken in. (None at all means 0 to Boost 1.74.)
  parser.body_limit(std::numeric_limits<uint64_t>::max());
  stopped_.reset();
  held_.release();
  while (!parser.is_header_done()) {
    if (arrived_.empty() && !co_await more(!parser.got_some())) {
      co_return std::nullopt;
    }
    error_code why;
    const size_t used = parser.put(net::buffer(arrived_), why);
    arrived_.erase(0, used);
    if (why == http::error::need_more) {
      if (!co_await more(!parser.got_some() && arrived_.empty())) {
        co_return std::nullopt;
      }
      continue;
    }
    if (why) {
      stop(why == http::error::header_limit ? 431 : 400, why.message());
      co_return std::nullopt;
    }
  }
  const auto& header = parser.get().base();
  continue_wanted_ =
      beast::iequals(header[http::field::expect], "100-continue");
  co_return head_of(header, parser.keep_alive() && !wire_.is_closing());
}

Task<bool> HttpReader::piece_of_body(std::string& into) {
  auto& parser = parser_->parser;
  if (continue_wanted_ && !parser.is_done()) {
    continue_wanted_ = false;
    if (arrived_.empty()) {
      co_await wire_.write(kContinue, settings_.timeouts.write);
    }
  }
  std::string room;
  while (!parser.is_done()) {
    if (arrived_.empty() && !co_await more(false)) co_return false;
    room.resize(arrived_.size());
    auto& body = parser.get().body();
    body.data = room.data();
    body.size = room.size();
    error_code why;
    const size_t used = parser.put(net::buffer(arrived_), why);
    const size_t got = room.size() - body.size;
    arrived_.erase(0, used);
    into.append(room.data(), got);
    const bool wants_more = why == http::error::need_more;
    if (why && !wants_more && why != http::error::need_buffer) {
      stop(400, why.message());
      co_return false;
    }
    if (got > 0) co_return true;
    if (wants_more && !co_await more(false)) co_return false;
  }
  co_return false;
}

Task<bool> HttpReader::some_body(std::string& into) {
  deadline_ = std::chrono::steady_clock::now() + settings_.timeouts.request;
  co_return co_await piece_of_body(into);
}

Task<bool> HttpReader::whole_body(std::string& into, size_t bytes_max) {
  const auto said = body_size();
  if (said && *said > bytes_max) {
    stop(413, "the body is larger than this door takes");
    co_return false;
  }
  if (said && !held_.grow_to(*said)) {
    stop(503, kTooMuch);
    co_return false;
  }
  if (said) into.reserve(size_t(*said));
  while (co_await piece_of_body(into)) {
    if (!held_.grow_to(into.size())) {
      stop(503, kTooMuch);
      co_return false;
    }
    if (into.size() > bytes_max) {
      stop(413, "the body is larger than this door takes");
      co_return false;
    }
  }
  co_return !stopped_;
}

bool HttpReader::has_body() const {
  return !parser_->parser.is_done();
}

std::optional<uint64_t> HttpReader::body_size() const {
  const auto size = parser_->parser.content_length();
  if (!size) return std::nullopt;
  return *size;
}

}  // namespace simwarden
