// SPDX-License-Identifier: Apache-2.0
#include "desk/ledger.h"

#include <algorithm>
#include <chrono>
#include <future>

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "diag/check.h"
#include "store/additions.h"
#include "store/migrations.h"
#include "store/seal.h"

namespace simwarden {
namespace {

// Rows that wait for the disk, and their bytes: about a second of full load.
constexpr size_t kQueueRows = 32'768;
constexpr uint64_t kQueueBytes = uint64_t{64} << 20;
// Of one block, so that a replay reads it in one piece.
constexpr size_t kBlockRows = 4096;
// Between two tries to open a store that failed.
constexpr std::chrono::seconds kRetry{1};
// Failures remembered for who asks late.
constexpr size_t kFailuresKept = 1024;
constexpr uint64_t kTicketBusy = UINT64_MAX;
constexpr uint64_t kTicketFailed = UINT64_MAX - 1;

uint64_t size_of(const LedgerEntry& entry) {
  constexpr uint64_t kRowBytes = 512;  // what a row takes beside its texts
  return kRowBytes + entry.kept.size() +
         (entry.verdict ? entry.verdict->json.size() : 0) +
         (entry.counted ? entry.counted->entries.size() * sizeof(WindowEntry)
                        : 0);
}

Error cannot_write() {
  return {Trouble::environment, "the store cannot be written now"};
}

// No room for a large block and what is written beside it.
bool is_full(const std::string& path) {
  constexpr uint64_t kRoomBytes = uint64_t{8} << 20;
  struct statvfs about {};
  if (::statvfs(path.c_str(), &about) != 0) return false;  // no such file
  return about.f_bavail * about.f_frsize < kRoomBytes;
}

}  // namespace

class Ledger::Book {
 public:
  struct Door {
    std::string name;
    int64_t source = 0;
    // Handed out (under the ledger's mutex).
    uint64_t lines = 0;
    uint64_t bytes = 0;
    uint64_t repeated = 0;  // passed over
    // Stored (of the writer).
    SourceCounts counts;
    std::string parent;
  };
  RunInfo run;
  int64_t run_id = 0;
  std::vector<Door> doors;
  std::shared_ptr<LiveCounts> counts;  // null: nothing is counted
  bool open = false;                   // its run and sources are in the store
};

struct Ledger::Task {
  std::function<Status()> run;
  std::promise<Status> done;
};

Result<std::unique_ptr<Ledger>> Ledger::open(Settings settings) {
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(settings)));
  Status opened = ledger->open_store();
  if (opened) ledger->say_well();
  if (!opened) opened = ledger->begin_without(opened.error());
  if (!opened) return opened.error();
  ledger->writer_ = std::thread([l = ledger.get()] { l->work(); });
  return ledger;
}

Ledger::~Ledger() {
  end();
}

void Ledger::end() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  wanted_.notify_all();
  if (writer_.joinable()) writer_.join();
}

// A disk that is full at a start is as one that fills up later: tried again,
// and meanwhile everybody is answered by `on_error`. Other troubles stay.
Status Ledger::begin_without(const Error& why) {
  const bool has_key = ::access(settings_.site_key.c_str(), F_OK) == 0;
  if (!has_key || !is_full(settings_.db)) return why;
  auto key = open_site_key(settings_.site_key);
  if (!key) return key.error();
  key_ = *std::move(key);
  counts_.trouble = why.what;
  if (settings_.on_change) settings_.on_change(why.what, false);
  return Done{};
}

// A file that is gone is not made anew beside the log of the one that was.
Status Ledger::open_store() {
  const bool first = key_.id.empty();
  auto store = VerdictStore::open(
      settings_.db,
      {.site_key_path = settings_.site_key,
       .may_be_new = first ? NewStore::where_none_is : NewStore::nowhere,
       .key_change = first ? settings_.key_change : OtherKey::refused});
  if (!store) return store.error();
  store_ = std::move(*store);
  if (first) key_ = store_->site_key();  // others read it from now on
  const FilePlace file = place_of(settings_.db);
  const bool is_other = !first && file != file_;
  file_ = file;
  if (is_other && settings_.on_other_file) settings_.on_other_file();
  const int64_t from = store_->opened_version();
  const bool is_brought_up = from > 0 && from < schema_version();
  if (is_brought_up && settings_.on_brought_up) settings_.on_brought_up(from);
  return Done{};
}

void Ledger::say_well() {
  const std::lock_guard lock(mutex_);
  counts_.well = true;
  counts_.trouble.clear();
}

