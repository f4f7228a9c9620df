// SPDX-License-Identifier: Apache-2.0
#include "contact/account_words.h"

#include <algorithm>
#include <array>

#include "spelling/account_rules.h"
#include "spelling/prefixes.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// What a log-in, a network, an order or a device has beside its name.
constexpr std::array<std::string_view, 38> kSystemWords = {
    "password",     "passwort", "passcode",    "pwd",          "pin",
    "login",        "log in",   "sign in",     "wifi",         "wi-fi",
    "ssid",         "order",    "invoice",     "ticket",       "device",
    "iccid",        "imei",     "error",       "密码",         "登录",
    "登陆",         "订单",     "单号",        "设备",         "パスワード",
    "비밀번호",     "пароль",   "логин",       "contraseña",   "senha",
    "mot de passe", "mật khẩu", "كلمة المرور", "تسجيل الدخول", "رقم الطلب",
    "رمز عبور",     "گذرواژه",  "سفارش"};
// Bytes on either side of the name that are looked at.
constexpr size_t kReach = 48;

// What may stand in front: "my ID: …", 加我ID, 联系账号.
constexpr std::array<std::string_view, 9> kBefore = {
    "my", "add", "our", "加", "我", "我的", "联系", "认准", "мой"};

const Words& system_words() {
  static const Words kWords(kSystemWords, Words::Ends::anywhere);
  return kWords;
}

bool begins_clause(const Scene& scene, Range word) {
  const std::string_view all = scene.written();
  size_t end = scene.original(word).begin;
  while (end > 0 && all[end - 1] == ' ') --end;
  return end == 0 || !is_word(code_point_before(all, end).c);
}

// "my ID: …", 加我ID.
bool is_own(const Scene& scene, Range word) {
  const std::string_view t = scene.text();
  const size_t plain_end =
      before(t, word.begin) == ' ' ? word.begin - 1 : word.begin;
  return std::any_of(kBefore.begin(), kBefore.end(), [&](std::string_view b) {
    return plain_end >= b.size() && starts_at(t, plain_end - b.size(), b) &&
           !(is_ascii(b[0]) && is_alnum(before(t, plain_end - b.size())));
  });
}

// "demo_x", not "INV_2024".
bool is_personal(const Scene& scene, Range name) {
  const std::string_view folded = scene.slice(name);
  const size_t sign = folded.find('_');
  if (sign == folded.npos || sign == 0 || sign + 1 == folded.size()) {
    return false;
  }
  const std::string_view written = scene.raw(name);
  return std::any_of(written.begin(), written.end(),
                     [](char c) { return !is_ascii(c) || is_small(c); });
}

// "demo_x（tg）", "demo_x(微信)", "找demo_x(tg)": no call of a function.
bool has_aside(const Scene& scene, Range name) {
  const std::string_view t = scene.text();
  if (at(t, name.end) != '(') return false;
  const bool wide = scene.raw({name.end, name.end + 1}) != "(";
  const size_t word =
      before(t, name.begin) == ' ' ? name.begin - 1 : name.begin;
  return wide || !is_ascii(at(t, name.end + 1)) || !is_ascii(before(t, word));
}

// No quotes, brackets or "=" of a program around the name.
bool is_prose(const Scene& scene, Range word, Range name) {
  constexpr std::string_view kCode = "\"'`{}[]()<>=,;/\\";
  const std::string_view t = scene.text();
  const std::string_view gap = t.substr(word.end, name.begin - word.end);
  return gap.find_first_of(kCode) == gap.npos &&
         (!is_one_of(at(t, name.end), "\"'`{[(<=:/\\") ||
          has_aside(scene, name)) &&
         !is_one_of(before(t, word.begin), "\"'`{[<=/\\_-.");
}

bool is_of_system(std::string_view t, Range name) {
  const size_t from = name.begin > kReach ? name.begin - kReach : 0;
  return system_words().found_in(t.substr(from, name.begin - from)) ||
         system_words().found_in(t.substr(name.end, kReach));
}

// Back over "(", "@" and "-".
size_t skip_back(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  for (size_t n = 0; n < kSignsMax && is_one_of(before(t, i), " (@-"); ++n) --i;
  return i;
}

