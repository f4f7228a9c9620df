// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "cel/value/environment.h"
#include "cel/value/scratch.h"
#include "notation/yaml.h"
#include "policy/pack.h"

// Values that packs declare and profiles set; conditions read them as
// profile.<name>.
namespace simwarden {

// "int" -> the type of conditions; null for a word that is no type.
const cel::Type* parameter_type(std::string_view name);

// The value of a node as `type`; complains (P150) when it is of another. A type
// that is none has its own issue already.
std::optional<ParameterValue> read_parameter_value(YamlReader& reader,
                                                   const YamlNode& node,
                                                   std::string_view type);
// As above, and within what the parameter may be (P159).
std::optional<ParameterValue> read_value_of(YamlReader& reader,
                                            const YamlNode& node,
                                            const Parameter& parameter);

// `parameters:` of a pack: name -> {type, default, choices, least, most, doc,
// source, confidence}.
struct ParameterDraft {
  Parameter parameter;
  Place place;     // of its name
  Place value_at;  // of its default
};
std::vector<ParameterDraft> read_parameters(YamlReader& reader,
                                            const YamlNode& pack);

// As conditions see it. The texts stay where they are: `value` must outlive
// the result; the list itself lies in `scratch`.
cel::Value to_cel(const ParameterValue& value, cel::Scratch& scratch);

}  // namespace simwarden
