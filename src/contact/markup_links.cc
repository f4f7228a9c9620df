// SPDX-License-Identifier: Apache-2.0
// The links are written out as markup, a line each, and read like any text;
// what is found is led back to the text by its line.
#include "contact/markup_links.h"

#include <algorithm>

#include "contact/finders.h"
#include "diag/characters.h"
#include "text/views.h"

namespace simwarden {
namespace {

// What link_places.cc reads; the host stands in front.
constexpr size_t kTargetMax = 3500;
constexpr size_t kShownMax = 300;

void write_target(std::string_view target, std::string& out) {
  for (const char c : cut(target, kTargetMax)) {
    switch (c) {
      case '"': out += "%22"; break;
      case '<': out += "%3C"; break;
      case '>': out += "%3E"; break;
      case ' ': out += "%20"; break;
      case '\n':
      case '\r':
      case '\t': break;
      case '&': out += "&amp;"; break;
      default: out += c;
    }
  }
}

// Signs of markup would end the element.
void write_shown(std::string_view shown, std::string& out) {
  for (const char c : cut(shown, kShownMax)) {
    const bool breaks = c == '<' || c == '>' || c == '\n' || c == '\r';
    out += breaks ? ' ' : c;
  }
}

void write_link(const MarkupLink& link, std::string& out) {
  out += link.picture ? "<img src=\"" : "<a href=\"";
  write_target(link.target, out);
  out += "\">";
  if (!link.picture) {
    write_shown(link.shown, out);
    out += "</a>";
  }
  out += '\n';
}

bool lies_in(Span inner, Span outer) {
  return outer.size() > 0 && inner.begin >= outer.begin &&
         inner.end <= outer.end;
}

class Adder {
 public:
  Adder(const std::vector<MarkupLink>& links, Followable& found)
      : links_(links), found_(found), differs_(links.size(), false) {}

  std::vector<bool> add(const Registry& registry, std::string_view region) {
    std::string text;
    for (const MarkupLink& link : links_) {
      begins_.push_back(static_cast<uint32_t>(text.size()));
      write_link(link, text);
    }
    const Views views = see(text);
    Followable written = find_followable(views, registry, region);
    for (Contact& contact : written.contacts) take(written, contact);
    for (Link& link : written.links) take(link);
    drop_shown();
    for (Link& link : added_) add_link(std::move(link));
    found_.cut = found_.cut || written.cut;
    sort_by_place(found_);
    return std::move(differs_);
  }

 private:
  // Which of the links a span stands in; it begins with it or is none of it.
  const MarkupLink* at(Span span, size_t& index) const {
    const auto next =
        std::upper_bound(begins_.begin(), begins_.end(), span.begin);
    if (next == begins_.begin()) return nullptr;
    index = static_cast<size_t>(next - begins_.begin() - 1);
    return begins_[index] == span.begin ? &links_[index] : nullptr;
  }

  // Text that names another place than it opens stays: people type it, too.
  void drop_shown() {
    std::erase_if(found_.links, [&](const Link& link) {
      return std::any_of(added_.begin(), added_.end(), [&](const Link& added) {
        return lies_in(link.span, added.span) && link.host == added.host;
      });
    });
  }

  void add_link(Link link) {
    if (found_.links.size() >= kLinksMax) {
      found_.cut = true;
      return;
    }
    found_.links.push_back(std::move(link));
  }

  void take(Link& link) {
    size_t index = 0;
    const MarkupLink* markup = at(link.span, index);
    if (markup == nullptr) return;
    if (markup->picture && !link.image_host) return;
    link.span = markup->span;
    link.block = block_at(found_.blocks, link.span.begin);
    differs_[index] = link.shown_differs;
    added_.push_back(std::move(link));
  }

  // An account that a link opens has the link's span.
  void take(const Followable& written, Contact& contact) {
    const bool opened = std::any_of(
        written.links.begin(), written.links.end(),
        [&](const Link& link) { return link.span == contact.span; });
    size_t index = 0;
    const MarkupLink* markup = opened ? at(contact.span, index) : nullptr;
    if (markup == nullptr || markup->picture) return;
    contact.span = markup->span;
    contact.block = block_at(found_.blocks, contact.span.begin);
    const bool known = std::any_of(
        found_.contacts.begin(), found_.contacts.end(),
        [&](const Contact& other) {
          return other.kind == contact.kind && other.value == contact.value &&
                 lies_in(other.span, markup->span);
        });
    if (known) return;
    if (found_.contacts.size() >= kContactsMax) {
      found_.cut = true;
      return;
    }
    found_.contacts.push_back(std::move(contact));
  }

  const std::vector<MarkupLink>& links_;
  Followable& found_;
  std::vector<bool> differs_;
  std::vector<uint32_t> begins_;  // of each link in what is written out
  std::vector<Link> added_;
};

}  // namespace

std::vector<bool> add_markup_links(const std::vector<MarkupLink>& links,
                                   const Registry& registry,
                                   std::string_view region, Followable& found) {
  if (links.empty()) return {};
  return Adder(links, found).add(registry, region);
}

}  // namespace simwarden