// "demo88", not "v2".
constexpr size_t kLettersMin = 3;
// Dressed letters that are no word with a short piece in it.
constexpr size_t kDressedMin = 4;
// Longer than any account.
constexpr size_t kNameMax = 40;

bool is_in_circles(std::string_view written) {
  size_t flags = 0;
  size_t letters = 0;
  for (size_t i = 0; i < written.size();) {
    const CodePoint p = code_point_at(written, i);
    const bool flag = p.c >= 0x1F1E6 && p.c <= 0x1F1FF;
    const bool circle = (p.c >= 0x2460 && p.c <= 0x24FF) ||
                        (p.c >= 0x2776 && p.c <= 0x2793) ||
                        (p.c >= 0x1F110 && p.c <= 0x1F189);
    if (!flag && !circle && p.c != U'_' && is_word(p.c)) return false;
    flags += flag ? 1 : 0;
    letters += flag || circle ? 1 : 0;
    i += p.size;
  }
  constexpr size_t kFlagBytes = 4;
  return letters >= kDressedMin &&
         (flags == 0 || written.size() > kFlagBytes * flags);
}

// Behind each letter but the last stands something that is not shown; a stroke
// is.
bool is_all_parted(std::string_view written) {
  for (size_t i = 0; i + 1 < written.size(); ++i) {
    if (is_ascii(written[i]) && is_ascii(written[i + 1])) return false;
    const char32_t c = code_point_at(written, i).c;
    const bool mark = (c >= 0x300 && c < 0x370) || (c >= 0x20D0 && c < 0x2100);
    if (mark) return false;
  }
  return true;
}

}  // namespace

bool is_of_person(const Scene& scene, Range name) {
  const std::string_view t = scene.text();
  const Range word{name.begin, name.begin};
  return is_personal(scene, name) && is_prose(scene, word, name) &&
         !is_of_system(t, name);
}

bool is_account_of_service(const Scene& scene, Range word, Range name) {
  const std::string_view folded = scene.slice(name);
  if (is_name_in_dress(scene, name)) return true;
  if (is_dotted_name(folded)) {
    return is_prose(scene, word, name) && !is_of_system(scene.text(), name);
  }
  const size_t digits = folded.find_first_of("0123456789");
  return digits != folded.npos && digits >= kLettersMin &&
         is_prose(scene, word, name) && !is_of_system(scene.text(), name);
}

bool is_name_in_dress(const Scene& scene, Range name) {
  if (name.end - name.begin < kDressedMin) return false;
  const std::string_view written = scene.raw(name);
  return is_ascii(written[0]) ? is_all_parted(written) : is_in_circles(written);
}

bool is_account_told(const Scene& scene, Range word, Range name) {
  if (!is_of_person(scene, name) || !is_prose(scene, word, name)) {
    return false;
  }
  return is_own(scene, word) ||
         (begins_clause(scene, word) && !prose_goes_on(scene, name.end));
}

bool prose_goes_on(const Scene& scene, size_t end) {
  constexpr size_t kAskedReach = 24;
  const std::string_view t = scene.text();
  if (at(t, end) != ' ') return false;
  const std::string_view all = scene.written();
  const size_t next = scene.original({end + 1, end + 2}).begin;
  if (next >= all.size() || !is_small(all[next])) return false;
  const std::string_view behind = t.substr(end, kAskedReach);
  return !told_words(Saying::write).found_in(behind) &&
         !told_words(Saying::search).found_in(behind);
}

Range name_before(std::string_view t, size_t i) {
  size_t end = skip_back(t, i);
  // "「demo_x」をLINEで".
  for (const std::string_view particle : {"」を", "』を", "を"}) {
    if (!t.substr(0, end).ends_with(particle)) continue;
    end -= particle.size();
    break;
  }
  for (const std::string_view word :
       {"on the", "on", "at", "via", "в", "en", "no"}) {
    const size_t begin = end - std::min(end, word.size());
    if (starts_at(t, begin, word) && before(t, begin) == ' ') {
      end = skip_back(t, begin);
      break;
    }
  }
  size_t begin = end;
  while (begin > 0 && end - begin < kNameMax &&
         (is_alnum(t[begin - 1]) || t[begin - 1] == '_')) {
    --begin;
  }
  return end == i ? Range{i, i} : Range{begin, end};
}

}  // namespace simwarden
