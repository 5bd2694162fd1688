// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_levels.hpp"

#include "formats/certificate_span.hpp"
#include "formats/pdf_document_stamp.hpp"
#include "formats/pdf_dss.hpp"
#include "formats/pdf_signature_list.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace sohoa {
namespace {

// What the file has, and what it would need.
struct Standing {
  std::vector<ListedSignature> listed;
  PdfDss dss;

  // The last in the file, when it is a document time-stamp over the store: it keeps everything before it, and nothing
  // in the store has to speak for it yet.
  [[nodiscard]] const ListedSignature* seal() const {
    const ListedSignature* last = listed.empty() ? nullptr : &listed.back();
    return last != nullptr && last->document_stamp && last->stamp && dss.offset > 0 && dss.offset < last->hole
               ? last
               : nullptr;
  }

  // When it was there for sure: its own time-stamp, or the first document time-stamp behind it.
  [[nodiscard]] const StampToken* stamp_of(const ListedSignature& signature) const {
    if (signature.stamp) {
      return &*signature.stamp;
    }
    const auto later = std::find_if(listed.begin(), listed.end(), [&](const ListedSignature& one) {
      return one.document_stamp && one.stamp && one.hole > signature.hole;
    });
    return later != listed.end() ? &*later->stamp : nullptr;
  }

  [[nodiscard]] bool all_stamped() const {
    return std::all_of(listed.begin(), listed.end(),
                       [this](const ListedSignature& one) { return one.document_stamp || stamp_of(one) != nullptr; });
  }
};

Standing standing_of(const fs::path& file) {
  Standing standing;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    standing.listed = list_signatures(reader);
    standing.dss = read_dss(reader);
  });
  return standing;
}

class Raise {
 public:
  enum class Mode { look, change };
  Raise(GrowingFile& file, SignatureServices& services, const LevelWish& wish, Mode mode)
      : m_file(file), m_services(services), m_wish(wish), m_mode(mode), m_standing(standing_of(file.path())) {}

  LeveledFile all() {
    require_signature();
    stamp_what_has_none();
    if (m_level == SignatureLevel::t && m_wish.level >= SignatureLevel::lt && store_evidence(true)) {
      m_level = SignatureLevel::lt;
    }
    if (m_level == SignatureLevel::lt && m_wish.level >= SignatureLevel::lta) {
      if (m_mode == Mode::change) {
        seal_or_renew();
      }
      m_level = m_standing.seal() != nullptr ? SignatureLevel::lta : SignatureLevel::lt;
    }
    return answer();
  }

 private:
  void require_signature() const {
    const auto& listed = m_standing.listed;
    if (std::all_of(listed.begin(), listed.end(), [](const auto& one) { return one.document_stamp; })) {
      throw input_error("pdf-unsigned", m_file.path().string() + " has no signature to stamp", "sign it first");
    }
  }

  void stamp_what_has_none() {
    if (m_mode == Mode::change && m_wish.level >= SignatureLevel::t && !m_standing.all_stamped()) {
      append_document_stamp(m_file, m_services.stamps);
      look_again();
    }
    m_level = m_standing.all_stamped() ? SignatureLevel::t : SignatureLevel::b;
  }

  // False when something cannot be had; what can is put into the file anyway.
  bool store_evidence(bool without_seal) {
    std::map<std::string, Evidence> wanted;
    const std::size_t faults = m_problems.size();
    for (const ListedSignature& one : m_standing.listed) {
      if (without_seal && &one == m_standing.seal()) {
        continue;
      }
      Evidence& evidence = wanted[vri_key(one.contents)];
      const StampToken* stamp = m_standing.stamp_of(one);
      if (!one.document_stamp && one.signer) {
        prove(one.signer.get(), one.certificates.get(), stamp->time, evidence);
      }
      if (one.stamp) {
        prove(one.stamp->authority.get(), one.stamp->certificates.get(), one.stamp->time, evidence);
      }
    }
    if (m_standing.dss.lacks(wanted)) {
      if (m_mode == Mode::look) {
        return false;
      }
      std::string update;
      with_podofo(m_file.path(), [&] {
        const PdfReader reader(m_file.path());
        PdfUpdate objects(reader);
        put_dss(reader, objects, m_standing.dss, wanted);
        update = objects.finish();
      });
      m_file.append(update);
      look_again();
    }
    return m_problems.size() == faults;
  }

