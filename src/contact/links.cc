// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "contact/carried_links.h"
#include "contact/finders.h"
#include "contact/host_asked_for.h"
#include "contact/link_kinds.h"
#include "contact/link_places.h"
#include "contact/link_slips.h"
#include "contact/link_tails.h"
#include "contact/written_hosts.h"
#include "link/hosts.h"
#include "link/schemes.h"
#include "link/url.h"
#include "spelling/foreign_hosts.h"
#include "text/look_around.h"

// One walk over the text with a question for each sign that a link can hang
// on: "[" Markdown, "<" HTML, ":" a scheme, "." a bare host, "//" a host
// without a scheme. Everything that looks ahead or back has a bound, and a
// failed token is not looked at again.
namespace simwarden {
namespace {

// In front of a bare host with user information.
constexpr std::string_view kOutside{"\0 ('\":,;[", 9};

// Without tags, with single spaces.
std::string without_tags(std::string_view html) {
  std::string out;
  for (size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<') {
      const size_t close = html.find('>', i);
      if (close == html.npos) break;
      i = close;
    } else if (html[i] != ' ' || (!out.empty() && out.back() != ' ')) {
      out += html[i];
    }
  }
  return std::string(trimmed(out));
}

// A byte that a link may hang on. Behind most signs of ordinary prose is a
// space. 0 and 1, without a branch: compilers make vectors of it.
constexpr uint8_t is_sign(uint8_t c, uint8_t next) {
  const auto joins =
      static_cast<uint8_t>((c == '.') | (c == '/') | (c == ':') | (c == '<'));
  return static_cast<uint8_t>((joins & static_cast<uint8_t>(next > ' ')) |
                              static_cast<uint8_t>(c == '['));
}

// The next sign at or behind `i`, or the end.
size_t next_sign(std::string_view t, size_t i) {
  constexpr size_t kBlock = 32;
  const auto* bytes = reinterpret_cast<const uint8_t*>(t.data());
  while (i + 1 < t.size()) {
    if (i + kBlock < t.size()) {
      uint8_t any = 0;
      for (size_t k = 0; k < kBlock; ++k) {
        any =
            static_cast<uint8_t>(any | is_sign(bytes[i + k], bytes[i + k + 1]));
      }
      if (any == 0) {
        i += kBlock;
        continue;
      }
    }
    const size_t stop = std::min(i + kBlock, t.size() - 1);
    for (; i < stop; ++i) {
      if (is_sign(bytes[i], bytes[i + 1]) != 0) return i;
    }
  }
  return t.size();
}

// Where a link's target was found, and how.
struct Place : LinkPlace {
  bool as_target = false;
};

class LinkFinder {
 public:
  LinkFinder(Scene& scene, Followable& found)
      : scene_(scene), t_(scene.text()), found_(found) {}

  void run() {
    for (i_ = next_sign(t_, 0); i_ < t_.size(); i_ = next_sign(t_, i_)) {
      if (is_full() && contacts_are_full()) {
        found_.cut = true;
        return;
      }
      if (!look()) ++i_;
    }
  }

 private:
  // Behind the last link that is kept, only accounts are looked for: a row of
  // harmless links hides none.
  bool is_full() const { return found_.links.size() >= kLinksMax; }
  bool contacts_are_full() const {
    return found_.contacts.size() >= kContactsMax;
  }

  // Tries the sign at i_; true when i_ was moved.
  bool look() {
    switch (t_[i_]) {
      case '[': return target(bracket_place(t_, i_));
      case '<': return target(tag_place(t_, i_));
      case ':': return scheme();
      case '.': return bare();
      case '/': return slashes();
      default: return false;
    }
  }

  bool target(const std::optional<LinkPlace>& found) {
    return found && take_target({*found, true});
  }

