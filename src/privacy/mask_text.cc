// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <functional>
#include <iterator>

#include <re2/re2.h>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "privacy/masks.h"
#include "privacy/number_runs.h"
#include "privacy/signs.h"

// Free text, masked in four steps over one row of flags, a flag a byte:
//
//   1 spare    what must stay readable: hosts, handles, dates, digests, amounts
//   2 secrets  e-mail local parts, eSIM activation codes, and QR codes drawn
//              with signs, which could be scanned from the page
//   3 numbers  runs of digits of any script, with the separators that people
//              write between them: 7 and more are a telephone, document, card
//              or SIM number and keep their last two; any that stands beside a
//              code word is a one-time code and keeps nothing
//   4 tokens   codes with letters ("AB12-CD34") beside a code word
//
// Where in doubt a number is hidden: a report with one star too many can be
// read, a leaked number cannot be taken back.
// Cost: a fixed number of passes by RE2, linear in the text.

namespace simwarden {
namespace {

using re2::RE2;
using re2::StringPiece;

// "2026-1-1"; a shorter one is none.
constexpr size_t kDateDigits = 6;
// A telephone number without its area has 7 digits or more; the short numbers
// of operators and hotlines have fewer.
constexpr size_t kLongDigits = 7;
// Fewer digits are no code ("step 2 of the code").
constexpr size_t kCodeDigits = 3;
constexpr size_t kVisibleDigits = 2;
constexpr size_t kAmountDigits = 9;
// Code points between a code word and its code: "your demo verification code
// for the new device is 123456".
constexpr size_t kBesideMax = 40;
// A six-digit number is a code even across a comma ("code: see below,
// 123456"); shorter ones may be hotlines and must stand in the same clause.
constexpr size_t kLikelyCodeDigits = 6;
// An excerpt is masked with at least this many bytes on both sides.
constexpr size_t kSurroundings = 512;
// Longer is no host and no handle. What is spared hangs on no more than the
// surroundings: more of a text hides more.
constexpr size_t kSparedMax = kSurroundings;
// Excerpts that begin in the same so many bytes are masked together: a flagged
// mail has a dozen in a few thousand. More, and one in a long text is dear.
constexpr size_t kStretch = 2048;
// Bytes of a usual excerpt, and one character behind its cut.
constexpr size_t kExcerptBytes = size_t{4} * (160 + 1);

// Flags, one a byte of a text; empty when none is set.
using Hidden = std::vector<char>;

size_t next_code_point(std::string_view text, size_t at) {
  ++at;
  while (at < text.size() && is_continuation(text[at])) ++at;
  return at;
}

size_t previous_code_point(std::string_view text, size_t at) {
  --at;
  while (at > 0 && is_continuation(text[at])) --at;
  return at;
}

// What of a match is meant. RE2 finds whole matches several times faster than
// groups.
enum class Part : uint8_t { whole, group };

// Every match, or its first group, from left to right. The search goes on
// behind the group, not behind the match, so that what a pattern wants to see
// after its group can be what the next match begins with.
// REQUIRES: the part is never empty.
std::vector<ByteRange> find_ranges(const RE2& pattern, std::string_view text,
                                   Part part = Part::whole) {
  std::vector<ByteRange> ranges;
  StringPiece found[2];
  const size_t which = part == Part::group ? 1 : 0;
  size_t from = 0;
  while (pattern.Match(text, from, text.size(), RE2::UNANCHORED, found,
                       int(which) + 1)) {
    const size_t begin = size_t(found[which].data() - text.data());
    ranges.push_back({begin, begin + found[which].size()});
    from = ranges.back().end;
  }
  return ranges;
}

// Words that a code stands beside. Those in ASCII need a word boundary.
const RE2& code_words() {
  static const RE2 pattern(
      "(?i)((?:\\b|_)(?:otps?|pins?|puk2?s?|m-?pins?|tac|tan|cvv2?|cvc2?|"
      "c[o0]des?|passcodes?|passwords?|passwort|kennwort|wachtwoord|pwd|kode|"
      "kod|kodu|kodunuz|codice|clave|senha|one[- ]time|verification)"
      "(?:\\b|[0-9_])|(?:ungs|heits|pr(?:ü|ue)f|freischalt|zugangs|einmal|"
      "verifierings|säkerhets|engangs|toegangs)(?:code|kod)|"
      "口令|c[oó]digos?|contrase[nñ]a|mã|mật khẩu|รหัส|"
      "mot de passe|验证码|校验码|驗證碼|驗証碼|验証码|验证碼|校驗碼|认证码|"
      "認證碼|認証碼|安全码|安全碼|识别码|識別碼|动态码|動態碼|随机码|"
      "确认码|確認碼|授权码|激活码|啟動碼|啟用碼|短信码|动态密码|密码|密碼|"
      "код|пароль|пин|رمز|كود|كلمة المرور|ओटीपी|कोड|पासवर्ड|ওটিপি|ஓடிபி|ఓటీపీ|"
      "인증번호|인증 번호|비밀번호|코드|コード|暗証番号|認証番号|パスワード|"
      "şifre|doğrulama|κωδικ|ｏｔｐ|ｐｉｎ|ｃｏｄｅ|ｐａｓｓｗｏｒｄ)");
  return pattern;
}

class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text), has_(text) {}

