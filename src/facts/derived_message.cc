// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "facts/derived.h"
#include "facts/read_length.h"
#include "facts/sender.h"
#include "text/fancy_words.h"

// Message facts: what the eye found, as values that conditions can ask.
namespace simwarden {
namespace {

cel::Value text(std::string_view s) {
  return cel::Value::of_string(s);
}
cel::Value flag(bool b) {
  return cel::Value::of_bool(b);
}
cel::Value number(uint32_t n) {
  return cel::Value::of_int(n);
}

bool is_in_code(Beside beside) {
  return beside.what == Beside::What::qr_code;
}
bool is_in_file(Beside beside) {
  return beside.what == Beside::What::file_link;
}

// In the order of link_type().
cel::Value link_value(const Link& l, cel::Scratch& scratch) {
  auto m = scratch.values(link_type()->fields.size());
  size_t i = 0;
  for (const cel::Value& v : {text(l.url),
                              text(l.scheme),
                              text(l.host),
                              text(l.registrable),
                              text(l.path),
                              text(l.kind),
                              number(l.port),
                              flag(l.official),
                              flag(l.is_ip),
                              flag(l.is_idn),
                              flag(l.mixed_script),
                              flag(l.user_info),
                              flag(l.shortener),
                              flag(l.image_host),
                              flag(l.free_hosting),
                              flag(l.disposable),
                              text(l.shown_text),
                              flag(l.shown_differs),
                              text(l.lookalike_of),
                              text(l.lookalike_reason),
                              flag(l.disguised),
                              number(l.block),
                              flag(is_in_code(l.beside)),
                              flag(is_in_file(l.beside))}) {
    m[i++] = v;
  }
  return make_object(link_type(), m, scratch);
}

// In the order of contact_type().
cel::Value contact_value(const Contact& c, cel::Scratch& scratch) {
  auto m = scratch.values(contact_type()->fields.size());
  m[0] = text(c.kind);
  m[1] = text(c.value);
  m[2] = flag(c.official);
  m[3] = text(c.disguise);
  m[4] = flag(c.wrapped);
  m[5] = number(c.block);
  m[6] = flag(is_in_code(c.beside));
  m[7] = flag(is_in_file(c.beside));
  return make_object(contact_type(), m, scratch);
}

cel::Value links(Facts& facts, cel::Scratch& scratch) {
  const auto& found = facts.followable().links;
  auto items = scratch.values(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    items[i] = link_value(found[i], scratch);
  }
  return scratch.make_list(items);
}

cel::Value contacts(Facts& facts, cel::Scratch& scratch) {
  const auto& found = facts.followable().contacts;
  auto items = scratch.values(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    items[i] = contact_value(found[i], scratch);
  }
  return scratch.make_list(items);
}

cel::Value private_contacts(Facts& facts, cel::Scratch& scratch) {
  const auto& found = facts.followable().contacts;
  auto items = scratch.values(found.size());
  size_t count = 0;
  for (const Contact& contact : found) {
    if (!contact.official) items[count++] = contact_value(contact, scratch);
  }
  return scratch.make_list(items.first(count));
}

cel::Value private_contact_kinds(Facts& facts, cel::Scratch&) {
  std::set<std::string_view> kinds;
  for (const Contact& contact : facts.followable().contacts) {
    if (!contact.official) kinds.insert(contact.kind);
  }
  return cel::Value::of_int(static_cast<int64_t>(kinds.size()));
}

cel::Value codes(Facts& facts, cel::Scratch& scratch) {
  const auto& found = facts.followable().codes;
  auto items = scratch.values(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    auto m = scratch.values(code_type()->fields.size());
    m[0] = text(found[i].kind);
    m[1] = flag(is_in_code(found[i].beside));
    m[2] = flag(is_in_file(found[i].beside));
    items[i] = make_object(code_type(), m, scratch);
  }
  return scratch.make_list(items);
}

cel::Value wrapper_contact(Facts& facts, cel::Scratch&) {
  return flag(find_wrapper(facts.followable(), facts.text_begin()).has_value());
}

cel::Value hidden_links(Facts& facts, cel::Scratch& scratch) {
  const auto& found = facts.unseen().found.links;
  auto items = scratch.values(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    items[i] = link_value(found[i], scratch);
  }
  return scratch.make_list(items);
}

cel::Value hidden_contacts(Facts& facts, cel::Scratch& scratch) {
  const auto& found = facts.unseen().found.contacts;
  auto items = scratch.values(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    items[i] = contact_value(found[i], scratch);
  }
  return scratch.make_list(items);
}

struct BlockCounts {
  uint32_t links = 0;
  uint32_t private_links = 0;
  uint32_t contacts = 0;
  uint32_t private_contacts = 0;
  uint32_t hidden_contacts = 0;
  uint32_t codes = 0;
};

std::vector<BlockCounts> count_by_block(const Followable& found) {
  std::vector<BlockCounts> counts(found.blocks.size());
  // A mail of pictures has links and no text.
  if (counts.empty()) return counts;
  for (const Link& link : found.links) {
    BlockCounts& block = counts[link.block];
    ++block.links;
    block.private_links += link.official ? 0 : 1;
  }
  for (const Contact& contact : found.contacts) {
    BlockCounts& block = counts[contact.block];
    ++block.contacts;
    block.private_contacts += contact.official ? 0 : 1;
    const bool hidden = !contact.official && !contact.disguise.empty();
    block.hidden_contacts += hidden ? 1 : 0;
  }
  size_t at = 0;
  for (const Code& code : found.codes) {
    while (at + 1 < counts.size() &&
           found.blocks[at + 1].begin <= code.span.begin) {
      ++at;
    }
    ++counts[at].codes;
  }
  return counts;
}

// In the order of block_type().
cel::Value blocks(Facts& facts, cel::Scratch& scratch) {
  const Followable& found = facts.followable();
  const std::vector<BlockCounts> counts = count_by_block(found);
  const auto wrapper = find_wrapper(found, facts.text_begin());
  const std::string_view body = facts.body();
  auto items = scratch.values(counts.size());
  for (uint32_t i = 0; i < counts.size(); ++i) {
    const BlockCounts& count = counts[i];
    const Span span = found.blocks[i];
    auto m = scratch.values(block_type()->fields.size());
    size_t at = 0;
    for (const cel::Value& v :
         {number(i), text(body.substr(span.begin, span.size())),
          number(count.links), number(count.private_links),
          number(count.contacts), number(count.private_contacts),
          number(count.hidden_contacts), number(count.codes),
          flag(wrapper && (i == wrapper->first || i == wrapper->last))}) {
      m[at++] = v;
    }
    items[i] = make_object(block_type(), m, scratch);
  }
  return scratch.make_list(items);
}

template <uint32_t Disguise::*Member>
cel::Value disguise(Facts& facts, cel::Scratch&) {
  return number(facts.views().disguise.*Member);
}

// Two decimals, so that a reason can be read.
cel::Value likeness(Facts& facts, cel::Scratch&) {
  return cel::Value::of_number(std::floor(facts.likeness().share * 100) / 100);
}

const cel::Type* links_type() {
  return cel::list_type(link_type());
}
const cel::Type* contacts_type() {
  return cel::list_type(contact_type());
}
const cel::Type* codes_type() {
  return cel::list_type(code_type());
}
const cel::Type* blocks_type() {
  return cel::list_type(block_type());
}

constexpr Kind kMessage = Kind::message;
constexpr DerivedFact kRows[] = {
    {kMessage, "body", cel::string_type, "Subject and text as one text.",
     "Your SIM", [](Facts& f, cel::Scratch&) { return text(f.body()); }},
    {kMessage, "read_length", cel::int_type,
     "How many characters subject and text have for who reads them: letters "
     "and digits, and whatever stands between them as one; blank lines and "
     "those that stood before count nothing.",
     "140",
     [](Facts& f, cel::Scratch&) { return number(read_length(f.body())); },
     kKept},
    {kMessage, "links", links_type,
     "Every link that a person or a program could follow.", "", links,
     kOfContacts | kKept},
    {kMessage, "contacts", contacts_type,
     "Every account, address or number to write to or to call.", "", contacts,
     kOfContacts | kKept},
    {kMessage, "private_contacts", contacts_type,
     "The contacts that are in no official list; members as above.", "",
     private_contacts, kOfContacts},
    {kMessage, "private_contact_kinds", cel::int_type,
     "How many kinds of private contact there are.", "2", private_contact_kinds,
     kOfContacts},
    {kMessage, "codes", codes_type,
     "One-time, activation, forwarding and card codes.", "", codes,
     kOfContacts | kKept},
    {kMessage, "likeness", cel::double_type,
     "How much subject and text, or a paragraph of theirs that says more for "
     "itself, read like scams seen before, by the weights of the list "
     "scam_phrases: 0 to 1, two decimals; 0 without such a list.",
     "0.83", likeness, kKept},
    {kMessage, "likeness_phrases", cel::int_type,
     "How many phrases what the likeness is of has, known ones or not: words "
     "and pairs of words, two or three characters in a row of Chinese and the "
     "like. The more, the more the likeness says; 0 without such a list.",
     "31", [](Facts& f, cel::Scratch&) { return number(f.likeness().phrases); },
     kKept},
    {kMessage, "reads_honest", cel::bool_type,
     "It reads like what honest people write: a likeness below 0.15, of at "
     "least 16 phrases. False without such a list.",
     "true",
     [](Facts& f, cel::Scratch&) {
       return cel::Value::of_bool(reads_honest(f.likeness()));
     }},
    {kMessage, "hidden_links", links_type,
     "Links in what a reader does not see: hidden_text and alternative_text; "
     "members as above.",
     "", hidden_links, kOfUnseen | kKept},
    {kMessage, "hidden_contacts", contacts_type,
     "Contacts in what a reader does not see; members as above.", "",
     hidden_contacts, kOfUnseen | kKept},
    {kMessage, "reply_to_differs", cel::bool_type,
     "Answers go to another registrable domain than the mail is from.", "false",
     [](Facts& f, cel::Scratch&) { return flag(reply_goes_elsewhere(f)); },
     kKept},
    {kMessage, "display_name_address", cel::string_type,
     "An address in the shown name whose domain is not that of the address "
     "behind it; empty when there is none.",
     "info@example.com",
     [](Facts& f, cel::Scratch& scratch) {
       return scratch.make_string(address_in_name(f));
     },
     kKept | kAsToken},
    {kMessage, "display_name_of", cel::string_type,
     "The official domain of an operator whose name is the shown one, when the "
     "address behind it is not official; empty when there is none.",
     "chinamobile.com",
     [](Facts& f, cel::Scratch& scratch) {
       return scratch.make_string(operator_in_name(f));
     },
     kKept},
    {kMessage, "blocks", blocks_type,
     "The paragraphs that are not empty, each with what stands in it.", "",
     blocks, kOfContacts | kKept},
    {kMessage, "block_count", cel::int_type, "Paragraphs that are not empty.",
     "3",
     [](Facts& f, cel::Scratch&) {
       return number(static_cast<uint32_t>(f.followable().blocks.size()));
     },
     kOfContacts},
    {kMessage, "cut", cel::bool_type,
     "The text, what it leads to or the mail was longer than the program "
     "reads.",
     "false",
     [](Facts& f, cel::Scratch&) {
       return flag(f.followable().cut || f.views().cut ||
                   f.unseen().found.cut || f.mail_was_cut());
     },
     kOfContacts | kOfUnseen | kKept},
    {kMessage, "wrapper_contact", cel::bool_type,
     "The same private contact stands in the first and in the last of three "
     "or more blocks.",
     "false", wrapper_contact, kOfContacts | kKept},
    {kMessage, "disguise.invisible", cel::int_type,
     "Invisible characters in the text.", "0", disguise<&Disguise::invisible>,
     kKept},
    {kMessage, "disguise.invisible_in_word", cel::int_type,
     "Invisible characters between two letters or digits.", "0",
     disguise<&Disguise::invisible_in_word>, kKept},
    {kMessage, "disguise.bidi_controls", cel::int_type,
     "Characters that reverse the direction of text.", "0",
     disguise<&Disguise::bidi_controls>, kKept},
    {kMessage, "disguise.tags", cel::int_type, "Unicode tag characters.", "0",
     disguise<&Disguise::tags>, kKept},
    {kMessage, "disguise.styled", cel::int_type,
     "Full-width, mathematical, enclosed and other styled letters and digits.",
     "0", disguise<&Disguise::styled>, kKept},
    {kMessage, "disguise.mixed_script_words", cel::int_type,
     "Words that mix Latin letters with look-alikes of another script.", "0",
     disguise<&Disguise::mixed_script_words>, kKept},
    {kMessage, "disguise.fancy_words", cel::int_type,
     "Words in an alphabet of a maker of fancy text: letters of far scripts, "
     "of phonetics or turned ones in place of Latin.",
     "0",
     [](Facts& f, cel::Scratch&) {
       return number(fancy_words(f.views().plain.text));
     },
     kKept},
    {kMessage, "disguise.escaped", cel::int_type,
     "Letters and signs of contacts that are written as HTML, percent or "
     "quoted-printable escapes.",
     "0", disguise<&Disguise::escaped>, kKept},
    {kMessage, "disguise.combining_runs", cel::int_type,
     "Letters with three and more marks over or under them.", "0",
     disguise<&Disguise::combining_runs>, kKept},
    {kMessage, "disguise.emoji", cel::int_type, "Emoji.", "0",
     disguise<&Disguise::emoji>, kKept},
};

}  // namespace

std::span<const DerivedFact> derived_message_facts() {
  return kRows;
}

}  // namespace simwarden
