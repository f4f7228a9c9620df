// SPDX-License-Identifier: Apache-2.0
#include "contact/spelled_signs.h"

#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/asked_hosts.h"
#include "contact/broken_hosts.h"
#include "contact/drawn_signs.h"
#include "contact/host_endings.h"
#include "contact/hosts.h"
#include "contact/joined_hosts.h"
#include "contact/mail_words.h"
#include "contact/parted_names.h"
#include "contact/prefixes.h"
#include "contact/sign_words.h"
#include "contact/spoken_hosts.h"
#include "contact/told_words.h"

// A word for a dot counts only between the parts of a host: "demo dot com",
// not "8点" and not "the dot me"; at-signs, dashes and slashes only where such
// a dot follows or stands before; an underscore between any two names.
// Sources of the spellings: domain notes (measured spam), and the "defanged"
// forms that security mail uses.
namespace simwarden {
namespace {

constexpr size_t kLabelMax = 63;  // RFC 1035, 2.3.4
// Spaces, brackets, quotes and commas on one side of a sign.
constexpr size_t kSideMax = 3;
// The same with the dots of a pause.
constexpr size_t kBesideMax = 5;
// Labels of a host behind an at-sign or a dash.
constexpr size_t kLabelsMax = 4;

constexpr std::string_view kAt = " at ";
constexpr std::u32string_view kOpening = U"([{【⟦〔「『《‘“<";
constexpr std::u32string_view kClosing = U")]}】⟧〕」』》’”>";
constexpr std::u32string_view kQuotes = U" ,'\"";

// A sign where it stands: its word or itself.
struct Sign {
  size_t at = 0;
  size_t size = 0;
  char sign = '\0';
  bool bracketed = false;
  size_t begin = 0;  // with what stands around it
  size_t end = 0;
};

bool is_in(std::u32string_view set, char32_t c) {
  return set.find(c) != set.npos;
}

bool is_name_char(char c) {
  return is_alnum(c) || c == '_';
}

// "demo then dot then com".
void skip_then(std::string_view t, Sign& sign) {
  if (before(t, sign.begin + 1) == ' ') {
    const size_t size = told_before(Saying::then, t, sign.begin);
    if (size != 0 && sign.begin > size) {
      sign.begin -= size;
      if (t[sign.begin - 1] == ' ') --sign.begin;
    }
  }
  if (before(t, sign.end) == ' ') {
    const size_t size = told_behind(Saying::then, t, sign.end);
    sign.end += size;
    if (size != 0 && at(t, sign.end) == ' ') ++sign.end;
  }
}

void look_around(std::string_view t, Sign& sign) {
  sign.begin = sign.at;
  sign.end = sign.at + sign.size;
  bool opened = false;
  bool closed = false;
  for (size_t n = 0; n < kBesideMax && sign.begin > 0; ++n) {
    const CodePoint p = code_point_before(t, sign.begin);
    const bool dots = p.c == '.' && before(t, sign.begin - 1) == '.';
    const bool more = dots || (p.c == '.' && at(t, sign.begin) == '.');
    if (!is_in(kQuotes, p.c) && !is_in(kOpening, p.c) && !more) break;
    opened = opened || is_in(kOpening, p.c);
    sign.begin -= p.size;
  }
  for (size_t n = 0; n < kBesideMax && sign.end < t.size(); ++n) {
    const CodePoint p = code_point_at(t, sign.end);
    const bool dots = p.c == '.' && at(t, sign.end + 1) == '.';
    const bool more = dots || (p.c == '.' && before(t, sign.end) == '.');
    if (!is_in(kQuotes, p.c) && !is_in(kClosing, p.c) && !more) break;
    closed = closed || is_in(kClosing, p.c);
    sign.end += p.size;
  }
  if (sign.size > 1) skip_then(t, sign);
  sign.bracketed = opened && closed;
}

// The word for a sign at `i`, or a sign itself.
Sign sign_at(std::string_view t, size_t i) {
  Sign sign{i};
  if (const SignWord* word = sign_word_at(t, i)) {
    sign.size = word->text.size();
    sign.sign = word->sign;
  } else if (const DrawnSign* drawn = drawn_sign_at(t, i)) {
    sign.size = drawn->text.size();
    sign.sign = drawn->sign;
  } else if (is_one_of(at(t, i), ".@_-/")) {
    sign.size = 1;
    sign.sign = t[i];
  } else {
    return sign;
  }
  look_around(t, sign);
  return sign;
}

// "[at]", "(a)": too common a word to be asked for elsewhere.
Sign bracketed_at(std::string_view t, size_t i) {
  Sign sign{i, starts_at(t, i, "at") ? size_t{2} : size_t{1}, '@'};
  if (at(t, i) != 'a' || is_alnum(at(t, i + sign.size))) return {};
  look_around(t, sign);
  return sign.bracketed ? sign : Sign{};
}

std::string_view letters_at(std::string_view t, size_t i) {
  constexpr size_t kEndingMax = 8;
  size_t end = i;
  while (end < t.size() && end - i < kEndingMax && is_letter(t[end])) ++end;
  return t.substr(i, end - i);
}

// Behind a word for an at-sign any ending will do.
enum class Endings : uint8_t { of_adverts, all };

bool is_ending(std::string_view t, size_t i, Endings endings) {
  const std::string_view word = letters_at(t, i);
  const char next = at(t, i + word.size());
  if (is_alnum(next) || next == '-' || next == '_') return false;
  if (is_host_ending(word)) return true;
  return endings == Endings::all && word.size() >= 2 &&
         is_known_suffix(std::string(word));
}

// The label before a dot: "t", "demo-1"; not "8". It tells itself from a word
// of prose by a sign or a digit.
struct LabelBefore {
  size_t begin = 0;
  bool letter = false;
  bool telling = false;
};
LabelBefore label_before(std::string_view t, size_t i) {
  LabelBefore label{i};
  while (label.begin > 0 && i - label.begin < kLabelMax) {
    const char c = t[label.begin - 1];
    if (!is_alnum(c) && c != '-') break;
    label.letter = label.letter || is_letter(c);
    label.telling = label.telling || !is_letter(c);
    --label.begin;
  }
  return label;
}

// Behind a label at `i`, or `i`.
size_t behind_label(std::string_view t, size_t i) {
  size_t k = i;
  while (k - i < kLabelMax && (is_alnum(at(t, k)) || at(t, k) == '-')) ++k;
  return k;
}

// A host with a dot, in whatever spelling, stands at `i`.
bool is_host_at(std::string_view t, size_t i,
                Endings endings = Endings::of_adverts) {
  for (size_t n = 0; n < kLabelsMax; ++n) {
    const size_t behind = behind_label(t, i);
    if (behind == i) return false;
    if (at(t, behind) == '.') return is_ending(t, behind + 1, endings);
    size_t next = behind;
    while (next - behind < kSideMax && is_one_of(at(t, next), " ,([{'\"")) {
      ++next;
    }
    const Sign sign = sign_at(t, next);
    if (sign.size == 0 || sign.begin > next) return false;
    if (sign.sign == '.' && is_ending(t, sign.end, endings)) return true;
    if (sign.sign == '.' && endings == Endings::of_adverts) return false;
    if (sign.sign != '-' && sign.sign != '.') return false;
    i = sign.end;
  }
  return false;
}

class Reader {
 public:
  Reader(std::string_view t, std::vector<Respelling>& found)
      : t_(t), found_(found) {}

