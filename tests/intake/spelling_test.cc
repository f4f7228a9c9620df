// SPDX-License-Identifier: Apache-2.0
#include "intake/spelling.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(spelling)

BOOST_AUTO_TEST_CASE(times_of_a_form_become_ours_and_no_others) {
  struct Case {
    TimeForm form;
    const char* text;
    const char* ours;  // "": another form
  };
  constexpr TimeForm kYear = TimeForm::year_first;
  constexpr TimeForm kDay = TimeForm::day_first;
  constexpr TimeForm kMonth = TimeForm::month_first;
  const Case cases[] = {
      {kYear, "2026/3/2 10:00", "2026-03-02T10:00:00"},
      {kYear, "2026-03-02 9:05", "2026-03-02T09:05:00"},
      {kDay, "02/03/2026 10:00", "2026-03-02T10:00:00"},
      {kDay, "2.3.2026 10:00:59", "2026-03-02T10:00:59"},
      {kMonth, "03/02/2026 10:00", "2026-03-02T10:00:00"},
      {kYear, "02/03/2026 10:00", ""},
      {kDay, "2026/3/2 10:00", ""},
      {kDay, "02/03/26 10:00", ""},
      {kDay, "02/03.2026 10:00", ""},
      {kDay, "002/03/2026 10:00", ""},
      {kDay, "02/03/2026", ""},
      {kDay, "02/03/2026 10", ""},
      {kDay, "02/03/2026 10:0", ""},
      {kDay, "02/03/2026 10:00 PM", "2026-03-02T22:00:00"},
      {kMonth, "3/2/2026 12:05 AM", "2026-03-02T00:05:00"},
      {kMonth, "3/2/2026 12:05:09 pm", "2026-03-02T12:05:09"},
      {kYear, "2026/3/2 下午3:04", "2026-03-02T15:04:00"},
      {kYear, "2026/3/2 上午 9:15", "2026-03-02T09:15:00"},
      {kYear, "2026/3/2 上午12:00", "2026-03-02T00:00:00"},
      {kYear, "2026/3/2 下午13:00", ""},
      {kYear, "2026/3/2 下午0:30", ""},
      {kYear, "2026/3/2 0:30 AM", ""},
      {kYear, "2026/3/2 下午", ""},
      {kYear, "2026/3/2 下午3:04 PM", ""},
      {kYear, "2026/3/2 晚上8:00", "2026-03-02T20:00:00"},
      {kYear, "2026/3/2 晚上12:00", ""},
      {kYear, "2026/3/2 凌晨12:30", "2026-03-02T00:30:00"},
      {kYear, "2026/3/2 午後3:04", "2026-03-02T15:04:00"},
      {kYear, "2026-3-2 오전 3:04", "2026-03-02T03:04:00"},
      {kYear, "2026/3/2 3:04PM", "2026-03-02T15:04:00"},
      {kYear, "2026年3月2日 9:05", "2026-03-02T09:05:00"},
      {kYear, "2026年3月2日09:05:07", "2026-03-02T09:05:07"},
      {kDay, "2026年3月2日 晚上8:00", "2026-03-02T20:00:00"},
      {kYear, "2026年3月2日 15时04分", "2026-03-02T15:04:00"},
      {kYear, "2026년 3월 2일 15시 4분 9초", "2026-03-02T15:04:09"},
      {kYear, "2026年3月5日15点20分", "2026-03-05T15:20:00"},
      {kYear, "2026/3/5 15點20分7秒", "2026-03-05T15:20:07"},
      {kYear, "2026年3月5日 中午12:05", "2026-03-05T12:05:00"},
      {kYear, "2026/3/5 中午1:05", "2026-03-05T13:05:00"},
      {kYear, "2026/3/5 中午11:50", "2026-03-05T11:50:00"},
      {kYear, "2026/3/5 中午3:00", ""},
      {kDay, "05/03/2026 PM 03:20", "2026-03-05T15:20:00"},
      {kYear, "2026年3月5日(周四) 15:05", "2026-03-05T15:05:00"},
      {kYear, "2026/3/5（星期四） 15:05", "2026-03-05T15:05:00"},
      {kYear, "2026/3/5 (x) 15:05", ""},
      {kYear, "2026/3/5(周) 15:05", ""},
      {kYear, "２０２６－０３－０５　１５：０５", "2026-03-05T15:05:00"},
      {kYear, "民國115年3月5日 15:05", "2026-03-05T15:05:00"},
      {kYear, "民国99年3月5日 15:05", "2010-03-05T15:05:00"},
      {kDay, "115年3月5日 下午3:05", "2026-03-05T15:05:00"},
      {kYear, "215年3月5日 15:05", ""},
      {kYear, "115/3/5 15:05", ""},
      {kYear, "99年3月5日 15:05", ""},
      {kYear, "2026年3月2 9:05", ""},
      {kYear, "2026年3월2日 9:05", ""},
      {kYear, "26年3月2日 9:05", ""},
      {kYear, "2026年3月2日 15时", ""},
      {kYear, "2026年3月2日 15时04", ""},
      {kYear, "2026年3月2日 15时04分7", ""},
      {kYear, "2026年3月2日", ""},
      {kDay, "02/03/2026 10:00:", ""},
      {kDay, "02 03 2026 10:00", ""},
      {kDay, "46083", ""},
      {kDay, "0", ""},
      {kDay, "", ""}};
  for (const Case& tried : cases) {
    BOOST_TEST(respelt_time(tried.text, tried.form).value_or("") == tried.ours,
               tried.text);
  }
  BOOST_TEST(*respelt_date("2/3/2026", kDay) == "2026-03-02");
  BOOST_TEST(*respelt_date("2026年3月2日", kDay) == "2026-03-02");
  BOOST_TEST(!respelt_date("2/3/2026 10:00", kDay));
  BOOST_TEST(!respelt_date("2026年3月2日 10:00", kYear));
}

