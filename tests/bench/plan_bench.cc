// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "intake/json_rows.h"
#include "judge/judge.h"
#include "judge/plan.h"
#include "policy/ruleset.h"
#include "policy/sample.h"
#include "record/verdict_json.h"

// What a rule more costs: the shipped request rules, cut to fifty, as they are
// and multiplied to a thousand, over the requests that tools/make_requests
// writes; and with a second file the shipped rules about messages over it:
//
//   tools/make_requests --count 5000 --output requests.jsonl
//   build/release/bench_plan requests.jsonl corpus/messages.jsonl
//
// At its end it says what a record costs at 50, 134 and 1,000 rules, what a
// rule more, and what explaining costs beside judging.
//
// A copy of a rule has other numbers, so that what compares numbers is not
// shared with the original. "asked" is every rule asked of every
// record, "gated" the plan as it is used; both in one run.
namespace simwarden {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The pack's text before its rules, and each rule's.
struct CutPack {
  std::string head;
  std::vector<std::string> rules;
};

CutPack cut_pack(const std::string& text) {
  const std::string mark = "\n  - id: ";
  CutPack cut;
  size_t at = text.find(mark);
  cut.head = text.substr(0, at + 1);
  while (at != std::string::npos) {
    const size_t next = text.find(mark, at + 1);
    cut.rules.push_back(text.substr(at + 1, next - at - 1) + "\n");
    at = next;
  }
  return cut;
}

// Other numbers, also where the profile has them.
std::string vary(const std::string& condition, int copy) {
  static const std::regex kNumber(R"(\b([0-9]{2,})\b)");
  static const std::regex kLimit(R"((>=|>) (profile\.[a-z0-9_]+))");
  std::string text = condition;
  if (condition.find("double") == std::string::npos) {
    text = std::regex_replace(condition, kLimit,
                              "$1 " + std::to_string(copy) + " + int($2)");
  }
  std::string out;
  size_t last = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), kNumber), end;
       at != end; ++at) {
    const auto begin = static_cast<size_t>(at->position());
    out += text.substr(last, begin - last);
    out += std::to_string(std::stoll(at->str()) + copy);
    last = begin + static_cast<size_t>(at->length());
  }
  return out + text.substr(last);
}

std::string varied(const std::string& rule, int copy) {
  if (copy == 0) return rule;
  std::istringstream lines(rule);
  std::string out;
  bool in_condition = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  - id: ")) {
      line += "-" + std::to_string(copy);
    } else if (line.size() > 4 && line[4] != ' ') {
      in_condition = line.starts_with("    flag:") ||
                     line.starts_with("    require:") ||
                     line.starts_with("    applies:");
    }
    out += (in_condition ? vary(line, copy) : line) + "\n";
  }
  return out;
}

// The pack whose rules are multiplied.
std::string pack_of(Kind kind) {
  return kind == Kind::request ? "sim-replacement" : "contact-and-link";
}

std::shared_ptr<const Ruleset> load(const FactSchema& schema, Kind kind,
                                    size_t rules) {
  static const fs::path kShipped = SHIPPED_POLICIES;
  sample::MapFiles files;
  // Profiles and controls speak of the requests' pack: messages are judged with
  // the defaults.
  std::vector<std::string> folders = {"lists"};
  if (kind == Kind::request) {
    folders.insert(folders.end(), {"profiles", "controls"});
  }
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::directory_iterator(kShipped / folder)) {
      files.put("p/" + folder + "/" + entry.path().filename().string(),
                read(entry.path()));
    }
  }
  const CutPack shipped =
      cut_pack(read(kShipped / pack_of(kind) / "pack.yaml"));
  std::string pack = shipped.head;
  for (size_t i = 0; i < rules; ++i) {
    pack += varied(shipped.rules[i % shipped.rules.size()],
                   static_cast<int>(i / shipped.rules.size()));
  }
  files.put("p/" + pack_of(kind) + "/pack.yaml", pack);
  LoadOptions options;
  options.paths = {"p"};
  options.request_facts = &schema.environment(Kind::request);
  options.message_facts = &schema.environment(Kind::message);
  options.schema_slots = schema.slots();
  Issues issues;
  auto ruleset = load_ruleset(files, options, issues);
  if (ruleset && *ruleset) return *ruleset;
  std::fprintf(stderr, "%s", render(issues).c_str());
  std::exit(2);
}

struct Log {
  std::vector<std::string> lines;
  std::vector<Record> records;
};

struct Court {
  FactSchema schema;
  Log logs[2];  // by kind
  std::vector<std::unique_ptr<Plan>> plans;
};

Court& court() {
  static Court made;
  return made;
}

const Plan& plan_of(Kind kind, size_t rules, bool gates) {
  auto ruleset = load(court().schema, kind, rules);
  court().plans.push_back(std::make_unique<Plan>(
      std::move(ruleset), court().schema, PlanOptions{.gates = gates}));
  return *court().plans.back();
}

void judge_records(benchmark::State& state, const Log& log, const Plan& plan,
                   bool explain) {
  Judge judge(plan, {.explain = explain});
  size_t i = 0;
  for (auto _ : state) {
    const Record& record = log.records[i++ % log.records.size()];
    benchmark::DoNotOptimize(judge.judge(record));
  }
}

// Only the records that do not pass: what explaining them adds.
void judge_flagged(benchmark::State& state, const Log& log, const Plan& plan,
                   bool explain) {
  Judge judge(plan, {.explain = explain});
  std::vector<const Record*> flagged;
  for (const Record& record : log.records) {
    if (judge.judge(record).action != Action::pass) flagged.push_back(&record);
  }
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge.judge(*flagged[i++ % flagged.size()]));
  }
  state.counters["flagged"] = static_cast<double>(flagged.size()) /
                              static_cast<double>(log.records.size());
}

