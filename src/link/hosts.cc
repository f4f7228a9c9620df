// SPDX-License-Identifier: Apache-2.0
#include "link/hosts.h"

#include <algorithm>

#include "link/url.h"
#include "text/look_around.h"

// What a host is, beyond its spelling (url_host.cc): a name that resolves, in
// which scripts, on which lists.
namespace simwarden {
namespace {

bool is_host_char(char c) {
  return is_alnum(c) || is_one_of(c, "-._");
}

bool is_foreign(char32_t c) {
  return c >= 0x370 && c <= 0x52F;
}

// Latin and Cyrillic or Greek in one label.
bool mixes_scripts(std::string_view unicode) {
  bool latin = false;
  bool foreign = false;
  for (size_t i = 0; i < unicode.size();) {
    const CodePoint p = code_point_at(unicode, i);
    if (p.c == '.') latin = foreign = false;
    latin = latin || (p.c < 0x80 && is_letter(static_cast<char>(p.c)));
    foreign = foreign || is_foreign(p.c);
    if (latin && foreign) return true;
    i += p.size;
  }
  return false;
}

}  // namespace

HostName read_host(std::string_view written) {
  if (written.size() > 4 * kHostMax) return {};
  auto parsed = parse_host(written, true);
  if (!parsed) return {};
  return host_name(*std::move(parsed));
}

HostName host_name(UrlHost parsed) {
  HostName name;
  std::string& host = parsed.text;
  if (parsed.kind != HostKind::domain) {
    name.is_ip = parsed.kind != HostKind::opaque;
    name.unicode = host;
    name.host = std::move(host);
    return name;
  }
  while (!host.empty() && host.back() == '.') host.pop_back();
  if (host.empty() || host.size() > kHostMax) return {};
  if (!std::all_of(host.begin(), host.end(), is_host_char)) return {};
  if (host.front() == '.' || host.find("..") != host.npos) return {};
  name.is_idn = has_idn_label(host);
  name.unicode = domain_to_unicode(host);
  name.mixed_script = name.is_idn && mixes_scripts(name.unicode);
  name.host = std::move(host);
  return name;
}

void judge_host(Link& link, const HostName& name, const Registry& registry) {
  link.host = name.host;
  link.is_ip = name.is_ip;
  link.is_idn = name.is_idn;
  link.mixed_script = name.mixed_script;
  link.registrable = registrable_domain(name);
  const auto listed = [&](const WordSet& list) {
    return list.count(link.host) != 0 ||
           (!link.registrable.empty() && list.count(link.registrable) != 0);
  };
  link.official = registry.official_hosts.count(link.host) != 0 ||
                  (!link.registrable.empty() &&
                   registry.official_domains.count(link.registrable) != 0);
  link.shortener = listed(registry.shorteners);
  link.image_host = listed(registry.image_hosts);
  link.free_hosting = listed(registry.free_hosting);
  link.disposable = listed(registry.disposable_mail);
  // A suffix of the private part of the list ("github.io") is a host of
  // pages too.
  const size_t dot = link.registrable.find('.');
  if (dot != link.registrable.npos) {
    const std::string parent = link.registrable.substr(dot + 1);
    link.free_hosting =
        link.free_hosting || registry.free_hosting.count(parent) != 0;
  }
}

Link examine_host(std::string_view host, const Registry& registry) {
  Link link;
  link.kind = "web";
  link.scheme = "https";
  HostName name = read_host(trimmed(host));
  if (name.host.empty()) name = read_host(trimmed(fold_letters(host)));
  judge_host(link, name, registry);
  find_lookalike(link, name.unicode, "", registry);
  if (!link.host.empty()) link.url = "https://" + link.host;
  if (link.shortener) link.kind = "short_link";
  if (link.image_host) link.kind = "image";
  return link;
}

}  // namespace simwarden
