// SPDX-License-Identifier: Apache-2.0
#include "door/form.h"

#include <algorithm>

#include "diag/hex.h"

namespace simwarden {
std::string form_decoded(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return percent_decoded(blanks);
}

bool read_form(std::string_view text, FormFields& fields) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    if (fields.size() == kFormFieldsMax) return false;
    const size_t equals = part.find('=');
    fields.emplace_back(form_decoded(part.substr(0, equals)),
                        equals == std::string_view::npos
                            ? std::string()
                            : form_decoded(part.substr(equals + 1)));
  }
  return true;
}

const std::string* find_value(const FormFields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace simwarden
