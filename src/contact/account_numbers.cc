// SPDX-License-Identifier: Apache-2.0
#include "contact/account_numbers.h"

#include <algorithm>

#include "contact/read_phone.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// No account begins with a zero; so long a number behind the name of the
// service is one all the same, mistyped or invented for a drill.
constexpr size_t kInventedMin = 9;
// National numbers with their area code.
constexpr size_t kTrunkDigits = 10;

// "2019…": eight digits that may be a day.
bool may_be_day(std::string_view digits) {
  return digits.size() == 8 &&
         (digits.starts_with("19") || digits.starts_with("20"));
}

}  // namespace

void AccountNumbers::take_behind_colon(const LabelHit& hit) {
  size_t begin = hit.range.end;
  if (is_one_of(at(t_, begin), ":-/")) ++begin;
  if (at(t_, begin) == ' ') ++begin;
  size_t end = begin;
  while (is_digit(at(t_, end))) ++end;
  const size_t size = end - begin;
  const AccountRule& rule = *account_rule_of(hit.label->kind);
  if (size == 1 && take_single_figures(hit, begin, rule)) return;
  if (size < rule.digits_min || size > rule.digits_max) return;
  const std::string_view digits = t_.substr(begin, size);
  const char next = at(t_, end);
  if (digits[0] == '0' || may_be_day(digits) || is_alnum(next)) return;
  if (is_one_of(next, "?%$@_-/:=+*") || goes_on(begin, end)) return;
  accounts_.add(hit, {hit.range.begin, end}, {begin, end},
                (hit.label->group ? "group/" : "") + std::string(digits));
}

// "q:1 2 3 4 5 6 7 8 9", where cards are offered: each stands alone.
bool AccountNumbers::take_single_figures(const LabelHit& hit, size_t begin,
                                         const AccountRule& rule) {
  constexpr size_t kFiguresMin = 7;
  std::string digits;
  size_t end = begin;
  for (size_t i = begin;
       is_digit(at(t_, i)) && digits.size() <= rule.digits_max; i += 2) {
    digits += t_[i];
    end = i + 1;
    if (at(t_, end) != at(t_, begin + 1)) break;
  }
  const bool parted = is_one_of(at(t_, begin + 1), " .-*_/|");
  if (!parted || digits.size() < kFiguresMin || is_alnum(at(t_, end)) ||
      digits.size() > rule.digits_max ||
      !offers_wares(t_, hit.range.begin, hit.range.end)) {
    return false;
  }
  LabelHit spaced = hit;
  spaced.spaced = true;
  accounts_.add(spaced, {hit.range.begin, end}, {begin, end},
                (hit.label->group ? "group/" : "") + digits);
  return true;
}

// A fraction goes on, or a sentence does on the same line.
bool AccountNumbers::goes_on(size_t begin, size_t end) const {
  const char next = at(t_, end);
  if (is_one_of(next, ".,") && is_digit(at(t_, end + 1))) return true;
  const bool word = next == ' ' && is_alnum(at(t_, end + 1));
  return word && scene_.same_block({begin, end}, {end + 1, end + 2});
}

bool AccountNumbers::take(const LabelHit& hit, const AccountRule& rule,
                          const Gap& gap) {
  if (rule.digits_min == 0 || gap.at_sign) return false;
  NumberRun run = read_number(t_, gap.end);
  if (run.empty() || is_date(run, t_)) return false;
  if (run.digits().size() > rule.digits_max) run = run.first(1);
  if (!is_account(hit, rule, gap, run)) return false;
  const bool group = hit.label->group || gap.group;
  accounts_.add(hit, {hit.range.begin, run.range.end}, run.range,
                (group ? "group/" : "") + value_of(rule, run));
  return true;
}

bool AccountNumbers::is_account(const LabelHit& hit, const AccountRule& rule,
                                const Gap& gap, const NumberRun& run) const {
  const size_t size = run.digits().size();
  if (size < rule.digits_min || size > rule.digits_max) return false;
  if (is_letter(at(t_, run.range.end)) || at(t_, run.range.end) == '@') {
    return false;
  }
  if (is_counted(gap, run)) return false;
  if (!rule.is_phone) {
    // "v:13800138000".
    const bool mobile = size == 11 && run.digits()[0] == '1';
    const bool weak = (hit.label->flags & kOffered) != 0 && !hit.added;
    if (weak && !mobile) return false;
    return !run.plus && (run.digits()[0] != '0' || size >= kInventedMin);
  }
  if (rule.kind == "telegram") return run.plus;
  const bool ordinary = is_ordinary(hit);
  // "WA 8123456789", "wa 0812…", "zap 11 91234-5678"; not "WA 98101".
  const bool wa = hit.label->text == "wa";
  const bool national =
      wa ? scene_.raw(hit.range) == "WA" || run.digits()[0] == '0'
         : hit.label->kind == "whatsapp" && size >= kTrunkDigits;
  return run.plus || !ordinary || gap.marked() ||
         (national && size >= kNationalDigitsMin);
}

