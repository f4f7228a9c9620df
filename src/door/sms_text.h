// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simwarden {

// What is known of the bytes of an SMS beside them.
struct SmsCoding {
  // The data coding scheme: SMPP v3.4, 5.2.19, and beyond its list 3GPP TS
  // 23.038, 4.
  int scheme = 0;
  bool latin1 = false;  // the gateway has turned GSM 03.38 into ASCII already
  // Whether a user data header (3GPP TS 23.040, 9.2.3.24) stands before the
  // text (esm_class, bit 6). Unsaid: where the bytes begin with one that says
  // where the part of a long message stands; no text begins so.
  std::optional<bool> has_header = std::nullopt;
};

// The text of an SMS as UTF-8, without its header; nullopt for one that is no
// text or cannot be read: binary, compressed, reserved, a header longer than
// all. Of the default alphabet (0), bytes beyond 127 are UTF-8 or else Latin-1.
std::optional<std::string> sms_text(std::string_view bytes,
                                    const SmsCoding& coding);

}  // namespace simwarden
