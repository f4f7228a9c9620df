// SPDX-License-Identifier: Apache-2.0
#include "policy/names.h"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/uloc.h>

#include "diag/ascii.h"
#include "diag/letter_name.h"
#include "notation/utf8.h"
#include "text/views.h"

namespace simwarden {
namespace {

bool is_alnum(char c) {
  return is_digit(c) || is_ascii_letter(c);
}

bool all(std::string_view text, bool (*test)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

bool is_numeric_part(std::string_view text) {
  return all(text, is_digit) && (text.size() == 1 || text[0] != '0');
}

// Dot-separated identifiers after - or + of a version.
bool is_dotted(std::string_view text) {
  while (true) {
    const size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    if (!all(part, [](char c) { return is_alnum(c) || c == '-'; })) {
      return false;
    }
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

// Format characters that leave no mark on the screen.
bool is_invisible(std::string_view c) {
  if (c[0] >= '\xE4' && c[0] <= '\xE9') return false;  // Chinese
  if (c == "\xC2\xAD") return true;                    // soft hyphen
  if (c >= "\xE2\x80\x8B" && c <= "\xE2\x80\x8F") return true;
  if (c >= "\xE2\x80\xA8" && c <= "\xE2\x80\xAE") return true;
  if (c >= "\xE2\x81\xA0" && c <= "\xE2\x81\xAF") return true;
  if (c == "\xEF\xBB\xBF" || c == "\xE1\xA0\x8E") return true;
  if (c == "\xE3\x85\xA4" || c == "\xE1\x85\x9F") return true;  // fillers
  if (c >= "\xEF\xB8\x80" && c <= "\xEF\xB8\x8F") return true;  // variations
  return c.size() == 4 && c >= "\xF3\xA0\x80\x80" && c <= "\xF3\xA0\x87\xBF";
}

// The language whose words were probably meant; empty where none of ours was.
// A code of more letters would be read and never shown.
std::string meant_language(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"zh", "zh"},      {"cn", "zh"},         {"chs", "zh"},
      {"chi", "zh"},     {"zho", "zh"},        {"zh-cn", "zh"},
      {"zh-hans", "zh"}, {"zh-hans-cn", "zh"}, {"chinese", "zh"},
      {"en", "en"},      {"eng", "en"},        {"english", "en"},
      {"sp", "es"},      {"esp", "es"},        {"ger", "de"},
      {"po", "pt"},      {"jp", "ja"},         {"kr", "ko"},
      {"ua", "uk"},      {"vn", "vi"},         {"gr", "el"},
  };
  std::string written = small_letters(code);
  std::replace(written.begin(), written.end(), '_', '-');
  for (const auto& [name, language] : kMeant) {
    if (name == written && language != code) return std::string(language);
  }
  return {};
}

// Codes that no language has, one letter off the one that most packs add.
bool is_slip_of_chinese(std::string_view code) {
  constexpr std::string_view kSlips[] = {"zn", "zj", "zg", "hz", "xh", "ah"};
  return std::find(std::begin(kSlips), std::end(kSlips), code) !=
         std::end(kSlips);
}

// Two letters that no language has: nobody asks for it, and nobody is shown it.
bool is_nobodys(std::string_view code) {
  const std::string language(code.substr(0, code.find('-')));
  return language.size() == 2 && *uloc_getISO3Language(language.c_str()) == 0;
}

// Of a key that is no language. One without a value is what stood behind a
// comma: {en: Look., es: Pida el original, por favor.}
std::string help_for_language(const YamlNode::Entry& entry,
                              const std::string& meant) {
  if (!meant.empty()) return fmt::format("did you mean {}?", meant);
  if (entry.value.type == YamlNode::Type::null) {
    return "in brackets a text with a comma stands in quotes";
  }
  return "a code such as en, zh, pt-BR";
}

uint32_t code_point_of(std::string_view c) {
  uint32_t point = static_cast<unsigned char>(c[0]);
  if (c.size() > 1) point &= 0xFFu >> (c.size() + 1);
  for (const char byte : c.substr(1)) {
    point = (point << 6) | (static_cast<unsigned char>(byte) & 0x3Fu);
  }
  return point;
}

}  // namespace

bool is_name(std::string_view text, char joint) {
  if (text.empty() || !is_small(text[0]) || text.back() == joint) return false;
  return std::all_of(text.begin(), text.end(), [joint](char c) {
    return is_small(c) || is_digit(c) || c == joint;
  });
}

bool is_rule_id(std::string_view text) {
  if (text.empty() || is_digit(text[0]) || !is_alnum(text[0])) return false;
  return all(text, [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
}

bool is_version(std::string_view text) {
  const size_t plus = text.find('+');
  if (plus != std::string_view::npos) {
    if (!is_dotted(text.substr(plus + 1))) return false;
    text = text.substr(0, plus);
  }
  const size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    if (!is_dotted(text.substr(dash + 1))) return false;
    text = text.substr(0, dash);
  }
  const size_t first = text.find('.');
  if (first == std::string_view::npos) return false;
  const size_t second = text.find('.', first + 1);
  if (second == std::string_view::npos) return false;
  return is_numeric_part(text.substr(0, first)) &&
         is_numeric_part(text.substr(first + 1, second - first - 1)) &&
         is_numeric_part(text.substr(second + 1));
}

bool is_country(std::string_view text) {
  // ISO 3166-1 alpha-2 of 2024, and what stands beside it in use: the Union
  // and Kosovo.
  constexpr std::string_view kCountries =
      "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE "
      "BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD "
      "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
      "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF "
      "GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU "
      "ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
      "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME "
      "MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
      "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
      "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI "
      "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK "
      "TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
      "VN VU WF WS YE YT ZA ZM ZW "
      "EU XK";
  return text.size() == 2 && all(text, is_capital) &&
         kCountries.find(text) != kCountries.npos;
}

bool is_language(std::string_view text) {
  const std::string_view language = text.substr(0, text.find('-'));
  if (language.size() < 2 || language.size() > 3 || !all(language, is_small)) {
    return false;
  }
  return language.size() == text.size() ||
         all(text.substr(language.size() + 1), is_alnum);
}

const std::vector<std::string>& confidences() {
  static const std::vector<std::string> kWords = {
      "primary", "secondary", "memory", "measured", "default"};
  return kWords;
}

std::string did_you_mean_fact(std::string_view name,
                              const std::vector<std::string>& facts) {
  for (const std::string_view group : {"request.", "message.", "windows."}) {
    const std::string whole = std::string(group) + std::string(name);
    const bool known =
        std::find(facts.begin(), facts.end(), whole) != facts.end();
    if (known) return fmt::format("did you mean {}?", whole);
  }
  return did_you_mean(name, facts);
}

std::string strange_letter(std::string_view text) {
  const auto at =
      std::find_if(text.begin(), text.end(), [](char c) { return c < 0; });
  if (at == text.end()) return {};
  const auto begin = static_cast<size_t>(at - text.begin());
  const size_t size = utf8_size_at(text, begin);
  if (size == 0) return {};
  return fmt::format(": {} in it is no letter of ASCII",
                     letter_name(text.substr(begin, size)));
}

void check_name(YamlReader& reader, const YamlNode& node, char joint) {
  if (node.scalar.empty() && node.type != YamlNode::Type::scalar) return;
  if (is_name(node.scalar, joint)) return;
  reader.complain(
      node, "P103",
      fmt::format("{} is not a name{}", node.scalar,
                  strange_letter(node.scalar)),
      {},
      fmt::format("lower-case letters, digits and {}, a letter first", joint));
}

size_t invisible_size(std::string_view text, size_t at) {
  const size_t size = utf8_size_at(text, at);
  return size > 1 && is_invisible(text.substr(at, size)) ? size : 0;
}

bool check_said(YamlReader& reader, const YamlNode& node,
                std::string_view key) {
  const std::string seen = fold_letters(node.scalar);
  const bool said = std::any_of(seen.begin(), seen.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ';
  });
  if (!said) {
    reader.complain(node, "P208", fmt::format("{} says nothing", key), {},
                    "who reads it later has nothing else to go by");
  }
  return said;
}

void check_file_name(YamlReader& reader, const YamlNode& name,
                     std::string_view what) {
  const std::string& path = reader.file().name();
  const std::string base = path.substr(path.rfind('/') + 1);
  if (base == name.scalar + ".yaml" || name.scalar.empty()) return;
  reader.complain(
      name, "P102",
      fmt::format("the {} {} stands in {}", what, name.scalar, base), {},
      fmt::format("name the file {}.yaml", name.scalar));
}

void check_country(YamlReader& reader, const YamlNode& root) {
  const YamlNode* country = root.find("country");
  if (country == nullptr || !is_text(*country)) return;
  if (country->scalar.empty() || is_country(country->scalar)) return;
  reader.complain(*country, "P157",
                  fmt::format("{} is not a country", country->scalar), {},
                  "two capital letters (ISO 3166-1), or '' for none");
}

namespace {

// A sign of control that only an escape of double quotes can be: "\b" is U+0008
// there, no edge of a word. Line ends and tabs are what they seem.
bool check_no_control(YamlReader& reader, const YamlNode& node) {
  const auto at =
      std::find_if(node.scalar.begin(), node.scalar.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < ' ' && c != '\n' && c != '\t' && c != '\r') ||
               byte == 0x7F;
      });
  if (at == node.scalar.end()) return true;
  const size_t offset = node.offsets[size_t(at - node.scalar.begin())];
  const std::string_view written =
      std::string_view(reader.file().text()).substr(offset, 2);
  const bool escaped = written.starts_with('\\');
  reader.issues().add(reader.file().issue(
      "P128", reader.file().place_at(offset, escaped ? 2 : 1),
      fmt::format("{} is the control character U+{:04X} in double quotes",
                  escaped ? written : "this", static_cast<unsigned char>(*at)),
      {}, "write the text in single quotes, where a backslash stays as it is"));
  return false;
}

}  // namespace

