// SPDX-License-Identifier: Apache-2.0
#include "intake/shown_words.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "mail/shown_names.h"
#include "mail/words.h"
#include "text/views.h"

namespace simwarden {
namespace {

// More of a name is not shown.
constexpr size_t kNameBytesMax = 1024;
// More than a code of any kind holds; what was read by others may say more.
constexpr size_t kCodeBytesMax = 8 * 1024;
// A mail seldom has more; what all of them lead to is looked at anyway.
constexpr uint32_t kCodesMax = 16;

FieldId message_field(std::string_view name) {
  return *find_field(Kind::message, name);
}

// Numbers are called, and stand in the field of the sender as they are.
bool has_letter(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    return is_ascii_letter(c) || (c & 0x80) != 0;
  });
}

// By memmem(), which does not begin anew at each place: words that are nearly
// there everywhere would cost their length times that of the text.
bool stands_in(std::string_view text, std::string_view words) {
  if (text.empty()) return words.empty();  // there may be no bytes to point to
  return memmem(text.data(), text.size(), words.data(), words.size()) !=
         nullptr;
}

std::string_view words_of_name(const Record& record, FieldId id) {
  const Slot& slot = record.slot(id);
  if (slot.state != SlotState::given) return {};
  const std::string_view name = cut(record.text(slot), kNameBytesMax);
  return has_letter(name) ? name : std::string_view();
}

// What a telephone acts on and shows to nobody as it stands: cards of people,
// networks, payments, tickets.
bool is_for_programs(std::string_view content) {
  constexpr std::string_view kBegins[] = {
      "begin:",   "bizcard:", "mecard:", "matmsg:", "wifi:", "geo:",  "tel:",
      "sms:",     "smsto:",   "mailto:", "lpa:",    "upi:",  "http:", "https:",
      "bitcoin:", "otpauth:", "spc",     "bcd",     "m1",    "000201"};
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](std::string_view begin) {
                       return same_word(content.substr(0, begin.size()), begin);
                     });
}

std::string_view words_of_code(const Record& record, uint32_t item) {
  static const FieldId kContent = message_field("qr_codes[].content");
  const Slot& slot = record.member(kContent, item);
  if (slot.state != SlotState::given) return {};
  const std::string_view content = cut(record.text(slot), kCodeBytesMax);
  const bool one_word = is_ascii(content) && content.find(' ') == content.npos;
  return one_word || is_for_programs(content) ? std::string_view() : content;
}

// What names and codes say that the text does not, in the order of the fields.
std::vector<std::string> shown_beside(const Record& record,
                                      std::string_view text) {
  text = cut(text, kTextBytesMax);  // what is read of it
  static const FieldId kNames[] = {message_field("display_name"),
                                   message_field("sender"),
                                   message_field("from")};
  std::vector<std::string> all;
  const auto add = [&](std::string_view words) {
    if (words.empty()) return;
    std::string shown = without_addresses(words);
    const bool known = stands_in(text, shown) ||
                       std::find(all.begin(), all.end(), shown) != all.end();
    if (is_advert(shown) && !known) all.push_back(std::move(shown));
  };
  for (const FieldId id : kNames) add(words_of_name(record, id));
  static const GroupId kCodes = *find_group(Kind::message, "qr_codes");
  const Slot& codes = record.group_slot(kCodes);
  const uint32_t count = codes.state == SlotState::given ? codes.list.count : 0;
  for (uint32_t i = 0; i < std::min(count, kCodesMax); ++i) {
    add(words_of_code(record, i));
  }
  return all;
}

}  // namespace

void add_shown_words(Record& record) {
  static const FieldId kText = message_field("text");
  const Slot written = record.slot(kText);
  const bool given = written.state == SlotState::given;
  if (!given && written.state != SlotState::absent) return;
  const std::string_view before =
      given ? record.text(written) : std::string_view();
  const std::vector<std::string> beside = shown_beside(record, before);
  if (beside.empty()) return;
  std::string text(before);
  for (const std::string& words : beside) {
    if (!text.empty()) text += "\n\n";
    text += words;
  }
  record.set(kText, record.make_text(text));
}

}  // namespace simwarden
