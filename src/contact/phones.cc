// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "contact/finders.h"
#include "contact/number_dress.h"
#include "contact/number_parts.h"
#include "contact/read_phone.h"
#include "spelling/number_words.h"
#include "spelling/numbers.h"
#include "spelling/phone_words.h"
#include "spelling/prefixes.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

// Telephone numbers. libphonenumber says what a number is, but not whether
// the writer meant one: order numbers, dates and amounts are possible numbers
// of many plans. So a run of digits needs a plus, a valid range with enough
// digits, or a word like "call" in front of it.
namespace simwarden {
namespace {

// A message with more is a table of numbers; each costs some microseconds.
constexpr size_t kPhoneCandidatesMax = 500;
constexpr size_t kDigitsMin = 7;
static_assert(2 * kPhoneCandidatesMax >= kCutBytesMin, "see contact.h");
constexpr size_t kReversedMin = 8;
constexpr size_t kDigitsMax = 15;  // ITU-T E.164, 6.2.1
// National numbers of this length are seldom anything else.
constexpr size_t kTellingDigits = 10;
constexpr size_t kShortHotline = 4;
// Premium and service numbers that take text messages, besides listed ones.
constexpr size_t kShortCodeMin = 4;
constexpr size_t kShortCodeMax = 6;
constexpr size_t kContextBytes = 40;
constexpr size_t kTextingBytes = 40;

// How many digits stand in a row at `i`, and before it.
size_t digits_on(std::string_view t, size_t i) {
  size_t n = 0;
  while (n < kDigitsMax && is_digit(at(t, i + n))) ++n;
  return n;
}
size_t digits_back(std::string_view t, size_t i) {
  size_t n = 0;
  while (n < kDigitsMax && n < i && is_digit(t[i - n - 1])) ++n;
  return n;
}

// "*07700 900123*", "__202-555-0143__": bold, as messengers and Markdown write.
bool is_bold(std::string_view t, const NumberRun& run) {
  constexpr size_t kSignsMax = 3;
  const char sign = before(t, run.range.begin);
  if (!is_one_of(sign, "*_")) return false;
  size_t n = 1;
  while (n < kSignsMax && n < run.range.begin &&
         t[run.range.begin - n - 1] == sign) {
    ++n;
  }
  const auto is_sign = [&](size_t i) {
    return at(t, run.range.end + i) == sign;
  };
  for (size_t i = 0; i < n; ++i) {
    if (!is_sign(i)) return false;
  }
  const char left = before(t, run.range.begin - n);
  const char right = at(t, run.range.end + n);
  return !is_sign(n) && !is_alnum(left) && !is_alnum(right) &&
         !is_one_of(left, "*_#") && !is_one_of(right, "*_#");
}

bool is_glued_left(std::string_view t, const NumberRun& run) {
  const size_t i = run.range.begin;
  const char left = before(t, i);
  if (is_one_of(left, ",/") && digits_back(t, i - 1) >= kDigitsMin) {
    return false;  // the next one of a list
  }
  if (is_letter(left)) return run.digits().size() < 5 || !has_glued_word(t, i);
  // A reference, "EU-0712345"; not "call-0712345678".
  if (left == '-' && is_letter(before(t, i - 1))) {
    return !has_glued_word(t, i - 1);
  }
  // "Ms Demo/0712345678", "call@0712345678".
  const bool telling = run.digits().size() >= kTellingDigits;
  if (left == '/' && telling && is_letter(before(t, i - 1))) return false;
  if (left == '@' && telling) {
    return is_alnum(before(t, i - 1)) && !has_glued_word(t, i - 1);
  }
  if (is_digit(left) || is_one_of(left, "$#*/=_@&%+")) return true;
  // A part of a fraction, a time, or a host name; not "Tel.0712345678".
  if (left == '.' && is_alnum(before(t, i - 1))) {
    return is_digit(before(t, i - 1)) || run.digits().size() < kTellingDigits;
  }
  return is_one_of(left, ",:") && is_digit(before(t, i - 1));
}

// "13800138000v同", "…vx同号": of the messenger, too.
bool says_same_number(std::string_view t, size_t i) {
  for (const std::string_view word : {"v同", "vx同", "wx同", "v信同", "q同"}) {
    if (starts_at(t, i, word)) return true;
  }
  return false;
}

bool is_glued_right(std::string_view t, const NumberRun& run) {
  const size_t i = run.range.end;
  const char right = at(t, i);
  if (is_one_of(right, ",/") && digits_on(t, i + 1) >= kDigitsMin) {
    return false;
  }
  if (is_alnum(right) && !says_same_number(t, i)) return true;
  if (is_one_of(right, "#*=_@%$")) return true;
  // "03-555-0143-B" is a room or a part.
  if (right == '-' && is_letter(at(t, i + 1)) && !is_alnum(at(t, i + 2))) {
    return true;
  }
  if (right == '.' && is_alnum(at(t, i + 1))) return true;
  return is_one_of(right, ",:/") && is_digit(at(t, i + 1));
}

bool is_amount(std::string_view t, const NumberRun& run) {
  if (run.plus) return false;
  const CodePoint left = code_point_before(t, run.range.begin);
  constexpr std::u32string_view kMoney = U"£€¥₹₽₩₫฿৳₦₱﷼";
  if (kMoney.find(left.c) != kMoney.npos) return true;
  const std::string_view front = trimmed(t.substr(0, run.range.begin));
  for (const std::string_view unit : {"rs", "rs.", "inr", "usd", "eur", "rp"}) {
    if (!front.ends_with(unit)) continue;
    if (!is_alnum(before(front, front.size() - unit.size()))) return true;
  }
  for (const std::string_view unit : {"元", "块", " usd", " eur", " inr", "万",
                                      "تومان", "ریال", " ریال", " تومان"}) {
    if (starts_at(t, run.range.end, unit)) return true;
  }
  return is_grouped_by_thousands(run, t);
}

bool is_cn_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

// What Han before a mobile number tell of a plan that nobody named; Taiwan's
// begin as no number of the mainland does.
std::string_view home_of_mobile(std::string_view digits) {
  if (is_cn_mobile(digits)) return "CN";
  return digits.size() == 10 && digits.starts_with("09") ? "TW" : "";
}

class PhoneFinder {
 public:
  PhoneFinder(Scene& scene, Followable& found)
      : scene_(scene), t_(scene.text()), found_(found) {}