  std::string run_codes(std::span<const Secret> secrets) {
    only_codes_ = true;
    for (const Secret& secret : secrets) {
      if (secret.is == Secret::Is::code) {
        set(hidden_, {secret.begin, secret.end});
      }
    }
    hide_drawings();
    hide_profiles();
    hide_all_digits();
    return write_codes();
  }

  // A byte each: not 0 where it is hidden; empty when none is.
  Hidden run() {
    hide_drawings();
    hide_profiles();
    hide_emails();
    hide_all_digits();
    return std::move(hidden_);
  }

 private:
  void hide_all_digits() {
    if (has_.digits() == 0) return;
    words_ = find_ranges(code_words(), text_);
    if (words_.empty() && has_.digits() < kLongDigits) return;
    spare();
    hide_numbers();
    hide_tokens();
  }

  // In most texts nothing is.
  void set(Hidden& flags, ByteRange range) {
    if (flags.empty()) flags.resize(text_.size());
    std::memset(flags.data() + range.begin, 1, range.end - range.begin);
  }
  static bool is_set(const Hidden& flags, size_t at) {
    return !flags.empty() && flags[at] != 0;
  }

  void spare_all(const RE2& pattern, Part part = Part::whole) {
    for (const ByteRange& range : find_ranges(pattern, text_, part)) {
      if (range.end - range.begin <= kSparedMax) set(spared_, range);
    }
  }

  void spare() {
    static const RE2 handles(
        "(?:^|[^A-Za-z0-9._%+-])(@[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*)");
    static const RE2 dates(
        "(?:^|[^\\p{Nd}.-])((?:19|20)\\p{Nd}{2}(?:-[01]?\\p{Nd}-|/[01]?\\p{Nd}/"
        "|\\.[01]?\\p{Nd}\\.)[0-3]?\\p{Nd})(?:[^\\p{Nd}-]|$)");
    if (has_.may_be_host()) spare_hosts();
    if (has_.may_be_address()) spare_all(handles, Part::group);
    if (has_.digits() >= kDateDigits) spare_all(dates, Part::group);
    static const RE2 named_digests(
        "(?i)\\bsha-?256[=: ]{1,3}([0-9a-f]{64})(?:[^0-9a-z]|$)");
    if (text_.find("256") != text_.npos) spare_all(named_digests, Part::group);
    spare_amounts();
  }

  // A host without a scheme has a letter in every label: "call
  // 5555550101.Thanks" is no host. Letters are those of ASCII: without regard
  // to case RE2 takes ſ for one, and a number beside it would stay.
  void spare_hosts() {
    static const RE2 hosts(
        "((?:[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*\\.)+"
        "[A-Za-z][A-Za-z0-9-]*[A-Za-z]|"
        "\\b(?i:https?|hxxps?|ftp)://[^\\s/?#@，。）]+)");
    for (const ByteRange& range : find_ranges(hosts, text_)) {
      const bool user = range.end < text_.size() && text_[range.end] == '@';
      if (user || range.end - range.begin > kSparedMax) continue;
      set(spared_, range);
    }
  }

