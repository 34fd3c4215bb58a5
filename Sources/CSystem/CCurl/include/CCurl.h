// libcurl, with its variadic calls spelled out one type each, so that Swift can make them.
#pragma once

#include <curl/curl.h>

CURLcode il_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode il_curl_set_pointer(CURL *handle, CURLoption option, const void *value);