void lines_to_verdicts(benchmark::State& state, const Log& log,
                       const Plan& plan) {
  const IntakeOptions options;
  JsonReader reader(options);
  Judge judge(plan, {});
  std::string out;
  size_t i = 0;
  for (auto _ : state) {
    const Item item = reader.read(log.lines[i++ % log.lines.size()], {}, 0);
    out.clear();
    append_json(out, judge.judge(item.record), {});
    benchmark::DoNotOptimize(out.data());
  }
}

void wake_only(benchmark::State& state, const Log& log, const Plan& plan) {
  Bench bench(plan);
  cel::Scratch scratch;
  std::vector<uint64_t> awake;
  const Profile& profile = *plan.ruleset().profile("generic");
  const Gates& gates = *plan.gates(log.records.front().kind());
  size_t i = 0;
  size_t woken = 0;
  for (auto _ : state) {
    scratch.clear();
    bench.look_at(log.records[i++ % log.records.size()], profile);
    gates.wake(bench, scratch, awake);
    for (const uint64_t word : awake) {
      woken += static_cast<size_t>(__builtin_popcountll(word));
    }
  }
  state.counters["woken"] = static_cast<double>(woken) / static_cast<double>(i);
}

constexpr size_t kRules[] = {10, 50, 134, 300, 1000, 3000};

std::string name_of(Kind kind, size_t rules, const std::string& what) {
  return std::string(name_of(kind)) + "s, " + std::to_string(rules) +
         " rules, " + what;
}

void add_all(Kind kind) {
  const Log& log = court().logs[size_t(kind)];
  if (log.records.empty()) return;
  for (const size_t rules : kRules) {
    const Plan& gated = plan_of(kind, rules, true);
    const Plan& asked = plan_of(kind, rules, false);
    const auto add = [&](const std::string& what, auto function) {
      benchmark::RegisterBenchmark(name_of(kind, rules, what).c_str(), function)
          ->Unit(benchmark::kMicrosecond);
    };
    using State = benchmark::State;
    add("gates alone", [&](State& state) { wake_only(state, log, gated); });
    add("verdict, asked",
        [&](State& state) { judge_records(state, log, asked, false); });
    add("verdict, gated",
        [&](State& state) { judge_records(state, log, gated, false); });
    add("explained, gated",
        [&](State& state) { judge_records(state, log, gated, true); });
    add("flagged: verdict",
        [&](State& state) { judge_flagged(state, log, gated, false); });
    add("flagged: explained",
        [&](State& state) { judge_flagged(state, log, gated, true); });
    add("line to verdict as JSON",
        [&](State& state) { lines_to_verdicts(state, log, gated); });
  }
}

// Prints the runs as ever, and keeps their processor times for the summary.
class Notebook : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      times_[run.benchmark_name()] = run.GetAdjustedCPUTime();
    }
    ConsoleReporter::ReportRuns(runs);
  }

  // Only of what was run: a filter may have left some out.
  void sum_up(Kind kind) const {
    for (const size_t rules : {size_t{50}, size_t{134}, size_t{1000}}) {
      const double alone = time_of(kind, rules, "flagged: verdict");
      const double verdict = time_of(kind, rules, "verdict, gated");
      if (verdict == 0 || alone == 0) continue;
      std::printf(
          "%s, %zu rules: verdict %.1f us; with reading and JSON %.1f us; "
          "flagged: explained %.2f times the verdict alone\n",
          std::string(name_of(kind)).c_str(), rules, verdict,
          time_of(kind, rules, "line to verdict as JSON"),
          time_of(kind, rules, "flagged: explained") / alone);
    }
    const double few = time_of(kind, 134, "verdict, gated");
    const double many = time_of(kind, 1000, "verdict, gated");
    if (few == 0 || many == 0) return;
    std::printf("%s, a rule more, between 134 and 1000: %.1f ns\n",
                std::string(name_of(kind)).c_str(),
                (many - few) * 1000 / (1000 - 134));
  }

 private:
  double time_of(Kind kind, size_t rules, const std::string& what) const {
    const auto found = times_.find(name_of(kind, rules, what));
    return found == times_.end() ? 0 : found->second;
  }
  std::map<std::string, double> times_;
};

void read_log(const char* path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    Record record = parse_json(line, {}).record;
    Log& log = court().logs[size_t(record.kind())];
    log.records.push_back(std::move(record));
    log.lines.push_back(std::move(line));
  }
}

}  // namespace
}  // namespace simwarden

int main(int argc, char** argv) {
  using simwarden::Kind;
  benchmark::Initialize(&argc, argv);
  if (argc != 2 && argc != 3) {
    std::fprintf(stderr,
                 "usage: bench_plan REQUESTS [MESSAGES] [--benchmark_…]\n");
    return 3;
  }
  for (int i = 1; i < argc; ++i) simwarden::read_log(argv[i]);
  const auto& logs = simwarden::court().logs;
  if (logs[0].lines.empty() && logs[1].lines.empty()) return 5;
  for (const Kind kind : {Kind::request, Kind::message}) {
    simwarden::add_all(kind);
  }
  simwarden::Notebook notebook;
  benchmark::RunSpecifiedBenchmarks(&notebook);
  for (const Kind kind : {Kind::request, Kind::message}) {
    notebook.sum_up(kind);
  }
  return 0;
}
