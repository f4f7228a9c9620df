// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Check digits of the field's identifiers. They find and mask numbers and
// catch typing errors; they prove nobody's identity. Inputs are ASCII digits
// unless said otherwise; anything else is not valid.
namespace simwarden {

// Luhn over all digits, the last being the check digit (ISO/IEC 7812-1).
bool passes_luhn(std::string_view digits);

// 18 to 20 digits that begin with 89; 19 and 20 digits end in a Luhn check
// digit (ITU-T E.118), 18 have none. A trailing 'F' or 'f' pad is allowed.
bool is_iccid(std::string_view text);

// 32 digits that begin with 89; the whole number modulo 97 is 1 (SGP.29).
bool is_eid(std::string_view digits);

// 15 digits with a Luhn check digit (3GPP TS 23.003).
bool is_imei(std::string_view digits);

// 17 digits and a check character 0-9, X or x (GB 11643).
bool is_cn_resident_id(std::string_view text);

// 12 digits with a Verhoeff check digit, the first from 2 to 9 (Aadhaar).
bool is_aadhaar(std::string_view digits);

}  // namespace simwarden
