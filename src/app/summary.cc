// SPDX-License-Identifier: Apache-2.0
#include "app/summary.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/columns.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "terminal/drawn_verdict.h"

namespace simwarden {
namespace {

constexpr uint32_t kBarColumns = 30;
constexpr size_t kTopRules = 10;

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

void add_actions(std::string& out, const Tally& tally, const Paint& paint) {
  out += paint.bold("Records by action\n");
  for (size_t a = kActionNames.size(); a-- > 0;) {
    const auto action = Action(a);
    const uint64_t count = tally.of(action);
    out += fmt::format(
        "  {} {:>12} {:>6.1f} %  {}\n",
        paint(colour_of(name_of(action)),
              fmt::format("{:<7}", name_of(action))),
        with_thousands(count), percent(count, tally.records()),
        paint(colour_of(name_of(action)), bar(count, tally.records())));
  }
}

void add_rules(std::string& out, std::string_view title,
               const Tally::Rules& rules, const Paint& paint) {
  using Row = std::pair<std::string, Tally::RuleCount>;
  std::vector<Row> rows(rules.begin(), rules.end());
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.second.hits > b.second.hits;
  });
  if (rows.empty()) return;
  out += paint.bold(fmt::format("\n{}\n", title));
  if (rows.size() > kTopRules) rows.resize(kTopRules);
  for (const auto& [id, count] : rows) {
    out += fmt::format("  {:>9}  {:<8}  {}\n", with_thousands(count.hits), id,
                       printable_text(count.title));
  }
}

void add_worst(std::string& out, const Tally& tally, const Paint& paint) {
  if (tally.worst().empty()) return;
  out += paint.bold("\nLook at these first\n");
  for (const Tally::Worst& worst : tally.worst()) {
    const std::string_view action = name_of(worst.action);
    out += fmt::format("  {} {} points  {}  {}\n",
                       paint(colour_of(action), action), worst.score,
                       paint.bold(printable_text(worst.id)),
                       paint.dim(fmt::format(
                           "{}:{}", escaped_text(worst.source), worst.line)));
    for (const std::string& reason : worst.reasons) {
      out += fmt::format("    {}\n", printable_text(reason));
    }
    if (!worst.next_step.empty()) {
      out += fmt::format("    next: {}\n", printable_text(worst.next_step));
    }
  }
}

}  // namespace

std::string completeness_line(const SourceTally& c) {
  std::string line = fmt::format(
      "{}: seen {} = judged {} + unreadable {} + duplicate {}",
      escaped_text(c.name), with_thousands(c.seen), with_thousands(c.judged),
      with_thousands(c.unreadable), with_thousands(c.duplicate));
  if (!c.adds_up()) line += "  DOES NOT ADD UP";
  if (!c.whole) {
    line += !c.opened  ? "  (could not be opened)"
            : !c.begun ? "  (nothing of it was read: see its message)"
                       : "  (not read to its end)";
  }
  return line;
}

std::string window_lines(const WindowFigures& figures) {
  std::string lines;
  const auto add = [&](uint64_t count, std::string_view of,
                       std::string_view what) {
    if (count == 0) return;
    lines += fmt::format("windows: {} {}\n", how_many(count, of), what);
  };
  add(figures.late, "record",
      "came late, counted with what was there (--lateness; name inputs in the "
      "order of time)");
  add(figures.untimed, "record", "without a time, not counted");
  add(figures.unbelieved, "record",
      "more than a day ahead of all others, not counted");
  add(figures.dropped, "figure", "not given: more events than memory may hold");
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

std::string decoding_line(const std::string& name, const Decoding& d) {
  if (d.charset == "utf-8") return {};
  constexpr std::array<std::string_view, 4> kHow = {"", "byte order mark",
                                                    "declared", "detected"};
  std::string line = fmt::format("{}: read as {} ({}", escaped_text(name),
                                 d.charset, kHow[size_t(d.how)]);
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
                    const RunFigures& figures, const Paint& paint) {
  std::string out;
  add_actions(out, tally, paint);
  add_rules(out, "Rules that hit most", tally.rules(), paint);
  add_rules(out, "On trial: hits of rules in shadow, which did not count",
            tally.shadow(), paint);
  add_rules(out, "Waived: hits that did not count", tally.waived(), paint);
  add_worst(out, tally, paint);
  out += paint.bold("\nCompleteness\n");
  uint64_t bytes = 0;
  for (const SourceTally& source : sources) {
    out += fmt::format("  {}\n", completeness_line(source));
    bytes += source.bytes;
  }
  const double seconds = std::max(figures.seconds, 1e-6);
  out +=
      fmt::format("\n{}, {} in {:.2f} s: {} records/s\n",
                  how_many(tally.records(), "record"), readable_bytes(bytes),
                  figures.seconds,
                  with_thousands(uint64_t(double(tally.records()) / seconds)));
  out += fmt::format("policies: {}\n", figures.policies);
  if (!figures.output.empty()) {
    out += fmt::format("verdicts: {}\n", escaped_text(figures.output));
  }
  if (!figures.db.empty()) {
    out += fmt::format("database: {}\n", escaped_text(figures.db));
  }
  return out;
}

}  // namespace simwarden
