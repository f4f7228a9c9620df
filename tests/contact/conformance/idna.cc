// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "contact/conformance/report.h"
#include "files.h"
#include "link/url.h"

// Unicode's IdnaTestV2.txt: source; toUnicode; its status; toASCII; its
// status; … We convert with the URL Standard's options, so that a status that
// comes of hyphens, lengths or STD3 rules alone is no error.
namespace simwarden::conformance {
namespace {

std::string unescaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool brace = text.substr(i, 3) == "\\x{";
    if (text[i] != '\\' || (!brace && text.substr(i, 2) != "\\u")) {
      out += text[i];
      continue;
    }
    const size_t begin = i + (brace ? 3 : 2);
    const size_t end = brace ? text.find('}', begin) : begin + 4;
    const auto c = static_cast<UChar32>(
        std::stoul(std::string(text.substr(begin, end - begin)), nullptr, 16));
    uint8_t bytes[U8_MAX_LENGTH];
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
    i = brace ? end : end - 1;
  }
  return out;
}

std::vector<std::string> fields_of(std::string line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ';');) {
    const size_t begin = field.find_first_not_of(" \t");
    const size_t end = field.find_last_not_of(" \t");
    field = begin == field.npos ? "" : field.substr(begin, end - begin + 1);
    fields.push_back(field == "\"\"" ? "" : unescaped(field));
  }
  return fields;
}

// "[V3, A4_2]" has no error that the URL Standard asks for.
bool is_ok(std::string_view status) {
  constexpr std::array<std::string_view, 7> kIgnored = {
      "V2", "V3", "A4_1", "A4_2", "U1", "X4_2", "X3"};
  for (size_t i = 0; i < status.size();) {
    i = status.find_first_not_of("[], ", i);
    if (i == status.npos) break;
    const size_t end = std::min(status.find_first_of("[], ", i), status.size());
    const std::string_view code = status.substr(i, end - i);
    if (std::find(kIgnored.begin(), kIgnored.end(), code) == kIgnored.end()) {
      return false;
    }
    i = end;
  }
  return true;
}

bool is_newer_than_icu(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c >= 0 && u_charType(c) == U_UNASSIGNED) return true;
  }
  return false;
}

std::string_view why(const std::string& source, bool wanted, bool got,
                     const std::string& name) {
  if (is_newer_than_icu(source)) return "newer than this ICU's Unicode";
  if (is_newer_than_icu(domain_to_unicode(name)))
    return "newer than this ICU's Unicode";
  if (wanted && got) return "other name";
  return wanted ? "must be a name" : "must be refused";
}

}  // namespace

void run_idna(const std::filesystem::path& file, Report& report) {
  std::istringstream in(read_all(file));
  for (std::string line; std::getline(in, line);) {
    const auto fields = fields_of(line);
    if (fields.size() < 3) continue;
    const auto field = [&](size_t i) {
      return i < fields.size() ? fields[i] : std::string();
    };
    const std::string& source = fields[0];
    const std::string unicode = field(1).empty() ? source : field(1);
    const std::string ascii = field(3).empty() ? unicode : field(3);
    const std::string status = field(4).empty() ? field(2) : field(4);
    const bool wanted = is_ok(status);
    const auto got = domain_to_ascii(source, true);
    if (wanted == got.has_value() && (!wanted || *got == ascii)) {
      report.pass("toASCII");
      continue;
    }
    report.differ("toASCII", why(source, wanted, got.has_value(), ascii),
                  fmt::format("{} -> {}, wanted {} {}", source,
                              got.value_or("nothing"), ascii, status));
  }
}

}  // namespace simwarden::conformance
