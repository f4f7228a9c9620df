// SPDX-License-Identifier: Apache-2.0
#include "contact/read_phone.h"

#include <exception>
#include <functional>
#include <vector>

#include <phonenumbers/phonenumberutil.h>

#include "contact/contact.h"
#include "spelling/numbers.h"

// libphonenumber takes 30 microseconds for a number, as much as all else that a
// message asks. A flood has few numbers, and a message names its own more than
// once: what was read last is remembered, by each thread.
namespace simwarden {
namespace {

// A place each by hash, so that a new number takes one old number's; 30 kB.
constexpr size_t kRemembered = 256;
// Digits of a number and a region; nothing longer is a number.
constexpr size_t kRememberedBytesMax = 24;

struct Remembered {
  std::string question;
  Phone answer;
};

// In no range of the plan, and too short for a line but within its own area:
// nine digits in Brazil could be a service's, and are none.
bool lacks_area(const i18n::phonenumbers::PhoneNumberUtil& util,
                const i18n::phonenumbers::PhoneNumber& number) {
  using i18n::phonenumbers::PhoneNumberUtil;
  if (util.IsValidNumber(number)) return false;
  const auto fits = [&](PhoneNumberUtil::PhoneNumberType type) {
    return util.IsPossibleNumberForTypeWithReason(number, type);
  };
  const auto fixed = fits(PhoneNumberUtil::FIXED_LINE);
  const auto mobile = fits(PhoneNumberUtil::MOBILE);
  return fixed != PhoneNumberUtil::IS_POSSIBLE &&
         mobile != PhoneNumberUtil::IS_POSSIBLE &&
         (fixed == PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY ||
          mobile == PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY);
}

Phone parsed_phone(std::string_view digits, std::string_view region) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  try {
    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string from = region.empty() ? "ZZ" : std::string(region);
    const auto error = util.Parse(std::string(digits), from, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR) return {};
    const auto possible = util.IsPossibleNumberWithReason(number);
    const bool local = possible == PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY ||
                       lacks_area(util, number);
    if (possible != PhoneNumberUtil::IS_POSSIBLE && !local) return {};
    Phone phone;
    // Without its area code a number has no E.164 form.
    if (local) {
      phone.e164 = digits;
      return phone;
    }
    util.Format(number, PhoneNumberUtil::E164, &phone.e164);
    const auto type = util.GetNumberType(number);
    phone.valid = type != PhoneNumberUtil::UNKNOWN;
    phone.fixed = type == PhoneNumberUtil::FIXED_LINE;
    phone.service = type == PhoneNumberUtil::TOLL_FREE ||
                    type == PhoneNumberUtil::PREMIUM_RATE ||
                    type == PhoneNumberUtil::SHARED_COST;
    return phone;
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

bool is_phone_region(std::string_view region) {
  const auto& util = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  return util.GetCountryCodeForRegion(std::string(region)) != 0;
}

Phone read_phone(std::string_view digits, std::string_view region) {
  thread_local std::vector<Remembered> remembered(kRemembered);
  std::string question(region);
  question += ' ';
  question += digits;
  if (question.size() > kRememberedBytesMax) {
    return parsed_phone(digits, region);
  }
  Remembered& place =
      remembered[std::hash<std::string>{}(question) % kRemembered];
  if (place.question != question) {
    place.answer = parsed_phone(digits, region);
    place.question = std::move(question);
  }
  return place.answer;
}

std::string read_hotline(std::string_view written, const Registry& registry,
                         std::string_view region) {
  const NumberRun run = read_number(written, 0);
  const bool national =
      !run.empty() && !run.plus && run.range.end == written.size();
  if (!national || registry.official_hotlines.contains(run.digits())) {
    return std::string(written);
  }
  const Phone phone = read_written_phone(run, region, {});
  return phone.valid ? phone.e164 : std::string(written);
}

}  // namespace simwarden
