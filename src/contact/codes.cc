// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/check_digits.h"
#include "contact/finders.h"
#include "contact/numbers.h"

// Codes that hand over a line when given away, and numbers that are nobody's
// business. Each has a check digit or a fixed shape and is looked for before
// links; one-time codes need only a word beside them and come after.
namespace simwarden {
namespace {

// A text with more is a table; they are masked anyway.
constexpr size_t kCodesMax = 1000;
constexpr size_t kOtpReach = 32;  // bytes between the word and the digits

// "code" in many languages; only those that stand in honest one-time
// messages of operators and banks.
constexpr std::array<std::string_view, 20> kOtpWords = {
    "otp",      "code",     "passcode", "verification", "verify",
    "one-time", "one time", "tac",      "pin",          "código",
    "codigo",   "kode",     "код",      "رمز",          "验证码",
    "校验码",   "动态码",   "激活码",   "인증번호",     "确认コード"};

constexpr std::array<std::string_view, 8> kOtherCodes = {
    "zip ",    "post",  "promo ",   "discount ",
    "coupon ", "area ", "country ", "dress "};

// A birth date stands in a resident number, behind the place of birth; the
// check digit alone lets one order number in eleven through.
bool has_birth_date(std::string_view digits) {
  const auto number = [&](size_t from, size_t size) {
    int value = 0;
    for (const char c : digits.substr(from, size)) value = value * 10 + c - '0';
    return value;
  };
  const int year = number(6, 4);
  const int month = number(10, 2);
  const int day = number(12, 2);
  return digits[0] != '0' && year >= 1900 && year <= 2099 && month >= 1 &&
         month <= 12 && day >= 1 && day <= 31;
}

size_t digits_end(std::string_view t, size_t i) {
  while (is_digit(at(t, i))) ++i;
  return i;
}

bool is_host_char(char c) {
  return is_alnum(c) || is_one_of(c, "-.");
}

// Bytes that a code may begin with.
constexpr std::array<bool, 256> kBegins = [] {
  std::array<bool, 256> begins{};
  for (const char c : std::string_view("0123456789l*s")) {
    begins[static_cast<unsigned char>(c)] = true;
  }
  return begins;
}();

class CodeFinder {
 public:
  CodeFinder(Scene& scene, Followable& found, bool one_time)
      : scene_(scene), t_(scene.text()), found_(found), one_time_(one_time) {}

  void run() {
    size_t i = 0;
    while (i < t_.size() && found_.codes.size() < kCodesMax) {
      const bool begins = kBegins[static_cast<unsigned char>(t_[i])];
      i = begins ? std::max(look(i), i + 1) : i + 1;
    }
    found_.cut = found_.cut || i < t_.size();
  }

 private:
  // Where the code ends that begins at `i`; `i` when none does.
  size_t look(size_t i) {
    const char c = t_[i];
    if (one_time_) return is_digit(c) ? one_time(i) : i;
    if (c == 'l' && starts_at(t_, i, "lpa:1$")) return activation(i, i + 4);
    if (c == '1' && at(t_, i + 1) == '$') return activation(i, i);
    if (c == '*') return call_forward(i);
    if (c == 's' && starts_at(t_, i, "sim")) return swap_sms(i);
    if (is_digit(c)) return number(i);
    return i;
  }

  // SGP.22, 4.1: 1$host$id, with or without LPA: in front.
  size_t activation(size_t begin, size_t one) {
    if (is_alnum(before(t_, begin)) || before(t_, begin) == '$') return begin;
    size_t end = one + 2;
    const size_t host = end;
    while (is_host_char(at(t_, end))) ++end;
    const bool dotted = t_.substr(host, end - host).find('.') != t_.npos;
    if (!dotted || at(t_, end) != '$') return begin;
    const size_t id = ++end;
    while (is_alnum(at(t_, end)) || is_one_of(at(t_, end), "-$.")) ++end;
    while (end > id && t_[end - 1] == '.') --end;
    constexpr size_t kIdMin = 4;
    if (one == begin && end - id < kIdMin) return begin;
    return add({begin, end}, "activation_code");
  }

  // 3GPP TS 22.030, 6.5: **21*number#; *401*number in India.
  size_t call_forward(size_t i) {
    size_t k = at(t_, i + 1) == '*' ? i + 2 : i + 1;
    const size_t service = k;
    k = digits_end(t_, k);
    constexpr std::array<std::string_view, 7> kServices = {
        "21", "61", "62", "67", "004", "002", "401"};
    const std::string_view code = t_.substr(service, k - service);
    if (std::find(kServices.begin(), kServices.end(), code) ==
        kServices.end()) {
      return i;
    }
    if (at(t_, k) != '*') return i;
    const size_t number = at(t_, k + 1) == '+' ? k + 2 : k + 1;
    size_t end = digits_end(t_, number);
    if (end - number < 5 || end - number > 15) return i;
    if (at(t_, end) == '*') end = digits_end(t_, end + 1);
    if (at(t_, end) == '#') ++end;
    return add({i, end}, "call_forward");
  }

