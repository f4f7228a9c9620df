// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/finders.h"
#include "contact/hosts.h"

// One walk over the text with a question for each sign that a link can hang
// on: "[" Markdown, "<" HTML, ":" a scheme, "." a bare host. Everything that
// looks ahead or back has a bound, and a failed token is not looked at again,
// so that a megabyte of brackets costs a megabyte of steps.
namespace simwarden {
namespace {

// Shown texts and tags longer than this are not links that people click.
constexpr size_t kShownMax = 300;
constexpr size_t kTagMax = 2048;
constexpr size_t kSchemeMax = 20;

// Schemes that need no "//", with what must stand behind the colon.
struct DeepScheme {
  std::string_view scheme;
  std::string_view starts;  // "" for anything that is no space
  bool only_as_target;      // "tel: 555" is a label in running text
};

constexpr std::array kDeepSchemes = {
    DeepScheme{"tg", "resolve", false},
    DeepScheme{"tg", "join", false},
    DeepScheme{"tg", "addlist", false},
    DeepScheme{"tg", "msg", false},
    DeepScheme{"tg", "user", false},
    DeepScheme{"mailto", "", false},
    DeepScheme{"whatsapp", "send", false},
    DeepScheme{"market", "details", false},
    DeepScheme{"skype", "", true},
    DeepScheme{"tel", "", true},
    DeepScheme{"sms", "", true},
    DeepScheme{"smsto", "", true},
    DeepScheme{"viber", "", true},
    DeepScheme{"line", "", true},
    DeepScheme{"weixin", "", true},
    DeepScheme{"intent", "#", false},
};

constexpr std::array<std::string_view, 7> kDownloads = {
    ".apk", ".apks", ".xapk", ".ipa", ".hap", ".mobileconfig", ".plist"};
constexpr std::array<std::string_view, 6> kPictures = {".png", ".jpg",  ".jpeg",
                                                       ".gif", ".webp", ".bmp"};

// What asks to write to a profile.
constexpr std::array<std::string_view, 7> kWriteWords = {
    "dm", "inbox me", "message me", "contact me", "write me", "私信", "私聊"};

template <size_t N>
bool ends_with_any(std::string_view text,
                   const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) {
    return text.size() > ending.size() &&
           text.substr(text.size() - ending.size()) == ending;
  });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

// Where a link's target was found, and how.
struct Place {
  Range target;  // of the scene's text
  Range whole;   // with Markdown or HTML around
  std::string_view shown;
  bool picture = false;
  bool as_target = false;
};

class LinkFinder {
 public:
  LinkFinder(Scene& scene, Followable& found)
      : scene_(scene), t_(scene.text()), found_(found) {}

  void run() {
    while (i_ < t_.size() && !(is_full() && contacts_are_full())) {
      if (!look()) ++i_;
    }
    found_.cut = found_.cut || i_ < t_.size();
  }

 private:
  // Behind the last link that is kept, only accounts are looked for: a row of
  // harmless links hides none.
  bool is_full() const { return found_.links.size() >= kLinksMax; }
  bool contacts_are_full() const {
    return found_.contacts.size() >= kContactsMax;
  }

  // Tries the sign at i_; true when i_ was moved behind a link.
  bool look() {
    switch (t_[i_]) {
      case '[': return markdown();
      case '<': return html();
      case ':': return scheme();
      case '.': return bare();
      default: return false;
    }
  }

  bool markdown() {
    const size_t close = t_.substr(i_ + 1, kShownMax).find_first_of("[]");
    if (close == t_.npos || !starts_at(t_, i_ + 1 + close, "](")) return false;
    const size_t begin = i_ + 1 + close + 2;
    // The next link ends this one, so that a row of "[](" is read once.
    constexpr size_t kTargetMax = 4096;
    const size_t next = t_.substr(begin, kTargetMax).find("](");
    const size_t limit = next == t_.npos ? t_.size() : begin + next;
    const size_t end = url_text_end(t_.substr(0, limit), begin);
    const size_t paren = t_.substr(begin, end - begin).rfind(')');
    const size_t stop = first_closing(begin, end);
    if (paren == t_.npos || stop == end) return false;
    const bool picture = before(t_, i_) == '!';
    Place place;
    place.target = {begin, stop};
    place.whole = {picture ? i_ - 1 : i_, stop + 1};
    place.shown = t_.substr(i_ + 1, close);
    place.picture = picture;
    place.as_target = true;
    return take_target(place);
  }

  // The ")" that closes the target; "(" inside it are counted.
  size_t first_closing(size_t begin, size_t end) const {
    size_t open = 0;
    for (size_t k = begin; k < end; ++k) {
      if (t_[k] == '(') ++open;
      if (t_[k] != ')') continue;
      if (open == 0) return k;
      --open;
    }
    return end;
  }

