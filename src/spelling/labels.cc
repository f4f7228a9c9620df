// SPDX-License-Identifier: Apache-2.0
#include "spelling/labels.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>

#include "spelling/loose.h"
#include "spelling/tables.h"
#include "spelling/told_words.h"
#include "text/look_around.h"
#include "text/separators.h"
#include "text/tables.h"

namespace simwarden {
namespace {

struct Mark {
  std::string_view name;
  uint16_t flag = 0;
};

constexpr std::array kMarks = {
    Mark{"hidden", kVariant},  Mark{"ordinary", kOrdinary},
    Mark{"added", kNeedsAdd},  Mark{"apart", kSpaceable},
    Mark{"at", kOnlyAt},       Mark{"colon", kColon},
    Mark{"loose", kLoose},     Mark{"only loose", kOnlyLoose},
    Mark{"service", kService}, Mark{"trade", kTrade},
    Mark{"offered", kOffered}};

Label label_of(const TableRow& row) {
  Label label{row[0], row[1]};
  for (std::string_view rest = row[2]; !rest.empty();) {
    const size_t end = std::min(rest.find(','), rest.size());
    const std::string_view name = trimmed(rest.substr(0, end));
    for (const Mark& mark : kMarks) {
      if (mark.name == name) label.flags |= mark.flag;
    }
    label.group = label.group || name == "group";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return label;
}

const std::vector<Label>& labels() {
  static const std::vector<Label> kLabels = [] {
    std::vector<Label> all;
    for (const TableRow& row : rows_of(tables::messenger_names, 3)) {
      all.push_back(label_of(row));
    }
    return all;
  }();
  return kLabels;
}

// 薇信 and the like: any first with any second character. They can be
// ordinary words (威信, 维信), so that an account must follow.
constexpr std::u32string_view kWei =
    U"薇徽威葳崴溦维唯微卫胃围喂伟慰韦炜玮巍徾嶶徴";
constexpr std::u32string_view kXin = U"信芯心伩訫欣鑫辛馨昕伈";

// What stands for 加 ("add") before a label.
constexpr std::array<std::string_view, 10> kAdd = {
    "加", "+", "家", "佳", "嘉", "茄", "枷", "伽", "添", "加我"};

// What parts the letters of "t g", "q-q"; and of "t。g".
constexpr std::string_view kSpacers = " ._-*|/";
constexpr std::string_view kWideSpacer = "。";

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
  std::string_view sign;
  size_t at_label = 0;
  while (at_label < label.text.size()) {
    const CodePoint want = code_point_at(label.text, at_label);
    if (at_label != 0) {
      const bool wide = starts_at(t, i, kWideSpacer);
      if (!wide && !is_one_of(at(t, i), kSpacers)) return 0;
      const std::string_view here = t.substr(i, wide ? kWideSpacer.size() : 1);
      if (!sign.empty() && here != sign) return 0;
      sign = here;
      i += sign.size();
    }
    if (code_point_at(t, i).c != want.c) return 0;
    i += want.size;
    at_label += want.size;
  }
  return i;
}

// The longest first, in few rows: by their first letters as they are, by the
// first byte where they are written apart or loosely.
class LabelIndex {
 public:
  using Rows = std::vector<const Label*>;

  LabelIndex() : exact_(kBuckets), apart_(256) {
    for (const Label& label : labels()) {
      const std::string_view text = label.text;
      if ((label.flags & kOnlyLoose) == 0) {
        exact_[bucket(text, 0, WordBeginnings::key_size(text))].push_back(
            &label);
      }
      if ((label.flags & (kSpaceable | kLoose)) != 0) {
        apart_[static_cast<unsigned char>(text[0])].push_back(&label);
      }
    }
    for (Rows& rows : exact_) sort(rows);
    for (Rows& rows : apart_) sort(rows);
  }

  // Those whose key has `size` bytes.
  const Rows& exact(std::string_view t, size_t i, size_t size) const {
    return exact_[bucket(t, i, size)];
  }
  const Rows& apart(char first) const {
    return apart_[static_cast<unsigned char>(first)];
  }

