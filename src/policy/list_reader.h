// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "diag/issue.h"
#include "policy/pack.h"

namespace simwarden {

// Reads lists/NAME.yaml. Always yields what could be read: conditions that
// use a list with a mistake are checked all the same.
struct ListFile {
  std::shared_ptr<NamedList> list;
  Place place;               // of its name
  Place adds_to_place;       // of `adds_to`
  Place entries_from_place;  // of `entries_from`
};
ListFile read_list(const SourceText& file, Issues& issues);

// More lines than this are a data base, not a list.
inline constexpr size_t kListLinesMax = 5'000'000;
// 5,000,000 hosts of 50 characters.
inline constexpr size_t kPlainListBytesMax = size_t{256} << 20;
// RFC 1035, 2.3.4 for hosts; nothing else in a list is longer.
inline constexpr size_t kListValueBytesMax = 253;

// Adds the values of a plain file, one a line; empty lines and lines that
// begin with "#" say nothing, and a value that is there already counts once.
// Issues: P161, P196.
void read_plain_list(const SourceText& file, NamedList& list, Issues& issues);

// Lays `over` upon `base`: its entries are added, its removals taken away.
// Issues, at places of `file`: P162, P167.
void lay_over(const SourceText& file, const ListFile& over, NamedList& base,
              Issues& issues);

// The lists that the eye for contacts reads: what it sees in a text hangs on
// them, and on no other list.
std::vector<std::string_view> lists_of_the_eye();

// True for all of these and for kScamPhrases (policy/unasked_lists.h).
bool is_read_unasked(std::string_view name);

}  // namespace simwarden
