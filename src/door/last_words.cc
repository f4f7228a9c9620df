// SPDX-License-Identifier: Apache-2.0
#include "door/last_words.h"

namespace simwarden {

Task<bool> say_last(Wire& wire, std::string_view bytes,
                    std::chrono::milliseconds wait) {
  const WireState state = co_await wire.write(bytes, wait);
  if (state != WireState::open) co_return false;
  co_await wire.end();
  co_await wire.read_away();
  co_return true;
}

}  // namespace simwarden
