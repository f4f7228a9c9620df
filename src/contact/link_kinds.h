// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "contact/contact.h"
#include "contact/finders.h"

// What a link leads to, once it is parsed.
namespace simwarden {

// Code, parts of the same mail, and files of the reader's own machine, as a
// browser prints below a page: "file:///home/demo/page.html". Of schemes in
// small letters; `slashes` stand behind it.
bool leads_nowhere(std::string_view scheme, size_t slashes);

// Link.kind of http and https; `picture` when it stands as an image.
std::string web_kind(const Link& link, bool picture);
// Link.kind of other schemes.
std::string deep_kind(const Link& link);

// The page that an app is told to open or to install from is judged like the
// host of a web link.
void judge_carried_host(Link& link, const Registry& registry);

// The shown text is a handle, or a host of another owner.
bool shows_another_place(const Link& link, const Registry& registry);

// "DM instagram.com/demo_x": a profile is an account to write to only when
// the words before say so; else it is a page like any other.
std::optional<Account> asked_profile(const Link& link,
                                     std::string_view before_it);

}  // namespace simwarden
