// SPDX-License-Identifier: Apache-2.0
// Codes: M101 a field that does not exist, M102 a value that is no word of
// the field, M103 a constant that the field does not allow, M104 a time zone
// that is none, M105 values of a field that is left as it is, M106 times whose
// zone nobody says, M107 a country that is none. A name given twice is the YAML
// reader's to say.
#include "intake/mapping.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "contact/read_phone.h"
#include "diag/characters.h"
#include "intake/columns.h"
#include "intake/names.h"
#include "intake/row_writer.h"
#include "notation/yaml.h"
#include "record/record.h"

namespace simwarden {
namespace {

// The kinds that a mapping's names are looked up in.
std::vector<Kind> kinds_of(std::optional<Kind> told) {
  if (told) return {*told};
  return {Kind::request, Kind::message};
}

// What a column may lead to, or what has values: those are the members of items
// as well, and no lists of items as a whole.
std::vector<std::string> names_of_fields(const std::vector<Kind>& kinds,
                                         bool with_values) {
  std::vector<std::string> names;
  for (const Kind kind : kinds) {
    for (const Field& row : fields_of(kind)) {
      if (with_values || row.group == kNoGroup) names.emplace_back(row.name);
    }
    for (const Group& row : groups()) {
      if (!with_values && row.kind == kind) names.emplace_back(row.name);
    }
  }
  return names;
}

// "auth.factors[].type" -> "auth.factors[0].type"
std::string first_item_of(std::string_view name) {
  const size_t brackets = name.find("[]");
  if (brackets == name.npos) return {};
  return fmt::format("{}[0]{}", name.substr(0, brackets),
                     name.substr(brackets + 2));
}

MappedColumn mapped_column(const std::string& theirs, const std::string& ours) {
  MappedColumn made{.theirs = theirs, .ours = ours, .places = {}, .vote = 0};
  for (const Kind kind : {Kind::request, Kind::message}) {
    made.places[size_t(kind)] = ours.empty()
                                    ? Column{Column::What::left_out, 0, 0}
                                    : find_column(kind, ours, nullptr);
  }
  made.vote = int8_t(Names::vote(ours));
  return made;
}

class MappingReader {
 public:
  MappingReader(const SourceText& file, Issues& issues) : yaml_(file, issues) {}

  void read(const YamlNode& top, Mapping& mapping);

  std::map<std::string, std::string> columns;  // ours by theirs
  std::map<std::string, Mapping::Words> values;

 private:
  void read_columns(const YamlNode& node);
  void read_values(const YamlNode& node);
  void read_words(const Field& row, const YamlNode& node);
  void read_constants(const YamlNode& node);
  void read_zone(const YamlNode& top, Mapping& mapping);
  void read_spelling(const YamlNode& top, Mapping& mapping);
  void read_country(const YamlNode& top, Mapping& mapping);

  bool is_column(std::string_view name) const;
  void no_such_column(const YamlNode& at);
  // The field of that name, or an issue at `at`.
  const Field* field_named(const YamlNode& at);
  void no_such_field(const YamlNode& at, std::string help);
  // A scalar's text; an issue and "" for anything else.
  std::string text_of(const YamlNode& node, std::string_view what);
  bool allows(const Field& row, std::string_view text) const;

