// SPDX-License-Identifier: Apache-2.0
#include "spelling/told_words.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <vector>

#include "diag/check.h"
#include "spelling/tables.h"
#include "text/tables.h"

namespace simwarden {
namespace {

// As the enumerators of Saying.
constexpr std::array<std::string_view, 28> kRows = {
    "write", "search",  "is",      "reversed", "leave",   "join",   "call",
    "then",  "correct", "figures", "half",     "first",   "middle", "last",
    "mail",  "other",   "count",   "draw",     "ring",    "wares",  "offer",
    "goods", "site",    "open",    "joined",   "between", "piece",  "papers"};

// Pairs of bytes with which the words of a row begin, or end: nearly every
// place of a text is refused by them.
class Pairs {
 public:
  void add(char first, char second) { seen_.set(index(first, second)); }
  bool has(char first, char second) const {
    return seen_[index(first, second)];
  }

 private:
  static constexpr size_t kSize = size_t{1} << 12;
  static size_t index(char first, char second) {
    const auto a = static_cast<unsigned char>(first);
    const auto b = static_cast<unsigned char>(second);
    return (a * 31U + b) % kSize;
  }
  std::bitset<kSize> seen_;
};

class Table {
 public:
  Table() {
    for (const TableRow& row : rows_of(tables::told_words, 2)) {
      const auto* name = std::find(kRows.begin(), kRows.end(), row[0]);
      CHECK(name != kRows.end(), "a row of told_words.tsv is one of kRows");
      add(row[1], words_[static_cast<size_t>(name - kRows.begin())]);
    }
    for (size_t row = 0; row < kRows.size(); ++row) {
      for (const std::string_view word : words_[row]) add_ends(row, word);
    }
    finders_.reserve(kRows.size());
    for (const auto& words : words_) {
      const auto row = static_cast<Saying>(&words - words_.data());
      const bool whole =
          row == Saying::draw || row == Saying::wares || row == Saying::goods;
      finders_.emplace_back(words,
                            whole ? Words::Ends::whole : Words::Ends::anywhere);
    }
  }

  const std::vector<std::string_view>& words(Saying what) const {
    return words_[static_cast<size_t>(what)];
  }
  bool may_begin(Saying what, std::string_view t, size_t i) const {
    return begins_[static_cast<size_t>(what)].has(at(t, i), at(t, i + 1));
  }
  bool may_end(Saying what, std::string_view t, size_t i) const {
    return ends_[static_cast<size_t>(what)].has(before(t, i - 1), t[i - 1]);
  }
  const Words& finder(Saying what) const {
    return finders_[static_cast<size_t>(what)];
  }

 private:
  static void add(std::string_view list, std::vector<std::string_view>& to) {
    while (!list.empty()) {
      const size_t end = std::min(list.find(','), list.size());
      to.push_back(trimmed(list.substr(0, end)));
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }

  void add_ends(size_t row, std::string_view word) {
    if (word.size() > 1) {
      begins_[row].add(word[0], word[1]);
      ends_[row].add(word[word.size() - 2], word.back());
      return;
    }
    for (int c = 0; c < 256; ++c) {
      begins_[row].add(word[0], static_cast<char>(c));
      ends_[row].add(static_cast<char>(c), word[0]);
    }
  }

  std::array<std::vector<std::string_view>, kRows.size()> words_;
  std::array<Pairs, kRows.size()> begins_;
  std::array<Pairs, kRows.size()> ends_;
  std::vector<Words> finders_;
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

}  // namespace

const Words& told_words(Saying what) {
  return table().finder(what);
}

namespace {

constexpr size_t kReach = 72;  // a line of an advert

bool stands_near(Saying what, std::string_view t, size_t begin, size_t end) {
  const size_t from = begin - std::min(begin, kReach);
  const Words& words = told_words(what);
  return words.found_in(t.substr(from, begin - from)) ||
         words.found_in(t.substr(std::min(end, t.size()), kReach));
}

// Without the signs that part Han characters, 补.卡.找.我; "" when there are
// none.
std::string without_signs(std::string_view window) {
  constexpr std::string_view kSigns = " .-_*/|~+";
  constexpr size_t kHanBytes = 3;
  std::string joined;
  bool parted = false;
  for (size_t i = 0; i < window.size(); ++i) {
    const bool sign =
        i >= kHanBytes && is_one_of(window[i], kSigns) &&
        static_cast<unsigned char>(window[i - kHanBytes]) >= 0xE4 &&
        static_cast<unsigned char>(at(window, i + 1)) >= 0xE4;
    parted = parted || sign;
    if (!sign) joined += window[i];
  }
  return parted ? joined : "";
}

bool offers_parted(std::string_view t, size_t begin, size_t end) {
  const size_t from = begin - std::min(begin, kReach);
  for (const std::string_view side :
       {t.substr(from, begin - from),
        t.substr(std::min(end, t.size()), kReach)}) {
    const std::string joined = without_signs(side);
    if (joined.empty()) continue;
    for (const Saying what : {Saying::wares, Saying::goods}) {
      if (told_words(what).found_in(joined)) return true;
    }
  }
  return false;
}

}  // namespace

bool offers_goods(std::string_view t, size_t begin, size_t end) {
  return stands_near(Saying::goods, t, begin, end);
}

bool offers_wares(std::string_view t, size_t begin, size_t end) {
  return stands_near(Saying::wares, t, begin, end) ||
         offers_goods(t, begin, end) || offers_parted(t, begin, end);
}

size_t told_before(Saying what, std::string_view t, size_t i) {
  size_t longest = 0;
  if (i == 0 || !table().may_end(what, t, i)) return 0;
  for (const std::string_view word : table().words(what)) {
    if (word.size() <= longest || i < word.size()) continue;
    const size_t begin = i - word.size();
    if (starts_at(t, begin, word) && is_parted_before(t, begin)) {
      longest = word.size();
    }
  }
  return longest;
}

size_t told_behind(Saying what, std::string_view t, size_t i) {
  size_t longest = 0;
  if (i >= t.size() || !table().may_begin(what, t, i)) return 0;
  for (const std::string_view word : table().words(what)) {
    if (word.size() > longest && starts_at(t, i, word) &&
        is_parted_behind(t, i + word.size())) {
      longest = word.size();
    }
  }
  return longest;
}

}  // namespace simwarden