 private:
  static constexpr size_t kBuckets = 1024;
  static size_t bucket(std::string_view t, size_t i, size_t size) {
    return WordBeginnings::key(t, i, size) % kBuckets;
  }
  static void sort(Rows& rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Label* a, const Label* b) {
                       return a->text.size() > b->text.size();
                     });
  }

  std::vector<Rows> exact_;
  std::vector<Rows> apart_;
};

const LabelIndex& label_index() {
  static const LabelIndex kIndex;
  return kIndex;
}

// "demo_x", as far as the underscore.
bool begins_name(std::string_view t, size_t i) {
  constexpr size_t kNameMax = 20;  // WeChat's longest
  size_t end = i;
  while (end - i < kNameMax && is_alnum(at(t, end))) ++end;
  return is_letter(at(t, i)) && at(t, end) == '_' && is_alnum(at(t, end + 1));
}

// "demoka88": letters and figures behind them.
bool begins_id(std::string_view t, size_t i) {
  constexpr size_t kLeast = 8;
  constexpr size_t kLettersMin = 3;
  size_t letters = 0;
  while (is_letter(at(t, i + letters))) ++letters;
  size_t end = i + letters;
  while (is_digit(at(t, end))) ++end;
  const bool ends = is_ascii(at(t, end)) && !is_alnum(at(t, end));
  return letters >= kLettersMin && end > i + letters && end - i >= kLeast &&
         ends;
}

// "v:", "v+", "(微)", "q987654321", "q-987654321", "薇 demo_x", 赖demo_x,
// 卫星demoka88.
bool is_marked(std::string_view t, Range label) {
  constexpr size_t kDigitsMin = 8;
  const char next = at(t, label.end);
  const size_t first = is_one_of(next, " -/") ? label.end + 1 : label.end;
  const size_t end =
      std::min(t.find_first_not_of("0123456789", first), t.size());
  const bool bracket = before(t, label.begin) == '(' && next == ')';
  const bool han = !is_ascii(t[label.begin]);
  return is_one_of(next, ":+") || bracket ||
         end - std::min(end, first) >= kDigitsMin ||
         ((first != label.end || han) && begins_name(t, first)) ||
         (han && begins_id(t, first));
}

// What stands around the name lets it count.
bool counts(std::string_view t, const Label& label, LabelHit& hit) {
  if (hit.range.end == 0 || !ends_word(t, label, hit.range.end)) return false;
  const auto is_near_wares = [&] {
    return offers_wares(t, hit.range.begin, hit.range.end);
  };
  if ((label.flags & kTrade) != 0 && !is_near_wares()) return false;
  hit.added = is_added(t, hit.range);
  if ((label.flags & (kNeedsAdd | kOffered)) == 0) return true;
  if (hit.added && (label.flags & kNeedsAdd) != 0) return true;
  const char32_t left = code_point_before(t, hit.range.begin).c;
  const bool joins = label.group && (left == U'进' || left == U'加');
  const bool inside = left >= 0x4E00 && left <= 0x9FFF;  // 依赖, 信赖
  if (inside && !joins) return false;
  const size_t next = hit.range.end + (at(t, hit.range.end) == ' ' ? 1 : 0);
  const bool colon = at(t, hit.range.end) == ':' || starts_at(t, next, "id");
  if ((label.flags & kColon) != 0 && colon) return true;
  return (label.flags & kOffered) != 0 && is_marked(t, hit.range) &&
         is_near_wares();
}

bool fits(std::string_view t, size_t i, const Label& label, LabelHit& hit) {
  if (!starts_at(t, i, label.text)) return false;
  hit = {{i, i + label.text.size()}, &label, false, false, false};
  return counts(t, label, hit);
}

