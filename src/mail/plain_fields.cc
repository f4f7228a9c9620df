// SPDX-License-Identifier: Apache-2.0
#include "mail/plain_fields.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "mail/words.h"

namespace simwarden {
namespace {

constexpr std::array<bool, 256> atom_chars() {
  std::array<bool, 256> chars{};
  for (unsigned c = '0'; c <= '9'; ++c) chars[c] = true;
  for (unsigned c = 'A'; c <= 'Z'; ++c) chars[c] = chars[c + 32] = true;
  chars['-'] = chars['_'] = true;
  return chars;
}
constexpr std::array<bool, 256> kAtomChars = atom_chars();

// Atoms with one `between` each, which is no character of theirs.
bool is_atoms(std::string_view text, char between) {
  bool in_atom = false;
  for (const char c : text) {
    const bool is_atom_char = kAtomChars[static_cast<unsigned char>(c)];
    if (!is_atom_char && (c != between || !in_atom)) return false;
    in_atom = is_atom_char;
  }
  return in_atom;
}

// Takes what stands at the front; once something else stands there, nothing.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : rest_(text) {}

  void sign(char wanted) {
    well_ = well_ && rest_.starts_with(wanted);
    if (well_) rest_.remove_prefix(1);
  }
  int number(size_t digits, int max) {
    int number = 0;
    well_ = well_ && rest_.size() >= digits;
    for (size_t i = 0; well_ && i < digits; ++i) {
      well_ = is_digit(rest_[i]);
      number = number * 10 + (rest_[i] - '0');
    }
    well_ = well_ && number <= max;
    if (well_) rest_.remove_prefix(digits);
    return number;
  }
  // Which of the words it is, from 0.
  template <size_t count>
  size_t word(const std::array<std::string_view, count>& words) {
    const auto found =
        std::find(words.begin(), words.end(), rest_.substr(0, 3));
    well_ = well_ && found != words.end();
    if (well_) rest_.remove_prefix(3);
    return size_t(found - words.begin());
  }
  bool begins_with_digit() const {
    return !rest_.empty() && is_digit(rest_[0]);
  }
  bool has_second_digit() const {
    return rest_.size() > 1 && is_digit(rest_[1]);
  }
  bool takes_minus() {
    const bool minus = rest_.starts_with('-');
    if (minus) {
      rest_.remove_prefix(1);
    } else {
      sign('+');
    }
    return minus;
  }
  bool ended_well() const { return well_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool well_ = true;
};

constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu",
                                                   "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::optional<PlainMailbox> plain_mailbox(std::string_view value) {
  std::string_view name;
  std::string_view address = value;
  if (value.ends_with('>')) {
    const size_t open = std::min(value.find(" <"), value.size());
    name = value.substr(0, open);
    if (!is_atoms(name, ' ')) return std::nullopt;
    address = value.substr(open + 2, value.size() - open - 3);
  }
  const size_t at = address.find('@');
  const bool may_be_idn = address.find("--") != address.npos;
  if (may_be_idn || at == address.npos ||
      !is_atoms(address.substr(0, at), '.') ||
      !is_atoms(address.substr(at + 1), '.')) {
    return std::nullopt;
  }
  return PlainMailbox{name, address};
}

std::optional<MailTime> plain_time(std::string_view value) {
  namespace chrono = std::chrono;
  Cutter in(without_blanks(value));
  if (!in.begins_with_digit()) {
    in.word(kDays);
    in.sign(',');
    in.sign(' ');
  }
  const int day_number = in.number(in.has_second_digit() ? 2 : 1, 31);
  in.sign(' ');
  const size_t month_index = in.word(kMonths);
  in.sign(' ');
  const int year_number = in.number(4, 9999);
  in.sign(' ');
  const int hour = in.number(2, 23);
  in.sign(':');
  const int minute = in.number(2, 59);
  in.sign(':');
  const int second = in.number(2, 59);
  in.sign(' ');
  const bool west = in.takes_minus();
  const int zone_hours = in.number(2, 14);
  const int zone_minutes = in.number(2, 59);
  const chrono::year_month_day date{chrono::year(year_number),
                                    chrono::month(unsigned(month_index) + 1),
                                    chrono::day(unsigned(day_number))};
  if (!in.ended_well() || year_number < 1970 || !date.ok()) return std::nullopt;
  const int zone = (zone_hours * 60 + zone_minutes) * (west ? -1 : 1);
  const auto time = chrono::sys_days(date) + chrono::hours(hour) +
                    chrono::minutes(minute - zone) + chrono::seconds(second);
  return MailTime{chrono::seconds(time.time_since_epoch()).count(),
                  static_cast<int16_t>(zone)};
}

}  // namespace simwarden
