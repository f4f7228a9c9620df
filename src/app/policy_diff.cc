// SPDX-License-Identifier: Apache-2.0
#include "rollout/policy_diff.h"

#include <fmt/format.h>

#include "app/options.h"
#include "diag/by_line.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "house/house.h"
#include "terminal/terminal.h"

// policy diff: what two versions of policies differ in, for a person or as
// JSON.
namespace simwarden {
namespace {

// Values longer than this go on lines of their own.
constexpr size_t kShortValueBytes = 32;

// "{+added+}" and "[-removed-]", as git writes them; colours instead where
// there are any.
std::string draw_words(const std::vector<WordPiece>& words,
                       const Paint& paint) {
  std::string out;
  for (const WordPiece& piece : words) {
    const std::string text = by_line(piece.text, printable_text);
    switch (piece.is) {
      case WordPiece::Is::same: out += text; break;
      case WordPiece::Is::removed:
        out += paint.on ? paint("9;31", text) : fmt::format("[-{}-]", text);
        break;
      case WordPiece::Is::added:
        out += paint.on ? paint("32", text) : fmt::format("{{+{}+}}", text);
        break;
    }
  }
  return out;
}

// Lines of a value that goes on below its key.
std::string indented(std::string_view text) {
  std::string out = "        ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "        ";
  }
  while (out.back() == ' ' || out.back() == '\n') out.pop_back();
  return out + "\n";
}

void draw_value(std::string& out, const KeyChange& change, const Paint& paint) {
  out += fmt::format("    {}", printable_text(change.key));
  if (change.same_condition) {
    out += ": the same condition written differently";
  }
  if (!change.words.empty()) {
    out += "\n" + indented(draw_words(change.words, paint));
    return;
  }
  const std::string& only =
      change.before.empty() ? change.after : change.before;
  const bool is_short = only.size() <= kShortValueBytes &&
                        change.after.size() <= kShortValueBytes;
  if (!change.before.empty() && !change.after.empty()) {
    out += fmt::format("  {} → {}\n", printable_text(change.before),
                       printable_text(change.after));
  } else if (is_short) {
    out += change.before.empty()
               ? fmt::format("  {}\n", printable_text(only))
               : fmt::format("  {} → nothing\n", printable_text(only));
  } else {
    const auto is =
        change.before.empty() ? WordPiece::Is::added : WordPiece::Is::removed;
    out += "\n" + indented(draw_words({{is, only}}, paint));
  }
}

void draw_key(std::string& out, const KeyChange& change, const Paint& paint) {
  draw_value(out, change, paint);
  for (const KeptValue& kept : change.kept) {
    out +=
        fmt::format("    profile {} keeps {}\n", printable_text(kept.profile),
                    printable_text(kept.value));
  }
}

struct NamesOf {
  std::string_view sign;
  std::string_view colour;
  size_t count = 0;  // of which some are named
  std::vector<std::string> names;
};
void draw_names(std::string& out, const NamesOf& which, const Paint& paint) {
  const auto& [sign, colour, count, names] = which;
  for (const std::string& name : names) {
    out += fmt::format(
        "        {}\n",
        paint(colour, fmt::format("{} {}", sign, printable_text(name))));
  }
  if (count > names.size()) {
    out += fmt::format("        {} and {} more\n", sign,
                       with_thousands(count - names.size()));
  }
}

std::vector<std::string> altered_names(const SetChange& change) {
  std::vector<std::string> names = change.altered_names;
  for (size_t i = 0; i < change.altered_how.size(); ++i) {
    names[i] += "  " + change.altered_how[i];
  }
  return names;
}

void draw_set(std::string& out, const SetChange& change, const Paint& paint) {
  out +=
      fmt::format("    {}  +{} -{}", change.key, with_thousands(change.added),
                  with_thousands(change.removed));
  if (change.altered > 0) {
    out +=
        fmt::format(", {} with other details", with_thousands(change.altered));
  }
  out += '\n';
  draw_names(out, {"-", "31", change.removed, change.removed_names}, paint);
  draw_names(out, {"+", "32", change.added, change.added_names}, paint);
  draw_names(out, {"~", "33", change.altered, altered_names(change)}, paint);
}

void draw_thing(std::string& out, const ThingChange& change,
                const Paint& paint) {
  constexpr std::string_view kSigns[] = {"+", "-", "~"};
  constexpr std::string_view kColours[] = {"32", "31", "33"};
  const auto is = size_t(change.is);
  out += fmt::format("  {} {}  {}\n", paint(kColours[is], kSigns[is]),
                     paint.bold(change.name), printable_text(change.title));
  for (const KeyChange& key : change.keys) draw_key(out, key, paint);
  for (const SetChange& set : change.sets) draw_set(out, set, paint);
}

std::string draw(const PolicyDiff& diff, const Paint& paint) {
  std::string out;
  for (const Section& section : diff.sections) {
    if (section.things.empty()) continue;
    size_t counts[3] = {};
    for (const ThingChange& change : section.things)
      ++counts[size_t(change.is)];
    out +=
        paint.bold(fmt::format("{}: {} added, {} removed, {} changed\n",
                               section.name, counts[0], counts[1], counts[2]));
    for (const ThingChange& change : section.things) {
      draw_thing(out, change, paint);
    }
    out += '\n';
  }
  if (diff.changes() == 0) {
    out += diff.digest_before == diff.digest_after
               ? "The policies are the same.\n"
               : "Nothing that decides is different: the files differ in "
                 "comments, layout or order.\n";
  }
  out += fmt::format("old {}\nnew {}\n", diff.digest_before, diff.digest_after);
  return out;
}

Result<std::unique_ptr<House>> open_side(
    const PolicyDiffOptions& options, const std::string& path,
    const std::vector<std::string>& lists) {
  PolicyOptions policy = options.policy;
  policy.paths = {path};
  policy.lists.insert(policy.lists.end(), lists.begin(), lists.end());
  return House::open(policy);
}

}  // namespace

int run_policy_diff(const PolicyDiffOptions& options) {
  auto before = open_side(options, options.old_path, options.lists.before);
  if (!before) return complain(before.error());
  auto after = open_side(options, options.new_path, options.lists.after);
  if (!after) return complain(after.error());
  const PolicyDiff diff =
      compare((*after)->schema(), (*before)->ruleset(), (*after)->ruleset());
  if (!options.policy.lists.empty()) say_text(kListsOfBoth);
  const Paint paint{wants_colour(stdout)};
  fmt::print("{}", options.json ? to_json(diff) : draw(diff, paint));
  return options.fail_on_change && diff.changes() > 0 ? kExitFound : kExitDone;
}

}  // namespace simwarden