// "企鹅 20000 只", "QQ 10000 条": so many of something.
bool AccountNumbers::is_counted(const Gap& gap, const NumberRun& run) const {
  constexpr size_t kCountMax = 7;
  if (run.plus || gap.marked() || run.digits().size() > kCountMax) {
    return false;
  }
  const size_t end = run.range.end;
  const size_t word = at(t_, end) == ' ' ? end + 1 : end;
  return told_behind(Saying::count, t_, word) != 0;
}

std::string AccountNumbers::value_of(const AccountRule& rule,
                                     const NumberRun& run) const {
  std::string digits(run.digits());
  if (!rule.is_phone) return digits;
  const Phone phone = read_written_phone(run, scene_.region(), {.asked = true});
  if (!phone.e164.empty()) return phone.e164;
  return (run.plus ? "+" : "") + digits;
}

bool AccountNumbers::take_of_service(const LabelHit& hit, const Gap& gap) {
  constexpr size_t kDigitsMin = 6;
  constexpr size_t kDigitsMax = 12;
  const bool own = names_a_number(hit.label->text);
  const bool service = (hit.label->flags & kService) != 0;
  if (!service || gap.at_sign || !(own || gap.colon || gap.id_word)) {
    return false;
  }
  const NumberRun run = read_number(t_, gap.end);
  const size_t size = run.digits().size();
  if (size < kDigitsMin || size > kDigitsMax || run.plus) return false;
  if (is_alnum(at(t_, run.range.end)) || may_be_day(run.digits()) ||
      is_date(run, t_)) {
    return false;
  }
  if (is_counted(gap, run)) return false;
  if (!hides_its_users(hit.label->text) &&
      !offers_wares(t_, hit.range.begin, hit.range.end)) {
    return false;
  }
  accounts_.add(hit, {hit.range.begin, run.range.end}, run.range,
                "@" + std::string(run.digits()));
  return true;
}

void AccountNumbers::take_before(const LabelHit& hit, const AccountRule& rule,
                                 const Gap& gap) {
  const bool same =
      (rule.kind == "wechat" && gap.same) ||
      is_aside_of_number(t_, hit.range.begin, hit.range.end, rule);
  const bool ordinary = is_ordinary(hit);
  if (!same && (!rule.is_phone || ordinary)) return;
  size_t end = hit.range.begin;
  constexpr size_t kBetween = 4;
  for (size_t n = 0; n < kBetween && end > 0; ++n) {
    const CodePoint p = code_point_before(t_, end);
    if (is_word(p.c) || is_one_of(static_cast<char>(p.c), ".!?;")) break;
    end -= p.size;
  }
  if (!is_digit(before(t_, end))) return;
  const NumberRun run = run_ending_at(end);
  const size_t size = run.digits().size();
  if (size < 8 || size > 15 || run.range.end != end || is_date(run, t_)) return;
  if (scene_.is_claimed(run.range)) return;
  if (!run.plus && size < 10 && !same) return;
  const size_t last = gap.same ? gap.words_end : hit.range.end;
  accounts_.add(hit, {run.range.begin, std::max(last, hit.range.end)},
                run.range,
                same ? std::string(run.digits()) : value_of(rule, run));
}

NumberRun AccountNumbers::run_ending_at(size_t end) const {
  constexpr size_t kWrittenMax = 24;  // "+1 (555) 555 - 0101"
  size_t begin = end;
  size_t first = end;
  while (begin > 0 && end - begin < kWrittenMax) {
    const char c = t_[begin - 1];
    if (!is_digit(c) && !is_one_of(c, " -.()+")) break;
    --begin;
    if (is_digit(c) || c == '+') first = begin;
    if (c == '+') break;
  }
  return read_number(t_, first);
}

}  // namespace simwarden
