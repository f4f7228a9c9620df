// SPDX-License-Identifier: Apache-2.0
#include "spelling/mail_words.h"

#include <algorithm>
#include <array>

#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "spelling/placed_signs.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kNameMin = 3;
constexpr size_t kNameMax = 64;  // RFC 5321, 4.5.3.1.1
// Bytes in front of the name.
constexpr size_t kReach = 32;

// With the ending that goes without saying.
struct Provider {
  std::string_view written;
  std::string_view host;
};
constexpr std::array kProviders = {Provider{"gmail", "gmail.com"},
                                   Provider{"yahoo", "yahoo.com"},
                                   Provider{"hotmail", "hotmail.com"},
                                   Provider{"outlook", "outlook.com"},
                                   Provider{"icloud", "icloud.com"},
                                   Provider{"aol", "aol.com"},
                                   Provider{"proton", "proton.me"},
                                   Provider{"protonmail", "protonmail.com"},
                                   Provider{"gmx", "gmx.de"},
                                   Provider{"naver", "naver.com"},
                                   Provider{"hanmail", "hanmail.net"},
                                   Provider{"daum", "daum.net"},
                                   Provider{"nate", "nate.com"},
                                   Provider{"yandex", "yandex.ru"},
                                   Provider{"rambler", "rambler.ru"},
                                   Provider{"tutanota", "tutanota.com"},
                                   Provider{"qq", "qq.com"},
                                   Provider{"foxmail", "foxmail.com"}};

// As they are heard.
constexpr std::array kForeignProviders = {
    Provider{"네이버", "naver"},     Provider{"지메일", "gmail"},
    Provider{"한메일", "hanmail"},   Provider{"다음", "daum"},
    Provider{"네이트", "nate"},      Provider{"мейл", "mail"},
    Provider{"майл", "mail"},        Provider{"мэйл", "mail"},
    Provider{"яндекс", "yandex"},    Provider{"гмейл", "gmail"},
    Provider{"гмайл", "gmail"},      Provider{"джимейл", "gmail"},
    Provider{"жмейл", "gmail"},      Provider{"рамблер", "rambler"},
    Provider{"аутлук", "outlook"},   Provider{"جيميل", "gmail"},
    Provider{"جیمیل", "gmail"},      Provider{"ياهو", "yahoo"},
    Provider{"یاهو", "yahoo"},       Provider{"हॉटमेल", "hotmail"},
    Provider{"जीमेल", "gmail"},       Provider{"याहू", "yahoo"},
    Provider{"জিমেইল", "gmail"},     Provider{"ইয়াহু", "yahoo"},
    Provider{"จีเมล", "gmail"},       Provider{"ヤフー", "yahoo"},
    Provider{"ジーメール", "gmail"}, Provider{"谷歌邮箱", "gmail"}};

// Who is written to is no name: "contact us at", "find me at".
constexpr std::array<std::string_view, 23> kOthers = {
    "you",    "him",     "her",      "them", "here",  "there",
    "now",    "back",    "up",       "look", "team",  "directly",
    "online", "anytime", "today",    "out",  "staff", "questions",
    "mail",   "email",   "tomorrow", "one",  "again"};

bool is_provider(std::string_view name) {
  return std::any_of(kProviders.begin(), kProviders.end(),
                     [&](const Provider& p) { return p.written == name; });
}

bool is_local(char c) {
  return is_alnum(c) || is_one_of(c, "._-+");
}

size_t name_begin(std::string_view t, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin < kNameMax && is_local(t[begin - 1])) --begin;
  return begin;
}

bool is_asked(std::string_view t, size_t begin) {
  const size_t from = begin - std::min(begin, kReach);
  return told_words(Saying::mail).found_in(t.substr(from, begin - from));
}

// "example.com", with an ending that people write.
bool is_host(std::string_view t, size_t i) {
  constexpr size_t kHostMax = 253;  // RFC 1035, 2.3.4
  size_t end = i;
  while (end - i < kHostMax &&
         (is_alnum(at(t, end)) || is_one_of(at(t, end), ".-"))) {
    ++end;
  }
  // "example . com", whose dot is read by itself.
  if (starts_at(t, end, " .")) {
    const size_t ending = end + (at(t, end + 2) == ' ' ? 3 : 2);
    size_t last = ending;
    while (is_letter(at(t, last))) ++last;
    return end != i && is_host_ending(t.substr(ending, last - ending));
  }
  const std::string_view host = t.substr(i, end - i);
  const size_t dot = host.rfind('.');
  return dot != host.npos && dot > 0 && is_host_ending(host.substr(dot + 1));
}

// "outlook.com".
bool is_host_of_provider(std::string_view t, size_t i) {
  return std::any_of(
      kProviders.begin(), kProviders.end(), [&](const Provider& p) {
        return starts_at(t, i, p.host) && !is_alnum(at(t, i + p.host.size()));
      });
}

}  // namespace

std::string_view provider_host_at(std::string_view t, size_t i) {
  size_t end = i;
  while (is_letter(at(t, end))) ++end;
  const std::string_view name = t.substr(i, end - i);
  const bool more = is_alnum(at(t, end)) || is_one_of(at(t, end), "-_@") ||
                    (at(t, end) == '.' && is_alnum(at(t, end + 1)));
  const auto found = std::find_if(
      kProviders.begin(), kProviders.end(),
      [&](const Provider& p) { return p.written == name && !more; });
  return found == kProviders.end() ? std::string_view() : found->host;
}

