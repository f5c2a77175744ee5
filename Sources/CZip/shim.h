#ifndef SEGUE_CZIP_SHIM_H
#define SEGUE_CZIP_SHIM_H
#include <zip.h>
#endif
