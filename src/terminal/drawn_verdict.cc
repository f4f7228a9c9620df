// SPDX-License-Identifier: Apache-2.0
#include "terminal/drawn_verdict.h"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "diag/characters.h"
#include "diag/columns.h"
#include "diag/printable.h"
#include "privacy/masks.h"
#include "record/not_counted.h"
#include "terminal/drawn_words.h"
#include "terminal/printable_verdict.h"

// Masking may change how many bytes a character has, but never how many
// characters there are: spans are carried over by counting code points.
namespace simwarden {
namespace {

// A text of more lines than this is shown in part.
constexpr size_t kWholeLinesMax = 24;
// A line is shown up to this many code points; nobody reads on.
constexpr size_t kLineCodePointsMax = 400;
// Rules and facts named in one list.
constexpr size_t kNamesMax = 12;

// Of the words that a paragraph is found again by.
constexpr uint32_t kWordsColumns = 60;

constexpr char kUnmarked = 0;

char rank_of(std::string_view severity) {
  if (severity == "critical") return 5;
  if (severity == "high") return 4;
  if (severity == "medium") return 3;
  if (severity == "low") return 2;
  return 1;
}

std::string_view severity_of(char rank) {
  constexpr std::string_view kNames[] = {"",       "info", "low",
                                         "medium", "high", "critical"};
  return kNames[size_t(rank)];
}

// For each code point of `text` the highest rank of the marks over it.
std::vector<char> ranks_of(std::string_view text,
                           const std::vector<Mark>& marks) {
  std::vector<char> by_byte(text.size() + 1, kUnmarked);
  for (const Mark& mark : marks) {
    const size_t end = std::min<size_t>(mark.end, text.size());
    for (size_t i = mark.begin; i < end; ++i) {
      by_byte[i] = std::max(by_byte[i], rank_of(mark.severity));
    }
  }
  std::vector<char> ranks;
  for (size_t at = 0; at < text.size(); at += code_point_size(text, at)) {
    ranks.push_back(by_byte[at]);
  }
  return ranks;
}

struct Line {
  std::vector<std::string_view> characters;
  std::vector<char> ranks;
  bool marked() const {
    return std::any_of(ranks.begin(), ranks.end(),
                       [](char r) { return r != kUnmarked; });
  }
};

std::vector<Line> split(std::string_view text, const std::vector<char>& ranks) {
  std::vector<Line> lines(1);
  size_t index = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t size = code_point_size(text, at);
    const char rank = index < ranks.size() ? ranks[index] : kUnmarked;
    if (text[at] == '\n') {
      lines.emplace_back();
    } else if (text[at] != '\r') {
      lines.back().characters.push_back(text.substr(at, size));
      lines.back().ranks.push_back(rank);
    }
    at += size;
    ++index;
  }
  return lines;
}

std::string draw_line(const Line& line, const Paint& paint) {
  std::string out = "  │ ";
  std::string carets = "  │ ";
  const size_t size = std::min(line.characters.size(), kLineCodePointsMax);
  for (size_t i = 0; i < size;) {
    size_t end = i;
    std::string run;
    while (end < size && line.ranks[end] == line.ranks[i]) {
      run += printable_text(line.characters[end++]);
    }
    const bool marked = line.ranks[i] != kUnmarked;
    if (marked && paint.on) {
      out += paint(fmt::format("4;{}", colour_of(severity_of(line.ranks[i]))),
                   run);
    } else {
      out += run;
    }
    carets.append(display_columns(run), marked ? '^' : ' ');
    i = end;
  }
  if (size < line.characters.size()) out += "…";
  out += '\n';
  if (!paint.on && line.marked()) {
    carets.erase(carets.find_last_not_of(' ') + 1);
    out += carets + '\n';
  }
  return out;
}

using Language = std::string_view;

// Of an action, a kind, a severity.
std::string name_in(std::string_view name, Language in) {
  return std::string(drawn_word(name, in));
}

std::string painted(Action action, const Paint& paint, Language in) {
  return paint(colour_of(name_of(action)), name_in(name_of(action), in));
}

// `left`: more that have no name here.
std::string list_of(const std::vector<std::string>& names, Language in,
                    size_t left = 0) {
  std::string text;
  for (size_t i = 0; i < names.size() && i < kNamesMax; ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  const size_t shown = std::min(names.size(), kNamesMax);
  left += names.size() - shown;
  if (left > 0) text += drawn(in, " and {} more", left);
  return text;
}

std::string evidence_text(const Evidence& e, Language in) {
  if (e.end > e.begin) {
    std::string text =
        drawn(in, "{} bytes {}–{} “{}”", e.fact, e.begin, e.end, e.text);
    if (!e.by.empty()) text += fmt::format(" ({})", e.by);
    if (!e.seen_as.empty() && e.seen_as != e.text) {
      text += drawn(in, " seen as “{}”", e.seen_as);
    }
    return text;
  }
  switch (e.state) {
    case Evidence::State::not_recorded:
      return drawn(in, "{} is not recorded", e.fact);
    case Evidence::State::null:
      return drawn(in, "{} is null: known to be unknown", e.fact);
    case Evidence::State::invalid:
      return drawn(in, "{} = {} (not a valid value)", e.fact, e.value);
    case Evidence::State::value: break;
  }
  return fmt::format("{} = {}", e.fact, e.value);
}

void draw_waiver(std::string& out, const WaiverNote& w, Language in) {
  out +=
      drawn(in, "     waiver  {} until {}: {} (asked by {}, approved by {})\n",
            w.id, w.until, w.why, w.asked_by, w.approved_by);
}

std::string status_of(const Finding& f, Language in) {
  if (f.outcome == Outcome::waived) {
    return drawn(in, "  waived: does not count");
  }
  return f.shadow ? drawn(in, "  shadow: shown, does not count") : "";
}

// A stored policy is anybody's too.
std::string title_of(const std::string& family, const FamilyTitles& families) {
  const auto title = families.find(family);
  return title == families.end() ? family : printable_text(title->second);
}

bool is_of_likeness(const Evidence& e) {
  return e.fact == "message.likeness" || e.by == "message.likeness";
}

bool reads_likeness(const Finding& f) {
  return std::any_of(f.evidence.begin(), f.evidence.end(), is_of_likeness);
}

// Where a rule weighs a likeness, the bounds that it is held against: the
// reason has the figure, and these tell a person nothing more.
bool is_bound_of_likeness(const Evidence& e) {
  return e.fact.starts_with("profile.likeness_") ||
         e.fact == "message.likeness_phrases" ||
         e.fact == "message.read_length";
}

void draw_finding(std::string& out, const Finding& f, const Paint& paint,
                  Language in, const FamilyTitles& families) {
  out +=
      fmt::format("\n{} {}  {}  {}{}\n",
                  paint(colour_of(f.severity), fmt::format("{:>4}", f.score)),
                  paint.bold(f.rule), f.title,
                  paint.dim(fmt::format("({}, {})", name_in(f.severity, in),
                                        title_of(f.family, families))),
                  status_of(f, in));
  out += drawn(in, "     why   {}\n", f.reason);
  const bool weighs = reads_likeness(f);
  for (const Evidence& e : f.evidence) {
    if (weighs && is_bound_of_likeness(e)) continue;
    out += drawn(in, "     fact  {}\n", evidence_text(e, in));
  }
  if (f.waiver) draw_waiver(out, *f.waiver, in);
  if (!f.remedy.empty()) {
    out += drawn(in, "     next  {}\n", f.remedy);
  }
  if (!f.controls.empty()) {
    out += drawn(in, "     serves  {}\n", list_of(f.controls, in));
  }
}

struct FamilySum {
  std::string name;
  double highest = 0;
  double others = 0;
};

// "identity 45 + ¼ × 45 = 56.25"
void draw_sum(std::string& out, const Verdict& verdict, Language in,
              const FamilyTitles& titles) {
  std::vector<FamilySum> families;
  for (const Finding& f : verdict.findings) {
    if (!f.acts() || f.score == 0) continue;
    auto family =
        std::find_if(families.begin(), families.end(),
                     [&](const FamilySum& s) { return s.name == f.family; });
    if (family == families.end()) {
      families.push_back({f.family});
      family = std::prev(families.end());
    }
    // Findings come with the highest score first.
    if (family->highest == 0) {
      family->highest = f.score;
    } else {
      family->others += f.score;
    }
  }
  if (families.empty()) return;
  out += drawn(in, "\nPoints: ");
  for (size_t i = 0; i < families.size(); ++i) {
    const FamilySum& s = families[i];
    if (i > 0) out += "; ";
    out += fmt::format("{} {}", title_of(s.name, titles), s.highest);
    if (s.others > 0) {
      out +=
          fmt::format(" + ¼ × {} = {:.2f}", s.others, s.highest + s.others / 4);
    }
  }
  out += drawn(in, "; together {}{}\n", verdict.score,
               verdict.score >= 100 ? drawn(in, " (never more than 100)") : "");
}

// A likeness of 0.99 beside 20 points reads like a contradiction.
void draw_only_likeness(std::string& out, const Verdict& verdict, Language in) {
  bool any = false;
  for (const Finding& f : verdict.findings) {
    if (!f.acts() || f.score == 0) continue;
    if (!reads_likeness(f)) return;
    any = true;
  }
  if (!any) return;
  out +=
      drawn(in,
            "\nOnly rules about its wording hit. A likeness says how much the "
            "words are those of\nknown scams, not how sure this is: look "
            "for what it wants and where it leads.\n");
}

// Words of the paragraph that a rule stands on.
std::string words_in(const BlockVerdict& block, const Verdict& verdict) {
  for (const Finding& f : verdict.findings) {
    for (const Evidence& e : f.evidence) {
      const bool inside = e.end > e.begin && e.fact == block.fact &&
                          e.begin >= block.begin && e.end <= block.end;
      if (inside) return e.text;
    }
  }
  return {};
}

// Where a text of several paragraphs stands out.
void draw_blocks(std::string& out, const Verdict& verdict, const Paint& paint,
                 Language in) {
  if (verdict.blocks.empty()) return;
  out += verdict.blocks_left == 0
             ? drawn(in, "\nBy paragraph; the others pass:\n")
             : drawn(in,
                     "\nBy paragraph; of the others {} were not looked at, and "
                     "the rest pass:\n",
                     verdict.blocks_left);
  for (const BlockVerdict& block : verdict.blocks) {
    out += drawn(in, "  {} bytes {}–{}  {}  {} points  {}\n", block.fact,
                 block.begin, block.end, painted(block.action, paint, in),
                 block.score, list_of(block.rules, in));
    const std::string words = words_in(block, verdict);
    if (!words.empty()) {
      out += fmt::format("    “{}”\n", cut_to_columns(words, kWordsColumns));
    }
  }
}

void draw_next_step(std::string& out, const Verdict& verdict,
                    const Paint& paint, Language in) {
  if (verdict.would_pass_if.empty()) return;
  const std::string action = name_in(name_of(verdict.would_become), in);
  out +=
      drawn(in, "\n{} if\n", paint.bold(drawn(in, "Would become {}", action)));
  for (const std::string& duty : verdict.would_pass_if) {
    out += fmt::format("  {}\n", printable_lines(duty, "    "));
  }
  out += drawn(in, "  and no other rule begins to hit by that\n");
}

std::string lack_text(const Evidence& lack, Language in) {
  switch (lack.state) {
    case Evidence::State::invalid: return drawn(in, "{} not valid", lack.fact);
    case Evidence::State::null: return drawn(in, "{} null", lack.fact);
    case Evidence::State::not_recorded:
    case Evidence::State::value: break;
  }
  return lack.fact;
}

// "CHG-001, CHG-002 (request.created_at)": rules that lack the same stand
// together, in the order of the first of each.
void draw_open(std::string& out, const std::vector<std::string>& missing,
               const std::vector<OpenRule>& open, Language in) {
  std::vector<std::pair<std::string, std::vector<std::string>>> rows;
  for (const OpenRule& each : open) {
    if (std::count(missing.begin(), missing.end(), each.rule) == 0) continue;
    std::vector<std::string> lacks;
    for (const Evidence& lack : each.lacks) {
      lacks.push_back(lack_text(lack, in));
    }
    std::string facts = list_of(lacks, in);
    auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& known) {
      return known.first == facts;
    });
    if (row == rows.end()) {
      row = rows.insert(row, {std::move(facts), {}});
    }
    row->second.push_back(each.rule);
  }
  for (const auto& [facts, rules] : rows) {
    out += drawn(in, "  {} ({})\n", list_of(rules, in), printable_text(facts));
  }
}