bool is_mailed_name(std::string_view t, size_t end) {
  const size_t begin = name_begin(t, end);
  const std::string_view name = t.substr(begin, end - begin);
  return name.size() >= kNameMin && is_letter(name[0]) &&
         !is_one_of(name, kOthers) && is_asked(t, begin);
}

bool is_turkish_mail(std::string_view t, size_t host, std::string_view dot) {
  constexpr std::string_view kEt = " et ";
  size_t end = host;
  while (is_letter(at(t, end))) ++end;
  const bool known = is_provider(t.substr(host, end - host));
  if (dot != "nokta" || !known || host < kEt.size()) return false;
  const size_t name = host - kEt.size();
  return starts_at(t, name, kEt) && name - name_begin(t, name) >= kNameMin;
}

bool read_foreign_provider(std::string_view t, size_t i, Respelling& out) {
  for (const Provider& provider : kForeignProviders) {
    size_t dot = i + provider.written.size();
    if (!starts_at(t, i, provider.written)) continue;
    if (at(t, dot) == ' ') ++dot;
    const Sign sign = sign_at(t, dot);
    // "мейл ру".
    const size_t end = sign.sign == '.' ? sign.end : dot;
    SpelledEnding ending = spelled_ending_at(t, end);
    if (ending.size == 0 && sign.sign == '.') {
      const std::string_view letters = ending_letters(t, sign.end);
      ending = {letters.size(), std::string(letters)};
    }
    if (!is_host_ending(ending.meant)) continue;
    out = {i, end + ending.size,
           std::string(provider.host) + "." + ending.meant, How::spelled_dot};
    return true;
  }
  return false;
}

bool read_foreign_mail(std::string_view t, size_t i, Respelling& out) {
  return is_alnum(before(t, i)) && !is_ascii(at(t, i + 1)) &&
         read_foreign_provider(t, i + 1, out);
}

bool read_apart_at(std::string_view t, size_t i, Respelling& out) {
  const size_t left = before(t, i) == ' ' ? i - 1 : i;
  const size_t right = at(t, i + 1) == ' ' ? i + 2 : i + 1;
  if (left == i && right == i + 1) return false;
  const size_t begin = name_begin(t, left);
  const bool name = left - begin >= kNameMin && is_letter(t[begin]);
  if (!name || !is_host(t, right)) return false;
  const bool telling = t.substr(begin, left - begin).find_first_of("._") !=
                       std::string_view::npos;
  const bool known = right == i + 1 && is_host_of_provider(t, right);
  if (left != i && !telling && !known && !is_mailed_name(t, left)) return false;
  out = {left, right, "@", How::spaced};
  return true;
}

bool read_gapped_mail(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kLabelMax = 63;  // RFC 1035, 2.3.4
  constexpr std::array<std::string_view, 3> kEndings = {"com", "net", "org"};
  if (i == 0 || !is_alnum(t[i - 1])) return false;
  size_t end = i + 1;
  while (end - i <= kLabelMax && (is_alnum(at(t, end)) || at(t, end) == '-')) {
    ++end;
  }
  const std::string_view label = t.substr(i + 1, end - i - 1);
  // A space stands behind any word.
  const bool dot = starts_at(t, end, ". ");
  const bool parted =
      dot || at(t, end) == ',' || (at(t, end) == ' ' && is_provider(label));
  if (label.size() < 2 || !parted) return false;
  const size_t ending = end + (dot ? 2 : 1);
  size_t last = ending;
  while (last - end <= 4 && is_letter(at(t, last))) ++last;
  const bool known = is_one_of(t.substr(ending, last - ending), kEndings);
  if (!known || is_alnum(at(t, last)) || is_one_of(at(t, last), "@_-")) {
    return false;
  }
  // "com" goes on in Portuguese.
  if (dot && at(t, last) == ' ' && is_word(code_point_at(t, last + 1).c)) {
    return false;
  }
  out = {end, ending, ".", How::spelled_dot};
  return true;
}

std::vector<Respelling> circled_ats(const View& plain, std::string_view raw) {
  constexpr std::string_view kCircled = "\xE2\x93\x90";  // U+24D0
  const std::string_view t = plain.text;
  std::vector<Respelling> found;
  for (size_t i = raw.find(kCircled); i != raw.npos;
       i = raw.find(kCircled, i + kCircled.size())) {
    const size_t behind = i + kCircled.size();
    if (!is_ascii(before(raw, i)) || !is_ascii(at(raw, behind))) continue;
    const Span sign =
        plain.shown({static_cast<uint32_t>(i), static_cast<uint32_t>(behind)});
    if (sign.size() != 1 || !is_host(t, sign.end)) continue;
    const size_t name = name_begin(t, sign.begin);
    const std::string_view host =
        t.substr(sign.end, t.find('.', sign.end) - sign.end);
    const bool named = sign.begin - name >= kNameMin;
    if (!named || !(is_provider(host) || is_asked(t, name))) continue;
    found.push_back({sign.begin, sign.end, "@", How::as_is});
  }
  return found;
}

}  // namespace simwarden
