// SPDX-License-Identifier: Apache-2.0
#include "scan/shape.h"

#include <algorithm>

#include "scan/fold.h"
#include "scan/regex_reader.h"
#include "scan/shape_part.h"

// A pattern is read from the left, by descent; shape_part.h puts together what
// was read.

namespace simwarden {
namespace {

// Puts a pattern together while it is read.
class Builder {
 public:
  std::optional<Shape> build(std::string_view pattern) {
    RegexReader reader(pattern);
    ShapePart whole;
    if (!read_either(reader, 0, whole)) return std::nullopt;
    if (!reader.at_end()) return std::nullopt;
    return finish(std::move(whole), reader.sure());
  }

 private:
  // Deeper nesting is left to RE2.
  static constexpr int kDepthMax = 40;

  bool read_either(RegexReader& reader, int depth, ShapePart& result) {
    if (depth > kDepthMax) return false;
    std::vector<ShapePart> parts;
    uint64_t instructions = 2;
    uint32_t repeats = 1;
    do {
      const size_t begin = reader.at();
      if (!read_row(reader, depth, parts)) return false;
      if (depth == 0) add_way(reader.between(begin, reader.at()));
      instructions += instructions_ + 2;
      repeats = std::max(repeats, repeats_);
    } while (reader.take('|'));
    instructions_ = instructions;
    repeats_ = repeats;
    result = either(std::move(parts));
    return true;
  }

  static bool is_word(std::string_view row) {
    return row.find_first_of("\\[]().*+?{}^$") == row.npos;
  }

  // A row of the outermost level. Flags hold for all that follow: what stands
  // in front is said of each way again.
  void add_way(std::string_view row) {
    if (ways_.empty()) row.remove_prefix(flags_.size());
    together_ |= row.empty();
    const bool word = is_word(row);
    if (word && after_word_) {
      (ways_.back() += '|') += row;
    } else {
      ways_.push_back(flags_ + std::string(row));
    }
    after_word_ = word;
  }

  static bool at_row_end(const RegexReader& reader) {
    return reader.at_end() || reader.peek() == '|' || reader.peek() == ')';
  }

  void add_letters(std::vector<ShapePart>& parts) const {
    if (parts.empty() || !parts.back().rows) {
      parts.emplace_back();
      parts.back().rows = true;
      parts.back().words.clear();
    }
    parts.back().words.push_back(letters_);
  }

  bool read_row(RegexReader& reader, int depth, std::vector<ShapePart>& parts) {
    uint64_t instructions = 0;
    uint32_t repeats = 1;
    const bool begins = read_letters(reader, instructions);
    if (begins && at_row_end(reader)) {  // as most rows do
      instructions_ = instructions;
      repeats_ = repeats;
      add_letters(parts);
      return true;
    }
    ShapeRow row;
    if (begins) row.add(letters_);
    while (!at_row_end(reader)) {
      if (read_letters(reader, instructions)) {
        row.add(letters_);
        continue;
      }
      ShapePart part;
      instructions_ = 0;
      repeats_ = 1;
      if (!read_part(reader, depth, part)) return false;
      if (!repeat(reader, part)) return false;
      instructions += instructions_;
      repeats = std::max(repeats, repeats_);
      if (instructions > kTooLong) return false;
      row.add(std::move(part));
    }
    instructions_ = instructions;
    repeats_ = repeats;
    parts.push_back(row.finish());
    return true;
  }

  // Letters that stand for themselves and are folded already, at once.
  bool read_letters(RegexReader& reader, uint64_t& instructions) {
    const std::string_view letters = reader.letters_ahead();
    if (letters.empty()) return false;
    folded_.fold(letters);
    if (!folded_.same()) return false;
    instructions += reader.skip(letters);
    letters_.bytes = letters;
    return true;
  }

