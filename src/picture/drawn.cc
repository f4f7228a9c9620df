// SPDX-License-Identifier: Apache-2.0
// Every sign becomes a cell of two by four dots, as wide to high as a sign of a
// terminal. Where nothing is found like that, each sign is taken for a square.
#include "picture/drawn.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "picture/codes.h"

namespace simwarden {
namespace {

// Dots of a cell, from the left upper one, row by row; a bit each.
using Dots = uint8_t;
constexpr Dots kPaper = 0x00;
constexpr Dots kInk = 0xFF;
constexpr uint32_t kDotsAcross = 2;
constexpr uint32_t kDotsDown = 4;

struct Sign {
  Dots dots = kPaper;
  bool wide = false;  // takes two columns
};

struct SignRow {
  char32_t sign;
  Dots dots;
  bool wide;
};
constexpr Dots kUpper = 0x0F;
constexpr Dots kLower = 0xF0;
constexpr Dots kLeft = 0x55;
constexpr Dots kRight = 0xAA;
constexpr std::array kSigns = {
    SignRow{U'\u00A0', kPaper, false},
    SignRow{U'\u2003', kPaper, false},          // em space
    SignRow{U'\u2580', kUpper, false},          // ▀
    SignRow{U'\u2584', kLower, false},          // ▄
    SignRow{U'\u2588', kInk, false},            // █
    SignRow{U'\u258C', kLeft, false},           // ▌
    SignRow{U'\u2590', kRight, false},          // ▐
    SignRow{U'\u2591', kPaper, false},          // ░
    SignRow{U'\u2592', kPaper, false},          // ▒
    SignRow{U'\u2593', kInk, false},            // ▓
    SignRow{U'\u2596', kLower& kLeft, false},   // ▖
    SignRow{U'\u2597', kLower& kRight, false},  // ▗
    SignRow{U'\u2598', kUpper& kLeft, false},   // ▘
    SignRow{U'\u2599', kLeft | kLower, false},  // ▙
    SignRow{U'\u259A', (kUpper & kLeft) | (kLower & kRight), false},  // ▚
    SignRow{U'\u259B', kUpper | kLeft, false},                        // ▛
    SignRow{U'\u259C', kUpper | kRight, false},                       // ▜
    SignRow{U'\u259D', kUpper& kRight, false},                        // ▝
    SignRow{U'\u259E', (kUpper & kRight) | (kLower & kLeft), false},  // ▞
    SignRow{U'\u259F', kRight | kLower, false},                       // ▟
    SignRow{U'\u25A0', kInk, false},                                  // ■
    SignRow{U'\u25A1', kPaper, false},                                // □
    SignRow{U'\u25FB', kPaper, true},                                 // ◻
    SignRow{U'\u25FC', kInk, true},                                   // ◼
    SignRow{U'\u2B1B', kInk, true},                                   // ⬛
    SignRow{U'\u2B1C', kPaper, true},                                 // ⬜
    SignRow{U'\u3000', kPaper, true},      // ideographic space
    SignRow{U'\U0001F532', kInk, true},    // 🔲
    SignRow{U'\U0001F533', kPaper, true},  // 🔳
    SignRow{U'\U0001F7E5', kInk, true},    // 🟥
    SignRow{U'\U0001F7E6', kInk, true},    // 🟦
    SignRow{U'\U0001F7E7', kInk, true},    // 🟧
    SignRow{U'\U0001F7E8', kPaper, true},  // 🟨
    SignRow{U'\U0001F7E9', kInk, true},    // 🟩
    SignRow{U'\U0001F7EA', kInk, true},    // 🟪
    SignRow{U'\U0001F7EB', kInk, true},    // 🟫
};

// Of the signs of ASCII that people draw with.
constexpr std::string_view kDrawingAscii = "#@*%&+XxMWHO01.-_:";

// One code point at `i`, which moves behind it; 0 for none.
char32_t next_sign(std::string_view line, size_t& i) {
  const auto byte = [&](size_t at) {
    return at < line.size() ? static_cast<unsigned char>(line[at]) : 0U;
  };
  const uint32_t first = byte(i);
  if (first < 0x80) {
    ++i;
    return first;
  }
  const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  uint32_t sign = first & (0x7FU >> size);
  for (size_t k = 1; k < size; ++k) sign = sign << 6 | (byte(i + k) & 0x3FU);
  i += size;
  return sign;
}

// The dots of Braille are numbered down the columns, the last two apart
// (Unicode, 21.1).
Dots braille(char32_t sign) {
  constexpr std::array<uint32_t, 8> kPlaces = {0, 2, 4, 1, 3, 5, 6, 7};
  Dots dots = 0;
  for (size_t bit = 0; bit < kPlaces.size(); ++bit) {
    if (((sign - 0x2800) >> bit & 1) != 0) {
      dots = static_cast<Dots>(dots | 1U << kPlaces[bit]);
    }
  }
  return dots;
}

std::optional<Sign> sign_of(char32_t sign) {
  if (sign == U' ') return Sign{kPaper, false};
  if (sign >= 0x2800 && sign <= 0x28FF) return Sign{braille(sign), false};
  const auto* found =
      std::find_if(kSigns.begin(), kSigns.end(),
                   [&](const SignRow& row) { return row.sign == sign; });
  if (found == kSigns.end()) return {};
  return Sign{found->dots, found->wide};
}

struct Drawing {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::vector<std::vector<Sign>> lines;
  size_t columns = 0;
};

// The signs of ASCII that a drawing is made of: at most two besides blanks.
class AsciiPair {
 public:
  std::optional<Sign> take(char sign) {
    if (ink_ == sign) return Sign{kInk, false};
    if (paper_ == sign) return Sign{kPaper, false};
    if (kDrawingAscii.find(sign) == std::string_view::npos) return {};
    if (ink_ == '\0') {
      ink_ = sign;
      return Sign{kInk, false};
    }
    if (paper_ != '\0') return {};
    paper_ = sign;
    return Sign{kPaper, false};
  }

