#ifndef SEGUE_CEXPAT_SHIM_H
#define SEGUE_CEXPAT_SHIM_H
#include <expat.h>
#endif
