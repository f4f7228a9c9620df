// SPDX-License-Identifier: Apache-2.0
#include "rollout/word_diff.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/characters.h"

namespace simwarden {
namespace {

using Words = std::vector<std::string_view>;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// The end of the quoted text that begins at `at`; of an unclosed one its end.
size_t end_of_quote(std::string_view text, size_t at) {
  const char quote = text[at];
  for (size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

size_t end_of_word(std::string_view text, size_t at, Wording wording) {
  const auto run = [&](auto belongs) {
    size_t end = at + 1;
    while (end < text.size() && belongs(text[end])) ++end;
    return end;
  };
  const char c = text[at];
  if (is_space(c)) return run(is_space);
  const bool code = wording == Wording::code;
  if (code && (c == '\'' || c == '"')) return end_of_quote(text, at);
  if (is_ascii_word(c)) {
    return run([&](char d) { return is_ascii_word(d) || (code && d == '.'); });
  }
  if (static_cast<unsigned char>(c) >= 0x80) return run(is_continuation);
  constexpr std::string_view kOperators = "&|=<>!";
  if (code && kOperators.find(c) != kOperators.npos) {
    return run([&](char d) { return kOperators.find(d) != kOperators.npos; });
  }
  return at + 1;
}

Words words_of(std::string_view text, Wording wording) {
  Words words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = end_of_word(text, at, wording);
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

class Pieces {
 public:
  void add(WordPiece::Is is, std::string_view text) {
    if (text.empty()) return;
    if (!pieces_.empty() && pieces_.back().is == is) {
      pieces_.back().text += text;
    } else {
      pieces_.push_back({is, std::string(text)});
    }
  }
  std::vector<WordPiece> take() { return std::move(pieces_); }

 private:
  std::vector<WordPiece> pieces_;
};

// The longest common subsequence, by its lengths from the end.
class Table {
 public:
  Table(const Words& a, const Words& b)
      : a_(a), b_(b), lengths_((a.size() + 1) * (b.size() + 1)) {
    for (size_t i = a.size(); i-- > 0;) {
      for (size_t j = b.size(); j-- > 0;) {
        at(i, j) = a[i] == b[j] ? at(i + 1, j + 1) + 1
                                : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  void write(Pieces& out) {
    size_t i = 0;
    size_t j = 0;
    while (i < a_.size() && j < b_.size()) {
      if (a_[i] == b_[j]) {
        out.add(WordPiece::Is::same, a_[i]);
        ++i;
        ++j;
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        out.add(WordPiece::Is::removed, a_[i++]);
      } else {
        out.add(WordPiece::Is::added, b_[j++]);
      }
    }
    while (i < a_.size()) out.add(WordPiece::Is::removed, a_[i++]);
    while (j < b_.size()) out.add(WordPiece::Is::added, b_[j++]);
  }

 private:
  uint32_t& at(size_t i, size_t j) { return lengths_[i * (b_.size() + 1) + j]; }
  const Words& a_;
  const Words& b_;
  std::vector<uint32_t> lengths_;
};

void write_middle(const Words& a, const Words& b, Pieces& out) {
  if ((a.size() + 1) * (b.size() + 1) <= kCellsMax) {
    Table(a, b).write(out);
    return;
  }
  for (const auto& word : a) out.add(WordPiece::Is::removed, word);
  for (const auto& word : b) out.add(WordPiece::Is::added, word);
}

bool is_blank(const WordPiece& piece) {
  return std::all_of(piece.text.begin(), piece.text.end(), is_space);
}

// "[-a-]{+x+} [-b-]{+y+}" reads worse than "[-a b-]{+x y+}": what stands
// between two changes and is only white space belongs to both, and of one
// stretch of changes what is removed is written first.
std::vector<WordPiece> joined(std::vector<WordPiece> pieces) {
  Pieces out;
  std::string removed;
  std::string added;
  const auto flush = [&] {
    out.add(WordPiece::Is::removed, removed);
    out.add(WordPiece::Is::added, added);
    removed.clear();
    added.clear();
  };
  for (size_t i = 0; i < pieces.size(); ++i) {
    const WordPiece& piece = pieces[i];
    const bool between = i > 0 && i + 1 < pieces.size() && is_blank(piece);
    if (piece.is == WordPiece::Is::removed) {
      removed += piece.text;
    } else if (piece.is == WordPiece::Is::added) {
      added += piece.text;
    } else if (between) {
      removed += piece.text;
      added += piece.text;
    } else {
      flush();
      out.add(WordPiece::Is::same, piece.text);
    }
  }
  flush();
  return out.take();
}

}  // namespace

std::vector<WordPiece> word_diff(std::string_view before,
                                 std::string_view after, Wording wording) {
  Words a = words_of(before, wording);
  Words b = words_of(after, wording);
  Pieces out;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto head = x - a.begin();
  for (auto word = a.begin(); word != x; ++word) {
    out.add(WordPiece::Is::same, *word);
  }
  size_t tail = 0;
  const size_t tail_max = std::min(a.size(), b.size()) - size_t(head);
  while (tail < tail_max && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  const Words same_tail(a.end() - std::ptrdiff_t(tail), a.end());
  write_middle(Words(x, a.end() - std::ptrdiff_t(tail)),
               Words(y, b.end() - std::ptrdiff_t(tail)), out);
  for (const auto& word : same_tail) out.add(WordPiece::Is::same, word);
  return joined(out.take());
}

}  // namespace simwarden
