// SPDX-License-Identifier: Apache-2.0
#include "intake/columns.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <unicode/normalizer2.h>

#include "diag/characters.h"
#include "intake/csv.h"
#include "intake/json_fault.h"
#include "intake/mapping.h"
#include "intake/names.h"
#include "intake/row_writer.h"

namespace simwarden {
namespace {

constexpr std::string_view kTimeOf = "time of ";

// "auth.factors[1].type" in its parts.
struct Numbered {
  std::string_view base;
  uint32_t item = 0;
  std::string_view member;  // without its dot; "" when there is none
};

std::optional<Numbered> numbered(std::string_view name) {
  const size_t open = name.find('[');
  const size_t close = name.find(']');
  if (open == name.npos || close == name.npos || close <= open + 1) {
    return std::nullopt;
  }
  Numbered parts{.base = name.substr(0, open), .item = 0, .member = {}};
  const char* end = name.data() + close;
  const auto read = std::from_chars(name.data() + open + 1, end, parts.item);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  if (parts.item >= kColumnItemsMax) return std::nullopt;
  const std::string_view after = name.substr(close + 1);
  if (after.empty()) return parts;
  if (after[0] != '.' || after.size() == 1) return std::nullopt;
  parts.member = after.substr(1);
  return parts;
}

Column numbered_column(const Names& names, const Numbered& parts) {
  const Target base = names.find(Names::kTop, parts.base);
  if (base.what == Target::What::list && parts.member.empty()) {
    return {Column::What::list_item, FieldId(base.id), parts.item};
  }
  if (base.what != Target::What::group) return {};
  const Group& row = group(GroupId(base.id));
  if (parts.member.empty() && row.short_form) {
    return {Column::What::member, row.first, parts.item};
  }
  if (parts.member.empty()) return {};
  const Target member =
      names.find(names.branch_of(GroupId(base.id)), parts.member);
  if (member.what != Target::What::field) return {};
  return {Column::What::member, FieldId(member.id), parts.item};
}

// "time of created_at": a time that is no item of anything.
Column time_column(const Names& names, std::string_view of) {
  const Target target = names.find(Names::kTop, of);
  const auto id = FieldId(target.id);
  if (target.what != Target::What::field) return {};
  if (field(id).type != FieldType::timestamp) return {};
  return {Column::What::time_of, id, 0};
}

// A whole and a part of it may both have columns: it is for a row to fill one.
bool collide(const Column& a, const Column& b) {
  using What = Column::What;
  return a == b && a.what != What::unknown && a.what != What::left_out;
}

bool has_nul(const std::vector<std::string>& header) {
  return std::any_of(header.begin(), header.end(), [](const std::string& name) {
    return name.find('\0') != name.npos;
  });
}

// A sign in the only column that another delimiter would be.
std::optional<std::string_view> other_delimiter(
    const std::vector<std::string>& header) {
  constexpr std::string_view kSigns[] = {",",  ";",  "|",  "\t",
                                         "，", "；", "｜", ":"};
  if (header.size() != 1) return std::nullopt;
  for (const std::string_view sign : kSigns) {
    if (header[0].find(sign) != std::string::npos) {
      return sign == "\t" ? "tab" : sign;
    }
  }
  return std::nullopt;
}

// The names of two columns, and whose word it is that they are one field.
std::string same_field(const std::vector<std::string>& header,
                       std::array<size_t, 2> columns, const Mapping* mapping) {
  std::string mapped;
  for (const size_t at : columns) {
    const MappedColumn* said =
        mapping == nullptr ? nullptr : mapping->columns().find(header[at]);
    if (said == nullptr) continue;
    mapped += fmt::format("{}\"{}\" to {}", mapped.empty() ? "" : " and ",
                          cut(header[at], 64), said->ours);
  }
  return fmt::format(
      "the columns {} \"{}\" and {} \"{}\" are the same field{}",
      columns[0] + 1, cut(header[columns[0]], 64), columns[1] + 1,
      cut(header[columns[1]], 64),
      mapped.empty()
          ? "; leave one out of the file"
          : fmt::format(": --map leads {}; leave one out there (~)", mapped));
}

// As it was where it is no UTF-8.
std::string composed(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error) || find_bad_utf8(text)) return std::string(text);
  const auto units =
      icu::UnicodeString::fromUTF8({text.data(), int32_t(text.size())});
  std::string out;
  nfc->normalize(units, error).toUTF8String(out);
  return U_FAILURE(error) ? std::string(text) : out;
}

}  // namespace

std::string column_name(std::string_view written) {
  const std::string_view text = without_blank_ends(written);
  std::string name;
  bool ascii = true;
  for (size_t at = 0; at < text.size();) {
    const auto sign = text.substr(at, code_point_size(text, at));
    at += sign.size();
    ascii = ascii && sign.size() == 1;
    if (!without_blank_ends(sign).empty()) {
      name += sign;
    } else if (!name.ends_with(' ')) {
      name += ' ';
    }
  }
  return ascii ? name : composed(name);
}

Column find_column(Kind kind, std::string_view name, const Mapping* mapping) {
  if (mapping != nullptr) {
    const MappedColumn* said = mapping->columns().find(name);
    if (said != nullptr) return said->places[size_t(kind)];
  }
  if (name == "kind") return {Column::What::kind, 0, 0};
  const Names& names = Names::of(kind);
  if (name.starts_with(kTimeOf)) {
    return time_column(names, name.substr(kTimeOf.size()));
  }
  if (const auto parts = numbered(name)) return numbered_column(names, *parts);
  const Target target = names.find(Names::kTop, name);
  const auto id = FieldId(target.id);
  switch (target.what) {
    case Target::What::field:
    case Target::What::list: return {Column::What::field, id, 0};
    case Target::What::group: return {Column::What::group, id, 0};
    default: return {};
  }
}

size_t count_known(const std::vector<std::string>& header,
                   const Mapping* mapping) {
  return size_t(
      std::count_if(header.begin(), header.end(), [&](const std::string& name) {
        for (const Kind kind : {Kind::request, Kind::message}) {
          const Column::What what = find_column(kind, name, mapping).what;
          if (what != Column::What::unknown && what != Column::What::left_out) {
            return true;
          }
        }
        return false;
      }));
}

std::optional<std::string> header_fault(const std::vector<std::string>& header,
                                        const Mapping* mapping) {
  if (header.size() >= kCellsMax) {
    return fmt::format("a table has fewer than {} columns", kCellsMax);
  }
  if (count_known(header, mapping) == 0 && has_nul(header)) {
    return "no column of the first line is a field, and there are NULs in it, "
           "as in UTF-16 without its mark: say --encoding utf-16le (or "
           "utf-16be)";
  }
  if (const auto sign = other_delimiter(header);
      sign && count_known(header, mapping) == 0) {
    return fmt::format(
        "the first line is one column and has \"{}\" in it: cells are parted "
        "by , ; tab or |, of which --format csv finds the one",
        *sign);
  }
  if (count_known(header, mapping) == 0) {
    return "no column of the first line is a field; a table begins with a line "
           "of column names: check the delimiter, or name the columns with "
           "--map";
  }
  for (const Kind kind : {Kind::request, Kind::message}) {
    std::vector<Column> columns;
    for (const std::string& name : header) {
      columns.push_back(find_column(kind, name, mapping));
    }
    for (size_t i = 0; i < header.size(); ++i) {
      for (size_t j = i + 1; j < header.size(); ++j) {
        if (collide(columns[i], columns[j])) {
          return same_field(header, {i, j}, mapping);
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace simwarden
