// SPDX-License-Identifier: Apache-2.0
#include "core/text_pattern.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/regex.h>
#include <unicode/uchar.h>

namespace sohoa {
namespace {

constexpr std::int32_t time_limit = 200;  // ICU's unit: about a millisecond each
constexpr std::size_t max_matches = 1000;

// The letter below the marks, when it is one UTF-16 unit like `c`, so that places stay the same.
char16_t without_marks(char16_t c, const icu::Normalizer2& nfd) {
  switch (c) {
    case u'Đ':
    case u'Ð':  // eth, which recognizers take for the letter above
      return u'D';
    case u'đ':
    case u'ð':
      return u'd';
    default:
      break;
  }
  icu::UnicodeString parts;
  if (U16_IS_SURROGATE(c) || !nfd.getDecomposition(c, parts) || parts.isEmpty() || U16_IS_SURROGATE(parts[0])) {
    return c;
  }
  for (std::int32_t i = 1; i < parts.length(); ++i) {
    if (u_charType(parts[i]) != U_NON_SPACING_MARK) {
      return c;
    }
  }
  return parts[0];
}

icu::UnicodeString bare(icu::UnicodeString text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  for (std::int32_t i = 0; U_SUCCESS(status) && i < text.length(); ++i) {
    text.setCharAt(i, without_marks(text[i], *nfd));
  }
  return text;
}

icu::UnicodeString unicode(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::size_t bytes_before(const icu::UnicodeString& text, std::int32_t at) {
  std::string out;
  text.tempSubString(0, at).toUTF8String(out);
  return out.size();
}

template <typename Keep>
std::string folded(std::string_view utf8, Keep keep) {
  const icu::UnicodeString plain = bare(unicode(to_nfc(utf8))).foldCase();
  icu::UnicodeString kept;
  for (std::int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
    if (const UChar32 c = plain.char32At(at); keep(c)) {
      kept.append(c);
    }
  }
  std::string out;
  kept.toUTF8String(out);
  return out;
}

}  // namespace

struct TextPattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

TextPattern::TextPattern(const std::string& pattern, const std::string& where)
    : m_compiled(std::make_unique<Compiled>()) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  m_compiled->pattern.reset(icu::RegexPattern::compile(bare(unicode(to_nfc(pattern))), 0, place, status));
  if (U_FAILURE(status)) {
    throw usage_error("pattern-syntax", "the pattern of " + where + " is no regular expression: " + u_errorName(status),
                      "correct it near character " + std::to_string(place.offset + 1));
  }
}

TextPattern::TextPattern(TextPattern&&) noexcept = default;
TextPattern& TextPattern::operator=(TextPattern&&) noexcept = default;
TextPattern::~TextPattern() = default;

std::vector<TextMatch> TextPattern::find_all(const std::string& text) const {
  const icu::UnicodeString full = unicode(text);
  const icu::UnicodeString plain = bare(full);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::RegexMatcher> matcher(m_compiled->pattern->matcher(plain, status));
  std::vector<TextMatch> matches;
  if (U_FAILURE(status)) {
    return matches;
  }
  matcher->setTimeLimit(time_limit, status);
  while (matches.size() < max_matches && matcher->find(status) && U_SUCCESS(status)) {
    TextMatch match;
    for (std::int32_t group = 0; group <= matcher->groupCount(); ++group) {
      const std::int32_t begin = matcher->start(group, status);
      const std::int32_t end = matcher->end(group, status);
      match.push_back(begin < 0 ? Span{} : Span{bytes_before(full, begin), bytes_before(full, end), true});
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

std::string without_marks(std::string_view utf8) {
  std::string out;
  bare(unicode(to_nfc(utf8))).toUTF8String(out);
  return out;
}

std::string comparable(std::string_view utf8) {
  return folded(utf8, [](UChar32 c) { return u_isalnum(c) != 0; });
}

std::string key_form(std::string_view utf8) {
  return folded(utf8, [](UChar32 c) { return u_isUWhiteSpace(c) == 0; });
}

}  // namespace sohoa
