// SPDX-License-Identifier: Apache-2.0
#include "door/inflow.h"

#include <algorithm>

namespace simwarden {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr size_t kPieceBytes = size_t{64} << 10;

}  // namespace

Inflow::Inflow(Wire& wire, const ListenerSettings& settings)
    : wire_(wire),
      settings_(settings),
      piece_(std::make_unique_for_overwrite<char[]>(kPieceBytes)),
      deadline_(steady_clock::now() + settings.timeouts.request) {}

void Inflow::drop(size_t count) {
  begin_ += count;
  deadline_ = steady_clock::now() + settings_.timeouts.request;
  if (begin_ < arrived_.size()) return;
  arrived_.clear();
  begin_ = 0;
}

Task<WireState> Inflow::more(bool between, bool is_first) {
  arrived_.erase(0, begin_);
  begin_ = 0;
  const std::span<char> room(piece_.get(), kPieceBytes);
  const bool in_time = is_first || !arrived_.empty();
  const auto left =
      std::chrono::duration_cast<milliseconds>(deadline_ - steady_clock::now());
  const milliseconds wait =
      in_time ? std::max(left, milliseconds(1)) : settings_.timeouts.idle;
  Arrived arrived;
  // Not `between ? co_await … : co_await …`: g++ 12 loses what is assigned.
  if (between) {
    arrived = co_await wire_.read_next(room, wait);
  } else {
    arrived = co_await wire_.read(room, wait);
  }
  if (!in_time) deadline_ = steady_clock::now() + settings_.timeouts.request;
  arrived_.append(piece_.get(), arrived.bytes);
  co_return arrived.state;
}

}  // namespace simwarden
