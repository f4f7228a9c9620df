// SPDX-License-Identifier: Apache-2.0
// Lists of a million hosts: how long they take to load as a policy author
// writes them (YAML, and a plain file beside it), and how long one question
// takes, beside the standard hash set.
#include <string>
#include <unordered_set>
#include <vector>

#include <benchmark/benchmark.h>

#include "lists/word_set.h"
#include "policy/list_reader.h"

using namespace simwarden;

namespace {

constexpr size_t kHosts = 1'000'000;

// Like the hosts of a block list: 8 to 40 characters.
std::string host(uint64_t i) {
  const uint64_t mixed = i * 0x9E3779B97F4A7C15U;
  std::string name = "demo-";
  for (uint64_t rest = mixed >> 20; rest != 0; rest /= 26) {
    name.push_back(static_cast<char>('a' + rest % 26));
  }
  if (mixed % 3 == 0) name = "login." + name;
  return name + (mixed % 5 == 0 ? ".account.example" : ".test");
}

const std::string& plain_file() {
  static const std::string text = [] {
    std::string all = "# hosts\n";
    for (uint64_t i = 0; i < kHosts; ++i) all += host(i) + "\n";
    return all;
  }();
  return text;
}

NamedList head() {
  NamedList list;
  list.name = "hosts";
  list.of = "host";
  return list;
}

void load_plain(benchmark::State& state) {
  for (auto _ : state) {
    Issues issues;
    NamedList list = head();
    read_plain_list(SourceText("hosts.txt", plain_file()), list, issues);
    benchmark::DoNotOptimize(list.keys.size());
  }
}

// A twentieth of it, since YAML is that much slower.
void load_yaml_twentieth(benchmark::State& state) {
  std::string text =
      "list: hosts\ntitle: Hosts\nof: host\nstatus: example\nversion: v1\n"
      "checked: never\nsource: invented\nentries:\n";
  for (uint64_t i = 0; i < kHosts / 20; ++i) text += "  - " + host(i) + "\n";
  for (auto _ : state) {
    Issues issues;
    const ListFile file = read_list(SourceText("hosts.yaml", text), issues);
    benchmark::DoNotOptimize(file.list->keys.size());
  }
}

template <typename Set>
Set filled() {
  Set set;
  set.reserve(kHosts);
  for (uint64_t i = 0; i < kHosts; ++i) set.insert(host(i));
  return set;
}

// Half of the questions are about hosts that are not there; their order is
// no order of memory.
template <typename Set>
void ask(benchmark::State& state) {
  static const Set set = filled<Set>();
  std::vector<std::string> asked;
  for (uint64_t i = 0; i < 1 << 16; ++i) {
    asked.push_back(host((i * 7919 * 31) % (2 * kHosts)));
  }
  size_t i = 0;
  size_t hits = 0;
  for (auto _ : state) {
    hits += set.count(asked[i++ & 0xFFFF]);
  }
  benchmark::DoNotOptimize(hits);
}

void ask_list(benchmark::State& state) {
  static const NamedList list = [] {
    Issues issues;
    NamedList made = head();
    read_plain_list(SourceText("hosts.txt", plain_file()), made, issues);
    return made;
  }();
  std::vector<std::string> asked;
  for (uint64_t i = 0; i < 1 << 16; ++i) {
    asked.push_back(host((i * 7919 * 31) % (2 * kHosts)));
  }
  size_t i = 0;
  size_t hits = 0;
  for (auto _ : state) hits += list.contains(asked[i++ & 0xFFFF]) ? 1 : 0;
  benchmark::DoNotOptimize(hits);
}

BENCHMARK(load_plain)->Unit(benchmark::kMillisecond);
BENCHMARK(load_yaml_twentieth)->Unit(benchmark::kMillisecond);
BENCHMARK(ask<WordSet>);
BENCHMARK(ask<std::unordered_set<std::string>>);
BENCHMARK(ask_list);

}  // namespace