  void prove(X509* certificate, const STACK_OF(X509) * embedded, Time proven, Evidence& evidence) {
    std::vector<Problem> faults;
    evidence.add(m_services.evidence.prove(certificate, embedded, proven, m_standing.dss.evidence, faults));
    for (const Problem& fault : faults) {
      if (std::none_of(m_problems.begin(), m_problems.end(),
                       [&](const Problem& known) { return known.message == fault.message; })) {
        m_problems.push_back(fault);
      }
    }
  }

  void seal_or_renew() {
    const ListedSignature* seal = m_standing.seal();
    const Time end = seal != nullptr ? end_of(seal->stamp->authority.get()) : Time{};
    if (seal == nullptr) {
      append_document_stamp(m_file, m_services.stamps);
      look_again();
    } else if (end < wall_time() + m_wish.renew_within) {
      renew(end);
    }
  }

  // The authority's certificate must end later than that of the time-stamp before, or nothing is won.
  void renew(Time end) {
    if (!m_services.stamps.has_servers()) {
      m_problems.push_back(not_renewed(end, "no authority is named with --tsa"));
      return;
    }
    const StampToken trial = m_services.stamps.stamp(std::string(32, '\0'));
    if (end_of(trial.authority.get()) <= end) {
      m_problems.push_back(not_renewed(end, "the authority's own certificate ends no later"));
      return;
    }
    if (store_evidence(false)) {
      append_document_stamp(m_file, m_services.stamps);
      look_again();
    }
  }

  static Problem not_renewed(Time end, const std::string& why) {
    return {Severity::warning, "timestamp-not-renewed",
            "the certificate of the newest time-stamp ends at " + iso_utc(end) + ", and " + why,
            "name another authority with --tsa before then", std::nullopt};
  }

  void look_again() { m_standing = standing_of(m_file.path()); }

  LeveledFile answer() {
    LeveledFile answer;
    for (const ListedSignature& one : m_standing.listed) {
      if (one.document_stamp) {
        continue;
      }
      const StampToken* stamp = m_standing.stamp_of(one);
      SignatureInfo info;
      info.signer = one.signer ? common_name(X509_get_subject_name(one.signer.get())) : "";
      info.level = to_string(stamp != nullptr ? m_level : SignatureLevel::b);
      info.time = stamp != nullptr ? stamp->time : one.stated;
      info.time_source = stamp != nullptr ? common_name(X509_get_subject_name(stamp->authority.get())) : "";
      info.field = one.field;
      if (m_level == SignatureLevel::lta) {
        info.until = end_of(m_standing.seal()->stamp->authority.get());
      }
      answer.signatures.push_back(std::move(info));
    }
    answer.problems = std::move(m_problems);
    return answer;
  }

  GrowingFile& m_file;
  SignatureServices& m_services;
  const LevelWish& m_wish;
  Mode m_mode;
  Standing m_standing;
  SignatureLevel m_level = SignatureLevel::b;
  std::vector<Problem> m_problems;
};

}  // namespace

LeveledFile raise_levels(GrowingFile& file, SignatureServices& services, const LevelWish& wish) {
  LeveledFile answer = Raise(file, services, wish, Raise::Mode::change).all();
  if (wish.level < SignatureLevel::lta) {
    answer.signatures = levels_of(file.path(), services).signatures;
  }
  return answer;
}

LeveledFile upgrade_pdf(const fs::path& file, SignatureServices& services, const LevelWish& wish) {
  GrowingFile growing(file);
  LeveledFile answer = raise_levels(growing, services, wish);
  growing.commit();
  return answer;
}

LeveledFile levels_of(const fs::path& file, SignatureServices& services) {
  GrowingFile as_it_is(file);
  services.evidence.ask_nobody(true);
  LeveledFile answer = Raise(as_it_is, services, {SignatureLevel::lta}, Raise::Mode::look).all();
  services.evidence.ask_nobody(false);
  answer.problems.clear();
  return answer;
}

}  // namespace sohoa
