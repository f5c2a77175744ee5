// glibc has it (2.28 and later), but declares it for GNU sources only.
#ifndef SEGUE_CLINUX_SHIM_H
#define SEGUE_CLINUX_SHIM_H
int renameat2(int olddirfd, const char *oldpath, int newdirfd, const char *newpath, unsigned int flags);
#endif
