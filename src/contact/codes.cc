// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/called_numbers.h"
#include "contact/check_digits.h"
#include "contact/finders.h"
#include "spelling/account_rules.h"
#include "spelling/numbers.h"
#include "spelling/prefixes.h"
#include "text/look_around.h"

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
    "coupon ", "area ", "country ", "address "};

// Services of 3GPP TS 22.030 annex B that divert calls, and India's *401.
constexpr std::array<std::string_view, 7> kServices = {"21",  "61",  "62", "67",
                                                       "004", "002", "401"};
// The vertical service codes of North America that do.
constexpr std::array<std::string_view, 4> kVerticalCodes = {"72", "68", "90",
                                                            "92"};
constexpr std::array<std::string_view, 7> kDialWords = {
    "dial", "call", "press", "type", "enter", "拨", "按"};

// Aadhaar numbers have twelve digits, all others more.
constexpr size_t kShortestNumber = 12;

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

const Words& otp_words() {
  static const Words kWords(kOtpWords, Words::Ends::whole);
  return kWords;
}
const Words& other_code_words() {
  static const Words kWords(kOtherCodes, Words::Ends::anywhere);
  return kWords;
}
const Words& dial_words() {
  static const Words kWords(kDialWords, Words::Ends::whole);
  return kWords;
}

class CodeFinder {
 public:
  CodeFinder(Scene& scene, Followable& found, bool one_time)
      : scene_(scene), t_(scene.text()), found_(found), one_time_(one_time) {}

  void run() {
    size_t done = 0;
    for (const Lead& lead : scene_.leads()) {
      const bool digits = lead.kind == LeadKind::digits;
      const bool star = lead.kind == LeadKind::star && !one_time_;
      if ((!digits && !star) || lead.at < done) continue;
      if (found_.codes.size() >= kCodesMax) {
        found_.cut = true;
        return;
      }
      done = std::max(done, star ? call_forward(lead.at) : look(lead.at));
    }
  }

 private:
  // Where the code ends that the digits at `i` belong to; `i` when to none.
  size_t look(size_t i) {
    if (one_time_) return one_time(i);
    if (t_[i] == '1' && at(t_, i + 1) == '$') {
      const size_t space = before(t_, i) == ' ' ? i - 1 : i;
      constexpr std::string_view kPrefix = "lpa:";
      const bool prefix = space >= kPrefix.size() &&
                          starts_at(t_, space - kPrefix.size(), kPrefix);
      return activation(prefix ? space - kPrefix.size() : i, i);
    }
    if (const size_t sim = sim_before(i); sim != i) {
      const size_t end = swap_sms(sim, i);
      if (end != sim) return end;
    }
    return number(i);
  }

