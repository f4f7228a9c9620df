// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_program.h"

#include <algorithm>
#include <cmath>

#include "document/names.h"

namespace simwarden {

using Kind = PdfToken::Kind;

PdfProgram::Matrix PdfProgram::Matrix::then(const Matrix& other) const {
  return {
      a * other.a + b * other.c,           a * other.b + b * other.d,
      c * other.a + d * other.c,           c * other.b + d * other.d,
      e * other.a + f * other.c + other.e, e * other.b + f * other.d + other.f};
}

void PdfProgram::run(std::string_view program) {
  PdfTokens tokens(program);
  for (PdfToken token = tokens.next(); token.kind != Kind::end && !cut_;
       token = tokens.next()) {
    if (token.kind != Kind::word) {
      cut_ = operands_.size() >= kOperandsMax;
      operands_.push_back(std::move(token));
      continue;
    }
    if (token.is("ID")) skip_picture(tokens);
    act(token);
    operands_.clear();
  }
}

void PdfProgram::act(const PdfToken& word) {
  struct Operator {
    std::string_view word;
    void (PdfProgram::*act)();
  };
  static constexpr Operator kOperators[] = {
      {"q", &PdfProgram::save},
      {"Q", &PdfProgram::restore},
      {"cm", &PdfProgram::transform},
      {"BT", &PdfProgram::begin_text},
      {"Tf", &PdfProgram::set_font},
      {"Tc", &PdfProgram::set_between_letters},
      {"Tw", &PdfProgram::set_between_words},
      {"Tz", &PdfProgram::set_stretch},
      {"TL", &PdfProgram::set_leading},
      {"Td", &PdfProgram::move},
      {"TD", &PdfProgram::move_and_lead},
      {"Tm", &PdfProgram::set_matrix},
      {"T*", &PdfProgram::next_line},
      {"Tj", &PdfProgram::show_all},
      {"TJ", &PdfProgram::show_all},
      {"'", &PdfProgram::show_on_next_line},
      {"\"", &PdfProgram::show_spaced},
  };
  for (const Operator& one : kOperators) {
    if (word.text == one.word) return (this->*one.act)();
  }
}

// The bytes of a picture end at the first "EI" that stands alone.
void PdfProgram::skip_picture(PdfTokens& tokens) {
  const std::string_view bytes = tokens.bytes();
  const auto is_blank = [&](size_t i) {
    return i >= bytes.size() || kPdfBlanks.find(bytes[i]) != kPdfBlanks.npos;
  };
  size_t at = tokens.at();
  do {
    at = bytes.find("EI", at + 1);
  } while (at != bytes.npos && !(is_blank(at - 1) && is_blank(at + 2)));
  tokens.go_to(at == bytes.npos ? bytes.size() : at + 2);
}

double PdfProgram::number(size_t from_the_end) const {
  if (from_the_end >= operands_.size()) return 0;
  return operands_[operands_.size() - 1 - from_the_end].number;
}

PdfProgram::Matrix PdfProgram::matrix() const {
  return {number(5), number(4), number(3), number(2), number(1), number(0)};
}

void PdfProgram::save() {
  cut_ = cut_ || states_.size() >= kStatesMax;
  states_.push_back(state_);
}

void PdfProgram::restore() {
  if (states_.empty()) return;
  state_ = states_.back();
  states_.pop_back();
}

void PdfProgram::transform() {
  state_.page = matrix().then(state_.page);
}

void PdfProgram::begin_text() {
  line_ = Matrix();
  text_ = line_;
  moved_ = true;
}

void PdfProgram::set_font() {
  if (operands_.size() < 2) return;
  state_.font = fonts_(operands_[operands_.size() - 2].text);
  state_.size = number(0);
}

void PdfProgram::move_by(double x, double y) {
  line_.e += x * line_.a + y * line_.c;
  line_.f += x * line_.b + y * line_.d;
  text_ = line_;
  moved_ = true;
}

void PdfProgram::move() {
  move_by(number(1), number(0));
}

void PdfProgram::move_and_lead() {
  state_.leading = -number(0);
  move();
}

void PdfProgram::set_matrix() {
  line_ = matrix();
  text_ = line_;
  moved_ = true;
}

void PdfProgram::next_line() {
  move_by(0, -state_.leading);
}

// A string, or an array of strings and of numbers that set them closer.
void PdfProgram::show_all() {
  constexpr double kEm = 1000;
  for (const PdfToken& token : operands_) {
    if (token.kind == Kind::string) show(token.text);
    if (token.kind == Kind::number) {
      advance(-token.number / kEm * state_.size * state_.stretch);
    }
  }
}

void PdfProgram::show_on_next_line() {
  next_line();
  show_all();
}

void PdfProgram::show_spaced() {
  state_.between_words = number(2);
  state_.between_letters = number(1);
  next_line();
  if (!operands_.empty() && operands_.back().kind == Kind::string) {
    show(operands_.back().text);
  }
}

void PdfProgram::advance(double x) {
  text_.e += x * text_.a;
  text_.f += x * text_.b;
}

void PdfProgram::show(std::string_view string) {
  if (state_.font == nullptr) return;
  constexpr size_t kBlank = 1;  // in front of it
  cut_ = cut_ || out_.size() + kBlank >= units_max_ || !paid_(string.size());
  if (cut_) return;
  const PdfFont::Shown shown =
      state_.font->show(string, units_max_ - out_.size() - kBlank);
  cut_ = shown.cut;
  if (!shown.text.empty()) {
    part_from_last();
    out_ += shown.text;
    any_ = true;
  }
  advance((shown.width * state_.size +
           static_cast<double>(shown.codes) * state_.between_letters +
           static_cast<double>(shown.blanks) * state_.between_words) *
          state_.stretch);
  const Matrix end = text_.then(state_.page);
  last_x_ = end.e;
  last_y_ = end.f;
  moved_ = false;
}

// By where the last letter ended and the next one begins, in ems along the line
// and across it.
void PdfProgram::part_from_last() {
  constexpr double kLine = 0.5;
  constexpr double kBack = -1;
  constexpr double kBlank = 0.17;  // kerning is less, a blank 0.22 and more
  if (!any_) {
    if (!out_.empty()) put(u'\n');
    return;
  }
  const Matrix here = text_.then(state_.page);
  const double long_is = std::hypot(here.a, here.b);
  const double em = std::abs(state_.size) * long_is;
  if (!(em > 0)) return;
  const double x = (here.e - last_x_) / em;
  const double y = (here.f - last_y_) / em;
  const double along = (x * here.a + y * here.b) / long_is;
  const double across = (y * here.a - x * here.b) / long_is;
  if (std::abs(across) > kLine || along < kBack) return put(u'\n');
  const bool guessed = moved_ && !state_.font->has_widths();
  if (along > kBlank || guessed) put(u' ');
}

void PdfProgram::put(char16_t blank) {
  if (out_.empty() || out_.back() == u'\n') return;
  if (out_.back() == u' ') {
    if (blank == u'\n') out_.back() = blank;
    return;
  }
  out_ += blank;
}

}  // namespace simwarden
