// SPDX-License-Identifier: Apache-2.0
#include "record/person.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(person)

BOOST_AUTO_TEST_CASE(case_width_and_blanks_make_no_other_person) {
  const char* same[] = {
      "demo clerk",      "Demo Clerk",           "DEMO CLERK",
      " demo clerk",     "demo clerk ",          "demo   clerk",
      "demo\u00a0clerk", "ｄｅｍｏ　ｃｌｅｒｋ", "demo\u200b clerk"};
  for (const char* name : same) {
    BOOST_TEST(same_person(name, "demo clerk"), name);
  }
  BOOST_TEST(same_person("Straße ÄÖÜ", "STRASSE äöü"));
  for (const char* name : {"demo clerk2", "democlerk", "demo", "", " "}) {
    BOOST_TEST(!same_person(name, "demo clerk"), name);
  }
}

BOOST_AUTO_TEST_CASE(what_is_written_where_nobody_was_is_nobody) {
  const char* nobody[] = {"",
                          " ",
                          "-",
                          "—",
                          "?",
                          "N/A",
                          "n.a.",
                          "[n/a]",
                          "N / A",
                          "＃N/A",
                          "(none)",
                          "none.",
                          "None",
                          "NONE!",
                          "ＮＯＮＥ",
                          "n\u043Ene",
                          "no\u200Bne",
                          "nil",
                          "<null>",
                          "NaN",
                          "0",
                          "000",
                          "0-0",
                          "٠",
                          "００",
                          "00000000-0000-0000-0000-000000000000",
                          "x",
                          "X",
                          "xxx",
                          "XX-XX",
                          "a.",
                          "无",
                          "無",
                          "沒有",
                          "没有人",
                          "無人",
                          "暂无",
                          "未知",
                          "不适用",
                          "（无）",
                          "无复核人",
                          "未审批",
                          "本人",
                          "同上",
                          "none (system slow)",
                          "not required",
                          "No second approver",
                          "self",
                          "unknown person",
                          "ninguno",
                          "Nadie",
                          "nenhum",
                          "NINGUÉM",
                          "aucun",
                          "Néant",
                          "keine",
                          "Niemand",
                          "nessuno",
                          "tiada",
                          "Tidak ada",
                          "wala",
                          "không",
                          "Không có",
                          "ไม่มี",
                          "कोई नहीं",
                          "нет",
                          "Никто",
                          "لا يوجد",
                          "なし",
                          "該当なし",
                          "없음",
                          "yok",
                          "hakuna",
                          "brak",
                          "&nbsp;",
                          "\xFF"};
  for (const char* name : nobody) BOOST_TEST(!names_somebody(name), name);
}

BOOST_AUTO_TEST_CASE(whoever_has_a_number_or_a_name_is_somebody) {
  const char* somebody[] = {
      "7",     "104",          "007",  "a-0102", "x7",     "AA",
      "KA",    "demo_agent_2", "Noa",  "Nora",   "No-Soo", "Nilsson",
      "Nonet", "Notburga",     "王",   "王伟",   "Nobu",   "Марина",
      "नीना",  "김민수",       "Xaxx", "O'Neil", "n0815",  "-1"};
  for (const char* name : somebody) BOOST_TEST(names_somebody(name), name);
}

BOOST_AUTO_TEST_CASE(spellings_are_those_that_systems_write) {
  const auto has = [](const char* name, const char* spelling) {
    const auto all = spellings_of(name);
    return std::find(all.begin(), all.end(), spelling) != all.end();
  };
  for (const char* spelling : {"anna", "Anna", "ANNA"}) {
    BOOST_TEST(has(" aNNa", spelling), spelling);
  }
  BOOST_TEST(has("ag-7X", "ag-7X"));
  BOOST_TEST(has("ag-7x", "AG-7X"));
}

BOOST_AUTO_TEST_SUITE_END()