  void run() {
    size_t done = 0;
    for (const Lead& lead : scene_.leads()) {
      const bool may =
          lead.kind == LeadKind::digits || lead.kind == LeadKind::open;
      if (!may || lead.at < done) continue;
      if (found_.contacts.size() >= kContactsMax) {
        found_.cut = true;
        return;
      }
      NumberRun number = read_number(t_, lead.at);
      if (number.empty()) continue;
      add_told_plus(number);
      if (!take(number) && parts_.size() < kNumberPartsMax) {
        parts_.push_back({number.range, std::string(number.digits())});
      }
      done = number.range.end;
    }
    take_joined();
  }

 private:
  // "plus 1 202 555 0143", "Plus44 7700 900 123".
  void add_told_plus(NumberRun& run) {
    constexpr size_t kGroupsMin = 3;
    const size_t begin = told_plus_before(t_, run.range.begin);
    if (run.plus || begin == run.range.begin || run.groups() < kGroupsMin ||
        run.digits().size() < kTellingDigits ||
        run.digits().size() > kDigitsMax || !may_ask()) {
      return;
    }
    if (!read_phone("+" + std::string(run.digits()), "").valid) return;
    run.plus = true;
    run.range.begin = begin;
  }

  bool take(const NumberRun& run) {
    if (take_reversed(run)) return true;
    if (take_part(run) || take_beginning(run)) return true;
    if (run.groups() < 2) return false;
    bool taken = false;
    for (size_t i = 0; i < run.groups(); ++i) {
      taken = take_part(run.alone(i)) || taken;
    }
    return taken;
  }