  bool read(const Sign& sign) {
    if (sign.sign == '_' && apart(sign)) return true;
    if (sign.sign == '.' && is_word(sign) &&
        (spoken(sign) || joined(sign) || other_ending(sign))) {
      return true;
    }
    if (sign.size == 0 || !is_name_char(at(t_, sign.end))) return false;
    if (sign.sign == '@' && is_word(sign) && !is_circle(sign) &&
        (is_spelled_name_at(sign.end) || is_telling_name_at(sign.end))) {
      return push({sign.at, sign.end, "@", How::spelled_dot});
    }
    if (!is_name_char(before(t_, sign.begin))) return false;
    switch (sign.sign) {
      case '.': return dot(sign);
      case '@': return at_sign(sign);
      case '-': return is_word(sign) && is_dash(sign) && add(sign);
      case '_': return underscore(sign);
      case '/': return slash(sign);
      default: return false;
    }
  }

 private:
  // A sign of the text that stands by itself says nothing.
  bool is_word(const Sign& sign) const {
    return sign.bracketed || sign.size > 1;
  }

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
    if (is_word(sign) && is_in_local_part(sign.end)) return add(sign);
    Respelling spaced;
    if (is_word(sign) && read_spaced_host(t_, {sign.begin, sign.end}, spaced)) {
      return push(std::move(spaced));
    }
    if (sign.bracketed) return is_alnum(at(t_, sign.end)) && add_dot(sign);
    const LabelBefore label = label_before(t_, sign.begin);
    const bool telling = label.telling || is_part_of_host(label.begin);
    if (is_of_mail(label.begin)) return add(sign);
    if (!label.letter) return false;
    if (is_word(sign) && is_first_of_host(sign)) return add(sign);
    if (t_[sign.at] == '.' && !telling) return is_apart_host(sign) && add(sign);
    const bool mailed = is_behind_at(label.begin) &&
                        is_ending(t_, sign.end, Endings::of_adverts) &&
                        is_mailed_name(t_, label.begin - kAt.size());
    return (mailed || is_meant(sign, telling)) && add_dot(sign);
  }