  void spare_amounts() {
    static const RE2 priced(
        "([¥￥$€£₹₦₱฿₩] ?\\p{Nd}{1,9}(?:[,.]\\p{Nd}{1,9})*)(?:\\P{Nd}|$)");
    static const RE2 counted(
        "(?i)(?:^|\\P{Nd})(\\p{Nd}{1,9}(?:[,.]\\p{Nd}{1,9})* ?"
        "(?:(?:yuan|rmb|cny|usd|eur|dollars?|euros?)\\b|元|圆|块|円|원))");
    if (has_.may_be_priced()) add_amounts(priced);
    if (has_.may_be_counted()) add_amounts(counted);
  }

  void add_amounts(const RE2& pattern) {
    for (const ByteRange& range : find_ranges(pattern, text_, Part::group)) {
      const ByteRange number = from_digit_to_digit(range);
      if (is_amount(number)) {
        set(amounts_, number);
      } else {
        no_amounts_.push_back(number);
      }
    }
  }

  ByteRange from_digit_to_digit(ByteRange range) const {
    ByteRange number{range.end, range.end};
    for (size_t at = range.begin; at < range.end;) {
      const size_t begin = at;
      if (!is_any_digit(take_code_point(text_, at))) continue;
      number = {std::min(number.begin, begin), at};
    }
    return number;
  }

  // Up to nine digits in all, in groups of three or none: a telephone number
  // with its area has ten, and "$13800138000" or "138.0013.8000元" is no price.
  bool is_amount(ByteRange number) const {
    static const RE2 amounts(
        "\\p{Nd}{1,3}(?:,\\p{Nd}{3}){1,2}(?:\\.\\p{Nd}{1,2})?|"
        "\\p{Nd}{1,3}(?:\\.\\p{Nd}{3}){1,2}(?:,\\p{Nd}{1,2})?|"
        "\\p{Nd}{1,2}(?:,\\p{Nd}{2}){1,3},\\p{Nd}{3}|"  // "₹12,34,567"
        "\\p{Nd}{1,9}(?:[.,]\\p{Nd}{1,2})?");
    constexpr size_t kMarksMax = 4;  // between the digits
    const std::string_view text =
        text_.substr(number.begin, number.end - number.begin);
    const auto marks = size_t(std::count_if(
        text.begin(), text.end(), [](char c) { return c == '.' || c == ','; }));
    return marks <= kMarksMax &&
           count_characters(text) - marks <= kAmountDigits &&
           RE2::FullMatch(text, amounts);
  }

  void hide_emails() {
    if (!has_.may_be_address()) return;
    static const RE2 emails(
        "(?i)([\\p{L}\\p{N}._%+-]+)[@＠﹫][\\p{L}\\p{N}-]+"
        "(?:[.．][\\p{L}\\p{N}]|[。｡][A-Za-z])");
    for (const ByteRange& range : find_ranges(emails, text_, Part::group)) {
      const std::string_view local =
          text_.substr(range.begin, range.end - range.begin);
      const bool shown = count_characters(local) >= kAddressShownMin;
      set(hidden_, {shown ? next_code_point(text_, range.begin) : range.begin,
                    range.end});
    }
  }

  // Lines of nothing but the signs that codes are drawn with. Fewer are a rule
  // or a table.
  void hide_drawings() {
    if (!may_hold_drawing(text_)) return;
    static const RE2 drawings(
        "(?m)((?:^[ #@*%&+XxMWHO01.\\-_:\\x{a0}\\x{2003}\\x{2580}-\\x{25a1}"
        "\\x{25fb}\\x{25fc}\\x{2800}-\\x{28ff}\\x{2b1b}\\x{2b1c}\\x{3000}"
        "\\x{1f532}\\x{1f533}\\x{1f7e5}-\\x{1f7eb}]{8,}(?:\\r?\\n|\\z)){4,})");
    for (const ByteRange& range : find_ranges(drawings, text_)) {
      set(hidden_, range);
      set(spared_, range);
    }
  }

