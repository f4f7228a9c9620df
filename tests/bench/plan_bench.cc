// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "facts/loaded.h"
#include "files.h"
#include "intake/json_rows.h"
#include "judge/judge.h"
#include "judge/plan.h"
#include "policy/ruleset.h"
#include "policy/sample.h"
#include "record/verdict_json.h"

// What a rule more costs: the shipped request rules, cut to fifty, as they are
// and multiplied to a thousand, over the requests that tools/make_requests
// writes:
//
//   tools/make_requests --count 5000 --output requests.jsonl
//   build/release/bench_plan requests.jsonl
//
// A copy of a rule has other numbers, so that what compares numbers is not
// shared with the original. "asked" is every rule asked of every
// record, "gated" the plan as it is used; both in one run.
namespace simwarden {
namespace {

namespace fs = std::filesystem;

// The pack's text before its rules, and each rule's.
struct Pack134 {
  std::string head;
  std::vector<std::string> rules;
};

Pack134 cut_pack(const std::string& text) {
  const std::string mark = "\n  - id: ";
  Pack134 cut;
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

std::shared_ptr<const Ruleset> load(const FactSchema& schema, size_t rules) {
  static const fs::path kShipped = SHIPPED_POLICIES;
  sample::MapFiles files;
  for (const char* folder : {"lists", "profiles", "controls"}) {
    for (const auto& entry : fs::directory_iterator(kShipped / folder)) {
      files.put(
          "p/" + std::string(folder) + "/" + entry.path().filename().string(),
          read_all(entry.path()));
    }
  }
  const Pack134 shipped =
      cut_pack(read_all(kShipped / "sim-replacement" / "pack.yaml"));
  std::string pack = shipped.head;
  for (size_t i = 0; i < rules; ++i) {
    pack += varied(shipped.rules[i % shipped.rules.size()],
                   static_cast<int>(i / shipped.rules.size()));
  }
  files.put("p/sim-replacement/pack.yaml", pack);
  return load_packs(files, "p", schema);
}

struct Court {
  FactSchema schema;
  std::vector<std::string> lines;
  std::vector<Record> records;
  std::vector<std::unique_ptr<Plan>> plans;
};

Court& court() {
  static Court made;
  return made;
}

const Plan& plan_of(size_t rules, bool gates) {
  auto ruleset = load(court().schema, rules);
  court().plans.push_back(std::make_unique<Plan>(
      std::move(ruleset), court().schema, PlanOptions{.gates = gates}));
  // What is compiled when it is first asked is no part of a record's time.
  Judge judge(*court().plans.back(), {});
  for (const Record& record : court().records) judge.judge(record);
  return *court().plans.back();
}

void judge_records(benchmark::State& state, const Plan& plan, bool explain) {
  Judge judge(plan, {.explain = explain});
  size_t i = 0;
  for (auto _ : state) {
    const Record& record = court().records[i++ % court().records.size()];
    benchmark::DoNotOptimize(judge.judge(record));
  }
}

// Only the records that do not pass: what explaining them adds.
void judge_flagged(benchmark::State& state, const Plan& plan, bool explain) {
  Judge judge(plan, {.explain = explain});
  std::vector<const Record*> flagged;
  for (const Record& record : court().records) {
    if (judge.judge(record).action != Action::pass) flagged.push_back(&record);
  }
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge.judge(*flagged[i++ % flagged.size()]));
  }
  state.counters["flagged"] = static_cast<double>(flagged.size()) /
                              static_cast<double>(court().records.size());
}

void lines_to_verdicts(benchmark::State& state, const Plan& plan) {
  const IntakeOptions options;
  JsonReader reader(options);
  Judge judge(plan, {});
  std::string out;
  size_t i = 0;
  for (auto _ : state) {
    const Item item =
        reader.read(court().lines[i++ % court().lines.size()], {}, 0);
    out.clear();
    append_json(out, judge.judge(item.record), {});
    benchmark::DoNotOptimize(out.data());
  }
}

void wake_only(benchmark::State& state, const Plan& plan) {
  Bench bench(plan);
  cel::Scratch scratch;
  Woken woken;
  const Profile& profile = *plan.ruleset().profile("generic");
  const GateTable& table =
      plan.gates(Kind::request)->table(profile, plan.parameters(profile));
  size_t i = 0;
  size_t asked = 0;
  size_t undetermined = 0;
  const auto count = [](const std::vector<uint64_t>& bits) {
    size_t set = 0;
    for (const uint64_t word : bits) {
      set += static_cast<size_t>(std::popcount(word));
    }
    return set;
  };
  for (auto _ : state) {
    scratch.clear();
    bench.look_at(court().records[i++ % court().records.size()], profile);
    table.wake(bench, scratch, woken);
    asked += count(woken.asked);
    undetermined += count(woken.undetermined);
  }
  const auto all = static_cast<double>(i);
  state.counters["asked"] = static_cast<double>(asked) / all;
  state.counters["undetermined"] = static_cast<double>(undetermined) / all;
}

void add_all() {
  const auto many = [](const std::string& name, auto function) {
    benchmark::RegisterBenchmark(name.c_str(), function)
        ->Unit(benchmark::kMicrosecond);
  };
  for (const size_t rules : {size_t{10}, size_t{50}, size_t{134}, size_t{300},
                             size_t{1000}, size_t{3000}}) {
    const Plan& gated = plan_of(rules, true);
    const Plan& asked = plan_of(rules, false);
    const std::string name = std::to_string(rules) + " rules, ";
    many(name + "gates alone",
         [&](benchmark::State& state) { wake_only(state, gated); });
    many(name + "verdict, asked",
         [&](benchmark::State& state) { judge_records(state, asked, false); });
    many(name + "verdict, gated",
         [&](benchmark::State& state) { judge_records(state, gated, false); });
    many(name + "explained, gated",
         [&](benchmark::State& state) { judge_records(state, gated, true); });
    many(name + "flagged: verdict",
         [&](benchmark::State& state) { judge_flagged(state, gated, false); });
    many(name + "flagged: explained",
         [&](benchmark::State& state) { judge_flagged(state, gated, true); });
    many(name + "line to verdict as JSON",
         [&](benchmark::State& state) { lines_to_verdicts(state, gated); });
  }
}

}  // namespace
}  // namespace simwarden

int main(int argc, char** argv) {
  using simwarden::court;
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_plan REQUESTS [--benchmark_…]\n");
    return 3;
  }
  std::ifstream file(argv[1]);
  for (std::string line; std::getline(file, line);) {
    court().records.push_back(simwarden::parse_json(line, {}).record);
    court().lines.push_back(std::move(line));
  }
  if (court().lines.empty()) return 5;
  simwarden::add_all();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
