// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <exception>

#include <phonenumbers/phonenumberutil.h>

#include "contact/ascii.h"
#include "contact/finders.h"
#include "contact/numbers.h"

// Telephone numbers. libphonenumber says what a number is, but not whether
// the writer meant one: order numbers, dates and amounts are possible numbers
// of many plans. So a run of digits needs a plus, a valid range with enough
// digits, or a word like "call" in front of it.
namespace simwarden {
namespace {

// A message with more candidates is a table of numbers; each costs some
// microseconds.
constexpr size_t kPhoneCandidatesMax = 500;
constexpr size_t kDigitsMin = 7;
constexpr size_t kDigitsMax = 15;  // ITU-T E.164, 6.2.1
// National numbers of this length are seldom anything else.
constexpr size_t kTellingDigits = 10;
constexpr size_t kShortHotline = 4;
constexpr size_t kContextBytes = 28;

constexpr std::array<std::string_view, 38> kCallWords = {
    "call", "tel",   "phone", "dial",     "mobile",  "contact",  "hotline",
    "text", "sms",   "ring",  "helpline", "reach",   "landline", "number",
    "llam", "ligue", "appel", "anruf",    "hubungi", "telefon",  "звон",
    "тел",  "номер", "هاتف",  "اتصل",     "电话",    "热线",     "手机",
    "拨打", "拨",    "致电",  "联系",     "客服",    "咨询",     "详询",
    "同号", "फोन",   "gọi"};

// What stands in front of digits that are no telephone number.
constexpr std::array<std::string_view, 20> kOtherWords = {
    "order",    "invoice", "ref",  "account", "a/c",  "acct", "ticket",
    "tracking", "card",    "imei", "订单",    "单号", "运单", "快递",
    "卡号",     "尾号",    "流水", "编号",    "awb",  "pnr"};

template <size_t N>
bool has_word(std::string_view window,
              const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    const size_t i = window.rfind(word);
    if (i == window.npos) return false;
    return !is_ascii(word[0]) || !is_alnum(before(window, i));
  });
}

bool is_glued(std::string_view t, Range range) {
  const char left = before(t, range.begin);
  const char right = at(t, range.end);
  if (is_alnum(left) || is_one_of(left, "$#*/=_@&%+")) return true;
  // A part of a fraction, a time, or a host name.
  if (left == '.' && is_alnum(before(t, range.begin - 1))) return true;
  if (is_one_of(left, ",:") && is_digit(before(t, range.begin - 1)))
    return true;
  if (is_alnum(right) || is_one_of(right, "#*=_@%$")) return true;
  if (right == '.' && is_alnum(at(t, range.end + 1))) return true;
  return is_one_of(right, ",:/") && is_digit(at(t, range.end + 1));
}

bool is_amount(std::string_view t, Range range) {
  const CodePoint left = code_point_before(t, range.begin);
  constexpr std::u32string_view kMoney = U"£€¥₹₽₩₫฿";
  if (kMoney.find(left.c) != kMoney.npos) return true;
  for (const std::string_view unit :
       {"元", "块", " usd", " eur", " inr", "万"}) {
    if (starts_at(t, range.end, unit)) return true;
  }
  return false;
}

class PhoneFinder {
 public:
  PhoneFinder(Scene& scene, Followable& found)
      : scene_(scene), t_(scene.text()), found_(found) {}

  void run() {
    for (size_t i = 0; i < t_.size();) {
      if (found_.contacts.size() >= kContactsMax) {
        found_.cut = true;
        return;
      }
      const char c = t_[i];
      if (!is_digit(c) && c != '+' && c != '(') {
        ++i;
        continue;
      }
      const NumberRun number = read_number(t_, i);
      if (number.digits.empty()) {
        ++i;
        continue;
      }
      take(number);
      i = number.range.end;
    }
  }

 private:
  void take(const NumberRun& run) {
    if (take_part(run) || take_beginning(run)) return;
    if (run.groups.size() < 2) return;
    for (const Range& group : run.groups) {
      NumberRun part;
      part.range = group;
      part.digits = std::string(scene_.slice(group));
      part.groups = {group};
      take_part(part);
    }
  }