  void hide_profiles() {
    if (!has_.may_be_profile()) return;
    // Signs may be full-width or escapes of HTML or of a link, and what nobody
    // sees may stand between them.
    static const std::string unseen =
        "[\\x{ad}\\x{34f}\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}"
        "\\x{2060}-\\x{206f}\\x{fe00}-\\x{fe0f}\\x{feff}]*";
    static const std::string dollar =
        unseen + "(?:[$＄﹩]|%24|&#0{0,5}36;|&#x0{0,4}24;|&dollar;)";
    static const std::string rest =
        "[a-z0-9.$＄﹩:_\\-%&#;０-９ａ-ｚ．：＿－\\x{ad}\\x{34f}"
        "\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}\\x{2060}-\\x{206f}"
        "\\x{fe00}-\\x{fe0f}\\x{feff}]";
    static const std::string prefix = "[lｌ]" + unseen + "[pｐ]" + unseen +
                                      "[aａ]" + unseen +
                                      "(?:[:：]|%3a|&#0{0,5}58;|&colon;) ?";
    static const RE2 profiles("(?i)((?:" + prefix + unseen + ")?[1１]" +
                              dollar + rest + "*?" + dollar + rest + "*|" +
                              prefix + rest + "+)");
    for (const ByteRange& range : find_ranges(profiles, text_)) {
      set(hidden_, range);
    }
  }

  // Code points from `begin` to `end`, given up at kBesideMax; `same_clause`
  // also gives up at the end of a clause.
  bool is_near(size_t begin, size_t end, bool same_clause) const {
    size_t count = 0;
    for (size_t at = begin; at < end; at = next_code_point(text_, at)) {
      if (++count > kBesideMax) return false;
      if (same_clause && ends_clause(at)) return false;
    }
    return true;
  }

  bool ends_clause(size_t at) const {
    static constexpr std::string_view kMarks[] = {
        ",", ";", "!", "?", "\n", "，", "。", "；", "！", "？", "、", "،"};
    const std::string_view rest = text_.substr(at);
    if (rest.size() > 1 && rest[0] == '.' && rest[1] == ' ') return true;
    return std::any_of(
        std::begin(kMarks), std::end(kMarks),
        [rest](std::string_view mark) { return rest.starts_with(mark); });
  }

  bool is_beside_code_word(ByteRange range, bool same_clause) const {
    const auto after = std::lower_bound(
        words_.begin(), words_.end(), range.begin,
        [](const ByteRange& word, size_t at) { return word.begin < at; });
    if (after != words_.begin() &&
        is_near(std::prev(after)->end, range.begin, same_clause)) {
      return true;
    }
    return after != words_.end() &&
           is_near(range.end, after->begin, same_clause);
  }

  // Where the digits of a run begin; none that is spared or hidden already. An
  // amount is spared that does not look like the end of a longer number
  // ("138-0013-8000元").
  std::vector<size_t> digits_of(ByteRange run) const {
    std::vector<size_t> begins;
    std::vector<size_t> outside;  // of amounts
    for (size_t at = run.begin; at < run.end;) {
      const size_t begin = at;
      const size_t digit = digit_size(text_, at);
      at = digit > 0 ? at + digit : behind_other(at);
      if (digit == 0) continue;
      if (is_set(spared_, begin) || is_set(hidden_, begin)) continue;
      begins.push_back(begin);
      if (!is_set(amounts_, begin)) outside.push_back(begin);
    }
    const bool longer = !outside.empty() && begins.size() > kAmountDigits;
    return longer ? begins : outside;
  }

  // Behind what is no digit.
  size_t behind_other(size_t at) const {
    if (const size_t escape = escape_size(text_, at)) return at + escape;
    return next_code_point(text_, at);
  }

  // Of a digit or a check letter.
  size_t behind(size_t at) const {
    const size_t digit = digit_size(text_, at);
    return digit > 0 ? at + digit : next_code_point(text_, at);
  }

  // A Chinese identity number may end in an X in place of its last digit.
  void add_check_letter(ByteRange run, std::vector<size_t>& begins) const {
    constexpr size_t kDigitsBeforeX = 17;
    if (begins.size() != kDigitsBeforeX || run.end >= text_.size()) return;
    const std::string_view rest = text_.substr(run.end);
    if (rest[0] == 'x' || rest[0] == 'X' || rest.starts_with("Ｘ")) {
      begins.push_back(run.end);
    }
  }

  // No code begins with a plus: "send the code to +86 138 …".
  bool is_international(const std::vector<size_t>& begins) const {
    if (begins.size() <= kLongDigits || begins.front() == 0) return false;
    const size_t before = previous_code_point(text_, begins.front());
    const std::string_view rest = text_.substr(before);
    return rest[0] == '+' || rest.starts_with("＋");
  }

