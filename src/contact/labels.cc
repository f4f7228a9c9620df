// SPDX-License-Identifier: Apache-2.0
#include "contact/labels.h"

#include <algorithm>
#include <array>
#include <optional>

#include "contact/ascii.h"

// Source of the tables: domain notes D.1 and D.3, whose substitutions were
// seen in the public CCS and FBS sets of Chinese spam; names in other scripts
// are the products' own.
namespace simwarden {
namespace {

constexpr uint8_t kHidden = kVariant;
constexpr uint8_t kWord = kOrdinary;

constexpr std::array kLabels = {
    Label{"tg", "telegram", kSpaceable},
    Label{"telegram", "telegram", kSpaceable | kLeet},
    Label{"tele", "telegram", kOnlyAt},
    Label{"telegran", "telegram", kHidden},
    Label{"telegrm", "telegram", kHidden},
    Label{"telegr", "telegram", kHidden},
    Label{"teleqram", "telegram", kHidden},
    Label{"电报", "telegram", kSpaceable},
    Label{"电抱", "telegram", kHidden},
    Label{"飞机", "telegram", kWord | kSpaceable},
    Label{"纸飞机", "telegram", kWord},
    Label{"小飞机", "telegram", kWord},
    Label{"灰机", "telegram", kHidden},
    Label{"飞鸡", "telegram", kHidden},
    Label{"丅g", "telegram", kHidden},
    Label{"飞j", "telegram", kHidden},
    Label{"菲机", "telegram", kHidden},
    Label{"土豆", "telegram", kHidden | kWord},
    Label{"телег", "telegram", 0},
    Label{"тг", "telegram", 0},
    Label{"텔레그램", "telegram", 0},
    Label{"텔레", "telegram", 0},
    Label{"تيليجرام", "telegram", 0},
    Label{"تليجرام", "telegram", 0},
    Label{"تلگرام", "telegram", 0},
    Label{"تيليقرام", "telegram", 0},
    Label{"تلقرام", "telegram", 0},
    Label{"تلجرام", "telegram", 0},
    Label{"تيليغرام", "telegram", 0},
    Label{"تليغرام", "telegram", 0},
    Label{"تلغرام", "telegram", 0},
    Label{"টেলিগ্রাম", "telegram", 0},
    Label{"텔그램", "telegram", 0},
    Label{"टेलीग्राम", "telegram", 0},
    Label{"テレグラム", "telegram", 0},
    Label{"เทเลแกรม", "telegram", 0},
    Label{"whatsapp", "whatsapp", kSpaceable | kLeet},
    Label{"whats app", "whatsapp", 0},
    Label{"whatsap", "whatsapp", kHidden},
    Label{"watsapp", "whatsapp", kHidden},
    Label{"watsap", "whatsapp", kHidden},
    Label{"wasap", "whatsapp", 0},
    Label{"wassap", "whatsapp", 0},
    Label{"guasap", "whatsapp", 0},
    Label{"whatsupp", "whatsapp", kHidden},
    Label{"whatapp", "whatsapp", kHidden},
    Label{"wathsapp", "whatsapp", kHidden},
    Label{"wsp", "whatsapp", 0},
    Label{"wpp", "whatsapp", 0},
    Label{"zapzap", "whatsapp", 0},
    Label{"wa", "whatsapp", kWord},
    Label{"zap", "whatsapp", kWord},
    Label{"вотсап", "whatsapp", 0},
    Label{"ватсап", "whatsapp", 0},
    Label{"вацап", "whatsapp", 0},
    Label{"واتساب", "whatsapp", 0},
    Label{"واتس", "whatsapp", 0},
    Label{"واتس اب", "whatsapp", 0},
    Label{"হোয়াটসঅ্যাপ", "whatsapp", 0},
    Label{"วอทส์แอป", "whatsapp", 0},
    Label{"ワッツアップ", "whatsapp", 0},
    Label{"व्हाट्सएप", "whatsapp", 0},
    Label{"व्हाट्सऐप", "whatsapp", 0},
    Label{"왓츠앱", "whatsapp", 0},
    Label{"微信", "wechat", kSpaceable},
    Label{"wechat", "wechat", kSpaceable | kLeet},
    Label{"weixin", "wechat", 0},
    Label{"v信", "wechat", kHidden | kSpaceable},
    Label{"vx", "wechat", kSpaceable},
    Label{"wx", "wechat", kSpaceable},
    Label{"微❤", "wechat", kHidden},
    Label{"v芯", "wechat", kHidden},
    Label{"wei芯", "wechat", kHidden},
    Label{"wei信", "wechat", kHidden},
    Label{"微亻言", "wechat", kHidden},
    Label{"绿泡泡", "wechat", kHidden},
    Label{"薇", "wechat", kHidden | kNeedsAdd},
    Label{"微", "wechat", kHidden | kNeedsAdd},
    Label{"v", "wechat", kHidden | kNeedsAdd},
    Label{"卫星", "wechat", kHidden | kNeedsAdd},
    Label{"qq", "qq", kSpaceable},
    Label{"扣扣", "qq", kHidden | kSpaceable},
    Label{"抠抠", "qq", kHidden},
    Label{"蔻蔻", "qq", kHidden},
    Label{"球球", "qq", kHidden},
    Label{"秋秋", "qq", kHidden},
    Label{"企鹅", "qq", kHidden | kSpaceable},
    Label{"扣", "qq", kHidden | kNeedsAdd},
    Label{"q", "qq", kHidden | kNeedsAdd | kColon},
    Label{"q群", "qq", 0, true},
    Label{"line", "line", kWord},
    Label{"ライン", "line", kWord},
    Label{"オンライン", "", kWord},  // "online" ends in it, and is none
    Label{"ไลน์", "line", 0},
    Label{"แอดไลน์", "line", 0},
    Label{"라인", "line", kWord},
    Label{"赖", "line", kHidden | kNeedsAdd | kColon},
    Label{"signal", "signal", kWord},
    Label{"сигнал", "signal", kWord},
    Label{"viber", "viber", 0},
    Label{"вайбер", "viber", 0},
    Label{"zalo", "zalo", kSpaceable},
    Label{"discord", "discord", 0},
    Label{"дискорд", "discord", 0},
    Label{"카톡", "kakao", 0},
    Label{"톡 아이디", "kakao", 0},
    Label{"톡아이디", "kakao", 0},
    Label{"까톡", "kakao", kHidden},
    Label{"ㅋㅌ", "kakao", kHidden},
    Label{"카카오톡", "kakao", 0},
    Label{"kakaotalk", "kakao", 0},
    Label{"kakao", "kakao", 0},
    Label{"skype", "skype", 0},
    Label{"скайп", "skype", 0},
    Label{"instagram", "instagram", 0},
    Label{"insta", "instagram", 0},
    Label{"ig", "instagram", kWord},
};

// 薇信 and the like: any first with any second character. They can be
// ordinary words (威信, 维信), so that an account must follow.
constexpr std::u32string_view kWei = U"薇徽威葳崴溦维唯微卫";
constexpr std::u32string_view kXin = U"信芯心伩訫";

// What stands for 加 ("add") before a label.
constexpr std::array<std::string_view, 9> kAdd = {"加", "+",  "家", "佳", "嘉",
                                                  "茄", "枷", "伽", "添"};

// What parts the letters of "t g", "q-q".
constexpr std::string_view kSpacers = " ._-*|/";

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
    Filler{"号", true},
    Filler{"群", true, false, true},
    Filler{"裙", true, false, true},
    Filler{"君羊", true, false, true},
    Filler{"客服", false},
    Filler{"联系", false},
    Filler{"频道", true},
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
};

// More words between a label and an account is prose.
constexpr size_t kFillersMax = 4;
// Code points of punctuation; adverts put a row of emoji or dots there.
constexpr size_t kGapMax = 16;

bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F;
}

