// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/finders.h"
#include "contact/url.h"
#include "diag/hex.h"

// Links that open a chat. Sources: core.telegram.org/api/links, WhatsApp's
// click-to-chat page, Viber's and Skype's scheme pages; the others from the
// domain notes, section D.1.
namespace simwarden {
namespace {

struct MessengerHost {
  std::string_view host;
  std::string_view kind;
  std::string_view path;  // what the path begins with; "/" for any
};

constexpr std::array kHosts = {
    MessengerHost{"t.me", "telegram", "/"},
    MessengerHost{"telegram.me", "telegram", "/"},
    MessengerHost{"telegram.dog", "telegram", "/"},
    MessengerHost{"telegram.im", "telegram", "/"},
    MessengerHost{"tx.me", "telegram", "/"},
    MessengerHost{"wa.me", "whatsapp", "/"},
    MessengerHost{"api.whatsapp.com", "whatsapp", "/send"},
    MessengerHost{"web.whatsapp.com", "whatsapp", "/send"},
    MessengerHost{"chat.whatsapp.com", "whatsapp", "/"},
    MessengerHost{"whatsapp.com", "whatsapp", "/channel/"},
    MessengerHost{"www.whatsapp.com", "whatsapp", "/channel/"},
    MessengerHost{"line.me", "line", "/ti/p/"},
    MessengerHost{"line.me", "line", "/ti/g"},
    MessengerHost{"line.me", "line", "/r/ti/"},
    MessengerHost{"lin.ee", "line", "/"},
    MessengerHost{"signal.me", "signal", "/"},
    MessengerHost{"signal.group", "signal", "/"},
    MessengerHost{"chats.viber.com", "viber", "/"},
    MessengerHost{"invite.viber.com", "viber", "/"},
    MessengerHost{"vb.me", "viber", "/"},
    MessengerHost{"zalo.me", "zalo", "/"},
    MessengerHost{"chat.zalo.me", "zalo", "/"},
    MessengerHost{"discord.gg", "discord", "/"},
    MessengerHost{"discord.com", "discord", "/invite/"},
    MessengerHost{"discordapp.com", "discord", "/invite/"},
    MessengerHost{"open.kakao.com", "kakao", "/"},
    MessengerHost{"pf.kakao.com", "kakao", "/"},
    MessengerHost{"join.skype.com", "skype", "/"},
    MessengerHost{"m.me", "messenger", "/"},
    MessengerHost{"ig.me", "instagram", "/m/"},
    MessengerHost{"u.wechat.com", "wechat", "/"},
    MessengerHost{"work.weixin.qq.com", "wechat", "/ca/"},
    MessengerHost{"wpa.qq.com", "qq", "/msgrd"},
    MessengerHost{"qm.qq.com", "qq", "/"},
    MessengerHost{"jq.qq.com", "qq", "/"},
};

struct MessengerScheme {
  std::string_view scheme;
  std::string_view kind;
  std::string_view parameter;  // that carries the account; "" for the path
};

constexpr std::array kSchemes = {
    MessengerScheme{"tg", "telegram", "domain"},
    MessengerScheme{"whatsapp", "whatsapp", "phone"},
    MessengerScheme{"weixin", "wechat", "username"},
    MessengerScheme{"tencent", "qq", "uin"},
    MessengerScheme{"mqqapi", "qq", "uin"},
    MessengerScheme{"mqqwpa", "qq", "uin"},
    MessengerScheme{"line", "line", ""},
    MessengerScheme{"viber", "viber", "number"},
    MessengerScheme{"zalo", "zalo", ""},
    MessengerScheme{"skype", "skype", ""},
    MessengerScheme{"tel", "phone", ""},
    MessengerScheme{"sms", "phone", ""},
    MessengerScheme{"smsto", "phone", ""},
    MessengerScheme{"mailto", "email", ""},
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

// The value of `name` in a query; "" when it is not there.
std::string parameter(std::string_view path, std::string_view name) {
  const std::string query = small_letters(path);
  for (size_t i = query.find(name); i != query.npos;
       i = query.find(name, i + 1)) {
    const bool whole = is_one_of(before(query, i), "?&#;") &&
                       at(query, i + name.size()) == '=';
    if (!whole) continue;
    const size_t begin = i + name.size() + 1;
    const size_t end =
        std::min(query.find_first_of("&#;", begin), query.size());
    return query.substr(begin, end - begin);
  }
  return "";
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

std::string phone_value(std::string_view text) {
  const std::string digits = digits_of(text);
  return digits.empty() ? "" : "+" + digits;
}

std::string first_segment(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return std::string(path.substr(0, path.find_first_of("/?#")));
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
  std::string name = first_segment(rest);
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

std::string value_of(std::string_view kind, const Link& link) {
  if (kind == "telegram") return telegram_value(link.host, link.path);
  if (kind == "whatsapp") {
    const std::string phone = phone_value(parameter(link.path, "phone"));
    if (!phone.empty()) return phone;
    const std::string name = first_segment(link.path);
    const bool number =
        name.size() >= 7 && digits_of(name).size() + 1 >= name.size();
    if (link.host == "wa.me" && number) return phone_value(name);
  }
  if (kind == "qq") {
    const std::string uin = digits_of(parameter(link.path, "uin"));
    if (!uin.empty()) return uin;
  }
  if (kind == "signal" && link.path.find("#p/+") != link.path.npos) {
    return phone_value(link.path);
  }
  if (kind == "messenger" || kind == "zalo")
    return small_letters(first_segment(link.path));
  return whole_path(link.host, link.path);
}

std::string deep_value(const MessengerScheme& row, const Link& link) {
  std::string_view path = link.path;
  std::string value;
  if (row.parameter.empty()) {
    while (starts_at(path, 0, "/")) path.remove_prefix(1);
    value = small_letters(path.substr(0, path.find_first_of("?#;,")));
  } else {
    value = parameter(path, row.parameter);
  }
  if (row.kind == "telegram") {
    if (!value.empty()) return "@" + value;
    const std::string invite = parameter(path, "invite");
    if (!invite.empty()) return "+" + invite;
    return phone_value(parameter(path, "phone"));
  }
  if (row.kind == "phone") {
    const std::string digits = digits_of(value);
    return (value.find('+') == value.npos ? "" : "+") + digits;
  }
  if (row.kind == "whatsapp" || row.kind == "viber") return phone_value(value);
  return value;
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
  const std::string scheme = parameter(path, "scheme");
  if (scheme != "http" && scheme != "https") return "";
  return scheme + ":" + path.substr(0, path.find('#'));
}

namespace {

// REQUIRES: the path is without_escapes().
std::optional<Account> account_behind(const Link& link) {
  if (link.host.empty()) {
    for (const MessengerScheme& row : kSchemes) {
      if (row.scheme != link.scheme) continue;
      const std::string value = deep_value(row, link);
      if (value.empty()) return std::nullopt;
      return Account{std::string(row.kind), value};
    }
    return std::nullopt;
  }
  const std::string host = host_of(link.host);
  const std::string path = small_letters(link.path);
  for (const MessengerHost& row : kHosts) {
    if (row.host != host) continue;
    const bool fits = row.path == "/" || starts_at(path, 0, row.path);
    if (!fits) continue;
    const std::string value = value_of(row.kind, link);
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
    plain.scheme = parameter(plain.path, "scheme");
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