  bool repeat(RegexReader& reader, ShapePart& part) {
    RegexCount count;
    if (!reader.read_count(count)) return false;
    if (!count.given) return true;
    const bool endless = count.most == kNoEnd;
    const uint32_t copies = endless ? count.least : count.most;
    // RE2 refuses counts within counts beyond this.
    repeats_ *= std::max(copies, 1u);
    if (repeats_ > kRegexCountMax) return false;
    instructions_ = (instructions_ + 3) * (uint64_t{copies} + 1);
    part = repeated(std::move(part), count);
    return true;
  }

  bool read_part(RegexReader& reader, int depth, ShapePart& part) {
    const size_t begin = reader.at();
    if (!reader.take('(')) return read_atom(reader, part);
    const RegexFlags before = reader.flags();
    switch (reader.read_group_head()) {
      case RegexGroup::unknown: return false;
      case RegexGroup::flags_only:
        if (begin == 0) flags_ = reader.between(0, reader.at());
        together_ |= depth == 0 && begin > 0;
        return !reader.at_count();
      case RegexGroup::opened: break;
    }
    if (!read_either(reader, depth + 1, part)) return false;
    instructions_ += 2;  // of a capture
    reader.set_flags(before);
    return reader.take(')');
  }

  bool read_atom(RegexReader& reader, ShapePart& part) {
    RegexAtom atom;
    if (!reader.read_atom(atom)) return false;
    folds_ |= reader.flags().fold;
    instructions_ = atom.instructions;
    switch (atom.is) {
      case RegexAtom::Is::edge:
        part.words[0].before = part.words[0].after =
            atom.inside ? Edge::inside : Edge::boundary;
        return !reader.at_count();
      case RegexAtom::Is::anchor:
        anchored_ = true;
        give_up_words(part);
        return !reader.at_count();
      case RegexAtom::Is::wide:
        part.exact = false;
        part.words.clear();
        part.branches.push_back({{},
                                 {atom.width_least, atom.width_most,
                                  atom.digit ? 1U : 0U, atom.stops}});
        return true;
      case RegexAtom::Is::characters: break;
    }
    part.words.clear();
    for (const std::string& character : atom.characters) {
      ShapeWord word;
      folded_.fold(character);
      word.bytes = folded_.folded();
      word.any_case = reader.flags().fold || word.bytes != character;
      changed_ |= word.bytes != character;
      const bool known = std::any_of(
          part.words.begin(), part.words.end(),
          [&](const ShapeWord& one) { return one.bytes == word.bytes; });
      if (!known) part.words.push_back(std::move(word));
    }
    return true;
  }

  Shape finish(ShapePart whole, bool sure) {
    Shape shape;
    shape.only_words = whole.exact && can_be_step(whole.words) && !folds_ &&
                       !changed_ && !anchored_;
    give_up_words(whole);
    shape.branches = std::move(whole.branches);
    const bool apart = !shape.only_words && !together_ && ways_.size() > 1;
    if (apart && ways_.size() <= kWaysMax) shape.ways = std::move(ways_);
    shape.folds = folds_;
    shape.width = widest(shape.branches);
    shape.instructions_max = sure ? instructions_ + 16 : UINT64_MAX;
    return shape;
  }

  // Longer ones are RE2's to judge, and to refuse.
  static constexpr uint64_t kTooLong = 1'000'000;

  FoldedText folded_;
  ShapeWord letters_;
  uint64_t instructions_ = 0;  // of what was read last
  uint32_t repeats_ = 1;       // counts within counts, multiplied
  bool folds_ = false;
  bool anchored_ = false;
  bool changed_ = false;  // a capital letter was folded
  std::string flags_;     // that stand in front of all
  std::vector<std::string> ways_;
  bool after_word_ = false;  // the last way ends with one
  bool together_ = false;    // the ways cannot stand alone
};

}  // namespace

std::optional<Shape> shape_of(std::string_view pattern) {
  return Builder().build(pattern);
}

}  // namespace simwarden
