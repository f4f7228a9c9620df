// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spelling/respelling.h"

// Hosts of messengers whose letters are read aloud: "tê chấm mờ e", "تي نقطة
// مي" (data/spoken_hosts.tsv).
namespace simwarden {

struct SpokenHost {
  Range range;
  std::string text;  // "t.me"; "" when none stands there
};

// The host around a dot in words, whose range is `dot`.
SpokenHost spoken_host_around(std::string_view text, Range dot);

}  // namespace simwarden
