#ifndef SABUESO_CURL_SHIMS_H
#define SABUESO_CURL_SHIMS_H

#include <curl/curl.h>

// Swift cannot call variadic C functions. Each of these is curl_easy_setopt, curl_easy_getinfo or curl_multi_setopt
// for one type of argument; which type an option takes is in curl_easy_setopt(3).

CURLcode curl_shim_set_long(CURL *easy, CURLoption option, long value);
CURLcode curl_shim_set_offset(CURL *easy, CURLoption option, curl_off_t value);
/// libcurl copies the string; NULL restores the option's default.
CURLcode curl_shim_set_string(CURL *easy, CURLoption option, const char *value);
/// For what libcurl does not copy: the caller keeps it alive as long as the transfer.
CURLcode curl_shim_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode curl_shim_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode curl_shim_set_write_function(CURL *easy, curl_write_callback function);

CURLcode curl_shim_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode curl_shim_get_pointer(CURL *easy, CURLINFO info, char **value);

CURLMcode curl_shim_multi_set_long(CURLM *multi, CURLMoption option, long value);

/// Opens sockets with SOCK_CLOEXEC: libcurl before 8 does not, and a child process would keep a connection open that
/// we have closed.
CURLcode curl_shim_keep_sockets_from_children(CURL *easy);

/// CURLAUTH_BASIC and CURLAUTH_BEARER, whose macros hold casts that Swift does not import.
long curl_shim_auth_basic(void);
long curl_shim_auth_bearer(void);

#endif