  bool html() {
    const bool anchor = starts_at(t_, i_, "<a ");
    const bool picture = starts_at(t_, i_, "<img ");
    if (!anchor && !picture) return false;
    const size_t close = t_.substr(i_ + 1, kTagMax).find_first_of("<>");
    if (close == t_.npos || t_[i_ + 1 + close] != '>') return false;
    const size_t tag_end = i_ + 1 + close;
    const std::string_view name = anchor ? "href=" : "src=";
    const size_t found = t_.substr(i_, tag_end - i_).find(name);
    if (found == t_.npos) return false;
    Place place;
    place.target = attribute(i_ + found + name.size(), tag_end);
    place.whole = {i_, tag_end + 1};
    place.picture = picture;
    place.as_target = true;
    if (anchor) {
      const size_t end = t_.substr(tag_end + 1, kShownMax).find("</a");
      if (end != t_.npos) {
        place.shown = t_.substr(tag_end + 1, end);
        const size_t last = tag_end + 1 + end + 3;
        place.whole.end = at(t_, last) == '>' ? last + 1 : last;
      }
    }
    return take_target(place);
  }

  Range attribute(size_t begin, size_t end) const {
    const char quote = at(t_, begin);
    if (!is_one_of(quote, "\"'")) {
      const size_t space = t_.substr(begin, end - begin).find(' ');
      return {begin, space == t_.npos ? end : begin + space};
    }
    const size_t close = t_.substr(begin + 1, end - begin - 1).find(quote);
    return {begin + 1, close == t_.npos ? end : begin + 1 + close};
  }

  // The target of Markdown or HTML: any URL, also without a scheme.
  bool take_target(const Place& place) {
    const std::string_view target = scene_.slice(place.target);
    const size_t colon = target.find(':');
    const bool schemed =
        colon != target.npos && colon <= kSchemeMax && colon > 0 &&
        std::all_of(target.begin(),
                    target.begin() + static_cast<ptrdiff_t>(colon),
                    [](char c) { return is_alnum(c) || is_one_of(c, "+-*"); });
    if (schemed) {
      return take_schemed(place,
                          {place.target.begin, place.target.begin + colon});
    }
    const size_t slashes = starts_at(target, 0, "//") ? 2 : 0;
    const auto parts =
        read_url(t_.substr(0, place.target.end), place.target.begin + slashes);
    if (!parts || scene_.slice(parts->host).find('.') == target.npos)
      return false;
    return finish_web(place, "https", *parts);
  }

  bool scheme() {
    size_t begin = i_;
    while (begin > last_ && i_ - begin < kSchemeMax &&
           (is_alnum(t_[begin - 1]) || is_one_of(t_[begin - 1], "+*"))) {
      --begin;
    }
    while (begin < i_ && !is_letter(t_[begin])) ++begin;
    if (begin == i_) return false;
    // "seehttp://x": words grow together in Chinese adverts.
    const std::string_view word = t_.substr(begin, i_ - begin);
    for (const std::string_view name : {"https", "hxxps", "http", "hxxp"}) {
      if (word.size() > name.size() &&
          word.substr(word.size() - name.size()) == name) {
        begin = i_ - name.size();
        break;
      }
    }
    Place place;
    place.target = {begin, t_.size()};
    return take_schemed(place, {begin, i_});
  }

  bool take_schemed(const Place& place, Range scheme) {
    std::string name(scene_.slice(scheme));
    const bool slashes = starts_at(t_, scheme.end + 1, "//");
    if (name == "hxxp" || name == "h**p" || name == "http") name = "http";
    if (name == "hxxps" || name == "h**ps" || name == "https") name = "https";
    const bool web = name == "http" || name == "https" || name == "ftp";
    if (web && slashes) {
      const auto parts =
          read_url(t_.substr(0, place.target.end), scheme.end + 3);
      return parts && finish_web(place, name, *parts);
    }
    if (web || name == "lpa") return false;
    if (!slashes && !is_deep(name, scheme.end + 1, place.as_target))
      return false;
    return finish_deep(place, name, scheme);
  }

  bool is_deep(std::string_view name, size_t i, bool as_target) const {
    return std::any_of(
        kDeepSchemes.begin(), kDeepSchemes.end(), [&](const DeepScheme& d) {
          if (d.scheme != name || (d.only_as_target && !as_target))
            return false;
          return starts_at(t_, i, d.starts) && is_ascii(at(t_, i)) &&
                 at(t_, i) > ' ';
        });
  }

