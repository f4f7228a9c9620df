// SPDX-License-Identifier: Apache-2.0
// A URL, and behind a line of five equals signs its base or nothing. What is
// written of a URL reads as the same URL; hosts keep their one spelling; a
// link that the eye finds is a URL that a browser reads.
#include "contact/contact.h"
#include "fuzz/input.h"
#include "link/url.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto parts = fuzz::parts_of(fuzz::as_text(data, size), 2);
  const auto base = parse_url(parts[1]);
  const auto url = parse_url(parts[0], base ? &*base : nullptr);
  if (!url) return 0;
  const std::string href = url->href();
  const auto again = parse_url(href);
  CHECK(again.has_value(), "what is written can be read");
  CHECK(*again == *url, "and is the same URL");
  CHECK(again->href() == href, "written alike");
  if (is_special_scheme(url->scheme) && url->host.kind != HostKind::empty) {
    const auto host = parse_host(url->host.text, true);
    CHECK(host && *host == url->host, "a host has one spelling");
  }
  CHECK(href.size() <= 12 * (size + parts[1].size()) + 64, "of bounded size");

  static const Registry kNone;
  for (const Link& link : find_followable(see(parts[0]), kNone, "").links) {
    if (link.host.empty()) continue;
    const auto opened = parse_url(link.url);
    CHECK(opened && opened->href() == link.url,
          "the eye writes as browsers do");
  }
  return 0;
}
