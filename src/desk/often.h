// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Of many names the one that comes most often, in little room (J. Misra,
// D. Gries, Finding repeated elements, 1982): nobody who makes more than a
// ninth of all is missed, however many others there are.
//
//   Often often;
//   for (…) often.add(name);
//   often.first();  // {"192.0.2.7", 40}
namespace simwarden {

class Often {
 public:
  struct Row {
    std::string name;
    uint64_t times = 0;  // at least
  };

  // An empty name is nobody's.
  void add(std::string_view name);
  // Without a name: nobody came, or nobody often.
  Row first() const;
  void clear() { rows_.clear(); }

 private:
  std::vector<Row> rows_;
};

}  // namespace simwarden
