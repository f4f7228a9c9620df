// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "link/link.h"
#include "text/views.h"

// What a reader could follow: links, accounts to write to, numbers to call,
// codes to hand over. Each with the span of the original bytes where it stood
// and one canonical value.
namespace simwarden {

struct Contact {
  Span span;
  std::string
      kind;  // telegram whatsapp wechat qq line signal viber zalo
             // discord kakao skype messenger instagram handle email phone
  std::string value;      // canonical: "@demo_x", "+15555550101", "123456789"
  bool official = false;  // in the registry
  // How it was hidden: "", styled, variant, spelled_dot, spaced, digit_words,
  // emoji, mixed_script, invisible, or escaped: ASCII that needs no escape is
  // written as an HTML, percent or quoted-printable one.
  std::string disguise;
  bool wrapped = false;  // in brackets or bold, or glued to emoji
  uint32_t block = 0;
  Beside beside;
};

struct Code {
  Span span;
  std::string kind;  // otp activation_code call_forward sim_swap_sms iccid eid
                     // imei id_number
  Beside beside;
};

// Lists longer than this are cut, and the counts say so.
inline constexpr size_t kLinksMax = 1000;
inline constexpr size_t kContactsMax = 1000;
// A text whose plain view is shorter is never cut: whatever is counted takes
// two bytes of it and more, and no bound is below 500.
inline constexpr size_t kCutBytesMin = 1000;

// A text has no more blocks; the last one holds the rest of a longer text.
inline constexpr size_t kBlocksMax = 1000;

struct Followable {
  std::vector<Link> links;        // in text order, a carried one behind its own
  std::vector<Contact> contacts;  // in text order
  std::vector<Code> codes;
  std::vector<Span> blocks;  // paragraphs: parted by line breaks, not empty
  bool cut = false;          // a list reached its bound
};

// An advert wrapped round a borrowed text: the same private contact stands in
// the first and in the last of three blocks or more. Blocks before
// `text_begin` (a subject) are left aside.
struct Wrapper {
  size_t first;  // blocks
  size_t last;
};
std::optional<Wrapper> find_wrapper(const Followable& found,
                                    uint32_t text_begin);

// Finds everything in one text. `region` is the ISO 3166-1 region for
// national telephone numbers ("CN"); empty: only international forms.
Followable find_followable(const Views& views, const Registry& registry,
                           std::string_view region);

// The same; nothing where a look at the signs of the text tells that it holds
// no number of seven digits and more, no mail address and no code.
std::optional<Followable> find_if_secret(const Views& views,
                                         const Registry& registry,
                                         std::string_view region);

// A quick look at a plain view: false when find_followable() finds neither a
// link nor a mail address in it.
bool may_hold_links(std::string_view plain);

// A number by itself (a request's channel.hotline_number) as a text's are read:
// with plus and country code where `region` tells it; as it was written where
// it is a hotline of the registry so, or no number of that region.
std::string read_hotline(std::string_view written, const Registry& registry,
                         std::string_view region);

}  // namespace simwarden
