// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contact/scene.h"

// The finders of the room: one a kind family, each adds to the Followable
// and claims what it took. Called in this order.
namespace simwarden {

void find_codes(Scene& scene, Followable& found);
// "@demo_x:matrix.example".
void find_server_accounts(Scene& scene, Followable& found);
void find_links(Scene& scene, Followable& found);
void find_emails(Scene& scene, Followable& found);
void find_one_time_codes(Scene& scene, Followable& found);
void find_handles(Scene& scene, Followable& found);
void find_phones(Scene& scene, Followable& found);

// A messenger account that a link leads to; nothing for other links.
struct Account {
  std::string kind;
  std::string value;
};
std::optional<Account> account_of(const Link& link);
// The web address that an "intent:" or "itms-services:" link carries; "" when
// there is none.
std::string carried_url(const Link& link);
// A host that only messengers use, with or without an account in the path.
bool is_messenger_host(std::string_view host);
// A host or a scheme that some messenger uses; a quick question.
bool may_hold_account(std::string_view host_or_scheme);

// Appends within the bounds; sets found.cut otherwise.
void add_link(Followable& found, Link link);
void add_contact(Followable& found, Contact contact);

// Links, contacts and codes in the order of the text.
void sort_by_place(Followable& found);
// Which of the blocks of a text a byte stands in, or behind.
uint32_t block_at(const std::vector<Span>& blocks, uint32_t at);

// "telegram:demo_x" or the number is in the registry.
bool is_official_account(const Registry& registry, std::string_view kind,
                         std::string_view value);

// `span` stands in base64, a hash or the like: nothing there can be read.
bool is_inside_encoded(std::string_view raw, Span span);

// A written URL in the text of a scene.
struct UrlParts {
  Range user_info;
  Range host;
  Range port;      // with ":"; empty when none
  Range path;      // with "/", "?", "#" or "\\"; empty when none
  size_t end = 0;  // behind the URL, without trailing punctuation
};

// Reads user info, host and port at `begin`, behind "//" or at a bare host.
// Nothing when no host stands there.
std::optional<UrlParts> read_authority(std::string_view text, size_t begin,
                                       bool user_info);
// The same of a host whose place is known.
UrlParts read_bare(std::string_view text, Range host);
// Adds the path that follows in running text.
void read_path(std::string_view text, UrlParts& parts);

// A deep link's end: up to white space, quotes, brackets or other scripts.
size_t url_text_end(std::string_view text, size_t begin);

// The public suffix at the end of a host, "com" of "demo.com", is one that
// people write without a scheme. `path` tells that a path follows.
bool is_plausible_bare_host(std::string_view host, bool path,
                            const Registry& registry);

}  // namespace simwarden
