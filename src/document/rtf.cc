// SPDX-License-Identifier: Apache-2.0
// A group that begins with a word for something else than text ("\fonttbl") is
// passed over with all groups in it. One behind "\*" is passed over by programs
// that do not know its word: those that do, show the text ("\b", "\ud",
// "\annotation"). So what is not known here as a table is read as text.
#include "document/rtf.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <unicode/utf8.h>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "diag/hex.h"
#include "document/field.h"
#include "document/listed.h"
#include "text/charset.h"

namespace simwarden {
namespace {

constexpr std::string_view kBegin = "{\\rt";
constexpr size_t kFieldBytesMax = 4096;  // as of other office files
// Opening a decoder takes as long as reading so many bytes (DocumentBudget's
// work). A text in Chinese has one for each piece between two words.
constexpr size_t kDecodingWork = 128;

// Behind "\*": what no program shows as text.
constexpr std::string_view kTables[] = {"atndate",         "atnicn",
                                        "atnref",          "atrfend",
                                        "atrfstart",       "bkmkend",
                                        "bkmkstart",       "colorschememapping",
                                        "docvar",          "expandedcolortbl",
                                        "fchars",          "formfield",
                                        "htmltag",         "latentstyles",
                                        "lchars",          "listoverridetable",
                                        "mhtmltag",        "oleclsid",
                                        "password",        "passwordhash",
                                        "pgdsctbl",        "pn",
                                        "pnseclvl",        "protusertbl",
                                        "revtbl",          "svb",
                                        "userprops",       "wgrffmtfilter",
                                        "writereservhash", "xmlattr",
                                        "xmlname",         "xmlnstbl",
                                        "xmlopen"};

enum class Takes : uint8_t { text, field, address, nothing };

struct Group {
  Takes takes = Takes::text;
  bool hidden = false;
  size_t unicode_skip = 1;  // bytes behind "\u" for programs that know it not
};

// "\ansicpg936" -> "gb18030".
std::string_view charset_of(int page) {
  switch (page) {
    case 874: return "windows-874";
    case 932: return "shift_jis";
    case 936: return "gb18030";
    case 949: return "euc-kr";
    case 950: return "big5";
    case 1250: return "windows-1250";
    case 1251: return "windows-1251";
    case 1253: return "windows-1253";
    case 1254: return "windows-1254";
    case 1255: return "windows-1255";
    case 1256: return "windows-1256";
    case 1257: return "windows-1257";
    case 1258: return "windows-1258";
    case 65001: return "utf-8";
    default: return "windows-1252";
  }
}

struct Control {
  std::string_view word;
  int number = 0;
  bool numbered = false;
};

class Reader {
 public:
  Reader(std::string_view bytes, DocumentBudget& budget)
      : t_(bytes.substr(0, kRtfBytesMax)), budget_(budget) {
    if (bytes.size() > t_.size()) leave_out();
  }

  RtfReading read() {
    while (i_ < t_.size()) step();
    flush_bytes();
    return std::move(out_);
  }

 private:
  Group& group() { return groups_.back(); }
  void note_partly() { out_.reading = FileReading::partly; }
  void leave_out() {
    budget_.cut = true;
    note_partly();
  }

  void step() {
    const char c = t_[i_];
    if (c == '\\') return control();
    ++i_;
    ignorable_ = false;
    if (c == '{') return open();
    if (c == '}') return close();
    if (c == '\r' || c == '\n') return;
    byte(c);
  }

  void open() {
    flush_bytes();
    skip_ = 0;
    if (groups_.size() >= kRtfGroupsMax) {
      ++deeper_;
      return note_partly();
    }
    groups_.push_back(groups_.back());
  }

  void close() {
    flush_bytes();
    skip_ = 0;
    if (deeper_ > 0) {
      --deeper_;
      return;
    }
    const Takes takes = group().takes;
    if (groups_.size() > 1) groups_.pop_back();
    if (group().takes == takes) return;
    if (takes == Takes::field) link(read_field(collected_).target);
    if (takes == Takes::address && is_address(collected_)) link(collected_);
    if (takes != Takes::nothing) collected_.clear();
  }

  void link(std::string_view target) {
    if (!keep_link(target, budget_, out_.links)) note_partly();
  }

  void control() {
    const char c = i_ + 1 < t_.size() ? t_[i_ + 1] : ' ';
    if (is_ascii_letter(c)) return word(read_control());
    i_ += 2;
    ignorable_ = false;
    switch (c) {
      case '\'': return hex();
      case '*': ignorable_ = true; return;
      case '~': return put(" ");
      case '_': return put("-");
      case '\r':
      case '\n': return line();
      case '\\':
      case '{':
      case '}': return byte(c);
      default: return;
    }
  }

  Control read_control() {
    constexpr size_t kWordMax = 32;  // as the format says
    constexpr size_t kDigitsMax = 10;
    Control found;
    const size_t begin = ++i_;
    while (i_ < t_.size() && i_ - begin < kWordMax && is_ascii_letter(t_[i_])) {
      ++i_;
    }
    found.word = t_.substr(begin, i_ - begin);
    const bool minus =
        i_ + 1 < t_.size() && t_[i_] == '-' && is_digit(t_[i_ + 1]);
    if (minus) ++i_;
    int64_t number = 0;
    for (size_t n = 0; n < kDigitsMax && i_ < t_.size() && is_digit(t_[i_]);
         ++n) {
      number = number * 10 + (t_[i_++] - '0');
      found.numbered = true;
    }
    constexpr int64_t kMost = INT32_MAX;
    found.number = static_cast<int>(std::min(number, kMost)) * (minus ? -1 : 1);
    if (i_ < t_.size() && t_[i_] == ' ') ++i_;
    return found;
  }

