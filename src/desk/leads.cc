// SPDX-License-Identifier: Apache-2.0
#include "desk/leads.h"

#include "contact/url.h"
#include "privacy/masks.h"

namespace simwarden {
namespace {

void add_link(Leads& leads, const Link& link) {
  if (leads.links.size() == kLinksMax || link.kind == "mail") return;
  leads.links.push_back({.url = mask_text(link.url),
                         .host = link.host,
                         .registrable = link.registrable});
}

// Links of HTML, which the text need not show.
void add_html_links(Leads& leads, Facts& facts) {
  static const GroupId group = *find_group(Kind::message, "html_links");
  static const FieldId target =
      *find_field(Kind::message, "html_links[].target");
  const Record& record = facts.record();
  const Slot& links = record.group_slot(group);
  if (links.state != SlotState::given) return;
  for (uint32_t i = 0; i < links.list.count; ++i) {
    const std::string_view url = record.text(record.member(target, i));
    if (url.starts_with("mailto:") || url.starts_with("tel:")) continue;
    const auto parsed = parse_url(url);
    if (!parsed || leads.links.size() == kLinksMax) continue;
    leads.links.push_back(
        {.url = mask_text(url),
         .host = parsed->host.text,
         .registrable = registrable_domain(parsed->host.text)});
  }
}

}  // namespace

Leads leads_of(Facts& facts) {
  Leads leads;
  if (facts.record().kind() != Kind::message) return leads;
  const Followable& found = facts.followable();
  for (const Link& link : found.links) add_link(leads, link);
  add_html_links(leads, facts);
  for (const Contact& contact : found.contacts) {
    if (contact.kind != "email") continue;
    leads.emails.push_back(mask_value(contact.value, Mask::email));
  }
  return leads;
}

}  // namespace simwarden