Status Ledger::on_writer(std::function<Status()> run) {
  auto task = std::make_shared<Task>();
  task->run = std::move(run);
  auto done = task->done.get_future();
  {
    const std::lock_guard lock(mutex_);
    CHECK(!ends_, "the ledger outlives who uses it");
    tasks_.push_back(task);
  }
  wanted_.notify_one();
  return done.get();
}

Result<std::shared_ptr<Ledger::Book>> Ledger::open_book(
    RunInfo run, std::vector<std::string> doors, Counting counting) {
  auto book = std::make_shared<Book>();
  book->run = std::move(run);
  book->counts = counting.counts;
  if (Status restored = restore_beside(counting); !restored) {
    return restored.error();
  }
  for (std::string& name : doors) {
    book->doors.push_back({.name = std::move(name)});
  }
  Status begun = on_writer([this, &book, &counting]() -> Status {
    // The rules of a start that the store does not know yet.
    const bool may_wait = !has_begun_ && is_full(settings_.db);
    has_begun_ = true;
    if (!store_ && !may_wait) return cannot_write();
    books_.push_back(book);
    if (!store_) return Done{};
    if (Status opened = begin(*book); !opened) {
      fail(opened.error());
      if (may_wait) return Done{};
      std::erase(books_, book);
      return opened;
    }
    return begin_counting(counting);
  });
  if (!begun) return begun.error();
  return book;
}

Status Ledger::add(const std::function<Status(Database&, Chain&)>& write) {
  return on_writer([this, &write]() -> Status {
    if (!store_) return cannot_write();
    Status added = store_->add(write);
    if (!added) fail(added.error());
    return added;
  });
}

Entered Ledger::enter(const std::shared_ptr<Book>& book, size_t door,
                      LedgerEntry entry) {
  const uint64_t size = size_of(entry);
  const std::lock_guard lock(mutex_);
  if (!counts_.well || !book->open) {
    ++counts_.failed;
    return {.ticket = {kTicketFailed}};
  }
  if (queue_.size() >= kQueueRows || queued_bytes_ + size > kQueueBytes) {
    ++counts_.busy;
    return {.ticket = {kTicketBusy}};
  }
  Book::Door& at = book->doors[door];
  Row row{.book = book,
          .door = door,
          .line = ++at.lines,
          .byte = at.bytes,
          .ticket = ++last_,
          .entry = std::move(entry)};
  at.bytes += row.entry.mark.size() + 1;
  queued_bytes_ += size;
  Entered entered{.ticket = {row.ticket, row.ticket},
                  .id = fmt::format("{}-{}", at.source, row.line)};
  queue_.push_back(std::move(row));
  wanted_.notify_one();
  return entered;
}

void Ledger::settle(Ticket ticket, std::function<void(Kept)> done) {
  Kept kept = Kept::yes;
  if (ticket.number == kTicketBusy) {
    kept = Kept::busy;
  } else if (ticket.number == kTicketFailed) {
    kept = Kept::failed;
  } else {
    const std::lock_guard lock(mutex_);
    if (ticket.number > settled_) {
      waiting_.emplace(ticket.number, Waiter{ticket.first, std::move(done)});
      return;
    }
    kept = how_kept(ticket.first, ticket.number);
  }
  done(kept);
}

bool Ledger::is_lost(Ticket ticket) const {
  const std::lock_guard lock(mutex_);
  return ticket.number <= settled_ &&
         how_kept(ticket.first, ticket.number) != Kept::yes;
}

Ticket Ledger::pass_over(const std::shared_ptr<Book>& book, size_t door,
                         Ticket before) {
  const std::lock_guard lock(mutex_);
  ++book->doors[door].repeated;
  const bool is_stored = before.number <= settled_ &&
                         how_kept(before.first, before.number) == Kept::yes;
  return is_stored ? Ticket{} : before;
}

Kept Ledger::how_kept(uint64_t first, uint64_t last) const {
  for (const auto& [failed_first, failed_last] : failures_) {
    if (failed_first <= last && first <= failed_last) return Kept::failed;
  }
  return Kept::yes;
}

LedgerCounts Ledger::counts() const {
  const std::lock_guard lock(mutex_);
  LedgerCounts counts = counts_;
  counts.waiting = queue_.size();
  return counts;
}

void Ledger::work() {
  while (true) {
    std::deque<Row> rows;
    std::deque<std::shared_ptr<Task>> tasks;
    bool ends = false;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait_for(lock, kRetry, [this] {
        return ends_ || !queue_.empty() || !tasks_.empty();
      });
      rows.swap(queue_);
      tasks.swap(tasks_);
      queued_bytes_ = 0;
      ends = ends_;
    }
    if (rows.empty()) look();
    if (!rows.empty()) write(rows);
    for (const auto& task : tasks) task->done.set_value(task->run());
    rows.clear();  // they hold books
    if (!store_) revive();
    end_unheld();
    if (ends) break;
  }
  end_all();
}

