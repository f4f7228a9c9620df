// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lists/word_set.h"
#include "text/views.h"

// What a reader could follow: links, accounts to write to, numbers to call,
// codes to hand over. Each with the span of the original bytes where it stood
// and one canonical value.
namespace simwarden {

class LookalikeIndex;
class PhraseWeights;

// Official contacts and lists of the ruleset, for the eye. A plain value;
// hosts and handles lower case, hosts in punycode, numbers digits only with
// an optional leading "+".
struct Registry {
  WordSet official_domains;   // registrable domains
  WordSet official_hosts;     // exact hosts
  WordSet official_hotlines;  // "10086", "+18005550100"
  WordSet official_handles;   // "telegram:demo_operator"
  WordSet shorteners;
  WordSet free_hosting;
  WordSet image_hosts;
  // Brand token ("chinamobile", "10086") -> the official domain it stands for.
  std::unordered_map<std::string, std::string> brands;
  // Short brands that need a telecom word beside them ("ee", "o2", "three").
  WordSet short_brands;
  // Hosts of throw-away mail addresses.
  WordSet disposable_mail;
  // Of scams, for the likeness of a text; null without such a list.
  std::shared_ptr<const PhraseWeights> scam_phrases;
  // What prepare() made of the lists above.
  std::shared_ptr<const LookalikeIndex> lookalikes;
};

// Makes the names ready to be compared with hosts. To be called when the lists
// are full; without it, each link costs time in proportion to the lists.
void prepare(Registry& registry);

// What says it when the text does not (contents.h): which QR or bar code, or
// which link of an attached file, from 0.
struct Beside {
  enum class What : uint8_t { text, qr_code, file_link };
  What what = What::text;
  uint32_t index = 0;
  bool operator==(const Beside&) const = default;
};

struct Link {
  Span span;
  std::string url;     // as it would be followed: "https://t.me/demo_x"
  std::string scheme;  // "https", "tg", …; "https" when none was written
  std::string host;    // lower case, punycode, no port; "" for deep links
  std::string
      registrable;    // by the Public Suffix List; "" for IP and deep links
  std::string path;   // with query and fragment
  std::string kind;   // web, short_link, image, messenger, download, deep_link,
                      // mail, phone
  uint32_t port = 0;  // 0: the scheme's own
  bool official = false;
  bool is_ip = false;
  bool is_idn = false;        // has an xn-- label
  bool mixed_script = false;  // in one label
  bool user_info = false;
  bool shortener = false;
  bool image_host = false;
  bool free_hosting = false;
  bool disposable = false;  // the host gives throw-away mail addresses
  std::string shown_text;   // of a Markdown or HTML link; "" when none
  // The shown text is another host, another account, or the account that the
  // link opens in a dress (brackets, emoji, more words). A bare "@demo_x" that
  // opens t.me/demo_x tells the truth.
  bool shown_differs = false;
  std::string lookalike_of;  // official domain that it imitates; "" when none
  // other_suffix (the official name under another public suffix), confusable,
  // edit_distance, added_word ("brand-sim.test"), brand_in_subdomain
  // ("brand.com.demo.test"), brand_in_user_info, brand_in_path
  std::string lookalike_reason;
  bool disguised = false;  // only visible after folding
  uint32_t block = 0;      // which block of the text
  Beside beside;
};

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

// A host by itself (a request's channel.domain): official, look-alike …
Link examine_host(std::string_view host, const Registry& registry);

// A number by itself (a request's channel.hotline_number) as a text's are read:
// with plus and country code where `region` tells it; as it was written where
// it is a hotline of the registry so, or no number of that region.
std::string read_hotline(std::string_view written, const Registry& registry,
                         std::string_view region);

// The registrable domain of a host by the Public Suffix List, lower case;
// "" for an IP address or a suffix itself.
std::string registrable_domain(std::string_view host);

}  // namespace simwarden
