// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <unicode/unistr.h>

#include "diag/characters.h"
#include "document/names.h"
#include "document/pdf_pages.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr size_t kFontsMax = 1'000;
constexpr size_t kParentsMax = 16;  // trees of pages are flat

bool holds(std::string_view bytes, std::string_view word) {
  return bytes.find(word) != bytes.npos;
}

// A dictionary that stands behind its "obj".
PdfMembers members_behind(std::string_view words) {
  const size_t begin = words.find("<<");
  return begin == words.npos ? PdfMembers() : members_of(words.substr(begin));
}

// Programs begin with numbers, names and operators; of the samples of a picture
// or of a font hardly anything is one.
bool looks_like_program(std::string_view bytes) {
  constexpr size_t kLookedAt = 16;
  constexpr size_t kOperatorMax = 3;
  PdfTokens tokens(bytes.substr(0, 1024));
  size_t strange = 0;
  for (size_t i = 0; i < kLookedAt; ++i) {
    const PdfToken token = tokens.next();
    if (token.kind != PdfToken::Kind::word) continue;
    const bool known = !token.text.empty() &&
                       token.text.size() <= kOperatorMax &&
                       std::all_of(token.text.begin(), token.text.end(),
                                   [](char c) { return c > ' ' && c <= '~'; });
    if (!known) ++strange;
  }
  return strange < kLookedAt / 4;
}

bool has_text(std::string_view program) {
  return holds(program, "Tj") || holds(program, "TJ") || holds(program, "BT");
}

}  // namespace

// What a value stands for: the object that it refers to, or itself, by where it
// is written; no object has so large a number.
uint64_t PdfText::key_of(std::string_view value) {
  const auto object = objects_.reference(value);
  return object ? *object : reinterpret_cast<uintptr_t>(value.data());
}

bool PdfText::wants(std::string_view dictionary, std::string_view bytes) {
  return has_name(dictionary, "ObjStm") || holds(bytes, "beginbf") ||
         has_text(bytes);
}

// A stream is what it is used as, whatever it calls itself: the program of a
// page may have a word of the others in a remark.
void PdfText::add(PdfStream stream) {
  if (has_name(stream.dictionary, "ObjStm")) {
    objects_.add_packed(stream.dictionary, stream.bytes);
  }
  if (holds(stream.bytes, "beginbf")) {
    auto map = PdfCharacterMap::read(stream.bytes, ranges_left_);
    ranges_left_ -= map.size();
    maps_[stream.object] = std::move(map);
  }
  if (has_text(stream.bytes)) add_program(std::move(stream));
}

void PdfText::leave_out() {
  cut_ = true;
  budget_.cut = true;
}

void PdfText::add_program(PdfStream stream) {
  // A page may say that it is drawn by what looks like none.
  const bool likely = looks_like_program(stream.bytes);
  size_t& left = likely ? programs_left_ : unlikely_left_;
  if (stream.bytes.size() > left) {
    cut_ = cut_ || likely;
    if (!has_name(stream.dictionary, "Image")) not_kept_.insert(stream.object);
    return;
  }
  left -= stream.bytes.size();
  drawn_of_[stream.object] = drawn_.size();
  drawn_.push_back({stream.dictionary, std::move(stream.bytes)});
}

std::string PdfText::read() {
  units_max_ = budget_.text;
  std::vector<uint32_t> pages = first_pages(objects_, kPdfPagesMax + 1);
  if (pages.size() > kPdfPagesMax) {
    cut_ = true;
    pages.pop_back();
  }
  for (const uint32_t page : pages) show_page(objects_.members(page));
  if (out_.empty()) show_what_is_left();
  cut_ = cut_ || ranges_left_ == 0 || widths_left_ == 0;
  if (objects_.is_spent()) leave_out();
  std::string out;
  icu::UnicodeString(out_.data(), static_cast<int32_t>(out_.size()))
      .toUTF8String(out);
  if (out.size() > budget_.text) leave_out();
  out.resize(cut(out, budget_.text).size());
  budget_.text -= out.size();
  return out;
}

PdfProgram PdfText::program_with(const FontNames& names) {
  return {[this, &names](std::string_view name) -> const PdfFont* {
            const auto found = names.find(name);
            return found == names.end() ? nullptr : font(found->second);
          },
          [this](size_t bytes) { return objects_.pay(bytes); }, out_,
          units_max_};
}

PdfText::Drawn* PdfText::drawn(std::optional<uint32_t> object) {
  if (!object) return nullptr;
  if (not_kept_.contains(*object)) leave_out();
  const auto at = drawn_of_.find(*object);
  return at == drawn_of_.end() ? nullptr : &drawn_[at->second];
}

void PdfText::run(Drawn& drawn, PdfProgram& program) {
  if (std::exchange(drawn.shown, true)) return;
  program.run(drawn.program);
  if (program.is_cut()) leave_out();
}

