// SPDX-License-Identifier: Apache-2.0
#include "formats/xmp.hpp"

#include <algorithm>
#include <climits>
#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>

namespace sohoa {
namespace {

constexpr std::string_view k_rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view k_xml = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view k_schema = "http://www.aiim.org/pdfa/ns/schema#";

template <auto Release>
struct XmlFree {
  template <class T>
  void operator()(T* object) const noexcept {
    Release(object);
  }
};
using DocumentPtr = std::unique_ptr<xmlDoc, XmlFree<xmlFreeDoc>>;

// libxml2 2.13 and older: xmlFree is a variable, no function.
struct XmlStringFree {
  void operator()(xmlChar* text) const noexcept { xmlFree(text); }
};
using XmlString = std::unique_ptr<xmlChar, XmlStringFree>;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string content(const xmlNode* node) {
  const XmlString text(xmlNodeGetContent(node));
  return std::string(view(text.get()));
}

std::string_view name_space(const xmlNs* ns) { return ns == nullptr ? std::string_view() : view(ns->href); }

bool is_element(const xmlNode* node) { return node->type == XML_ELEMENT_NODE; }

bool is_rdf(const xmlNode* node, std::string_view name) {
  return is_element(node) && name_space(node->ns) == k_rdf && view(node->name) == name;
}

const xmlNode* child(const xmlNode* node, std::string_view name) {
  for (const xmlNode* kid = node->children; kid != nullptr; kid = kid->next) {
    if (is_rdf(kid, name)) {
      return kid;
    }
  }
  return nullptr;
}

std::vector<std::string> values_of(const xmlNode* property) {
  for (const char* kind : {"Alt", "Seq", "Bag"}) {
    const xmlNode* list = child(property, kind);
    if (list == nullptr) {
      continue;
    }
    std::vector<std::string> items;
    for (const xmlNode* item = list->children; item != nullptr; item = item->next) {
      if (is_rdf(item, "li")) {
        items.push_back(content(item));
      }
    }
    return items;
  }
  return {content(property)};
}

// pdfaSchema:namespaceURI of every described schema, as element or attribute, at any depth.
void described_in(const xmlNode* root, std::vector<std::string>& described) {
  std::vector<const xmlNode*> open{root};
  while (!open.empty()) {
    const xmlNode* node = open.back();
    open.pop_back();
    if (!is_element(node)) {
      continue;
    }
    if (name_space(node->ns) == k_schema && view(node->name) == "namespaceURI") {
      described.push_back(content(node));
    }
    for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
      if (name_space(attribute->ns) == k_schema && view(attribute->name) == "namespaceURI") {
        described.push_back(content(attribute->children));
      }
    }
    for (const xmlNode* kid = node->children; kid != nullptr; kid = kid->next) {
      open.push_back(kid);
    }
  }
}

const xmlNode* rdf_root(const xmlDoc* document) {
  const xmlNode* root = xmlDocGetRootElement(document);
  if (root == nullptr || is_rdf(root, "RDF")) {
    return root;
  }
  return child(root, "RDF");
}

std::string key_of(std::string_view ns, std::string_view name) { return std::string(ns) + " " + std::string(name); }

}  // namespace

std::optional<XmpPacket> XmpPacket::parse(std::string_view bytes) {
  if (bytes.size() > INT_MAX) {
    return {};
  }
  const DocumentPtr document(xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), "", nullptr,
                                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!document || document->intSubset != nullptr) {
    return {};
  }
  const xmlNode* root = rdf_root(document.get());
  if (root == nullptr) {
    return {};
  }
  XmpPacket packet;
  const auto note = [&](std::string_view ns, std::string_view name, std::vector<std::string> values) {
    if (ns.empty() || ns == k_rdf || ns == k_xml) {
      return;
    }
    packet.m_values.emplace(key_of(ns, name), std::move(values));
    if (std::find(packet.m_name_spaces.begin(), packet.m_name_spaces.end(), ns) == packet.m_name_spaces.end()) {
      packet.m_name_spaces.emplace_back(ns);
    }
  };
  for (const xmlNode* about = root->children; about != nullptr; about = about->next) {
    if (!is_rdf(about, "Description")) {
      continue;
    }
    for (const xmlAttr* attribute = about->properties; attribute != nullptr; attribute = attribute->next) {
      note(name_space(attribute->ns), view(attribute->name),
           {attribute->children == nullptr ? "" : content(attribute->children)});
    }
    for (const xmlNode* property = about->children; property != nullptr; property = property->next) {
      if (is_element(property)) {
        note(name_space(property->ns), view(property->name), values_of(property));
      }
    }
  }
  described_in(root, packet.m_described);
  return packet;
}

std::optional<std::string> XmpPacket::value(std::string_view ns, std::string_view name) const {
  const auto found = m_values.find(key_of(ns, name));
  return found == m_values.end() || found->second.empty() ? std::nullopt : std::optional(found->second.front());
}

std::size_t XmpPacket::item_count(std::string_view ns, std::string_view name) const {
  const auto found = m_values.find(key_of(ns, name));
  return found == m_values.end() ? 0 : found->second.size();
}

}  // namespace sohoa