  YamlReader yaml_;
  std::vector<Kind> kinds_;
  Mapping* mapping_ = nullptr;
};

void MappingReader::read(const YamlNode& top, Mapping& mapping) {
  mapping_ = &mapping;
  yaml_.keys(top, {"kind", "columns", "values", "constants", "time_zone",
                   "times", "decimal", "absent", "country"});
  if (top.type != YamlNode::Type::mapping) return;
  if (top.find("kind") != nullptr) {
    const std::string kind = yaml_.choice(top, "kind", {"request", "message"});
    if (kind == "request") mapping.kind = Kind::request;
    if (kind == "message") mapping.kind = Kind::message;
  }
  kinds_ = kinds_of(mapping.kind);
  read_zone(top, mapping);
  read_spelling(top, mapping);
  read_country(top, mapping);
  for (const std::string& text : yaml_.optional_texts(top, "absent")) {
    mapping.absent.emplace(without_blank_ends(text));
  }
  if (const YamlNode* node = top.find("columns")) read_columns(*node);
  if (const YamlNode* node = top.find("values")) read_values(*node);
  if (const YamlNode* node = top.find("constants")) read_constants(*node);
}

void MappingReader::read_zone(const YamlNode& top, Mapping& mapping) {
  const auto zone = yaml_.optional_text(top, "time_zone");
  if (!zone) return;
  mapping.clock = PlaceClock::of(*zone);
  if (mapping.clock) return;
  yaml_.complain(
      *top.find("time_zone"), "M104", fmt::format("{} is no time zone", *zone),
      "no such zone",
      "write the distance from UTC: '+08:00', '-03:00' or 'Z'; where "
      "clocks change in summer the place: Europe/Berlin");
}

void MappingReader::read_spelling(const YamlNode& top, Mapping& mapping) {
  if (top.find("decimal") != nullptr) {
    const std::string sign = yaml_.choice(top, "decimal", {".", ","});
    mapping.decimal = sign.empty() ? '\0' : sign[0];
  }
  const YamlNode* times = top.find("times");
  if (times == nullptr) return;
  const std::vector<std::string> forms(kTimeForms.begin(), kTimeForms.end());
  mapping.times = time_form_of(yaml_.choice(top, "times", forms));
  if (top.find("time_zone") != nullptr) return;
  yaml_.complain(*times, "M106", "times of these forms say no zone",
                 "of which zone?",
                 "say time_zone: '+08:00', the clock they were written by");
}

void MappingReader::read_country(const YamlNode& top, Mapping& mapping) {
  const auto country = yaml_.optional_text(top, "country");
  if (!country) return;
  if (is_phone_region(*country)) {
    mapping.country = *country;
    return;
  }
  yaml_.complain(
      *top.find("country"), "M107",
      fmt::format("no country with telephone numbers is {}", *country),
      "no such country", "write its two capital letters: GB, CN");
}

bool MappingReader::is_column(std::string_view name) const {
  if (name == "kind") return true;
  return std::any_of(kinds_.begin(), kinds_.end(), [&](Kind kind) {
    return find_column(kind, name, nullptr).what != Column::What::unknown;
  });
}

const Field* MappingReader::field_named(const YamlNode& at) {
  for (const Kind kind : kinds_) {
    const auto id = find_field(kind, at.scalar);
    if (id) return &field(*id);
  }
  no_such_field(at, did_you_mean(at.scalar, names_of_fields(kinds_, true)));
  return nullptr;
}

void MappingReader::no_such_column(const YamlNode& at) {
  const std::string numbered = first_item_of(at.scalar);
  if (is_column(numbered)) {
    return no_such_field(
        at, fmt::format("of which item? The first is {}", numbered));
  }
  no_such_field(at, did_you_mean(at.scalar, names_of_fields(kinds_, false)));
}

void MappingReader::no_such_field(const YamlNode& at, std::string help) {
  const Kind other = kinds_[0] == Kind::request ? Kind::message : Kind::request;
  const bool of_other =
      find_column(other, at.scalar, nullptr).what != Column::What::unknown ||
      find_field(other, at.scalar);
  if (kinds_.size() == 1 && of_other) {
    help = fmt::format("it is one of {}s, and the mapping says kind: {}",
                       name_of(other), name_of(kinds_[0]));
  }
  yaml_.complain(at, "M101", fmt::format("there is no field {}", at.scalar),
                 "no such field", std::move(help));
}

std::string MappingReader::text_of(const YamlNode& node,
                                   std::string_view what) {
  if (node.type == YamlNode::Type::scalar) return node.scalar;
  yaml_.complain(node, "M102", fmt::format("{} must be a text", what),
                 "not a text");
  return {};
}

void MappingReader::read_columns(const YamlNode& node) {
  if (node.type != YamlNode::Type::mapping) {
    yaml_.complain(node, "M105",
                   "columns must be a mapping of names to fields");
    return;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    if (entry.value.type == YamlNode::Type::null) {
      columns[entry.key.scalar] = "";
      continue;
    }
    const std::string ours = text_of(entry.value, "the field of a column");
    if (ours.empty()) continue;
    if (!is_column(ours)) {
      no_such_column(entry.value);
      continue;
    }
    columns[entry.key.scalar] = ours;
  }
}

void MappingReader::read_values(const YamlNode& node) {
  if (node.type != YamlNode::Type::mapping) {
    yaml_.complain(node, "M105", "values must be a mapping of fields to words");
    return;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    const Field* row = field_named(entry.key);
    if (row == nullptr) continue;
    if (entry.value.type != YamlNode::Type::mapping) {
      yaml_.complain(
          entry.value, "M105",
          "the words of a field must be a mapping of theirs to ours");
      continue;
    }
    read_words(*row, entry.value);
  }
}

void MappingReader::read_words(const Field& row, const YamlNode& node) {
  Mapping::Words& words = values[std::string(row.name)];
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string theirs(value_in(row, entry.key.scalar));
    if (entry.value.type == YamlNode::Type::null) {
      words[theirs] = std::nullopt;
      continue;
    }
    const std::string ours = text_of(entry.value, "a value");
    if (entry.value.type != YamlNode::Type::scalar) continue;
    if (allows(row, ours)) {
      words[theirs] = ours;
      continue;
    }
    std::vector<std::string> choices(row.choices.begin(), row.choices.end());
    yaml_.complain(entry.value, "M102",
                   fmt::format("{} is no value of {}", ours, row.name),
                   "must be " + expected(row), did_you_mean(ours, choices));
  }
}

void MappingReader::read_constants(const YamlNode& node) {
  if (node.type != YamlNode::Type::mapping) {
    yaml_.complain(node, "M105",
                   "constants must be a mapping of fields to values");
    return;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    const Field* row = field_named(entry.key);
    if (row == nullptr) continue;
    if (row->group != kNoGroup) {
      yaml_.complain(entry.key, "M103",
                     fmt::format("{} stands in a list of items and cannot be a "
                                 "constant",
                                 row->name));
      continue;
    }
    const std::string text = text_of(entry.value, "a constant");
    if (entry.value.type != YamlNode::Type::scalar) continue;
    if (!allows(*row, text)) {
      yaml_.complain(entry.value, "M103",
                     fmt::format("{} is no value of {}", text, row->name),
                     "must be " + expected(*row));
      continue;
    }
    mapping_->constants[std::string(row->name)] = text;
  }
}

bool MappingReader::allows(const Field& row, std::string_view text) const {
  Record scratch(row.kind);
  return read_scalar(scratch, row, text).state == SlotState::given;
}

}  // namespace

