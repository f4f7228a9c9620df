// SPDX-License-Identifier: Apache-2.0
#include "app/summary.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/columns.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "record/time.h"
#include "terminal/drawn_verdict.h"
#include "terminal/drawn_words.h"

namespace simwarden {
namespace {

constexpr uint32_t kBarColumns = 30;
constexpr size_t kTopRules = 10;
constexpr uint32_t kActionColumns = 7;
constexpr uint32_t kWordsColumns = 60;

// A bar of at most kBarColumns; something that is there shows one block.
std::string bar(uint64_t part, uint64_t whole) {
  if (part == 0 || whole == 0) return "";
  const auto blocks = std::max<uint64_t>(1, part * kBarColumns / whole);
  std::string text;
  for (uint64_t i = 0; i < blocks; ++i) text += "█";
  return text;
}

double percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * double(part) / double(whole);
}

void add_actions(std::string& out, const Tally& tally, const Paint& paint,
                 std::string_view in) {
  out += paint.bold(drawn_word("Records by action\n", in));
  for (size_t a = kActionNames.size(); a-- > 0;) {
    const auto action = Action(a);
    const uint64_t count = tally.of(action);
    out += fmt::format(
        "  {} {:>12} {:>6.1f} %  {}\n",
        paint(colour_of(name_of(action)),
              padded(drawn_word(name_of(action), in), kActionColumns)),
        with_thousands(count), percent(count, tally.records()),
        paint(colour_of(name_of(action)), bar(count, tally.records())));
  }
}

void add_rules(std::string& out, std::string_view title,
               const Tally::Rules& rules, const Paint& paint,
               std::string_view in) {
  using Row = std::pair<std::string, Tally::RuleCount>;
  std::vector<Row> rows(rules.begin(), rules.end());
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.second.hits > b.second.hits;
  });
  if (rows.empty()) return;
  out += paint.bold(fmt::format("\n{}\n", drawn_word(title, in)));
  if (rows.size() > kTopRules) rows.resize(kTopRules);
  for (const auto& [id, count] : rows) {
    out += fmt::format("  {:>9}  {:<8}  {}\n", with_thousands(count.hits), id,
                       printable_text(count.title));
  }
}

void add_worst(std::string& out, const Tally& tally, const Paint& paint,
               std::string_view in) {
  if (tally.worst().empty()) return;
  out += paint.bold(drawn_word(
      "\nLook at these first: by action, points, number of rules\n", in));
  for (const Tally::Worst& worst : tally.worst()) {
    const std::string_view action = name_of(worst.action);
    out += drawn(in, "  {} {} points  {}  {}\n",
                 paint(colour_of(action), drawn_word(action, in)), worst.score,
                 paint.bold(printable_text(worst.id)),
                 paint.dim(fmt::format("{}:{}", escaped_text(worst.source),
                                       worst.line)));
    if (!worst.words.empty()) {
      out += fmt::format(
          "    “{}”\n",
          cut_to_columns(printable_text(worst.words), kWordsColumns));
    }
    for (const std::string& reason : worst.reasons) {
      out += fmt::format("    {}\n", printable_text(reason));
    }
    if (!worst.next_step.empty()) {
      out += drawn(in, "    next: {}\n", printable_text(worst.next_step));
    }
  }
}

}  // namespace

std::string completeness_line(const SourceTally& c, std::string_view in) {
  std::string line = drawn(
      in, "{}: seen {} = judged {} + unreadable {} + duplicate {}",
      escaped_text(c.name), with_thousands(c.seen), with_thousands(c.judged),
      with_thousands(c.unreadable), with_thousands(c.duplicate));
  if (!c.adds_up()) line += drawn_word("  DOES NOT ADD UP", in);
  if (!c.whole) {
    line +=
        drawn_word(!c.opened  ? "  (could not be opened)"
                   : !c.begun ? "  (nothing of it was read: see its message)"
                              : "  (not read to its end)",
                   in);
  }
  if (c.whole && c.seen == 0) line += drawn_word("  (nothing is in it)", in);
  if (c.unreadable > 0) {
    line += drawn(in, "\n  unreadable, the first: {}", c.first_unreadable);
  }
  return line;
}

std::string line_about(const BadRow& bad) {
  return fmt::format("line {}: {} {}", bad.position.line, bad.code,
                     printable_text(bad.message));
}

std::string window_lines(const WindowFigures& figures) {
  std::string lines;
  const auto add = [&](uint64_t count, std::string_view of,
                       std::string_view what) {
    if (count == 0) return;
    lines += fmt::format("windows: {} {}\n", how_many(count, of), what);
  };
  add(figures.late - figures.unanswered, "record",
      "came late, counted with what was there");
  add(figures.unanswered, "record",
      "came late and got no figures, so that rules which read them are "
      "undetermined: sort the input by time, oldest first, and name its parts "
      "in one command in that order (--lateness says how long to wait); what "
      "runs beside it, such as another system's log of the same days, wants a "
      "database of its own (report --db A --db B reads both)");
  add(figures.untimed, "record", "without a time, not counted");
  add(figures.unbelieved, "record",
      "more than a day ahead of all others, not counted");
  add(figures.dropped, "figure", "not given: more events than memory may hold");
  if (figures.beyond != kNever) {
    lines += fmt::format(
        "windows: an earlier run was led to {}, more than a day ahead of this "
        "machine's clock; this one did not go on there\n",
        to_text(Timestamp{.seconds = figures.beyond / kSecond}));
  }
  return lines;
}

