#ifndef SEGUE_COPENSSL_SHIM_H
#define SEGUE_COPENSSL_SHIM_H
#include <openssl/evp.h>
#include <openssl/hmac.h>
#endif
