// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "link/registry.h"
#include "text/views.h"

// A link and where it leads: the host, whose it is, and whom it imitates.
namespace simwarden {

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

// A host by itself (a request's channel.domain): official, look-alike …
Link examine_host(std::string_view host, const Registry& registry);

// The registrable domain of a host by the Public Suffix List, lower case;
// "" for an IP address or a suffix itself.
std::string registrable_domain(std::string_view host);

}  // namespace simwarden
