// SPDX-License-Identifier: Apache-2.0
#include "cel/syntax/complaints.h"

#include <algorithm>
#include <utility>

#include "cel/value/code_points.h"

namespace cel {

using simwarden::Place;
using simwarden::SourceText;

Complaints::Complaints(std::string_view source, const Origin& origin,
                       simwarden::Issues& issues)
    : own_("expression", std::string(source)),
      origin_(origin),
      issues_(issues) {}

void Complaints::add(Complaint complaint) {
  const SourceText& file = origin_.file ? *origin_.file : own_;
  const auto mapped = [this](size_t at) {
    if (origin_.offsets.empty()) return at;
    return origin_.offsets[std::min(at, origin_.offsets.size() - 1)];
  };
  const size_t begin = mapped(complaint.at.begin);
  // The end is that of the last byte: an expression may be folded over
  // several lines of the file, and its end may lie far behind.
  const size_t last = std::max(complaint.at.end, complaint.at.begin + 1) - 1;
  Place place = file.place_at(begin);
  const std::string_view line = file.line(place.line);
  const size_t line_begin = file.line_begin(place.line);
  const size_t from = std::min(begin - line_begin, line.size());
  const size_t to = std::min(mapped(last) + 1 - line_begin, line.size());
  const size_t width =
      to > from ? code_point_count(line.substr(from, to - from)) : 1;
  place.width = static_cast<uint32_t>(std::max<size_t>(width, 1));
  issues_.add(file.issue(complaint.code, place, std::move(complaint.message),
                         std::move(complaint.label),
                         std::move(complaint.help)));
  ++count_;
}

}  // namespace cel
