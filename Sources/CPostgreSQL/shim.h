#ifndef SEGUE_CPOSTGRESQL_SHIM_H
#define SEGUE_CPOSTGRESQL_SHIM_H
// Debian keeps it in a folder of its own.
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif
#endif