  // The target of markup: any URL, also without a scheme.
  bool take_target(Place place) {
    while (place.target.begin < place.target.end &&
           t_[place.target.begin] == ' ') {
      ++place.target.begin;
    }
    const std::string_view target = scene_.slice(place.target);
    const size_t colon = target.find(':');
    const bool schemed =
        colon != target.npos && colon <= kSchemeMax && colon > 0 &&
        std::all_of(target.begin(),
                    target.begin() + static_cast<ptrdiff_t>(colon),
                    is_scheme_char) &&
        !is_port(target, colon);
    if (schemed) {
      return take_schemed(place,
                          {place.target.begin, place.target.begin + colon});
    }
    size_t begin = place.target.begin;
    while (is_one_of(at(t_, begin), "/\\")) ++begin;
    // "/page" is a place on the site that is being read.
    if (begin == place.target.begin + 1) return false;
    auto parts = read_authority(t_.substr(0, place.target.end), begin, true);
    if (!parts || scene_.slice(parts->host).find('.') == target.npos)
      return false;
    return finish_web(place, "https", *parts);
  }

  // "demo.test:8080/a" has a port, no scheme.
  static bool is_port(std::string_view target, size_t colon) {
    return is_digit(at(target, colon + 1)) &&
           target.substr(0, colon).find('.') != target.npos;
  }

  bool scheme() {
    const char next = at(t_, i_ + 1);
    if (next == ' ' || next == '\0' || !is_ascii(next)) return false;
    size_t begin = i_;
    while (begin > last_ && i_ - begin < kSchemeMax &&
           is_scheme_char(t_[begin - 1])) {
      --begin;
    }
    while (begin < i_ && !is_letter(t_[begin])) ++begin;
    if (begin == i_) return false;
    begin += scheme_begin(t_.substr(begin, i_ - begin));
    Place place;
    place.target = {begin, t_.size()};
    return take_schemed(place, {begin, i_});
  }

  bool take_schemed(const Place& place, Range scheme) {
    const std::string name = real_scheme(scene_.slice(scheme));
    size_t begin = scheme.end + 1;
    // Browsers take "\" for "/", and any number of them.
    if (at(t_, begin) == ':' && is_one_of(at(t_, begin + 1), "/\\")) ++begin;
    while (is_one_of(at(t_, begin), "/\\")) ++begin;
    const size_t slashes = begin - scheme.end - 1;
    if (name == "http" || name == "https" || name == "ftp") {
      if (slashes == 0 && !place.as_target) return false;
      return take_web(place, name, begin, slashes);
    }
    if (name == "lpa" || leads_nowhere(name, slashes)) return false;
    const bool doubled = starts_at(t_, scheme.end + 1, "//");
    if (!doubled && !is_deep(name, scheme.end + 1, place.as_target)) {
      return false;
    }
    return finish_deep(place, name, scheme);
  }

  bool take_web(const Place& place, const std::string& name, size_t begin,
                size_t slashes) {
    auto parts = read_authority(t_.substr(0, place.target.end), begin, true);
    if (!parts) return false;
    if (!place.as_target) cut_sentence(*parts);
    const std::string_view host = scene_.slice(parts->host);
    const bool dotted = host.find_first_of(".[%") != host.npos;
    // "http://http://x": the first is a slip.
    const bool doubled = starts_at(t_, parts->host.end, "://");
    if (doubled || (slashes == 1 && !dotted)) return false;
    return finish_web(place, name, *parts);
  }

  bool is_deep(std::string_view name, size_t i, bool as_target) const {
    const char next = at(t_, i);
    if (!is_ascii(next) || next <= ' ') return false;
    if (as_target) return true;
    return is_app_link(t_, i, name);
  }

  // "//demo.test/a", "http//demo.test/a"; a path before it makes it a path.
  bool slashes() {
    if (at(t_, i_ + 1) != '/' || before(t_, i_) == '/') return false;
    const SlippedScheme slip = slipped_scheme(t_, i_);
    const char left = before(t_, i_);
    if (!slip.found && left != '\0' && !is_one_of(left, " ('\",;[")) {
      return false;
    }
    const size_t begin = i_ + 2;
    auto parts = read_authority(t_, begin, false);
    if (!parts || !is_alnum(t_[begin])) return false;
    if (starts_at(t_, parts->host.end, "://")) return false;
    read_to_end(*parts);
    const Range target{slip.found ? slip.begin : i_, parts->end};
    if (scene_.is_claimed(target)) return false;
    return take_bare(target, *parts, slip.named) || skip_to(parts->host.end);
  }