 private:
  char ink_ = '\0';
  char paper_ = '\0';
};

class Finder {
 public:
  Finder(std::string_view text, const DrawnBudget& budget)
      : text_(text), budget_(budget) {}

  DrawnCodes find() {
    for (size_t begin = 0; begin < text_.size();) {
      const size_t end = std::min(text_.find('\n', begin), text_.size());
      line(begin, end);
      begin = end + 1;
    }
    close();
    return std::move(out_);
  }

 private:
  void line(size_t begin, size_t end) {
    std::string_view words = text_.substr(begin, end - begin);
    if (words.ends_with('\r')) words.remove_suffix(1);
    if (!may_be_drawn(words)) return close();
    AsciiPair pair = pair_;
    auto signs = read(words, pair);
    // Another drawing may begin where this line is none of the last one.
    if (!signs && !drawing_.lines.empty()) {
      close();
      pair = AsciiPair();
      signs = read(words, pair);
    }
    if (!signs) return close();
    if (drawing_.lines.size() >= kDrawnLinesMax) {
      out_.cut = true;
      return close();
    }
    if (drawing_.lines.empty()) drawing_.begin = static_cast<uint32_t>(begin);
    pair_ = pair;
    drawing_.end = static_cast<uint32_t>(begin + words.size());
    drawing_.columns = std::max(drawing_.columns, signs->size());
    drawing_.lines.push_back(std::move(*signs));
  }

  // Most lines of most texts begin with a letter.
  static bool may_be_drawn(std::string_view line) {
    const size_t first = line.find_first_not_of(' ');
    if (first == line.npos) return false;
    const auto lead = static_cast<unsigned char>(line[first]);
    constexpr unsigned char kFirstLead = 0xC2;  // of a no-break space
    return lead >= kFirstLead || kDrawingAscii.find(line[first]) != line.npos;
  }

  static std::optional<std::vector<Sign>> read(std::string_view line,
                                               AsciiPair& pair) {
    std::vector<Sign> signs;
    for (size_t i = 0; i < line.size();) {
      const char32_t c = next_sign(line, i);
      const bool ascii = c < 0x80 && c != U' ';
      const auto sign = ascii ? pair.take(static_cast<char>(c)) : sign_of(c);
      if (!sign || signs.size() >= kDrawnColumnsMax) return {};
      signs.push_back(*sign);
      if (sign->wide) signs.push_back(*sign);
    }
    return signs;
  }

  void close() {
    Drawing drawing = std::exchange(drawing_, {});
    pair_ = AsciiPair();
    if (drawing.lines.size() < kDrawnLinesMin ||
        drawing.columns < kDrawnColumnsMin) {
      return;
    }
    if (budget_.drawings == 0) {
      out_.cut = true;
      return;
    }
    --budget_.drawings;
    // A sign is as wide as high, or half as wide.
    if (!look(drawing, 1)) look(drawing, 2);
  }