// Each writing looks for itself.
void Ledger::look() {
  if (!store_) return;
  if (Status same = store_->look(); !same) fail(same.error());
}

// Rows of one book and door, in order, become blocks of theirs.
void Ledger::write(std::deque<Row>& rows) {
  std::map<std::pair<Book*, size_t>, std::vector<Row*>> groups;
  for (Row& row : rows) groups[{row.book.get(), row.door}].push_back(&row);
  const uint64_t last = rows.back().ticket;
  Status written = Done{};
  if (!store_) written = Error{Trouble::environment, "the store failed before"};
  for (auto& [where, group] : groups) {
    if (written) written = write_group(*where.first, where.second, group);
  }
  if (!written && store_) fail(written.error());
  finish(last, written ? Kept::yes : Kept::failed);
}

// A batch that fails in its middle fails as a whole: rows before the failure
// are stored, and told that they are not. Whoever sends them again finds them
// twice, never missing.
Status Ledger::write_group(Book& book, size_t door, std::vector<Row*>& rows) {
  Book::Door& at = book.doors[door];
  for (size_t begin = 0; begin < rows.size(); begin += kBlockRows) {
    const size_t end = std::min(rows.size(), begin + kBlockRows);
    Block block;
    block.source = at.source;
    block.first_line = rows[begin]->line;
    block.begin_byte = rows[begin]->byte;
    std::string marks;
    std::string facts;
    std::vector<LiveEvent> counted;
    for (size_t i = begin; i < end; ++i) {
      Row& row = *rows[i];
      LedgerEntry& entry = row.entry;
      marks += entry.mark;
      marks += '\n';
      block.end_byte = row.byte + entry.mark.size() + 1;
      for (const std::string& fact : entry.invalid) ++block.invalid[fact];
      if (entry.verdict) {
        entry.verdict->line = row.line;
        entry.verdict->byte = row.byte;
        block.verdicts.push_back(std::move(*entry.verdict));
        facts += entry.kept;
        if (entry.counted) counted.push_back(std::move(*entry.counted));
      } else if (entry.error) {
        entry.error->line = row.line;
        entry.error->byte = row.byte;
        block.errors.push_back(std::move(*entry.error));
      }
    }
    if (!facts.empty()) block.kept = seal_facts(facts, block.verdicts.size());
    block.identity = identify_block(at.parent, marks);
    if (book.counts) {
      block.counted = book.counts->block_of(block.identity, counted);
    }
    if (Status stored = store_->append(block); !stored) return stored;
    at.parent = block.identity.digest;
    at.counts.judged += block.verdicts.size();
    at.counts.unreadable += block.errors.size();
    at.counts.seen += end - begin;
    at.counts.bytes = block.end_byte;
    const std::lock_guard lock(mutex_);
    counts_.rows += end - begin;
    ++counts_.blocks;
  }
  return Done{};
}

void Ledger::finish(uint64_t up_to, Kept how) {
  std::vector<std::pair<std::function<void(Kept)>, Kept>> told;
  {
    const std::lock_guard lock(mutex_);
    if (up_to <= settled_) return;
    if (how != Kept::yes) {
      counts_.failed += up_to - settled_;
      failures_.emplace_back(settled_ + 1, up_to);
      if (failures_.size() > kFailuresKept) failures_.pop_front();
    }
    settled_ = up_to;
    const auto end = waiting_.upper_bound(up_to);
    for (auto it = waiting_.begin(); it != end; ++it) {
      told.emplace_back(std::move(it->second.done),
                        how_kept(it->second.first, it->first));
    }
    waiting_.erase(waiting_.begin(), end);
  }
  for (const auto& [done, kept] : told) done(kept);
}

Status Ledger::begin(Book& book) {
  auto run = store_->begin_run(book.run);
  if (!run) return run.error();
  book.run_id = *run;
  for (Book::Door& door : book.doors) {
    auto source = store_->begin_source(*run, door.name);
    if (!source) return source.error();
    const std::lock_guard lock(mutex_);
    door.source = *source;
    door.lines = 0;
    door.bytes = 0;
    door.repeated = 0;
    door.counts = {};
    // No two runs have one chain, of whatever daemon: the same record that
    // comes again, or elsewhere, is another.
    door.parent = new_salt();
  }
  const std::lock_guard lock(mutex_);
  book.open = true;
  return Done{};
}