  void hide_numbers() {
    if (has_.digits() < kCodeDigits) return;
    for (const ByteRange& run : find_number_runs(text_)) hide_number(run);
    for (const ByteRange& run : no_amounts_) hide_number(run);
  }

  void hide_number(ByteRange run) {
    std::vector<size_t> begins = digits_of(run);
    if (begins.size() < kCodeDigits) return;
    const bool short_number = begins.size() < kLikelyCodeDigits;
    const bool code = is_beside_code_word(run, short_number);
    if (!code && (only_codes_ || begins.size() < kLongDigits)) return;
    if (only_codes_ && is_international(begins)) return;
    if (only_codes_) {
      set(hidden_, {begins.front(), behind(begins.back())});
      return;
    }
    add_check_letter(run, begins);
    const size_t visible = code ? 0 : kVisibleDigits;
    for (size_t i = 0; i + visible < begins.size(); ++i) {
      set(hidden_, {begins[i], behind(begins[i])});
    }
  }

  static bool is_latin(char c) { return is_digit(c) || is_ascii_letter(c); }

  // [A-Za-z0-9]+(?:-[A-Za-z0-9]+)* at `from` or behind; empty at the end. By
  // hand: RE2 is asked anew for each word of a text.
  ByteRange token_from(size_t from) const {
    size_t begin = from;
    while (begin < text_.size() && !is_latin(text_[begin])) ++begin;
    size_t end = begin;
    const auto goes_on = [&] {
      const size_t next = end + (text_[end] == '-' ? 1 : 0);
      return next < text_.size() && is_latin(text_[next]);
    };
    while (end < text_.size() && goes_on()) ++end;
    return {begin, end};
  }

  void hide_tokens() {
    if (words_.empty() || has_.digits() == 0) return;
    constexpr size_t kTokenMin = 4;  // "5G", "P2P" are words
    for (ByteRange range = token_from(0); range.begin < text_.size();
         range = token_from(range.end)) {
      if (range.end - range.begin < kTokenMin) continue;
      const std::string_view token =
          text_.substr(range.begin, range.end - range.begin);
      const bool has_digit =
          token.find_first_of("0123456789") != std::string_view::npos;
      const bool has_letter = std::any_of(token.begin(), token.end(),
                                          [](char c) { return c > '9'; });
      if (!has_digit || !has_letter || is_set(spared_, range.begin)) continue;
      if (is_set(amounts_, range.begin)) continue;
      if (is_beside_code_word(range, true)) set(hidden_, range);
    }
  }

  std::string write_codes() const {
    std::string out;
    for (size_t at = 0; at < text_.size(); ++at) {
      if (!is_set(hidden_, at)) {
        out += text_[at];
      } else if (at == 0 || !is_set(hidden_, at - 1)) {
        out += "[code]";
      }
    }
    return out;
  }

  std::string_view text_;
  Signs has_;
  bool only_codes_ = false;
  Hidden hidden_;
  Hidden spared_;
  std::vector<ByteRange> no_amounts_;  // written like one, and none
  Hidden amounts_;  // spared, too, if they are not part of a longer number
  std::vector<ByteRange> words_;  // code words, from left to right
};

// Flags what is secret in a part of a text. The signs of a secret are those of
// the whole one, also where the part holds only its end.
void hide(Hidden& hidden, std::string_view part, std::string_view whole,
          std::span<const Secret> secrets) {
  const auto from = size_t(part.data() - whole.data());
  const size_t to = from + part.size();
  for (const Secret& secret : secrets) {
    if (secret.end <= from || secret.begin >= to) continue;
    if (hidden.empty()) hidden.resize(part.size());
    for (const ByteRange& sign : hidden_in(whole, secret)) {
      if (sign.begin < from || sign.end > to) continue;
      std::memset(hidden.data() + (sign.begin - from), 1,
                  sign.end - sign.begin);
    }
  }
}

