// SPDX-License-Identifier: Apache-2.0
#include "cel/run/suite.h"

#include <algorithm>
#include <utility>

#include "cel/run/compiled.h"
#include "cel/run/node.h"

// All trees are numbered before any is lowered, so that a part which the last
// one repeats has its place in the first one already.
namespace cel {

struct Suite::Parts {
  Scratch constants;  // outlives the nodes, which refer to it
  std::vector<NodePtr> roots;
  uint32_t places = 0;
  uint32_t locals = 0;
};

struct Suite::Round::Memory {
  std::vector<Kept> places;
  std::vector<Value> locals;
  uint32_t round = 0;
};

Suite::Suite(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Suite::~Suite() = default;

std::unique_ptr<const Suite> Suite::make(
    std::span<const Program* const> programs) {
  auto parts = std::make_unique<Parts>();
  Numbering numbering;
  std::vector<const Compiled*> compiled;
  std::vector<std::vector<PartNumber>> numbers;
  for (const Program* program : programs) {
    const Compiled& one = compiled_of(*program);
    compiled.push_back(&one);
    numbers.push_back(numbering.add(one.ast(), one.notes()));
    parts->locals = std::max(parts->locals, one.notes().locals);
  }
  numbering.share();
  parts->places = numbering.places();
  for (size_t i = 0; i < compiled.size(); ++i) {
    const Compiled& one = *compiled[i];
    Lowered lowered = lower({one.ast(), one.notes(), numbering, numbers[i]},
                            {.fold = one.folds()}, parts->constants, nullptr);
    parts->roots.push_back(std::move(lowered.root));
  }
  return std::unique_ptr<const Suite>(new Suite(std::move(parts)));
}

Value Suite::evaluate(size_t index, Activation& facts, Round& round,
                      Scratch& scratch) const {
  scratch.begin_evaluation();
  Round::Memory& memory = *round.memory_;
  Frame frame{facts,
              scratch,
              memory.locals.data(),
              {memory.places.data(), memory.round, Scratch::Life::record}};
  return parts_->roots[index]->run(frame);
}

size_t Suite::shared_parts() const {
  return parts_->places;
}

Suite::Round::Round(const Suite& suite) : memory_(std::make_unique<Memory>()) {
  memory_->places.resize(suite.parts_->places);
  memory_->locals.resize(suite.parts_->locals);
  begin();
}

Suite::Round::~Round() = default;

// A place that was filled 2^32 records ago must not look fresh.
void Suite::Round::begin() {
  if (++memory_->round != 0) return;
  std::fill(memory_->places.begin(), memory_->places.end(), Kept{});
  memory_->round = 1;
}

}  // namespace cel