std::shared_ptr<const Mapping> Mapping::read(const SourceText& file,
                                             Issues& issues) {
  const size_t before = issues.error_count();
  const auto top = salvage_yaml(file, issues);
  if (!top) return nullptr;
  auto mapping = std::make_shared<Mapping>();
  MappingReader reader(file, issues);
  reader.read(*top, *mapping);
  if (issues.error_count() > before) return nullptr;
  // Keys of JSON are as they are written, names of columns as one reads them.
  auto columns = reader.columns;
  for (const auto& [theirs, ours] : reader.columns) {
    columns.emplace(column_name(theirs), ours);
  }
  for (const auto& [theirs, ours] : columns) {
    mapping->columns_.push_back(mapped_column(theirs, ours));
  }
  // Requests and messages have fields of one name.
  for (const Field& row : fields()) {
    const auto words = reader.values.find(std::string(row.name));
    if (words != reader.values.end()) mapping->values_[row.id] = words->second;
  }
  return mapping;
}

std::vector<std::string> Mapping::not_among(
    const std::vector<std::string>& header) const {
  const std::set<std::string_view> there(header.begin(), header.end());
  std::vector<std::string> missing;
  for (const MappedColumn& column : columns_) {
    const bool is_name = column.theirs == column_name(column.theirs);
    if (column.ours.empty() || !is_name) continue;
    if (!there.contains(column.theirs)) missing.push_back(column.theirs);
  }
  return missing;
}

bool Mapping::is_absent(FieldId field, std::string_view theirs) const {
  const Words& words = values_[field];
  const auto said = words.find(theirs);
  return said != words.end() ? !said->second.has_value()
                             : absent.contains(theirs);
}

MappedKeys::Place MappedKeys::first_from(std::string_view key) const {
  return std::lower_bound(
      columns_.begin(), columns_.end(), key,
      [this](const MappedColumn& column, std::string_view wanted) {
        return rest_of(column) < wanted;
      });
}

const MappedColumn* MappedKeys::find(std::string_view key) const {
  const Place found = first_from(key);
  return found != columns_.end() && rest_of(*found) == key ? &*found : nullptr;
}

MappedKeys MappedKeys::inside(std::string_view key) const {
  if (empty()) return {};
  const std::string begins = std::string(key) + ".";
  const Place first = first_from(begins);
  const Place end =
      std::find_if_not(first, columns_.end(), [&](const MappedColumn& column) {
        return rest_of(column).starts_with(begins);
      });
  MappedKeys inner;
  inner.columns_ = {first, end};
  inner.said_ = said_ + begins.size();
  return inner;
}

}  // namespace simwarden
