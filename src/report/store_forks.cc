// SPDX-License-Identifier: Apache-2.0
#include "report/store_forks.h"

#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

// A link's hash is over all before it: where two chains have one in common,
// they have all before, and the last of these is found by halving.
namespace simwarden {
namespace {

struct ChainOfStore {
  size_t store = 0;
  Database* database = nullptr;
  int64_t part = 0;  // 0: its own
  int64_t links = 0;

  std::string from() const {
    return part == 0 ? "FROM chain_link WHERE true"
                     : fmt::format("FROM part_link WHERE part_id = {}", part);
  }
  Result<std::string> hash(int64_t link) const {
    return database->text(
        fmt::format("SELECT hash {} AND link_id = {}", from(), link));
  }
  // Blocks have salts: behind the first no two stores have a link in common by
  // chance.
  Result<bool> has_block_up_to(int64_t link) const {
    const auto found = database->integer(fmt::format(
        "SELECT EXISTS (SELECT 1 {} AND link_id <= {} AND json_valid(body) "
        "AND body ->> '$.kind' = 'block')",
        from(), link));
    if (!found) return found.error();
    return *found != 0;
  }
};

// By their first link: others have nothing in common.
using Families = std::map<std::string, std::vector<ChainOfStore>>;

Status add_chain(Families& families, ChainOfStore chain) {
  const auto links = chain.database->integer(
      fmt::format("SELECT coalesce(max(link_id), 0) {}", chain.from()));
  if (!links) return links.error();
  chain.links = *links;
  const auto first = chain.hash(1);
  if (!first) return first.error();
  if (!first->empty()) families[*first].push_back(chain);
  return Done{};
}

Status add_chains(Families& families, size_t at, Database& database) {
  std::vector<int64_t> parts = {0};
  Status done = database.each_row(
      "SELECT part_id FROM part ORDER BY part_id",
      [&](const Statement& row) { parts.push_back(row.integer(0)); });
  for (const int64_t part : parts) {
    if (done) done = add_chain(families, {at, &database, part});
  }
  return done;
}

// REQUIRES: the first one is.
Result<int64_t> last_in_common(const ChainOfStore& a, const ChainOfStore& b) {
  int64_t low = 1;
  int64_t high = std::min(a.links, b.links);
  while (low < high) {
    const int64_t middle = low + (high - low + 1) / 2;
    const auto left = a.hash(middle);
    if (!left) return left.error();
    const auto right = b.hash(middle);
    if (!right) return right.error();
    if (*left == *right) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

// 0: they are no copies, or one is the other's beginning.
Result<int64_t> forked_behind(const ChainOfStore& a, const ChainOfStore& b) {
  if (a.store == b.store) return int64_t{0};
  const auto link = last_in_common(a, b);
  if (!link) return link.error();
  if (*link == a.links || *link == b.links) return int64_t{0};
  const auto same = a.has_block_up_to(*link);
  if (!same) return same.error();
  return *same ? *link : int64_t{0};
}

}  // namespace

Result<std::vector<StoreFork>> find_forks(
    std::span<const CountedStore> stores) {
  Families families;
  for (size_t i = 0; i < stores.size() && stores.size() > 1; ++i) {
    Status added = add_chains(families, i, *stores[i].database);
    if (!added) return added.error();
  }
  std::map<std::pair<size_t, size_t>, int64_t> found;
  for (const auto& [first, chains] : families) {
    for (size_t i = 0; i < chains.size(); ++i) {
      for (size_t k = i + 1; k < chains.size(); ++k) {
        const auto link = forked_behind(chains[i], chains[k]);
        if (!link) return link.error();
        if (*link == 0) continue;
        int64_t& at = found[std::minmax(chains[i].store, chains[k].store)];
        at = std::max(at, *link);
      }
    }
  }
  std::vector<StoreFork> forks;
  for (const auto& [pair, link] : found) {
    forks.push_back({pair.first, pair.second, link});
  }
  return forks;
}

}  // namespace simwarden
