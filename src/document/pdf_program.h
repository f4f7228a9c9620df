// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "document/pdf_font.h"
#include "document/pdf_tokens.h"

// The text that the program of a page draws (ISO 32000-2, 8.4 and 9.4), where
// it draws it: a new line and a gap as wide as a blank are told by places and
// widths. Of the operators those are followed that move, turn and write text.
namespace simwarden {

class PdfProgram {
 public:
  // Null: none is called so.
  using FontNamed = std::function<const PdfFont*(std::string_view name)>;

  // False: no more of the strings that are drawn may be read.
  using Paid = std::function<bool(size_t bytes)>;

  // Writes behind `out`, as long as that is shorter than `units_max`.
  PdfProgram(FontNamed fonts, Paid paid, std::u16string& out, size_t units_max)
      : fonts_(std::move(fonts)),
        paid_(std::move(paid)),
        out_(out),
        units_max_(units_max) {}

  // The streams of a page, one behind the other.
  void run(std::string_view program);
  bool is_cut() const { return cut_; }

 private:
  // Longer rows of numbers and strings are no line of text.
  static constexpr size_t kOperandsMax = 20'000;
  // Annex C of ISO 32000-1 has 28.
  static constexpr size_t kStatesMax = 4096;

  struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
    // First this one, then the other.
    Matrix then(const Matrix& other) const;
  };
  struct State {
    Matrix page;
    const PdfFont* font = nullptr;
    double size = 1;
    double between_letters = 0;
    double between_words = 0;
    double stretch = 1;
    double leading = 0;
  };
  void act(const PdfToken& word);
  double number(size_t from_the_end) const;
  Matrix matrix() const;

  void save();
  void restore();
  void transform();
  void begin_text();
  void set_font();
  void set_between_letters() { state_.between_letters = number(0); }
  void set_between_words() { state_.between_words = number(0); }
  void set_stretch() { state_.stretch = number(0) / 100; }
  void set_leading() { state_.leading = number(0); }
  void move();
  void move_and_lead();
  void set_matrix();
  void next_line();
  void show_all();
  void show_on_next_line();
  void show_spaced();

  void move_by(double x, double y);
  void advance(double x);
  void show(std::string_view string);
  void part_from_last();
  void put(char16_t blank);
  void skip_picture(PdfTokens& tokens);

  FontNamed fonts_;
  Paid paid_;
  std::u16string& out_;
  size_t units_max_;
  bool cut_ = false;
  std::vector<PdfToken> operands_;
  State state_;
  std::vector<State> states_;
  Matrix line_;  // where the line begins
  Matrix text_;  // where the next letter stands
  // Where the last letter ended, on the page.
  double last_x_ = 0;
  double last_y_ = 0;
  bool any_ = false;
  bool moved_ = false;  // since then, by more than a number between strings
};

}  // namespace simwarden