// The part with a star in the place of each character that is hidden.
std::string write(std::string_view text, const Hidden& hidden, ByteRange part,
                  size_t characters_max) {
  std::string out;
  out.reserve(std::min(part.end - part.begin, 4 * characters_max) + 3);
  size_t count = 0;
  size_t written = part.begin;
  size_t at = part.begin;
  const auto write_up_to_here = [&] {
    out += text.substr(written, at - written);
  };
  for (; at < part.end && count < characters_max; ++count) {
    const size_t next = next_code_point(text, at);
    if (!hidden.empty() && hidden[at] != 0 && text[at] != '\n') {
      write_up_to_here();
      out += '*';
      written = next;
    }
    at = next;
  }
  write_up_to_here();
  if (at < part.end) out += "…";
  return out;
}

}  // namespace

std::string mask_text(std::string_view text, std::span<const Secret> secrets) {
  if (text.empty()) return {};
  Hidden hidden = Masker(text).run();
  hide(hidden, text, text, secrets);
  return write(text, hidden, {0, text.size()}, text.size());
}

std::string replace_codes(std::string_view text,
                          std::span<const Secret> secrets) {
  if (text.empty()) return {};
  return Masker(text).run_codes(secrets);
}

std::string mask_excerpt(std::string_view text, size_t begin, size_t end,
                         size_t characters_max) {
  return Excerpts().of(text, begin, end, characters_max);
}

// The parts of a text that begin in one stretch share what they are masked
// with, so that how a part looks does not hang on what was asked before.
std::string_view Excerpts::stretch_of(std::string_view text, size_t begin,
                                      size_t end) {
  constexpr size_t kBehind = kExcerptBytes + kSurroundings;
  // What is left behind the last stretch is part of it.
  const size_t last =
      text.size() < kBehind ? 0 : (text.size() - kBehind) / kStretch;
  const size_t first = std::min(begin / kStretch, last) * kStretch;
  size_t from = first > kSurroundings ? first - kSurroundings : 0;
  size_t to = std::max(first + kStretch + kExcerptBytes, end) + kSurroundings;
  to = std::min(to, text.size());
  while (from > 0 && is_continuation(text[from])) --from;
  while (to < text.size() && is_continuation(text[to])) ++to;
  return text.substr(from, to - from);
}

const Excerpts::Stretch& Excerpts::masked(std::string_view around) {
  const auto same = [&](const Stretch& one) {
    return one.around.data() == around.data() &&
           one.around.size() == around.size();
  };
  const auto known = std::find_if(stretches_.begin(), stretches_.end(), same);
  if (known != stretches_.end()) return *known;
  Hidden hidden = Masker(around).run();
  for (const Known& one : known_) {
    if (one.holds(around)) hide(hidden, around, one.text, one.secrets);
  }
  return stretches_.emplace_back(Stretch{around, std::move(hidden)});
}

bool Excerpts::Known::holds(std::string_view part) const {
  const std::less_equal<> before;
  return before(text.data(), part.data()) &&
         before(part.data() + part.size(), text.data() + text.size());
}

void Excerpts::know(std::string_view text, Secrets secrets) {
  if (!secrets.empty()) known_.push_back({text, std::move(secrets)});
}

bool Excerpts::touches_secret(std::string_view text, size_t begin, size_t end,
                              Secret::Is is) const {
  for (const Known& known : known_) {
    if (!known.holds(text)) continue;
    const auto shift = size_t(text.data() - known.text.data());
    for (const Secret& secret : known.secrets) {
      if (secret.is == is && secret.begin < end + shift &&
          secret.end > begin + shift) {
        return true;
      }
    }
  }
  return false;
}

std::string Excerpts::of(std::string_view text, size_t begin, size_t end,
                         size_t characters_max) {
  begin = std::min(begin, text.size());
  end = std::clamp(end, begin, text.size());
  while (begin > 0 && begin < text.size() && is_continuation(text[begin])) {
    begin = previous_code_point(text, begin);
  }
  while (end < text.size() && is_continuation(text[end])) ++end;
  if (begin == end) return {};
  // Nothing after the cut is shown; four bytes a character are enough.
  const size_t shown = characters_max < text.size() / 4
                           ? begin + 4 * (characters_max + 1)
                           : text.size();
  const Stretch& in = masked(stretch_of(text, begin, std::min(end, shown)));
  const size_t from = size_t(in.around.data() - text.data());
  const size_t to = from + in.around.size();
  return write(in.around, in.hidden, {begin - from, std::min(end, to) - from},
               characters_max);
}

}  // namespace simwarden
