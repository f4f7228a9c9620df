// SPDX-License-Identifier: Apache-2.0
#include "spelling/phone_words.h"

#include <algorithm>
#include <array>

#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Words that do only when they are whole: not "cellspacing", "string".
constexpr std::array<std::string_view, 18> kWholeCallWords = {
    "tel", "text", "sms",  "txt",   "ring", "reach", "ph", "mob",  "cell",
    "fax", "help", "info", "query", "फोन",  "gọi",   "কল", "নম্বর", "agent"};
// They say that a number follows, not which; no short hot line's.
constexpr std::array<std::string_view, 3> kNumberWords = {"number", "num",
                                                          "номер"};

// What stands in front of digits that are no telephone number.
constexpr std::array<std::string_view, 61> kOtherWords = {
    "order",      "invoice",       "ref",         "account",
    "a/c",        "acct",          "ticket",      "tracking",
    "card",       "imei",          "iban",        "isbn",
    "serial",     "policy",        "transaction", "txn",
    "utr",        "booking",       "id ",         "id:",
    "timestamp",  "code",          "otp",         "订单",
    "单号",       "运单",          "快递",        "卡号",
    "尾号",       "流水",          "编号",        "账号",
    "帐号",       "验证码",        "awb",         "pnr",
    "کد",         "رمز",           "كود",         "код",
    "заказ",      "注文番号",      "予约番号",    "伝票番号",
    "受付番号",   "合わせ番号",    "주문번호",    "예약번호",
    "송장번호",   "운송장",        "de pedido",   "bestellnummer",
    "sipariş no", "nomor pesanan", "mã đơn",      "numer zamówienia",
    "رقم الطلب",  "شماره سفارش",   "номер заявк", "tel-aviv",
    "tel aviv"};

// "Text WIN to 80082", "发送TD到10690": what is sent to a short number.
constexpr std::array<std::string_view, 11> kTextingWords = {
    "text",  "txt", "texting", "txting", "sms", "send",
    "reply", "msg", "发送",    "编辑",   "回复"};
// "Send 5000 to 2500": with four digits only where a text message is named.
constexpr std::array<std::string_view, 5> kTextMessageWords = {
    "text", "txt", "texting", "txting", "sms"};
constexpr std::array<std::string_view, 8> kToWords = {
    " to ", " to: ", " to no: ", " to:", "发送到", "发至", "发到", "到"};

// Words that people write without a space in front of the digits.
constexpr std::array<std::string_view, 12> kGluedWords = {
    "call", "tel",  "ph",   "phone", "mob", "mobile",
    "cont", "help", "care", "no",    "on",  "contact"};

const Words& whole_call_words() {
  static const Words kWords(kWholeCallWords, Words::Ends::whole);
  return kWords;
}
}  // namespace

const Words& number_words() {
  static const Words kWords(kNumberWords, Words::Ends::whole);
  return kWords;
}
const Words& other_words() {
  static const Words kWords(kOtherWords, Words::Ends::anywhere);
  return kWords;
}
const Words& texting_words() {
  static const Words kWords(kTextingWords, Words::Ends::whole);
  return kWords;
}

const Words& text_message_words() {
  static const Words kWords(kTextMessageWords, Words::Ends::whole);
  return kWords;
}

size_t last_call_word(std::string_view window) {
  const size_t call = told_words(Saying::call).last_in(window);
  const size_t whole = whole_call_words().last_in(window);
  if (call == window.npos || whole == window.npos) return std::min(call, whole);
  return std::max(call, whole);
}

bool ends_with_to(std::string_view window) {
  return std::any_of(kToWords.begin(), kToWords.end(),
                     [&](auto word) { return window.ends_with(word); });
}

bool has_glued_word(std::string_view t, size_t i) {
  constexpr size_t kLongest = 8;
  size_t begin = i;
  while (begin > 0 && i - begin < kLongest && is_letter(t[begin - 1])) --begin;
  const std::string_view word = t.substr(begin, i - begin);
  return std::find(kGluedWords.begin(), kGluedWords.end(), word) !=
         kGluedWords.end();
}

bool offers_without_papers(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  for (size_t n = 0; n < kSignsMax && is_one_of(before(t, i), " :,-("); ++n) {
    --i;
  }
  return told_before(Saying::papers, t, i) != 0 &&
         offers_wares(t.substr(0, i), i, i);
}

bool asks_to_call(std::string_view window) {
  return last_call_word(window) != window.npos;
}

}  // namespace simwarden