  // Parts of a number are no contact without a word that joins them; a number
  // that stands there in one piece is the one to call.
  void take_joined() {
    const auto is_phone = [](const Contact& c) { return c.kind == "phone"; };
    if (std::any_of(found_.contacts.begin(), found_.contacts.end(), is_phone)) {
      return;
    }
    const auto joined = join_parts(scene_, parts_);
    if (!joined || !may_ask()) return;
    const Phone phone =
        read_written_phone(read_number(joined->digits, 0), scene_.region(),
                           {.han = true, .asked = true});
    NumberRun run;
    run.range = joined->range;
    add(run, phone.e164.empty() ? joined->digits : phone.e164, false, "spaced");
  }

  // "12345678000, read it backwards". A number that begins with its trunk zero
  // stands as it is meant.
  bool take_reversed(const NumberRun& run) {
    constexpr size_t kMost = 13;
    const std::string_view written = run.digits();
    if (run.plus || written.size() < kReversedMin || written.size() > kMost ||
        scene_.is_claimed(run.range) || !is_told_reversed(run.range)) {
      return false;
    }
    const std::string digits(written.rbegin(), written.rend());
    if (!may_ask()) return false;
    const Phone phone = read_written_phone(
        read_number(digits, 0), scene_.region(), {.han = true, .asked = true});
    const bool trunk = written[0] == '0' && digits[0] != '0';
    if (trunk && !phone.valid) return false;
    add(run, phone.e164.empty() ? digits : phone.e164, false, "digit_words");
    return true;
  }

  bool is_told_reversed(Range number) const {
    constexpr size_t kReach = 48;
    const Words& words = told_words(Saying::reversed);
    return words.found_in(context(number, kReach)) ||
           words.found_in(t_.substr(number.end, kReach));
  }

  // "+1 202 555 0123 24 hours": other digits stand behind an international
  // number. The longest valid beginning wins, or else the longest possible.
  bool take_beginning(const NumberRun& run) {
    constexpr size_t kGroupsBehind = 4;
    if (!run.plus || run.digits().size() <= kDigitsMin) return false;
    for (const bool valid : {true, false}) {
      NumberRun part = run;
      for (size_t n = 0; n < kGroupsBehind && part.groups() > 2; ++n) {
        part = part.first(part.groups() - 1);
        if (part.digits().size() > kDigitsMax) continue;
        if (!may_ask()) return false;
        const Phone phone = read_phone("+" + std::string(part.digits()), "");
        if (phone.e164.empty() || (valid && !phone.valid)) continue;
        if (take_part(part)) return true;
      }
    }
    return false;
  }

  // "Leeds⁰⁷⁷…": in another dress than the word that it touches.
  bool is_glued_word(const NumberRun& run) const {
    return is_letter(before(t_, run.range.begin)) &&
           run.digits().size() >= kTellingDigits && is_dressed(scene_, run);
  }

  // Cheap questions first: libphonenumber is asked last.
  bool take_part(const NumberRun& run) {
    const size_t size = run.digits().size();
    if (size < 3 || size > kDigitsMax || scene_.is_claimed(run.range)) {
      return false;
    }
    const bool bold = is_bold(t_, run);
    if (!bold && is_glued_left(t_, run) && !is_glued_word(run)) return false;
    // "08704439680Ts&Cs", "08704439680.Ends": only where a call is asked for.
    const size_t behind =
        run.range.end + (at(t_, run.range.end) == '.' ? 1 : 0);
    const bool run_on = is_letter(at(t_, behind)) && size >= kTellingDigits &&
                        !says_same_number(t_, behind);
    if (!bold && !run_on && is_glued_right(t_, run)) return false;
    if (size < kDigitsMin) return take_hotline(run) || take_short_code(run);
    if (take_hotline(run)) return true;
    if (is_date(run, t_) || is_amount(t_, run)) return false;
    if (is_hidden(run) && is_counting(run.digits())) return false;
    const Meaning meaning = meaning_of(run);
    if (meaning == Meaning::other || (run_on && meaning != Meaning::call)) {
      return false;
    }
    if (!may_ask()) return false;
    const Phone phone = read_written_phone(
        run, scene_.region(),
        {.han = is_han_context(run.range) || is_chinese(run) ||
                says_same_number(t_, run.range.end),
         .asked = meaning == Meaning::call});
    const bool sure = meaning != Meaning::plain && !run_on && !run.odd;
    if (phone.e164.empty() && is_national(run, meaning)) {
      add(run, std::string(run.digits()), false);
      return true;
    }
    if (phone.e164.empty() || (!sure && !phone.valid)) return false;
    // Ten digits in one piece are a number of a register sooner than of a
    // fixed line without its trunk prefix.
    const bool bare = run.groups() == 1 && run.digits()[0] != '0';
    if (meaning == Meaning::plain && bare && phone.fixed) return false;
    add(run, phone.e164, false);
    return true;
  }