BOOST_AUTO_TEST_CASE(a_comma_is_the_decimal_sign_and_nothing_is_guessed) {
  BOOST_TEST(*respelt_number("10,5") == "10.5");
  BOOST_TEST(*respelt_number("-3") == "-3");
  for (const char* odd : {"1.234", "1.234,5", "1,234,5"}) {
    BOOST_TEST(!respelt_number(odd), odd);
  }
}

BOOST_AUTO_TEST_CASE(wide_signs_become_narrow_and_nothing_else_does) {
  BOOST_TEST(narrow_signs("０１２３４５６７８９") == "0123456789");
  BOOST_TEST(narrow_signs("1０,５元") == "10,5元");
  BOOST_TEST(narrow_signs("２０２６－０３－０５　１５：０５") ==
             "2026-03-05 15:05");
  for (const char* kept :
       {"", "12", "、", "—", "￥", "\xef\xbc", "\xef", "元"}) {
    BOOST_TEST(narrow_signs(kept) == kept);
  }
}

BOOST_AUTO_TEST_CASE(an_amount_is_read_without_its_currency) {
  for (const char* text : {"500", "500元", "￥500", "¥ 500", "R$ 500", "$500",
                           "５００元", "500 €", "NT$500"}) {
    BOOST_TEST(without_currency(text) == "500", text);
  }
  for (const char* kept : {"", "5 USD", "a lot", "500元整"}) {
    BOOST_TEST(without_currency(kept) == kept);
  }
}

BOOST_AUTO_TEST_CASE(a_comma_parts_thousands_by_three_digits) {
  BOOST_TEST(without_thousands("1,000") == "1000");
  BOOST_TEST(without_thousands("12,345,678.90") == "12345678.90");
  for (const char* kept : {"", "10", "1,00", "1,0000", "1000,000", ",000",
                           "1,000,", "1,000,00", "1.000,5"}) {
    BOOST_TEST(without_thousands(kept) == kept);
  }
}

BOOST_AUTO_TEST_CASE(every_form_has_its_name) {
  for (size_t i = 0; i < kTimeForms.size(); ++i) {
    BOOST_TEST((time_form_of(kTimeForms[i]) == TimeForm(i)));
  }
  BOOST_TEST(!time_form_of("dd/mm/yyyy"));
}

BOOST_AUTO_TEST_SUITE_END()
