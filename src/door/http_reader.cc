// SPDX-License-Identifier: Apache-2.0
#include "door/http_reader.h"

#include <algorithm>
#include <limits>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/printable.h"

namespace simwarden {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace net = boost::asio;
using boost::system::error_code;

constexpr size_t kPieceBytes = size_t{16} << 10;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view view_of(beast::string_view text) {
  return {text.data(), text.size()};
}

size_t count_fields(const HttpHead& head, std::string_view name) {
  return size_t(std::count_if(
      head.fields.begin(), head.fields.end(), [&](const auto& field) {
        return beast::iequals(field.first, {name.data(), name.size()});
      }));
}

// Where a proxy in front and we could take different bytes for the end of a
// request, or different hosts for its own, there is no answer (RFC 9112, 3.2,
// 6.1 and 6.3). Of the lengths that contradict each other Beast knows.
std::optional<HttpStop> wrong_framing(const HttpHead& head) {
  const size_t hosts = count_fields(head, "host");
  if (hosts > 1 || (hosts == 0 && !head.is_1_0)) {
    return HttpStop{400, hosts == 0 ? "there is no Host" : "Host stands twice"};
  }
  const size_t codings = count_fields(head, "transfer-encoding");
  if (codings == 0) return std::nullopt;
  if (head.is_1_0 || count_fields(head, "content-length") > 0) {
    return HttpStop{400, "Transfer-Encoding stands beside what excludes it"};
  }
  const std::string_view coding = head.field("transfer-encoding");
  if (codings == 1 && small_letters(coding) == "chunked") return std::nullopt;
  return HttpStop{501, "of Transfer-Encoding only chunked is known"};
}

}  // namespace

// What Beast tells goes to where it is needed, and nowhere before.
struct HttpReader::Parser final : http::basic_parser<true> {
  HttpHead head;
  std::string* body = nullptr;  // null: none is waited for
  size_t body_bytes_max = 0;    // of one that is read as a whole

 private:
  void on_request_impl(http::verb, beast::string_view method,
                       beast::string_view target, int version,
                       error_code&) override {
    head.is_1_0 = version < 11;
    head.method = view_of(method);
    const std::string_view whole = view_of(target);
    const size_t question = std::min(whole.find('?'), whole.size());
    head.path = whole.substr(0, question);
    if (question < whole.size()) head.query = whole.substr(question + 1);
    constexpr size_t kFew = 8;
    head.fields.reserve(kFew);
  }
  // Those behind the body of a chunked request say nothing to us.
  void on_field_impl(http::field, beast::string_view name,
                     beast::string_view value, error_code&) override {
    if (is_header_done()) return;
    head.fields.emplace_back(view_of(name), view_of(value));
  }
  size_t on_body_impl(beast::string_view piece, error_code&) override {
    body->append(piece.data(), piece.size());
    return piece.size();
  }
  size_t on_chunk_body_impl(uint64_t, beast::string_view piece,
                            error_code& why) override {
    return on_body_impl(piece, why);
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<uint64_t>&,
                         error_code&) override {}
  void on_chunk_header_impl(uint64_t, beast::string_view,
                            error_code&) override {}
  void on_finish_impl(error_code&) override {}
};

HttpReader::HttpReader(Wire& wire, const ListenerSettings& settings,
                       MemoryBudget& memory)
    : wire_(wire),
      settings_(settings),
      held_(memory),
      piece_(std::make_unique_for_overwrite<char[]>(kPieceBytes)) {}

HttpReader::~HttpReader() = default;

std::chrono::milliseconds HttpReader::time_left() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::steady_clock::now();
  if (!deadline_) deadline_ = now + settings_.timeouts.request;
  const auto left = std::chrono::duration_cast<milliseconds>(*deadline_ - now);
  return std::max(left, milliseconds(1));
}

// `between`: nothing of a request is there yet.
Task<Arrived> HttpReader::more(bool between) {
  const std::span<char> room(piece_.get(), kPieceBytes);
  return between ? wire_.read_next(room, settings_.timeouts.idle)
                 : wire_.read(room, time_left());
}

// Whether there is more to parse now.
bool HttpReader::takes(const Arrived& arrived, bool between) {
  arrived_.append(piece_.get(), arrived.bytes);
  if (arrived.state == WireState::open) return true;
  if (between || arrived.state == WireState::broken) {
    stop(0, {});
    stopped_->broken = !between;
  } else if (arrived.state == WireState::too_slow) {
    stop(408, "the request did not arrive in time");
  } else {
    stop(400, "the request ends in the middle");
  }
  return false;
}

