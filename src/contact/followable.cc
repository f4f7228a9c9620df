// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/finders.h"
#include "link/hosts.h"
#include "spelling/mail_words.h"
#include "text/look_around.h"

// The order matters: an activation code has a host inside, what a link took is
// no handle, what a label names is no mere telephone number.
namespace simwarden {
namespace {

template <typename T>
void sort_list(std::vector<T>& list) {
  const auto is_before = [](const T& a, const T& b) {
    return a.span.begin < b.span.begin;
  };
  // Sorting takes memory; most lists are short and in order.
  if (std::is_sorted(list.begin(), list.end(), is_before)) return;
  std::stable_sort(list.begin(), list.end(), is_before);
}

bool is_local_char(char c) {
  return is_alnum(c) || is_one_of(c, "._%+-");
}

}  // namespace

void sort_by_place(Followable& found) {
  sort_list(found.links);
  sort_list(found.contacts);
  sort_list(found.codes);
}

uint32_t block_at(const std::vector<Span>& blocks, uint32_t at) {
  const auto next =
      std::upper_bound(blocks.begin(), blocks.end(), at,
                       [](uint32_t a, const Span& b) { return a < b.begin; });
  return next == blocks.begin()
             ? 0
             : static_cast<uint32_t>(next - blocks.begin() - 1);
}

void add_link(Followable& found, Link link) {
  if (found.links.size() < kLinksMax) {
    found.links.push_back(std::move(link));
  } else {
    found.cut = true;
  }
}

void add_contact(Followable& found, Contact contact) {
  constexpr size_t kFew = 4;
  if (found.contacts.capacity() == 0) found.contacts.reserve(kFew);
  if (found.contacts.size() < kContactsMax) {
    found.contacts.push_back(std::move(contact));
  } else {
    found.cut = true;
  }
}

// "jabber: demo_x@demo.example", "demo_x@demo.example via xmpp": an account of
// a chat in the form of an address.
bool is_of_jabber(std::string_view t, Range address) {
  constexpr size_t kReach = 16;
  constexpr std::array<std::string_view, 4> kNames = {"xmpp", "jabber",
                                                      "жаббер", "джаббер"};
  const size_t from = address.begin - std::min(address.begin, kReach);
  const std::string_view around =
      t.substr(0, std::min(t.size(), address.end + kReach));
  for (const std::string_view name : kNames) {
    for (size_t i = around.find(name, from); i != around.npos;
         i = around.find(name, i + 1)) {
      const size_t end = i + name.size();
      const bool apart = end <= address.begin || i >= address.end;
      const bool host = before(t, i) == '@' || at(t, end) == '.';
      if (apart && !host && is_parted_before(t, i)) return true;
    }
  }
  return false;
}

void find_emails(Scene& scene, Followable& found) {
  constexpr size_t kLocalMax = 64;  // RFC 5321, 4.5.3.1.1
  const std::string_view t = scene.text();
  for (const Lead& lead : scene.leads()) {
    if (lead.kind != LeadKind::at) continue;
    const size_t i = lead.at;
    if (!is_word(code_point_at(t, i + 1).c)) continue;
    if (found.contacts.size() >= kContactsMax) {
      found.cut = true;
      return;
    }
    // "demo@@demo.test".
    const size_t end = i > 1 && t[i - 1] == '@' ? i - 1 : i;
    size_t begin = end;
    while (begin > 0 && end - begin < kLocalMax &&
           is_local_char(t[begin - 1])) {
      --begin;
    }
    while (begin < end && !is_alnum(t[begin])) ++begin;
    // A dot stands between two others (RFC 5322, 3.2.3); "@demo@demo.test" is
    // an account of the fediverse.
    if (begin == end || t[end - 1] == '.' || before(t, begin) == '@') continue;
    const auto parts = read_authority(t, i + 1, false);
    if (!parts || at(t, parts->host.end) == '@') continue;
    const Range range{begin, parts->host.end};
    std::string host(provider_host_at(t, i + 1));
    if (host.empty()) host = read_host(scene.slice(parts->host)).host;
    const size_t dot = host.rfind('.');
    if (dot == host.npos || scene.is_claimed(range)) continue;
    if (!is_known_suffix(host.substr(dot + 1))) continue;
    Contact contact;
    contact.span = scene.original(range);
    contact.kind = is_of_jabber(t, range) ? "handle" : "email";
    contact.value = std::string(t.substr(begin, end - begin)) + "@" + host;
    const Registry& registry = scene.registry();
    contact.official =
        registry.official_domains.count(registrable_domain(host)) != 0 ||
        registry.official_hosts.count(host) != 0 ||
        is_official_account(registry, contact.kind, contact.value);
    contact.disguise = scene.disguise(range, false);
    contact.wrapped = scene.is_wrapped(range);
    contact.block = scene.block_of(contact.span);
    scene.claim(range);
    add_contact(found, std::move(contact));
  }
}

std::optional<Wrapper> find_wrapper(const Followable& found,
                                    uint32_t text_begin) {
  constexpr size_t kBlocksMin = 3;  // fewer have no middle
  const auto& blocks = found.blocks;
  size_t first = 0;
  while (first < blocks.size() && blocks[first].begin < text_begin) ++first;
  if (blocks.size() < first + kBlocksMin) return {};
  const size_t last = blocks.size() - 1;
  const auto stands_last = [&](const Contact& contact) {
    return std::any_of(found.contacts.begin(), found.contacts.end(),
                       [&](const Contact& other) {
                         return other.block == last &&
                                other.kind == contact.kind &&
                                other.value == contact.value;
                       });
  };
  const bool wrapped = std::any_of(found.contacts.begin(), found.contacts.end(),
                                   [&](const Contact& contact) {
                                     return !contact.official &&
                                            contact.block == first &&
                                            stands_last(contact);
                                   });
  if (!wrapped) return {};
  return Wrapper{first, last};
}

namespace {

// Of a scene, in which signs and numbers in words are written out: without an
// "@" nothing but a link of a mail program holds a mail address, and each digit
// of a number or a code stands in the text, but for those of a country.
bool may_hold_secrets(const Scene& scene) {
  constexpr size_t kNumberMin = 7;
  constexpr size_t kCodeMin = 4;
  constexpr size_t kHalf = 3;  // "123-456"
  const std::string_view t = scene.text();
  // "intent://a%40demo.example#Intent;scheme=mailto;end"
  if (t.find("mailto") != t.npos) return true;
  size_t digits = 0;
  for (const Lead& lead : scene.leads()) {
    if (lead.kind == LeadKind::at) return true;
    if (lead.kind != LeadKind::digits) continue;
    size_t end = lead.at;
    while (is_digit(at(t, end))) ++end;
    const size_t size = end - lead.at;
    digits += size;
    const bool half = size == kHalf && is_one_of(at(t, end), "- ") &&
                      is_digit(at(t, end + 1));
    const bool profile = at(t, lead.at + 1) == '$';  // "1$host$id"
    if (half || profile || size >= kCodeMin || digits >= kNumberMin) {
      return true;
    }
  }
  return false;
}

Followable find_in(Scene& scene, const Views& views) {
  Followable found;
  found.blocks = scene.blocks();
  found.cut = views.cut;
  find_codes(scene, found);
  find_server_accounts(scene, found);
  find_links(scene, found);
  find_emails(scene, found);
  find_one_time_codes(scene, found);
  find_handles(scene, found);
  find_phones(scene, found);
  sort_by_place(found);
  return found;
}

}  // namespace

Followable find_followable(const Views& views, const Registry& registry,
                           std::string_view region) {
  Scene scene(views, registry, region);
  return find_in(scene, views);
}

std::optional<Followable> find_if_secret(const Views& views,
                                         const Registry& registry,
                                         std::string_view region) {
  Scene scene(views, registry, region);
  if (!may_hold_secrets(scene)) return std::nullopt;
  return find_in(scene, views);
}

}  // namespace simwarden
