// SPDX-License-Identifier: Apache-2.0
#include "contact/label_gaps.h"

#include <algorithm>
#include <array>

#include "text/look_around.h"

namespace simwarden {
namespace {

struct Filler {
  std::string_view text;
  bool id = false;
  bool same = false;
  bool group = false;
};

constexpr std::array kFillers = {
    Filler{"同号", true, true},
    Filler{"同手机", true, true},
    Filler{"同电话", true, true},
    Filler{"也是", true, true},
    Filler{"一样", true, true},
    Filler{"也同", true, true},
    Filler{"同步", true, true},
    Filler{"同", true, true},
    Filler{"号码", true},
    Filler{"账号", true},
    Filler{"帐号", true},
    Filler{"群号", true, false, true},
    Filler{"群见", true, false, true},
    Filler{"号", true},
    Filler{"群", true, false, true},
    Filler{"裙", true, false, true},
    Filler{"君羊", true, false, true},
    Filler{"客服", false},
    Filler{"联系", false},
    Filler{"频道", true},
    Filler{"канал", false},
    Filler{"私聊", false},
    Filler{"搜索", true},
    Filler{"搜寻", true},
    Filler{"搜", true},
    Filler{"search", true},
    Filler{"ke", false},
    Filler{"请加", true},
    Filler{"加我", true},
    Filler{"加", true},
    Filler{"是", true},
    Filler{"我", false},
    Filler{"为", true},
    Filler{"id", true},
    Filler{"ไอดี", true},
    Filler{"아이디", true},
    Filler{"номер", true},
    Filler{"по номеру", true},
    Filler{"ник", true},
    Filler{"собака", true},
    Filler{"arroba", true},
    Filler{"艾特", true},
    Filler{"account", false},
    Filler{"username", true},
    Filler{"user", false},
    Filler{"name", true},
    Filler{"app", false},
    Filler{"number", false},
    Filler{"num", false},
    Filler{"no", false},
    Filler{"me", false},
    Filler{"us", false},
    Filler{"him", false},
    Filler{"her", false},
    Filler{"them", false},
    Filler{"on", false},
    Filler{"at", false},
    Filler{"my", false},
    Filler{"our", false},
    Filler{"is", false},
    Filler{"contact", false},
    Filler{"channel", false},
    Filler{"group", false},
    Filler{"bot", false},
    Filler{"handle", true},
    Filler{"to", false},
    Filler{"via", false},
    Filler{"al", false},
    Filler{"ao", false},
    Filler{"au", false},
    Filler{"saya", false},
    Filler{"kami", false},
    Filler{"admin", false},
    Filler{"ku", false},
    Filler{"auf", false},
    Filler{"unter", false},
    Filler{"nya", false},
    Filler{"pe", false},
    Filler{"na", false},
    Filler{"como", false},
    Filler{"как", false},
    Filler{"мне", false},
    Filler{"по нику", true},
    Filler{"بیا", false},
    Filler{"على", false},
    Filler{"رقم", false},
    Filler{"باسم", true},
    Filler{"معرف", true},
    Filler{"يوزر", true},
    Filler{"آیدی", true},
    Filler{"ایدی", true},
    Filler{"شماره", false},
    Filler{"نمبر", false},
    Filler{"아뒤", true},
    Filler{"アカウント", true},
    Filler{"番号", true},
    Filler{"登録", false},
    Filler{"検索", true},
    Filler{"で", false},
    Filler{"を", false},
    Filler{"は", false},
    Filler{"に", false},
    Filler{"の", false},
    Filler{"联络", false},
    Filler{"找", false},
    Filler{"नंबर", false},
    Filler{"में", false},
    Filler{"करें", false},
    Filler{"करो", false},
    Filler{"karo", false},
    Filler{"ல", false},
    Filler{"లో", false},
    Filler{"માં", false},
    Filler{"पर", false},
    Filler{"নম্বর", false},
};

// Which of several accounts, or services, is meant; read over only where an
// account stands behind.
constexpr std::array<std::string_view, 38> kChoices = {
    "only",   "preferred", "preferably", "prefer",    "pref",       "first",
    "solo",   "sólo",      "nur",        "bevorzugt", "uniquement", "seulement",
    "só",     "somente",   "apenas",     "preferido", "alleen",     "tylko",
    "только", "лишь",      "тільки",     "sadece",    "yalnızca",   "hanya",
    "saja",   "のみ",      "だけ",       "만",        "فقط",        "केवल",
    "优先",   "唯一",      "首选",       "同名",      "为主",       "仅此",
    "仅限",   "专用"};

// More words between a label and an account is prose.
constexpr size_t kFillersMax = 4;
// Code points of punctuation; adverts put a row of emoji or dots there.
constexpr size_t kGapMax = 16;

const Filler* filler_at(std::string_view t, size_t i) {
  for (const Filler& filler : kFillers) {
    if (!starts_at(t, i, filler.text)) continue;
    const size_t end = i + filler.text.size();
    const bool word = is_ascii(filler.text[0]);
    if (word && (is_alnum(at(t, end)) || at(t, end) == '_')) continue;
    return &filler;
  }
  return nullptr;
}

// "+" that belongs to a telephone number.
bool is_number_plus(std::string_view t, size_t i) {
  return t[i] == '+' && (is_digit(at(t, i + 1)) ||
                         (at(t, i + 1) == ' ' && is_digit(at(t, i + 2))));
}

constexpr std::u32string_view kOpening = U"[({<【「『《〔";
constexpr std::u32string_view kClosing = U"])}>】」』》〕";

// No account, and no area code: "(24/7)", "(Anna)".
bool is_remark(std::string_view words) {
  constexpr long kDigitsMax = 4;
  return words.find_first_of("@_") == words.npos &&
         words.find_first_not_of("0123456789 +-") != words.npos &&
         std::count_if(words.begin(), words.end(), is_digit) <= kDigitsMax;
}

// A number, "@name" or, behind a colon, a name.
bool begins_account(std::string_view t, size_t i) {
  constexpr size_t kDigitsMin = 5;
  if (at(t, i) == ' ') ++i;
  if (at(t, i) == ':') {
    const size_t behind = at(t, i + 1) == ' ' ? i + 2 : i + 1;
    return is_alnum(at(t, behind)) || is_one_of(at(t, behind), "+@");
  }
  if (at(t, i) == '@') return is_alnum(at(t, i + 1));
  if (at(t, i) == '+') return is_digit(at(t, i + 1));
  const size_t end = std::min(t.find_first_not_of("0123456789", i), t.size());
  return end - std::min(i, end) >= kDigitsMin;
}

// "(备注卡)123456789", "(Anna) +1 202 …": behind a short remark in brackets;
// `i` without such.
size_t behind_remark(std::string_view t, size_t i) {
  constexpr size_t kRemarkMax = 24;
  const size_t sign = kOpening.find(code_point_at(t, i).c);
  if (sign == kOpening.npos) return i;
  const size_t begin = i + code_point_at(t, i).size;
  for (size_t k = begin; k < t.size() && k - begin <= kRemarkMax;) {
    const CodePoint p = code_point_at(t, k);
    if (p.c == kClosing[sign]) {
      const bool remark = is_remark(t.substr(begin, k - begin));
      return remark && begins_account(t, k + p.size) ? k + p.size : i;
    }
    k += p.size;
  }
  return i;
}

// "demo88", "demo.42", "demo_x": no word of prose.
bool is_telling_name(std::string_view t, size_t i) {
  constexpr size_t kLettersMin = 3;
  constexpr size_t kNameMin = 5;
  constexpr size_t kNameMax = 32;
  size_t letters = 0;
  while (letters <= kNameMax && is_letter(at(t, i + letters))) ++letters;
  size_t end = i + letters;
  while (end - i <= kNameMax && is_name_char(at(t, end))) ++end;
  const bool dotted = at(t, end) == '.' && is_digit(at(t, end + 1));
  return letters >= kLettersMin && (dotted || end > i + letters) &&
         end - i + (dotted ? 2 : 0) >= kNameMin;
}

// "only: demo88", "优先：@demo", "唯一 123456": behind such a word, where what
// it is about stands behind it; `i` without.
size_t behind_choice(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  for (const std::string_view word : kChoices) {
    const size_t end = i + word.size();
    if (!starts_at(t, i, word)) continue;
    if (is_ascii(word[0]) && is_letter(at(t, end))) continue;
    size_t name = end;
    for (size_t n = 0; n < kSignsMax && is_one_of(at(t, name), " :=-"); ++n) {
      ++name;
    }
    // "QQ first 10000 users" counts.
    const bool apart = !is_ascii(word[0]) || name > end + 1;
    if (apart && begins_account(t, end) && is_digit(at(t, name))) return end;
    if (is_one_of(at(t, name), "+@") || is_telling_name(t, name)) return end;
  }
  return i;
}

// "@ demo_x", "@@demo_x", "@{demo_x}", "@.demo_x".
size_t behind_at_sign(std::string_view t, size_t i) {
  constexpr std::string_view kDress = "@.{[(<\"'";
  const size_t next = at(t, i + 1) == ' ' ? i + 2 : i + 1;
  const bool dressed = is_one_of(at(t, next), kDress);
  return dressed && is_letter(at(t, next + 1)) ? next + 1 : next;
}

}  // namespace

bool joins_services(std::string_view between) {
  constexpr std::array<std::string_view, 38> kJoints = {
      "/",    "&",   "|",   "+",    ",",    "、",   "or",  "and", "y",  "o",
      "ou",   "et",  "und", "oder", "e",    "и",    "или", "dan", "ve", "veya",
      "và",   "lub", "en",  "of",   "atau", "hoặc", "和",  "或",  "跟", "与",
      "或者", "と",  "や",  "및",   "또는", "و",    "أو",  "หรือ"};
  if (between.starts_with(' ')) between.remove_prefix(1);
  if (between.ends_with(' ')) between.remove_suffix(1);
  return is_one_of(between, kJoints);
}

Gap gap_after(std::string_view t, size_t begin) {
  Gap gap;
  gap.end = begin;
  for (size_t n = 0; n < kGapMax && gap.end < t.size(); ++n) {
    const size_t i = gap.end;
    if (t[i] == '@') {
      gap.at_sign = true;
      gap.end = behind_at_sign(t, i);
      return gap;
    }
    if (is_number_plus(t, i)) return gap;
    const CodePoint p = code_point_at(t, i);
    if (const size_t end = is_word(p.c) ? behind_choice(t, i) : i; end != i) {
      constexpr char32_t kHanFirst = 0x4E00;
      gap.id_word = gap.id_word || p.c >= kHanFirst;
      gap.end = end;
      continue;
    }
    const Filler* filler = is_word(p.c) ? filler_at(t, i) : nullptr;
    if (filler != nullptr && gap.words < kFillersMax) {
      gap.id_word = gap.id_word || filler->id;
      gap.same = gap.same || filler->same;
      gap.group = gap.group || filler->group;
      gap.end += filler->text.size();
      ++gap.words;
      gap.words_end = gap.end;
      continue;
    }
    if (is_word(p.c)) return gap;
    const size_t behind = behind_remark(t, i);
    if (behind != i) {
      gap.end = behind;
      continue;
    }
    constexpr std::u32string_view kColons = U":=\U0001F449";
    const bool arrow =
        (p.c >= 0x2190 && p.c <= 0x21FF) || (p.c >= 0x2794 && p.c <= 0x27BE);
    gap.colon = gap.colon || arrow || kColons.find(p.c) != kColons.npos;
    gap.plus = gap.plus || p.c == '+';
    constexpr std::u32string_view kBrackets = U"[](){}<>【】「」『』《》〔〕";
    gap.bracket = gap.bracket || kBrackets.find(p.c) != kBrackets.npos;
    gap.end += p.size;
  }
  return gap;
}

}  // namespace simwarden