  bool bare() {
    size_t begin = i_;
    while (begin > last_ && i_ - begin < kHostMax) {
      const CodePoint p = code_point_before(t_, begin);
      if (!is_bare(p.c)) break;
      begin -= p.size;
    }
    size_t end = i_;
    while (end < t_.size() && end - i_ < kHostMax) {
      const CodePoint p = code_point_at(t_, end);
      if (!is_bare(p.c)) break;
      end += p.size;
    }
    const size_t failed = end;
    const char left = before(t_, begin);
    while (begin < end && is_one_of(t_[begin], ".-_")) ++begin;
    if (begin >= i_ || left == '@' || at(t_, end) == '@' || left == '/') {
      return skip_to(failed);
    }
    const auto parts = read_url(t_, begin);
    if (!parts || parts->host.end <= i_) return skip_to(failed);
    if (is_full() && !may_hold_account(scene_.slice(parts->host))) {
      found_.cut = true;
      return skip_to(failed);
    }
    const std::string host = resolved(parts->host).host;
    const bool path = parts->path.end > parts->path.begin + 1;
    if (!is_plausible_bare_host(host, path, scene_.registry()) ||
        is_sentence_dot(parts->host)) {
      return skip_to(failed);
    }
    Place place;
    place.target = {begin, parts->end};
    return finish_web(place, "", *parts) || skip_to(failed);
  }

  // Bare hosts may be of alphabets, but Han has no spaces to part words by.
  static bool is_bare(char32_t c) {
    if (c < 0x80) {
      const char a = static_cast<char>(c);
      return is_alnum(a) || is_one_of(a, ".-_");
    }
    return c < 0x530 && is_word(c);  // Latin, Greek, Cyrillic
  }

  // "see you tomorrow.Info desk": a capital after a small letter.
  bool is_sentence_dot(Range host) const {
    const std::string_view raw = scene_.raw(host);
    const size_t dot = raw.rfind('.');
    if (dot == raw.npos || dot == 0 || dot + 2 >= raw.size()) return false;
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return upper(raw[dot + 1]) && is_letter(raw[dot + 2]) &&
           is_letter(raw[dot - 1]);
  }

  bool skip_to(size_t i) {
    last_ = i_ = std::max(i, i_ + 1);
    return true;
  }

  // The host as a resolver gets it: from the original, since the plain view
  // has Latin letters for their doubles.
  HostName resolved(Range host) const {
    if (scene_.how(host) != How::as_is) return read_host(scene_.slice(host));
    const std::string_view raw = scene_.raw(host);
    if (std::all_of(raw.begin(), raw.end(), is_ascii)) {
      return read_host(scene_.slice(host));
    }
    return read_host(fold_letters(raw));
  }

  // Paths mind case: the original letters, unless something was folded.
  std::string with_case(Range range) const {
    const std::string_view seen = scene_.slice(range);
    const std::string_view raw = scene_.raw(range);
    return std::string(lower(raw) == seen ? raw : seen);
  }

  bool finish_web(const Place& place, const std::string& scheme,
                  const UrlParts& parts) {
    if (scene_.is_claimed(parts.host)) return false;
    if (is_full() && !may_hold_account(scene_.slice(parts.host))) {
      return pass(place, {place.target.begin, parts.end});
    }
    const HostName name = resolved(parts.host);
    const bool dotted = name.host.find('.') != name.host.npos;
    if (name.host.empty() || (!dotted && !name.is_ip)) return false;
    Link link;
    link.scheme = scheme.empty() ? "https" : scheme;
    link.path = with_case(parts.path);
    link.port = parts.port;
    link.user_info = parts.user_info.end > parts.user_info.begin;
    judge_host(link, name, scene_.registry());
    const std::string user(scene_.slice(parts.user_info));
    find_lookalike(link, name.unicode, user, scene_.registry());
    link.url =
        link.scheme + "://" + (user.empty() ? "" : user + "@") + link.host +
        (link.port == 0 ? "" : ":" + std::to_string(link.port)) + link.path;
    link.kind = web_kind(link, place.picture);
    return add(place, {place.target.begin, parts.end}, std::move(link));
  }

  std::string web_kind(const Link& link, bool picture) const {
    if (is_messenger_host(link.host)) return "messenger";
    const std::string path = lower(
        std::string_view(link.path).substr(0, link.path.find_first_of("?#")));
    if (ends_with_any(path, kDownloads)) return "download";
    if (link.shortener) return "short_link";
    if (picture || link.image_host || ends_with_any(path, kPictures)) {
      return "image";
    }
    return account_of(link) ? "messenger" : "web";
  }

