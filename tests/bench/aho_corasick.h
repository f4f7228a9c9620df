// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

// The automaton of the textbook (Aho and Corasick, 1975), every step of every
// state in a table: what a user of FilteredRE2 brings along for its atoms.
namespace simwarden {

class AhoCorasick {
 public:
  // REQUIRES: no word is empty.
  explicit AhoCorasick(const std::vector<std::string>& words) : states_(1) {
    for (size_t i = 0; i < words.size(); ++i) add(words[i], int(i));
    link();
  }

  // The words that stand in the text, each as often as it does.
  void find(std::string_view text, std::vector<int>& found) const {
    uint32_t state = 0;
    for (const char c : text) {
      state = states_[state].next[uint8_t(c)];
      for (uint32_t at = state; at != 0; at = states_[at].shorter) {
        const std::vector<int>& ends = states_[at].ends;
        found.insert(found.end(), ends.begin(), ends.end());
      }
    }
  }

 private:
  struct State {
    std::array<uint32_t, 256> next{};
    uint32_t fail = 0;
    uint32_t shorter = 0;   // the nearest on the way of `fail` that ends a word
    std::vector<int> ends;  // words
  };

  void add(std::string_view word, int index) {
    uint32_t state = 0;
    for (const char c : word) {
      if (states_[state].next[uint8_t(c)] == 0) {
        states_[state].next[uint8_t(c)] = uint32_t(states_.size());
        states_.emplace_back();
      }
      state = states_[state].next[uint8_t(c)];
    }
    states_[state].ends.push_back(index);
  }

  void link() {
    std::queue<uint32_t> open;
    for (const uint32_t child : states_[0].next) {
      if (child != 0) open.push(child);
    }
    for (; !open.empty(); open.pop()) {
      const uint32_t state = open.front();
      for (size_t c = 0; c < 256; ++c) {
        const uint32_t child = states_[state].next[c];
        const uint32_t otherwise = states_[states_[state].fail].next[c];
        if (child == 0) {
          states_[state].next[c] = otherwise;
          continue;
        }
        const State& suffix = states_[otherwise];
        states_[child].fail = otherwise;
        states_[child].shorter =
            suffix.ends.empty() ? suffix.shorter : otherwise;
        open.push(child);
      }
    }
  }

  std::vector<State> states_;
};

}  // namespace simwarden
