// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simwarden {

// The text of an SMS by its data coding scheme (SMPP v3.4, 5.2.19), as UTF-8;
// nullopt for one that is no text. Of the default alphabet (0), bytes beyond
// 127 are UTF-8 or else Latin-1; below that `latin1` tells whether the gateway
// has turned GSM 03.38 into ASCII already.
std::optional<std::string> sms_text(std::string_view bytes, int coding,
                                    bool latin1);

}  // namespace simwarden