  // Each question to libphonenumber counts.
  bool may_ask() {
    if (candidates_++ < kPhoneCandidatesMax) return true;
    found_.cut = true;
    return false;
  }

  enum class Meaning { other, plain, call, international };

  // Of a plan that nobody named: where a call is asked for, and as national
  // numbers are written.
  bool is_national(const NumberRun& run, Meaning meaning) const {
    constexpr size_t kNationalDigitsMax = 13;  // Indonesian ones
    const size_t size = run.digits().size();
    if (!scene_.region().empty() || run.plus) return false;
    if (is_hidden_number(run)) return true;
    if (meaning != Meaning::call) return false;
    if (run.digits()[0] != '0') return is_national_without_zero(run);
    return size >= kNationalDigitsMin && size <= kNationalDigitsMax;
  }

  // Nobody reads out anything else of ten or eleven digits, dresses it or
  // writes letters for them; but children count.
  bool is_hidden_number(const NumberRun& run) const {
    constexpr size_t kAskedMin = 8;
    constexpr size_t kUnaskedMin = 9;
    constexpr size_t kAskedMax = 13;
    const size_t size = run.digits().size();
    if (run.digits().find("12345") <= 1) return false;
    const std::string_view window = context(run.range, kContextBytes);
    const bool asked = is_called(run) || number_words().found_in(window) ||
                       told_words(Saying::write).found_in(window);
    const bool hidden =
        is_hidden(run) || (is_spaced(run) && (asked || is_read_out(run)));
    if (!hidden || (!asked && is_drawn(run.range))) return false;
    return asked ? size >= kAskedMin && size <= kAskedMax
                 : size >= kUnaskedMin && size <= kTellingDigits + 1;
  }

  // "… were the bingo numbers".
  bool is_drawn(Range run) const {
    const Words& words = told_words(Saying::draw);
    return words.found_in(context(run, kContextBytes)) ||
           words.found_in(t_.substr(run.end, kContextBytes));
  }

  // "0 7 7 0 0 9 …", "2 0 2 5 5 5 …": no score and no bits.
  bool is_read_out(const NumberRun& run) const {
    constexpr size_t kDifferent = 5;
    std::string digits(run.digits());
    const bool spaces = scene_.slice(run.range).find_first_not_of(
                            "0123456789 ") == std::string_view::npos;
    const bool ten = digits.size() == kTellingDigits && spaces;
    if (digits[0] != '0' && !ten) return false;
    std::sort(digits.begin(), digits.end());
    digits.erase(std::unique(digits.begin(), digits.end()), digits.end());
    return digits.size() >= kDifferent;
  }

  bool is_hidden(const NumberRun& run) const {
    const How how = scene_.how(run.range);
    return how == How::digit_words || how == How::turned ||
           is_dressed(scene_, run);
  }

  // A figure a line, as mobile numbers begin; scores do not.
  bool is_column(const NumberRun& run) const {
    const bool mobile = run.digits()[0] == '0' || is_cn_mobile(run.digits());
    if (!mobile || !is_spaced(run) || is_drawn(run.range)) return false;
    const std::string_view written = scene_.raw(run.range);
    const auto lines = std::count(written.begin(), written.end(), '\n');
    return static_cast<size_t>(lines) + 1 >= run.groups();
  }

  // A word in front asks for a call, or, behind a column, one does there, or a
  // telephone is drawn there.
  bool is_called(const NumberRun& run) const {
    constexpr std::u32string_view kPhones =
        U"\u260E\u260F\u2706\u2121\U0001F4DE\U0001F4F1\U0001F4F2";
    if (asks_to_call(context(run.range, kContextBytes))) return true;
    if (is_column(run) &&
        asks_to_call(t_.substr(run.range.end, kContextBytes))) {
      return true;
    }
    const std::string_view all = scene_.written();
    constexpr size_t kSignsMax = 3;
    size_t end = scene_.original(run.range).begin;
    for (size_t n = 0; n < kSignsMax && end > 0; ++n) {
      const CodePoint sign = code_point_before(all, end);
      if (kPhones.find(sign.c) != kPhones.npos) return true;
      if (is_word(sign.c) && sign.c != 0xFE0F) return false;
      end -= sign.size;
    }
    return false;
  }