  size_t bare_begin() const {
    size_t begin = i_;
    while (begin > last_ && i_ - begin < kHostMax) {
      const CodePoint p = code_point_before(t_, begin);
      if (!is_bare(p.c)) break;
      begin -= p.size;
    }
    return begin;
  }

  size_t bare_end() const {
    size_t end = i_;
    while (end < t_.size() && end - i_ < kHostMax) {
      const CodePoint p = code_point_at(t_, end);
      if (!is_bare(p.c)) break;
      end += p.size;
    }
    return end;
  }

  bool bare() {
    const CodePoint right = code_point_at(t_, i_ + 1);
    if (i_ <= last_ || !is_bare(right.c)) return false;
    size_t begin = bare_begin();
    if (begin == i_) begin = foreign_host_begin(t_, i_);
    if (begin == i_ || begin < last_) return false;
    const size_t end = bare_end();
    const char outside = before(t_, begin);
    while (begin < end && is_one_of(t_[begin], ".-_")) ++begin;
    if (begin < i_ && at(t_, end) == '@' && is_one_of(outside, kOutside)) {
      return behind_host({begin, end}) || skip_to(end);
    }
    if (begin >= i_ || outside == '@' || at(t_, end) == '@' ||
        is_one_of(outside, "/\\")) {
      return skip_to(end);
    }
    UrlParts parts = read_bare(t_, {begin, end});
    if (parts.host.end <= i_) return skip_to(end);
    if (!cut_sentence(parts)) {
      if (!may_be_host(parts.host)) return skip_to(end);
      read_path(t_, parts);
    }
    // "$ABC.CA" is a share.
    if (outside == '$' && parts.path.end == parts.path.begin) {
      return skip_to(end);
    }
    const bool goes_on = tail_of(t_, parts).end != 0;
    return take_bare({begin, parts.end}, parts, goes_on) || skip_to(end);
  }

  // "bank.com@demo.test/login": what looks like the host is none. A mail
  // address has no path.
  bool behind_host(Range shown) {
    const HostName name = resolved(shown);
    if (!is_plausible_bare_host(name.host, false, scene_.registry())) {
      return false;
    }
    auto parts = read_authority(t_, shown.end + 1, false);
    if (!parts || at(t_, parts->end) != '/') return false;
    read_path(t_, *parts);
    if (scene_.slice(parts->path).find('@') != t_.npos) return false;
    parts->user_info = shown;
    return take_bare({shown.begin, parts->end}, *parts);
  }

  // Asked before the path is read, as a row of failed hosts would read the same
  // one again and again.
  bool may_be_host(Range host) const {
    const std::string_view name = scene_.slice(host);
    const auto is_known = [](std::string_view whole) {
      const std::string_view ending = whole.substr(whole.rfind('.') + 1);
      return is_digit(at(ending, 0)) || is_known_suffix(std::string(ending));
    };
    const bool foreign = !is_ascii(name.back());
    return (foreign ? is_known(resolved(host).host) : is_known(name)) ||
           scene_.registry().official_hosts.contains(name);
  }

  // Without the first word of the next sentence.
  bool cut_sentence(UrlParts& parts) const {
    const size_t cut = sentence_begin(scene_, parts.host);
    if (cut == parts.host.end) return false;
    parts.host.end = parts.end = cut;
    parts.port = parts.path = {cut, cut};
    return true;
  }

  void read_to_end(UrlParts& parts) const {
    if (!cut_sentence(parts)) read_path(t_, parts);
  }

