// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace simwarden {

// What is dear to make, lent to one user at a time: as many are made as are
// used at once, and kept. Thread-safe.
//
//   const auto judge = pool.borrow();    goes back at the end of the scope
//   judge->judge(record);
template <typename T>
class Pool {
 public:
  using Make = std::function<std::unique_ptr<T>()>;
  explicit Pool(Make make) : make_(std::move(make)) {}

  class Lent {
   public:
    explicit Lent(Pool& pool) : pool_(pool), thing_(pool.take()) {}
    ~Lent() { pool_.give_back(std::move(thing_)); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    T* operator->() const { return thing_.get(); }
    T& operator*() const { return *thing_; }

   private:
    Pool& pool_;
    std::unique_ptr<T> thing_;
  };
  Lent borrow() { return Lent(*this); }

 private:
  std::unique_ptr<T> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto thing = std::move(idle_.back());
        idle_.pop_back();
        return thing;
      }
    }
    return make_();
  }
  void give_back(std::unique_ptr<T> thing) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(thing));
  }

  Make make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace simwarden