  // "sim 8991…", "sim:8991…": where "sim" begins, or `i`.
  size_t sim_before(size_t i) const {
    const size_t end = is_one_of(before(t_, i), " :") ? i - 1 : i;
    constexpr std::string_view kSim = "sim";
    const bool there = end >= kSim.size() &&
                       starts_at(t_, end - kSim.size(), kSim) &&
                       !is_alnum(before(t_, end - kSim.size()));
    return there ? end - kSim.size() : i;
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

  // 3GPP TS 22.030, 6.5: **21*number#; *401*number in India; *72 and the
  // number in North America.
  size_t call_forward(size_t i) {
    if (is_digit(before(t_, i))) return i;
    size_t k = at(t_, i + 1) == '*' ? i + 2 : i + 1;
    const size_t service = k;
    k = digits_end(t_, k);
    const std::string_view code = t_.substr(service, k - service);
    const bool vertical = service == i + 1 && is_one_of(code, kVerticalCodes);
    if (vertical && at(t_, k) != '*') return vertical_code(i, k);
    if (!is_one_of(code, kServices) || at(t_, k) != '*') return i;
    const size_t number = at(t_, k + 1) == '+' ? k + 2 : k + 1;
    size_t end = forwarded_to(number);
    if (end == number) return i;
    while (at(t_, end) == '*' && is_digit(at(t_, end + 1))) {
      end = digits_end(t_, end + 1);
    }
    if (at(t_, end) == '#') ++end;
    return add({i, end}, "call_forward");
  }

  // Where the number ends that calls are sent to; `begin` when it is none. In
  // groups only up to the "#" that ends the code.
  size_t forwarded_to(size_t begin) const {
    constexpr size_t kDigitsMin = 5;
    constexpr size_t kDigitsMax = 15;
    constexpr size_t kGroupedMax = 24;
    const size_t end = digits_end(t_, begin);
    size_t digits = 0;
    size_t k = begin;
    for (; k - begin < kGroupedMax; ++k) {
      const bool between = is_one_of(at(t_, k), " -") && k > begin;
      if (!is_digit(at(t_, k)) && !between) break;
      digits += between ? 0 : 1;
    }
    const bool grouped =
        at(t_, k) == '#' && digits >= kDigitsMin && digits <= kDigitsMax;
    if (grouped) return k;
    return end - begin < kDigitsMin || end - begin > kDigitsMax ? begin : end;
  }

  // "*72 202 555 0123", "dial *72": `end` stands behind the code.
  size_t vertical_code(size_t i, size_t end) {
    size_t k = end;
    while (k < end + 3 && is_one_of(at(t_, k), " ,#-")) ++k;
    const NumberRun run = read_number(t_, k);
    constexpr size_t kForwardToMin = 7;
    if (run.digits().size() >= kForwardToMin) {
      return add({i, run.range.end}, "call_forward");
    }
    constexpr size_t kReach = 16;
    const size_t from = i > kReach ? i - kReach : 0;
    const bool dial = dial_words().found_in(t_.substr(from, i - from));
    return dial && !is_alnum(at(t_, end)) ? add({i, end}, "call_forward") : i;
  }

  // "SIM 8991…" to 121: the text message that swaps a card in India.
  size_t swap_sms(size_t i, size_t digits) {
    size_t k = digits_end(t_, digits);
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
    if (is_alnum(before(t_, i)) || is_one_of(before(t_, i), "+*$")) return i;
    const NumberRun run = read_number(t_, i);
    if (run.digits().size() < kShortestNumber) return run.range.end;
    Range range = run.range;
    const std::string_view kind = kind_of(run, range);
    if (!kind.empty() && !scene_.is_claimed(range)) {
      return add(range, std::string(kind));
    }
    return i;
  }

  // The kind of a long number; `range` may grow by a check letter.
  std::string_view kind_of(const NumberRun& run, Range& range) const {
    const std::string_view d = run.digits();
    const char next = at(t_, range.end);
    const bool ends = !is_alnum(next);
    const bool iin = starts_at(d, 0, "89");
    if (iin && ends && d.size() == 32 && is_eid(d)) return "eid";
    if (iin && (d.size() == 19 || d.size() == 20) && is_iccid(d)) {
      if (next == 'f' && !is_alnum(at(t_, range.end + 1))) ++range.end;
      return ends || next == 'f' ? "iccid" : "";
    }
    if (d.size() == 15) return ends && is_named_imei(d, range) ? "imei" : "";
    if (d.size() == 12)
      return ends && is_grouped_aadhaar(run) ? "id_number" : "";
    return resident_id(run, range);
  }

  // One number in ten has the check digit: the word must stand beside it.
  bool is_named_imei(std::string_view digits, Range range) const {
    constexpr size_t kReach = 16;
    const size_t from = range.begin > kReach ? range.begin - kReach : 0;
    const std::string_view left = t_.substr(from, range.begin - from);
    return left.find("imei") != left.npos && is_imei(digits);
  }

  static bool is_grouped_aadhaar(const NumberRun& run) {
    return run.groups() == 3 && run.group_size(0) == 4 &&
           run.group_size(1) == 4 && is_aadhaar(run.digits());
  }

  // In one piece, or as place, date of birth and the rest.
  std::string_view resident_id(const NumberRun& run, Range& range) const {
    const std::string_view d = run.digits();
    const bool with_x = d.size() == 17 && at(t_, range.end) == 'x';
    if (d.size() != 18 && !with_x) return "";
    const bool parted =
        run.groups() == 3 && run.group_size(0) == 6 && run.group_size(1) == 8;
    if (run.groups() != 1 && !parted) return "";
    const size_t end = with_x ? range.end + 1 : range.end;
    if (is_alnum(at(t_, end))) return "";
    std::array<char, 18> number{};
    std::copy(d.begin(), d.end(), number.begin());
    if (with_x) number[17] = 'x';
    const std::string_view text(number.data(), number.size());
    if (!is_cn_resident_id(text) || !has_birth_date(text)) return "";
    range.end = end;
    return "id_number";
  }

  // 4 to 8 digits, "123456" or "123-456", with a word for it in reach.
  size_t one_time(size_t i) {
    size_t end = digits_end(t_, i);
    if (is_alnum(before(t_, i)) || is_one_of(before(t_, i), "+*$")) return end;
    const size_t called = called_number_end(scene_, i);
    if (called != i) return called;
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
    if (scene_.registry().official_hotlines.contains(scene_.slice(range))) {
      return end;
    }
    // "Text JOIN to 80082 to verify" names a number.
    constexpr std::string_view kTo = " to ";
    const bool to = i >= kTo.size() && starts_at(t_, i - kTo.size(), kTo);
    if (to || is_behind_country(i) || !has_otp_word(range)) return end;
    return add(range, "otp");
  }

  // "+86 138 0013 8000": a group of a number with its country's code.
  bool is_behind_country(size_t i) const {
    constexpr size_t kReach = 20;
    const size_t stop = i > kReach ? i - kReach : 0;
    while (i > stop && (is_digit(t_[i - 1]) || is_one_of(t_[i - 1], " -()."))) {
      --i;
    }
    return before(t_, i) == '+';
  }

  bool has_otp_word(Range range) const {
    const size_t begin = range.begin > kOtpReach ? range.begin - kOtpReach : 0;
    const std::string_view left = t_.substr(begin, range.begin - begin);
    const std::string_view right = t_.substr(range.end, kOtpReach);
    if (other_code_words().found_in(left)) return false;
    // "代接验证码，QQ 123456": the number of an account.
    if (is_behind_number_label(t_, range.begin)) return has_word(right);
    return otp_words().found_in(left) || has_word(right) ||
           is_bound_to_host(range);
  }

  static bool has_word(std::string_view window) {
    return !other_code_words().found_in(window) && otp_words().found_in(window);
  }

  // "@demo.test #123456": a code for the pages of one host (WICG,
  // origin-bound one-time codes).
  bool is_bound_to_host(Range range) const {
    if (before(t_, range.begin) != '#' || before(t_, range.begin - 1) != ' ') {
      return false;
    }
    size_t i = range.begin - 2;
    constexpr size_t kHostReach = 64;
    const size_t stop = i > kHostReach ? i - kHostReach : 0;
    while (i > stop && is_host_char(before(t_, i))) --i;
    return before(t_, i) == '@';
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
