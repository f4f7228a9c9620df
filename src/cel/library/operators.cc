// SPDX-License-Identifier: Apache-2.0
#include "cel/library/library.h"

// Operators that look at their operands in a way of their own: nodes run them
// and the checker knows them; here is what the manual says.
namespace cel {
namespace {

constexpr FunctionRow kRows[] = {
    {"_||_(bool, bool) -> bool", nullptr},
    {"_&&_(bool, bool) -> bool", nullptr},
    {"_?_:_(bool, A, A) -> A", nullptr},
    {"_==_(A, A) -> bool", nullptr},
    {"_!=_(A, A) -> bool", nullptr},
    {"_in_(A, list(A)) -> bool", nullptr},
    {"_in_(A, map(A, B)) -> bool", nullptr},
    {"_.name(map(string, A)) -> A", nullptr},
    {"_.?name(map(string, A)) -> optional(A)", nullptr},
    {"_[_](list(A), int) -> A", nullptr},
    {"_[_](map(A, B), A) -> B", nullptr},
    {"_[?_](list(A), int) -> optional(A)", nullptr},
    {"_[?_](map(A, B), A) -> optional(B)", nullptr},
};

constexpr FunctionDoc kDocs[] = {
    {"_||_",
     "Or: true when either side is, even if the other is an error or not "
     "recorded.",
     "1 / 0 > 1 || true", "true"},
    {"_&&_",
     "And: false when either side is, even if the other is an error or not "
     "recorded.",
     "1 / 0 > 1 && false", "false"},
    {"_?_:_", "The second if the first is true, else the third.",
     "2 > 1 ? 'yes' : 'no'", "'yes'"},
    {"_==_",
     "Equal: numbers by their worth, lists and maps by what they hold; values "
     "of unlike kinds are unequal.",
     "[1, 2u] == [1.0, 2]", "true"},
    {"_!=_", "Not equal.", "'a' != 'A'", "true"},
    {"_in_", "Whether a list has the element, or a map the key.",
     "'lost' in ['lost', 'stolen']", "true"},
    {"_.name", "The field of an object, or the value of a key that is a name.",
     "{'name': 'demo'}.name", "'demo'"},
    {"_.?name", "An optional of the field or value, if it is there.",
     "{'name': 'demo'}.?other", "optional.none()"},
    {"_[_]", "The element at a position, from 0, or the value of a key.",
     "['a', 'b'][1]", "'b'"},
    {"_[?_]", "An optional of the element or value, if it is there.",
     "['a', 'b'][?2].orValue('none')", "'none'"},
};

}  // namespace

Family operators() {
  return {"Logic, comparison and access", kRows, kDocs};
}

}  // namespace cel
