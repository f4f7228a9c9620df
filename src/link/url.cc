// SPDX-License-Identifier: Apache-2.0
#include "link/url.h"

#include <algorithm>
#include <array>

#include <unicode/utf8.h>

#include "diag/hex.h"
#include "text/look_around.h"

// The "basic URL parser" (WHATWG URL, 4.4) without state override. The states
// of the Standard are methods here: each takes what is left of the text and
// ends in the next. Paths are kept as they are written, "/a/b", and not as a
// list: nothing here needs the list.
namespace simwarden {
namespace {

struct SpecialScheme {
  std::string_view scheme;
  uint16_t port;  // 0: none
};

constexpr std::array kSpecial = {
    SpecialScheme{"http", 80}, SpecialScheme{"https", 443},
    SpecialScheme{"ftp", 21},  SpecialScheme{"ws", 80},
    SpecialScheme{"wss", 443}, SpecialScheme{"file", 0}};

const SpecialScheme* special(std::string_view scheme) {
  const auto row =
      std::find_if(kSpecial.begin(), kSpecial.end(),
                   [&](const auto& one) { return one.scheme == scheme; });
  return row == kSpecial.end() ? nullptr : &*row;
}

// The percent-encode sets, 1.3; each also has all that is not 0x20 to 0x7E.
constexpr std::string_view kFragmentSet = " \"<>`";
constexpr std::string_view kQuerySet = " \"#<>";
constexpr std::string_view kSpecialQuerySet = " \"#<>'";
constexpr std::string_view kPathSet = " \"#<>?^`{}";
constexpr std::string_view kUserInfoSet = " \"#<>?^`{}/:;=@[\\]|";

void append_encoded(std::string& out, char c, std::string_view set) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte > 0x1F && byte < 0x7F && !is_one_of(c, set)) {
    out += c;
  } else {
    append_percent_encoded(out, c);
  }
}

std::string encoded(std::string_view text, std::string_view set) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) append_encoded(out, c, set);
  return out;
}

// Without controls and spaces around, tabs and line breaks, and with U+FFFD
// for bytes that are not UTF-8.
// NOLINTNEXTLINE(readability-function-size): U8_NEXT has branches
std::string cleaned(std::string_view text) {
  const auto is_edge = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20;
  };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (c < 0) {
      out += "\uFFFD";
    } else {
      out.append(text, static_cast<size_t>(begin),
                 static_cast<size_t>(i - begin));
    }
  }
  return out;
}

bool is_drive_letter(std::string_view t) {
  return t.size() == 2 && is_ascii_letter(t[0]) && is_one_of(t[1], ":|");
}

bool starts_with_drive_letter(std::string_view t) {
  return is_drive_letter(t.substr(0, 2)) &&
         (t.size() == 2 || is_one_of(t[2], "/\\?#"));
}

bool is_drive_path(std::string_view path) {
  return path.size() == 3 && path[0] == '/' && is_ascii_letter(path[1]) &&
         path[2] == ':';
}

// 1 for "." and "%2e", 2 for "..", 0 for other segments.
int dots_of(std::string_view segment) {
  int dots = 0;
  while (!segment.empty() && dots < 3) {
    const bool escape = segment.size() >= 3 && segment[0] == '%' &&
                        segment[1] == '2' && (segment[2] | 0x20) == 'e';
    if (!escape && segment[0] != '.') return 0;
    segment.remove_prefix(escape ? 3 : 1);
    ++dots;
  }
  return dots < 3 ? dots : 0;
}

class Parser {
 public:
  explicit Parser(const Url* base) : base_(base) {}

  std::optional<Url> parse(std::string_view t) {
    if (!begin(t)) return std::nullopt;
    return std::move(url_);
  }

 private:
  bool is_special() const { return special(url_.scheme) != nullptr; }
  bool is_file() const { return url_.scheme == "file"; }
  bool is_slash(char c) const {
    return c == '/' || (c == '\\' && is_special());
  }

  bool begin(std::string_view t) {
    size_t end = 0;
    if (is_ascii_letter(at(t, 0))) {
      while (end < t.size() && (is_digit(t[end]) || is_ascii_letter(t[end]) ||
                                is_one_of(t[end], "+-.")))
        ++end;
    }
    if (end == 0 || at(t, end) != ':' || end == t.size()) return no_scheme(t);
    url_.scheme = small_letters(t.substr(0, end));
    return behind_scheme(t.substr(end + 1));
  }