bool fits_apart(std::string_view t, size_t i, const Label& label,
                LabelHit& hit) {
  hit = {{i, 0}, &label, true, false, false};
  if ((label.flags & kSpaceable) != 0) {
    hit.range.end = spaced_end(t, i, label);
    // "t/g/id7" is a path or a piece of a code.
    const bool goes_on = at(t, i + 1) == '/' &&
                         is_one_of(at(t, hit.range.end), "/+=") &&
                         is_alnum(at(t, hit.range.end + 1));
    if (goes_on) return false;
  }
  if (hit.range.end == 0 && (label.flags & kLoose) != 0) {
    const LooseName name = read_loosely(t, i, label.text);
    hit.range.end = name.end;
    hit.spaced = name.gaps != 0;
    hit.likely = name.likenesses != 0 || name.marked;
  }
  return counts(t, label, hit);
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
  // "徽·信", "微丨信": a sign parts them.
  const CodePoint sign = code_point_at(t, i + kHan);
  const bool parted = sign.c != 0 &&
                      (!is_word(sign.c) || is_separator(sign.c)) &&
                      !is_one_of(at(t, i + kHan), " ,;:!?\n");
  const size_t xin = i + kHan + (parted ? sign.size : 0);
  if (!letter && !in(kXin, code_point_at(t, xin).c)) return false;
  const Range range{i, letter ? xin + 1 : xin + kHan};
  hit = {range, &kWeixinLikeness, false, is_added(t, range), false};
  return true;
}

std::optional<LabelHit> label_at(std::string_view t, size_t i) {
  const LabelIndex& index = label_index();
  LabelHit hit;
  if (begins_word(t, i)) {
    // Another alphabet: its names stand loosely where a word begins.
    const bool inside = !is_ascii(t[i]) && !is_ascii(before(t, i)) &&
                        static_cast<unsigned char>(t[i]) < 0xE0;
    if (!inside && may_be_loose(t, i)) {
      for (const Label* label : index.apart(t[i])) {
        if (fits_apart(t, i, *label, hit)) return hit;
      }
    }
    const size_t whole = WordBeginnings::key_size(t[i]);
    for (size_t size = whole; size > 0; size = std::min<size_t>(size - 1, 3)) {
      for (const Label* label : index.exact(t, i, size)) {
        const bool single = (label->flags & kNeedsAdd) != 0;
        if (single && is_weixin_likeness(t, i, hit)) return hit;
        if (fits(t, i, *label, hit)) return hit;
      }
    }
  }
  constexpr unsigned char kHanFirst = 0xE4;  // U+4000
  if (static_cast<unsigned char>(t[i]) >= kHanFirst &&
      is_weixin_likeness(t, i, hit)) {
    return hit;
  }
  return std::nullopt;
}

}  // namespace

bool is_ordinary(const LabelHit& hit) {
  constexpr size_t kLetters = 4;
  const bool disguised =
      (hit.spaced || hit.likely) && hit.label->text.size() >= kLetters;
  return (hit.label->flags & kOrdinary) != 0 && !disguised;
}

bool is_disguised(const LabelHit& hit) {
  return hit.spaced || hit.likely || (hit.label->flags & kVariant) != 0;
}

bool is_weak(const LabelHit& hit) {
  constexpr size_t kLetters = 4;
  return hit.spaced && hit.label->text.size() < kLetters;
}

void add_label_beginnings(Prefixes& prefixes) {
  std::bitset<128> letters;  // of names that are written loosely
  for (const Label& label : labels()) {
    prefixes.add(label.text);
    if ((label.flags & kLoose) != 0) {
      add_loose_beginnings(label.text, prefixes);
      if (is_ascii(label.text[0]))
        letters.set(static_cast<size_t>(label.text[0]));
    }
    if ((label.flags & kSpaceable) == 0) continue;
    if (!is_ascii(label.text[0])) continue;  // the first three bytes are one
    for (const char sign : kSpacers) {
      const char spaced[] = {label.text[0], sign, label.text[1]};
      prefixes.add({spaced, sizeof spaced});
    }
    const char wide[] = {label.text[0], kWideSpacer[0], kWideSpacer[1]};
    prefixes.add({wide, sizeof wide});
  }
  for (size_t letter = 0; letter < letters.size(); ++letter) {
    if (letters[letter]) add_loose_letter(static_cast<char>(letter), prefixes);
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

}  // namespace simwarden
