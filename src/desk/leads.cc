// SPDX-License-Identifier: Apache-2.0
#include "desk/leads.h"

#include "link/url.h"
#include "privacy/masks.h"

namespace simwarden {
namespace {

class LeadsWriter {
 public:
  explicit LeadsWriter(bool urls) : urls_(urls) {}

  Leads leads;

  void add(const Link& link) {
    if (is_full() || link.kind == "mail" || link.kind == "phone") return;
    leads.links.push_back({.host = link.host, .scheme = link.scheme});
    if (!urls_) return;
    leads.links.back().url = mask_text(link.url);
    leads.links.back().registrable = link.registrable;
  }

  void add(std::string_view url) {
    if (is_full()) return;
    const auto parsed = parse_url(url);
    if (!parsed) return;
    leads.links.push_back(
        {.host = parsed->host.text, .scheme = parsed->scheme});
    if (!urls_) return;
    leads.links.back().url = mask_text(url);
    leads.links.back().registrable = registrable_domain(parsed->host.text);
  }

 private:
  bool is_full() const { return leads.links.size() == kLinksMax; }

  bool urls_;
};

// Links of HTML, which the text need not show.
void add_html_links(LeadsWriter& writer, Facts& facts) {
  static const GroupId group = *find_group(Kind::message, "html_links");
  static const FieldId target =
      *find_field(Kind::message, "html_links[].target");
  const Record& record = facts.record();
  const Slot& links = record.group_slot(group);
  if (links.state != SlotState::given) return;
  for (uint32_t i = 0; i < links.list.count; ++i) {
    const std::string_view url = record.text(record.member(target, i));
    if (url.starts_with("mailto:") || url.starts_with("tel:")) continue;
    writer.add(url);
  }
}

}  // namespace

Leads leads_of(Facts& facts, LeadsWanted wanted) {
  if (facts.record().kind() != Kind::message) return {};
  if (!facts.may_hold_leads()) return {};
  const Followable& found = facts.followable();
  LeadsWriter writer(wanted == LeadsWanted::urls);
  for (const Link& link : found.links) writer.add(link);
  add_html_links(writer, facts);
  for (const Contact& contact : found.contacts) {
    if (contact.kind != "email") continue;
    writer.leads.emails.push_back(mask_value(contact.value, Mask::email));
  }
  return std::move(writer.leads);
}

}  // namespace simwarden
