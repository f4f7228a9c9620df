// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/finders.h"
#include "diag/hex.h"
#include "link/url.h"
#include "text/look_around.h"

// Links that open a chat. Sources: core.telegram.org/api/links, WhatsApp's
// click-to-chat page, Viber's and Skype's scheme pages; the others from the
// domain notes, section D.1.
namespace simwarden {
namespace {

// How the account is read.
enum class Reads : uint8_t {
  telegram,   // names and invitations of t.me
  whatsapp,   // a number in the parameter or the path, else the path
  phone,      // the digits of the parameter, of the path without one
  zalo,       // a number as Zalo takes it, else a name
  line,       // an id behind "~" or "@", else a code
  digits,     // of the parameter
  name,       // the next segment, or the parameter
  at_name,    // the same with "@" in front
  invite,     // the next segment, a code of discord.gg
  key,        // host and parameter
  rest,       // all of the path
  whole_path  // host and path
};

struct MessengerHost {
  std::string_view host;
  std::string_view kind;
  std::string_view path;  // what the path begins with; "/" for any
  Reads reads;
  std::string_view parameter = {};
};

// The first that fits. `handle` is of a service that has no kind.
constexpr std::array kHosts = {
    MessengerHost{"t.me", "telegram", "/", Reads::telegram},
    MessengerHost{"telegram.me", "telegram", "/", Reads::telegram},
    MessengerHost{"telegram.dog", "telegram", "/", Reads::telegram},
    MessengerHost{"telegram.im", "telegram", "/", Reads::telegram},
    MessengerHost{"tx.me", "telegram", "/", Reads::telegram},
    MessengerHost{"telega.one", "telegram", "/", Reads::telegram},
    MessengerHost{"teleg.run", "telegram", "/", Reads::telegram},
    MessengerHost{"tlgg.ru", "telegram", "/", Reads::telegram},
    MessengerHost{"t-do.ru", "telegram", "/", Reads::telegram},
    MessengerHost{"web.telegram.org", "telegram", "/k/#@", Reads::at_name},
    MessengerHost{"web.telegram.org", "telegram", "/a/#@", Reads::at_name},
    MessengerHost{"web.telegram.org", "telegram", "/z/#@", Reads::at_name},
    MessengerHost{"wa.me", "whatsapp", "/", Reads::whatsapp, "phone"},
    MessengerHost{"wa.link", "whatsapp", "/", Reads::whole_path},
    MessengerHost{"walink.co", "whatsapp", "/", Reads::whole_path},
    MessengerHost{"api.whatsapp.com", "whatsapp", "/send", Reads::whatsapp,
                  "phone"},
    MessengerHost{"web.whatsapp.com", "whatsapp", "/send", Reads::whatsapp,
                  "phone"},
    MessengerHost{"chat.whatsapp.com", "whatsapp", "/", Reads::whole_path},
    MessengerHost{"whatsapp.com", "whatsapp", "/channel/", Reads::whole_path},
    MessengerHost{"www.whatsapp.com", "whatsapp", "/channel/",
                  Reads::whole_path},
    MessengerHost{"line.me", "line", "/ti/p/", Reads::line},
    MessengerHost{"line.me", "line", "/r/ti/p/", Reads::line},
    MessengerHost{"line.me", "line", "/ti/g", Reads::whole_path},
    MessengerHost{"line.me", "line", "/r/ti/", Reads::whole_path},
    MessengerHost{"line.me", "line", "/r/oamessage/", Reads::line},
    MessengerHost{"page.line.me", "line", "/", Reads::name},
    MessengerHost{"lin.ee", "line", "/", Reads::whole_path},
    MessengerHost{"signal.me", "signal", "/#p/+", Reads::phone},
    MessengerHost{"signal.me", "signal", "/", Reads::whole_path},
    MessengerHost{"signal.group", "signal", "/", Reads::whole_path},
    MessengerHost{"chats.viber.com", "viber", "/", Reads::whole_path},
    MessengerHost{"invite.viber.com", "viber", "/", Reads::whole_path},
    MessengerHost{"vb.me", "viber", "/", Reads::whole_path},
    MessengerHost{"zalo.me", "zalo", "/g/", Reads::whole_path},
    MessengerHost{"zalo.me", "zalo", "/", Reads::zalo, "phone"},
    MessengerHost{"chat.zalo.me", "zalo", "/", Reads::zalo, "phone"},
    MessengerHost{"zaloapp.com", "zalo", "/", Reads::whole_path},
    MessengerHost{"discord.gg", "discord", "/", Reads::whole_path},
    MessengerHost{"dsc.gg", "discord", "/", Reads::whole_path},
    MessengerHost{"discord.com", "discord", "/invite/", Reads::invite},
    MessengerHost{"discordapp.com", "discord", "/invite/", Reads::invite},
    MessengerHost{"open.kakao.com", "kakao", "/", Reads::whole_path},
    MessengerHost{"pf.kakao.com", "kakao", "/", Reads::whole_path},
    MessengerHost{"join.skype.com", "skype", "/", Reads::whole_path},
    MessengerHost{"m.me", "messenger", "/", Reads::name},
    MessengerHost{"ig.me", "instagram", "/m/", Reads::at_name},
    MessengerHost{"u.wechat.com", "wechat", "/", Reads::whole_path},
    MessengerHost{"weixin.qq.com", "wechat", "/r/", Reads::whole_path},
    MessengerHost{"weixin.qq.com", "wechat", "/g/", Reads::whole_path},
    MessengerHost{"work.weixin.qq.com", "wechat", "/ca/", Reads::whole_path},
    MessengerHost{"work.weixin.qq.com", "wechat", "/kfid/", Reads::whole_path},
    MessengerHost{"wpa.qq.com", "qq", "/msgrd", Reads::digits, "uin"},
    MessengerHost{"wpa.b.qq.com", "qq", "/", Reads::key, "key"},
    MessengerHost{"qm.qq.com", "qq", "/cgi-bin/", Reads::key, "k"},
    MessengerHost{"qm.qq.com", "qq", "/", Reads::whole_path},
    MessengerHost{"jq.qq.com", "qq", "/", Reads::key, "k"},
    MessengerHost{"qun.qq.com", "qq", "/qrcode/", Reads::whole_path},
    MessengerHost{"vk.me", "handle", "/", Reads::at_name},
    MessengerHost{"max.ru", "handle", "/u/", Reads::at_name},
    MessengerHost{"snapchat.com", "handle", "/add/", Reads::at_name},
    MessengerHost{"matrix.to", "handle", "/#/@", Reads::at_name},
    MessengerHost{"simplex.chat", "handle", "/contact", Reads::key, "smp"},
    MessengerHost{"simplex.chat", "handle", "/invitation", Reads::key, "smp"},
};

struct MessengerScheme {
  std::string_view scheme;
  std::string_view kind;
  std::string_view path;  // what stands behind the colon
  Reads reads;
  std::string_view parameter = {};
};

// The first that fits and has a value.
constexpr std::array kSchemes = {
    MessengerScheme{"tg", "telegram", "", Reads::at_name, "domain"},
    MessengerScheme{"tg", "telegram", "", Reads::telegram, "invite"},
    MessengerScheme{"tg", "telegram", "", Reads::phone, "phone"},
    MessengerScheme{"whatsapp", "whatsapp", "", Reads::phone, "phone"},
    MessengerScheme{"weixin", "wechat", "//contacts/profile/", Reads::name},
    MessengerScheme{"weixin", "wechat", "", Reads::name, "username"},
    MessengerScheme{"tencent", "qq", "", Reads::name, "uin"},
    MessengerScheme{"mqqapi", "qq", "", Reads::name, "uin"},
    MessengerScheme{"mqqwpa", "qq", "", Reads::name, "uin"},
    MessengerScheme{"line", "line", "//ti/p/", Reads::line},
    MessengerScheme{"line", "line", "//r/ti/p/", Reads::line},
    MessengerScheme{"line", "line", "//ti/g", Reads::rest},
    MessengerScheme{"viber", "viber", "", Reads::phone, "number"},
    MessengerScheme{"viber", "viber", "", Reads::name, "chaturi"},
    MessengerScheme{"zalo", "zalo", "", Reads::zalo, "phone"},
    MessengerScheme{"zalo", "zalo", "//qr/", Reads::rest},
    MessengerScheme{"skype", "skype", "", Reads::rest},
    MessengerScheme{"instagram", "instagram", "", Reads::at_name, "username"},
    MessengerScheme{"sgnl", "signal", "//signal.me/#p/+", Reads::phone},
    MessengerScheme{"fb-messenger", "messenger", "//user/", Reads::name},
    MessengerScheme{"fb-messenger", "messenger", "//user-thread/", Reads::name},
    MessengerScheme{"discord", "discord", "//invite/", Reads::invite},
    MessengerScheme{"snapchat", "handle", "//add/", Reads::at_name},
    MessengerScheme{"tel", "phone", "", Reads::rest},
    MessengerScheme{"sms", "phone", "", Reads::rest},
    MessengerScheme{"smsto", "phone", "", Reads::rest},
    MessengerScheme{"mailto", "email", "", Reads::rest},
};

// Paths and sub-domains of t.me that are no account
// (core.telegram.org/api/links).
constexpr std::array<std::string_view, 18> kReserved = {
    "share",       "proxy", "socks", "addstickers",  "addemoji", "addtheme",
    "setlanguage", "bg",    "login", "confirmphone", "iv",       "invoice",
    "giftcode",    "boost", "www",   "web",          "k",        "a"};

bool is_reserved(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

// With the characters of accounts that need no escape in a URL (RFC 3986, 2.3)
// and "+" unescaped: "%64emo" opens the account "demo".
std::string without_escapes(std::string_view path) {
  std::string out;
  for (size_t i = 0; i < path.size(); ++i) {
    constexpr size_t kEscape = 3;
    out += path[i];
    if (path[i] != '%') continue;
    const std::string one = percent_decoded(path.substr(i, kEscape));
    if (one.size() != 1 || one[0] == '%') continue;
    const bool plain =
        is_alnum(small_letters(one)[0]) || is_one_of(one[0], "-._~+");
    if (!plain) continue;
    out.back() = one[0];
    i += kEscape - 1;
  }
  return out;
}

// The value of `name` in a query, as it is written; "" when it is not there.
std::string parameter(std::string_view path, std::string_view name) {
  if (name.empty()) return "";
  const std::string query = small_letters(path);
  for (size_t i = query.find(name); i != query.npos;
       i = query.find(name, i + 1)) {
    const bool whole = is_one_of(before(query, i), "?&#;") &&
                       at(query, i + name.size()) == '=';
    if (!whole) continue;
    const size_t begin = i + name.size() + 1;
    const size_t end =
        std::min(query.find_first_of("&#;", begin), query.size());
    return std::string(path.substr(begin, end - begin));
  }
  return "";
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

std::string phone_value(std::string_view text) {
  const std::string digits = digits_of(percent_decoded(text));
  return digits.empty() ? "" : "+" + digits;
}

std::string first_segment(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return std::string(path.substr(0, path.find_first_of("/?#&")));
}

// Without a sign that is none of the name: "@demo_x", "%40demo_x", "~demo_x".
std::string_view without_sign(std::string_view name) {
  if (starts_at(name, 0, "%40")) return name.substr(3);
  if (!name.empty() && is_one_of(name[0], "@~")) name.remove_prefix(1);
  return name;
}

// "(demo_x)", "*demo_x*".
std::string_view without_dress(std::string_view name) {
  constexpr std::string_view kDress = "()[]*~'!.,-";
  while (!name.empty() && is_one_of(name[0], kDress)) name.remove_prefix(1);
  while (!name.empty() && is_one_of(name.back(), kDress)) {
    name.remove_suffix(1);
  }
  return name;
}

std::string name_value(std::string_view text) {
  return small_letters(without_sign(first_segment(text)));
}

std::string telegram_value(const std::string& host, std::string_view path) {
  const size_t sub = host.rfind(".t.me");
  if (sub != host.npos && sub + 5 == host.size() && host != "www.t.me") {
    const std::string name = host.substr(0, sub);
    return is_reserved(name) ? "" : "@" + name;
  }
  std::string_view rest = path;
  for (const std::string_view skip : {"/s/", "/c/"}) {
    if (starts_at(rest, 0, skip)) rest.remove_prefix(skip.size() - 1);
  }
  const std::string segment = first_segment(rest);
  std::string name(without_dress(without_sign(segment)));
  if (name.empty() || is_reserved(small_letters(name))) return "";
  if (name == "joinchat" || name == "addlist") {
    const std::string code = first_segment(rest.substr(name.size() + 1));
    return code.empty() ? "" : (name == "joinchat" ? "+" : "addlist/") + code;
  }
  return name.front() == '+' ? name : "@" + small_letters(name);
}

// An account in a path, when nothing better is known: "host/path".
std::string whole_path(const std::string& host, std::string_view path) {
  const std::string_view clean = path.substr(0, path.find('?'));
  if (clean.size() <= 1) return "";
  return host + std::string(clean);
}

// As people dress it: "1-202-555-0143".
bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_one_of(c, "+-.() ");
  });
}

// The number that wa.me opens; "" when the path is none.
std::string number_in_path(std::string_view path) {
  constexpr size_t kDigitsMin = 7;
  const std::string name = percent_decoded(first_segment(path));
  const std::string digits = digits_of(name);
  return is_number(name) && digits.size() >= kDigitsMin ? "+" + digits : "";
}

std::string whatsapp_value(const Link& link, std::string_view name) {
  const std::string phone = phone_value(parameter(link.path, name));
  if (!phone.empty()) return phone;
  const std::string number =
      link.host == "wa.me" ? number_in_path(link.path) : "";
  return number.empty() ? whole_path(link.host, link.path) : number;
}

// Zalo takes numbers of Vietnam with and without the country code; others are
// names of pages.
std::string zalo_value(std::string_view text) {
  constexpr size_t kNational = 9;
  const std::string number = percent_decoded(text);
  if (!is_number(number)) return small_letters(text);
  const std::string digits = digits_of(number);
  const auto has = [&](std::string_view prefix) {
    return starts_at(digits, 0, prefix) &&
           digits.size() == prefix.size() + kNational;
  };
  if (has("0")) return "+84" + digits.substr(1);
  return has("84") ? "+" + digits : digits;
}

std::string at_sign(std::string name) {
  return name.empty() ? "" : "@" + name;
}

// An id that one may be searched by, or a code of the link.
std::string line_value(std::string_view rest) {
  const std::string name = first_segment(rest);
  if (name.empty()) return "";
  const std::string_view id = without_sign(name);
  return id.size() < name.size() ? small_letters(id) : "line.me/ti/p/" + name;
}

std::string rest_value(const MessengerScheme& row, std::string_view path) {
  while (starts_at(path, 0, "/")) path.remove_prefix(1);
  const std::string value =
      small_letters(path.substr(0, path.find_first_of("?#;,")));
  if (row.kind == "email") return percent_decoded(value);
  if (row.kind != "phone") return value;
  return (value.find('+') == value.npos ? "" : "+") + digits_of(value);
}

std::string value_of(const MessengerHost& row, const Link& link) {
  const std::string value = parameter(link.path, row.parameter);
  const std::string_view rest =
      std::string_view(link.path).substr(row.path.size());
  switch (row.reads) {
    case Reads::telegram: return telegram_value(link.host, link.path);
    case Reads::whatsapp: return whatsapp_value(link, row.parameter);
    case Reads::phone: return phone_value(rest);
    case Reads::zalo:
      return zalo_value(value.empty() ? first_segment(rest) : value);
    case Reads::line: return line_value(rest);
    case Reads::digits: {
      const std::string digits = digits_of(value);
      return digits.empty() ? whole_path(link.host, link.path) : digits;
    }
    case Reads::name: return name_value(rest);
    case Reads::at_name: return at_sign(name_value(rest));
    case Reads::invite: {
      const std::string code = first_segment(rest);
      return code.empty() ? "" : "discord.gg/" + code;
    }
    case Reads::key:
      return value.empty() ? whole_path(link.host, link.path)
                           : link.host + "/" + value;
    case Reads::rest:
    case Reads::whole_path: return whole_path(link.host, link.path);
  }
  return "";
}

std::string deep_value(const MessengerScheme& row, const Link& link) {
  const std::string_view rest =
      std::string_view(link.path).substr(row.path.size());
  const std::string value = row.parameter.empty()
                                ? first_segment(rest)
                                : parameter(link.path, row.parameter);
  switch (row.reads) {
    case Reads::telegram: return value.empty() ? "" : "+" + value;
    case Reads::phone: return phone_value(value);
    case Reads::zalo: return value.empty() ? "" : zalo_value(value);
    case Reads::line: return line_value(rest);
    case Reads::name: return name_value(value);
    case Reads::at_name: return at_sign(name_value(value));
    case Reads::invite: return value.empty() ? "" : "discord.gg/" + value;
    case Reads::rest: return rest_value(row, link.path);
    default: return "";
  }
}

std::string host_of(std::string_view host) {
  constexpr std::string_view kSub = ".t.me";
  const bool sub = host.size() > kSub.size() &&
                   host.substr(host.size() - kSub.size()) == kSub;
  if (sub) return "t.me";
  return std::string(starts_at(host, 0, "www.") && host != "www.whatsapp.com"
                         ? host.substr(4)
                         : host);
}

}  // namespace

