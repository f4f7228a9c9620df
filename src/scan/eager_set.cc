// SPDX-License-Identifier: Apache-2.0
#include "scan/eager_set.h"

#include <numeric>

#include <re2/set.h>

#include "diag/check.h"
#include "scan/options.h"

namespace simwarden {

class EagerSet::Automaton {
 public:
  explicit Automaton(const std::vector<std::string>& patterns)
      : set_(options_with(kEagerMemoryMax), re2::RE2::UNANCHORED) {
    for (const std::string& pattern : patterns) {
      CHECK(set_.Add(pattern, nullptr) >= 0,
            "the caller looked at its error before");
    }
    compiled_ = set_.Compile();
  }

  // False: no answer.
  bool find(std::string_view text, std::vector<int>& matching) const {
    if (!compiled_) return false;
    re2::RE2::Set::ErrorInfo error{};
    return set_.Match(text, &matching, &error) ||
           error.kind == re2::RE2::Set::kNoError;
  }

 private:
  re2::RE2::Set set_;
  bool compiled_ = false;
};

EagerSet::EagerSet(std::vector<std::string> patterns)
    : patterns_(std::move(patterns)) {}

EagerSet::~EagerSet() = default;

void EagerSet::find(std::string_view text, std::vector<int>& matching) const {
  if (patterns_.size() >= kEagerSetFrom) {
    std::call_once(once_, [&] {
      automaton_ = std::make_unique<const Automaton>(patterns_);
    });
    if (automaton_->find(text, matching)) return;
    ++exhausted_;
  }
  matching.resize(patterns_.size());
  std::iota(matching.begin(), matching.end(), 0);
}

}  // namespace simwarden