  bool finish_deep(const Place& place, const std::string& scheme, Range name) {
    size_t end = url_text_end(t_, name.end + 1);
    if (place.as_target) end = std::min(end, place.target.end);
    while (end > name.end + 1 && is_one_of(t_[end - 1], ".,;!?)]'*")) --end;
    if (end <= name.end + 1) return false;
    if (is_full() && !may_hold_account(scheme)) {
      return pass(place, {name.begin, end});
    }
    Link link;
    link.scheme = scheme;
    link.path = with_case({name.end + 1, end});
    link.url = scheme + ":" + link.path;
    link.kind = "deep_link";
    if (scheme == "mailto") link.kind = "mail";
    if (scheme == "tel" || scheme == "sms" || scheme == "smsto") {
      link.kind = "phone";
    }
    return add(place, {name.begin, end}, std::move(link));
  }

  // Takes a link without keeping it.
  bool pass(const Place& place, Range target) {
    found_.cut = true;
    scene_.claim(target);
    const size_t end = place.as_target ? place.whole.end : target.end;
    last_ = i_ = std::max(end, i_ + 1);
    return true;
  }

  bool add(const Place& place, Range target, Link link) {
    const Range whole = place.as_target ? place.whole : target;
    link.span = scene_.original(whole);
    link.block = scene_.block_of(link.span);
    link.shown_text = std::string(trimmed(place.shown));
    link.shown_differs = differs(link, place);
    link.disguised = !scene_.disguise(target, false).empty() ||
                     starts_at(t_, target.begin, "hxxp") ||
                     starts_at(t_, target.begin, "h**p");
    add_account(link, target);
    scene_.claim(target);
    add_link(found_, std::move(link));
    last_ = i_ = std::max(whole.end, i_ + 1);
    return true;
  }

  void add_account(Link& link, Range target) {
    auto account = account_of(link);
    if (!account) account = profile(link, target);
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

  // "DM instagram.com/demo_x": a profile is an account to write to only when
  // the words before say so; else it is a page like any other.
  std::optional<Account> profile(const Link& link, Range target) const {
    constexpr size_t kReach = 24;
    if (link.registrable != "instagram.com") return std::nullopt;
    std::string name =
        lower(link.path.substr(0, link.path.find_first_of("?#")));
    if (!name.empty()) name.erase(0, 1);
    if (!name.empty() && name.back() == '/') name.pop_back();
    const bool fits = std::all_of(name.begin(), name.end(), [](char c) {
      return is_alnum(c) || is_one_of(c, "._");
    });
    if (name.size() < 3 || name.size() > 30 || !fits) return std::nullopt;
    const size_t begin = target.begin > kReach ? target.begin - kReach : 0;
    const std::string_view words = t_.substr(begin, target.begin - begin);
    const bool asked = std::any_of(
        kWriteWords.begin(), kWriteWords.end(), [&](std::string_view word) {
          const size_t i = words.rfind(word);
          if (i == words.npos) return false;
          return !is_ascii(word[0]) || (!is_alnum(before(words, i)) &&
                                        !is_alnum(at(words, i + word.size())));
        });
    if (!asked) return std::nullopt;
    return Account{"instagram", "@" + name};
  }

  // "@demo_x" in the original letters, nothing else, and the link opens it.
  bool is_same_account(const Link& link, const Place& place) const {
    const auto account = account_of(link);
    if (!account || place.shown.empty()) return false;
    const auto begin = static_cast<size_t>(place.shown.data() - t_.data());
    const std::string_view raw =
        trimmed(scene_.raw({begin, begin + place.shown.size()}));
    const std::string handle =
        account->value[0] == '@' ? account->value : "@" + account->value;
    return lower(raw) == handle;
  }

  // The shown text is a dressed or another handle, or a host of another owner.
  bool differs(const Link& link, const Place& place) const {
    const std::string_view shown = link.shown_text;
    if (is_same_account(link, place)) return false;
    for (size_t i = shown.find('@'); i != shown.npos;
         i = shown.find('@', i + 1)) {
      if (!is_alnum(before(shown, i)) && is_alnum(at(shown, i + 1)))
        return true;
    }
    const size_t slashes = shown.find("//");
    size_t begin = slashes == shown.npos ? 0 : slashes + 2;
    while (begin < shown.size()) {
      const size_t end =
          std::min(shown.find_first_of(" /", begin), shown.size());
      const std::string_view word = shown.substr(begin, end - begin);
      const std::string host = read_host(word).host;
      begin = end + 1;
      if (!is_plausible_bare_host(host, false, scene_.registry())) continue;
      return registrable_domain(host) != link.registrable;
    }
    return false;
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