  // "SIM 8991…" to 121: the text message that swaps a card in India.
  size_t swap_sms(size_t i) {
    if (is_alnum(before(t_, i))) return i;
    size_t k = i + 3;
    if (is_one_of(at(t_, k), " :")) ++k;
    const size_t digits = k;
    k = digits_end(t_, k);
    if (k - digits < 18 || k - digits > 20) return i;
    if (at(t_, k) == 'f') ++k;
    while (is_one_of(at(t_, k), " \"'),")) ++k;
    for (const std::string_view to : {"to ", "at ", "发送到", "发到", "到"}) {
      if (!starts_at(t_, k, to)) continue;
      const size_t target =
          at(t_, k + to.size()) == ' ' ? k + to.size() + 1 : k + to.size();
      const size_t end = digits_end(t_, target);
      if (end - target < 3 || end - target > 6) return i;
      return add({i, end}, "sim_swap_sms");
    }
    return i;
  }

  size_t number(size_t i) {
    if (is_alnum(before(t_, i)) || is_one_of(before(t_, i), "+*$")) {
      return digits_end(t_, i);
    }
    const NumberRun run = read_number(t_, i);
    Range range = run.range;
    const std::string_view kind = kind_of(run, range);
    if (!kind.empty() && !scene_.is_claimed(range)) {
      return add(range, std::string(kind));
    }
    return digits_end(t_, i);
  }

  // The kind of a long number; `range` may grow by a check letter.
  std::string_view kind_of(const NumberRun& run, Range& range) const {
    const std::string& d = run.digits;
    const char next = at(t_, range.end);
    const bool ends = !is_alnum(next);
    const bool iin = starts_at(d, 0, "89");
    if (iin && ends && d.size() == 32 && is_eid(d)) return "eid";
    if (iin && (d.size() == 19 || d.size() == 20) && is_iccid(d)) {
      if (next == 'f' && !is_alnum(at(t_, range.end + 1))) ++range.end;
      return ends || next == 'f' ? "iccid" : "";
    }
    if (run.groups.size() == 1) return resident_id(d, range);
    const bool aadhaar = d.size() == 12 && run.groups.size() == 3 && ends &&
                         run.groups[0].end - run.groups[0].begin == 4 &&
                         run.groups[1].end - run.groups[1].begin == 4;
    return aadhaar && is_aadhaar(d) ? "id_number" : "";
  }

  std::string_view resident_id(std::string_view d, Range& range) const {
    const bool with_x = d.size() == 17 && at(t_, range.end) == 'x';
    if (d.size() != 18 && !with_x) return "";
    const size_t end = with_x ? range.end + 1 : range.end;
    if (is_alnum(at(t_, end))) return "";
    const std::string number = std::string(d) + (with_x ? "x" : "");
    if (!is_cn_resident_id(number) || !has_birth_date(number)) return "";
    range.end = end;
    return "id_number";
  }

  // 4 to 8 digits, "123456" or "123-456", with a word for it in reach.
  size_t one_time(size_t i) {
    size_t end = digits_end(t_, i);
    if (is_alnum(before(t_, i)) || is_one_of(before(t_, i), "+*$")) return end;
    size_t count = end - i;
    const bool halves = count == 3 && is_one_of(at(t_, end), "- ") &&
                        digits_end(t_, end + 1) == end + 4;
    if (halves) {
      end += 4;
      count = 6;
    }
    const Range range{i, end};
    if (count < 4 || count > 8 || scene_.is_claimed(range)) return end;
    if (is_alnum(at(t_, end)) || is_one_of(at(t_, end), "%$*#_@")) return end;
    const bool fraction =
        is_one_of(at(t_, end), ".,:/") && is_digit(at(t_, end + 1));
    const bool fraction_left =
        is_one_of(before(t_, i), ".,:/") && is_digit(before(t_, i - 1));
    if (fraction || fraction_left) return end;
    const std::string digits(scene_.slice(range));
    if (scene_.registry().official_hotlines.count(digits) != 0) return end;
    if (!has_otp_word(range)) return end;
    return add(range, "otp");
  }

  bool has_otp_word(Range range) const {
    const size_t begin = range.begin > kOtpReach ? range.begin - kOtpReach : 0;
    const std::string_view left = t_.substr(begin, range.begin - begin);
    const std::string_view right = t_.substr(range.end, kOtpReach);
    return has_word(left) || has_word(right);
  }

  static bool has_word(std::string_view window) {
    const bool other = std::any_of(
        kOtherCodes.begin(), kOtherCodes.end(),
        [&](auto word) { return window.find(word) != window.npos; });
    if (other) return false;
    return std::any_of(kOtpWords.begin(), kOtpWords.end(), [&](auto word) {
      const size_t i = window.find(word);
      if (i == window.npos) return false;
      if (!is_ascii(word[0])) return true;
      return !is_alnum(before(window, i)) &&
             !is_letter(at(window, i + word.size()));
    });
  }

  size_t add(Range range, std::string kind) {
    scene_.claim(range);
    found_.codes.push_back({scene_.original(range), std::move(kind)});
    return range.end;
  }

  Scene& scene_;
  std::string_view t_;
  Followable& found_;
  bool one_time_;
};

}  // namespace

void find_codes(Scene& scene, Followable& found) {
  CodeFinder(scene, found, false).run();
}

void find_one_time_codes(Scene& scene, Followable& found) {
  CodeFinder(scene, found, true).run();
}

}  // namespace simwarden