  bool look(const Drawing& drawing, uint32_t stretch) {
    const GreyPicture picture = draw(drawing, stretch);
    if (picture.empty()) return false;
    std::vector<PictureCode> codes;
    find_codes(picture, 1, 1, budget_.search, codes);
    bool found = false;
    for (PictureCode& code : codes) {
      if (is_bar_code(code.kind)) continue;
      found = true;
      out_.codes.push_back(
          {drawing.begin, drawing.end, std::move(code.content), code.kind});
    }
    return found;
  }

  // Empty when there is no room left for it.
  GreyPicture draw(const Drawing& drawing, uint32_t stretch) {
    constexpr uint32_t kDot = 2;      // pixels
    constexpr uint32_t kMargin = 16;  // pixels
    const auto across =
        static_cast<uint32_t>(drawing.columns) * kDotsAcross * kDot * stretch;
    const auto down =
        static_cast<uint32_t>(drawing.lines.size()) * kDotsDown * kDot;
    const uint32_t width = across + 2 * kMargin;
    const uint32_t height = down + 2 * kMargin;
    const size_t pixels = size_t{width} * height;
    if (pixels > budget_.pixels) {
      out_.cut = true;
      return {};
    }
    budget_.pixels -= pixels;
    GreyPicture picture(width, height, 255);
    for (uint32_t y = 0; y < down; ++y) {
      const auto& signs = drawing.lines[y / (kDotsDown * kDot)];
      const uint32_t dot_y = y / kDot % kDotsDown;
      uint8_t* row = picture.row(kMargin + y) + kMargin;
      const auto wide =
          static_cast<uint32_t>(signs.size()) * kDotsAcross * kDot * stretch;
      for (uint32_t x = 0; x < wide; ++x) {
        const uint32_t dot_x = x / (kDot * stretch) % kDotsAcross;
        const Dots dots = signs[x / (kDotsAcross * kDot * stretch)].dots;
        if ((dots >> (dot_y * kDotsAcross + dot_x) & 1) != 0) row[x] = 0;
      }
    }
    return picture;
  }

  std::string_view text_;
  Drawing drawing_;
  AsciiPair pair_;
  DrawnCodes out_;
  DrawnBudget budget_;
};

// The last one may end with the text.
bool has_lines(std::string_view text, size_t lines) {
  for (size_t at = 0; lines > 1; --lines) {
    at = text.find('\n', at);
    if (at == text.npos) return false;
    ++at;
  }
  return true;
}

constexpr uint32_t kCell = 4;         // pixels
constexpr uint32_t kCellMargin = 16;  // pixels

GreyPicture painted_cells(std::span<const uint32_t> colours, uint32_t columns,
                          uint8_t margin) {
  const auto rows = static_cast<uint32_t>(colours.size() / columns);
  GreyPicture picture(columns * kCell + 2 * kCellMargin,
                      rows * kCell + 2 * kCellMargin, margin);
  for (uint32_t y = 0; y < rows * kCell; ++y) {
    uint8_t* row = picture.row(kCellMargin + y) + kCellMargin;
    for (uint32_t x = 0; x < columns * kCell; ++x) {
      const uint32_t colour = colours[size_t{y / kCell} * columns + x / kCell];
      row[x] = grey_of(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF);
    }
  }
  return picture;
}

PictureBox in_cells(const PictureBox& box) {
  const auto cells = [](uint32_t pixels) {
    return (std::max(pixels, kCellMargin) - kCellMargin + kCell / 2) / kCell;
  };
  const uint32_t left = cells(box.left);
  const uint32_t top = cells(box.top);
  return {left, top, cells(box.left + box.width) - left,
          cells(box.top + box.height) - top};
}

}  // namespace

DrawnCodes find_drawn_codes(std::string_view text, DrawnBudget budget) {
  if (!has_lines(text, kDrawnLinesMin)) return {};
  return Finder(text, budget).find();
}

CellCodes find_cell_codes(std::span<const uint32_t> colours, uint32_t columns,
                          DrawnBudget& budget) {
  CellCodes out;
  if (budget.drawings == 0) return {{}, true};
  --budget.drawings;
  // A code without a margin of its own may stand on a white or a dark page.
  for (const uint8_t margin : {uint8_t{255}, uint8_t{0}}) {
    const GreyPicture picture = painted_cells(colours, columns, margin);
    if (picture.pixels() > budget.pixels) return {{}, true};
    budget.pixels -= picture.pixels();
    find_codes(picture, 1, 1, budget.search, out.codes);
    std::erase_if(out.codes, [](const PictureCode& code) {
      return is_bar_code(code.kind);
    });
    if (!out.codes.empty()) break;
  }
  for (PictureCode& code : out.codes) code.box = in_cells(code.box);
  return out;
}

}  // namespace simwarden
