// SPDX-License-Identifier: Apache-2.0
#include "spelling/spelled_signs.h"

#include <algorithm>

#include "link/hosts.h"
#include "spelling/asked_hosts.h"
#include "spelling/broken_hosts.h"
#include "spelling/drawn_signs.h"
#include "spelling/foreign_hosts.h"
#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "spelling/joined_hosts.h"
#include "spelling/mail_words.h"
#include "spelling/meant_dots.h"
#include "spelling/parted_names.h"
#include "spelling/placed_signs.h"
#include "spelling/prefixes.h"
#include "spelling/sign_words.h"
#include "spelling/spoken_hosts.h"
#include "spelling/told_hosts.h"
#include "spelling/typed_hosts.h"
#include "text/look_around.h"

// A word for a dot counts only between the parts of a host: "demo dot com",
// not "8点" and not "the dot me"; at-signs, dashes and slashes only where such
// a dot follows or stands before; an underscore between any two names.
// Sources of the spellings: domain notes (measured spam), and the "defanged"
// forms that security mail uses.
namespace simwarden {
namespace {

constexpr std::string_view kAt = " at ";

class Reader {
 public:
  Reader(std::string_view t, std::vector<Respelling>& found)
      : t_(t), found_(found) {}

  bool read(const Sign& sign) {
    if (sign.sign == '_' && apart(sign)) return true;
    if (sign.sign == '.' && sign.is_word() &&
        (spoken(sign) || joined(sign) || other_ending(sign) || told(sign))) {
      return true;
    }
    if (sign.size == 0) return false;
    if (sign.sign == '@' && sign.is_word() && of_provider(sign)) return true;
    if (!is_name_char(at(t_, sign.end))) return false;
    if (sign.sign == '@' && sign.is_word() && !is_circle(sign) &&
        (is_spelled_name_at(sign.end) || is_telling_name_at(sign.end))) {
      return push({sign.at, sign.end, "@", How::spelled_dot});
    }
    if (!is_name_char(before(t_, sign.begin))) return false;
    switch (sign.sign) {
      case '.': return dot(sign);
      case '@': return at_sign(sign);
      case '-': return sign.is_word() && is_dash(sign) && add(sign);
      case '_': return underscore(sign);
      case '/': return slash(sign);
      default: return false;
    }
  }

 private:
  std::string_view word_of(const Sign& sign) const {
    return t_.substr(sign.at, sign.size);
  }

  // A word for friends too: "朋友圈 demo_x" has no at-sign.
  bool is_circle(const Sign& sign) const { return word_of(sign) == "圈"; }

  // A sign that was spelled ends where the label begins.
  bool is_part_of_host(size_t label) const {
    return !found_.empty() && found_.back().end == label &&
           (found_.back().with.size() == 1 || is_host(found_.back()));
  }

  static bool is_host(const Respelling& one) {
    return one.with.find('.') != one.with.npos;
  }

  // Between the parts of a host; in another script than names around it.
  bool is_dash(const Sign& sign) const {
    return is_host_at(t_, sign.end) || !is_ascii(t_[sign.at]);
  }

  bool dot(const Sign& sign) {
    if (is_full_stop(sign)) return false;
    if (sign.is_word() && is_in_local_part(sign.end)) return add(sign);
    Respelling spaced;
    if (sign.is_word() &&
        read_spaced_host(t_, {sign.begin, sign.end}, spaced)) {
      return push(std::move(spaced));
    }
    if (sign.bracketed) return is_alnum(at(t_, sign.end)) && add_dot(sign);
    const LabelBefore label = label_before(t_, sign.begin);
    const bool telling = label.telling || is_part_of_host(label.begin);
    if (is_of_mail(label.begin) || is_behind_address(sign, label.begin)) {
      return add(sign);
    }
    if (!label.letter) return false;
    if (sign.is_word() && is_first_of_host(sign)) return add(sign);
    if (t_[sign.at] == '.' && !telling)
      return is_apart_dot(t_, sign) && add(sign);
    const bool mailed = is_behind_at(label.begin) &&
                        is_ending(t_, sign.end, Endings::of_adverts) &&
                        is_mailed_name(t_, label.begin - kAt.size());
    return (mailed || is_dot_meant(t_, sign, telling)) && add_dot(sign);
  }