std::string scan_memory_line(const Ruleset& ruleset) {
  uint64_t texts = 0;
  uint64_t patterns = 0;
  for (const PatternPlan& plan : ruleset.patterns) {
    texts += plan.scanner->exhausted();
    patterns = std::max(patterns, plan.scanner->memory().cut());
  }
  if (texts == 0) return {};  // who has less and needs no more is as fast
  return fmt::format(
      "memory of patterns: {} texts were asked pattern by pattern, {} patterns "
      "got less than half of what they asked for; slower, nothing is missed\n",
      texts, patterns);
}

namespace {

// "inbox.txt: read as gb18030 (detected", still open.
std::string read_as(const std::string& who, const Decoding& d) {
  constexpr std::array<std::string_view, 4> kHow = {"", "byte order mark",
                                                    "declared", "detected"};
  return fmt::format("{}: read as {} ({}", who, d.charset, kHow[size_t(d.how)]);
}

bool is_odd(const Decoding& d) {
  return d.looks_utf8 || d.utf8_lines > 0 || d.broken > 0;
}

// Sources that were read alike, and nothing is odd about.
struct Alike {
  const SourceTally* first;
  size_t count = 0;
  int low = 100;  // of their confidence
  int high = 0;

  bool takes(const Decoding& d) const {
    const Decoding& mine = first->decoding;
    return mine.charset == d.charset && mine.how == d.how &&
           (mine.confidence == 0) == (d.confidence == 0);
  }
  void add(const Decoding& d) {
    ++count;
    low = std::min(low, d.confidence);
    high = std::max(high, d.confidence);
  }
  std::string line() const {
    const Decoding& d = first->decoding;
    if (count == 1) return decoding_line(first->name, d);
    std::string line =
        read_as(fmt::format("{} and {} more", escaped_text(first->name),
                            with_thousands(count - 1)),
                d);
    if (high > 0) line += fmt::format(", confidence {}", low);
    if (high > low) line += fmt::format(" to {}", high);
    return line + ')';
  }
};

}  // namespace

std::string decoding_lines(const std::vector<SourceTally>& sources) {
  std::vector<Alike> plain;
  std::string odd;
  for (const SourceTally& source : sources) {
    const Decoding& d = source.decoding;
    if (d.charset == "utf-8") continue;
    if (is_odd(d)) {
      odd += decoding_line(source.name, d) + "\n";
      continue;
    }
    auto group = std::find_if(plain.begin(), plain.end(),
                              [&d](const Alike& has) { return has.takes(d); });
    if (group == plain.end()) group = plain.insert(group, {.first = &source});
    group->add(d);
  }
  std::string lines;
  for (const Alike& group : plain) lines += group.line() + "\n";
  return lines + odd;
}

std::string decoding_line(const std::string& name, const Decoding& d) {
  if (d.charset == "utf-8") return {};
  std::string line = read_as(escaped_text(name), d);
  if (d.confidence > 0) line += fmt::format(", confidence {}", d.confidence);
  line += ')';
  if (d.looks_utf8) line += "; its beginning is UTF-8: is --encoding right?";
  if (d.utf8_lines > 0) {
    line += fmt::format("; UTF-8 was left as it is, lines: {}",
                        with_thousands(d.utf8_lines));
  }
  if (d.broken > 0) {
    line += fmt::format("; means nothing in it, byte sequences: {}",
                        with_thousands(d.broken));
  }
  return line;
}

std::string summary(const Tally& tally, const std::vector<SourceTally>& sources,
                    const RunFigures& figures, const Paint& paint,
                    std::string_view in) {
  std::string out;
  add_actions(out, tally, paint, in);
  add_rules(out, "Rules that hit most", tally.rules(), paint, in);
  add_rules(out, "On trial: hits of rules in shadow, which did not count",
            tally.shadow(), paint, in);
  add_rules(out, "Waived: hits that did not count", tally.waived(), paint, in);
  add_worst(out, tally, paint, in);
  out += paint.bold(drawn_word("\nCompleteness\n", in));
  uint64_t bytes = 0;
  for (const SourceTally& source : sources) {
    out += fmt::format("  {}\n", completeness_line(source, in));
    bytes += source.bytes;
  }
  const double seconds = std::max(figures.seconds, 1e-6);
  out += drawn(in, "\n{0}, {2} in {3:.2f} s: {4} records/s\n",
               how_many(tally.records(), "record"),
               with_thousands(tally.records()), readable_bytes(bytes),
               figures.seconds,
               with_thousands(uint64_t(double(tally.records()) / seconds)));
  out += drawn(in, "policies: {}\n", figures.policies);
  if (!figures.output.empty()) {
    out += drawn(in, "verdicts: {}\n", escaped_text(figures.output));
  }
  if (!figures.db.empty()) {
    out += drawn(in, "database: {}\n", escaped_text(figures.db));
  }
  return out;
}

}  // namespace simwarden
