// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_text.h"

#include <boost/test/unit_test.hpp>
#include <zlib.h>

#include "document/pdf.h"

using namespace simwarden;

namespace {

using namespace std::string_literals;

std::string object(int number, const std::string& text) {
  return std::to_string(number) + " 0 obj\n" + text + "\nendobj\n";
}

std::string stream(int number, const std::string& dictionary,
                   const std::string& data) {
  return object(number,
                "<< " + dictionary + " >>\nstream\n" + data + "\nendstream");
}

std::string packed(int number, const std::string& dictionary,
                   const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size,
            reinterpret_cast<const Bytef*>(data.data()), data.size(), 9);
  out.resize(size);
  return stream(number, dictionary + " /Filter /FlateDecode", out);
}

PdfReading read(const std::string& objects) {
  DocumentBudget budget;
  return read_pdf("%PDF-1.7\n" + objects + "trailer << /Root 9 0 R >>\n",
                  budget);
}

const std::string kPage = object(
    1,
    "<< /Type /Page /Contents 2 0 R /Resources << /Font << /F1 3 0 R >> >> "
    ">>");
// A font whose letters are half an em wide, "i" a quarter.
const std::string kFont =
    object(3,
           "<< /Type /Font /Subtype /TrueType /FirstChar 104 /LastChar 106 "
           "/Widths [500 250 500] /Encoding /WinAnsiEncoding >>");

// What a page shows with that font, or with another one.
std::string shown(const std::string& program, const std::string& font = kFont) {
  return read(kPage + packed(2, "", "BT /F1 10 Tf " + program + " ET") + font)
      .text;
}