  // "用的是Demo。 In fact": the end of a sentence.
  bool is_full_stop(const Sign& sign) const {
    return word_of(sign) == "。" && sign.begin == sign.at &&
           is_one_of(at(t_, sign.at + sign.size), " \"'");
  }

  // "demoshop 골뱅이 네이버 닷컴".
  bool of_provider(const Sign& sign) {
    Respelling host;
    return is_name_char(before(t_, sign.begin)) &&
           read_foreign_provider(t_, sign.end, host) &&
           push({sign.begin, host.end, "@" + host.with, How::spelled_dot});
  }

  // The label at `i` stands behind an at-sign that was spelled, or behind
  // other labels there.
  bool is_of_mail(size_t i) const {
    size_t n = 0;
    for (size_t k = found_.size(); k > 0 && n < kHostLabelsMax; ++n) {
      const Respelling& one = found_[--k];
      if (one.end != i) return false;
      if (one.with == "@") return true;
      if (one.with != "." && one.with != "-") return false;
      i = label_before(t_, one.begin).begin;
    }
    return false;
  }

  // "demo@yandex•ru".
  bool is_behind_address(const Sign& sign, size_t label) const {
    return drawn_sign_at(t_, sign.at) != nullptr && before(t_, label) == '@' &&
           is_name_char(before(t_, label - 1)) &&
           is_ending(t_, sign.end, Endings::of_adverts);
  }

  // "demo at", "demo*at*".
  bool is_behind_at(size_t label) const {
    return is_parted_at(label) ||
           (label >= kAt.size() && starts_at(t_, label - kAt.size(), kAt));
  }

  bool is_parted_at(size_t label) const {
    return label > kAt.size() && starts_at(t_, label - kAt.size(), "*at*") &&
           is_alnum(t_[label - kAt.size() - 1]);
  }

  // "tê chấm mờ e xẹt": the names of the letters, with the slash behind.
  bool spoken(const Sign& sign) {
    const SpokenHost host = spoken_host_around(t_, {sign.begin, sign.end});
    if (host.text.empty()) return false;
    size_t next = host.range.end;
    while (next - host.range.end < kSideMax && is_one_of(at(t_, next), " ,-")) {
      ++next;
    }
    const Sign slash = sign_at(t_, next);
    const bool is_slash =
        slash.sign == '/' || (slash.sign == '-' && slash.is_word());
    return is_slash && push({host.range.begin, slash.end, host.text + "/",
                             How::spelled_dot});
  }

  // "demo shop dot com, all one word".
  bool joined(const Sign& sign) {
    const size_t label = label_before(t_, sign.begin).begin;
    Respelling host;
    return !is_part_of_host(label) &&
           is_ending(t_, sign.end, Endings::of_adverts) &&
           read_joined_host(t_, {sign.begin, sign.end}, host) &&
           push(std::move(host));
  }

  bool told(const Sign& sign) {
    Respelling host;
    return read_told_host(t_, {sign.at, sign.at + sign.size}, host) &&
           push(std::move(host));
  }

  // "demoshop точка ру", "demoshop punto com punto ar"; "Demo ドットコム" is
  // how papers write names.
  bool other_ending(const Sign& sign) {
    SpelledEnding ending = country_ending_at(t_, sign.end, word_of(sign));
    if (ending.size == 0) ending = spelled_ending_at(t_, sign.end);
    const LabelBefore label = label_before(t_, sign.begin);
    if (!label.letter) return foreign(sign, std::move(ending));
    if (ending.size == 0) return false;
    const bool named = is_glued(sign) && word_of(sign) != "点";
    if (named && !is_asked_behind(t_, label.begin)) return false;
    return push({sign.begin, sign.end + ending.size, "." + ending.meant,
                 How::spelled_dot});
  }

  // "демошоп точка рф", デモショップドットコム.
  bool foreign(const Sign& sign, SpelledEnding ending) {
    if (ending.size == 0 && is_ending(t_, sign.end, Endings::of_adverts)) {
      const std::string_view letters = ending_letters(t_, sign.end);
      ending = {letters.size(), std::string(letters)};
    }
    const size_t begin = foreign_label_begin(t_, sign.begin);
    if (ending.size == 0 || begin == sign.begin) return false;
    const size_t end = sign.end + ending.size;
    if (!is_asked_around(t_, {begin, end})) return false;
    const std::string name(t_.substr(begin, sign.begin - begin));
    std::string host = read_host(name + "." + ending.meant).host;
    return !host.empty() &&
           push({begin, end, std::move(host), How::spelled_dot});
  }

