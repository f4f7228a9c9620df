// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "bench/on_demand.h"
#include "cel/run/program.h"
#include "cel/run/suite.h"
#include "facts/facts.h"
#include "facts/loaded.h"
#include "files.h"
#include "intake/json_rows.h"
#include "judge/judge.h"
#include "judge/plan.h"
#include "policy/ruleset.h"
#include "record/verdict_json.h"

// What a condition costs: single expressions, then the fifty rules of pack50
// over the records that tests/bench/pack50/make_records writes:
//
//   tests/bench/pack50/make_records --output records.jsonl
//   build/release/bench_cel records.jsonl
//
// Beside the fifty rules stands the parsing that any program has to do, so
// that a slow minute of the machine shows in both.
namespace simwarden {
namespace {

// Lines one behind the other, as they lie in a file, and the bytes behind the
// last that simdjson may look at.
std::string text_of(const char* path) {
  std::string text = read_all(path);
  if (text.empty()) {
    std::fprintf(stderr, "%s: no records there\n", path);
    std::exit(5);
  }
  text.append(simdjson::SIMDJSON_PADDING, '\n');
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t at = 0; text[at] == '{'; at = text.find('\n', at) + 1) {
    lines.push_back(text.substr(at, text.find('\n', at) - at));
  }
  return lines;
}

// --- single expressions ----------------------------------------------------

// Five facts of a request, always there.
class Fixed final : public cel::Activation {
 public:
  Fixed() {
    const auto add = [this](const char* name, const cel::Type* type,
                            const cel::Value& value) {
      environment.add({.name = name,
                       .type = type,
                       .slot = static_cast<uint32_t>(values_.size())});
      values_.push_back(value);
    };
    add("channel", cel::string_type(), cel::Value::of_string("dealer"));
    add("text", cel::string_type(), cel::Value::of_string(kText));
    add("created_at", cel::timestamp_type(),
        cel::Value::of_timestamp(1'770'000'000, 0));
    add("changed_at", cel::timestamp_type(),
        cel::Value::of_timestamp(1'769'900'000, 0));
    for (int i = 0; i < 10; ++i) {
      factors_.push_back(
          cel::Value::of_string(i < 9 ? "otp_sms" : "in_person"));
    }
    add("factors", cel::list_type(cel::string_type()),
        kept_.make_list(factors_));
  }
  cel::Value fact(uint32_t slot, cel::Scratch&) override {
    return values_[slot];
  }

  cel::Environment environment;

 private:
  static constexpr std::string_view kText =
      "Dear customer, the SIM card of your line will be replaced tomorrow. "
      "Bring your identity card to the store at any hour.";
  cel::Scratch kept_;
  std::vector<cel::Value> factors_;
  std::vector<cel::Value> values_;
};

std::string twenty() {
  std::string list = "'dealer'";
  for (int i = 1; i < 20; ++i) {
    list = "'outlet_kind_" + std::to_string(i) + "', " + list;
  }
  return "channel in [" + list + "]";
}

std::unique_ptr<const cel::Program> compiled(const std::string& source,
                                             const Fixed& facts) {
  Issues issues;
  auto program = cel::compile(source, facts.environment, {}, issues,
                              {.result = cel::bool_type()});
  if (program) return program;
  std::fprintf(stderr, "%s", render(issues).c_str());
  std::exit(2);
}

void evaluate(benchmark::State& state, const std::string& source) {
  Fixed facts;
  const auto program = compiled(source, facts);
  cel::Scratch scratch;
  for (auto _ : state) {
    scratch.clear();
    benchmark::DoNotOptimize(program->evaluate(facts, scratch));
  }
}

void compile_one(benchmark::State& state) {
  const Fixed facts;
  const std::string source =
      "channel in ['dealer', 'call_centre'] && created_at - changed_at < "
      "duration('48h') && factors.exists(f, f == 'otp_sms')";
  for (auto _ : state) benchmark::DoNotOptimize(compiled(source, facts));
}

// --- fifty rules -------------------------------------------------------------

struct Court {
  FactSchema schema;
  std::unique_ptr<Plan> plan;
  std::string text;
  std::vector<std::string_view> lines;  // of it
  std::vector<Record> records;
};

Court& court(const char* path = nullptr) {
  static Court made;
  if (!path) return made;
  made.text = text_of(path);
  made.lines = lines_of(made.text);
  made.plan = std::make_unique<Plan>(
      load_packs(*disk_files(), PACK50, made.schema), made.schema);
  for (const std::string_view line : made.lines) {
    made.records.push_back(parse_json(line, {}).record);
  }
  return made;
}

void per_record(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations());
}

// Everything there is in a line, as any program would have to read it.
void simdjson_alone(benchmark::State& state) {
  simdjson::dom::parser parser;
  size_t i = 0;
  for (auto _ : state) {
    const std::string_view line = court().lines[i++ % court().lines.size()];
    benchmark::DoNotOptimize(
        parser.parse(line.data(), line.size(), false).error());
  }
  per_record(state);
}

// Every key and value of a line, and nothing done with them.
void simdjson_on_demand(benchmark::State& state) {
  OnDemand reader;
  size_t i = 0;
  for (auto _ : state) {
    const std::string_view line = court().lines[i++ % court().lines.size()];
    benchmark::DoNotOptimize(reader.take(line, simdjson::SIMDJSON_PADDING));
  }
  per_record(state);
}

// As `screen` reads them: one behind the other, into one Item.
class Lines {
 public:
  const Item& next() {
    const std::string_view line = court().lines[at_++ % court().lines.size()];
    reader_.read(line, {}, simdjson::SIMDJSON_PADDING, item_);
    return item_;
  }

 private:
  const IntakeOptions options_;
  JsonReader reader_{options_};
  Item item_;
  size_t at_ = 0;
};

void lines_to_records(benchmark::State& state) {
  Lines lines;
  for (auto _ : state) benchmark::DoNotOptimize(&lines.next());
  per_record(state);
}

enum class Way : uint8_t { one_by_one, together, gated };

// Asks all fifty of one record after the other; they have no guards, so that a
// rule which its gates leave asleep has one answer.
class Questions50 {
 public:
  explicit Questions50(Way way)
      : way_(way),
        profile_(*court().plan->ruleset().profile("generic")),
        bench_(*court().plan),
        round_(court().plan->suite(Kind::request)) {
    const Plan& plan = *court().plan;
    table_ =
        &plan.gates(Kind::request)->table(profile_, plan.parameters(profile_));
  }

  // How many hit.
  uint32_t ask(const Record& record) {
    bench_.look_at(record, profile_);
    scratch_.clear();
    round_.begin();
    return way_ == Way::gated ? ask_woken() : ask_all();
  }

 private:
  uint32_t ask_all() {
    const auto& rules = court().plan->rules(Kind::request);
    uint32_t hits = 0;
    for (const PlannedRule& planned : rules) hits += is_hit(planned);
    return hits;
  }

  uint32_t ask_woken() {
    const auto& rules = court().plan->rules(Kind::request);
    table_->wake(bench_, scratch_, woken_);
    uint32_t hits = 0;
    for (size_t word = 0; word < woken_.asked.size(); ++word) {
      for (uint64_t bits = woken_.asked[word]; bits != 0; bits &= bits - 1) {
        const auto bit = static_cast<size_t>(std::countr_zero(bits));
        hits += is_hit(rules[word * 64 + bit]);
      }
    }
    return hits;
  }

  bool is_hit(const PlannedRule& planned) {
    const cel::Suite& suite = court().plan->suite(Kind::request);
    const cel::Value value =
        way_ == Way::one_by_one
            ? planned.rule->condition.program->evaluate(bench_, scratch_)
            : suite.evaluate(planned.condition, bench_, round_, scratch_);
    return planned.rule->duty ? !value.is_true() : value.is_true();
  }

  Way way_;
  const Profile& profile_;
  Bench bench_;
  cel::Scratch scratch_;
  cel::Suite::Round round_;
  const GateTable* table_ = nullptr;
  Woken woken_;
};

void fifty(benchmark::State& state, Way way) {
  Questions50 questions(way);
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        questions.ask(court().records[i++ % court().records.size()]));
  }
  per_record(state);
}

void lines_to_fifty_answers(benchmark::State& state) {
  Lines lines;
  Questions50 questions(Way::gated);
  for (auto _ : state) {
    benchmark::DoNotOptimize(questions.ask(lines.next().record));
  }
  per_record(state);
}

// All ways must come to the same.
void compare_ways() {
  Questions50 plain(Way::one_by_one);
  Questions50 together(Way::together);
  Questions50 gated(Way::gated);
  for (const Record& record : court().records) {
    const uint32_t hits = plain.ask(record);
    if (hits == together.ask(record) && hits == gated.ask(record)) continue;
    std::fprintf(stderr, "the ways to ask fifty rules differ\n");
    std::exit(1);
  }
}

// With points, findings, evidence and the JSON of the verdict.
void lines_to_verdicts(benchmark::State& state) {
  Lines lines;
  Judge judge(*court().plan, {});
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_json(out, judge.judge(lines.next().record), {});
    benchmark::DoNotOptimize(out.data());
  }
  per_record(state);
}

void load_pack50(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(load_packs(*disk_files(), PACK50, court().schema));
}

void add_all() {
  const auto one = [](const char* name, const std::string& source) {
    benchmark::RegisterBenchmark(
        name, [source](benchmark::State& state) { evaluate(state, source); });
  };
  one("field == text", "channel == 'dealer'");
  one("in a list of 20", twenty());
  one("exists over 10", "factors.exists(f, f == 'in_person')");
  one("matches on 119 bytes", "text.matches('replaced (?:today|tomorrow)')");
  one("time arithmetic", "created_at - changed_at < duration('48h')");
  const auto many = [](const char* name, auto function) {
    benchmark::RegisterBenchmark(name, function)->Unit(benchmark::kMicrosecond);
  };
  many("compile an expression", compile_one);
  many("load pack50 (50 rules)", load_pack50);
  many("a line: simdjson alone", simdjson_alone);
  many("a line: simdjson on demand", simdjson_on_demand);
  many("a line to a record", lines_to_records);
  many("a record: 50 rules one by one",
       [](benchmark::State& state) { fifty(state, Way::one_by_one); });
  many("a record: 50 rules together",
       [](benchmark::State& state) { fifty(state, Way::together); });
  many("a record: 50 rules behind gates",
       [](benchmark::State& state) { fifty(state, Way::gated); });
  many("a line: 50 answers", lines_to_fifty_answers);
  many("a line: verdict as JSON", lines_to_verdicts);
}

}  // namespace
}  // namespace simwarden

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_cel RECORDS [--benchmark_…]\n");
    return 3;
  }
  simwarden::court(argv[1]);
  simwarden::compare_ways();
  simwarden::add_all();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