// Devanagari to Malayalam: endings stand at the word without a space.
bool is_indic(char32_t c) {
  return c >= 0x900 && c <= 0xD7F;
}

// Alphabets part words; Han, Thai and the like do not.
bool begins_word(std::string_view t, size_t i) {
  if (is_ascii(t[i]) && is_ascii(before(t, i))) {
    return !is_alnum(before(t, i)) && before(t, i) != '_';
  }
  const char32_t c = code_point_at(t, i).c;
  const char32_t left = code_point_before(t, i).c;
  if (c < 0x80) {
    return left >= 0x80 ? !is_cyrillic(left)
                        : !is_alnum(static_cast<char>(left)) && left != '_';
  }
  if (is_cyrillic(c)) return !is_cyrillic(left);
  return true;
}

bool ends_word(std::string_view t, const Label& label, size_t end) {
  if (!is_ascii(label.text.back())) return true;
  return !is_letter(at(t, end)) && at(t, end) != '_';
}

bool is_added(std::string_view t, const Range& label) {
  const size_t i = label.begin;
  const size_t end = before(t, i) == ' ' ? i - 1 : i;
  // "+v/", "+q=" are pieces of codes.
  const bool letter = label.end - i == 1;
  if (letter && before(t, end) == '+' && is_one_of(at(t, label.end), "+/=")) {
    return false;
  }
  return std::any_of(kAdd.begin(), kAdd.end(), [&](std::string_view add) {
    return end >= add.size() && starts_at(t, end - add.size(), add);
  });
}