  // The label at `i` stands behind an at-sign that was spelled, or behind
  // other labels there.
  bool is_of_mail(size_t i) const {
    size_t n = 0;
    for (size_t k = found_.size(); k > 0 && n < kLabelsMax; ++n) {
      const Respelling& one = found_[--k];
      if (one.end != i) return false;
      if (one.with == "@") return true;
      if (one.with != "." && one.with != "-") return false;
      i = label_before(t_, one.begin).begin;
    }
    return false;
  }

  bool is_behind_at(size_t label) const {
    return label >= kAt.size() && starts_at(t_, label - kAt.size(), kAt);
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
        slash.sign == '/' || (slash.sign == '-' && is_word(slash));
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

  // "demoshop точка ру", "demoshop punto com punto ar"; "Demo ドットコム" is
  // how papers write names.
  bool other_ending(const Sign& sign) {
    SpelledEnding ending = country_ending_at(t_, sign.end, word_of(sign));
    if (ending.size == 0) ending = spelled_ending_at(t_, sign.end);
    const LabelBefore label = label_before(t_, sign.begin);
    if (ending.size == 0 || !label.letter) return false;
    const bool named = is_glued(sign) && word_of(sign) != "点";
    if (named && !is_asked_behind(t_, label.begin)) return false;
    return push({sign.begin, sign.end + ending.size, "." + ending.meant,
                 How::spelled_dot});
  }

  // Nothing parts the word for the dot from what follows.
  static bool is_glued(const Sign& sign) {
    return sign.end == sign.at + sign.size;
  }

  // "demo dot x arroba example dot com": at `i` the name goes on to an at-sign.
  bool is_in_local_part(size_t i) const {
    for (size_t n = 0; n < kLabelsMax; ++n) {
      const size_t behind = behind_label(t_, i);
      if (behind == i) return false;
      if (starts_at(t_, behind, kAt)) {
        return is_host_at(t_, behind + kAt.size());
      }
      const Sign next = at(t_, behind) == '@'
                            ? sign_at(t_, behind)
                            : sign_or_at(skip_opening(behind));
      if (next.size == 0 || next.begin > behind) return false;
      if (next.sign == '@') return is_host_at(t_, next.end, Endings::all);
      if (next.sign != '.' || !is_word(next)) return false;
      i = next.end;
    }
    return false;
  }

  // Over what may stand in front of a sign.
  size_t skip_opening(size_t i) const {
    for (size_t n = 0; n < kSideMax; ++n) {
      const CodePoint p = code_point_at(t_, i);
      if (!is_in(kQuotes, p.c) && !is_in(kOpening, p.c)) break;
      i += p.size;
    }
    return i;
  }

  Sign sign_or_at(size_t i) const {
    const Sign at = bracketed_at(t_, i);
    return at.size != 0 ? at : sign_at(t_, i);
  }

  // "chat dot demo dot com": as the next dot is one.
  bool is_first_of_host(const Sign& sign) const {
    const size_t label = behind_label(t_, sign.end);
    if (label == sign.end || !is_host_at(t_, sign.end)) return false;
    return at(t_, label) == ' ' && starts_at(t_, label + 1, word_of(sign));
  }

  // How much must mark a host, by the word for its dot: one in another script
  // than the host is no prose; "dot" stands before words too; "ponto com" is
  // prose.
  bool is_meant(const Sign& sign, bool telling) const {
    if (is_own_host(sign)) return true;
    if (!is_ending(t_, sign.end, Endings::of_adverts)) return false;
    if (is_path_behind(sign.end)) return true;
    if (drawn_sign_at(t_, sign.at) != nullptr) return is_plain_host(sign);
    if (!is_ascii(t_[sign.at])) return true;
    if (t_[sign.at] != 'd') return telling || is_plain_host(sign);
    if (is_article_before(sign.begin)) return false;
    return !is_wordy_ending(letters_at(t_, sign.end));
  }

  // "the dot com bubble".
  bool is_article_before(size_t end) const {
    constexpr std::array<std::string_view, 6> kArticles = {
        "the", "a", "an", "this", "that", "of"};
    const size_t begin = label_before(t_, end).begin;
    return is_one_of(t_.substr(begin, end - begin), kArticles);
  }

  // "demoshop kropka pl".
  bool is_own_host(const Sign& sign) const {
    const std::string_view ending = letters_at(t_, sign.end);
    if (!is_ending(t_, sign.end, Endings::all) || !is_long_label(sign)) {
      return false;
    }
    if (is_own_ending(word_of(sign), ending)) {
      return is_last(sign) || is_asked(sign);
    }
    return is_asked_ending(word_of(sign), ending) && is_last(sign) &&
           is_asked(sign);
  }

  bool is_long_label(const Sign& sign) const {
    constexpr size_t kLabelMin = 4;
    return sign.begin - label_before(t_, sign.begin).begin >= kLabelMin;
  }

  // "demoshop punkt net": an ending that is no word where such a dot is one.
  // "com" is one in Portuguese and Catalan; an "empresa punto com" has no host.
  bool is_plain_host(const Sign& sign) const {
    constexpr std::array<std::string_view, 9> kSure = {
        "com", "net", "org", "xyz", "icu", "cyou", "biz", "invalid", "example"};
    constexpr std::array<std::string_view, 5> kOfProse = {
        "ponto", "pontu", "point", "punt", "punto"};
    const std::string_view ending = letters_at(t_, sign.end);
    const bool prose = ending == "com" && !(is_asked(sign) && is_last(sign)) &&
                       is_one_of(word_of(sign), kOfProse);
    const char next = at(t_, sign.end + ending.size());
    return is_one_of(ending, kSure) && !prose && next != '\'' &&
           is_long_label(sign);
  }

  // "entra en demoshop punto com".
  bool is_asked(const Sign& sign) const {
    return is_asked_behind(t_, label_before(t_, sign.begin).begin);
  }

  // No sentence goes on behind the ending.
  bool is_last(const Sign& sign) const {
    const size_t end = sign.end + letters_at(t_, sign.end).size();
    const size_t next = end + (at(t_, end) == ' ' ? 1 : 0);
    return !simwarden::is_word(code_point_at(t_, next).c);
  }

  // "demoshop . net", but not "a loja . com frete".
  bool is_apart_host(const Sign& sign) const {
    if (sign.begin == sign.at || sign.end == sign.at + 1) return false;
    const std::string_view ending = letters_at(t_, sign.end);
    const bool prose = ending == "com" && !is_last(sign);
    return !prose && is_plain_host(sign);
  }

  bool is_path_behind(size_t ending) const {
    size_t i = ending + letters_at(t_, ending).size();
    while (is_one_of(at(t_, i), " ([{")) ++i;
    return sign_at(t_, i).sign == '/';
  }

  // "demo_x at example dot com".
  bool add_dot(const Sign& sign) {
    const size_t label = label_before(t_, sign.begin).begin;
    const size_t begin = label - std::min(label, kAt.size());
    if (is_behind_at(label) &&
        (is_telling_name(begin) || is_mailed_name(t_, begin))) {
      push({begin, label, "@", How::spelled_dot});
    }
    if (is_turkish_mail(t_, label, word_of(sign))) {
      push({label - kAt.size(), label, "@", How::spelled_dot});
    }
    return add(sign);
  }

  // "look at demo dot com" writes to nobody.
  bool is_telling_name(size_t end) const {
    const LabelBefore label = label_before(t_, end);
    return label.telling || before(t_, label.begin) == '_' ||
           is_part_of_host(label.begin);
  }

  bool at_sign(const Sign& sign) {
    if (!is_word(sign)) return false;
    const bool sure = sign.bracketed && (sign.size > 1 || t_[sign.at] == '@');
    return (sure || is_host_at(t_, sign.end, Endings::all)) && add(sign);
  }

  // "demo guion bajo x", "demo_x".
  bool is_spelled_name_at(size_t i) const {
    const size_t behind = behind_label(t_, i);
    if (behind == i) return false;
    if (at(t_, behind) == '_') return is_alnum(at(t_, behind + 1));
    if (at(t_, behind) != ' ') return false;
    const Sign sign = sign_at(t_, behind + 1);
    return sign.sign == '_' && is_word(sign) && is_name_char(at(t_, sign.end));
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
    if (!is_word(sign) || before(t_, sign.begin) != '_') {
      return is_word(sign) && add(sign);
    }
    return push({sign.begin, sign.end, "", How::spelled_dot});
  }

  bool slash(const Sign& sign) {
    if (!is_word(sign)) return is_apart_slash(sign) && add(sign);
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
  if (drawn_sign_at(t, i) != nullptr) return true;
  return !is_ascii(t[i]) && is_in(kOpening, code_point_at(t, i).c);
}

bool read_spelled_sign(std::string_view t, size_t i,
                       std::vector<Respelling>& found) {
  Reader reader(t, found);
  const CodePoint first = code_point_at(t, i);
  if (!is_in(kOpening, first.c)) return reader.read(sign_at(t, i));
  const size_t inside = i + first.size + (at(t, i + first.size) == ' ' ? 1 : 0);
  const Sign at = bracketed_at(t, inside);
  return reader.read(at.size != 0 ? at : sign_at(t, inside));
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
}

void add_spelling_beginnings(Prefixes& prefixes, WordBeginnings& words) {
  const auto add = [&](std::string_view text) {
    prefixes.add(text);
    words.add(text);
  };
  for (const SignWord& word : all_sign_words()) add(word.text);
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