bool check_visible(YamlReader& reader, const YamlNode& node) {
  if (!check_no_control(reader, node)) return false;
  for (size_t i = 0; i < node.scalar.size(); ++i) {
    const size_t size = invisible_size(node.scalar, i);
    if (size == 0) continue;
    // An escape in double quotes is visible to its reader.
    const std::string& text = reader.file().text();
    if (text[node.offsets[i]] == '\\') continue;
    const uint32_t point =
        code_point_of(std::string_view(node.scalar).substr(i, size));
    reader.issues().add(reader.file().issue(
        "P128", reader.file().place_at(node.offsets[i]),
        fmt::format("the invisible character U+{:04X} stands here", point), {},
        fmt::format("write \\x{{{:X}}} in a pattern, \\u{:04X} in a condition",
                    point, point)));
    return false;
  }
  return true;
}

void check_excuses(YamlReader& reader, const YamlNode& node) {
  const YamlNode* excuses = node.find("lint");
  if (excuses == nullptr) return;
  if (excuses->type != YamlNode::Type::mapping) {
    reader.complain(*excuses, "Y120", "lint is not a mapping", {},
                    "lint: {L124: 'why it is right here'}");
    return;
  }
  for (const YamlNode::Entry& entry : excuses->entries) {
    reader.accept_text(entry.value, "the reason of an excuse");
  }
}