// "bad value: X-Demo". The parser stands where the line of the header begins.
std::string HttpReader::wrong_head(const error_code& why) const {
  constexpr size_t kNameBytesMax = 64;
  const std::string_view line =
      std::string_view(arrived_).substr(0, arrived_.find_first_of("\r\n"));
  const std::string_view name = line.substr(0, line.find(':'));
  const bool in_header = !parser_->head.method.empty() && !name.empty() &&
                         why != http::error::header_limit;
  if (!in_header) return why.message();
  return fmt::format("{}: {}", why.message(),
                     escaped_text(name.substr(0, kNameBytesMax)));
}

Task<HttpHead*> HttpReader::head() {
  parser_ = std::make_unique<Parser>();
  Parser& parser = *parser_;
  parser.header_limit(settings_.limits.header_bytes);
  // Bounded where it is taken in. (None at all means 0 to Boost 1.74.)
  parser.body_limit(std::numeric_limits<uint64_t>::max());
  stopped_.reset();
  deadline_.reset();
  held_.release();
  while (!parser.is_header_done()) {
    error_code why = http::error::need_more;
    if (!arrived_.empty()) {
      const size_t used = parser.put(net::buffer(arrived_), why);
      arrived_.erase(0, used);
    }
    if (why == http::error::need_more) {
      const bool between = !parser.got_some() && arrived_.empty();
      const Arrived arrived = co_await more(between);
      if (!takes(arrived, between)) co_return nullptr;
      continue;
    }
    if (why) {
      stop(why == http::error::header_limit ? 431 : 400, wrong_head(why));
      co_return nullptr;
    }
  }
  if (auto wrong = wrong_framing(parser.head)) {
    stopped_ = std::move(wrong);
    co_return nullptr;
  }
  parser.head.keep_alive = parser.keep_alive() && !wire_.is_closing();
  const std::string_view expects = parser.head.field("expect");
  // HTTP/1.0 takes it for the answer (RFC 9110, 10.1.1).
  continue_wanted_ =
      !parser.head.is_1_0 &&
      beast::iequals({expects.data(), expects.size()}, "100-continue");
  co_return &parser.head;
}

Task<void> HttpReader::ask_for_body() {
  const bool is_held_back =
      continue_wanted_ && !parser_->is_done() && arrived_.empty();
  continue_wanted_ = false;
  if (is_held_back) {
    co_await wire_.write(kContinue, settings_.timeouts.write);
  }
}

Task<bool> HttpReader::piece_of_body(std::string& into) {
  Parser& parser = *parser_;
  if (continue_wanted_) co_await ask_for_body();
  const size_t before = into.size();
  parser.body = &into;
  while (!parser.is_done()) {
    error_code why = http::error::need_more;
    if (!arrived_.empty()) {
      const size_t used = parser.put(net::buffer(arrived_), why);
      arrived_.erase(0, used);
    }
    const bool wants_more = why == http::error::need_more;
    if (why == http::error::body_limit) {
      stop(413, too_large(parser.body_bytes_max));
      co_return false;
    }
    if (why && !wants_more) {
      stop(400, why.message());
      co_return false;
    }
    if (into.size() > before) co_return true;
    if (!wants_more) continue;
    const Arrived arrived = co_await more(false);
    if (!takes(arrived, false)) co_return false;
  }
  co_return false;
}

Task<bool> HttpReader::some_body(std::string& into) {
  deadline_ = std::chrono::steady_clock::now() + settings_.timeouts.request;
  co_return co_await piece_of_body(into);
}

bool HttpReader::takes_body_now(std::string& into, size_t bytes_max) {
  Parser& parser = *parser_;
  if (parser.is_done()) return true;
  const auto said = body_size();
  const bool is_here =
      said && *said <= bytes_max && *said <= arrived_.size() && *said > 0;
  if (!is_here || !held_.grow_to(*said)) return false;
  parser.body = &into;
  into.reserve(size_t(*said));
  error_code why;  // none: these bytes mean nothing to the parser
  arrived_.erase(0, parser.put(net::buffer(arrived_), why));
  continue_wanted_ = false;
  return parser.is_done();
}

Task<bool> HttpReader::whole_body(std::string& into, size_t bytes_max) {
  const auto said = body_size();
  if (said && *said > bytes_max) {
    stop(413, too_large(bytes_max));
    co_return false;
  }
  // Of a chunk that is announced, too: its sender need not send it to be told.
  parser_->body_limit(bytes_max);
  parser_->body_bytes_max = bytes_max;
  while (co_await piece_of_body(into)) {
    if (!held_.grow_with(into.size(), said.value_or(bytes_max))) {
      stop(503, kTooMuch);
      co_return false;
    }
    into.reserve(size_t(held_.bytes()));
  }
  co_return !stopped_;
}

bool HttpReader::has_body() const {
  return !parser_->is_done();
}

std::optional<uint64_t> HttpReader::body_size() const {
  const auto size = parser_->content_length();
  if (!size) return std::nullopt;
  return *size;
}

}  // namespace simwarden