  // "9876500066 पर कॉल करें": the verb behind, as half of the languages have it,
  // in the same clause and with no other number in it.
  bool is_called_behind(const NumberRun& run) const {
    constexpr size_t kReach = 48;
    if (run.digits().size() < kNationalDigitsMin) return false;
    const std::string_view behind = t_.substr(run.range.end, kReach);
    const std::string_view clause =
        behind.substr(0, behind.find_first_of(",.!?;:()\n"));
    return clause.find_first_of("0123456789") == clause.npos &&
           asks_to_call(clause);
  }

  // "\u2460\u2462\u2467", "\u4E00\u4E09\u516B": circled or Chinese digits.
  bool is_chinese(const NumberRun& run) const {
    const char32_t c = code_point_at(scene_.raw(run.range), 0).c;
    return (c >= 0x2460 && c <= 0x24FF) || (c >= 0x3007 && c <= 0x3029) ||
           (c >= 0x3280 && c <= 0x3289) || (c >= 0x4E00 && c <= 0x9FFF);
  }

  // "lh 0901 234 567": a word that may be another, and a trunk zero.
  bool is_rung(const NumberRun& run) const {
    constexpr size_t kSignsMax = 3;
    if (run.digits()[0] != '0' || run.digits().size() < kNationalDigitsMin) {
      return false;
    }
    size_t i = run.range.begin;
    for (size_t n = 0; n < kSignsMax && is_one_of(before(t_, i), " :.-"); ++n) {
      --i;
    }
    return told_before(Saying::ring, t_, i) != 0;
  }

  // "№79000000043".
  bool is_behind_number_sign(Range run) const {
    const std::string_view all = scene_.written();
    size_t end = scene_.original(run).begin;
    if (before(all, end) == ' ') --end;
    return code_point_before(all, end).c == U'\u2116';
  }

  // What the words in front say; the nearer one counts.
  Meaning meaning_of(const NumberRun& run) const {
    if (run.plus) return Meaning::international;
    const std::string_view window = context(run.range, kContextBytes);
    const size_t call = last_call_word(window);
    const size_t other = other_words().last_in(window);
    if (call == window.npos && is_behind_number_sign(run.range)) {
      return Meaning::other;
    }
    const bool glued = is_letter(before(t_, run.range.begin));
    if (glued || is_rung(run) || offers_without_papers(t_, run.range.begin)) {
      return Meaning::call;
    }
    if (call != window.npos && (other == window.npos || call > other)) {
      return Meaning::call;
    }
    if (other != window.npos) return Meaning::other;
    if (number_words().found_in(window)) return Meaning::call;
    if (is_hidden(run) || is_called(run) || is_called_behind(run)) {
      return Meaning::call;
    }
    return run.digits().size() >= kTellingDigits ? Meaning::plain
                                                 : Meaning::other;
  }

  std::string_view context(Range range, size_t bytes) const {
    const size_t begin = range.begin > bytes ? range.begin - bytes : 0;
    return t_.substr(begin, range.begin - begin);
  }

  // A Han character stands before it, or one sign further away.
  bool is_han_context(Range range) const {
    constexpr size_t kSignsMax = 2;
    size_t i = range.begin;
    CodePoint p = code_point_before(t_, i);
    for (size_t n = 0;
         n < kSignsMax && i > 0 && is_one_of(before(t_, i), " :,;/|"); ++n) {
      p = code_point_before(t_, --i);
    }
    // "手机v:".
    if (p.c == U'v' && i != range.begin) p = code_point_before(t_, i - 1);
    return p.c >= 0x4E00 && p.c <= 0x9FFF;
  }