void draw_missing(std::string& out, const std::vector<std::string>& missing,
                  const std::vector<OpenRule>& open, Language in) {
  if (missing.empty()) return;
  if (open.empty()) {
    out += drawn(in, "\nCould not be determined, facts are missing: {}\n",
                 list_of(missing, in));
    return;
  }
  out += drawn(in, "\nCould not be determined, facts are missing:\n");
  draw_open(out, missing, open, in);
}

// Rules that first ask for the country of a message: that it is not recorded
// says nothing against the input. They leave `missing`.
std::vector<std::string> take_of_countries(std::vector<std::string>& missing,
                                           const std::vector<OpenRule>& open) {
  std::vector<std::string> taken;
  for (const OpenRule& each : open) {
    const bool lacks_country =
        std::any_of(each.lacks.begin(), each.lacks.end(), [](const auto& lack) {
          return lack.fact == "message.country" &&
                 lack.state == Evidence::State::not_recorded;
        });
    if (!lacks_country) continue;
    if (std::erase(missing, each.rule) > 0) taken.push_back(each.rule);
  }
  return taken;
}

// "Failed, unknown time zone: IDV-002, IDV-004".
void draw_undecided(std::string& out, const Verdict& verdict,
                    const std::vector<OpenRule>& open, Language in) {
  std::vector<std::string> missing = verdict.undetermined;
  const std::vector<std::string> abroad = take_of_countries(missing, open);
  std::map<std::string, std::vector<std::string>> rules_by_error;
  for (const FailedRule& failed : verdict.failed) {
    std::erase(missing, failed.rule);
    rules_by_error[failed.error].push_back(failed.rule);
  }
  draw_missing(out, missing, open, in);
  if (!abroad.empty()) {
    out += drawn(in,
                 "\nNot asked, for they are of single countries and none is "
                 "recorded: {}\n",
                 list_of(abroad, in));
  }
  for (const auto& [error, rules] : rules_by_error) {
    if (error == kNobodyCounted) {
      out += drawn(in, "\nCount over other records, not in this verdict: {}\n",
                   list_of(rules, in));
      continue;
    }
    const std::string why =
        name_in(error.empty() ? "the condition ended in an error" : error, in);
    out += drawn(in, "\nFailed, {}: {}\n", why, list_of(rules, in));
  }
}