  // "+1 202 555 0123 24 hours": other digits stand behind an international
  // number. The longest valid beginning wins, or else the longest possible.
  bool take_beginning(const NumberRun& run) {
    constexpr size_t kGroupsBehind = 4;
    if (!run.plus || run.digits.size() <= kDigitsMin) return false;
    for (const bool valid : {true, false}) {
      NumberRun part = run;
      for (size_t n = 0; n < kGroupsBehind && part.groups.size() > 2; ++n) {
        const Range last = part.groups.back();
        part.groups.pop_back();
        part.digits.resize(part.digits.size() - (last.end - last.begin));
        part.range.end = part.groups.back().end;
        if (part.digits.size() > kDigitsMax) continue;
        if (!may_ask()) return false;
        const Phone phone = read_phone("+" + part.digits, "");
        if (phone.e164.empty() || (valid && !phone.valid)) continue;
        if (take_part(part)) return true;
      }
    }
    return false;
  }

  bool take_part(const NumberRun& run) {
    if (scene_.is_claimed(run.range) || is_glued(t_, run.range)) return false;
    if (take_hotline(run)) return true;
    if (run.digits.size() < kDigitsMin || run.digits.size() > kDigitsMax) {
      return false;
    }
    if (is_date(run, t_) || is_amount(t_, run.range)) return false;
    if (!may_ask()) return false;
    const std::string digits = (run.plus ? "+" : "") + run.digits;
    const Phone phone = read_phone(digits, scene_.region());
    if (phone.e164.empty() || !is_meant(run, phone)) return false;
    add(run, phone.e164, false);
    return true;
  }

  // Each question to libphonenumber counts.
  bool may_ask() {
    if (candidates_++ < kPhoneCandidatesMax) return true;
    found_.cut = true;
    return false;
  }

  bool is_meant(const NumberRun& run, const Phone& phone) const {
    if (run.plus) return true;
    const std::string_view window = context(run.range);
    if (has_word(window, kCallWords)) return true;
    if (has_word(window, kOtherWords) || !phone.valid) return false;
    return run.digits.size() >= kTellingDigits;
  }

  std::string_view context(Range range) const {
    const size_t begin =
        range.begin > kContextBytes ? range.begin - kContextBytes : 0;
    return t_.substr(begin, range.begin - begin);
  }

  // Official short numbers: "10086" always, "123" only when one may call it.
  bool take_hotline(const NumberRun& run) {
    const auto& hotlines = scene_.registry().official_hotlines;
    const std::string value = (run.plus ? "+" : "") + run.digits;
    if (hotlines.count(value) == 0) return false;
    const bool call = has_word(context(run.range), kCallWords);
    if (run.digits.size() <= kShortHotline && !call) return false;
    add(run, value, true);
    return true;
  }

  void add(const NumberRun& run, const std::string& value, bool official) {
    Contact contact;
    contact.span = scene_.original(run.range);
    contact.kind = "phone";
    contact.value = value;
    const auto& hotlines = scene_.registry().official_hotlines;
    contact.official = official || hotlines.count(value) != 0 ||
                       hotlines.count(run.digits) != 0 ||
                       hotlines.count("+" + run.digits) != 0;
    contact.disguise =
        is_spaced(run) ? "digit_words" : scene_.disguise(run.range, true);
    contact.wrapped = scene_.is_wrapped(run.range);
    contact.block = scene_.block_of(contact.span);
    scene_.claim(run.range);
    add_contact(found_, std::move(contact));
  }

  Scene& scene_;
  std::string_view t_;
  Followable& found_;
  size_t candidates_ = 0;
};

}  // namespace

Phone read_phone(std::string_view digits, std::string_view region) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  try {
    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string from = region.empty() ? "ZZ" : std::string(region);
    const auto error = util.Parse(std::string(digits), from, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR) return {};
    if (!util.IsPossibleNumber(number)) return {};
    Phone phone;
    util.Format(number, PhoneNumberUtil::E164, &phone.e164);
    phone.valid = util.IsValidNumber(number);
    return phone;
  } catch (const std::exception&) {
    return {};
  }
}

void find_phones(Scene& scene, Followable& found) {
  PhoneFinder(scene, found).run();
}

}  // namespace simwarden