  // "800-555-0100", listed with its country code.
  bool take_american_hotline(const NumberRun& run) {
    if (run.plus || run.digits().size() != kTellingDigits) return false;
    const std::string value = "+1" + std::string(run.digits());
    if (!scene_.registry().official_hotlines.contains(value)) return false;
    add(run, value, true);
    return true;
  }

  // Official short numbers: "10086" always, "123" only when one may call it.
  bool take_hotline(const NumberRun& run) {
    const auto& hotlines = scene_.registry().official_hotlines;
    const std::string_view digits = run.digits();
    std::array<char, kDigitsMax + 1> signed_digits{'+'};
    std::copy(digits.begin(), digits.end(), signed_digits.begin() + 1);
    const std::string_view value =
        run.plus ? std::string_view(signed_digits.data(), digits.size() + 1)
                 : digits;
    if (!hotlines.contains(value)) return take_american_hotline(run);
    if (is_amount(t_, run)) return false;
    // "100.00" is an amount, not 10000.
    const bool whole = run.groups() == 1 || is_spaced(run);
    if (digits.size() < kDigitsMin && !whole) return false;
    // 10000 is a round number too.
    const bool weak = digits.size() <= kShortHotline || digits.ends_with("000");
    if (weak && digits.size() < kDigitsMin) {
      const std::string_view window = context(run.range, kContextBytes);
      const bool han = is_han_context(run.range) && digits.size() > 4;
      if (!han && last_call_word(window) == window.npos) return false;
    }
    add(run, std::string(value), true);
    return true;
  }

  bool take_short_code(const NumberRun& run) {
    const size_t size = run.digits().size();
    if (size < kShortCodeMin || size > kShortCodeMax || run.plus) return false;
    if (run.groups() != 1 || is_amount(t_, run)) return false;
    const std::string_view window = context(run.range, kTextingBytes);
    const Words& words = size == 4 ? text_message_words() : texting_words();
    if (!ends_with_to(window) || !words.found_in(window)) return false;
    const std::string_view digits = run.digits();
    const bool year =
        size == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if (year) return false;
    add(run, std::string(run.digits()), false);
    return true;
  }

  void add(const NumberRun& run, const std::string& value, bool official,
           std::string_view disguise = "") {
    Contact contact;
    contact.span = scene_.original(run.range);
    contact.kind = "phone";
    contact.value = value;
    const auto& hotlines = scene_.registry().official_hotlines;
    contact.official = official || hotlines.contains(value) ||
                       hotlines.contains(run.digits()) ||
                       (value[0] == '+' &&
                        hotlines.contains(std::string_view(value).substr(1)));
    contact.disguise = disguise;
    if (disguise.empty()) {
      contact.disguise =
          is_spaced(run) ? "digit_words" : scene_.disguise(run.range, true);
    }
    contact.wrapped = scene_.is_wrapped(run.range);
    contact.block = scene_.block_of(contact.span);
    scene_.claim(run.range);
    add_contact(found_, std::move(contact));
  }

  Scene& scene_;
  std::string_view t_;
  Followable& found_;
  size_t candidates_ = 0;
  std::vector<NumberPart> parts_;
};

}  // namespace

Phone read_written_phone(const NumberRun& run, std::string_view region,
                         PhoneHints hints) {
  const std::string digits(run.digits());
  if (run.plus) return read_phone("+" + digits, region);
  Phone phone;
  if (!region.empty()) phone = read_phone(digits, region);
  if (phone.valid) return phone;
  const std::string_view home = hints.han ? home_of_mobile(digits) : "";
  if (!home.empty() && (region.empty() || home == "TW")) {
    phone = read_phone(digits, home);
    if (phone.valid) return phone;
  }
  // "0086…", "86138…": the country code without its plus.
  const bool prefix = digits.starts_with("00");
  if (!prefix && !hints.asked) return phone;
  const std::string abroad = digits.substr(prefix ? 2 : 0);
  constexpr size_t kWithCountryMin = 11;
  if (abroad.size() < kWithCountryMin || abroad[0] == '0') return phone;
  const Phone other = read_phone("+" + abroad, "");
  return other.valid ? other : phone;
}

void find_phones(Scene& scene, Followable& found) {
  PhoneFinder(scene, found).run();
}

}  // namespace simwarden
