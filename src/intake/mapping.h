// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "diag/issue.h"
#include "record/fields.h"

// --map FILE: an operator's own columns and values in our words.
//
//   kind: request            # what every record is (optional)
//   columns:
//     手机号: phone_number
//     渠道: channel.type
//     备注: ~                 # known and left out
//   values:
//     channel.type:
//       营业厅: store_own
//   constants:               # fields that every record gets
//     country: CN
//   time_zone: '+08:00'      # for times written without a zone (optional)
namespace simwarden {

class Mapping {
 public:
  // Every mistake in the file is an issue with its place; null then.
  static std::shared_ptr<const Mapping> read(const SourceText& file,
                                             Issues& issues);

  // Our name for a column; "" when the column is left out; nullopt when the
  // file does not name it.
  std::optional<std::string_view> column(std::string_view theirs) const;
  // Whether it names a column that stands inside theirs: "client.mobile" is
  // one below "client".
  bool names_below(std::string_view theirs) const;
  // Our value of a field for theirs.
  std::optional<std::string_view> value(std::string_view field,
                                        std::string_view theirs) const;

  std::optional<Kind> kind;
  std::map<std::string, std::string> constants;
  std::string time_zone;

 private:
  std::map<std::string, std::string, std::less<>> columns_;
  std::map<std::string, std::map<std::string, std::string, std::less<>>,
           std::less<>>
      values_;
};

}  // namespace simwarden
