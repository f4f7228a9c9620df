// SPDX-License-Identifier: Apache-2.0
#include "contact/code_contents.h"

#include "contact/finders.h"
#include "text/views.h"

namespace simwarden {
namespace {

class Adder {
 public:
  Adder(const CodeContent& code, Followable& found)
      : code_(code),
        block_(block_at(found.blocks, code.span.begin)),
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
    thing.span = code_.span;
    thing.qr_code = code_.index;
    list.push_back(std::move(thing));
  }

  const CodeContent& code_;
  uint32_t block_;
  Followable& found_;
};

}  // namespace

void add_code_contents(const std::vector<CodeContent>& contents,
                       const Registry& registry, std::string_view region,
                       Followable& found) {
  if (contents.empty()) return;
  for (const CodeContent& code : contents) {
    const Views views = see(code.content);
    Adder(code, found).add(find_followable(views, registry, region));
  }
  sort_by_place(found);
}

}  // namespace simwarden
