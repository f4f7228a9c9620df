// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// How values are called in the sentences of a reason: in Chinese, Spanish,
// Portuguese and German, of any region ("es-MX"); else in English. Evidence
// shows them as the record has them.
namespace simwarden {

// A word of ours ("not recorded") in the language; what has no word in it is
// `word` itself.
std::string_view said(std::string_view word, std::string_view language);
// What a record says of a yes-or-no question; "true", "false" likewise.
std::string_view said_boolean(bool value, std::string_view language);
// A choice of a field, the same.
std::string_view said_choice(std::string_view field, std::string_view choice,
                             std::string_view language);

}  // namespace simwarden