// "t g", "q-q": all letters apart by the same sign. Gives the end or 0.
size_t spaced_end(std::string_view t, size_t i, const Label& label) {
  char sign = '\0';
  size_t at_label = 0;
  while (at_label < label.text.size()) {
    const CodePoint want = code_point_at(label.text, at_label);
    if (at_label != 0) {
      const char c = at(t, i);
      if (!is_one_of(c, kSpacers) || (sign != '\0' && c != sign)) return 0;
      sign = c;
      ++i;
    }
    if (code_point_at(t, i).c != want.c) return 0;
    i += want.size;
    at_label += want.size;
  }
  return i;
}

// What is written for a letter: "t3legr@m", "wh4tsapp".
bool is_leet(char sign, char letter) {
  switch (letter) {
    case 'a': return sign == '@' || sign == '4';
    case 'e': return sign == '3';
    case 'g': return sign == '9';
    case 'l': return sign == '1' || sign == '|' || sign == '!';
    case 's': return sign == '$' || sign == '5';
    case 't': return sign == '7';
    default: return false;
  }
}

// Where a label that is written so ends, or 0.
size_t leet_end(std::string_view t, size_t i, const Label& label) {
  for (const char letter : label.text) {
    const char c = at(t, i++);
    if (c != letter && !is_leet(c, letter)) return 0;
  }
  return i;
}

// Rows by their first byte, the longest first.
class LabelIndex {
 public:
  LabelIndex() {
    for (const Label& label : kLabels) {
      rows_[static_cast<unsigned char>(label.text[0])].push_back(&label);
    }
    for (auto& rows : rows_) {
      std::stable_sort(rows.begin(), rows.end(),
                       [](const Label* a, const Label* b) {
                         return a->text.size() > b->text.size();
                       });
    }
  }

  const std::vector<const Label*>& rows(char c) const {
    return rows_[static_cast<unsigned char>(c)];
  }

 private:
  std::array<std::vector<const Label*>, 256> rows_;
};

const LabelIndex& label_index() {
  static const LabelIndex kIndex;
  return kIndex;
}

bool fits(std::string_view t, size_t i, const Label& label, LabelHit& hit) {
  hit = {{i, 0}, &label, false, false};
  if (starts_at(t, i, label.text)) {
    hit.range.end = i + label.text.size();
  } else if ((label.flags & kSpaceable) != 0) {
    hit.range.end = spaced_end(t, i, label);
    hit.spaced = true;
    // "t/g/id7" is a path or a piece of a code.
    const bool goes_on = at(t, i + 1) == '/' &&
                         is_one_of(at(t, hit.range.end), "/+=") &&
                         is_alnum(at(t, hit.range.end + 1));
    if (goes_on) return false;
  }
  if (hit.range.end == 0 && (label.flags & kLeet) != 0) {
    hit.range.end = leet_end(t, i, label);
    hit.spaced = false;
  }
  if (hit.range.end == 0 || !ends_word(t, label, hit.range.end)) return false;
  hit.added = is_added(t, hit.range);
  if (hit.added || (label.flags & kNeedsAdd) == 0) return true;
  const char32_t left = code_point_before(t, i).c;
  const bool inside = left >= 0x4E00 && left <= 0x9FFF;  // 依赖, 信赖
  return (label.flags & kColon) != 0 && at(t, hit.range.end) == ':' && !inside;
}

constexpr Label kWeixinLikeness{"", "wechat", kVariant};