  bool behind_scheme(std::string_view t) {
    if (is_file()) return file(t);
    if (is_special()) {
      const bool relative_to_base = base_ != nullptr &&
                                    base_->scheme == url_.scheme &&
                                    !starts_at(t, 0, "//");
      return relative_to_base ? relative(t) : behind_slashes(t);
    }
    if (starts_at(t, 0, "//")) return authority(t.substr(2));
    if (at(t, 0) == '/') return path(t.substr(1));
    return opaque(t);
  }

  bool no_scheme(std::string_view t) {
    if (base_ == nullptr) return false;
    if (base_->opaque_path) {
      if (at(t, 0) != '#') return false;
      url_ = *base_;
      return fragment(t.substr(1));
    }
    url_.scheme = base_->scheme;
    return is_file() ? file(t) : relative(t);
  }

  // Special schemes take any number of slashes before the host.
  bool behind_slashes(std::string_view t) {
    while (is_one_of(at(t, 0), "/\\")) t.remove_prefix(1);
    return authority(t);
  }

  bool relative(std::string_view t) {
    if (!t.empty() && is_slash(t[0])) return relative_slash(t.substr(1));
    take_authority_of_base();
    return relative_path(t);
  }

  bool relative_slash(std::string_view t) {
    if (is_special() && is_one_of(at(t, 0), "/\\")) return behind_slashes(t);
    if (at(t, 0) == '/') return authority(t.substr(1));
    take_authority_of_base();
    return path(t);
  }