bool is_messenger_host(std::string_view host) {
  const std::string name = host_of(host);
  return std::any_of(kHosts.begin(), kHosts.end(), [&](const MessengerHost& m) {
    return m.host == name && m.path == "/";
  });
}

bool may_hold_account(std::string_view host_or_scheme) {
  const std::string name = host_of(host_or_scheme);
  const auto named = [&](const auto& row) { return row.host == name; };
  const auto schemed = [&](const auto& row) { return row.scheme == name; };
  return std::any_of(kHosts.begin(), kHosts.end(), named) ||
         std::any_of(kSchemes.begin(), kSchemes.end(), schemed);
}

std::string carried_url(const Link& link) {
  const std::string& path = link.path;
  if (link.scheme == "itms-services") {
    return percent_decoded(parameter(path, "url"));
  }
  if (link.scheme != "intent") return "";
  const std::string fallback = parameter(path, "s.browser_fallback_url");
  if (!fallback.empty()) return percent_decoded(fallback);
  const std::string scheme = small_letters(parameter(path, "scheme"));
  if (scheme != "http" && scheme != "https") return "";
  return scheme + ":" + path.substr(0, path.find('#'));
}

namespace {

// REQUIRES: the path is without_escapes().
std::optional<Account> account_behind(const Link& link) {
  const std::string path = small_letters(link.path);
  if (link.host.empty()) {
    for (const MessengerScheme& row : kSchemes) {
      if (row.scheme != link.scheme || !starts_at(path, 0, row.path)) continue;
      const std::string value = deep_value(row, link);
      if (!value.empty()) return Account{std::string(row.kind), value};
    }
    return std::nullopt;
  }
  const std::string host = host_of(link.host);
  for (const MessengerHost& row : kHosts) {
    if (row.host != host) continue;
    const bool fits = row.path == "/" || starts_at(path, 0, row.path);
    if (!fits) continue;
    const std::string value = value_of(row, link);
    if (value.empty()) return std::nullopt;
    return Account{std::string(row.kind), value};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Account> account_of(const Link& link) {
  Link plain;
  plain.scheme = link.scheme;
  plain.host = link.host;
  plain.path = without_escapes(link.path);
  if (plain.scheme == "intent") {
    plain.host.clear();
    plain.scheme = small_letters(parameter(plain.path, "scheme"));
    plain.path.resize(std::min(plain.path.find('#'), plain.path.size()));
    if (plain.scheme == "intent") return std::nullopt;
  }
  return account_behind(plain);
}

bool is_official_account(const Registry& registry, std::string_view kind,
                         std::string_view value) {
  const std::string bare(starts_at(value, 0, "@") ? value.substr(1) : value);
  const std::string key = std::string(kind) + ":";
  if (registry.official_handles.count(key + bare) != 0) return true;
  if (registry.official_handles.count(key + std::string(value)) != 0)
    return true;
  return registry.official_hotlines.count(std::string(value)) != 0;
}

}  // namespace simwarden