// 薇信, 徽芯 …; 威x where no Latin word goes on.
bool is_weixin_likeness(std::string_view t, size_t i, LabelHit& hit) {
  constexpr size_t kHan = 3;  // bytes of a Han character
  const auto in = [](std::u32string_view set, char32_t c) {
    return std::find(set.begin(), set.end(), c) != set.end();
  };
  if (!in(kWei, code_point_at(t, i).c)) return false;
  const bool letter = at(t, i + kHan) == 'x' && !is_alnum(at(t, i + kHan + 1));
  if (!letter && !in(kXin, code_point_at(t, i + kHan).c)) return false;
  const Range range{i, i + kHan + (letter ? 1 : kHan)};
  hit = {range, &kWeixinLikeness, false, is_added(t, range)};
  return true;
}

std::optional<LabelHit> label_at(std::string_view t, size_t i) {
  const auto& rows = label_index().rows(t[i]);
  LabelHit hit;
  if (!rows.empty() && begins_word(t, i)) {
    for (const Label* label : rows) {
      const bool single = (label->flags & kNeedsAdd) != 0;
      if (single && is_weixin_likeness(t, i, hit)) return hit;
      if (fits(t, i, *label, hit)) return hit;
    }
  }
  constexpr unsigned char kHanFirst = 0xE4;  // U+4000
  if (static_cast<unsigned char>(t[i]) >= kHanFirst &&
      is_weixin_likeness(t, i, hit)) {
    return hit;
  }
  return std::nullopt;
}

// The first letter stays: a lead is a letter.
void add_leet_beginnings(const Label& label, Prefixes& prefixes) {
  const std::string_view word = label.text;
  const auto written = [](char letter) {
    constexpr std::string_view kSigns = "@43915$7|!";
    std::string all(1, letter);
    for (const char sign : kSigns) {
      if (is_leet(sign, letter)) all += sign;
    }
    return all;
  };
  for (const char second : written(word[1])) {
    for (const char third : written(word[2])) {
      const char three[] = {word[0], second, third};
      prefixes.add({three, sizeof three});
    }
  }
}

}  // namespace

void add_label_beginnings(Prefixes& prefixes) {
  for (const Label& label : kLabels) {
    prefixes.add(label.text);
    if ((label.flags & kLeet) != 0) add_leet_beginnings(label, prefixes);
    if ((label.flags & kSpaceable) == 0) continue;
    if (!is_ascii(label.text[0])) continue;  // the first three bytes are one
    for (const char sign : kSpacers) {
      const char spaced[] = {label.text[0], sign, label.text[1]};
      prefixes.add({spaced, sizeof spaced});
    }
  }
  for (const char32_t wei : kWei) {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    const char utf8[] = {byte(0xE0 | (wei >> 12)),
                         byte(0x80 | ((wei >> 6) & 0x3F)),
                         byte(0x80 | (wei & 0x3F))};
    prefixes.add({utf8, sizeof utf8});
  }
}

std::vector<LabelHit> find_labels(std::string_view text,
                                  const std::vector<Lead>& leads) {
  std::vector<LabelHit> hits;
  size_t done = 0;
  for (const Lead& lead : leads) {
    if (lead.kind != LeadKind::label || lead.at < done) continue;
    if (hits.size() >= kLabelsMax) break;
    const auto hit = label_at(text, lead.at);
    if (!hit) continue;
    hits.push_back(*hit);
    done = hit->range.end;
    // Endings of cases: телеграме, телегу, টেলিগ্রামে.
    for (size_t n = 0; n < 6; ++n) {
      const CodePoint p = code_point_at(text, done);
      if (!is_cyrillic(p.c) && !is_indic(p.c)) break;
      done += p.size;
    }
    hits.back().range.end = done;
  }
  return hits;
}

namespace {

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

}  // namespace

Gap gap_after(std::string_view t, size_t begin) {
  Gap gap;
  gap.end = begin;
  for (size_t n = 0; n < kGapMax && gap.end < t.size(); ++n) {
    const size_t i = gap.end;
    if (t[i] == '@') {
      gap.at_sign = true;
      gap.end = at(t, i + 1) == ' ' ? i + 2 : i + 1;
      return gap;
    }
    if (is_number_plus(t, i)) return gap;
    const CodePoint p = code_point_at(t, i);
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
    constexpr std::u32string_view kColons = U":=\u2192\u27A1\U0001F449";
    gap.colon = gap.colon || kColons.find(p.c) != kColons.npos;
    gap.plus = gap.plus || p.c == '+';
    constexpr std::u32string_view kBrackets = U"[](){}<>【】「」『』《》〔〕";
    gap.bracket = gap.bracket || kBrackets.find(p.c) != kBrackets.npos;
    gap.end += p.size;
  }
  return gap;
}

}  // namespace simwarden