  // A host without a scheme, when people would take it for one; `shown` when
  // something says that it is one.
  bool take_bare(Range target, const UrlParts& parts, bool shown = false) {
    if (is_full() && !may_hold_account(scene_.slice(parts.host))) {
      found_.cut = true;
      return false;
    }
    if (is_sentence_dot(parts.host) || is_place_in_source(t_, parts)) {
      return false;
    }
    const HostName name = resolved(parts.host);
    const bool path = parts.path.end > parts.path.begin + 1;
    const bool address = name.is_ip &&
                         is_dotted_quad(scene_.slice(parts.host)) &&
                         (path || parts.port.end > parts.port.begin);
    if (!address && !is_shown(name.host, parts.host, path || shown)) {
      return false;
    }
    Place place;
    place.target = target;
    return finish_web(place, "", parts);
  }

  bool is_shown(std::string_view name, Range host, bool shown) const {
    const Registry& registry = scene_.registry();
    if (is_plausible_bare_host(name, shown, registry)) return true;
    return !shown && is_plausible_bare_host(name, true, registry) &&
           is_host_asked_for(scene_, host);
  }

  static bool is_dotted_quad(std::string_view host) {
    return std::count(host.begin(), host.end(), '.') == 3;
  }

  // Bare hosts may be of alphabets, but Han has no spaces to part words by.
  static bool is_bare(char32_t c) {
    if (c < 0x80) {
      const char a = static_cast<char>(c);
      return is_alnum(a) || is_one_of(a, ".-_");
    }
    if (c == 0x2010 || c == 0x2011) return true;  // hyphens
    return c < 0x530 && is_word(c);               // Latin, Greek, Cyrillic
  }

  // "see you tomorrow.Info desk": a capital after a small letter.
  bool is_sentence_dot(Range host) const {
    const std::string_view raw = scene_.raw(host);
    const size_t dot = raw.rfind('.');
    if (dot == raw.npos || dot == 0 || dot + 2 >= raw.size()) return false;
    return is_capital(raw[dot + 1]) && is_letter(raw[dot + 2]) &&
           is_letter(raw[dot - 1]);
  }

  bool skip_to(size_t i) {
    last_ = i_ = std::max(i, i_ + 1);
    return true;
  }

  HostName resolved(Range host) const {
    return read_host(resolvable_host(scene_, host));
  }

  bool finish_web(const Place& place, const std::string& scheme,
                  UrlParts parts) {
    if (scene_.is_claimed(parts.host)) return false;
    const std::string host = resolvable_host(scene_, parts.host);
    const HostName name = read_host(host);
    if (name.host.empty()) return skip_to(std::max(parts.host.end, i_ + 1));
    complete(place, parts);
    std::string path = with_case(scene_, parts.path);
    if (!place.as_target) take_tail(parts, path);
    if (is_full() && !may_hold_account(scene_.slice(parts.host))) {
      return pass(place, {place.target.begin, parts.end});
    }
    const std::string user = with_case(scene_, parts.user_info);
    const auto url = parse_url((scheme.empty() ? "https" : scheme) + "://" +
                               (user.empty() ? "" : user + "@") + name.host +
                               std::string(scene_.slice(parts.port)) + path);
    if (!url) return false;
    Link link;
    link.scheme = url->scheme;
    link.path = url->path_and_rest();
    link.port = url->port.value_or(0);
    link.user_info = !url->username.empty() || !url->password.empty();
    judge_host(link, name, scene_.registry());
    find_lookalike(link, name.unicode, small_letters(user), scene_.registry());
    link.url = url->href();
    link.kind = web_kind(link, place.picture);
    return add(place, {place.target.begin, parts.end}, std::move(link));
  }

  // A target ends with its attribute; in running text the path is looked for.
  void complete(const Place& place, UrlParts& parts) const {
    if (parts.path.end > parts.path.begin) return;
    if (place.exact) {
      parts.path = {parts.end, place.target.end};
      parts.end = place.target.end;
    } else {
      read_path(place.as_target ? t_.substr(0, place.target.end) : t_, parts);
    }
  }

