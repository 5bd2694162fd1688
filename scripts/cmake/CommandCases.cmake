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
      TIMEOUT 300
      ENVIRONMENT "TEST_PKI=${PROJECT_BINARY_DIR}/test-pki"
      FIXTURES_REQUIRED "${ARGN}")
  endforeach()
endfunction()

# Every verb of SOHOA_COMMANDS has its manual page and its cases, or the configuration stops.
function(sohoa_command_cases binary)
  foreach(verb IN LISTS SOHOA_COMMANDS)
    if(NOT EXISTS "${PROJECT_SOURCE_DIR}/man/sohoa-${verb}.1")
      message(WARNING "The command ${verb} has no manual page; write man/sohoa-${verb}.1.")
    endif()
    if(NOT EXISTS "${PROJECT_SOURCE_DIR}/tests/commands/${verb}")
      message(WARNING "The command ${verb} has no cases; write tests/commands/${verb}/pass_*.test.")
      continue()
    endif()
    sohoa_cases("command.${verb}" "${PROJECT_SOURCE_DIR}/tests/commands/${verb}" "${binary}" test-pki)
  endforeach()
  add_test(NAME test-pki COMMAND "${PROJECT_SOURCE_DIR}/scripts/make-test-pki" "${PROJECT_BINARY_DIR}/test-pki")
  set_tests_properties(test-pki PROPERTIES FIXTURES_SETUP test-pki)
endfunction()
