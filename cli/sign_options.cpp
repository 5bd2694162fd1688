// SPDX-License-Identifier: Apache-2.0
#include "cli/steps.hpp"

#include <CLI/CLI.hpp>

namespace sohoa {

void SignOptions::add(CLI::App& app) {
  CLI::Option* file = app.add_option("--key", key, "Key, certificate and chain")->type_name("FILE.p12");
  app.add_option("--pkcs11", pkcs11, "Key on a token, by its PKCS#11 URI (RFC 7512)")->type_name("URI")->excludes(file);
  app.add_option("--pkcs11-module", pkcs11_module, "The token's library, when the URI names none (default: p11-kit's)")
      ->type_name("FILE");
  app.add_option("--issuer", issuer, "Of several certificates on a token, that whose issuer's name has the text")
      ->type_name("TEXT");
  app.add_option("--serial", serial, "Of several certificates on a token, that with the serial number")
      ->type_name("HEX");
  CLI::Option* from_file =
      app.add_option("--passphrase-file", passphrase_file,
                     "File whose first line opens the key, a passphrase or PIN (default: ask on the terminal)")
          ->type_name("FILE");
  CLI::Option* from_variable = app.add_option("--passphrase-env", passphrase_env, "Environment variable that has it")
                                   ->type_name("NAME")
                                   ->excludes(from_file);
  app.add_option("--passphrase-fd", passphrase_fd, "Open file descriptor whose first line is it")
      ->type_name("N")
      ->check(CLI::Range(0, 1 << 20))
      ->configurable(false)
      ->excludes(from_file)
      ->excludes(from_variable);
  app.add_option("--digest", digest, "Digest (default: sha256; for keys on P-384 sha384, on P-521 sha512)")
      ->type_name("sha256|sha384|sha512");
  app.add_option("--rsa-padding", rsa_padding, "Padding of RSA signatures: PKCS#1 v1.5 or PSS")
      ->type_name("pkcs1|pss")
      ->capture_default_str();
  app.add_option("--role", role, "Whose signature it is; the profile has its appearance")
      ->type_name("officer|agency")
      ->capture_default_str();
  app.add_option("--reason", reason, "Reason written into the signature")->type_name("TEXT");
  app.add_flag("--invisible", invisible, "No visible block on the page");
  app.add_option("--seal", seal, "Image of the seal for the visible block, a PNG of its true size")
      ->type_name("FILE.png");
  app.add_option("--carried", carried, "Sign PDFs that were kept as they came: none, those not signed yet, or all")
      ->type_name("never|unsigned|always")
      ->check(CLI::IsMember({"never", "unsigned", "always"}))
      ->capture_default_str();
  levels.add(app);
}

}  // namespace sohoa
