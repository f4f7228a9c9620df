// SPDX-License-Identifier: Apache-2.0
#include "trial/excused.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

// What an excuse may be for, whichever it is.
struct Suspect {
  const PartOfPack* of;
  bool proven;  // reached, killed
  bool* excused;
};

struct Words {
  const char* what;    // "mutant"
  const char* proven;  // "is killed"
};

void lay_over(const PackCases& pack, const Excuse& excuse,
              const std::vector<Suspect>& suspects,
              const std::pair<Words, Issues*>& to) {
  const auto& [words, issues] = to;
  bool excused = false;
  bool proven = false;
  std::vector<std::string> texts;
  for (const Suspect& suspect : suspects) {
    const PartOfPack& of = *suspect.of;
    if (of.pack != pack.pack || of.rule != excuse.of) continue;
    if (!suspect.proven) texts.push_back(of.text);
    if (of.text != excuse.what) continue;
    (suspect.proven ? proven : excused) = true;
    if (!suspect.proven) *suspect.excused = true;
  }
  if (excused) return;
  issues->add(pack.file->issue(
      "X101", excuse.place,
      proven ? fmt::format("this {} {}: it needs no excuse", words.what,
                           words.proven)
             : fmt::format("{} has no {} that reads so", excuse.of, words.what),
      {}, proven ? "take it out" : did_you_mean(excuse.what, texts)));
}

void lay_all_over(const std::vector<PackCases>& packs, bool branches,
                  const std::vector<Suspect>& suspects, Issues& issues) {
  const Words words = branches ? Words{"branch", "is reached by a case"}
                               : Words{"mutant", "is killed by a case"};
  for (const PackCases& pack : packs) {
    for (const Excuse& excuse : pack.excuses) {
      if (excuse.branch != branches) continue;
      lay_over(pack, excuse, suspects, {words, &issues});
    }
  }
}

}  // namespace

bool is_excused(const PackCases& pack, const PartOfPack& part, bool branch) {
  return std::any_of(
      pack.excuses.begin(), pack.excuses.end(), [&](const Excuse& excuse) {
        return excuse.branch == branch && excuse.of == part.rule &&
               excuse.what == part.text;
      });
}

void excuse(const std::vector<PackCases>& packs, Coverage& coverage,
            Issues& issues) {
  std::vector<Suspect> suspects;
  for (Branch& branch : coverage.branches) {
    suspects.push_back({&branch.of, branch.reached, &branch.excused});
  }
  lay_all_over(packs, true, suspects, issues);
}

void excuse(const std::vector<PackCases>& packs, Mutation& mutation,
            Issues& issues) {
  std::vector<Suspect> suspects;
  for (Mutant& mutant : mutation.mutants) {
    suspects.push_back({&mutant.of, mutant.killed, &mutant.excused});
  }
  lay_all_over(packs, false, suspects, issues);
}

}  // namespace simwarden