// The head says pass where ten others by that clerk would have said refuse.
void draw_looked_at_alone(std::string& out, const Verdict& verdict,
                          Language in) {
  const auto alone = std::count_if(
      verdict.failed.begin(), verdict.failed.end(),
      [](const FailedRule& each) { return each.error == kNobodyCounted; });
  if (alone == 0) return;
  out +=
      drawn(in,
            "Looked at alone: what rules count over other records is not in "
            "it, and may make it worse\n(rules named at the end: {}). "
            "With all records of the input:\n"
            "  simwarden screen --db FILE INPUT, then simwarden explain --db "
            "FILE --id ID\n",
            alone);
}

// "offer.zip (encrypted), ? (too_large) and 3 more": "?" has no name.
void draw_closed(std::string& out, const Verdict& verdict, Language in) {
  if (verdict.closed.empty()) return;
  std::vector<std::string> told;
  for (const ClosedNote& file : verdict.closed) {
    told.push_back(fmt::format("{} ({})", file.name.empty() ? "?" : file.name,
                               file.reading));
  }
  out += drawn(in, "\nNot looked into: {}\n",
               list_of(told, in, verdict.closed_left));
}

// "64 hex digits"; "one of " stands before names that are the same everywhere.
std::string expected_in(std::string_view expected, Language in) {
  constexpr std::string_view kOneOf = "one of ";
  if (!expected.starts_with(kOneOf)) return name_in(expected, in);
  return name_in(kOneOf, in) + std::string(expected.substr(kOneOf.size()));
}

}  // namespace

