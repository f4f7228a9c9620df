// SPDX-License-Identifier: Apache-2.0
#include "contact/carried_links.h"

#include <algorithm>
#include <array>

#include "contact/finders.h"
#include "contact/link_kinds.h"
#include "diag/hex.h"
#include "link/hosts.h"
#include "link/url.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Redirects in a row that a browser follows without a word; nobody needs more.
constexpr size_t kNestedMax = 3;

// Pages that name the target without its scheme.
struct Bare {
  std::string_view host;
  std::string_view path;
};
constexpr std::array kBare = {Bare{"google.com", "/amp/s/"},
                              Bare{"ampproject.org", "/c/s/"}};

// Behind `sign` at `i`, plain or percent-encoded once or twice; or `i`.
size_t behind_sign(std::string_view t, size_t i, char sign,
                   std::string_view code) {
  if (at(t, i) == sign) return i + 1;
  if (starts_at(t, i, "%25") && starts_at(t, i + 3, code)) return i + 5;
  return at(t, i) == '%' && starts_at(t, i + 1, code) ? i + 3 : i;
}

// "http", then "://" in some spelling, at `i` of small letters.
bool is_address_at(std::string_view t, size_t i) {
  i += starts_at(t, i, "https") ? 5 : 4;
  const size_t colon = behind_sign(t, i, ':', "3a");
  const size_t slash = behind_sign(t, colon, '/', "2f");
  return colon != i && slash != colon &&
         behind_sign(t, slash, '/', "2f") != slash;
}

// Where a value or a segment of a path begins.
bool is_beginning(std::string_view t, size_t i) {
  constexpr std::array<std::string_view, 3> kCodes = {"%3d", "%2f", "%3f"};
  if (is_one_of(before(t, i), "=/?&#:,;")) return true;
  return std::any_of(kCodes.begin(), kCodes.end(), [&](auto code) {
    return i >= code.size() && starts_at(t, i - code.size(), code);
  });
}

// The first address inside; "" when there is none.
std::string address_in(std::string_view path) {
  const std::string small = small_letters(path);
  size_t i = small.find("http");
  while (i != small.npos &&
         !(is_beginning(small, i) && is_address_at(small, i))) {
    i = small.find("http", i + 1);
  }
  if (i == small.npos) return "";
  const bool query = path.substr(0, i).find_first_of("?#") != path.npos;
  const size_t end =
      query ? std::min(path.find_first_of("&#;", i), path.size()) : path.size();
  const std::string_view written = path.substr(i, end - i);
  const size_t colon = written.find(':');
  if (colon <= std::string_view("https").size()) return std::string(written);
  const std::string once = percent_decoded(written);
  return starts_at(once, 4, "%") || starts_at(once, 5, "%")
             ? percent_decoded(once)
             : once;
}

std::string address_of(const Link& link) {
  for (const Bare& row : kBare) {
    if (link.registrable == row.host && starts_at(link.path, 0, row.path)) {
      return "https://" + link.path.substr(row.path.size());
    }
  }
  return address_in(link.path);
}

Link link_to(const Url& url, const Registry& registry) {
  Link link;
  link.scheme = url.scheme;
  link.path = url.path_and_rest();
  link.port = url.port.value_or(0);
  link.user_info = !url.username.empty() || !url.password.empty();
  const HostName name = host_name(url.host);
  judge_host(link, name, registry);
  find_lookalike(link, name.unicode, small_letters(url.username), registry);
  link.url = url.href();
  link.kind = web_kind(link, false);
  return link;
}

bool is_of_owner(const Link& link, const Link& around) {
  if (link.host == around.host) return true;
  return !link.registrable.empty() && link.registrable == around.registrable;
}

}  // namespace

std::vector<Link> carried_links(const Link& link, const Registry& registry) {
  std::vector<Link> found;
  if (link.host.empty()) return found;
  Link around = link;
  for (size_t n = 0; n < kNestedMax; ++n) {
    const std::string address = address_of(around);
    const auto url = address.empty() ? std::nullopt : parse_url(address);
    if (!url || host_name(url->host).host.find('.') == std::string::npos) break;
    Link inside = link_to(*url, registry);
    if (!is_of_owner(inside, around)) found.push_back(inside);
    around = std::move(inside);
  }
  return found;
}

}  // namespace simwarden