  // Nothing parts the word for the dot from what follows.
  static bool is_glued(const Sign& sign) {
    return sign.end == sign.at + sign.size;
  }

  // "demo dot x arroba example dot com": at `i` the name goes on to an at-sign.
  bool is_in_local_part(size_t i) const {
    for (size_t n = 0; n < kHostLabelsMax; ++n) {
      const size_t behind = behind_label(t_, i);
      if (behind == i) return false;
      if (starts_at(t_, behind, kAt)) {
        return is_host_at(t_, behind + kAt.size());
      }
      const Sign next = at(t_, behind) == '@'
                            ? sign_at(t_, behind)
                            : sign_or_at(t_, skip_opening(t_, behind));
      if (next.size == 0 || next.begin > behind) return false;
      if (next.sign == '@') return is_host_at(t_, next.end, Endings::all);
      if (next.sign != '.' || !next.is_word()) return false;
      i = next.end;
    }
    return false;
  }

  // "chat dot demo dot com": as the next dot is one.
  bool is_first_of_host(const Sign& sign) const {
    const size_t label = behind_label(t_, sign.end);
    if (label == sign.end || !is_host_at(t_, sign.end)) return false;
    return at(t_, label) == ' ' && starts_at(t_, label + 1, word_of(sign));
  }

  // "demo_x at example dot com".
  bool add_dot(const Sign& sign) {
    const size_t label = label_before(t_, sign.begin).begin;
    const size_t begin = label - std::min(label, kAt.size());
    if (is_behind_at(label) && (is_parted_at(label) || is_telling_name(begin) ||
                                is_mailed_name(t_, begin))) {
      push({begin, label, "@", How::spelled_dot});
    }
    if (const size_t at = dashed_at(sign, label); at != 0) {
      push({at, at + kAt.size(), "@", How::spelled_dot});
    }
    if (is_turkish_mail(t_, label, word_of(sign))) {
      push({label - kAt.size(), label, "@", How::spelled_dot});
    }
    return add(sign);
  }

  // "demo-at-example-dot-com": where "-at-" stands in the label, or 0.
  size_t dashed_at(const Sign& sign, size_t label) const {
    if (!sign.is_word() || at(t_, sign.begin) != '-') return 0;
    const std::string_view name = t_.substr(label, sign.begin - label);
    const size_t i = name.rfind("-at-");
    return i == name.npos || i == 0 ? 0 : label + i;
  }

  // "look at demo dot com" writes to nobody.
  bool is_telling_name(size_t end) const {
    const LabelBefore label = label_before(t_, end);
    return label.telling || before(t_, label.begin) == '_' ||
           is_part_of_host(label.begin);
  }

  bool at_sign(const Sign& sign) {
    if (!sign.is_word()) return false;
    const bool sure = sign.bracketed && (sign.size > 1 || t_[sign.at] == '@');
    return (sure || is_host_at(t_, sign.end, Endings::all) ||
            !provider_host_at(t_, sign.end).empty()) &&
           add(sign);
  }

  // "demo guion bajo x", "demo_x".
  bool is_spelled_name_at(size_t i) const {
    const size_t behind = behind_label(t_, i);
    if (behind == i) return false;
    if (at(t_, behind) == '_') return is_alnum(at(t_, behind + 1));
    if (at(t_, behind) != ' ') return false;
    const Sign sign = sign_at(t_, behind + 1);
    return sign.sign == '_' && sign.is_word() && is_name_char(at(t_, sign.end));
  }

  bool apart(const Sign& sign) {
    Respelling one;
    return read_apart_name(t_, {sign.at, sign.at + sign.size}, one) &&
           push(std::move(one));
  }

  // "demokai88", which is no word.
  bool is_telling_name_at(size_t i) const {
    constexpr size_t kNameMin = 6;
    constexpr size_t kLettersMin = 3;
    const size_t behind = behind_label(t_, i);
    size_t letters = i;
    while (is_letter(at(t_, letters))) ++letters;
    const bool host = at(t_, behind) == '.' || is_host_at(t_, i);
    return behind - i >= kNameMin && letters - i >= kLettersMin &&
           letters < behind && is_digit(t_[behind - 1]) && !host;
  }

