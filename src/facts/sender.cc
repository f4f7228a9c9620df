// SPDX-License-Identifier: Apache-2.0
#include "facts/sender.h"

#include <vector>

#include "diag/ascii.h"

namespace simwarden {
namespace {

std::string_view given_text(const Record& record, FieldId id) {
  const Slot& slot = record.slot(id);
  return slot.state == SlotState::given ? record.text(slot)
                                        : std::string_view();
}

std::string_view from_of(const Facts& facts) {
  static const FieldId id = *find_field(Kind::message, "from");
  return given_text(facts.record(), id);
}

std::string shown_name_of(const Facts& facts) {
  static const FieldId id = *find_field(Kind::message, "display_name");
  constexpr size_t kNameMax = 1024;  // longer is not shown
  const std::string_view name = given_text(facts.record(), id);
  return name.empty() ? std::string()
                      : see(name.substr(0, kNameMax)).plain.text;
}

// Of "demo@mail.example"; the host itself where nobody can register names.
std::string domain_of(std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == address.npos) return {};
  const std::string host = fold_letters(address.substr(at + 1));
  const std::string domain = registrable_domain(host);
  return domain.empty() ? host : domain;
}

bool is_official(const Registry& registry, std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == address.npos) return false;
  const std::string host = fold_letters(address.substr(at + 1));
  return registry.official_domains.count(registrable_domain(host)) != 0 ||
         registry.official_hosts.count(host) != 0;
}

// Letters and digits, and all bytes beyond ASCII.
bool is_word_char(char c) {
  return is_small(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (is_word_char(c)) {
      words.back() += c;
    } else if (!words.back().empty() && c != '\'') {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

bool reply_goes_elsewhere(const Facts& facts) {
  static const FieldId id = *find_field(Kind::message, "reply_to");
  const Record& record = facts.record();
  const std::string from = domain_of(from_of(facts));
  const Slot& list = record.slot(id);
  if (from.empty() || list.state != SlotState::given) return false;
  for (uint32_t i = 0; i < list.list.count; ++i) {
    const Slot& slot = record.element(id, i);
    if (slot.state != SlotState::given) continue;
    const std::string domain = domain_of(record.text(slot));
    if (!domain.empty() && domain != from) return true;
  }
  return false;
}

std::string address_in_name(const Facts& facts) {
  const std::string name = shown_name_of(facts);
  const std::string from = domain_of(from_of(facts));
  if (from.empty()) return {};
  constexpr std::string_view kEnds = " \t<>()[]\"',;:";
  for (size_t at = name.find('@'); at != name.npos;
       at = name.find('@', at + 1)) {
    const size_t before =
        at == 0 ? name.npos : name.find_last_of(kEnds, at - 1);
    const size_t begin = before == name.npos ? 0 : before + 1;
    const size_t end = std::min(name.find_first_of(kEnds, at), name.size());
    std::string address = name.substr(begin, end - begin);
    const bool whole = begin < at && address.find('.', at - begin) != name.npos;
    if (whole && domain_of(address) != from) return address;
  }
  return {};
}

std::string operator_in_name(const Facts& facts) {
  const std::string_view from = from_of(facts);
  const Registry& registry = facts.registry();
  if (from.empty() || is_official(registry, from)) return {};
  const std::vector<std::string> words = words_of(shown_name_of(facts));
  constexpr size_t kWordsOfBrand = 3;  // "china mobile", "t mobile us"
  for (size_t i = 0; i < words.size(); ++i) {
    std::string brand;
    for (size_t n = i; n < words.size() && n < i + kWordsOfBrand; ++n) {
      brand += words[n];
      const auto found = registry.brands.find(brand);
      if (found == registry.brands.end()) continue;
      const bool whole = i == 0 && n + 1 == words.size();
      if (!whole && registry.short_brands.count(brand) != 0) continue;
      return found->second;
    }
  }
  return {};
}

}  // namespace simwarden
