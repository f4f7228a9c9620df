// SPDX-License-Identifier: Apache-2.0
#include "door/line_conversation.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr size_t kPieceBytes = size_t{16} << 10;

bool takes_mail(std::string_view command) {
  return is_spamd_check(command) || command == "TELL";
}

}  // namespace

LineConversation::LineConversation(Wire& wire, const ListenerSettings& settings,
                                   Service& service, std::string_view protocol)
    : wire_(wire),
      settings_(settings),
      service_(service),
      protocol_(protocol),
      held_(service.memory(settings)),
      piece_(std::make_unique_for_overwrite<char[]>(kPieceBytes)) {}

Task<std::optional<LineRequest>> LineConversation::read() {
  LineRequest request;
  if (!co_await read_head(request.head)) co_return std::nullopt;
  if (!co_await read_body(request)) co_return std::nullopt;
  co_return request;
}

void LineConversation::note(DoorEvent event) {
  service_.note(settings_, event, {.client = wire_.client()});
}

void LineConversation::complain(DoorEvent event, int code,
                                std::string_view why) {
  note(event);
  const bool spamc = protocol_ == "SPAMC";
  trouble_ = spam_trouble(spamc ? "SPAMD/1.0" : "RSPAMD/1.3", code, why);
}

// False when nothing more comes, or can be waited for.
Task<bool> LineConversation::more() {
  const auto left =
      std::chrono::duration_cast<milliseconds>(deadline_ - steady_clock::now());
  const std::span<char> room(piece_.get(), kPieceBytes);
  Arrived arrived;  // two branches: see inflow.cc
  // NOLINTNEXTLINE(bugprone-branch-clone): co_await is not looked into
  if (began_) {
    arrived = co_await wire_.read(room, std::max(left, milliseconds(1)));
  } else {
    arrived = co_await wire_.read_next(room, settings_.timeouts.idle);
  }
  if (!began_) deadline_ = steady_clock::now() + settings_.timeouts.request;
  if (arrived.state == WireState::open) {
    began_ = true;
    arrived_.append(piece_.get(), arrived.bytes);
    co_return true;
  }
  ended_ = arrived.state == WireState::ended;
  if (began_ && arrived.state == WireState::too_slow) {
    complain(DoorEvent::too_slow, kSpamTempfail,
             "The request did not arrive in time");
  }
  if (began_ && arrived.state == WireState::broken) {
    note(DoorEvent::broken);
  }
  co_return false;
}

// Where the head ends; nullopt when it cannot be read to its end.
Task<std::optional<size_t>> LineConversation::find_head_end() {
  size_t end = spam_head_end(arrived_);
  while (end == std::string::npos) {
    if (arrived_.size() > settings_.limits.header_bytes) break;
    const size_t known = arrived_.size();
    if (!co_await more()) {
      if (!ended_ || arrived_.empty()) co_return std::nullopt;
      co_return arrived_.size();  // PING is often sent without its empty line
    }
    const size_t from = known < 2 ? 0 : known - 2;
    end = spam_head_end(std::string_view(arrived_).substr(from));
    if (end != std::string::npos) end += from;
  }
  if (end <= settings_.limits.header_bytes) co_return end;
  complain(DoorEvent::too_large, kSpamProtocol,
           "Bad header line: (the header is too long)");
  co_return std::nullopt;
}

Task<bool> LineConversation::read_head(SpamRequest& head) {
  const auto end = co_await find_head_end();
  if (!end) co_return false;
  const bool whole = spam_head_end(arrived_) != std::string::npos;
  SpamHead read = read_spam_head(arrived_.substr(0, *end), protocol_);
  arrived_.erase(0, *end);
  if (!read.request) {
    complain(DoorEvent::malformed, kSpamProtocol, read.wrong);
    co_return false;
  }
  // Cut off here it would be an empty mail, and all would be well.
  if (!whole && takes_mail(read.request->command)) {
    complain(DoorEvent::malformed, kSpamProtocol,
             "Bad header line: (the header ends in the middle)");
    co_return false;
  }
  head = std::move(*read.request);
  co_return true;
}

bool LineConversation::is_too_large(uint64_t bytes) {
  if (bytes > settings_.limits.request_bytes) {
    complain(DoorEvent::too_large, kSpamProtocol,
             fmt::format("Bad header line: (more than the {} bytes that this "
                         "door takes)",
                         settings_.limits.request_bytes));
    return true;
  }
  return false;
}

bool LineConversation::has_room(uint64_t most) {
  if (held_.grow_with(arrived_.size(), most)) {
    arrived_.reserve(size_t(held_.bytes()));
    return true;
  }
  complain(DoorEvent::busy, kSpamTempfail, kSpamBusy);
  return false;
}

Task<bool> LineConversation::read_body(LineRequest& request) {
  const auto wanted = request.head.length;
  if (!wanted && !takes_mail(request.head.command)) co_return true;
  if (is_too_large(wanted.value_or(0))) co_return false;
  const uint64_t most = wanted.value_or(settings_.limits.request_bytes);
  while (!ended_ && (!wanted || arrived_.size() < *wanted)) {
    if (!co_await more() && !ended_) co_return false;
    if (is_too_large(arrived_.size()) || !has_room(most)) co_return false;
  }
  if (wanted && arrived_.size() != *wanted) {
    complain(DoorEvent::malformed, kSpamProtocol,
             fmt::format("Bad header line: (Content-Length mismatch: Expected "
                         "{} bytes, got {} bytes)",
                         *wanted, arrived_.size()));
    co_return false;
  }
  request.body = std::move(arrived_);
  co_return true;
}

Task<void> LineConversation::say(std::string_view bytes) {
  const auto state = co_await wire_.write(bytes, settings_.timeouts.write);
  if (state != WireState::open) co_return;
  co_await wire_.end();
  if (!trouble_.empty() && !ended_) co_await wire_.read_away();
}

}  // namespace simwarden
