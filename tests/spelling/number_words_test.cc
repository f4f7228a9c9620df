// SPDX-License-Identifier: Apache-2.0
#include "spelling/number_words.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "spelling/tables.h"
#include "text/tables.h"
#include "text/views.h"

namespace simwarden {
namespace {

// All runs of a text, as find_leads() and respellings() read them.
std::string numbers(std::string_view text) {
  const View plain = see(text).plain;
  std::string all;
  for (const Respelling& one :
       respellings(plain, text, find_leads(plain.text))) {
    if (one.how == How::digit_words) all += one.with + " ";
  }
  return all;
}

struct Case {
  const char* text;
  const char* seen;
};

const Case kCases[] = {
    {"", ""},
    {"one two three four", ""},
    {"one two three four five", "12345 "},
    {"zero7seven00 nine00 four5six", "07700900456 "},
    {"oh seven double seven oh nine triple zero one two three",
     "077709000123 "},
    {"plus one two-oh-two triple five oh one double nine", "+12025550199 "},
    {"zero seven hundred, nine hundred, one two three", "0700900123 "},
    {"zero six and then eight zeros", "0600000000 "},
    {"202-555-01 then forty seven", "2025550147 "},
    {"I called 20 times then seven more", ""},
    {"two hundred and fifty, sixty", ""},
    {"cero seiscientos, cero cero cero, cero cero", "060000000 "},
    {"seiscientos doce, treinta y cuatro, cincuenta y seis", ""},
    {"más uno, dos cero dos, tres veces cinco, cero uno nueve nueve",
     "+12025550199 "},
    {"zéro six, trente-neuf, quatre-vingt-dix-huit, soixante et onze, douze",
     "0639987112 "},
    {"+ deux deux cinq, 07 zéro zéro zéro zéro zéro zéro 3 3",
     "+2250700000033 "},
    {"null eins sieben eins, dreimal null, zweiundvierzig", "017100042 "},
    {"nul zes en dan acht keer nul", "0600000000 "},
    {"più uno, due zero due, tre volte cinque, zero uno, novantanove",
     "+12025550199 "},
    {"zero șapte zero zero, șase de zero", "0700000000 "},
    {"ноль пятьдесят, три нуля, два нуля и ещё", "05000000 "},
    {"плюс семь девятьсот двадцать шесть, сто двадцать три, сорок пять",
     "+792612345 "},
    {"нуль пʼятдесят, три нулі, два нулі і ще два нулі", "0500000000 "},
    {"συν ένα, 202, τρία πεντάρια, 0199", "+12025550199 "},
    {"nil seven seven nil nil nine nil nil one two three", "07700900123 "},
    {"sifar saat saat sifar sifar nau sifar sifar ek do teen", "07700900123 "},
    {"shunno saat saat shunno shunno noy shunno shunno ek dui tin",
     "07700900123 "},
    {"yi san ba ling ling yi san ba ling ling ling", "13800138000 "},
    {"vosem devyat nol nol nol nol nol nol nol tri tri", "89000000033 "},
    {"sıfır beş sıfır sıfır, 000 00 kırk dört", "05000000044 "},
    {"sıfır beş yüz otuz iki, yüz yirmi üç, kırk beş, altmış yedi",
     "05321234567 "},
    {"ゼロキュウゼロ・イチニサンヨン・ゴロクナナハチ", "09012345678 "},
    {"kosong satu dua – kosong kosong kosong kosong", "0120000 "},
    {"tambah enam puluh, sepuluh, kosong kosong kosong satu", "+60100001 "},
    {"jumlisha moja, 202, tano mara tatu, sifuri moja tisa tisa",
     "+12025550199 "},
    {"không chín không, rồi bảy số không", "0900000000 "},
    {"ek do teen chaar paanch", "12345 "},
    {"एक दो तीन चार पांच", "12345 "},
    {"শূন্য এক সাত শূন্য শূন্য, ০০০ ০ ৬ ১", "01700000061 "},
    {"صفر خمسة خمسة وبعدها سبعة أصفار", "0550000000 "},
    {"جمع ایک، دو صفر دو، ۵۵۵، صفر ایک نو نو", "+12025550199 "},
    {"ศูนย์แปดหนึ่งศูนย์ศูนย์", "08100 "},
    {"공일공 공공공공", "0100000 "},
    {"一三8零零①三捌〇〇0", "13800138000 "},
    {"0九零零-零零零-零零零", "0900000000 "},
    {"加号一，二零二，五五五，零幺九九", "+12025550199 "},
    // A count is taken once; what is behind it counts nothing.
    {"three times times", ""},
    {"tres veces veces", ""},
    {"three times hundred", ""},
    {"trois fois cent euros", ""},
    {"sifuri mara mara tatu", ""},
    {"zero six zero one two three times times four five", "06012 "},
    // Sentences.
    {"once upon a time we did do that on one of two tins", ""},
    {"sette o otto, nove persone", ""},
    {"三月五日星期一第二十七届", ""},
    {"이사 오는 일이 구월이라", ""},
};

BOOST_AUTO_TEST_CASE(numbers_in_words_are_read) {
  for (const Case& c : kCases) {
    BOOST_TEST(numbers(c.text) == c.seen, c.text << " -> " << numbers(c.text));
  }
}

// Each word must be there as the plain view shows it.
BOOST_AUTO_TEST_CASE(words_stand_in_the_table_as_they_are_read) {
  for (const TableRow& row : rows_of(tables::number_words, 3)) {
    BOOST_TEST(see(row[2]).plain.text == row[2], row[0] << " " << row[2]);
  }
}

// Whatever order they come in: what one sense leaves behind the next one finds.
BOOST_AUTO_TEST_CASE(runs_of_any_words_are_read_to_their_end) {
  std::map<std::string, std::vector<std::string>> words;
  for (const TableRow& row : rows_of(tables::number_words, 3)) {
    words[std::string(row[0])].emplace_back(row[2]);
  }
  std::mt19937 random(20261130);
  const auto below = [&random](size_t n) { return random() % n; };
  size_t read = 0;
  for (size_t round = 0; round < 300; ++round) {
    for (const auto& [language, all] : words) {
      std::string text;
      for (size_t n = 2 + below(9); n > 0; --n) {
        text +=
            below(8) == 0 ? std::to_string(below(200)) : all[below(all.size())];
        text += below(6) == 0 ? ", " : " ";
      }
      read += numbers(text).empty() ? 0 : 1;
    }
  }
  BOOST_TEST(read > 1000);
}

}  // namespace
}  // namespace simwarden