std::string draw_text(std::string_view text, const std::vector<Mark>& marks,
                      const Paint& paint, std::span<const Secret> secrets) {
  const std::vector<char> ranks = ranks_of(text, marks);
  const std::string masked = mask_text(text, secrets);
  const std::vector<Line> lines = split(masked, ranks);
  const bool whole = lines.size() <= kWholeLinesMax;
  std::string out;
  bool skipped = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool near = lines[i].marked() || (i > 0 && lines[i - 1].marked()) ||
                      (i + 1 < lines.size() && lines[i + 1].marked());
    if (!whole && !near) {
      if (!skipped) out += "  │ …\n";
      skipped = true;
      continue;
    }
    skipped = false;
    out += draw_line(lines[i], paint);
  }
  return out;
}

std::string draw_verdict(const Verdict& told, std::string_view profile,
                         const Paint& paint, const BesideVerdict& beside) {
  const Verdict verdict = printable_verdict(told);
  const Language in = beside.language;
  std::string out = drawn(in, "{}  {} points  {}{}  profile {}\n",
                          painted(verdict.action, paint, in), verdict.score,
                          name_in(name_of(verdict.kind), in),
                          verdict.id.empty() ? "" : " " + verdict.id,
                          printable_text(profile));
  draw_looked_at_alone(out, verdict, in);
  for (const Finding& f : verdict.findings) {
    draw_finding(out, f, paint, in, beside.families);
  }
  if (verdict.findings.empty()) out += drawn(in, "\nNo rule hit.\n");
  draw_sum(out, verdict, in, beside.families);
  draw_only_likeness(out, verdict, in);
  draw_blocks(out, verdict, paint, in);
  draw_next_step(out, verdict, paint, in);
  if (!verdict.not_recorded.empty()) {
    out += drawn(in, "\nNot recorded, but asked for by a duty: {}\n",
                 list_of(verdict.not_recorded, in));
  }
  for (const InvalidField& field : verdict.invalid) {
    out += drawn(in, "\nNot a valid value: {} = {} (expected {})\n", field.fact,
                 field.value, expected_in(field.expected, in));
  }
  draw_undecided(out, verdict, beside.open, in);
  draw_closed(out, verdict, in);
  return out;
}

}  // namespace simwarden
