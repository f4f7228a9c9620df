// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_text.h"

#include <fmt/format.h>

#include "notation/utf8.h"

// One pass. A file full of the same mistake is one issue a line.
namespace simwarden {
namespace {

class Cleaner {
 public:
  Cleaner(const SourceText& file, size_t base, Issues& issues)
      : file_(file), at_(base), issues_(issues) {}

  std::optional<std::string> run() {
    clean_ = file_.text();
    while (at_ < file_.text().size()) step();
    if (foreign_lines_ > 0) refuse_foreign_bytes();
    if (foreign_lines_ > 1) return std::nullopt;
    return std::move(clean_);
  }

 private:
  void step() {
    const std::string& text = file_.text();
    const auto c = static_cast<unsigned char>(text[at_]);
    if (c >= 0x20 && c < 0x7F) {
      ++at_;
      return;
    }
    if (c >= 0x80) {
      const size_t size = utf8_size_at(text, at_);
      if (size == 0) replace_foreign_byte();
      if (size > 1) refuse_odd_character(size);
      at_ += size == 0 ? 1 : size;
      return;
    }
    if (c == '\n') shown_ = foreign_ = false;
    if (c == '\t') {
      replace("Y102", 1, ' ', "a tab",
              "write spaces; in a regular expression \\t");
    } else if (is_control(c)) {
      replace("Y101", 1, '_', fmt::format("the control character {:#04x}", c));
    }
    ++at_;
  }

  void replace_foreign_byte() {
    clean_[at_] = '_';
    if (foreign_lines_ == 0) first_foreign_ = file_.place_at(at_);
    foreign_lines_ += !foreign_;
    foreign_ = true;
  }

  void refuse_foreign_bytes() {
    const bool one = foreign_lines_ == 1;
    issues_.add(file_.issue(
        "Y101", first_foreign_,
        one ? "this byte is not UTF-8" : "this file is not UTF-8",
        one ? "not allowed"
            : fmt::format("the first of {} lines; nothing else in this file "
                          "was checked",
                          foreign_lines_),
        "save the file as UTF-8"));
  }

  // Those that end a line for some readers of YAML and not for others, and
  // those that YAML has no place for.
  void refuse_odd_character(size_t size) {
    const std::string_view bytes =
        std::string_view(file_.text()).substr(at_, size);
    const auto last = static_cast<unsigned char>(bytes.back());
    uint32_t odd = 0;
    if (size == 2 && bytes[0] == '\xC2' && last < 0xA0) odd = last;
    if (bytes.starts_with("\xE2\x80") && (last == 0xA8 || last == 0xA9)) {
      odd = 0x2000 + (last & 0x3F);
    }
    if (bytes == "\xEF\xBB\xBF") odd = 0xFEFF;
    if (bytes.starts_with("\xEF\xBF") && last >= 0xBE)
      odd = 0xFFC0 + (last & 0x3F);
    if (odd == 0) return;
    replace("Y101", size, '_', fmt::format("the character U+{:04X}", odd),
            fmt::format("write \"\\u{:04X}\" in double quotes; in a regular "
                        "expression \\x{{{:04X}}}",
                        odd, odd));
  }

  bool is_control(unsigned char c) const {
    if (c == '\n') return false;
    if (c == '\r') {
      return at_ + 1 >= file_.text().size() || file_.text()[at_ + 1] != '\n';
    }
    return c < 0x20 || c == 0x7F;
  }

  void replace(std::string code, size_t size, char by, std::string message,
               std::string help = {}) {
    clean_.replace(at_, size, size, by);
    if (shown_) return;
    shown_ = true;
    issues_.add(file_.issue(std::move(code), file_.place_at(at_),
                            std::move(message), "not allowed",
                            std::move(help)));
  }

  const SourceText& file_;
  size_t at_;
  Issues& issues_;
  std::string clean_;
  bool shown_ = false;    // an issue was shown on this line
  bool foreign_ = false;  // this line has bytes that are not UTF-8
  size_t foreign_lines_ = 0;
  Place first_foreign_;
};

}  // namespace

std::optional<std::string> clean_yaml_text(const SourceText& file, size_t base,
                                           Issues& issues) {
  return Cleaner(file, base, issues).run();
}

}  // namespace simwarden
