// SPDX-License-Identifier: Apache-2.0
#include "record/channel_kinds.h"

#include <algorithm>
#include <iterator>

#include "record/choices.h"

namespace simwarden {
namespace {

struct TakerOfChannel {
  std::string_view type;
  Taker taker;
};

constexpr TakerOfChannel kTakers[] = {
    {"store_own", Taker::staff},
    {"store_franchise", Taker::agent},
    {"authorised_outlet", Taker::agent},
    {"dealer", Taker::agent},
    {"retail_partner", Taker::agent},
    {"kiosk", Taker::nobody},
    {"website", Taker::nobody},
    {"app", Taker::nobody},
    {"ussd", Taker::nobody},
    {"hotline", Taker::staff},
    {"chat_official", Taker::nobody},
    {"email", Taker::nobody},
    {"courier", Taker::nobody},
    {"third_party", Taker::nobody},
    {"unknown", Taker::nobody},
};

static_assert(std::ranges::equal(kTakers, choices::kChannelType, {},
                                 &TakerOfChannel::type),
              "a word of channel.type says who takes the request");

}  // namespace

Taker taker_of(std::string_view channel_type) {
  const auto* found =
      std::ranges::find(kTakers, channel_type, &TakerOfChannel::type);
  return found == std::end(kTakers) ? Taker::nobody : found->taker;
}

}  // namespace simwarden
