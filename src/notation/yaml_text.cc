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

  std::string run() {
    clean_ = file_.text();
    while (at_ < file_.text().size()) step();
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
      if (size == 0) replace("Y101", 1, '_', "this byte is not UTF-8");
      if (size > 1) refuse_odd_character(size);
      at_ += size == 0 ? 1 : size;
      return;
    }
    if (c == '\n') shown_ = false;
    if (c == '\t') {
      replace("Y102", 1, ' ', "a tab",
              "write spaces; in a regular expression \\t");
    } else if (is_control(c)) {
      replace("Y101", 1, '_', fmt::format("the control character {:#04x}", c));
    }
    ++at_;
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
  bool shown_ = false;  // an issue was shown on this line
};

}  // namespace

std::string clean_yaml_text(const SourceText& file, size_t base,
                            Issues& issues) {
  return Cleaner(file, base, issues).run();
}

}  // namespace simwarden
