// SPDX-License-Identifier: Apache-2.0
#include "contact/contents.h"

#include "contact/finders.h"
#include "text/views.h"

namespace simwarden {
namespace {

class Adder {
 public:
  Adder(const Content& content, Followable& found)
      : content_(content),
        block_(block_at(found.blocks, content.span.begin)),
        found_(found) {}

  void add(Followable inside) {
    for (Link& link : inside.links) {
      link.block = block_;
      take(std::move(link), found_.links, kLinksMax);
    }
    for (Contact& contact : inside.contacts) {
      contact.block = block_;
      take(std::move(contact), found_.contacts, kContactsMax);
    }
    for (Code& code : inside.codes) {
      take(std::move(code), found_.codes, kContactsMax);
    }
    found_.cut = found_.cut || inside.cut;
  }

 private:
  template <typename T>
  void take(T thing, std::vector<T>& list, size_t most) {
    if (list.size() >= most) {
      found_.cut = true;
      return;
    }
    thing.span = content_.span;
    thing.beside = content_.beside;
    list.push_back(std::move(thing));
  }

  const Content& content_;
  uint32_t block_;
  Followable& found_;
};

}  // namespace

void add_contents(const std::vector<Content>& contents,
                  const Registry& registry, std::string_view region,
                  Followable& found) {
  if (contents.empty()) return;
  for (const Content& content : contents) {
    const Views views = see(content.text);
    Adder(content, found).add(find_followable(views, registry, region));
  }
  sort_by_place(found);
}

}  // namespace simwarden
