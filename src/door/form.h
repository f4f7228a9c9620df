// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Names and values as browsers and gateways put them into a query or a body.
namespace simwarden {

using FormFields = std::vector<std::pair<std::string, std::string>>;

// A gateway sends a dozen; more is somebody else's.
inline constexpr size_t kFormFieldsMax = 64;

// A name or a value of such a text: "b+c%40" is "b c@".
std::string form_decoded(std::string_view text);

// application/x-www-form-urlencoded (URL Standard, 5.1): "a=b+c&d=%40" is a:
// "b c", d: "@". A "%" that two hex digits do not follow stands for itself.
// Values are bytes, whatever they mean. Appends; false when there are more
// than kFormFieldsMax, and then some are missing.
bool read_form(std::string_view text, FormFields& fields);

// The value of the first field of that name; nullptr when there is none.
const std::string* find_value(const FormFields& fields, std::string_view name);

}  // namespace simwarden