  // "demo_底线x" has one.
  bool underscore(const Sign& sign) {
    if (!sign.is_word() || is_in_prose(sign)) return false;
    if (before(t_, sign.begin) != '_') return add(sign);
    return push({sign.begin, sign.end, "", How::spelled_dot});
  }

  // "needs no underscore or dash": a sentence about the sign.
  bool is_in_prose(const Sign& sign) const {
    const size_t label = label_before(t_, sign.begin).begin;
    const size_t behind = behind_label(t_, sign.end);
    return is_prose_before_sign(t_.substr(label, sign.begin - label)) ||
           is_prose_behind_sign(t_.substr(sign.end, behind - sign.end));
  }

  bool slash(const Sign& sign) {
    if (!sign.is_word()) return is_apart_slash(sign) && add(sign);
    Respelling broken;
    if (read_broken_host(t_, {sign.begin, sign.end}, broken)) {
      return push(std::move(broken));
    }
    const size_t label = label_before(t_, sign.begin).begin;
    const bool behind = is_part_of_host(sign.begin) && is_host(found_.back());
    const bool host = behind || before(t_, label) == '.' ||
                      (is_part_of_host(label) &&
                       (is_host(found_.back()) || found_.back().with == "/"));
    return host && add(sign);
  }

  // "demoshop . example / order".
  bool is_apart_slash(const Sign& sign) const {
    const size_t label = label_before(t_, sign.begin).begin;
    return sign.begin != sign.at && sign.end != sign.at + 1 &&
           is_part_of_host(label) && is_host(found_.back());
  }

  bool add(const Sign& sign) {
    return push(
        {sign.begin, sign.end, std::string(1, sign.sign), How::spelled_dot});
  }

  bool push(Respelling one) {
    if (!found_.empty() && one.begin < found_.back().end) return false;
    found_.push_back(std::move(one));
    return true;
  }

  std::string_view t_;
  std::vector<Respelling>& found_;
};

}  // namespace

bool begins_spelled_sign(std::string_view t, size_t i) {
  if (sign_word_at(t, i) != nullptr) return true;
  if (drawn_sign_at(t, i) != nullptr || may_be_typed_www(t, i)) return true;
  return !is_ascii(t[i]) && is_opening(code_point_at(t, i).c);
}

bool read_spelled_sign(std::string_view t, size_t i,
                       std::vector<Respelling>& found) {
  Reader reader(t, found);
  const CodePoint first = code_point_at(t, i);
  if (!is_opening(first.c)) return reader.read(sign_at(t, i));
  const size_t inside = i + first.size + (at(t, i + first.size) == ' ' ? 1 : 0);
  return reader.read(sign_or_at(t, inside));
}

char sign_told_at(std::string_view t, size_t i) {
  const SignWord* word = sign_word_at(t, i);
  return word == nullptr ? '\0' : word->sign;
}

void add_dot_beginnings(Prefixes& prefixes) {
  for (const SignWord& word : all_sign_words()) {
    if (word.sign == '.') prefixes.add(word.text);
  }
  add_broken_endings(prefixes);
  prefixes.add("www");
}

void add_at_beginnings(Prefixes& prefixes) {
  for (const SignWord& word : all_sign_words()) {
    if (word.sign == '@') prefixes.add(word.text);
  }
}

void add_spelling_beginnings(Prefixes& prefixes, WordBeginnings& words) {
  const auto add = [&](std::string_view text) {
    prefixes.add(text);
    words.add(text);
  };
  for (const SignWord& word : all_sign_words()) add(word.text);
  add("www");
  for (const std::string_view sign :
       {"【", "⟦", "〔", "「", "『", "《", "☆", "●", "◎", "■", "◆"}) {
    add(sign);
  }
  // Two bytes say little; what follows is a letter or a figure.
  for (const DrawnSign& drawn : all_drawn_signs()) {
    for (char c = '0'; c <= 'z'; ++c) {
      if (is_alnum(c)) add(std::string(drawn.text) + c);
    }
  }
}

}  // namespace simwarden
