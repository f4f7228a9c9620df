// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <vector>

#include <re2/re2.h>

// Patterns and texts by chance, of words that meet: the same for a seed.
namespace simwarden {

inline const std::vector<std::string> kWords = {
    "send",        "otp", "Code",  "SIM",       "验证码", "补卡",
    "客服",        "卡",  "код",   "СИМ-карта", "kit",    "\u212ait",
    "stra\u00dfe", "ÀÉ",  "12345", "t.me/",     "@demo_", "one-time",
    "微信",        "ſim", "a",     "-",         "手机卡", "пароль"};

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  size_t below(size_t bound) { return random_() % bound; }
  const std::string& word() { return kWords[below(kWords.size())]; }

  std::string text() {
    std::string out;
    const bool is_long = below(12) == 0;  // long enough for windows
    for (size_t i = is_long ? 80 + below(80) : below(14); i > 0; --i) {
      out += word();
      if (below(3) == 0) out += ' ';
      if (below(9) == 0) out += char(random_());  // often not UTF-8
      if (below(9) == 0) out += "，";
      if (below(5) == 0) out += stop();
    }
    return out;
  }

  std::string pattern() {
    std::string out = below(3) == 0 ? "(?i)" : "";
    for (size_t ways = below(3) == 0 ? 1 + below(5) : 1; ways > 0; --ways) {
      for (size_t i = 1 + below(3); i > 0; --i) out += piece();
      if (ways > 1) out += '|';
    }
    return out;
  }

 private:
  std::string piece() {
    switch (below(30)) {
      case 0: return "(?:" + literal() + "|" + literal() + ")";
      case 1: return literal() + ".{0,6}" + literal();
      case 2: return "(?:" + literal() + ")?";
      case 3: return "[卡码客к]" + literal();
      case 4: return "\\b" + literal();
      case 5: return "\\d{2,4}";
      case 6: return "(?:" + literal() + "|[0-9]+)\\s*";
      case 7: return "[0-9]{1,3}?";
      case 8: return "@?[a-z_]{2,}";
      case 9: return "/+";
      case 10: return "\\.?\\d+";
      case 11: return below(4) == 0 ? "|" : "-?";
      case 12: return "\\b(?:" + literal() + "|" + literal() + ")\\b";
      case 13: return literal() + "[^.!?]*" + literal();
      case 14: return literal() + ".{2,30}?" + literal();
      case 15: return "(?:" + literal() + "\\d*|" + literal() + ".)";
      case 16: return "\\B";
      case 17: return edge();
      case 18: return "[a-zа-я]{0,3}";
      case 19: return "(?:" + literal() + "){1,2}";
      case 20: return literal() + "[^a-z]?[0-9]{2,5}";
      case 21: return "\\d{2,}.{0,3}" + literal();
      case 22: return literal() + gap() + literal();
      case 23: return gap() + literal();
      case 24: return literal() + gap();
      case 25: return "(?:" + literal() + "|" + literal() + gap() + ")";
      case 26: return "(?:" + literal() + gap() + ")?";
      default: return literal();
    }
  }
  const char* stop() {
    static constexpr const char* kAll[] = {".",  "!", "?", "\n",    ",",
                                           "。", "؟", "।", "。\x80"};
    return kAll[below(std::size(kAll))];
  }
  const char* edge() {
    static constexpr const char* kAll[] = {
        "\\b", "^", "$", "(?m:^)", "(?m:$)", "(?:^|[^a-z])", "(?:[.,!]|$)"};
    return kAll[below(std::size(kAll))];
  }
  const char* gap() {
    static constexpr const char* kAll[] = {
        "[^.!?\n]*",        "[^.。]{0,30}",   ".{0,40}",    "(?s:.{0,40})",
        "[\\w ]*",          "\\S*",           "\\s*",       "[^\\w]{0,6}",
        "[^\\s؟]*",         "[!-,a-z ]*",     "[^\\p{L}]*", "[\\pL ,]{0,30}",
        "(?:, ?|[^,.]{3})", "[^।]{1,20}?",    "[.!?]",      "(?i)[^.]*",
        "(?:[^!]|[^?]){9}", "(?:a|b\\.|。)?", "\\W*",       "\\D{0,20}"};
    return kAll[below(std::size(kAll))];
  }
  std::string literal() { return re2::RE2::QuoteMeta(word()); }

  std::mt19937 random_;
};

}  // namespace simwarden
