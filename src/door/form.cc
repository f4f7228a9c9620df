// SPDX-License-Identifier: Apache-2.0
#include "door/form.h"

#include "diag/hex.h"

namespace simwarden {
namespace {

constexpr int kNoDigit = -1;

// The byte of the two digits at the front; kNoDigit when they are none.
int hex_byte(std::string_view digits) {
  if (digits.size() < 2) return kNoDigit;
  const int high = hex_digit(digits[0]);
  const int low = hex_digit(digits[1]);
  return high == kNoDigit || low == kNoDigit ? kNoDigit : high * 16 + low;
}

std::string decoded(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? hex_byte(text.substr(i + 1)) : kNoDigit;
    if (byte != kNoDigit) {
      bytes += char(byte);
      i += 2;
    } else {
      bytes += text[i] == '+' ? ' ' : text[i];
    }
  }
  return bytes;
}

}  // namespace

bool read_form(std::string_view text, FormFields& fields) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    if (fields.size() == kFormFieldsMax) return false;
    const size_t equals = part.find('=');
    fields.emplace_back(decoded(part.substr(0, equals)),
                        equals == std::string_view::npos
                            ? std::string()
                            : decoded(part.substr(equals + 1)));
  }
  return true;
}

const std::string* find_value(const FormFields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::optional<std::string> from_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(digits.size() / 2);
  for (size_t i = 0; i < digits.size(); i += 2) {
    const int byte = hex_byte(digits.substr(i, 2));
    if (byte == kNoDigit) return std::nullopt;
    bytes += char(byte);
  }
  return bytes;
}

}  // namespace simwarden
