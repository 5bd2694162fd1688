# SPDX-License-Identifier: Apache-2.0
# Black-box cases: every <folder>/*.test is a CTest test of its own, run by tests/run-case in a fresh folder.

# sohoa_cases(PREFIX FOLDER BINARY [FIXTURE]): the tests PREFIX.<name>; a folder without cases is an error.
function(sohoa_cases prefix folder binary)
  file(GLOB cases CONFIGURE_DEPENDS "${folder}/*.test")
  if(NOT cases)
    message(FATAL_ERROR "${folder} has no case; write pass_*.test and fail_*.test there (CONTRIBUTING.md).")
  endif()
  foreach(case IN LISTS cases)
    cmake_path(GET case STEM LAST_ONLY name)
    add_test(NAME "${prefix}.${name}" COMMAND "${PROJECT_SOURCE_DIR}/tests/run-case" "${binary}" "${case}")
    set_tests_properties("${prefix}.${name}" PROPERTIES
      SKIP_RETURN_CODE 77
      TIMEOUT $<IF:$<BOOL:${SOHOA_SANITIZE}>,1800,600>
      ENVIRONMENT "TEST_PKI=${PROJECT_BINARY_DIR}/test-pki;MANUAL=${PROJECT_BINARY_DIR}/man;FAULTS=${SOHOA_FAULTS};SANITIZE=${SOHOA_SANITIZE};PRELOAD=$<TARGET_FILE:sohoa_preload>;TOKEN_MODULE=$<TARGET_FILE:sohoa_token_module>"
      FIXTURES_REQUIRED "${ARGN}")
  endforeach()
endfunction()

# Every verb of SOHOA_COMMANDS has its cases, or the configuration stops; man/CMakeLists.txt asks for its page.
function(sohoa_command_cases binary)
  foreach(verb IN LISTS SOHOA_COMMANDS)
    sohoa_cases("command.${verb}" "${PROJECT_SOURCE_DIR}/tests/commands/${verb}" "${binary}" test-pki)
  endforeach()
  add_test(NAME test-pki COMMAND "${PROJECT_SOURCE_DIR}/scripts/make-test-pki" "${PROJECT_BINARY_DIR}/test-pki")
  set_tests_properties(test-pki PROPERTIES FIXTURES_SETUP test-pki)
endfunction()

# sohoa_manual_tests(BINARY): each page is sound, and its examples do what they show.
function(sohoa_manual_tests binary)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/man/*.in")
  foreach(source IN LISTS sources)
    cmake_path(GET source FILENAME page)
    string(REGEX REPLACE "\\.in$" "" page "${page}")
    set(made "${PROJECT_BINARY_DIR}/man/${page}")
    add_test(NAME "manual.page.${page}" COMMAND "${PROJECT_SOURCE_DIR}/tests/manual/check-page" "${made}")
    add_test(NAME "manual.examples.${page}" COMMAND
      "${PROJECT_SOURCE_DIR}/tests/manual/run-examples" "${binary}" "${PROJECT_SOURCE_DIR}" "${made}")
  endforeach()
  set(vietnamese "${PROJECT_SOURCE_DIR}/man/vi/sohoa.1")
  add_test(NAME manual.page.vi COMMAND "${PROJECT_SOURCE_DIR}/tests/manual/check-page" "${vietnamese}")
  add_test(NAME manual.examples.vi COMMAND
    "${PROJECT_SOURCE_DIR}/tests/manual/run-examples" "${binary}" "${PROJECT_SOURCE_DIR}" "${vietnamese}")
endfunction()
