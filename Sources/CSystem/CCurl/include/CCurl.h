// libcurl, with its variadic calls spelled out one type each, so that Swift can make them.
#pragma once

#include <curl/curl.h>

CURLcode il_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode il_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode il_curl_set_pointer(CURL *handle, CURLoption option, const void *value);
CURLcode il_curl_set_text(CURL *handle, CURLoption option, const char *value);

// Header lines and body bytes have callbacks of one type.
CURLcode il_curl_set_header_callback(CURL *handle, curl_write_callback callback, void *context);
CURLcode il_curl_set_write_callback(CURL *handle, curl_write_callback callback, void *context);

// Called when a connection stands and the request is about to be written. A libcurl older than 7.80 does not know it
// and answers CURLE_UNKNOWN_OPTION.
typedef int (*il_curl_before_request)(
    void *context, char *remote_address, char *local_address, int remote_port, int local_port);
CURLcode il_curl_set_before_request(CURL *handle, il_curl_before_request callback, void *context);

// Sockets that programs started by this one do not inherit.
CURLcode il_curl_open_close_on_exec(CURL *handle);

// Nothing but http and https, whatever else libcurl was built with.
CURLcode il_curl_allow_http_only(CURL *handle);

// Removing a transfer does not wait for the thread that still resolves its name, where libcurl can (7.87 on).
void il_curl_leave_resolver_behind(CURL *handle);

CURLcode il_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode il_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);

CURLMcode il_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// The transfer that ended and its result, or NULL when no more has ended.
CURL *il_curl_multi_next_ended(CURLM *multi, CURLcode *result);