// On the thread of who asks, while the writer writes: a long history holds up
// nobody.
Status Ledger::restore_beside(const Counting& counting) const {
  if (!counting.counts || !counting.before) return Done{};
  if (counting.counts == counting.before) return Done{};
  auto database = Database::open(settings_.db, Access::read);
  if (!database) return database.error();
  auto stored = CountedBlocks::open(**database, key_.id);
  if (!stored) return stored.error();
  return counting.counts->restore(counting.counts->alone(), **stored);
}

Status Ledger::begin_counting(const Counting& counting) {
  if (!counting.counts || counting.counts == counting.before) return Done{};
  LiveCounts& counts = *counting.counts;
  if (!counting.before) {
    return counts.restore(counts.alone(), store_->counted());
  }
  return counts.take_over(*counting.before, store_->counted(),
                          [this] { return write_queue(); });
}

// What has come in since the writer last looked.
Status Ledger::write_queue() {
  std::deque<Row> rows;
  {
    const std::lock_guard lock(mutex_);
    rows.swap(queue_);
    queued_bytes_ = 0;
  }
  if (!rows.empty()) write(rows);
  if (store_) return Done{};
  return cannot_write();
}

// After a failure memory knows records that the store does not; they were not
// told, come again, and would be counted twice. What is counted from the moment
// they are restored is stored: nobody counts until rows are taken again, also
// not under rules of before, of which others count on.
Status Ledger::take_rows_again() {
  std::map<LiveCounts*, LiveCounts::Alone> alone;
  for (const auto& book : books_) {
    LiveCounts* counts = book->counts.get();
    if (counts == nullptr) continue;
    const auto [at, is_new] = alone.try_emplace(counts);
    if (is_new) at->second = counts->alone();
  }
  for (auto& [counts, nobody] : alone) {
    if (counts->has_successor()) continue;
    Status restored = counts->restore(nobody, store_->counted());
    if (!restored) return restored;
  }
  say_well();
  return Done{};
}

Status Ledger::end(Book& book, RunStatus how) {
  if (!book.open) return Done{};
  for (Book::Door& door : book.doors) {
    door.counts.digest = door.parent;
    {
      const std::lock_guard lock(mutex_);
      door.counts.duplicate = door.repeated;
      door.counts.seen += door.repeated;
    }
    if (Status ended = store_->end_source(door.source, door.counts); !ended) {
      return ended;
    }
  }
  return store_->end_run(book.run_id, how);
}

// A ruleset that is no longer in force, and of which nothing is in flight.
void Ledger::end_unheld() {
  for (auto& book : books_) {
    if (book.use_count() > 1) continue;
    if (store_) {
      if (Status ended = end(*book, RunStatus::done); !ended) {
        fail(ended.error());
      }
    }
    book.reset();
  }
  std::erase(books_, nullptr);
}

void Ledger::end_all() {
  for (auto& book : books_) {
    if (!store_) break;
    if (Status ended = end(*book, RunStatus::done); !ended) fail(ended.error());
  }
  books_.clear();
}

void Ledger::fail(const Error& error) {
  for (const auto& book : books_) {
    if (book && book->open) {
      (void)store_->end_run(book->run_id, RunStatus::failed);
    }
  }
  is_overwritten_ = store_->is_overwritten();
  store_.reset();
  std::deque<Row> lost;  // came in meanwhile, under numbers of the failed run
  uint64_t last = 0;
  {
    const std::lock_guard lock(mutex_);
    counts_.well = false;
    counts_.trouble = error.what;
    for (const auto& book : books_) {
      if (book) book->open = false;
    }
    lost.swap(queue_);
    queued_bytes_ = 0;
    last = last_;
  }
  finish(last, Kept::failed);
  if (settings_.on_change) settings_.on_change(error.what, false);
}

void Ledger::revive() {
  std::erase_if(books_, [](const auto& book) { return book.use_count() == 1; });
  if (is_overwritten_) return;
  Status opened = open_store();
  // What little a run takes may fit where the next block does not.
  if (opened) opened = store_->try_room();
  for (const auto& book : books_) {
    if (opened) opened = begin(*book);
  }
  if (opened) opened = take_rows_again();
  if (opened) {
    if (settings_.on_change) settings_.on_change(settings_.db, true);
    return;
  }
  store_.reset();
  const std::lock_guard lock(mutex_);
  counts_.well = false;
  counts_.trouble = opened.error().what;
}

}  // namespace simwarden
