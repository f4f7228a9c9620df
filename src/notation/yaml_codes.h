// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Every issue of this room: a stable code and what it is about.
namespace simwarden {

struct YamlCode {
  std::string_view code;
  std::string_view title;
};

inline constexpr YamlCode kYamlCodes[] = {
    // The text.
    {"Y100", "a file is too big"},
    {"Y101", "a byte is not UTF-8, or a control character"},
    {"Y102", "a tab"},
    {"Y103", "the text is not YAML"},
    // Things of YAML that we do not take.
    {"Y104", "an anchor"},
    {"Y105", "an alias"},
    {"Y106", "a tag"},
    {"Y107", "a merge key"},
    {"Y108", "a key is given twice"},
    {"Y109", "yes, no, on, off, y or n without quotes"},
    {"Y110", "a second document"},
    {"Y111", "a key is not a text"},
    {"Y112", "a number with a leading zero"},
    {"Y113", "too many values"},
    {"Y114", "nested too deep"},
    {"Y115", "a full-width sign where YAML needs one of ASCII"},
    {"Y116", "a text ends at a # that looks like a part of it"},
    // What a reader expected.
    {"Y120", "a mapping is expected"},
    {"Y121", "an unknown key"},
    {"Y122", "a key is missing"},
    {"Y123", "a text is expected"},
    {"Y124", "a number or bool stands where a text is expected"},
    {"Y125", "a number is expected"},
    {"Y126", "a list is expected"},
    {"Y127", "a word is not among those allowed"},
};

}  // namespace simwarden
