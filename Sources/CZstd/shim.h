#ifndef SEGUE_CZSTD_SHIM_H
#define SEGUE_CZSTD_SHIM_H
#include <zstd.h>
#endif