std::vector<LocalisedNode> read_localised(YamlReader& reader,
                                          const YamlNode& node,
                                          std::string_view key) {
  const YamlNode* value = node.find(key);
  if (value == nullptr) return {};
  if (value->type != YamlNode::Type::mapping) {
    if (!reader.accept_text(*value, key) || !check_said(reader, *value, key)) {
      return {};
    }
    return {{"en", value}};
  }
  const auto has_key = [value](std::string_view code) {
    return value->find(code) != nullptr;
  };
  std::vector<LocalisedNode> texts;
  bool english = value->find("en") != nullptr;
  for (const YamlNode::Entry& entry : value->entries) {
    std::string meant = meant_language(entry.key.scalar);
    if (meant.empty() && is_slip_of_chinese(entry.key.scalar) &&
        !has_key("zh")) {
      meant = "zh";
    }
    if (!meant.empty() || !is_language(entry.key.scalar) ||
        is_nobodys(entry.key.scalar)) {
      english |= meant == "en";
      reader.complain(
          entry.key, "P133",
          fmt::format("{} is no language of ours", entry.key.scalar), {},
          help_for_language(entry, meant));
    } else if (reader.accept_text(entry.value, key) &&
               check_said(reader, entry.value, key)) {
      texts.push_back({entry.key.scalar, &entry.value});
    }
  }
  if (!english) {
    reader.complain(*value, "P132",
                    fmt::format("{} is not given in English", key), {},
                    "add en: …");
  }
  return texts;
}

Localised localised_texts(YamlReader& reader, const YamlNode& node,
                          std::string_view key) {
  Localised texts;
  for (const LocalisedNode& text : read_localised(reader, node, key)) {
    texts[text.language] = text.node->scalar;
  }
  return texts;
}

}  // namespace simwarden