void PdfText::show_page(const PdfMembers& page) {
  show_contents(page);
  show_forms_on(page);
}

void PdfText::show_contents(const PdfMembers& page) {
  PdfProgram program = program_with(names_in(resources_of(page)));
  const std::string_view contents = value_of(page, "Contents");
  if (Drawn* only = drawn(objects_.reference(contents))) {
    return run(*only, program);
  }
  for (const uint32_t object : objects_.references(contents)) {
    if (Drawn* one = drawn(object)) run(*one, program);
  }
}

// Forms may draw forms.
void PdfText::show_forms_on(const PdfMembers& page) {
  std::vector<uint32_t> wanted = forms_of(resources_of(page));
  for (const uint32_t remark : remarks_on(page)) wanted.push_back(remark);
  for (size_t i = 0; i < wanted.size(); ++i) {
    Drawn* form = drawn(wanted[i]);
    if (form != nullptr && !form->shown) show_form(*form, wanted);
  }
}

void PdfText::show_form(Drawn& form, std::vector<uint32_t>& wanted) {
  const PdfMembers members = members_behind(form.dictionary);
  const std::string_view resources = resources_of(members);
  const FontNames& names = names_in(resources);
  PdfProgram program = program_with(names.empty() ? seen_ : names);
  run(form, program);
  for (const uint32_t inner : forms_of(resources)) wanted.push_back(inner);
}

// What no page that was found draws.
void PdfText::show_what_is_left() {
  std::vector<uint32_t> none;
  for (Drawn& one : drawn_) {
    if (!one.shown) show_form(one, none);
  }
}

// The forms that show remarks, of each remark once.
std::vector<uint32_t> PdfText::remarks_on(const PdfMembers& page) {
  std::vector<uint32_t> out;
  for (const uint32_t remark : objects_.references(value_of(page, "Annots"))) {
    if (!remarks_.insert(remark).second) continue;
    PdfMembers own;
    const PdfMembers& looks =
        objects_.dictionary(value_of(objects_.members(remark), "AP"), own);
    if (const auto form = objects_.reference(value_of(looks, "N"))) {
      out.push_back(*form);
    }
  }
  return out;
}

// Once for each place where resources, or the forms among them, are written:
// all forms of a page may have those of the page.
std::vector<uint32_t> PdfText::forms_of(std::string_view resources) {
  std::vector<uint32_t> out;
  if (!looked_into_.insert(key_of(resources)).second) return out;
  PdfMembers own;
  PdfMembers own_forms;
  const std::string_view forms =
      value_of(objects_.dictionary(resources, own), "XObject");
  if (!looked_for_forms_.insert(key_of(forms)).second) return out;
  for (const auto& [name, form] : objects_.dictionary(forms, own_forms)) {
    if (const auto object = objects_.reference(form)) out.push_back(*object);
  }
  return out;
}

// Those of a page may be those of the pages that it is one of.
std::string_view PdfText::resources_of(const PdfMembers& owner) {
  const std::string_view resources = value_of(owner, "Resources");
  if (!resources.empty()) return resources;
  const auto parent = objects_.reference(value_of(owner, "Parent"));
  return parent ? inherited(*parent) : std::string_view();
}

// Looked for once for each parent: many forms may have one.
std::string_view PdfText::inherited(uint32_t parent) {
  const auto [known, is_new] = inherited_.try_emplace(parent);
  std::optional<uint32_t> at = parent;
  for (size_t i = 1; is_new && at && i < kParentsMax; ++i) {
    const PdfMembers& members = objects_.members(*at);
    known->second = value_of(members, "Resources");
    if (!known->second.empty()) break;
    at = objects_.reference(value_of(members, "Parent"));
  }
  return known->second;
}

const PdfText::FontNames& PdfText::names_in(std::string_view resources) {
  const auto [known, is_new] = names_.try_emplace(key_of(resources));
  FontNames& names = known->second;
  if (!is_new) return names;
  PdfMembers own;
  PdfMembers own_fonts;
  const std::string_view fonts =
      value_of(objects_.dictionary(resources, own), "Font");
  for (const auto& [name, font] : objects_.dictionary(fonts, own_fonts)) {
    names.emplace(name, font);
    if (seen_.size() < kPdfMembersMax) seen_.emplace(name, font);
  }
  return names;
}

const PdfFont* PdfText::font(std::string_view written) {
  const uint64_t key = key_of(written);
  const auto known = fonts_.find(key);
  if (known != fonts_.end()) return known->second.get();
  if (fonts_.size() >= kFontsMax) {
    leave_out();
    return nullptr;
  }
  PdfMembers own;
  const PdfMembers& members = objects_.dictionary(written, own);
  auto made =
      std::make_unique<const PdfFont>(members, objects_, maps_, widths_left_);
  if (made->lacks_letters()) leave_out();
  return fonts_.emplace(key, std::move(made)).first->second.get();
}

}  // namespace simwarden
