// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"

// What the eye finds with a handful of official names, in a line.
namespace simwarden::looking {

inline Registry demo_registry() {
  Registry r;
  r.official_domains = {"10086.cn",  "chinamobile.com", "example.com",
                        "airtel.in", "maxis.com.my",    "ee.co.uk"};
  r.official_hosts = {"hk.demo-official.test"};
  r.official_hotlines = {"10086", "121", "+18005550100"};
  r.official_handles = {"telegram:demo_operator", "wechat:demo_service"};
  r.shorteners = {"bit.ly", "t.cn"};
  r.image_hosts = {"postimg.cc"};
  r.free_hosting = {"github.io"};
  r.brands = {{"10086", "10086.cn"},
              {"chinamobile", "chinamobile.com"},
              {"airtel", "airtel.in"},
              {"maxis", "maxis.com.my"},
              {"ee", "ee.co.uk"}};
  r.short_brands = {"ee"};
  return r;
}

inline Followable look(std::string_view text, std::string_view region = "") {
  return find_followable(see(text), demo_registry(), region);
}

inline std::string contacts_line(const Followable& f) {
  std::string line;
  for (const Contact& c : f.contacts) {
    if (!line.empty()) line += " ";
    line += c.kind + "=" + c.value;
    if (!c.disguise.empty()) line += "~" + c.disguise;
    if (c.official) line += "!";
  }
  return line;
}

inline std::string links_line(const Followable& f) {
  std::string line;
  for (const Link& l : f.links) {
    if (!line.empty()) line += " ";
    line += l.kind + "=" + l.url;
  }
  return line;
}

struct Case {
  const char* text;
  const char* seen;
  const char* region = "";
};

// That each text shows its contacts, and no other.
inline void check_contacts(const auto& cases) {
  for (const Case& c : cases) {
    const std::string seen = contacts_line(look(c.text, c.region));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

}  // namespace simwarden::looking
