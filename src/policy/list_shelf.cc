// SPDX-License-Identifier: Apache-2.0
#include "policy/list_shelf.h"

#include <algorithm>

#include <fmt/format.h>

#include "policy/unasked_lists.h"

namespace simwarden {

Status ListShelf::add(SourceText file, const FoundFile& found,
                      const std::string& relative,
                      std::vector<DigestedFile>& digested) {
  ListFile read = read_list(file, issues_);
  digested.push_back({relative, file.text()});
  if (!read.list->entries_from.empty()) {
    if (Status added = add_plain(read, file, found, relative, digested);
        !added) {
      return added;
    }
  }
  if (sources_) sources_->lists.push_back({file, read.list});
  drafts_.push_back({std::move(file), found, std::move(read)});
  return Done{};
}

Status ListShelf::add_plain(const ListFile& read, const SourceText& file,
                            const FoundFile& found, const std::string& relative,
                            std::vector<DigestedFile>& digested) {
  const std::string& from = read.list->entries_from;
  const std::string path =
      join_path(found.path.substr(0, found.path.rfind('/')), from);
  const auto there = files_.has(path);
  if (!there) return there.error();
  if (!*there) {
    issues_.add(file.issue("P168", read.entries_from_place,
                           fmt::format("there is no file {}", path)));
    return Done{};
  }
  auto text = files_.read_plain(path);
  if (!text) return text.error();
  const SourceText plain(path, std::move(*text));
  read_plain_list(plain, *read.list, issues_);
  digested.push_back(
      {relative.substr(0, relative.rfind('/') + 1) + from, plain.text()});
  return Done{};
}

void ListShelf::lay_over() {
  // Shared ones first: they keep their plain names. Those of the command line
  // last: they have the last word.
  const auto rank = [](const Draft& draft) {
    return draft.found.extra ? 2 : draft.found.pack ? 1 : 0;
  };
  std::stable_sort(
      drafts_.begin(), drafts_.end(),
      [&](const Draft& a, const Draft& b) { return rank(a) < rank(b); });
  for (const Draft& over : drafts_) {
    if (over.read.list->adds_to.empty()) continue;
    bool any = false;
    for (const Draft& base : drafts_) {
      if (!lies_under(base, over)) continue;
      simwarden::lay_over(over.file, over.read, *base.read.list, issues_);
      any = true;
    }
    if (!any) tell_of_no_base(over);
  }
  std::erase_if(drafts_, [](const Draft& draft) {
    return !draft.read.list->adds_to.empty();
  });
}

void ListShelf::tell_of_no_base(const Draft& over) {
  const std::string& wanted = over.read.list->adds_to;
  std::vector<std::string> names;
  std::string message = fmt::format("there is no list {}", wanted);
  std::string help;
  for (const Draft& draft : drafts_) {
    const NamedList& list = *draft.read.list;
    if (list.adds_to.empty()) names.push_back(list.name);
    if (list.name != wanted) continue;
    if (list.adds_to.empty()) {
      message = fmt::format("the list {} is another pack's own", wanted);
      help = "lay it over from a folder that --lists names";
    } else if (&draft == &over) {
      message = fmt::format("the list {} would lie over itself", wanted);
      help = "give it a name and a file of its own";
    } else if (list.adds_to == over.read.list->name) {
      message = fmt::format("{} and {} would lie over each other", wanted,
                            list.adds_to);
      help = "one of the two must be a list of its own, without adds_to";
    } else {
      message = fmt::format("{} is laid over a list itself", wanted);
      help = fmt::format("add to the list below: {}", list.adds_to);
    }
  }
  if (help.empty()) help = did_you_mean(wanted, names, issues_);
  if (help.empty()) help = "name the policies that have it, too";
  issues_.add(over.file.issue("P166", over.read.adds_to_place,
                              std::move(message), {}, std::move(help)));
}

// A pack's overlay reaches the pack's own list and shared ones beside it.
bool ListShelf::lies_under(const Draft& base, const Draft& over) const {
  const NamedList& list = *base.read.list;
  if (!list.adds_to.empty() || list.name != over.read.list->adds_to) {
    return false;
  }
  if (over.found.extra || base.found.extra) return over.found.extra;
  if (base.found.pack) return base.found.pack == over.found.pack;
  return is_beside(base, over.found.parent) ||
         !has_beside(over.found.parent, list.name);
}

// `draft` is a shared list of the folder `parent`.
bool ListShelf::is_beside(const Draft& draft, const std::string& parent) const {
  return !draft.found.extra && !draft.found.pack &&
         draft.found.parent == parent;
}

bool ListShelf::has_beside(const std::string& parent,
                           const std::string& name) const {
  return std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& draft) {
    return draft.read.list->name == name && draft.read.list->adds_to.empty() &&
           is_beside(draft, parent);
  });
}

std::map<std::string, std::shared_ptr<const NamedList>> ListShelf::by_name(
    const Names& pack_name) {
  std::map<std::string, std::shared_ptr<const NamedList>> lists;
  for (const Draft& draft : drafts_) {
    const auto& list = draft.read.list;
    const bool fresh = lists.try_emplace(list->name, list).second;
    if (fresh || list->name.empty()) continue;
    const auto& pack = draft.found.pack;
    if (draft.found.extra || (pack && packs_.size() == 1)) {
      lists[list->name] = list;
    } else if (pack && !is_read_unasked(list->name)) {
      lists.try_emplace(pack_name(*pack) + "/" + list->name, list);
    } else {
      issues_.add(draft.file.issue(
          "P163", draft.read.place,
          fmt::format("there is another list {}", list->name), {},
          fmt::format("one file for all packs that are loaded together: call "
                      "this one otherwise and let it say `adds_to: {}`, or put "
                      "it into a folder that --lists names, to take its place",
                      list->name)));
    }
  }
  return lists;
}

bool ListShelf::is_seen_by(size_t pack, const Draft& draft) const {
  if (draft.found.extra) return true;
  if (draft.found.pack) return draft.found.pack == pack;
  const std::string& parent = packs_[pack].parent;
  return is_beside(draft, parent) || !has_beside(parent, draft.read.list->name);
}

std::shared_ptr<ListsInSight> ListShelf::in_sight(size_t pack) const {
  auto sight = std::make_shared<ListsInSight>();
  for (const Draft& draft : drafts_) {
    if (!is_seen_by(pack, draft)) continue;
    sight->lists[draft.read.list->name] = draft.read.list;
  }
  return sight;
}

void ListShelf::warn_of_unused(
    const std::map<size_t, std::shared_ptr<ListsInSight>>& sights,
    const std::function<bool(const FoundFile&)>& all_near) {
  for (const Draft& draft : drafts_) {
    const std::string& name = draft.read.list->name;
    if (is_read_unasked(name)) continue;
    const bool used =
        std::any_of(sights.begin(), sights.end(), [&](const auto& sight) {
          return is_seen_by(sight.first, draft) &&
                 sight.second->asked.contains(name);
        });
    if (used || !all_near(draft.found)) continue;
    Issue issue =
        draft.file.issue("P164", draft.read.place,
                         fmt::format("no rule uses the list {}", name));
    issue.severity = Severity::warning;
    if (!draft.read.list->weights.empty()) {
      issue.help =
          fmt::format("weights are read from the list {} alone", kScamPhrases);
    }
    issues_.add(std::move(issue));
  }
}

}  // namespace simwarden
