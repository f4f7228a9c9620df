// SPDX-License-Identifier: Apache-2.0
#include "judge/secrets.h"

#include <algorithm>
#include <optional>

#include "diag/ascii.h"

namespace simwarden {
namespace {

// Fewer digits are a hotline or a short code (docs/privacy.md).
constexpr size_t kNumberDigits = 7;

bool is_number(std::string_view value) {
  if (value.starts_with('+')) value.remove_prefix(1);
  return value.size() >= kNumberDigits &&
         std::all_of(value.begin(), value.end(), is_digit);
}

bool is_secret_code(const Code& code) {
  return code.kind == "otp" || code.kind == "activation_code";
}

// In the others stands a number among digits that are none of it ("**21*",
// "to 121"), as plain digits.
bool is_personal_number(const Code& code) {
  return code.kind == "iccid" || code.kind == "eid" || code.kind == "imei" ||
         code.kind == "id_number";
}

std::optional<Secret::Is> secret_in(const Contact& contact) {
  if (contact.kind == "email") return Secret::Is::address;
  if (is_number(contact.value)) return Secret::Is::number;
  return std::nullopt;
}

std::optional<Secret::Is> secret_in(const Code& code) {
  if (is_secret_code(code)) return Secret::Is::code;
  if (is_personal_number(code)) return Secret::Is::number;
  return std::nullopt;
}

template <typename Found>
void add(Secrets& secrets, const std::vector<Found>& all,
         std::string_view text) {
  for (const Found& one : all) {
    if (one.beside.what != Beside::What::text) continue;
    const auto is = secret_in(one);
    if (!is || one.span.size() == 0 || one.span.end > text.size()) continue;
    secrets.push_back({one.span.begin, one.span.end, *is});
  }
}

// Those in a part of the text, by the bytes of the part.
Secrets within(const Secrets& secrets, size_t begin, size_t end) {
  Secrets found;
  for (const Secret& secret : secrets) {
    if (secret.end <= begin || secret.begin >= end) continue;
    found.push_back({std::max(secret.begin, begin) - begin,
                     std::min(secret.end, end) - begin, secret.is});
  }
  return found;
}

}  // namespace

Secrets secrets_of(const Followable& found, std::string_view text) {
  Secrets secrets;
  add(secrets, found.contacts, text);
  add(secrets, found.codes, text);
  std::sort(secrets.begin(), secrets.end(),
            [](const Secret& a, const Secret& b) { return a.begin < b.begin; });
  return secrets;
}

Secrets secrets_in(Facts& facts, std::string_view field) {
  if (facts.record().kind() != Kind::message) return {};
  const bool in_text = field == "text";
  if (in_text || field == "subject") {
    const std::string_view body = facts.body();
    const size_t text_begin = facts.text_begin();
    const Secrets all = secrets_of(facts.followable(), body);
    return in_text ? within(all, text_begin, body.size())
                   : within(all, 0, text_begin);
  }
  const bool in_hidden = field == "hidden_text";
  if (!in_hidden && field != "alternative_text") return {};
  const Unseen& unseen = facts.unseen();
  const Secrets all = secrets_of(unseen.found, unseen.text);
  const size_t other = unseen.alternative_begin;
  return in_hidden ? within(all, 0, other)
                   : within(all, other, unseen.text.size());
}

bool holds_code(const Followable& found, Beside beside) {
  return std::any_of(found.codes.begin(), found.codes.end(),
                     [&](const Code& code) {
                       return code.beside == beside && is_secret_code(code);
                     });
}

}  // namespace simwarden
