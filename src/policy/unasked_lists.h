// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// The lists that are read though no rule asks for them (docs/packs.md): the one
// table that says which. Who reads them goes over it by a switch, so that a
// list of it that nobody reads does not compile.
namespace simwarden {

enum class UnaskedList : uint8_t {
  official_domains,
  official_hosts,
  official_hotlines,
  official_handles,
  shorteners,
  free_hosting,
  image_hosts,
  brands,
  short_brands,
  disposable_mail,
  scam_phrases,  // what a likeness is worked out from; the eye reads the others
};

struct UnaskedListRow {
  UnaskedList list;
  std::string_view name;
  std::string_view of;     // what it is a list of,
  std::string_view or_of;  // or this
};

inline constexpr std::string_view kScamPhrases = "scam_phrases";

inline constexpr std::array<UnaskedListRow, 11> kUnaskedLists = {{
    {UnaskedList::official_domains, "official_domains", "domain", "domain"},
    {UnaskedList::official_hosts, "official_hosts", "host", "host"},
    {UnaskedList::official_hotlines, "official_hotlines", "phone", "phone"},
    {UnaskedList::official_handles, "official_handles", "handle", "handle"},
    {UnaskedList::shorteners, "shorteners", "domain", "host"},
    {UnaskedList::free_hosting, "free_hosting", "domain", "host"},
    {UnaskedList::image_hosts, "image_hosts", "domain", "host"},
    {UnaskedList::brands, "brands", "brand", "brand"},
    {UnaskedList::short_brands, "short_brands", "brand", "text"},
    {UnaskedList::disposable_mail, "disposable_mail", "domain", "host"},
    {UnaskedList::scam_phrases, kScamPhrases, "phrase", "phrase"},
}};

// Null for all others.
const UnaskedListRow* unasked_list(std::string_view name);

}  // namespace simwarden
