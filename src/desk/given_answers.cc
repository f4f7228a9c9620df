// SPDX-License-Identifier: Apache-2.0
#include "desk/given_answers.h"

#include <new>
#include <utility>

namespace simwarden {

GivenAnswers::Turn::Turn(GivenAnswers* answers, std::string record,
                         Clock::time_point now)
    : answers_(record.empty() ? nullptr : answers), now_(now) {
  if (answers_ != nullptr) answers_->take(*this, std::move(record));
}

GivenAnswers::Turn::~Turn() {
  if (answers_ != nullptr) answers_->release(*this);
}

void GivenAnswers::Turn::give(GivenAnswer answer) {
  given_ = std::move(answer);
}

size_t GivenAnswers::size() const {
  const std::lock_guard lock(mutex_);
  return rows_.size();
}

void GivenAnswers::take(Turn& turn, std::string record) {
  std::unique_lock lock(mutex_);
  forget_old(turn.now_);
  auto at = rows_.try_emplace(std::move(record)).first;
  while (at->second.is_taken) {  // then the name was not moved from
    released_.wait(lock);
    at = rows_.try_emplace(std::move(record)).first;
  }
  Row& row = at->second;
  if (row.number > 0) turn.before_ = row.answer;
  row.is_taken = true;
  turn.row_ = &*at;
}

void GivenAnswers::release(Turn& turn) {
  {
    const std::lock_guard lock(mutex_);
    Row& row = turn.row_->second;
    row.is_taken = false;
    if (turn.given_ && put_in_order(turn)) {
      row.answer = *std::move(turn.given_);
      row.number = last_;
    }
    if (row.number == 0) rows_.erase(rows_.find(turn.row_->first));
  }
  released_.notify_all();
}

// False: what there is no memory for is not known again.
bool GivenAnswers::put_in_order(Turn& turn) {
  try {
    order_.push_back({last_ + 1, turn.now_, turn.row_});
  } catch (const std::bad_alloc&) {
    return false;
  }
  ++last_;
  return true;
}

// One that is being judged stays until its turn ends.
void GivenAnswers::forget_oldest() {
  const Order oldest = order_.front();
  order_.pop_front();
  Row& row = oldest.row->second;
  if (row.number != oldest.number) return;  // it was given anew
  row.number = 0;
  if (!row.is_taken) rows_.erase(rows_.find(oldest.row->first));
}

void GivenAnswers::forget_old(Clock::time_point now) {
  while (!order_.empty() &&
         (order_.size() > kRecords || now - order_.front().at > kFor)) {
    forget_oldest();
  }
}

void GivenAnswers::forget_all() {
  const std::lock_guard lock(mutex_);
  while (!order_.empty()) forget_oldest();
}

}  // namespace simwarden