  void word(const Control& one) {
    constexpr std::string_view kLines[] = {"par",  "line", "row",   "sect",
                                           "page", "cell", "column"};
    constexpr std::string_view kOther[] = {
        "fonttbl", "colortbl",  "stylesheet", "info",      "pict",
        "objdata", "themedata", "datastore",  "listtable", "generator",
        "filetbl", "rsidtbl",   "objclass",   "objname",   "datafield"};
    const std::string_view name = one.word;
    const bool ignorable = std::exchange(ignorable_, false);
    if (name == "fldinst") return begin(Takes::field);
    if (name == "template") return begin(Takes::address);
    if (is_one_of(kOther, name)) return begin(Takes::nothing);
    if (ignorable && is_one_of(kTables, name)) return begin(Takes::nothing);
    if (is_one_of(kLines, name)) return line();
    if (name == "tab") return put(" ");
    if (name == "v") return hide(!one.numbered || one.number != 0);
    if (name == "plain") return hide(false);
    if (name == "uc") group().unicode_skip = skip_of(one.number);
    if (name == "ansicpg") charset_ = charset_of(one.number);
    if (name == "u" && one.numbered) return unicode(one.number);
    if (name == "bin") skip_bytes(one.number);
  }

  void hide(bool hidden) {
    flush_bytes();
    group().hidden = hidden;
  }

  static size_t skip_of(int number) {
    constexpr int kSkipMax = 16;
    return static_cast<size_t>(std::clamp(number, 0, kSkipMax));
  }

  void begin(Takes takes) {
    flush_bytes();
    if (group().takes == Takes::nothing || group().takes == takes) return;
    group().takes = takes;
    if (takes != Takes::nothing) collected_.clear();
  }

  void skip_bytes(int count) {
    if (count > 0) i_ += std::min(static_cast<size_t>(count), t_.size() - i_);
  }

  void hex() {
    if (i_ + 1 >= t_.size()) return;
    const int high = hex_digit(t_[i_]);
    const int low = hex_digit(t_[i_ + 1]);
    if (high < 0 || low < 0) return;
    i_ += 2;
    byte(static_cast<char>(high * 16 + low));
  }

  // A byte of a character in the file's charset.
  void byte(char c) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    if (is_wanted()) bytes_ += c;
  }

  // Whether what comes now can be kept.
  bool is_wanted() {
    const Takes takes = group().takes;
    if (takes == Takes::nothing) return false;
    if (takes != Takes::text) return collected_.size() < kFieldBytesMax;
    if (budget_.text == 0) leave_out();
    return budget_.text > 0;
  }

  void unicode(int number) {
    flush_bytes();
    constexpr int kUnits = 0x10000;
    const auto unit =
        static_cast<uint32_t>(number < 0 ? number + kUnits : number);
    skip_ = group().unicode_skip;
    if (U16_IS_LEAD(unit)) {
      lead_ = unit;
      return;
    }
    uint32_t c = unit;
    if (U16_IS_TRAIL(unit) && lead_ != 0) {
      c = static_cast<uint32_t>(U16_GET_SUPPLEMENTARY(lead_, unit));
    }
    lead_ = 0;
    if (!U_IS_UNICODE_CHAR(c)) return;
    std::array<char, U8_MAX_LENGTH> bytes{};
    size_t size = 0;
    U8_APPEND_UNSAFE(bytes.data(), size, c);
    put({bytes.data(), size});
  }

  void line() {
    flush_bytes();
    put("\n");
  }

  void flush_bytes() {
    if (bytes_.empty()) return;
    const std::string bytes = std::exchange(bytes_, {});
    // All charsets here have ASCII in common.
    const bool ascii = std::all_of(bytes.begin(), bytes.end(),
                                   [](char c) { return (c & 0x80) == 0; });
    if (ascii) return put(bytes);
    if (!budget_.pay_for_work(kDecodingWork)) return note_partly();
    put(to_utf8_as(bytes, charset_).view.text);
  }

  void put(std::string_view text) {
    if (!bytes_.empty()) flush_bytes();
    const Group& now = group();
    if (now.takes == Takes::nothing) return;
    if (now.takes != Takes::text) {
      collected_ += cut(
          text, kFieldBytesMax - std::min(collected_.size(), kFieldBytesMax));
      return;
    }
    const std::string_view kept = cut(text, budget_.text);
    if (kept.size() < text.size()) leave_out();
    budget_.text -= kept.size();
    (now.hidden ? out_.hidden : out_.text) += kept;
  }

  std::string_view t_;
  DocumentBudget& budget_;
  size_t i_ = 0;
  std::vector<Group> groups_{Group{}};
  size_t deeper_ = 0;  // groups over the bound
  bool ignorable_ = false;
  std::string_view charset_ = charset_of(0);
  std::string bytes_;      // not yet decoded
  std::string collected_;  // the words of a field, an address
  size_t skip_ = 0;
  uint32_t lead_ = 0;
  RtfReading out_;
};

}  // namespace

bool is_rtf(std::string_view bytes) {
  return bytes.starts_with(kBegin);
}

RtfReading read_rtf(std::string_view bytes, DocumentBudget& budget) {
  return Reader(bytes, budget).read();
}

}  // namespace simwarden