  void take_authority_of_base() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
  }

  // Behind the authority of the base: its path, or one beside it.
  bool relative_path(std::string_view t) {
    url_.path = base_->path;
    url_.query = base_->query;
    if (t.empty()) return true;
    if (is_one_of(t[0], "?#")) return rest(t);
    url_.query.reset();
    shorten();
    return path(t);
  }

  bool file(std::string_view t) {
    url_.host = {"", HostKind::empty};
    if (!t.empty() && is_one_of(t[0], "/\\")) return file_slash(t.substr(1));
    if (base_ == nullptr || base_->scheme != "file") return path(t);
    url_.host = base_->host;
    if (!starts_with_drive_letter(t)) return relative_path(t);
    return path(t);
  }

  bool file_slash(std::string_view t) {
    if (!t.empty() && is_one_of(t[0], "/\\")) return file_host(t.substr(1));
    if (base_ != nullptr && base_->scheme == "file") {
      url_.host = base_->host;
      const std::string_view first =
          std::string_view(base_->path).substr(0, base_->path.find('/', 1));
      if (!starts_with_drive_letter(t) && is_drive_path(first)) {
        url_.path = first;
      }
    }
    return path(t);
  }

  bool file_host(std::string_view t) {
    const size_t end = std::min(t.find_first_of("/\\?#"), t.size());
    const std::string_view name = t.substr(0, end);
    if (is_drive_letter(name)) return path(t);
    if (!name.empty()) {
      auto host = parse_host(name, true);
      if (!host) return false;
      if (host->text == "localhost") *host = {"", HostKind::empty};
      url_.host = *std::move(host);
    }
    return path_start(t.substr(end));
  }

  bool authority(std::string_view t) {
    const size_t end =
        std::min(t.find_first_of(is_special() ? "/\\?#" : "/?#"), t.size());
    std::string_view name = t.substr(0, end);
    const size_t at_sign = name.rfind('@');
    if (at_sign != name.npos) {
      credentials(name.substr(0, at_sign));
      name.remove_prefix(at_sign + 1);
      if (name.empty()) return false;
    }
    return host_and_port(name) && path_start(t.substr(end));
  }

  void credentials(std::string_view t) {
    const size_t colon = std::min(t.find(':'), t.size());
    url_.username = encoded(t.substr(0, colon), kUserInfoSet);
    if (colon == t.size()) return;
    url_.password = encoded(t.substr(colon + 1), kUserInfoSet);
  }

  bool host_and_port(std::string_view t) {
    size_t colon = 0;
    bool in_brackets = false;
    for (; colon < t.size(); ++colon) {
      if (t[colon] == ':' && !in_brackets) break;
      if (t[colon] == '[') in_brackets = true;
      if (t[colon] == ']') in_brackets = false;
    }
    const bool has_port = colon < t.size();
    if (colon == 0 && (has_port || is_special())) return false;
    auto host = parse_host(t.substr(0, colon), is_special());
    if (!host) return false;
    url_.host = *std::move(host);
    return !has_port || port(t.substr(colon + 1));
  }

  bool port(std::string_view t) {
    uint32_t value = 0;
    for (const char c : t) {
      if (!is_digit(c)) return false;
      value = value * 10 + static_cast<uint32_t>(c - '0');
      if (value > 65535) return false;
    }
    const SpecialScheme* row = special(url_.scheme);
    if (t.empty() || (row != nullptr && row->port == value)) return true;
    url_.port = static_cast<uint16_t>(value);
    return true;
  }

  bool path_start(std::string_view t) {
    if (!t.empty() && is_slash(t[0])) return path(t.substr(1));
    if (is_special() || (!t.empty() && !is_one_of(t[0], "?#"))) return path(t);
    return rest(t);
  }

  // Behind the first slash.
  bool path(std::string_view t) {
    while (true) {
      size_t end = 0;
      while (end < t.size() && !is_slash(t[end]) && !is_one_of(t[end], "?#"))
        ++end;
      const bool last = end == t.size() || !is_slash(t[end]);
      segment(t.substr(0, end), last);
      t.remove_prefix(end);
      if (last) return rest(t);
      t.remove_prefix(1);
    }
  }

  void segment(std::string_view t, bool last) {
    const int dots = dots_of(t);
    if (dots == 2) shorten();
    if (dots != 0) {
      if (last) url_.path += '/';
      return;
    }
    const bool drive = is_file() && url_.path.empty() && is_drive_letter(t);
    url_.path += '/';
    for (const char c : t) append_encoded(url_.path, c, kPathSet);
    if (drive) url_.path.back() = ':';
  }

  void shorten() {
    if (is_file() && is_drive_path(url_.path)) return;
    const size_t slash = url_.path.rfind('/');
    if (slash != std::string::npos) url_.path.resize(slash);
  }

  bool opaque(std::string_view t) {
    url_.opaque_path = true;
    const size_t end = std::min(t.find_first_of("?#"), t.size());
    url_.path = encoded(t.substr(0, end), "");
    // A space at the end would be lost when the URL is read again.
    if (end < t.size() && end > 0 && t[end - 1] == ' ') {
      url_.path.pop_back();
      url_.path += "%20";
    }
    return rest(t.substr(end));
  }

  // "?query#fragment", each or both or nothing.
  bool rest(std::string_view t) {
    if (at(t, 0) == '?') {
      const size_t end = std::min(t.find('#'), t.size());
      url_.query = encoded(t.substr(1, end - 1),
                           is_special() ? kSpecialQuerySet : kQuerySet);
      t.remove_prefix(end);
    }
    return t.empty() || fragment(t.substr(1));
  }

  bool fragment(std::string_view t) {
    url_.fragment = encoded(t, kFragmentSet);
    return true;
  }

  const Url* base_;
  Url url_;
};

}  // namespace

bool is_special_scheme(std::string_view scheme) {
  return special(scheme) != nullptr;
}

std::optional<Url> parse_url(std::string_view text, const Url* base) {
  if (text.size() > kUrlBytesMax) return std::nullopt;
  return Parser(base).parse(cleaned(text));
}

std::string Url::path_and_rest() const {
  std::string out = path;
  if (query) out += "?" + *query;
  if (fragment) out += "#" + *fragment;
  return out;
}

std::string Url::href() const {
  std::string out = scheme + ":";
  if (host.kind != HostKind::none) {
    out += "//" + username;
    if (!password.empty()) out += ":" + password;
    if (!username.empty() || !password.empty()) out += "@";
    out += host.text;
    if (port) out += ":" + std::to_string(*port);
  } else if (!opaque_path && starts_at(path, 0, "//")) {
    out += "/.";  // or the path would be read as a host
  }
  return out + path_and_rest();
}

}  // namespace simwarden
