// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lint/findings.h"

namespace simwarden {

inline constexpr std::string_view kIdleExcuse = "L190";

// What authors have written about why a lint is not right here.
class Excuses {
 public:
  explicit Excuses(const Reading& reading);

  // True when the issue stands inside something that excuses its code.
  bool excuse(const Issue& issue);
  // Those that have excused nothing, and those without a reason.
  void complain_about_idle(Findings& findings) const;

 private:
  using Spot = std::pair<uint32_t, uint32_t>;  // line, column
  struct Excuse {
    const SourceText* file;
    Spot begin;
    Spot end;
    const YamlNode::Entry* written;  // code: reason
    bool used = false;
  };

  void read(const SourceText& file, const YamlNode& node, Place begin);
  void read_pack(const PolicySources::OfPack& source);

  std::vector<Excuse> excuses_;
};

}  // namespace simwarden