std::string composite(const std::string& members) {
  return object(3, "<< /Type /Font /Subtype /Type0 " + members + " >>");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(text_is_read_as_it_is_drawn) {
  struct {
    std::string program;
    std::string text;
  } const rows[] = {
      {"(Call us) Tj", "Call us"},
      {"<43616C6C> Tj", "Call"},
      {"(a\\)\\050b\\\\) Tj", "a)(b\\"},
      {"[(Te) 20 (le) -30 (gram)] TJ", "Telegram"},
      {"[(SIM) -333 (card)] TJ", "SIM card"},
      {"[(SIM ) -333 (card)] TJ", "SIM card"},
      {"0 700 Td (one) Tj 0 -12 Td (two) Tj", "one\ntwo"},
      {"12 TL (one) Tj T* (two) Tj (three) '", "one\ntwo\nthree"},
      {"12 TL (one) Tj 0 0 (two) \"", "one\ntwo"},
      {"0 -12 TD (one) Tj T* (two) Tj", "one\ntwo"},
      // "hij" ends at 12.5.
      {"(hij) Tj 12.5 0 Td (hij) Tj", "hijhij"},
      {"(hij) Tj 16 0 Td (hij) Tj", "hij hij"},
      {"1 0 0 1 9 9 Tm (hij) Tj 1 0 0 1 21.5 9 Tm (hij) Tj", "hijhij"},
      {"(hij) Tj ET q 1 0 0 1 12.5 0 cm BT (hij) Tj ET Q BT", "hijhij"},
      {"2 0 0 2 0 0 Tm (hij) Tj 2 0 0 2 25 0 Tm (hij) Tj", "hijhij"},
      // Written upwards.
      {"0 1 -1 0 0 0 Tm (hij) Tj 0 1 -1 0 0 12.5 Tm (hij) Tj", "hijhij"},
      {"0 1 -1 0 0 0 Tm (hij) Tj 0 1 -1 0 12 0 Tm (hij) Tj", "hij\nhij"},
      {"5 Tc (hij) Tj 27.5 0 Td (hij) Tj", "hijhij"},
      {"200 Tz (hij) Tj 25 0 Td (hij) Tj", "hijhij"},
      {"(a) Tj BI /W 1 ID (x) Tj EI (b) Tj", "ab"},
      {"% (no) Tj\n(yes) Tj", "yes"},
      {"/F2 9 Tf (in no font) Tj", ""},
      {"(never closed", ""},
  };
  for (const auto& [program, text] : rows) {
    BOOST_TEST(shown(program) == text, program);
  }
}

BOOST_AUTO_TEST_CASE(codes_mean_what_their_font_says) {
  const std::string simple = "<< /Type /Font /Subtype /Type1 ";
  const std::string widths =
      " /Widths [500 500 500 500 500 500 500] /FirstChar 65";
  const auto font = [&](const std::string& members) {
    return object(3, simple + members + widths + " >>");
  };
  const std::string map =
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
      "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
      "2 beginbfchar <0001> <0053> <0002> <D83DDE00> endbfchar\n"
      "2 beginbfrange <0010> <0012> <0061>\n"
      "<0020> <0021> [<00660066> <5361>] endbfrange endcmap";
  const std::string narrow =
      "1 beginbfchar <41> <0042> endbfchar begincmap endcmap";
  struct {
    std::string font;
    std::string program;
    std::string text;
  } const rows[] = {
      {font("/Encoding /WinAnsiEncoding"), "(\\351\\200) Tj", "\u00e9\u20ac"},
      {font("/Encoding /MacRomanEncoding"), "(\\216) Tj", "\u00e9"},
      {font("/Encoding << /Differences [65 /S /I /M 33 /at /uni0041 /u1F600 "
            "/Eacute /a.alt /g7] >>"),
       "(ABC!\"#$%&) Tj", "SIM@A\U0001F600E\u0301a"},
      {font("/Encoding 5 0 R") + object(5, "<< /Differences 6 0 R >>") +
           object(6, "[65 /z]"),
       "(A) Tj", "z"},
      // A font that is drawn dot by dot.
      {object(3,
              "<< /Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar "
              "72 /Widths [50 50] /Encoding << /Differences [72 /a72 /a73] "
              ">> >>"),
       "(H) Tj 5 0 Td (I) Tj", "HI"},
      {font("/ToUnicode 5 0 R") + packed(5, "", narrow), "(AC) Tj", "BC"},
      {composite("/Encoding /Identity-H /ToUnicode 5 0 R") + packed(5, "", map),
       "<00010002001000110012002000210099> Tj", "S\U0001F600abcff卡"},
      {composite("/Encoding /Identity-H"), "<00010002> Tj", ""},
      {composite("/Encoding /UniGB-UCS2-H"), "<88655361> Tj", "补卡"},
      {composite("/Encoding /GBK-EUC-H"), "<B2B9BFA8> Tj", "补卡"},
      {composite("/Encoding /ETenms-B5-H"), "<B8C9A564> Tj", "補卡"},
      {composite("/Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts "
                 "[6 0 R]") +
           packed(5, "", map) +
           object(6, "<< /DW 1000 /W [16 [500 250] 18 18 250] >>"),
       "<001000110012> Tj 10 0 Td <0001> Tj 10 0 Td <0001> Tj 25 0 Td <0001> "
       "Tj",
       "abcSS S"},
  };
  for (const auto& [font_object, program, text] : rows) {
    BOOST_TEST(shown(program, font_object) == text, font_object);
  }
}

BOOST_AUTO_TEST_CASE(pages_are_found_as_readers_of_documents_find_them) {
  const std::string program = "BT /F1 9 Tf (Call us) Tj ET";
  const std::string resources = "/Resources << /Font << /F1 3 0 R >> >>";
  const std::string page = "<< /Contents 2 0 R " + resources + " >>";
  const std::string plain = stream(2, "", program);
  const std::string head = "1 0 3 " + std::to_string(page.size() + 1) + " ";
  struct {
    const char* what;
    std::string objects;
  } const rows[] = {
      {"not packed", object(1, page) + plain + kFont},
      {"packed", object(1, page) + packed(2, "", program) + kFont},
      {"in the guise of a table of characters",
       object(1, page) + stream(2, "", "% beginbfchar\n" + program) + kFont},
      {"in the guise of packed objects",
       object(1, page) + packed(2, "/Type /ObjStm /First 2", program) + kFont},
      {"in the guise of samples",
       object(1, page) +
           packed(2, "/Subtype /Image /Width 64 /Height 64 /BitsPerComponent 8",
                  program + std::string(4096 - program.size(), ' ')) +
           kFont},
      {"in the guise of a photograph",
       object(1, page) + stream(2, "", "\xFF\xD8\xFF " + program) + kFont},
      {"in the guise of what is packed",
       object(1, page) + stream(2, "", "x^ " + program) + kFont},
      {"its text first", kFont + plain + object(1, page)},
      {"its name is escaped",
       object(1, "<< /C#6fntents 2 0 R " + resources + " >>") + plain + kFont},
      {"several streams",
       object(1, "<< /Contents [2 0 R 4 0 R] " + resources + " >>") +
           stream(2, "", "BT /F1 9 Tf (Call ) Tj") +
           stream(4, "", "(us) Tj ET") + kFont},
      {"the list is an object",
       object(1, "<< /Contents 7 0 R " + resources + " >>") +
           object(7, "[ 2 0 R ]") + plain + kFont},
      {"what it needs is its parent's",
       object(1, "<< /Contents 2 0 R /Parent 7 0 R >>") +
           object(7, "<< /Parent 8 0 R >>") +
           object(8, "<< " + resources + " >>") + plain + kFont},
      {"what it needs is elsewhere",
       object(1, "<< /Contents 2 0 R /Resources 7 0 R >>") +
           object(7, "<< /Font 8 0 R >>") + object(8, "<< /F1 3 0 R >>") +
           plain + kFont},
      {"packed objects",
       packed(9, "/Type /ObjStm /N 2 /First " + std::to_string(head.size()),
              head + page + " << /Subtype /Type1 >>") +
           plain},
      {"the last of a number counts",
       object(1, "<< /Contents 4 0 R >>") + object(1, page) + plain + kFont},
      {"a form", object(1, "<< /Contents 4 0 R " + resources + " >>") +
                     stream(4, "", "/Fm Do") +
                     stream(2, "/Subtype /Form " + resources, program) + kFont},
      {"a form with the page's fonts",
       object(1,
              "<< /Contents 4 0 R /Resources << /XObject << /A 2 0 R >> /Font "
              "<< /F1 3 0 R >> >> >>") +
           stream(4, "", "BT /F1 9 Tf ET /A Do") +
           stream(2, "/Subtype /Form", program) + kFont},
      {"drawn by no page that is found",
       plain + kFont + stream(4, "/Subtype /Form " + resources, program)},
  };
  for (const auto& [what, objects] : rows) {
    BOOST_TEST(read(objects).text == "Call us", what);
  }
}

BOOST_AUTO_TEST_CASE(each_page_has_its_own_fonts) {
  const auto font = [](int number, const std::string& letter) {
    return object(number,
                  "<< /Encoding << /Differences [65 /" + letter + "] >> >>");
  };
  const auto page = [](int number, int contents, int font_object) {
    return object(number, "<< /Contents " + std::to_string(contents) +
                              " 0 R /Resources << /Font << /F1 " +
                              std::to_string(font_object) + " 0 R >> >> >>");
  };
  const std::string program = "BT /F1 9 Tf (A) Tj ET";
  BOOST_TEST(read(page(1, 2, 3) + page(4, 5, 6) + font(3, "x") + font(6, "y") +
                  stream(2, "", program) + stream(5, "", program))
                 .text == "x\ny");
}

BOOST_AUTO_TEST_CASE(what_is_no_text_shows_none) {
  BOOST_TEST(read(kPage + kFont).text == "");
  const std::string program = "BT /F1 9 Tf (Call us) Tj ET";
  // Drawn by nobody, beside a page that shows something.
  BOOST_TEST(read(kPage + kFont + stream(2, "", "BT /F1 9 Tf (yes) Tj ET") +
                  stream(7, "", program))
                 .text == "yes");
}

// Programs open such a file without a password, and show the page.
BOOST_AUTO_TEST_CASE(a_word_about_encryption_hides_no_text) {
  using Reading = FileReading;
  const std::string file = kPage + kFont +
                           stream(2, "", "BT /F1 9 Tf (Call us) Tj ET") +
                           "/URI (https://\344.test/a) ";
  const std::pair<std::string, Reading> rows[] = {
      {"% /Encrypt nothing\n", Reading::read},
      {"% /Encrypt 7 0 R\n", Reading::read},
      {object(8, "<< /Title (/Encrypt 7 0 R) /Encrypt 7 0 R >>"),
       Reading::read},
      {stream(8, "/Type /ABC", "/Encrypt << >>"), Reading::read},
      {"trailer << /Info (/Encrypt 7 0 R) /Encrypt (x) >>", Reading::read},
      // Programs may go by these, or by another trailer.
      {"trailer << /#45ncrypt 7 0 R >>", Reading::encrypted},
      {"trailer % <<\n<< /Encrypt << /V 1 >> >>", Reading::encrypted},
      {stream(8, "/Type /XRef /Encrypt 7 0 R", "x"), Reading::encrypted}};
  for (const auto& [words, reading] : rows) {
    const PdfReading found = read(words + file);
    BOOST_TEST((found.reading == reading), words);
    BOOST_TEST(found.text == "Call us", words);
    BOOST_TEST(found.links.size() == 1u, words);
  }
}

BOOST_AUTO_TEST_CASE(text_ends_at_its_bound) {
  std::string program = "BT /F1 9 Tf ";
  for (int i = 0; i < 12'000; ++i)
    program += "(" + std::string(98, 'x') + ") Tj ";
  const std::string objects = kPage + kFont + packed(2, "", program);
  const PdfReading long_one = read(objects);
  DocumentBudget budget;
  BOOST_TEST((long_one.reading == FileReading::partly));
  BOOST_TEST(long_one.text.size() <= budget.text);
  BOOST_TEST(long_one.text.size() > budget.text - 200);
  // Chinese takes three bytes a sign.
  std::string chinese = "BT /F1 9 Tf ";
  for (int i = 0; i < 12'000; ++i) {
    chinese += "(" + std::string(100, '\x53') + ") Tj ";
  }
  const PdfReading wide = read(kPage + packed(2, "", chinese) +
                               composite("/Encoding /UniGB-UCS2-H"));
  BOOST_TEST((wide.reading == FileReading::partly));
  BOOST_TEST(wide.text.size() <= budget.text);
  // One string that is longer, whatever its letters mean.
  const std::string map =
      stream(6, "", "beginbfchar <41> <00610062> <42> <> endbfchar");
  const std::string font = object(3, "<< /Type /Font /ToUnicode 6 0 R >>");
  const auto drawn = [&](const std::string& page_font,
                         const std::string& letters) {
    return read(kPage + packed(2, "", "BT /F1 9 Tf (" + letters + ") Tj ET") +
                map + page_font);
  };
  for (const PdfReading& whole : {drawn(font, std::string(2U << 20U, 'A')),
                                  drawn(kFont, std::string(2U << 20U, 'x')),
                                  drawn(composite("/Encoding /GBK-EUC-H"),
                                        std::string(2U << 20U, 'x'))}) {
    BOOST_TEST((whole.reading == FileReading::partly));
    BOOST_TEST(whole.text.size() <= budget.text);
    BOOST_TEST(whole.text.size() > budget.text - 200);
  }
  // Several documents of a mail share it.
  const std::string file = "%PDF-1.7\n" + objects;
  read_pdf(file, budget);
  BOOST_TEST(read_pdf(file, budget).text.size() < 200u);
}

// Each would take minutes if a table, a list or a program were read as often as
// it is named.
BOOST_AUTO_TEST_CASE(what_is_named_often_is_read_within_bounds) {
  std::string names;
  std::string fonts;
  std::string program = "BT ";
  std::string table = "[ ";
  for (int i = 0; i < 100'000; ++i) table += "0 65535 600 ";
  for (int i = 0; i < 5000; ++i) {
    const std::string number = std::to_string(10 + i);
    names += "/G" + number + " " + number + " 0 R ";
    fonts += object(10 + i, "<< /Subtype /Type0 /DescendantFonts [9 0 R] >>");
    program += "/G" + number + " 9 Tf (ab) Tj ";
  }
  const PdfReading many_fonts =
      read(object(1, "<< /Contents 2 0 R /Resources << /Font << " + names +
                         " >> >> >>") +
           packed(2, "", program) + object(8, table + "]") +
           object(9, "<< /W 8 0 R >>") + fonts);
  BOOST_TEST((many_fonts.reading == FileReading::partly));
}

// What is written in an object that all of them name is no cheaper than what
// stands in one of its own.
BOOST_AUTO_TEST_CASE(fonts_that_share_their_inner_font_pay_for_it_each) {
  std::string names;
  std::string fonts;
  std::string program = "BT ";
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(10 + i);
    names += "/G" + number + " " + number + " 0 R ";
    fonts += object(10 + i, "<< /Subtype /Type0 /DescendantFonts [9 0 R] >>");
    program += "/G" + number + " 9 Tf ";
  }
  const auto file = [&](std::string_view triple, int triples) {
    std::string table;
    for (int i = 0; i < triples; ++i) table += triple;
    return "%PDF-1.7\n" +
           object(1, "<< /Contents 2 0 R /Resources << /Font << " + names +
                         " >> >> >>") +
           packed(2, "", program) + object(9, "<< /W [ " + table + " ] >>") +
           fonts;
  };
  DocumentBudget budget;
  const size_t all = budget.work;
  // Widths that are none: nothing of them is kept.
  const PdfReading long_one = read_pdf(file("9 0 600 ", 50'000), budget);
  BOOST_TEST((long_one.reading == FileReading::partly));
  BOOST_TEST(budget.cut);
  BOOST_TEST(budget.work < all / 50);
  // Widths are counted for all fonts together.
  DocumentBudget other;
  BOOST_TEST(
      (read_pdf(file("0 0 1 ", 5'000), other).reading == FileReading::partly));
  BOOST_TEST(!other.cut);
}

BOOST_AUTO_TEST_CASE(the_resources_of_a_page_are_read_once_for_all_its_forms) {
  std::string forms;
  std::string names;
  constexpr int kForms = 200;
  for (int i = 0; i < kForms; ++i) {
    const std::string number = std::to_string(20 + i);
    names += "/X" + number + " " + number + " 0 R ";
    forms += stream(20 + i, "/Parent 1 0 R", "BT /F1 9 Tf (form) Tj ET");
  }
  std::string junk;
  while (junk.size() < 500'000) junk += "/a ";
  DocumentBudget budget;
  const size_t all = budget.work;
  const PdfReading found =
      read_pdf("%PDF-1.7\n" +
                   object(1,
                          "<< /Contents 2 0 R /Resources << /XObject 5 0 R "
                          "/Font << /F1 3 0 R >> /Junk [ " +
                              junk + "] >> >>") +
                   object(5, "<< " + names + ">>") + kFont +
                   stream(2, "", "BT /F1 9 Tf (page) Tj ET") + forms,
               budget);
  BOOST_TEST((found.reading == FileReading::read));
  BOOST_TEST(found.text.size() == 4 + kForms * 5u);
  // The page, its fonts and its forms.
  BOOST_TEST(all - budget.work < 4 * junk.size());
}

// Each is read again for whatever names it, so that none may be free.
BOOST_AUTO_TEST_CASE(long_values_are_paid_for_as_often_as_they_are_read) {
  const std::string remark = "%" + std::string(400'000, 'x') + "\n";
  std::string program = "BT ";
  for (int i = 0; i < 1000; ++i) program += "/F1 9 Tf ";
  DocumentBudget budget;
  const auto reading =
      read_pdf(
          "%PDF-1.7\n" +
              object(1, "<< /Contents 2 0 R /Resources << /Font << /F1 3 " +
                            remark + "0 R >> >> >>") +
              kFont + packed(2, "", program),
          budget)
          .reading;
  BOOST_TEST(budget.cut);
  BOOST_TEST((reading == FileReading::partly));
  // One remark a thousand times.
  std::string annotations;
  std::string members;
  for (int i = 0; i < 5000; ++i) members += "/a 1 ";
  for (int i = 0; i < 100'000; ++i) annotations += "7 0 R ";
  DocumentBudget other;
  const size_t all = other.work;
  read_pdf(
      "%PDF-1.7\n" +
          object(1, "<< /Contents 2 0 R /Annots [ " + annotations + "] >>") +
          object(7, "<< " + members + "/AP << /N 8 0 R " + members + ">> >>") +
          stream(2, "", "BT ET"),
      other);
  BOOST_TEST(!other.cut);
  BOOST_TEST(all - other.work < 2'000'000u);
}

// Whatever takes a text away that a reader sees is said.
BOOST_AUTO_TEST_CASE(what_crowds_a_text_out_is_said) {
  const std::string text = "BT /F1 9 Tf (Call us) Tj ET ";
  const auto many = [](size_t count, const std::string& piece) {
    std::string out;
    for (size_t i = 0; i < count; ++i) out += piece;
    return out;
  };
  std::string objects;
  for (size_t i = 0; i < kPdfObjectsMax; ++i) {
    objects += std::to_string(100 + i) + " 0 obj ";
  }
  std::string fonts;
  std::string used;
  for (int i = 0; i < 1000; ++i) {
    fonts += "/A" + std::to_string(i) + " << >> ";
    used += "/A" + std::to_string(i) + " 1 Tf ";
  }
  const std::string big = text + std::string(kPdfProgramsMax - 30, ' ');
  const std::string map =
      "beginbfrange " + many(kPdfRangesMax, "<00> <00> <0041> ") + "endbfrange";
  const std::string with_map = object(3, "<< /ToUnicode 6 0 R >>");
  const std::pair<std::string, std::string> rows[] = {
      {"streams",
       many(kPdfStreamsMax, "stream ") + kPage + kFont + stream(2, "", text)},
      {"objects", objects + kPage + kFont + stream(2, "", text)},
      {"programs", packed(7, "", big) + kPage + kFont + stream(2, "", text)},
      {"operands",
       kPage + kFont +
           packed(2, "",
                  "BT /F1 9 Tf [" + many(20'000, "1 ") + "(Call us)] TJ ")},
      {"states", kPage + kFont + packed(2, "", many(5000, "q ") + text)},
      {"fonts", object(1, "<< /Contents 2 0 R /Resources << /Font << " + fonts +
                              "/F1 3 0 R >> >> >>") +
                    kFont + packed(2, "", used + text)},
      {"letters", packed(5, "", map) +
                      stream(6, "", "beginbfchar <43> <0043>") + kPage +
                      with_map + stream(2, "", text)},
      {"members",
       object(1, "<< " + many(10'000, "/A 1 ") + "/Contents 2 0 R >>") +
           object(8,
                  "<< /Contents 7 0 R /Resources << /Font << /F1 "
                  "3 0 R >> >> >>") +
           kFont + stream(2, "", text) +
           stream(7, "", "BT /F1 9 Tf (x) Tj ET")},
      {"text", kPage + kFont +
                   packed(2, "",
                          "BT /F1 9 Tf (" + std::string(2U << 20U, 'x') +
                              ") Tj " + text)}};
  for (const auto& [what, file] : rows) {
    DocumentBudget budget;
    const PdfReading found = read_pdf("%PDF-1.7\n" + file, budget);
    BOOST_TEST(budget.cut, what);
    BOOST_TEST((found.reading == FileReading::partly), what);
  }
  DocumentBudget budget;
  BOOST_TEST(
      read_pdf("%PDF-1.7\n" + kPage + kFont + stream(2, "", text), budget)
          .text == "Call us");
  BOOST_TEST(!budget.cut);
}

BOOST_AUTO_TEST_CASE(the_first_pages_are_read_in_their_order) {
  const auto page = [](int number, int contents) {
    return object(number, "<< /Type /Page /Contents " +
                              std::to_string(contents) +
                              " 0 R /Resources 60 0 R >>");
  };
  const auto program = [](int number, const std::string& text) {
    return stream(number, "", "BT /F1 9 Tf (" + text + ") Tj ET");
  };
  std::string file = kFont + object(60, "<< /Font << /F1 3 0 R >> >>");
  for (int i = 0; i < 7; ++i) {
    file += page(20 + i, 40 + i) + program(40 + i, std::to_string(i));
  }
  // A tree whose branches stand in another order than their numbers.
  const std::string tree =
      object(9, "<< /Type /Catalog /Pages 10 0 R >>") +
      object(10, "<< /Kids [12 0 R 11 0 R 10 0 R 12 0 R] >>") +
      object(11, "<< /Parent 10 0 R /Kids [20 0 R 21 0 R 22 0 R 23 0 R] >>") +
      object(12, "<< /Parent 10 0 R /Kids [26 0 R 25 0 R 24 0 R] >>");
  const PdfReading in_order = read(file + tree);
  BOOST_TEST(in_order.text == "6\n5\n4\n0\n1");
  BOOST_TEST((in_order.reading == FileReading::partly));
  // The file does not say where it begins.
  DocumentBudget budget;
  BOOST_TEST(read_pdf("%PDF-1.7\n" + file + tree, budget).text ==
             "6\n5\n4\n0\n1");
  // There is no tree.
  BOOST_TEST(read(file).text == "0\n1\n2\n3\n4");
  // Another one, of pages that draw nothing, is no way to hide these.
  BOOST_TEST(read(file + tree + object(5, "<< /Pages 6 0 R >>") +
                  object(6, "<< /Kids [7 0 R] >>") +
                  object(7, "<< /Type /Page >>"))
                 .text == "6\n5\n4\n0\n1");
}

BOOST_AUTO_TEST_CASE(forms_and_remarks_of_a_page_stand_behind_it) {
  const std::string font = "/Resources << /Font << /F1 3 0 R >> ";
  const std::string page =
      object(1, "<< /Contents 2 0 R " + font +
                    "/XObject << /A 4 0 R /B 4 0 R >> >> /Annots [7 0 R] >>") +
      object(7, "<< /Contents (a remark) /AP << /N 8 0 R >> >>") + kFont +
      stream(2, "", "BT /F1 9 Tf (page) Tj ET") +
      stream(4, font + "/XObject << /C 5 0 R /A 4 0 R >> >>",
             "BT /F1 9 Tf (form) Tj ET") +
      stream(5, font + ">>", "BT /F1 9 Tf (inner) Tj ET") +
      stream(6, font + ">>", "BT /F1 9 Tf (on no page) Tj ET") +
      stream(8, font + ">>", "BT /F1 9 Tf (remark) Tj ET");
  BOOST_TEST(read(page).text == "page\nform\nremark\ninner");
  // One object may be both.
  BOOST_TEST(read(object(1, "<< /Contents 2 0 R /Resources 5 0 R >>") +
                  object(5, "<< /XObject 5 0 R /A 4 0 R >>") + kFont +
                  stream(2, "", "BT ET") +
                  stream(4, font + ">>", "BT /F1 9 Tf (form) Tj ET"))
                 .text == "form");
}

BOOST_AUTO_TEST_CASE(programs_without_end_end) {
  for (const std::string& piece :
       {"1 "s, "()Tj "s, "/F1 9 Tf "s, "ID "s, "[(a)1]TJ "s, "q "s, "("s, "<"s,
        "[<"s, "<<"s, "beginbfrange <00> <FF> <0041> "s, "BT"s}) {
    std::string many = "BT /F1 9 Tf (x) Tj ";
    while (many.size() < size_t{6} << 20) many += piece;
    read(kPage + kFont + packed(2, "", many));
    read(kPage + kFont + packed(2, "/Type /ObjStm /First 30", many));
  }
  std::string long_program = "BT /F1 9 Tf (x) Tj ";
  long_program.resize(kPdfProgramsMax + 1, ' ');
  const PdfReading over = read(kPage + kFont + packed(2, "", long_program));
  BOOST_TEST((over.reading == FileReading::partly));
  // Samples of a picture are no program, whatever letters meet in them.
  std::string samples(size_t{20} << 20, '\x81');
  for (size_t i = 0; i < samples.size(); i += 9) samples[i] = ' ';
  samples.append("BT");
  const PdfReading picture =
      read(kPage + kFont + stream(2, "", "BT /F1 9 Tf (x) Tj") +
           stream(7, "/Subtype /Image", samples));
  BOOST_TEST((picture.reading == FileReading::read));
  BOOST_TEST(picture.text == "x");
  for (const std::string& piece :
       {"1 0 obj "s, "1 0 obj /Contents "s, "obj"s, "9 0 obj<<"s}) {
    std::string many;
    while (many.size() < size_t{6} << 20) many += piece;
    read(many);
  }
}

BOOST_AUTO_TEST_CASE(broken_text_is_read_as_far_as_it_goes) {
  const std::string file =
      "%PDF-1.7\n" + kPage + kFont +
      packed(9, "/Type /ObjStm /N 1 /First 4", "7 0 << /A (b) >>") +
      stream(2, "", "BT /F1 9 Tf [(a) 3 <62>] TJ /F1 0 Tf (c) ' ET");
  for (size_t size = 9; size <= file.size(); ++size) {
    DocumentBudget budget;
    read_pdf(std::string_view(file).substr(0, size), budget);
  }
}

BOOST_AUTO_TEST_SUITE_END()