  void take_tail(UrlParts& parts, std::string& path) const {
    const LinkTail tail = tail_of(t_, parts);
    if (tail.end == 0) return;
    parts.path.end = parts.end = tail.end;
    path = tail.path;
  }

  bool finish_deep(const Place& place, const std::string& scheme, Range name) {
    size_t end = url_text_end(t_, name.end + 1);
    if (place.as_target) end = std::min(end, place.target.end);
    if (place.exact) end = place.target.end;
    while (end > name.end + 1 && is_one_of(t_[end - 1], ".,;!?)]'*")) --end;
    if (end <= name.end + 1) return false;
    const bool mail = scheme == "mailto";
    if (mail && t_.substr(name.end, end - name.end).find('@') == t_.npos) {
      return false;
    }
    if (is_full() && !may_hold_account(scheme)) {
      return pass(place, {name.begin, end});
    }
    Link link;
    link.scheme = scheme;
    link.path = with_case(scene_, {name.end + 1, end});
    link.url = scheme + ":" + link.path;
    link.kind = deep_kind(link);
    judge_carried_host(link, scene_.registry());
    return add(place, {name.begin, end}, std::move(link));
  }

  // Takes a link without keeping it.
  bool pass(const Place& place, Range target) {
    found_.cut = true;
    scene_.claim(target);
    return skip_to(place.as_target ? place.whole.end : target.end);
  }

  bool add(const Place& place, Range target, Link link) {
    const Range whole = place.as_target ? place.whole : target;
    link.span = scene_.original(whole);
    link.block = scene_.block_of(link.span);
    link.shown_text = without_tags(scene_.slice(place.shown));
    link.shown_differs = !is_same_account(link, place) &&
                         shows_another_place(link, scene_.registry());
    link.disguised = !scene_.disguise(target, false).empty() ||
                     starts_at(t_, target.begin, "hxxp") ||
                     starts_at(t_, target.begin, "h**p");
    add_account(link, target);
    scene_.claim(target);
    std::vector<Link> inside;
    if (!place.picture) inside = carried_links(link, scene_.registry());
    const Span span = link.span;
    const uint32_t block = link.block;
    add_link(found_, std::move(link));
    for (Link& one : inside) add_carried(std::move(one), span, block, target);
    return skip_to(whole.end);
  }

  // It stands where the link around it does.
  void add_carried(Link link, Span span, uint32_t block, Range target) {
    link.span = span;
    link.block = block;
    add_account(link, target);
    add_link(found_, std::move(link));
  }

  void add_account(Link& link, Range target) {
    auto account = account_of(link);
    if (!account) {
      account = asked_profile(link, t_.substr(0, target.begin));
    }
    if (!account) return;
    Contact contact;
    contact.span = link.span;
    contact.kind = account->kind;
    contact.value = account->value;
    contact.block = link.block;
    contact.wrapped = scene_.is_wrapped(target);
    contact.disguise = scene_.disguise(target, false);
    contact.official =
        is_official_account(scene_.registry(), contact.kind, contact.value);
    link.official = link.official || contact.official;
    add_contact(found_, std::move(contact));
  }

  // "@demo_x" in the original letters, nothing else, and the link opens it.
  bool is_same_account(const Link& link, const Place& place) const {
    if (link.shown_text.empty()) return false;
    const auto account = account_of(link);
    if (!account) return false;
    const std::string raw =
        small_letters(without_tags(scene_.raw(place.shown)));
    const std::string handle =
        account->value[0] == '@' ? account->value : "@" + account->value;
    return raw == handle;
  }

  Scene& scene_;
  std::string_view t_;
  Followable& found_;
  size_t i_ = 0;
  size_t last_ = 0;  // nothing before it is looked at again
};

}  // namespace

void find_links(Scene& scene, Followable& found) {
  LinkFinder(scene, found).run();
}

}  // namespace simwarden
